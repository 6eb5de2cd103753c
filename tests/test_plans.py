"""Plans: the case table through the real steps."""

from __future__ import annotations

from functools import lru_cache

import pytest
from case_tables import load_cases

from reportedly.documents import make_document
from reportedly.reading.dossier import Dossier, Entry
from reportedly.reading.draft import Draft
from reportedly.reading.reader import read_mentions, read_statements, read_table
from reportedly.reading.sentences import find_sentences
from reportedly.records import Plan

CASES = load_cases("plans/en.md")
IDS = [case[0] for case in CASES]


@lru_cache(maxsize=128)
def draft_of(body: str) -> Draft:
    document = make_document(body, name="case", outlet="The Case Book", published="2026-03-02")
    draft = Draft(document=document, parse=find_sentences(document))
    return read_table(read_statements(read_mentions(draft)))


def row_of(plan: Plan) -> str:
    return f"{plan.name} | {', '.join(plan.authors) or '-'} | {plan.points or '-'}"


@pytest.mark.parametrize(("title", "body", "expected"), CASES, ids=IDS)
def test_plans(title: str, body: str, expected: list[str]) -> None:
    assert [row_of(plan) for plan in draft_of(body).plans] == expected


@pytest.mark.parametrize("body", [case[1] for case in CASES], ids=IDS)
def test_every_plan_stands_in_the_text(body: str) -> None:
    draft = draft_of(body)
    assert len({p.id for p in draft.plans}) == len(draft.plans)
    for plan in draft.plans:
        assert plan.spans
        assert all(span.of(draft.document.text).strip() for span in plan.spans)


def test_the_outlet_that_had_it_is_kept() -> None:
    plans = draft_of("The Meridian reports that a six-point plan would reopen the border with Chad.").plans
    assert [p.points for p in plans] == [6]


def test_an_own_offer_keeps_its_terms_apart() -> None:
    draft = draft_of(
        "The six-point plan would give the islands to Norway.\n\n"
        "Moscow's own offer would leave the islands to Japan and lift the tariffs on fish."
    )
    names = {p.id: p.name for p in draft.plans}
    assert [names.get(t.plan or "") for t in draft.terms[:1]] == ["six-point plan"]
    assert {names.get(t.plan or "") for t in draft.terms if "Japan" in t.spans[0].of(draft.document.text)} == {
        "Russia's offer"
    }


def test_what_a_version_is_set_against_stays_with_the_older() -> None:
    draft = draft_of(
        "The revised paper has six points. The lease would run for 20 years instead of the 30 given in the first draft."
    )
    names = {p.id: p.name for p in draft.plans}
    lease = next(t for t in draft.terms if "20 years" in t.spans[0].of(draft.document.text))
    assert names[lease.plan or ""] == "revised paper"


def test_a_plan_takes_the_name_and_authors_of_the_dossier() -> None:
    body = "The nine-point paper would open the port. The Ostrava text names no date. A side letter promises more pay."
    dossier = Dossier(plans=(Entry(name="Ostrava paper", aliases=("nine-point paper",), authors=("Ostrava",)),))
    document = make_document(body, name="case", outlet="The Case Book", published="2026-03-02")
    draft = Draft(document=document, parse=find_sentences(document), dossier=dossier)
    plans = read_table(read_statements(read_mentions(draft))).plans
    assert ("Ostrava paper", ("Ostrava",), 9) in [(p.name, p.authors, p.points) for p in plans]
    assert next(p.name for p in draft_of(body).plans) == "nine-point paper"


def test_a_version_that_the_dossier_names_stays_a_version() -> None:
    body = (
        "The revised paper has six points. It would lease the port for 20 years.\n\n"
        "The first draft would lease the port for 30 years."
    )
    entries = (Entry(name="March text", aliases=("first draft",)), Entry(name="May text", aliases=("revised paper",)))
    document = make_document(body, name="case", outlet="The Case Book", published="2026-03-02")
    draft = Draft(document=document, parse=find_sentences(document), dossier=Dossier(plans=entries))
    read = read_table(read_statements(read_mentions(draft)))
    assert [p.name for p in read.plans] == ["May text", "March text"]
    names = {p.id: p.name for p in read.plans}
    years = {("20" in words, names[t.plan or ""]) for t in read.terms if "years" in (words := t.spans[0].of(body))}
    assert years == {(True, "May text"), (False, "March text")}


def test_a_general_word_in_the_dossier_is_no_name() -> None:
    body = "The revised offer has six points. The draft would lease the port."
    document = make_document(body, name="case", outlet="The Case Book", published="2026-03-02")
    dossier = Dossier(plans=(Entry(name="draft", authors=("Lenn",)),))
    draft = Draft(document=document, parse=find_sentences(document), dossier=dossier)
    assert [p.name for p in read_table(read_statements(read_mentions(draft))).plans] == ["revised offer"]


def test_two_plans_of_the_dossier_are_never_one() -> None:
    body = "The blue draft would open the port. The red draft would close it. The draft has six points."
    dossier = Dossier(plans=(Entry(name="Blue", aliases=("blue draft",)), Entry(name="Red", aliases=("red draft",))))
    document = make_document(body, name="case", outlet="The Case Book", published="2026-03-02")
    draft = Draft(document=document, parse=find_sentences(document), dossier=dossier)
    plans = read_table(read_statements(read_mentions(draft))).plans
    assert [p.name for p in plans] == ["Blue", "Red"]


def test_a_quarter_of_the_cases_holds_none() -> None:
    assert len(CASES) >= 30
    assert sum(not expected for _, _, expected in CASES) >= len(CASES) / 4
