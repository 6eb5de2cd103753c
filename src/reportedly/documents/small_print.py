"""What a page says of itself below and between its articles: appeals to readers, legal notices, contacts, tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportedly.documents.headings import is_subheading
from reportedly.documents.lines import Line
from reportedly.documents.patterns import compile_patterns, plain, word_list

OWN = re.compile(r"(?i)\b(?:our|ours|us|we)\b")
YOU = re.compile(r"(?i)\byou(?:r|rs)?\b")
BIDS = re.compile(r"(?:^|[.!?] )(?:Please |To )?(?:Support|Join|Become|Donate|Help|Consider|Subscribe|Sign)\b")
"""How a sentence opens that bids readers do something: "Consider joining"."""
QUOTES = re.compile(r"[\"“”«»]")
SHORT = 8
"""Most words of a line with a name, an office, an address or a number in a list of contacts."""

TAG = re.compile(r"[^\W\d_][\w’'. -]*[^\W_]")
FEWEST_TAGS, PROSE_BEFORE = 2, 5


def find_small_print(lines: Sequence[Line]) -> set[int]:
    """Lines, by index, in which the outlet or the sender of a release speaks to readers, lawyers or reporters."""
    return {*_appeals(lines), *_notices(lines), *_contacts(lines), *_tags(lines)}


def _appeals(lines: Sequence[Line]) -> Iterator[int]:
    """Lines that ask readers for their money, their address or their time."""
    lists = word_list("furniture")["appeals"]
    words = re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, lists['words']))})\b")
    for i, line in enumerate(lines):
        told = line.words <= lists["max_words"] and not QUOTES.search(line.text) and words.search(line.text)
        if i and told and (YOU.search(line.text) or (OWN.search(line.text) and BIDS.search(line.text))):
            yield i


def _notices(lines: Sequence[Line]) -> Iterator[int]:
    """What stands below a heading such as Forward-Looking Statements, up to the next heading."""
    heads = compile_patterns(word_list("furniture")["boilerplate"]["heads"])
    within = False
    for i, line in enumerate(lines):
        if i and is_subheading(line):
            within = bool(heads.fullmatch(plain(line.text)))
        if within:
            yield i


def _contacts(lines: Sequence[Line]) -> Iterator[int]:
    """Names, offices and numbers below a word such as Contacts, after the prose."""
    heads = compile_patterns(word_list("furniture")["boilerplate"]["contacts"])
    within = False
    for i, line in enumerate(lines):
        if i > PROSE_BEFORE and heads.fullmatch(plain(line.text)):
            within = True
        within = within and (line.words <= SHORT)
        if within:
            yield i


def _tags(lines: Sequence[Line]) -> Iterator[int]:
    """Bare names in a row at the very end of a page: "Kashmir"; not what a colon announces."""
    first = len(lines)
    while first and _is_tag(lines[first - 1]):
        first -= 1
    below_prose = sum(line.ends_sentence for line in lines[:first]) >= PROSE_BEFORE
    if len(lines) - first >= FEWEST_TAGS and below_prose and not lines[first - 1].text.endswith(":"):
        yield from range(first, len(lines))


def _is_tag(line: Line) -> bool:
    return line.words <= 3 and line.text[0].isupper() and bool(TAG.fullmatch(line.text)) and not line.ends_sentence
