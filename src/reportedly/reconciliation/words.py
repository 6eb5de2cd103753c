"""What a stretch of text is compared by: its words, stems, names and numbers.

Stems are cut by a few suffix rules and words of one matter share a name (`languages/en.toml`), so that the sober and
the loud wording of one thing meet. Nothing here knows where in an article a word stands.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_TOKEN = re.compile(r"[$£€]|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_SUFFIXES = (
    *("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ures", "ure"),
    *("ances", "ance", "ences", "ence"),
    *("ized", "ised", "ies", "ers", "er", "ors", "or", "als", "al", "ed", "es", "ly", "s", "e", "y"),
)
_NAME_ENDINGS = ("ians", "ian", "ans", "an", "ish", "ese", "ia", "is", "i", "ain", "a", "s", "ey", "y", "e")
_SHORTEST_STEM = 4
_UNITS = 2
_MONTH_DAYS = 31
_YEARS = (1900, 2100)
_JOINING = frozenset({"and", "or", "but", "though", "while", "not", "to"})
"""Words behind which no unit of what stands before them is looked for."""

_FROM_TO = 6
"""Words between a quantity and the one that takes its place."""

_MAIN_PART = 10
"""Words in which the main verb of a content is looked for."""


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity: its value, and the stems that may say of what; `unit` is `{"date"}` for a day of a month."""

    value: float
    unit: frozenset[str]


@dataclass(frozen=True, slots=True)
class Print:
    """The words in order, the stems of those that carry meaning, those of names, the quantities.

    Of "eight weeks instead of six" only the eight weeks are a quantity. `turned` is whether the beginning, before any
    condition or side clause, is negated.
    """

    words: tuple[str, ...]
    stems: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[Number]
    turned: bool


@cache
def language(name: str = "en") -> dict[str, Any]:
    """The tables of a language, its lists split and its groups turned into a mapping from word to stem."""
    raw = tomllib.loads(files(__package__).joinpath("languages", f"{name}.toml").read_text(encoding="utf-8"))
    groups: dict[str, str] = {}
    for line in raw["groups"]:
        first, *_others = line.split()
        for word in line.split():
            groups.setdefault(word, "=" + first)
    for listed in ("stop", "negators", "side", "days", "offices"):
        raw[listed] = frozenset(raw[listed].split())
    raw["states"] = {word: state.replace("_", " ") for word, state in (p.split("=") for p in raw["states"].split())}
    raw["spellings"] = {
        word.replace("_", " "): other.replace("_", " ")
        for word, other in (pair.split("=") for pair in raw["spellings"].split())
    }
    raw["formerly"] = tuple(line for line in raw["formerly"].strip().splitlines())
    raw["irregular"] = dict(pair.split("=") for pair in raw["irregular"].split())
    cut = {bare_stem(w): g for w, g in reversed(groups.items()) if "_" not in w and len(w) > _SHORTEST_STEM}
    raw["groups"] = cut | groups
    return raw


@cache
def calendar() -> frozenset[str]:
    """Stems of the names of days and months."""
    return frozenset(name_stem(word) for word in (*language()["months"], *language()["days"]))


@cache
def parting() -> re.Pattern[str]:
    """What stands between two clauses: a mark, or a word that opens one."""
    words = "|".join(re.escape(word) for word in language()["parting"].split())
    return re.compile(rf"\s*(?:[,;:…–—]|\b(?:{words})\b)\s*")


def fold(text: str) -> str:
    """Text without case, accents and curly quotation marks."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def bare_stem(word: str) -> str:
    """The word without its ending, at least four letters long."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            word = word.removesuffix(suffix)
            break
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] == word[-2] else word


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What a folded word is compared by: the name of its group, else its stem."""
    tables = language()
    word = tables["irregular"].get(word, word)
    groups: dict[str, str] = tables["groups"]
    return groups.get(word) or groups.get(word.removesuffix("s")) or groups.get(bare_stem(word)) or bare_stem(word)


@lru_cache(maxsize=65536)
def name_stem(word: str) -> str:
    """What a folded name word is compared by: "Turkish", "Turks" and "Turkey" share one."""
    for ending in _NAME_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def is_plain(word: str) -> bool:
    """Whether a folded word is one that the tables of the language know as no name: a number, or one of a group."""
    tables = language()
    return word in tables["numbers"] or word in tables["scales"] or stem(word).startswith("=")


@lru_cache(maxsize=16384)
def print_of(text: str) -> Print:
    """The print of a stretch of text."""
    printed = [(m.group(), m.start()) for m in _TOKEN.finditer(text)]
    words = tuple(_bare(fold(word)) for word, _ in printed)
    names = frozenset(
        name_stem(word)
        for (shown, _), word in zip(printed, words, strict=True)
        if shown[0].isupper() and word not in language()["stop"]
    )
    return Print(words, frozenset(_stems(printed, words)), names, frozenset(_numbers(words)), _turned(words))


def _turned(words: tuple[str, ...]) -> bool:
    turned = False
    for word in words[:_MAIN_PART]:
        if word in language()["side"]:
            break
        turned ^= word in language()["negators"] or word.endswith("n't")
    return turned


def tokens(text: str, start: int, end: int) -> Iterator[tuple[str, int, bool]]:
    """The folded words of a stretch, where each begins, and whether it begins with a capital."""
    for m in _TOKEN.finditer(text, start, end):
        yield _bare(fold(m.group())), m.start(), m.group()[0].isupper()


def _bare(word: str) -> str:
    return word.removesuffix("'s")


def _stems(printed: list[tuple[str, int]], words: tuple[str, ...]) -> Iterator[str]:
    """Names, plain words, and the groups that pairs of words belong to."""
    tables = language()
    for i, word in enumerate(words):
        if pair := tables["groups"].get(f"{word}_{words[i + 1]}" if i + 1 < len(words) else ""):
            yield pair
        if word in tables["stop"] or word[0].isdigit() or word in "$£€" or len(word) < 2:
            continue
        capital, plain = printed[i][0][0].isupper(), stem(word)
        if capital and not plain.startswith("="):
            yield name_stem(word)
        if not capital or not i or plain.startswith("="):
            yield plain


def _numbers(words: tuple[str, ...]) -> Iterator[Number]:
    """The quantities that hold: of "from six weeks to eight" and "eight weeks instead of six" only the eight weeks."""
    found = {i: number for i in range(len(words)) if (number := _number(words, i)) is not None}
    instead = {i: former for i in found if (former := _former(words, i, found)) is not None}
    for i, number in found.items():
        if i in instead:
            yield replace(number, unit=number.unit | found[instead[i]].unit)
        elif i not in instead.values():
            yield number


def tells_former(text: str) -> bool:
    """Whether a text gives a quantity with the one that it takes the place of: "from six weeks to eight"."""
    words = print_of(text).words
    found = {i: number for i in range(len(words)) if (number := _number(words, i)) is not None}
    return any(_former(words, i, found) is not None for i in found)


def _number(words: tuple[str, ...], i: int) -> Number | None:
    """The quantity at a place, if there is one."""
    tables, word = language(), words[i]
    value = _value(word)
    if value is None:
        return None
    day = _day(words, i, value)
    if day is not None:
        return Number(day, frozenset({"date"}))
    if word.isdigit() and _YEARS[0] <= value <= _YEARS[1]:
        return Number(value, frozenset({"year of our era"}))
    after = words[i + 1 : i + 2]
    scale = tables["scales"].get(after[0]) if after else None
    rest = words[i + 2 :] if scale else words[i + 1 :]
    return Number(value * (scale or 1), frozenset(_units(words[i - 1] if i else "", rest)))


def _former(words: tuple[str, ...], i: int, found: Mapping[int, Number]) -> int | None:
    """The place of the quantity that the one at a place takes the place of: "from A to B", "B instead of A"."""
    near = range(max(0, i - _FROM_TO), min(len(words), i + _FROM_TO + 1))
    before = [j for j in near if j < i and j in found]
    if before and "to" in words[before[-1] + 1 : i] and _says(words, before[-1], ("from",)):
        return before[-1]
    after = [j for j in near if j > i and j in found]
    return after[0] if after and _says(words, after[0], language()["formerly"]) else None


def _says(words: tuple[str, ...], i: int, openings: Iterable[str]) -> bool:
    """Whether one of some expressions leads to the quantity at a place, past an article or a sign of money."""
    before = [word for word in words[max(0, i - 5) : i] if word not in ("the", "a", "an", "$", "£", "€", "just")]
    return any(before[-len(o.split()) :] == o.split() for o in openings)


def _value(word: str) -> float | None:
    if word[0].isdigit():
        whole = word.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", word) else word.replace(",", ".")
        try:
            return float(whole)
        except ValueError:
            return None
    found = language()["numbers"].get(word)
    return None if found is None else float(found)


def _day(words: tuple[str, ...], i: int, value: float) -> float | None:
    """Month and day as one number, where the words around say that it is a date."""
    if not (value == int(value) and 1 <= value <= _MONTH_DAYS and words[i][0].isdigit()):
        return None
    for near in (words[i + 1] if i + 1 < len(words) else "", words[i - 1] if i else ""):
        if month := language()["months"].get(near):
            return float(month * 100 + int(value))
    return None


def _units(before: str, after: Iterable[str]) -> Iterator[str]:
    if before in "$£€" and before:
        yield "money"
    units = 0
    for word in after:
        if word == "cent":
            yield "percent"
            return
        if word in _JOINING or _value(word) is not None:
            return
        if word in language()["stop"]:
            continue
        yield "money" if word.startswith(("dollar", "euro", "pound", "usd", "eur")) else stem(word)
        units += 1
        if units == _UNITS:
            return
