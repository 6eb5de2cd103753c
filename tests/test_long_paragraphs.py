"""What a long article asks again and again is worked out once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportedly.documents import make_document
from reportedly.reading import positions_sides
from reportedly.reading.actors import Mentions
from reportedly.reading.draft import Draft
from reportedly.reading.reader import Reader
from reportedly.records import Source, SourceKind, Span

SENTENCE = "Ana Ruiz said on Monday that Turkey would sign the agreement with Greece next week. "


def test_sides_are_looked_for_once_for_each_actor(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Source] = []
    look = positions_sides._beside

    def counted(actor: Source, draft: Draft) -> tuple[str, ...]:
        asked.append(actor)
        return look(actor, draft)

    monkeypatch.setattr(positions_sides, "_beside", counted)
    document = make_document(SENTENCE * 40, name="talks", outlet="The Courier", published="2026-03-04")
    reading = Reader(model=None).read(document)
    assert len(reading.statements) >= 40
    assert asked
    assert len({id(actor) for actor in asked}) == len(asked)


def test_actors_that_are_equal_come_once() -> None:
    ruiz = Source(id="1", name="Ana Ruiz", kind=SourceKind.PERSON, mentions=(Span(0, 8), Span(20, 28)))
    other = Source(id="2", name="Turkey", kind=SourceKind.GOVERNMENT, mentions=(Span(10, 16),))
    mentions = Mentions(actors=(ruiz, other, replace(ruiz)))
    assert mentions.actors_in(Span(0, 30)) == (ruiz, other)
