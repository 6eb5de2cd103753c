"""Lines that name authors."""

from __future__ import annotations

import pytest

from reportedly.documents import make_document
from reportedly.documents.bylines import (
    is_date,
    is_dateline,
    is_place_or_office,
    parse_bare_byline,
    parse_byline,
    parse_open_head,
    parse_post_head,
)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Bell", ("Ann Bell",)),
        ("BY Ann Bell", ("Ann Bell",)),
        ("by Ann Bell", ("Ann Bell",)),
        ("By: Ann Bell", ("Ann Bell",)),
        ("By ANN BELL and CARL DORN", ("Ann Bell", "Carl Dorn")),
        ("By Ann Bell and Carl Dorn in Paris", ("Ann Bell", "Carl Dorn")),
        ("By Ann Bell, Transport Editor, and Carl Dorn in Oster", ("Ann Bell", "Carl Dorn")),
        ("By Ann Bell, Carl Dorn and Ute Falk", ("Ann Bell", "Carl Dorn", "Ute Falk")),
        ("By Ann Bell, Carl Dorn, and Ute Falk", ("Ann Bell", "Carl Dorn", "Ute Falk")),
        ("By Ann Bell, Oster", ("Ann Bell",)),
        ("By Ann Bell, New York", ("Ann Bell",)),
        ("By Ann Bell, Associated Press", ("Ann Bell",)),
        ("By Ann Bell, in Oster", ("Ann Bell",)),
        ("By Ann Bell, the Larn correspondent", ("Ann Bell",)),
        ("By Ann Bell for the Observer", ("Ann Bell",)),
        ("By Ann Bell @annbell", ("Ann Bell",)),
        ("By Ann Bell | 12 March 2026 | 3 min read", ("Ann Bell",)),
        ("By Ann Bell Published 12 March 2026", ("Ann Bell",)),
        ("By Ann Bell - 12 March 2026", ("Ann Bell",)),
        ("By Anna-Maria van der Laan", ("Anna-Maria van der Laan",)),
        ("By Gwenn O'Hara and Éloïse d'Arcy", ("Gwenn O'Hara", "Éloïse d'Arcy")),
        ("By J.D. Bell Jr.", ("J.D. Bell Jr",)),
        ("By Observer Web Desk", ("Observer Web Desk",)),
        ("By Reuters", ("Reuters",)),
        ("By Market Wire", ("Market Wire",)),
        ("By Northgate Evening Post, Jo Carver", ("Jo Carver",)),
        ("By Jo Carver, Financial Ledger", ("Jo Carver",)),
        ("By Emily Post and Heath Ledger", ("Emily Post", "Heath Ledger")),
        ("Written by Ann Bell", ("Ann Bell",)),
        ("Analysis by Ann Bell", ("Ann Bell",)),
        ("Live coverage by Ann Bell and Carl Dorn", ("Ann Bell", "Carl Dorn")),
        ("Desk: Ann Bell, Carl Dorn", ("Ann Bell", "Carl Dorn")),
        ("World Desk | Updated: March 18, 2026 09:12 IST", ("World Desk",)),
        ("By Tuesday the talks had stalled.", None),
        ("By Tuesday", None),
        ("By the numbers", None),
        ("By Any Means", None),
        ("By his own account he was asleep.", None),
        ("By and large it held", None),
        ("From Ann Bell to Carl Dorn", None),
        ("Bypass surgery", None),
        ("By", None),
        ("", None),
    ],
)
def test_a_line_with_a_word_such_as_by(line: str, names: tuple[str, ...] | None) -> None:
    assert parse_byline(line) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Bell", ("Ann Bell",)),
        ("Ann Bell, Political editor", ("Ann Bell",)),
        ("Ann Bell in Larn and Carl Dorn in Oster", ("Ann Bell", "Carl Dorn")),
        ("Ann Bell, Larn", ("Ann Bell",)),
        ("Larn", None),
        ("Peace Deal", None),
        ("Ann Bell said no.", None),
        ("Carl Dorn on television", None),
        ("Date slips", None),
        ("Observer, 3 March 2026", None),
    ],
)
def test_a_line_of_names_alone(line: str, names: tuple[str, ...] | None) -> None:
    assert parse_bare_byline(line) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("09.12 | Ann Bell, London", ("Ann Bell",)),
        ("09:12 - Ann Bell", ("Ann Bell",)),
        ("09:12 By Ann Bell", ("Ann Bell",)),
        ("18:40 IST", ()),
        ("9:05 p.m.", ()),
        ("9.05pm GMT", ()),
        ("2h ago 14.05 GMT", ()),
        ("12 minutes ago", ()),
        ("Updated at 14.20 GMT", ()),
        ("3 March 2026 10:15", ()),
        ("10.15 trains ran", None),
        ("10.05 - Minister arrives", None),
        ("7", None),
        ("4.5 per cent", None),
        ("Noon", None),
    ],
)
def test_the_head_of_a_post(line: str, names: tuple[str, ...] | None) -> None:
    head = parse_post_head(line)
    assert (head and head.names) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("21.38 Lena Hofer", ("Lena Hofer",)),
        ("21:38 Lena Hofer, York", ("Lena Hofer",)),
        ("9.05pm Lena Hofer and Carl Dorn", ("Lena Hofer", "Carl Dorn")),
        ("10.15 trains ran", None),
        ("10.05 Peace Deal", None),
        ("4.5 per cent", None),
        ("21.38", None),
    ],
)
def test_the_head_of_a_post_without_a_mark(line: str, names: tuple[str, ...] | None) -> None:
    head = parse_open_head(line)
    assert (head and head.names) == names


def test_days_and_datelines() -> None:
    assert is_date("Published: 7:12, 10 Nov 2021")
    assert is_date("Last updated on Tuesday 3 March 2026 at 09.12 GMT")
    assert not is_date("Talks resume on 3 March 2026")
    assert is_dateline("The Observer, Tuesday 3 March 2026")
    assert not is_dateline("He said that the offer of 3 March 2026 had not been withdrawn by anybody")


def test_places_and_offices() -> None:
    assert is_place_or_office("Larn")
    assert is_place_or_office("Observer News, Larn")
    assert is_place_or_office("Political correspondent")
    assert not is_place_or_office("Ferries sailed at dawn.")
    assert not is_place_or_office("What the offer says")


def test_the_outlet_below_an_author_is_no_author() -> None:
    text = (
        "Harbour talks go on\n\nBy Ann Moss\nLarn Ledger\nSeptember 21, 2027\n\n"
        "The two ministers met for an hour in the harbour town.\n"
    )
    assert make_document(text, name="page", outlet="The Larn Ledger").byline == ("Ann Moss",)
