"""The words that tell of an encounter: where a sentence uses one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from reportedly.reading.language import load_lists, load_table
from reportedly.reading.parse import Sentence

NOUNS = ("NOUN", "PROPN")
VERBS = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A verb or noun that tells of an encounter; `needs` is what else must be there (encounters.tsv)."""

    token: Token
    needs: str

    @property
    def is_noun(self) -> bool:
        return self.token.pos_ in NOUNS

    @property
    def verb(self) -> Token:
        """The verb of the clause that it stands in, itself if it is one."""
        return governing_verb(self.token)


def governing_verb(token: Token) -> Token:
    """The nearest verb above a token, itself included; the sentence's root where there is none."""
    for above in (token, *token.ancestors):
        if above.pos_ in VERBS and above.dep_ not in ("aux", "auxpass"):
            return above
    return token.sent.root


def find_triggers(sentence: Sentence, language: str = "en") -> tuple[Trigger, ...]:
    """The encounter words of a sentence, in order; one a token."""
    found = {t.token.i: t for t in (*_by_lemma(sentence, language), *_by_phrase(sentence, language))}
    if not found:
        return ()
    idioms = [m.span() for m in _idioms(language).finditer(sentence.tokens.text)]
    first = sentence.tokens[0].idx
    return tuple(
        found[i]
        for i in sorted(found)
        if not _means_otherwise(found[i].token, language)
        and not any(a <= found[i].token.idx - first < b for a, b in idioms)
    )


def _by_lemma(sentence: Sentence, language: str) -> list[Trigger]:
    lemmas = _lemmas(language)
    found = []
    for token in sentence.tokens:
        pos = "verb" if token.pos_ in VERBS else "noun" if token.pos_ in NOUNS else ""
        needs = lemmas.get((token.lemma_.casefold(), pos)) or lemmas.get((token.lower_.rstrip("s"), pos))
        if needs is not None:
            found.append(Trigger(token, needs))
    return found


def _by_phrase(sentence: Sentence, language: str) -> list[Trigger]:
    found: list[Trigger] = []
    text = sentence.tokens.text
    if not _any_phrase(language).search(text):
        return found
    for pattern, needs in _phrases(language):
        for match in pattern.finditer(text):
            run = sentence.tokens.char_span(match.start(), match.end(), alignment_mode="expand")
            head = next((t for t in run or () if t.pos_ in (*VERBS, *NOUNS)), None)
            if head is not None:
                found.append(Trigger(head, needs))
    return found


def _means_otherwise(token: Token, language: str) -> bool:
    words = load_lists(language, "encounters")["nouns"]["otherwise"]
    return token.pos_ in NOUNS and any(
        c.lower_ in words for c in token.children if c.dep_ in ("amod", "compound", "nmod") and c.i < token.i
    )


@lru_cache(maxsize=4)
def _lemmas(language: str) -> dict[tuple[str, str], str]:
    return {
        (row["form"], row["pos"]): row["needs"] for row in load_table(language, "encounters") if row["pos"] != "phrase"
    }


@lru_cache(maxsize=4)
def _phrases(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = [row for row in load_table(language, "encounters") if row["pos"] == "phrase"]
    return tuple((re.compile(rf"\b(?:{row['form']})", re.IGNORECASE), row["needs"]) for row in rows)


@lru_cache(maxsize=4)
def _any_phrase(language: str) -> re.Pattern[str]:
    """All phrases as one: most sentences hold none."""
    return re.compile("|".join(pattern.pattern for pattern, _ in _phrases(language)), re.IGNORECASE)


@lru_cache(maxsize=4)
def _idioms(language: str) -> re.Pattern[str]:
    phrases = load_lists(language, "encounters")["idioms"]["phrases"]
    return re.compile("|".join(rf"\b(?:{phrase})" for phrase in phrases), re.IGNORECASE)
