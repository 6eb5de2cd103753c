"""Ranges find what a scan of all spans finds, in the same order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportedly.reading.ranges import Ranges
from reportedly.records import Span

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 25))


def _in_order(spans: list[Span]) -> list[tuple[Span, int]]:
    pairs = [(span, n) for n, span in enumerate(spans)]
    return sorted(pairs, key=lambda pair: (pair[0].start, -pair[0].end, pair[1]))


@given(st.lists(SPANS), SPANS)
def test_meeting_is_a_scan_for_what_shares_a_character(spans: list[Span], span: Span) -> None:
    found = list(Ranges((s, n) for n, s in enumerate(spans)).meeting(span))
    assert found == [pair for pair in _in_order(spans) if pair[0].meets(span)]


@given(st.lists(SPANS), SPANS)
def test_within_is_a_scan_for_what_the_span_holds(spans: list[Span], span: Span) -> None:
    found = list(Ranges((s, n) for n, s in enumerate(spans)).within(span))
    assert found == [pair for pair in _in_order(spans) if span.holds(pair[0])]
