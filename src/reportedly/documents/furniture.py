"""Furniture of the page: what stands among an article's lines and is no prose of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from reportedly.documents.bylines import TIME, parse_post_head
from reportedly.documents.lines import CLOSERS, Line
from reportedly.documents.patterns import compile_patterns, plain, word_list
from reportedly.documents.small_print import find_small_print
from reportedly.records import BlockKind

MAX_CHARACTERS = 600
"""A longer line is prose, or nothing that a word list can judge in good time."""

COUNTER = re.compile(r"\d{1,2}")
ALT_TEXT = re.compile(r"(?:Getty Images|[A-Z]{2,4}|Reuters|PA Media|Anadolu) [A-Z]")
TIMED = re.compile(rf"{TIME}(?:\s+[A-Z]{{2,4}}\b)?\s+\S")
"""A line of a live blog's summary: the time of the post, its zone, the post's heading."""
QUOTED = re.compile(r"[“\"‘'].*[”\"’'][.,]?")


def find_furniture(lines: Sequence[Line]) -> dict[int, BlockKind]:
    """Which lines, by index, are furniture or captions.

    A line that could be prose is left out: missed furniture costs less than prose set aside.
    """
    found = {i: kind for i, line in enumerate(lines) if (kind := furniture_kind(line, first=i == 0))}
    found |= dict.fromkeys(_below_credits(lines, found), BlockKind.CAPTION)
    found |= dict.fromkeys(_counters(lines) | _counts(lines), BlockKind.FURNITURE)
    found |= dict.fromkeys(_menus(lines) | _brackets(lines) | find_small_print(lines), BlockKind.FURNITURE)
    return found | dict.fromkeys(_teasers(lines, found), BlockKind.FURNITURE)


def furniture_kind(line: Line, *, first: bool = False) -> BlockKind | None:
    """Furniture or caption, as the line's own words show it; None for all else. `first`: it may be the headline."""
    if len(line.text) > MAX_CHARACTERS or QUOTED.fullmatch(line.text):
        return None
    if _is_caption(line) or (not first and _is_open_caption(line)):
        return BlockKind.CAPTION
    words = plain(line.text)
    lists = word_list("furniture")
    if _expressions("furniture").search(line.text):
        return BlockKind.FURNITURE
    # "Pause." is a sentence, "Pause" a button.
    if line.words == 1 and line.ends_sentence and not line.text.endswith(("...", "…")):
        return None
    if line.words <= lists["furniture"]["max_words"] and _pattern("furniture").fullmatch(words):
        return BlockKind.FURNITURE
    if first or line.words > lists["links"]["max_words"]:
        return None
    if _is_labelled(line) or (not line.ends_sentence and _pattern("links").fullmatch(words)):
        return BlockKind.FURNITURE
    return None


def _is_labelled(line: Line) -> bool:
    """Whether a word such as "Related" stands before a colon, and the rest is a title rather than a sentence."""
    label, mark, _ = re.split(r"([:|]|$)", line.text, maxsplit=1)
    known = plain(label) in word_list("furniture")["labels"]["words"]
    return bool(mark) and known and not line.text.rstrip(CLOSERS).endswith(".")


def _is_open_caption(line: Line) -> bool:
    """Whether a line without a full stop says that somebody is pictured."""
    return not line.ends_sentence and line.words <= 40 and bool(re.search(r"(?i)\bpictured\b", line.text))


def _is_caption(line: Line) -> bool:
    lists = word_list("furniture")["caption"]
    if line.words > lists["max_words"]:
        return False
    words = plain(line.text)
    label, colon, _ = words.partition(":")
    return (
        (bool(colon) and label.strip() in lists["labels"])
        or words.startswith(tuple(lists["openings"]))
        or bool(_expressions("caption").search(line.text))
        or bool(_caption_tail().search(line.text))
    )


@cache
def _caption_tail() -> re.Pattern[str]:
    """`... Credit: Agency` at the end of a line: at most six words, the first with a capital, no full stop."""
    tails = [re.escape(tail) for tail in word_list("furniture")["caption"]["tails"]]
    printed = "|".join([*map(str.capitalize, tails), *map(str.upper, tails)])
    word = rf"(?:\b(?:{printed})|(?<=[(\[])(?:{'|'.join(tails)}))"
    return re.compile(rf"{word}\s*:\s*@?[A-Z][\w’'/&.-]*(?:[ /|]+[\w’'/&-]+){{0,5}}[)\]]?$")


@cache
def _pattern(table: str) -> re.Pattern[str]:
    return compile_patterns(word_list("furniture")[table]["patterns"])


@cache
def _expressions(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{e})" for e in word_list("furniture")["expressions"][kind]))


def _counters(lines: Sequence[Line]) -> set[int]:
    """Photo counters: bare small numbers in a run, or a number that comes back; 1, 2, 3 over prose number points."""
    bare = {i: int(line.text) for i, line in enumerate(lines) if COUNTER.fullmatch(line.text)}
    in_run = {i for i in bare if i - 1 in bare or i + 1 in bare}
    if not in_run and list(bare.values()) == list(range(1, len(bare) + 1)):
        return set()
    times = Counter(bare.values())
    return in_run | {i for i, number in bare.items() if times[number] > 1}


def _counts(lines: Sequence[Line]) -> set[int]:
    """Bare numbers over a word such as "shares"."""
    counted = word_list("furniture")["labels"]["counted"]
    return {
        i
        for i, line in enumerate(lines[:-1])
        if re.fullmatch(r"\d[\d.,]{0,8}[kKmM]?", line.text) and lines[i + 1].text.casefold() in counted
    }


def _below_credits(lines: Sequence[Line], known: dict[int, BlockKind]) -> set[int]:
    """Captions that stand below the bare name of a picture agency, or below one with a description behind it."""
    found = set()
    for i, line in enumerate(lines[1:], start=1):
        bare = lines[i - 1].words <= 4 and ":" not in lines[i - 1].text
        credit = known.get(i - 1) is BlockKind.CAPTION and (bare or bool(ALT_TEXT.match(lines[i - 1].text)))
        if credit and i not in known and 5 <= line.words <= 30 and not line.ends_sentence:
            found.add(i)
    return found


def _menus(lines: Sequence[Line]) -> set[int]:
    """Runs of three or more section names, as a menu copied with the page leaves them."""
    words = set(word_list("furniture")["navigation"]["words"])
    found: set[int] = set()
    run = 0
    for i, line in enumerate(lines):
        run = run + 1 if len(line.text) < MAX_CHARACTERS and plain(line.text) in words else 0
        if run >= 3:
            found.update((i, i - 1, i - 2))
    return found


def _brackets(lines: Sequence[Line]) -> set[int]:
    """What stands between a line such as "skip past newsletter promotion" and the one that ends it."""
    lists = word_list("furniture")["brackets"]
    opening, closing = compile_patterns(lists["opening"]), compile_patterns(lists["closing"])
    found: set[int] = set()
    begun = None
    for i, line in enumerate(lines):
        words = plain(line.text) if len(line.text) < MAX_CHARACTERS else ""
        if begun is not None and closing.fullmatch(words):
            found.update(range(begun, i + 1))
            begun = None
        elif opening.fullmatch(words):
            begun = i
        elif begun is not None and i - begun > lists["most"]:
            begun = None
    return found


def _teasers(lines: Sequence[Line], known: dict[int, BlockKind]) -> set[int]:
    """Links below a line such as MOST READ."""
    lists = word_list("furniture")["teasers"]
    heads, catchword_heads = compile_patterns(lists["heads"]), compile_patterns(lists["catchword_heads"])
    ends, timed = compile_patterns(lists["ends"]), compile_patterns(lists["timed_heads"])
    found: set[int] = set()
    open_for = ""
    for i, line in enumerate(lines):
        words = plain(line.text)
        if timed.fullmatch(words):
            open_for = "timed"
        elif heads.fullmatch(words) or catchword_heads.fullmatch(words):
            open_for = "any" if heads.fullmatch(words) else "catchword"
        elif ends.fullmatch(words):
            open_for = ""
        elif i in known:
            continue
        elif open_for and _is_teaser(lines, i, open_for):
            found.add(i)
        else:
            open_for = ""
    return found


CATCHWORD = re.compile(r"(?:[A-Z][A-Z’'-]+:|(?:[A-Z\d][A-Z\d’'-]*\s+)+[A-Z][A-Z’'-]+:?|[A-Z]{4,}[’'A-Z-]*)\s+\S*[a-z]")


def _is_teaser(lines: Sequence[Line], i: int, open_for: str) -> bool:
    line = lines[i]
    if open_for == "timed":
        return bool(TIMED.match(line.text)) and parse_post_head(line.text) is None and not line.ends_sentence
    if COUNTER.fullmatch(line.text):
        return open_for == "any"
    closed = line.ends_sentence and not (open_for == "any" and line.text.endswith("?"))
    if QUOTED.fullmatch(line.text) or closed or line.words > 20 or line.text.endswith((",", ":", ";")):
        return False
    after = lines[i + 1].text if i + 1 < len(lines) else ""
    if line.text == line.text.upper() or re.match(r"(?i)by\s+[A-Z]", after):
        return False
    return open_for == "any" or bool(CATCHWORD.match(line.text))
