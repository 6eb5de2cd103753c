"""The labels' conventions, on sentences made for the purpose."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from reportedly.documents import make_document
from reportedly.reading.sentences import find_sentences
from reportedly.records import Source, SourceKind, Span, Statement

sys.path.insert(0, str(Path(__file__).parents[1] / "measures"))

from label_cases import Case
from label_conventions import load_conventions, translate
from labels import read_again


def case_of(source: str, cue: str, content: str) -> Case:
    text = f"{source} {cue} that {content}."
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in (source, cue, content)]
    outlet = Source(id="outlet", name="Courier", kind=SourceKind.OUTLET)
    speaker = Source(id="so1", name=source, kind=SourceKind.PERSON)
    statement = Statement(
        id="st1",
        piece=0,
        source=(spans[0],),
        cue=(spans[1],),
        content=(spans[2],),
        chain=("outlet", "so1"),
    )
    return Case(find_sentences(make_document(text, name="made")), (statement,), (outlet, speaker), False)


@pytest.mark.parametrize(
    ("cue", "content", "act", "outlet", "source"),
    [
        ("said", "the bridge was closed", "assert", "U", "CT+"),
        ("noted", "the bridge was closed", "assert", "CT+", "CT+"),
        ("admitted", "the bridge was closed", "assert", "CT+", "CT+"),
        ("said", "the bridge could close", "assert", "U", "PS+"),
        ("denied", "the bridge was closed", "deny", "U", "CT-"),
    ],
)
def test_translate(cue: str, content: str, act: str, outlet: str, source: str) -> None:
    case = case_of("Anna Berg", cue, content)
    (given,) = translate(case, read_again(case), load_conventions())
    assert given == {"act": act, "outlet": outlet, "source": source}


def test_what_was_never_learned_is_left_out() -> None:
    case = case_of("Anna Berg", "bloviated", "the bridge was closed")
    found = tuple(replace(s, reasons=()) for s in read_again(case))
    (given,) = translate(case, found, load_conventions())
    assert set(given) == {"act", "outlet", "source"}
