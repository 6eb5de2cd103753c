"""The word lists by which plans, points and terms are told from other prose."""

from __future__ import annotations

import re
from functools import lru_cache

from reportedly.reading.language import load_lists

_NUMBERS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty"""
_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
NUMBERS = tuple(_NUMBERS.split())
ORDINALS = tuple(_ORDINALS.split())
_VALUES = {
    **{word: n for n, word in enumerate(NUMBERS, 1)},
    **{word: n for n, word in enumerate(ORDINALS, 1)},
}


def number_of(word: str) -> int | None:
    """What a number word, an ordinal or digits are worth: "seven", "seventh", "7", "7th"."""
    word = word.casefold()
    if word in _VALUES:
        return _VALUES[word]
    digits = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)?", word)
    return int(digits.group(1)) if digits else None


@lru_cache(maxsize=64)
def words(language: str, table: str, name: str) -> frozenset[str]:
    """One list of a language's table, as a set of lower-case words."""
    return frozenset(word.casefold() for word in load_lists(language, table).get(name, []))


@lru_cache(maxsize=64)
def pattern(language: str, table: str, name: str) -> re.Pattern[str]:
    """One list of regular expressions as a single expression, any case."""
    return re.compile("|".join(f"(?:{p})" for p in load_lists(language, table)[name]), re.IGNORECASE)


@lru_cache(maxsize=64)
def phrase_pattern(language: str, table: str, name: str) -> re.Pattern[str]:
    """One list of words and phrases as a single expression that matches them whole, any case."""
    longest = sorted(load_lists(language, table)[name], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(p) for p in longest) + r")\b", re.IGNORECASE)
