"""Point numbers: where the text names one, and what follows for the sentences around it."""

from __future__ import annotations

import pytest

from reportedly.documents import make_document
from reportedly.reading.draft import Draft
from reportedly.reading.sentences import find_sentences
from reportedly.reading.terms_marks import find_marks, total_of

MARKS = [
    ("Under point three, the border opens. The plan has five points.", [(3,)]),
    ("The five-point plan is out. The second point bars strikes.", [(2,)]),
    ("The five-point plan is out. Points one and two are about trade.", [(1, 2)]),
    ("The five-point plan is out. Points two to four are about trade.", [(2, 3, 4)]),
    ("The nine-point plan is out. The ninth and last point sets a vote.", [(9,)]),
    ("The nine-point plan is out. The last point sets a vote.", [(9,)]),
    ("The six-point plan is out. Under the third, fishing stops.", [(3,)]),
    ("The six-point plan is out. Fishing would stop (point three).", [(3,)]),
    ("The six-point plan is out. Fishing would stop (three).", [(3,)]),
    ("The six-point plan is out. According to the first two points, fishing stops.", [(1, 2)]),
    ("The six-point plan is out. Point two bars strikes. The next point raises pay.", [(2,), (3,)]),
    ("The six-point plan is out. Point four bars strikes. The clause before it raises pay.", [(4,), (3,)]),
    ("The three-phase deal is out. In the second phase the army leaves.", [(2,)]),
    ("The seven-chapter text is out. Chapter five deals with students.", [(5,)]),
    ("The six-point plan is out. Number six ends the ban.", [(6,)]),
    ("The plan opens with a truce. It has four points.", [(1,)]),
    ("Point 12 of 14 points sets a date.", [(12,)]),
]

NONE = [
    "It was the second time that the talks failed.",
    "The first version was longer.",
    "The minister spoke for three hours.",
    "Four points separate the teams, and the second half was dull.",
    "He has two children.",
    "The third man left early.",
    "Sanctions would be lifted in a first phase.",
]


def draft_of(text: str) -> Draft:
    document = make_document(text, name="case", outlet="The Case Book", published="2026-03-02")
    return Draft(document=document, parse=find_sentences(document))


@pytest.mark.parametrize(("text", "numbers"), MARKS, ids=[text for text, _ in MARKS])
def test_marks(text: str, numbers: list[tuple[int, ...]]) -> None:
    assert [mark.numbers for mark in find_marks(draft_of(text))] == numbers


@pytest.mark.parametrize("text", NONE)
def test_no_marks(text: str) -> None:
    assert find_marks(draft_of(text)) == ()


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("The seven-point plan", 7),
        ("an 11-point draft", 11),
        ("It still has fourteen points.", 14),
        ("The plan", None),
        ("a three-phase proposal", 3),
    ],
)
def test_total(text: str, total: int | None) -> None:
    assert total_of(text) == total
