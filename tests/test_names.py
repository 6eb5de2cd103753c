"""Names across articles: one actor under several spellings, and actors that only look alike."""

from __future__ import annotations

import pytest

from reportedly.reconciliation.naming import resolve_names
from reportedly.records import Document, Position, Reading, Source, SourceKind, Span, Stance, Topic

BODY, PERSON, OUTLET = SourceKind.GOVERNMENT, SourceKind.PERSON, SourceKind.OUTLET


def reading_of(kind: SourceKind, *names: str, ref: str | None = None) -> Reading:
    found = tuple(Source(id=f"so{i}", name=name, kind=kind, ref=ref) for i, name in enumerate(names))
    return Reading(document=Document(text="x", name="x", outlet="Lamp Post"), sources=found)


def are_one(kind: SourceKind, one: str, other: str, *others: str) -> bool:
    """Whether two names come out as one actor's, where others are about."""
    names = resolve_names([reading_of(kind, one), reading_of(kind, other), *(reading_of(kind, o) for o in others)])
    return names.one(one, kind) == names.one(other, kind)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (BODY, "Kyiv", "Kiev"),
        (BODY, "Kiev", "Ukraine"),
        (BODY, "Türkiye", "Turkey"),
        (BODY, "Ivory Coast", "Côte d'Ivoire"),
        (BODY, "Burma", "Myanmar"),
        (BODY, "Czechia", "Czech Republic"),
        (BODY, "Swaziland", "Eswatini"),
        (BODY, "UAE", "United Arab Emirates"),
        (BODY, "the Rapid Support Forces", "RSF"),
        (PERSON, "MbS", "Mohammed bin Salman"),
        (PERSON, "Mohammed bin Salman", "Mohammad bin Salman"),
        (PERSON, "Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        (PERSON, "President Zelensky", "Volodymyr Zelensky"),
        (PERSON, "Recep Tayyip Erdoğan", "Erdogan"),
        (PERSON, "S. Lavrov", "Sergei Lavrov"),
        (OUTLET, "The Telegraph", "Telegraph"),
        (OUTLET, "Anadolu", "Anadolu Agency"),
        (OUTLET, "FT", "Financial Times"),
    ],
)
def test_these_are_one(kind: SourceKind, one: str, other: str) -> None:
    assert are_one(kind, one, other)


@pytest.mark.parametrize(
    ("kind", "one", "other", "others"),
    [
        (BODY, "Guinea", "Equatorial Guinea", ()),
        (BODY, "Guinea", "Papua New Guinea", ()),
        (BODY, "Guinea", "Guinea-Bissau", ()),
        (BODY, "Sudan", "South Sudan", ()),
        (BODY, "Niger", "Nigeria", ()),
        (BODY, "North Korea", "South Korea", ()),
        (BODY, "Dominica", "Dominican Republic", ()),
        (BODY, "Slovakia", "Slovenia", ()),
        (BODY, "Brazzaville", "Kinshasa", ()),
        (PERSON, "Ilse Brandt", "Karl Brandt", ()),
        (PERSON, "Brandt", "Karl Brandt", ("Ilse Brandt",)),
        (PERSON, "David Cameron", "Cameron Diaz", ()),
        (OUTLET, "The Times", "The New York Times", ("The Irish Times",)),
        (OUTLET, "Irish Times", "New York Times", ()),
        (OUTLET, "Financial Times", "The Times", ("The New York Times",)),
    ],
)
def test_these_are_two(kind: SourceKind, one: str, other: str, others: tuple[str, ...]) -> None:
    assert not are_one(kind, one, other, *others)


def test_a_merge_shows_its_reason_and_score() -> None:
    (merge,) = resolve_names([reading_of(BODY, "Rapid Support Forces"), reading_of(BODY, "RSF")]).merges
    assert (merge.name, merge.other, merge.reason) == ("RSF", "Rapid Support Forces", "initials")
    assert 0 < merge.score <= 1


def test_a_party_and_a_source_are_one() -> None:
    position = Position(id="po1", party="Turkey", topic=Topic.TALKS, stance=Stance.OPEN, spans=(Span(0, 1),))
    reading = Reading(document=Document(text="x", name="x"), positions=(position,))
    names = resolve_names([reading, reading_of(BODY, "Türkiye")])
    assert names.party("Turkey") == names.one("Türkiye", BODY)
