"""Claims, copies, contradictions and changes: the case tables."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from case_tables import load_cases

from reportedly.documents import make_document
from reportedly.ledger import article_id
from reportedly.reconciliation import compare_readings
from reportedly.records import (
    Act,
    Block,
    BlockKind,
    Certainty,
    Change,
    Document,
    Plan,
    PointsBasis,
    Reading,
    Source,
    SourceKind,
    Span,
    Statement,
    Story,
    Term,
    Topic,
)

LINK = re.compile(r"(?P<name>.+?)\s*(?:\[(?P<kind>\w+)(?: (?P<count>\d+))?\])?$")
TERM = re.compile(r"\{(\w+): (.+?)\}")
SETTING = (
    "The talks in Ostrin went on between Taran, Velm, Gorsk and the Isle of Marn under the eyes of Count Aldo Rieti.\n"
)
"""A last paragraph that all articles share, since all are on one matter."""


def articles_of(body: str) -> list[tuple[str, str, list[str]]]:
    """Outlet, day and lines of each article of a case."""
    parts = re.split(r"^@ ", body, flags=re.MULTILINE)[1:]
    heads = [part.split("\n", 1) for part in parts]
    return [
        (*head.strip().rsplit(" ", 1), [line for line in rest.splitlines() if line.strip()])  # type: ignore[misc]
        for head, rest in heads
    ]


def source_of(words: str, number: int) -> Source:
    match = LINK.match(words.strip())
    assert match
    kind = SourceKind(match["kind"] or "person")
    named = kind is not SourceKind.UNNAMED
    return Source(id=f"so{number}", name=match["name"], kind=kind, named=named, count=int(match["count"] or 1))


def certainty_of(act: Act) -> Certainty:
    return Certainty.CERTAIN_NOT if act in (Act.DENY, Act.REJECT) else Certainty.CERTAIN


def reading_of(number: int, outlet: str, day: str, lines: list[str]) -> Reading:
    """The reading of an article that says what the lines say, a paragraph each."""
    own = Source(id="so0", name=outlet, kind=SourceKind.OUTLET)
    text, statements, sources = "", [], [own]
    for place, line in enumerate(lines, start=1):
        act, content, chain = (part.strip() for part in line.split("|"))
        links = [source_of(link, len(sources) + i) for i, link in enumerate(filter(str.strip, chain.split("<")))]
        sources += links
        start, by = len(text), links[-1].name if links else "it"
        text += f"{content}, {by} said.\n"
        statements.append(
            Statement(
                id=str(place),
                piece=0,
                source=(),
                cue=(Span(len(text) - 6, len(text) - 2),),
                content=(Span(start, start + len(content)),),
                act=Act(act),
                chain=tuple(s.id for s in (own, *links)),
                certainty_source=certainty_of(Act(act)),
            )
        )
    text += SETTING
    document = Document(text=text, name=str(number), outlet=outlet, published=day, blocks=blocks_of(text))
    return Reading(document=document, sources=tuple(sources), statements=tuple(statements))


def blocks_of(text: str) -> tuple[Block, ...]:
    return tuple(Block(BlockKind.PARAGRAPH, Span(*m.span())) for m in re.finditer(r"[^\n]+", text))


def readings_of(body: str) -> list[Reading]:
    return [reading_of(i, *article) for i, article in enumerate(articles_of(body), start=1)]


def names_of(readings: list[Reading]) -> dict[str, str]:
    return {article_id(r.document): r.document.name for r in readings}


def shown_claims(story: Story, names: dict[str, str]) -> list[str]:
    return [
        " | ".join(
            (
                " ".join(f"{names[m.article]}.{m.statement}" for m in claim.members),
                f"{claim.origins} ({claim.origins_range[0]} to {claim.origins_range[1]})",
                "; ".join(claim.origin_names),
            )
        )
        for claim in story.claims
    ]


CLAIMS = load_cases("claims/en.md")
COPIES = load_cases("copies/en.md")
CONTRADICTIONS = load_cases("contradictions/en.md")
CHANGES = load_cases("changes/en.md")


@pytest.mark.parametrize(("title", "body", "expected"), CLAIMS, ids=[c[0] for c in CLAIMS])
def test_claims(title: str, body: str, expected: list[str]) -> None:
    readings = readings_of(body)
    assert shown_claims(compare_readings(readings), names_of(readings)) == expected


@pytest.mark.parametrize(("title", "body", "expected"), CONTRADICTIONS, ids=[c[0] for c in CONTRADICTIONS])
def test_contradictions(title: str, body: str, expected: list[str]) -> None:
    readings = readings_of(body)
    names = names_of(readings)
    found = compare_readings(readings).contradictions
    pairs = [sorted(f"{names[side.article]}.{side.statement}" for side in (c.a, c.b)) for c in found]
    assert sorted(" ".join(pair) for pair in pairs) == expected


@pytest.mark.parametrize(("title", "body", "expected"), COPIES, ids=[c[0] for c in COPIES])
def test_copies(title: str, body: str, expected: list[str]) -> None:
    readings = [
        Reading(document=make_document("\n".join(lines), name=str(i), outlet=outlet, published=day))
        for i, (outlet, day, lines) in enumerate(articles_of(body))
    ]
    outlets = {article_id(r.document): r.document.outlet for r in readings}
    found = compare_readings(readings).copies
    assert [f"{outlets[c.within]} copies {outlets[c.of]}, {c.kind.value}" for c in found] == expected
    texts = {article_id(r.document): r.document.text for r in readings}
    assert all(a.end <= len(texts[c.of]) and b.end <= len(texts[c.within]) for c in found for a, b in c.aligned)


def planned(number: int, outlet: str, day: str, lines: list[str]) -> Reading:
    """The reading of an article whose terms stand in braces."""
    text, terms = "", []
    for part in re.split(r"(\{\w+: .+?\})", "\n".join(lines)):
        if match := TERM.fullmatch(part):
            span = Span(len(text), len(text) + len(match[2]))
            terms.append(Term(id=f"te{len(terms)}", plan="pl1", spans=(span,), topic=Topic(match[1])))
            text += match[2]
        else:
            text += part
    text += "\n" + SETTING
    document = Document(text=text, name=str(number), outlet=outlet, published=day, blocks=blocks_of(text))
    return Reading(document=document, plans=(Plan(id="pl1", name="draft"),), terms=tuple(terms))


def test_one_term_under_two_numbers_is_a_disagreement() -> None:
    """Two outlets that number the points of one plan differently."""
    body = (
        "@ Lamp Post 2026-03-05\nPoint three of the draft: {alliance: Taran stays out of the Northern League}.\n"
        "@ Evening Bell 2026-03-05\nPoint four of the draft: {alliance: Taran never joins the Northern League}."
    )
    readings = [planned(i, *article) for i, article in enumerate(articles_of(body), start=1)]
    numbered = [
        replace(r, terms=tuple(replace(t, points=(n,), points_basis=PointsBasis.STATED) for t in r.terms))
        for r, n in zip(readings, (3, 4), strict=True)
    ]
    (found,) = compare_readings(numbered).contradictions
    assert found.about == "which point it is: 3 or 4"


def shown_change(change: Change) -> str:
    parts = (change.topic, change.kind.value, change.what, change.before or "-", change.after or "-")
    return " | ".join(parts)


@pytest.mark.parametrize(("title", "body", "expected"), CHANGES, ids=[c[0] for c in CHANGES])
def test_changes(title: str, body: str, expected: list[str]) -> None:
    readings = [planned(i, *article) for i, article in enumerate(articles_of(body), start=1)]
    assert [shown_change(c) for c in compare_readings(readings).changes] == expected
