"""Many outlets on one plan, read and compared: one origin where there is one, two where there are two."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from reportedly.documents import make_document
from reportedly.ledger import article_id
from reportedly.reading.reader import Reader
from reportedly.reconciliation import compare_readings
from reportedly.records import Claim, Reading, Story

SEED = Path(__file__).parents[2] / "shared" / "gold" / "dev" / "seed" / "seven-points.txt"

TABLOID = """\
WARLORD Aldo Rieti has reportedly offered to halt the siege of the port of Ostrin.

The Marn strongman apparently told Taran's envoy Ilse Brandt that his gunboats could pull back from the port of Ostrin.

Three officials told the Lamp Post that the offer came up at a dinner in Velm.

SIX-POINT PLAN

Point three requires Taran to halt its drive to join the League, the Lamp Post reports.
"""
BROADSHEET = """\
Aldo Rieti, the leader of Marn, offered to halt the siege of the port of Ostrin, three officials told the Lamp Post.

Point three of the six-point plan requires Taran to halt its drive to join the League, according to the Lamp Post.

Olaf Grenn, Velm's foreign minister, said Velm would send engineers to clear the harbour of Ostrin.
"""
WEEKLY = """\
Aldo Rieti has offered to halt the siege of the port of Ostrin, according to the Lamp Post, which cited three officials.

Point five of the six-point plan requires Taran to halt its drive to join the League, says the Lamp Post.

Marit Solbakk, a mediator of the Northern League, said Velm would send engineers to clear the harbour of Ostrin.
"""
ON_THE_SEED = (
    (
        "courier",
        "Continental Courier",
        "Vladimir Putin has offered to halt the invasion of Ukraine across the current front line, three sources told "
        "the Financial Times.\n\nPoint three of the seven-point plan requires Ukraine to halt its drive to join Nato, "
        "The Telegraph reports.\n\nUS envoy Steve Witkoff will travel to Moscow to present the plan, Keith Kellogg "
        "said.\n",
    ),
    (
        "weekly",
        "Harbour Weekly",
        "Vladimir Putin offered to halt the invasion of Ukraine, according to the Financial Times, which cited three "
        "sources.\n\nPoint two of the seven-point plan requires Ukraine to halt its drive to join Nato, according to "
        "The Telegraph.\n\nUS envoy Steve Witkoff will travel to Moscow to present the plan, a French diplomat told "
        "the Harbour Weekly.\n",
    ),
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader("en")


def read(reader: Reader, articles: Sequence[tuple[str, str, str, str]]) -> tuple[dict[str, Reading], Story]:
    """The readings by the ledger's ids of their articles, and the story."""
    readings = [reader.read(make_document(text, name=n, outlet=o, published=d)) for n, o, d, text in articles]
    return {article_id(r.document): r for r in readings}, compare_readings(readings)


def about(story: Story, readings: dict[str, Reading], *words: str, outlets: int) -> Claim:
    """The claim of so many outlets of which a member holds all the words."""

    def said(article: str, statement: str) -> str:
        reading = readings[article]
        (found,) = (s for s in reading.statements if s.id == statement)
        return " ".join(span.of(reading.document.text) for span in found.content)

    def held(claim: Claim) -> bool:
        return any(all(word in said(m.article, m.statement) for word in words) for m in claim.members)

    found = [c for c in story.claims if held(c) and len({m.article for m in c.members}) >= outlets]
    assert found, [(c.gist, len(c.members)) for c in story.claims]
    return max(found, key=lambda c: len(c.members))


def test_an_offer_has_one_origin_and_a_point_two_numbers(reader: Reader) -> None:
    readings, story = read(
        reader,
        [
            ("tabloid", "Daily Spark", "2026-03-05", TABLOID),
            ("broadsheet", "Evening Bell", "2026-03-05", BROADSHEET),
            ("weekly", "Copper Wire", "2026-03-06", WEEKLY),
        ],
    )
    offer = about(story, readings, "siege", outlets=2)
    assert (offer.origins, offer.origin_names) == (1, ("three officials via Lamp Post",))
    help_ = about(story, readings, "engineers", outlets=2)
    assert help_.origins == 2
    assert any(c.about.startswith("which point it is") for c in story.contradictions)


@pytest.mark.skipif(not SEED.is_file(), reason="the article is not part of the project")
def test_the_article_it_was_first_asked_for(reader: Reader) -> None:
    others = [(name, outlet, "2025-04-23", text) for name, outlet, text in ON_THE_SEED]
    readings, story = read(reader, [("sun", "The Sun", "2025-04-23", SEED.read_text(encoding="utf-8")), *others])
    offer = about(story, readings, "halt", outlets=3)
    assert offer.origins == 1
    assert "via Financial Times" in offer.origin_names[0]
    assert about(story, readings, "Witkoff", "Moscow", outlets=2).origins == 2
    assert any(c.about.startswith("which point it is") for c in story.contradictions)
