"""Hedges: the words by which a statement is made weaker than its bare content.

Method: a table of words, each with the value that FactBank (Saurí and Pustejovsky, 2009) gives to what it governs;
looked for in the cue and in the content's main clause, not in clauses below it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from reportedly.reading.cues import fits_word, lemmas_of
from reportedly.reading.language import load_table
from reportedly.reading.parse import place, place_all
from reportedly.reading.wording import Wording
from reportedly.records import Certainty, Span

_BETWEEN = 8
"""Most tokens that "…" may stand for."""


@dataclass(frozen=True, slots=True)
class HedgeWord:
    """An entry of the table. `value` is None where the word marks hearsay only."""

    words: tuple[str, ...]
    value: Certainty | None
    where: str


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge at its place. `in_cue` says on which side of the statement it stands."""

    span: Span
    value: Certainty | None
    in_cue: bool
    word: str


@lru_cache(maxsize=8)
def load_hedges(language: str) -> Mapping[str, tuple[HedgeWord, ...]]:
    """The hedge table of a language by first word, longest first. Raises LanguageError if there is none."""
    first: dict[str, list[HedgeWord]] = defaultdict(list)
    for row in sorted(load_table(language, "hedges"), key=lambda row: -len(row["word"].split())):
        words = tuple("be" if word == "is" else word for word in row["word"].split())
        value = None if row["value"] == "-" else Certainty(row["value"])
        first[words[0]].append(HedgeWord(words=words, value=value, where=row["where"]))
    return {word: tuple(found) for word, found in first.items()}


def find_hedges(wording: Wording) -> tuple[Hedge, ...]:
    """The hedges of a statement, in text order, each once."""
    in_cue = _found(wording.reach, "cue", wording.language)
    in_content = _found(wording.clause, "content", wording.language)
    both = {hedge.span: hedge for hedge in (*in_content, *in_cue)}
    return tuple(sorted(both.values(), key=lambda hedge: hedge.span))


def _found(tokens: Sequence[Token], where: str, language: str) -> Iterator[Hedge]:
    at = 0
    while at < len(tokens):
        entry, taken = _entry_at(tokens, at, where, language)
        if entry is not None and not _is_no_hedge(entry, tokens[at]):
            yield Hedge(
                _span(tokens[at : at + taken]), _worth(entry.value, tokens[at]), where == "cue", " ".join(entry.words)
            )
        at += max(1, taken)


def _entry_at(tokens: Sequence[Token], at: int, where: str, language: str) -> tuple[HedgeWord | None, int]:
    table = load_hedges(language)
    for entry in (entry for word in lemmas_of(tokens[at]) for entry in table.get(word, ())):
        if entry.where in (where, "both") and (taken := _taken(entry.words, tokens, at)):
            return entry, taken
    return None, 0


def _taken(words: Sequence[str], tokens: Sequence[Token], at: int) -> int:
    here, free = at, 0
    for word in words:
        if word == "…":
            free = _BETWEEN
            continue
        while here < len(tokens) and not fits_word(word, tokens[here]) and (free or _passable(tokens[here], here, at)):
            here, free = here + 1, max(0, free - 1)
        if here == len(tokens) or not fits_word(word, tokens[here]):
            return 0
        here, free = here + 1, 0
    return here - at


def _passable(token: Token, here: int, at: int) -> bool:
    return here > at and (token.tag_ in ("RB", "RBR", "RBS") or token.pos_ == "AUX")


def _is_no_hedge(entry: HedgeWord, token: Token) -> bool:
    """May the month, "likely voters", "more likely than", "appear in court", and "could not", which is no chance."""
    word = " ".join(entry.words)
    if word == "may":
        return token.tag_ != "MD"
    if word == "could":
        return any(t.dep_ == "neg" or t.lower_ == "no" for c in token.head.children for t in (c, *c.children))
    if word == "appear":
        return not any(c.dep_ in ("xcomp", "ccomp", "acomp", "oprd") for c in token.children)
    if word == "expected":
        return token.dep_ == "amod"
    return word == "likely" and (token.dep_ == "amod" or any(c.lower_ == "more" for c in token.children))


def _worth(value: Certainty | None, token: Token) -> Certainty | None:
    """The value, turned where the word is negated: "not likely"."""
    near = (*token.children, *token.head.children) if token.dep_ in ("acomp", "attr") else tuple(token.children)
    if value is Certainty.PROBABLE and any(t.dep_ == "neg" for t in near):
        return Certainty.PROBABLE_NOT
    return value


def _span(tokens: Sequence[Token]) -> Span:
    if tokens[0].doc is tokens[-1].doc:
        return place_all(tokens)
    return place(tokens[0])
