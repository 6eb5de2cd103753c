"""Headlines and subheadings in plain text."""

from __future__ import annotations

import re

from reportedly.documents.lines import Line

QUESTION = re.compile(
    r"(?i)(?:what|why|how|who|whose|when|where|which|can|could|will|would|is|are|does|do|did|should|has|have|was|were|might|must)\b"
)
ALL_CAPS_WORDS = 14
TITLE_WORDS = 35
SUBHEAD_WORDS = 12


def is_title(line: Line, *, first: bool) -> bool:
    """Whether a line at the top of the page, before any prose, can be its headline or stand over it."""
    text = line.text
    if line.words > (TITLE_WORDS if first else 25) or text.endswith((",", ":")) or not _has_letter(text):
        return False
    if not line.ends_sentence:
        return True
    if re.search(r"[.?!][”\"’']?\s+\S", text):
        return is_all_caps(text)
    return text.endswith(("?", "!")) or is_title_case(text) or is_all_caps(text)


def is_subheading(line: Line) -> bool:
    """Whether a line within the article reads as a subheading: short, and not closed as a sentence is."""
    text = line.text
    if is_all_caps(text) and line.words <= ALL_CAPS_WORDS:
        return True
    if line.words > SUBHEAD_WORDS or len(text) > 90 or text.endswith((",", ":", ";", "-", "–", "—")):
        return False
    return (
        not line.ends_sentence and not _opens_quote(text) and bool(re.match(r"[^\W_]", text)) and not text[0].islower()
    )


def is_question(line: Line) -> bool:
    """Whether the line is one question such as stands over a section, not one that follows on in prose."""
    text = line.text
    if not text.endswith("?") or not 3 <= line.words <= SUBHEAD_WORDS or _opens_quote(text):
        return False
    return bool(QUESTION.match(text)) and not re.search(r"[.?!]\s+\S", text)


def is_all_caps(text: str) -> bool:
    """Whether all of at least four letters are capitals, no quotation aside."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and all(not c.islower() for c in letters) and not _opens_quote(text)


def is_title_case(text: str) -> bool:
    """Whether nearly every longer word has a capital, as headlines of American papers do."""
    words = [w for w in re.findall(r"[^\W\d_][\w’'-]*", text) if len(w) > 3]
    return len(words) >= 4 and sum(w[0].isupper() for w in words) >= 0.85 * len(words)


def _opens_quote(text: str) -> bool:
    return text[:1] in "“\"‘'«"


def _has_letter(text: str) -> bool:
    return any(c.isalpha() for c in text)
