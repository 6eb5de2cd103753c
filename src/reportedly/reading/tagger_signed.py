"""Quotations that are signed instead of reported: `"They never asked us." — Maria Lopez, crane driver`.

Round-ups of reactions, letters and mottoes print speech so, with the name behind a dash, on the line of the words or
on the next one. No word says that anybody speaks, so the form alone is gone by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportedly.records import Span

LONGEST = 14
"""Words of a signature: a name and what somebody is."""

_DASH = r"(?P<mark>[-–—―]{1,2})[ \t\u00a0]*"
_SIGNATURE = r"(?P<name>[^\W\d_a-zß-öø-ÿ][^\n\"“”„«»:;!?]{1,120}?)[\s.]*"
_BEHIND = re.compile(rf"\s*[\"“”„«](?P<said>.*\S)[\"“”»][ \t\u00a0]*{_DASH}{_SIGNATURE}", re.DOTALL)
_BELOW = re.compile(rf"\s*{_DASH}{_SIGNATURE}")
_QUOTED = re.compile(r"\s*[\"“”„«](?P<said>.*\S)[\"“”»]\s*", re.DOTALL)
_MARKS = frozenset('"“”„«»')
_ENDS = re.compile(r"[^\W\d_]{4,}\. ")

Paragraphs = Sequence[tuple[int, str]]
Signed = tuple[Span, Span, Span]


def find_signed(paragraphs: Paragraphs) -> Iterator[Signed]:
    """Name, dash and words of each signed quotation, in order; the words are without their marks."""
    for n, (offset, text) in enumerate(paragraphs):
        if (whole := _BEHIND.fullmatch(text)) and _is_one(whole["said"]) and _is_name(whole["name"]):
            yield _span(whole, "name", offset), _span(whole, "mark", offset), _span(whole, "said", offset)
        elif n and (below := _BELOW.fullmatch(text)) and _is_name(below["name"]):
            above, before = paragraphs[n - 1]
            if (quoted := _QUOTED.fullmatch(before)) and _is_one(quoted["said"]):
                yield _span(below, "name", offset), _span(below, "mark", offset), _span(quoted, "said", above)


def _span(match: re.Match[str], group: str, offset: int) -> Span:
    return Span(offset + match.start(group), offset + match.end(group))


def _is_one(said: str) -> bool:
    """Whether no quotation ends within: `"Yes," he said, "no"` is told, not signed."""
    return not _MARKS & set(said) and len(said.split()) > 1


def _is_name(words: str) -> bool:
    """Whether it names somebody: few words, most of the first ones with capitals, and no sentence."""
    if len(words.split()) > LONGEST or _ENDS.search(words):
        return False
    first = re.split(r"[,(]", words, maxsplit=1)[0].split()
    return 0 < len(first) <= 6 and 2 * sum(word[0].isupper() for word in first) >= len(first)
