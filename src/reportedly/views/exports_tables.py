"""The tables that are exported: what a row of each is, and what its columns hold.

Every row says where it stands: the quoted sentence, its outlet, day and address, and the ids of its statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportedly.views.exports_rows import (
    Cell,
    Exported,
    article_rows,
    change_rows,
    claim_rows,
    contradiction_rows,
    correction_rows,
    meeting_rows,
    plan_rows,
    position_rows,
    statement_rows,
    term_rows,
)

__all__ = ["TABLES", "Cell", "Column", "Exported", "Table"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, its width in characters; `kind`: text, id, date, link, bool or number."""

    name: str
    about: str
    width: int = 14
    kind: str = "text"


Rows = Callable[[Exported], Iterator[Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what a row of it is, its columns, and what gives its rows."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Rows


WHERE = (
    Column("quote", "the sentence it stands in", 80),
    Column("outlet", "who published it", 20),
    Column("date", "day of publication, or as much as is known of it", 12, "date"),
    Column("link", "its address", 30, "link"),
    Column("article", "what the input called the article", 20),
    Column("story", "the article's label", 12),
)
_STATEMENTS = Column("statements", "ids of the statements that it rests on", 12, "id")
_CHAIN = Column("on_whose_word", "from the outlet down to the last source that the text gives", 34)
_SURE = (
    Column("certainty_source", "how sure the last source is of it (FactBank)", 10),
    Column("certainty_outlet", "how sure the outlet is of it", 10),
)
_CORRECTED = Column("corrected", "who put what of it right, and when", 24)


_BACKING = (_CHAIN, *_SURE, _STATEMENTS, _CORRECTED, *WHERE)


def _side(name: str) -> tuple[Column, ...]:
    return (
        Column(f"{name}_words", "the words themselves", 34),
        Column(f"{name}_quote", "the sentence they stand in", 60),
        Column(f"{name}_outlet", "who published it", 20),
        Column(f"{name}_date", "day of publication", 12, "date"),
        Column(f"{name}_link", "its address", 30, "link"),
        Column(f"{name}_statement", "the statement's id", 10, "id"),
    )


_ID = Column("id", "its id in the ledger", 10, "id")
_WORDS = Column("words", "what the article prints of it", 40)
_TOPIC = Column("topic", "what it is about", 16)

TABLES: tuple[Table, ...] = (
    Table(
        "statements",
        "one act of saying, in one article",
        (
            Column("statement", "its id in the ledger", 10, "id"),
            Column("content", "what was said", 50),
            Column("speaker", "the last source that the text gives", 24),
            Column("speaker_kind", "person, government, outlet and so on", 12),
            Column("speaker_named", "whether the text names it", 9, "bool"),
            Column("speaker_party", "whom it speaks for", 14),
            _CHAIN,
            Column("source_words", "how the text calls the source", 20),
            Column("cue", "the word that reports", 12),
            Column("act", "what is done by saying it", 10),
            Column("mode", "direct, indirect or mixed", 9),
            *_SURE,
            Column("hedges", "the words that weaken it", 16),
            Column("confidence", "how sure the program is that it reads this right, 0 to 1", 10, "number"),
            Column("inside", "id of the statement that it stands in", 10, "id"),
            Column("grade_of_speaker", "a person's grade of the speaker (Admiralty code)", 9),
            Column("grade", "a person's grade of what is said", 9),
            Column("likelihood", "a person's judgement how likely it is (ICD 203)", 14),
            _CORRECTED,
            *WHERE,
        ),
        statement_rows,
    ),
    Table(
        "terms",
        "one thing that a plan or offer has in it, or is said not to have",
        (
            _ID,
            Column("plan", "the plan's name; empty for an offer outside any", 20),
            Column("points", "the plan's point numbers that it belongs to", 8),
            Column("points_basis", "whether the text states the number or it is inferred", 10),
            _TOPIC,
            _WORDS,
            Column("gives", "who gives, does or stops it", 18),
            Column("gets", "who gets it", 18),
            Column("included", "false where the text says that it is not in the plan", 9, "bool"),
            Column("force", "must, would or may", 8),
            Column("condition", "on what condition", 24),
            Column("condition_of", "whose condition it is", 14),
            Column("amounts", "the amounts that its words give, with units (money by ISO 4217)", 18),
            Column("deadline", "by, until, within, for or from when, as EDTF or an ISO 8601 duration", 16),
            *_BACKING,
        ),
        term_rows,
    ),
    Table(
        "plans",
        "a plan, as one article has it",
        (
            _ID,
            Column("plan", "its name", 24),
            Column("authors", "who put it forward", 20),
            Column("points", "how many points the text says it has", 8, "number"),
            Column("terms", "how many of its terms the article has", 8, "number"),
            Column("first_reported_by", "who reported it first, by the text", 18),
            *_BACKING,
        ),
        plan_rows,
    ),
    Table(
        "positions",
        "what a party wants, as one place shows it",
        (
            _ID,
            Column("party", "whose it is", 18),
            _TOPIC,
            Column("stance", "proposes, demands, offers, accepts, rejects or open", 10),
            _WORDS,
            Column("term", "id of the term that it is on", 10, "id"),
            *_BACKING,
        ),
        position_rows,
    ),
    Table(
        "meetings",
        "a meeting, call, visit or round of talks",
        (
            _ID,
            Column("when", "its date in EDTF, as much as the text gives", 14),
            Column("first_day", "the first day that it may be", 12, "date"),
            Column("last_day", "the last day that it may be", 12, "date"),
            Column("participants", "who met or will meet", 34),
            Column("place", "where", 16),
            Column("status", "held, ongoing, scheduled, proposed or cancelled", 10),
            _WORDS,
            *_BACKING,
        ),
        meeting_rows,
    ),
    Table(
        "claims",
        "a statement of a claim that several statements make; one row for each of them",
        (
            Column("claim", "the claim's id", 10, "id"),
            Column("gist", "the claim in the words of one of them", 44),
            Column("article_count", "how many articles make it", 8, "number"),
            Column("statement_count", "how many statements", 8, "number"),
            Column("origins", "how many independent first-hand origins stand behind them", 8, "number"),
            Column("origins_least", "how many are surely distinct", 8, "number"),
            Column("origins_most", "how many may be", 8, "number"),
            Column("origin_names", "who they are", 34),
            Column("likelihood", "a person's judgement how likely the claim is (ICD 203)", 14),
            Column("statement", "the statement's id", 10, "id"),
            Column("content", "what it says", 44),
            _CHAIN,
            *_SURE,
            *WHERE,
        ),
        claim_rows,
    ),
    Table(
        "contradictions",
        "two places that cannot both be right",
        (
            Column("about", "on what", 34),
            Column("why", "the sign they were known by", 24),
            Column("score", "how sure the program is, 0 to 1", 8, "number"),
            *_side("a"),
            *_side("b"),
        ),
        contradiction_rows,
    ),
    Table(
        "changes",
        "a term that a later version of a plan has otherwise",
        (
            Column("plan", "the plan's name", 20),
            _TOPIC,
            Column("kind", "added, dropped or changed", 10),
            Column("what", "what differs: amount, date, party, force", 10),
            *_side("before"),
            *_side("after"),
        ),
        change_rows,
    ),
    Table(
        "articles",
        "an article",
        (
            _ID,
            Column("article", "what the input called it", 20),
            Column("outlet", "who published it", 20),
            Column("date", "day of publication", 12, "date"),
            Column("link", "its address", 30, "link"),
            Column("title", "its headline", 40),
            Column("byline", "who wrote it", 20),
            Column("language", "ISO 639-1", 8),
            Column("story", "its label", 12),
            *(Column(f"{name}", f"how many {name} it has", 8, "number") for name in ("statements", "plans", "terms")),
            *(Column(f"{name}", f"how many {name} it has", 8, "number") for name in ("positions", "meetings")),
            Column("reader", "what read it", 16),
            Column("version_of", "id of the version before it", 10, "id"),
            Column("superseded_by", "id of the version after it", 10, "id"),
            Column("text_hash", "hash of its text", 10, "id"),
        ),
        article_rows,
    ),
    Table(
        "corrections",
        "what a person put right or judged",
        (
            _ID,
            Column("kind", "what kind of correction", 16),
            Column("state", "what became of it", 14),
            Column("about", "ids or names that it is about", 20, "id"),
            _WORDS,
            Column("change", "from what to what, or what is said", 40),
            Column("by", "who", 14),
            Column("at", "when, in UTC", 22),
            Column("why", "the reason given", 30),
            Column("undone_by", "who took it back", 14),
            Column("undone_at", "when", 22),
            Column("outlet", "who published it", 20),
            Column("date", "day of publication", 12, "date"),
            Column("link", "its address", 30, "link"),
        ),
        correction_rows,
    ),
)
