"""The page of one chain: told as a sentence, link by link, from what the ledger kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_views_outline import printed

from reportedly.documents import make_document
from reportedly.ledger import Ledger, open_ledger
from reportedly.reading.reader import Reader
from reportedly.records import Basis, Certainty, Knowledge
from reportedly.views.from_ledger import chain_of
from reportedly.views.pages import ChainPage, as_json

TEXT = """The bank has reportedly agreed to close nine branches in the north.
Two people who were in the room told Bloomberg that the board voted on Monday.
A letter to staff seen by Reuters says that the nine northern branches could close in May.
The letter says that the nine northern branches will close in May.
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    kept = open_ledger(tmp_path_factory.mktemp("chain") / "talks.db")
    kept.add(Reader("en").read(make_document(TEXT, name="bank", outlet="The Courier", published="2026-03-05")))
    return kept


def page_of(ledger: Ledger, words: str, *, explain: bool = False) -> ChainPage:
    row = next(row for row in ledger.claims() if words in row.words)
    return chain_of(ledger, row.id, explain=explain)


def test_a_chain_is_told_as_a_sentence(ledger: Ledger) -> None:
    lead = printed(page_of(ledger, "nine branches in the north"), 200)
    told = "The Courier has it from Bloomberg, which has it from two people who were in the room, who have it from the"
    assert f"{told} bank." in lead


def test_every_link_stands_on_its_words(ledger: Ledger) -> None:
    page = page_of(ledger, "voted on Monday")
    assert [(step.basis, step.place and step.place.words) for step in page.steps] == [
        (Basis.PUBLISHES, None),
        (Basis.TOLD, "Bloomberg"),
        (Basis.SPEAKS, "Two people who were in the room"),
    ]
    for step in page.steps:
        if step.place is not None:
            assert " ".join(span.of(TEXT) for span in step.place.spans) == step.place.words


def test_how_a_source_knows_is_kept_where_the_text_says_it(ledger: Ledger) -> None:
    known = [(step.link.name, step.knows) for step in page_of(ledger, "could close").steps]
    assert known == [("The Courier", None), ("Reuters", Knowledge.READ), ("letter to staff seen by Reuters", None)]
    assert page_of(ledger, "voted on Monday").steps[-1].knows is Knowledge.PRESENT


def test_each_end_says_how_sure_it_is_and_why(ledger: Ledger) -> None:
    outlet, _, letter = page_of(ledger, "could close").steps
    assert (outlet.certainty, letter.certainty) == (Certainty.UNCOMMITTED, Certainty.POSSIBLE)
    assert letter.why is not None
    assert letter.why.words == "could"


def test_rules_are_told_only_when_asked_for(ledger: Ledger) -> None:
    assert page_of(ledger, "could close").reasons == ()
    explained = page_of(ledger, "could close", explain=True)
    assert [(r.side, r.value) for r in explained.reasons][:2] == [
        ("source", Certainty.CERTAIN),
        ("source", Certainty.POSSIBLE),
    ]
    assert "What each rule made of it" in printed(explained, 100)


def test_a_chain_says_where_its_content_is_told_otherwise(ledger: Ledger) -> None:
    assert "told again: st3 and st4 say the same, the source PS+ in st3, CT+ in st4" in printed(
        page_of(ledger, "could close"), 120
    )
    assert "told again" not in printed(page_of(ledger, "voted on Monday"), 120)


def test_a_chain_is_the_same_in_json(ledger: Ledger) -> None:
    page = as_json(page_of(ledger, "voted on Monday"))
    assert page["page"] == "chain"
    assert [step["basis"] for step in page["steps"]] == ["publishes", "told", "speaks"]
    assert page["steps"][1]["place"]["spans"] == [[105, 114]]


def test_an_unknown_statement_is_an_error(ledger: Ledger, tmp_path: Path) -> None:
    from reportedly.errors import LedgerError

    with pytest.raises(LedgerError):
        chain_of(ledger, "ffffffff")
