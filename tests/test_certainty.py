"""Certainty: the case table, and what holds for every statement."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_tables import load_cases
from hypothesis import given
from hypothesis import strategies as st
from test_acts import hedges_of, parse_of, statement_of

from reportedly.reading.acts import find_acts
from reportedly.reading.certainty import explain_certainty, find_certainty
from reportedly.records import Act, Certainty, Source, SourceKind, Statement

CASES = load_cases("certainty/en.md")
LINKS = {kind.value: Source(id=kind.value, name=kind.value, kind=kind) for kind in SourceKind}
SOURCES = (*LINKS.values(), Source(id="publisher", name="The Courier", kind=SourceKind.OUTLET))


def read(body: str) -> tuple[str, tuple[Statement, ...]]:
    text, *lines = body.split("\n")
    statements = []
    for number, line in enumerate(lines):
        words, _, kinds = line.partition(" <")
        statement = statement_of(words, text, number)
        statements.append(replace(statement, chain=("publisher", *kinds.split())))
    return text, tuple(statements)


@pytest.mark.parametrize(("title", "body", "expected"), CASES, ids=[c[0] for c in CASES])
def test_certainty(title: str, body: str, expected: list[str]) -> None:
    text, statements = read(body)
    parse = parse_of(text)
    found = find_certainty(find_acts(statements, parse), SOURCES, parse)
    rows = [(s.act.value, s.certainty_outlet.value, s.certainty_source.value, hedges_of(s, text)) for s in found]
    assert [" | ".join(row) for row in rows] == expected


@given(st.sampled_from(CASES), st.sampled_from(list(Act)))
def test_reasons_end_in_the_values(case: tuple[str, str, list[str]], act: Act) -> None:
    text, statements = read(case[1])
    parse = parse_of(text)
    for statement in (replace(s, act=act) for s in statements):
        reasons = explain_certainty(statement, SOURCES, parse)
        (found,) = find_certainty((statement,), SOURCES, parse)
        last = {reason.side: reason.value for reason in reasons}
        assert last == {"outlet": found.certainty_outlet, "source": found.certainty_source}
        assert all(0 <= span.start < span.end <= len(text) for reason in reasons for span in reason.words)


@given(st.sampled_from(CASES), st.sampled_from([Act.DEMAND, Act.ASK, Act.PROPOSE, Act.REJECT]))
def test_some_acts_settle_the_source(case: tuple[str, str, list[str]], act: Act) -> None:
    text, statements = read(case[1])
    for found in find_certainty(tuple(replace(s, act=act) for s in statements), SOURCES, parse_of(text)):
        settled = Certainty.CERTAIN_NOT if act is Act.REJECT else Certainty.UNCOMMITTED
        assert found.certainty_source is settled


def test_a_quarter_of_the_cases_is_plain() -> None:
    plain = [
        case for case in CASES if set(case[2]) <= {f"{act} | U | CT+ | -" for act in ("assert", "warn", "believe")}
    ]
    assert len(plain) >= len(CASES) / 4
