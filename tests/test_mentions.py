"""Mentions: the case table, what a dossier adds, and what holds for every text."""

from __future__ import annotations

import re

import pytest
from case_tables import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.reading.actors import Mentions, parties_of
from reportedly.reading.dossier import Dossier, parse_dossier
from reportedly.reading.mentions import find_mentions
from reportedly.reading.sentences import find_sentences
from reportedly.records import Block, BlockKind, Document, Source, SourceKind, Span

CASES = load_cases("mentions/en.md")
_OUTLET = re.compile(r"\[(.+?)\] ")


def mentions_of(text: str, *, outlet: str | None = None, dossier: Dossier = Dossier()) -> Mentions:  # noqa: B008
    blocks = (Block(BlockKind.PARAGRAPH, Span(0, len(text))),) if text else ()
    return find_mentions(find_sentences(Document(text=text, name="case", outlet=outlet, blocks=blocks)), dossier)


def outline(mentions: Mentions, text: str) -> list[str]:
    """The actors and places in the form of the case table."""
    lines = [_line(actor, text) for actor in mentions.actors]
    for place in mentions.places:
        spans = "; ".join(span.of(text) for span in place.mentions)
        lines.append(f"{place.name} | place | {place.country or '-'} | {spans}")
    return lines or ["nothing"]


def _line(actor: Source, text: str) -> str:
    count = f"{actor.count}+" if actor.at_least else str(actor.count)
    spans = "; ".join(span.of(text) for span in actor.mentions)
    return f"{actor.name} | {actor.kind} | {count} | {spans}" + (f" | {actor.party}" if actor.party else "")


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_case(title: str, text: str, expected: list[str]) -> None:
    outlet = _OUTLET.match(text)
    body = text[outlet.end() :] if outlet else text
    assert outline(mentions_of(body, outlet=outlet.group(1) if outlet else None), body) == expected


def test_a_quarter_of_the_cases_hold_nothing() -> None:
    assert sum(expected == ["nothing"] for _, _, expected in CASES) * 4 >= len(CASES) >= 60


DOSSIER = parse_dossier(
    """
    [[party]]
    name = "Free Harbour Front"
    aliases = ["FHF", "harbour men"]
    [[person]]
    name = "Ida Ferrier"
    aliases = ["Iron Ida"]
    party = "Free Harbour Front"
    [[outlet]]
    name = "Kelp"
    """,
    "harbour.toml",
)


def test_a_dossier_names_parties_people_and_outlets() -> None:
    text = "Iron Ida told Kelp that the FHF would wait. Ferrier laughed."
    found = {actor.name: actor for actor in mentions_of(text, dossier=DOSSIER).actors}
    assert [span.of(text) for span in found["Ida Ferrier"].mentions] == ["Iron Ida", "Ferrier"]
    assert found["Kelp"].kind is SourceKind.OUTLET
    assert parties_of(found["Ida Ferrier"]) == parties_of(found["Free Harbour Front"]) == ("Free Harbour Front",)


def test_a_dossier_outweighs_the_roster() -> None:
    dossier = parse_dossier('[[person]]\nname = "Paris Moscow"\naliases = ["Moscow"]\n', "names.toml")
    assert mentions_of("Moscow said no.", dossier=dossier).actors[0].kind is SourceKind.PERSON


def test_the_publishing_outlet_comes_first() -> None:
    actors = mentions_of("Moscow said no.", outlet="The Sun").actors
    assert (actors[0].id, actors[0].name, actors[0].kind) == ("so0", "The Sun", SourceKind.OUTLET)


def test_countries_bear_their_code() -> None:
    refs = {actor.name: actor.ref for actor in mentions_of("Kyiv, the US and the UN met.").actors}
    assert refs == {"Ukraine": "iso:UA", "United States": "iso:US", "United Nations": "wikidata:Q1065"}


WORDS = st.sampled_from(
    [
        *[
            "Mr",
            "Halden",
            "he",
            "she",
            "it",
            "they",
            "the",
            "a",
            "official",
            "officials",
            "plan",
            "draft",
            "union",
            "who",
        ],
        *["EU", "Reuters", "said", "told", ",", ".", "“", "”", "-", "’s", "Minister", "of", "Foreign", "Affairs", "61"],
        *["two", "one", "another", "newspaper", "The", "Daily", "Bugle", "in", "to", "both", "sides", "nine-point"],
    ]
)


@given(st.lists(WORDS, max_size=40).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_every_mention_lies_in_the_text(text: str) -> None:
    found = mentions_of(text)
    spans = [span for actor in found.actors for span in actor.mentions] + [m for p in found.places for m in p.mentions]
    assert all(span.end <= len(text) and span.of(text).strip() for span in spans)
    assert [actor.id for actor in found.actors] == [f"so{i}" for i in range(len(found.actors))]
    assert all(actor.mentions and actor.name for actor in found.actors)
    assert all(list(actor.mentions) == sorted(set(actor.mentions)) for actor in found.actors)


@given(st.lists(WORDS, max_size=25).map(" ".join))
@settings(max_examples=20, deadline=None)
def test_reading_twice_finds_the_same(text: str) -> None:
    assert mentions_of(text) == mentions_of(text)
