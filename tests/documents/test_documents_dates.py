"""Days of publication as they are written."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.documents import parse_date
from reportedly.documents.dates import NoDateError, date_in_url


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2025-02-12", "2025-02-12"),
        ("20250212", "2025-02-12"),
        ("2025/02/12", "2025-02-12"),
        ("2025-02-12T23:30:00+01:00", "2025-02-12"),
        ("2025-02-12T23:30:00Z", "2025-02-12"),
        ("2025-02-12 23:30", "2025-02-12"),
        ("12 February 2025", "2025-02-12"),
        ("12 Feb 2025", "2025-02-12"),
        ("12th February, 2025", "2025-02-12"),
        ("Wednesday, 12 February 2025", "2025-02-12"),
        ("Wednesday 12 February 2025 18.40 GMT", "2025-02-12"),
        ("February 12, 2025", "2025-02-12"),
        ("Feb. 12, 2025", "2025-02-12"),
        ("Sept 9 2025", "2025-09-09"),
        ("Wed, 12 Feb 2025 08:30:00 +0000", "2025-02-12"),
        ("25.12.2025", "2025-12-25"),
        ("12/25/2025", "2025-12-25"),
        ("04/04/2025", "2025-04-04"),
        (" 2024-02-29 ", "2024-02-29"),
    ],
)
def test_a_day_is_read(words: str, day: str) -> None:
    assert parse_date(words) == day


@pytest.mark.parametrize(
    "words",
    ["tomorrowish", "", "2025", "February 2025", "2025-02-30", "31 June 2025", "03/04/2025", "12 Foo 2025", "99"],
)
def test_what_is_no_day_or_could_be_two_is_refused(words: str) -> None:
    with pytest.raises(NoDateError):
        parse_date(words)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://observer.example/2025/02/12/port", "2025-02-12"),
        ("https://observer.example/world/2025/feb/12/port", "2025-02-12"),
        ("https://observer.example/port-2025-02-12.html", "2025-02-12"),
        ("https://observer.example/2025/02/port", None),
        ("https://observer.example/2025/13/45/port", None),
        ("https://observer.example/article/20250212", None),
    ],
)
def test_a_day_in_an_address(url: str, day: str | None) -> None:
    assert date_in_url(url) == day


@settings(deadline=None)
@given(st.dates())
def test_an_iso_date_is_its_own(day: object) -> None:
    assert parse_date(str(day)) == str(day)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_words_are_a_day_or_refused(words: str) -> None:
    with contextlib.suppress(NoDateError):
        assert len(parse_date(words)) == 10
