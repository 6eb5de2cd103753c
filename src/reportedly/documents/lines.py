"""The lines of a text, with their places: what the rules for blocks look at."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from reportedly.records import Span

WRAP_LIMIT = 120
"""A text with a line longer than this was not broken by a typewriter or a mail program."""

FULL_LINE = 45
"""Shortest line, in characters, that can have been broken because it was full."""

PHYSICAL_LINE = re.compile(r"[^\r\n]+|(?<=\n)(?=\r?\n)|(?<=\r)(?=\r)")
"""What stands between line breaks of any machine; empty where two breaks meet."""

SENTENCE_END = (".", "!", "?", "…")
CLOSERS = "\"'”’»)]*"


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it. `gap`: whether an empty line, or the top, stands before it."""

    text: str
    span: Span
    gap: bool

    @property
    def words(self) -> int:
        """Number of words, as white space parts them."""
        return len(self.text.split())

    @property
    def ends_sentence(self) -> bool:
        """Whether it closes as prose does: with a full stop or the like, inside or outside quotation marks."""
        return self.text.rstrip(CLOSERS).endswith(SENTENCE_END)


def find_lines(text: str) -> tuple[Line, ...]:
    """The lines of the text that are not blank, in order; hard-wrapped paragraphs are joined to one line each."""
    lines: list[Line] = []
    gap = True
    for match in PHYSICAL_LINE.finditer(text):
        if bare := match[0].strip():
            start = match.start() + match[0].index(bare)
            lines.append(Line(bare, Span(start, start + len(bare)), gap))
        gap = not bare
    return _unwrap(text, tuple(lines)) if _is_wrapped(lines) else tuple(lines)


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether sentences run on from line to line, as in mails and old wire copy."""
    if not lines or max(len(line.text) for line in lines) > WRAP_LIMIT:
        return False
    pairs = [(one, two) for one, two in itertools.pairwise(lines) if len(one.text) >= FULL_LINE and not two.gap]
    open_pairs = [two for one, two in pairs if not one.ends_sentence]
    running_on = [two for two in open_pairs if two.text[0].islower()]
    return len(running_on) >= 2 and len(open_pairs) > len(pairs) / 2 and len(running_on) >= len(open_pairs) / 2


def _unwrap(text: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    width = max(len(line.text) for line in lines)
    joined: list[Line] = []
    full = False
    for line in lines:
        if full and not line.gap:
            span = Span(joined[-1].span.start, line.span.end)
            joined[-1] = Line(span.of(text), span, joined[-1].gap)
        else:
            joined.append(line)
        full = len(line.text) >= max(FULL_LINE, 0.7 * width)
    return tuple(joined)
