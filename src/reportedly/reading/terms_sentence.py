"""What the features of candidates ask of their sentence, worked out once a sentence and not for each candidate."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from spacy.tokens import Token

from reportedly.reading.language import load_lists
from reportedly.reading.parse import Sentence
from reportedly.reading.terms_words import pattern, words

_EN = "en"
_FIRST = frozenset({"i", "we", "us", "our", "my", "me"})
_HEARSAY = frozenset({"reportedly", "apparently", "allegedly", "purportedly"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VB", "VBN"})
COUNTS = frozenset({"MONEY", "PERCENT", "CARDINAL", "QUANTITY"})
ENTITIES = COUNTS | {"DATE", "TIME", "PERSON", "GPE", "ORG", "NORP", "LOC"}
_APART = frozenset({"punct", "cc", "conj", "mark"})

Tokens = frozenset[int]
"""Tokens by their number in the paragraph."""


@dataclass(frozen=True)
class Facts:
    """Of a sentence: its words in lower case, and which of its tokens are what."""

    lower: dict[int, str]
    text: str
    first_person: Tokens
    numbers: Tokens
    plans: Tokens
    verbs: Tokens
    reporting: Tokens
    hearsay: Tokens
    bound: tuple[tuple[int, int], ...]
    """Tokens that belong to their head, with it."""
    close: int
    """From this token on there is only punctuation."""
    asks: bool
    under_plan: bool
    """Whether it says "under the plan" or "according to the plan"."""
    conditional: bool
    """Whether a condition may be named in it."""
    entities: dict[int, str]
    """Kinds of what is named or counted."""
    figures: Tokens
    signs: tuple[tuple[str, Tokens], ...]
    """Tokens that stand for something past, for a judgement, for talk about the talks, for a duty's time."""
    colon: int
    semicolon: int
    """The first of each, or a number past all others."""

    @cached_property
    def absent(self) -> bool:
        """Whether the whole of it says that the plan lacks something."""
        return bool(pattern(_EN, "terms", "absent").search(self.text))


def facts_of(sentence: Sentence) -> Facts:
    """The facts of a sentence."""
    tokens = list(sentence.tokens)
    lower = {t.i: t.lower_ for t in tokens}
    text = " ".join(lower.values())
    verbs = [t for t in tokens if t.pos_ == "VERB" and t.tag_ in _FINITE]
    return Facts(
        lower=lower,
        text=text,
        first_person=frozenset(t.i for t in tokens if lower[t.i] in _FIRST and t.text != "US"),
        numbers=frozenset(t.i for t in tokens if t.like_num),
        plans=frozenset(t.i for t in tokens if is_plan_word(t)),
        verbs=frozenset(t.i for t in verbs),
        reporting=frozenset(t.i for t in verbs if t.lemma_ in words(_EN, "terms", "report_verbs")),
        hearsay=frozenset(n for n, word in lower.items() if word in _HEARSAY),
        bound=tuple((t.i, t.head.i) for t in tokens if t.dep_ not in _APART and t.head.i != t.i),
        close=next((t.i + 1 for t in reversed(tokens) if not t.is_punct), sentence.tokens.start),
        asks=any(t.text == "?" for t in tokens),
        under_plan=any(_names_plan(t) for t in tokens if lower[t.i] in ("under", "according")),
        conditional=bool(_openings(_EN).search(text)),
        entities={t.i: t.ent_type_.lower() for t in tokens if t.ent_type_ in ENTITIES},
        figures=frozenset(t.i for t in tokens if t.like_num or not t.is_alpha or t.ent_type_ in COUNTS | {"DATE"}),
        signs=tuple(_signs(lower, text)),
        colon=next((t.i for t in tokens if t.text == ":"), len(tokens[0].doc)),
        semicolon=next((t.i for t in tokens if t.text == ";"), len(tokens[0].doc)),
    )


def _signs(lower: dict[int, str], text: str) -> Iterator[tuple[str, Tokens]]:
    for name in ("past", "judging", "talking"):
        found = frozenset(n for n, word in lower.items() if word in words(_EN, "terms", name))
        if found:
            yield name, found
    starts = list(accumulate((len(word) + 1 for word in lower.values()), initial=0))
    numbers = list(lower)
    times = (bisect_right(starts, m.start()) - 1 for m in pattern(_EN, "terms", "timing").finditer(text))
    found = frozenset(numbers[at] for at in times)
    if found:
        yield "timing", found


def _names_plan(token: Token) -> bool:
    return any(is_plan_word(t) or is_point(t) for t in token.subtree)


@lru_cache(maxsize=8)
def _openings(language: str) -> re.Pattern[str]:
    """The first word of each phrase that opens a condition: without one of them no condition is there."""
    first = {phrase.split()[0] for phrase in load_lists(language, "terms")["conditions"]}
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(first))) + r")\b", re.IGNORECASE)


def is_plan_word(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN") and token.lemma_.casefold() in words(_EN, "plans", "plans")


def is_point(token: Token) -> bool:
    """Whether a noun stands for a point of a plan, and not for the plan."""
    lemma = token.lemma_.casefold()
    if lemma in words(_EN, "plans", "plans"):
        return False
    return lemma in words(_EN, "plans", "units") or lemma in words(_EN, "terms", "ordinals")
