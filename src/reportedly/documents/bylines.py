"""Who signs: lines that name authors, the heads of live posts, and days of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reportedly.documents.patterns import STRAIGHT, word_list

MAX_CHARACTERS = 200
"""A longer line names no authors."""

TOKEN = r"(?:(?:[dlo][’']|(?:al|el|as|ash|an|ar|ad|abd)-)?[^\W\d_a-z][\w’'.-]*)"
TIME = r"(?:\d{1,2}[.:h]\d{2}(?:[.:]\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = rf"(?:{ORDINAL}\s+{MONTH},?\s+\d{{4}}|{MONTH}\s+{ORDINAL},?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
AGO = r"(?:\d{1,2}\s?(?:s|m|h|d|sec|secs|min|mins|minutes?|hours?|hrs?|days?)\s+ago|just now)"
DATE_ANYWHERE = re.compile(DATE, re.IGNORECASE)
OPEN_HEAD = re.compile(rf"{TIME}\s+(?P<who>[^\W\d_].+)")
DAY_WORDS = re.compile(
    r"(?i)\b(?:first|last|originally)?\s*(?:published|updated|posted|modified|created|issued|filed)(?:\s+(?:on|at))?\b:?|"
    r"\b(?:today|yesterday)\b|\b(?:mon|tues?|wednes|thurs?|fri|satur|sun|wed|thu|sat)(?:day)?\b\.?|\bat\b|\bon\b"
)


@dataclass(frozen=True, slots=True)
class PostHead:
    """The head of a live-blog post; `names` is empty where it gives the time alone."""

    names: tuple[str, ...]


def parse_byline(text: str) -> tuple[str, ...] | None:
    """The authors of a line like `By Jane Doe and John Roe in Paris`; None if it is no such line."""
    parts = _fields(text) if len(text) <= MAX_CHARACTERS else []
    if not parts:
        return None
    match = _prefix().match(parts[0])
    if match:
        return parse_names(parts[0][match.end() :])
    desk = parts[0].split()
    if len(parts) > 1 and _is_desk(desk) and any(is_date(part) for part in parts[1:]):
        return (parts[0],)
    return None


def parse_bare_byline(text: str) -> tuple[str, ...] | None:
    """The authors of a line of names alone, each with two words or more (`Jane Doe, Political editor`); else None."""
    if text.rstrip().endswith((".", "!", "?", ":", ";")) or len(text) > MAX_CHARACTERS:
        return None
    parts = _fields(text)
    if not parts or any(word[:1].islower() for word in parts[0].split() if word.strip(",") not in _between()):
        return None
    names = parse_names(parts[0])
    return names if names and all(2 <= len(name.split()) <= 5 for name in names) else None


def parse_more_authors(text: str) -> tuple[str, ...] | None:
    """The authors of a line that goes on from the byline above it (`and Jane Doe`); None for all else."""
    joiner, _, names = text.partition(" ")
    return parse_bare_byline(names) if joiner.casefold() in word_list("bylines")["joiners"] else None


def parse_post_head(text: str) -> PostHead | None:
    """The head of a live post: `09.12 | Jane Doe, London`, `18:40 IST`, `2h ago`; None for all else."""
    match = _post_head().fullmatch(text.strip()) if len(text) <= MAX_CHARACTERS else None
    if not match:
        return None
    who = match["who"]
    if not who:
        return PostHead(())
    names = parse_byline(who) or parse_bare_byline(who)
    return PostHead(names) if names else None


def parse_open_head(text: str) -> PostHead | None:
    """The head of a live post with nothing between time and name, `21.38 Jane Doe`; so does a heading begin."""
    match = OPEN_HEAD.fullmatch(text.strip())
    names = parse_bare_byline(match["who"]) if match else None
    return PostHead(names) if names else None


def opens_post(text: str) -> bool:
    """Whether a post of a live blog begins here: a head with a clock time or a name, and no stamp of the page."""
    head = parse_post_head(text) or parse_open_head(text)
    stamped = re.match(r"(?i)(?:last|first|published|updated|posted)\b", text)
    return head is not None and not stamped and bool(head.names or re.search(TIME, text))


def is_date(text: str) -> bool:
    """Whether the text is a day of publication and nothing else."""
    if len(text) > MAX_CHARACTERS:
        return False
    rest = DATE_ANYWHERE.sub(" ", text)
    rest = re.sub(rf"(?i)\b{AGO}\b|{TIME}|\b\d{{1,2}}:\d{{2}}\b", " ", rest)
    found = rest != text
    rest = DAY_WORDS.sub(" ", rest)
    zones = "|".join(re.escape(zone) for zone in word_list("bylines")["zones"])
    return found and not re.search(r"\w", re.sub(rf"(?i)\b(?:{zones})\b", " ", rest))


def is_dateline(text: str) -> bool:
    """Whether a line at the top gives the outlet or place and the day: `Morning Post, 3 March 2026`."""
    if len(text) > MAX_CHARACTERS or len(text.split()) > 14 or not DATE_ANYWHERE.search(text):
        return False
    rest = DATE_ANYWHERE.sub(" ", text)
    return is_date(text) or len(re.findall(r"\b[a-z]\w+", DAY_WORDS.sub(" ", rest))) <= 3


def is_place_or_office(text: str) -> bool:
    """Whether a line below a byline is its place, outlet or office: `Istanbul`, `BBC News, Jerusalem`."""
    words = text.replace(",", " ").split()
    if not words or len(words) > 6 or text.endswith((".", "!", "?", ":")):
        return False
    if any(word.casefold() in _roles() for word in words):
        return True
    return (
        text != text.upper()
        and all(re.match(TOKEN, word) for word in words)
        and not ((_not_names() - {"news"}) & _low(words))
    )


def parse_names(text: str) -> tuple[str, ...] | None:
    """Names joined by commas and "and", without the places and offices beside them; None if one is no name."""
    lists = word_list("bylines")
    names: list[str] = []
    joined = re.split(
        rf"(?i)\s*[,;]\s*(?:and\s+)?|\s+(?:{'|'.join(map(re.escape, lists['joiners']))})\s+", text.strip(" .")
    )
    for nth, part in enumerate(joined):
        words = _cut(part.split())
        if not words or (nth and _is_aside(words, alone=len(joined) == 2 and "," in text)):
            continue
        if not is_name(words):
            return None
        names.append(" ".join(words if _is_desk(words) or len(words) == 1 else map(_printed, words)))
    return people_of(tuple(names)) or None


def people_of(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names without the outlets among them; all of them where nobody else is named."""
    return tuple(name for name in names if not is_outlet(name)) or names


def is_outlet(name: str) -> bool:
    """Whether two words or more read as the name of an outlet: `Market Wire`, `Northgate Evening Post`.

    A word that is a surname too (`Ann Post`) needs another beside it that is none (`Evening Post`).
    """
    lists = word_list("bylines")
    *before, last = name.translate(STRAIGHT).casefold().split() or [""]
    known = not set(before).isdisjoint(lists["of_outlets"])
    sure = last in lists["outlets"] or (known and last in lists["outlets_and_surnames"])
    return bool(before and sure)


def is_name(words: list[str]) -> bool:
    """Whether these words look like one name: one to five, with capitals, none of them a word of headings."""
    lists = word_list("bylines")
    if not 1 <= len(words) <= 6 or not re.match(TOKEN, words[0]):
        return False
    if _is_desk(words) and all(re.match(TOKEN, word) for word in words):
        return True
    capitals = all(re.fullmatch(TOKEN, w) or w.casefold().strip("'’") in lists["particles"] for w in words)
    return capitals and not (_not_names() & _low(words))


def _printed(word: str) -> str:
    """The word of a name without the capitals of a headline face: `ANNA` is Anna, `JD` and `McKay` stay."""
    return word.title() if len(word) > 2 and word.isupper() and "." not in word else word


def _low(words: list[str]) -> set[str]:
    return {word.translate(STRAIGHT).casefold().strip(".'\"") for word in words}


def _is_desk(words: list[str]) -> bool:
    return bool(words) and words[-1].casefold() in word_list("bylines")["desks"] and words[0][:1].isupper()


def _cut(words: list[str]) -> list[str]:
    """The words before a place, handle or outlet."""
    lists = word_list("bylines")
    for i, word in enumerate(words):
        if (
            word.casefold() in lists["cut_at"]
            or word.startswith(("(", "[", "http"))
            or "@" in word
            or word[0].isdigit()
        ):
            return words[:i]
    return words


def _is_aside(words: list[str], *, alone: bool) -> bool:
    """Whether a part after a comma is a place or an office, not one more author."""
    if _low(words) & _roles() and not _is_desk(words):
        return True
    phrase = " ".join(words).casefold()
    return len(words) == 1 or phrase in word_list("bylines")["places"] or (alone and words[0].islower())


def _fields(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\s*[|•·]\s*|\s+[-–—]\s+", text.strip()) if part.strip()]


@cache
def _between() -> frozenset[str]:
    """Small words that a line of names, places and offices can hold."""
    lists = word_list("bylines")
    return frozenset(("the", *lists["joiners"], *lists["cut_at"], *lists["roles"], *lists["particles"]))


@cache
def _roles() -> frozenset[str]:
    return frozenset(word_list("bylines")["roles"])


@cache
def _not_names() -> frozenset[str]:
    return frozenset(word_list("bylines")["not_names"])


@cache
def _prefix() -> re.Pattern[str]:
    lists = word_list("bylines")
    plain = [re.escape(p) for p in lists["prefixes"] if p not in lists["colon_prefixes"]]
    colon = [re.escape(p) for p in lists["colon_prefixes"]]
    return re.compile(rf"(?i)(?:(?:{'|'.join(plain)})(?:\s*:\s*|\s+)|(?:{'|'.join(colon)})\s*:\s*)")


@cache
def _post_head() -> re.Pattern[str]:
    zones = "|".join(re.escape(zone) for zone in word_list("bylines")["zones"])
    clock = rf"(?:{TIME}(?:\s*\(?(?:{zones})\)?)?|{AGO})"
    stamp = rf"(?:{AGO}\s*)?(?:(?:updated|posted|at)\s+(?:at\s+)?)?(?:{DATE},?\s+)?{clock}(?:\s+{AGO})?"
    return re.compile(rf"(?i:{stamp})(?:(?:\s*[|•·,]\s*|\s+[-–—]\s+|\s+(?=(?i:by)\s))(?P<who>.+))?")
