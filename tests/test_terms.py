"""Terms: the case table through the real steps, and what holds for every term."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise, permutations

import pytest
from case_tables import load_cases

from reportedly.documents import make_document
from reportedly.reading.draft import Draft
from reportedly.reading.reader import read_mentions, read_statements, read_table
from reportedly.reading.sentences import find_sentences
from reportedly.reading.terms import find_terms
from reportedly.records import PointsBasis, Term, shown

CASES = load_cases("terms/en.md")
IDS = [case[0] for case in CASES]
LONG = "\n\n".join(case[1] for case in CASES)


@lru_cache(maxsize=256)
def draft_of(body: str) -> Draft:
    document = make_document(body, name="case", outlet="The Case Book", published="2026-03-02")
    draft = Draft(document=document, parse=find_sentences(document))
    return read_table(read_statements(read_mentions(draft)))


def row_of(term: Term, text: str) -> str:
    points = ",".join(map(str, term.points)) or "-"
    guess = "?" if term.points_basis is PointsBasis.INFERRED else ""
    kind = term.force.value if term.included else "absent"
    topic = f"{term.topic.value}{' if' if term.conditional else ''}"
    roles = f"{', '.join(term.gives) or '-'} -> {', '.join(term.gets) or '-'}"
    return f"[{points}{guess}] {kind} {topic} | {roles} | {shown(term.spans, text)}"


@pytest.mark.parametrize(("title", "body", "expected"), CASES, ids=IDS)
def test_terms(title: str, body: str, expected: list[str]) -> None:
    draft = draft_of(body)
    assert [row_of(term, draft.document.text) for term in draft.terms] == expected


def test_a_quarter_of_the_cases_holds_none() -> None:
    assert len(CASES) >= 80
    assert sum(not expected for _, _, expected in CASES) >= len(CASES) / 4


@pytest.mark.parametrize("body", [*(case[1] for case in CASES), LONG], ids=[*IDS, "all in one"])
def test_every_term_stands_in_one_piece(body: str) -> None:
    draft = draft_of(body)
    plans = {plan.id for plan in draft.plans}
    assert len({term.id for term in draft.terms}) == len(draft.terms)
    for term in draft.terms:
        assert term.plan is None or term.plan in plans
        assert 0 < term.confidence < 1
        assert bool(term.points) == (term.points_basis is not None)
        assert term.conditional == bool(term.condition)
        assert term.included or not (term.gives or term.gets)
        assert any(all(piece.span.holds(span) for span in term.spans) for piece in draft.document.pieces)
        assert all(a.end <= b.start for a, b in pairwise(term.spans))


def test_reading_twice_finds_the_same() -> None:
    draft = draft_of(LONG)
    assert find_terms(draft) == find_terms(draft) == draft.terms


def test_terms_stand_in_text_order_and_share_little() -> None:
    terms = draft_of(LONG).terms
    assert [t.spans for t in terms] == sorted(t.spans for t in terms)
    for a, b in pairwise(terms):
        assert not any(p.holds(q) for p in a.spans for q in b.spans)


def test_numbered_points_told_in_order_stay_in_order() -> None:
    body = " ".join(f"Point {n} bars Chad from testing missiles of type {n}." for n in range(1, 6))
    numbers = [term.points for term in draft_of(f"The five-point plan is out. {body}").terms]
    assert numbers == [(n,) for n in range(1, 6)]


ASIDES = (
    "The museum in the old town reopens in spring with a show of early maps.",
    "Heavy rain closed two roads in the hills on Sunday.",
    "The orchestra will tour the islands next year, its director said.",
)


@pytest.mark.parametrize("body", [case[1] for case in CASES if case[2]], ids=[case[0] for case in CASES if case[2]])
def test_the_order_of_paragraphs_on_other_things_changes_no_term(body: str) -> None:
    found = set()
    for first, second, third in permutations(ASIDES):
        text = "\n\n".join((first, body, second, third))
        terms = [t for t in draft_of(text).terms if not any(s.of(text) in aside for s in t.spans for aside in ASIDES)]
        found.add(
            tuple((t.points, t.topic, frozenset(t.gives), frozenset(t.gets), shown(t.spans, text)) for t in terms)
        )
    assert len(found) == 1
    assert found != {()}
