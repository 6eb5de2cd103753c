"""Reporting words: which words say that somebody says, and what they make of it.

A cue is written in its table as a reader would say it ("is understood to", "as X put it"). It is matched by lemma or
by printed word, any form of "be" or "have" for any other, and "one's" for any possessive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from spacy.tokens import Token

from reportedly.reading.language import load_table
from reportedly.records import Act, Certainty

SOURCE = "X"
"""Stands in a phrase for the source's own words."""

_FORMS = dict.fromkeys(("is", "are", "was", "were", "am", "been", "being"), "be")
_FORMS |= dict.fromkeys(("has", "had", "having"), "have")
_ADVERBS = frozenset(("RB", "RBR", "RBS"))


class CueForm(StrEnum):
    """What a cue is in the sentence."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    PHRASE = "phrase"
    ADVERB = "adverb"
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A reporting word or phrase. `words` are what is matched; `weight` is how surely it reports where `frames` fit.

    `factive`: what follows is presented as true; `factive_of_things`: a thing that is only named is presented as real.
    `certainty` is what the cue itself makes of the content ("doubts": PR-), None where the content says it.
    """

    text: str
    words: tuple[str, ...]
    form: CueForm
    frames: frozenset[str]
    act: Act
    factive: bool
    factive_of_things: bool
    performative: bool
    weight: float
    certainty: Certainty | None

    @property
    def hearsay(self) -> bool:
        """Whether it reports without naming anybody ("reportedly", "it is claimed")."""
        return self.form in (CueForm.ADVERB, CueForm.CLAUSE)


@dataclass(frozen=True)
class Cues:
    """The cues of a language, by form and by first word, longest first."""

    all: tuple[Cue, ...]
    _named: Mapping[tuple[CueForm, str], Cue]
    _first: Mapping[str, tuple[Cue, ...]]

    def verb(self, lemma: str, particle: str = "") -> Cue | None:
        """The verb with this lemma and particle(s): `verb("rule", "out")`, also where other words part them."""
        return self._named.get((CueForm.VERB, f"{lemma} {particle}".strip()))

    def noun(self, lemma: str) -> Cue | None:
        return self._named.get((CueForm.NOUN, lemma))

    def adjective(self, lemma: str) -> Cue | None:
        return self._named.get((CueForm.ADJECTIVE, lemma))

    def adverb(self, word: str) -> Cue | None:
        return self._named.get((CueForm.ADVERB, word.lower()))

    def phrase(self, text: str) -> Cue | None:
        """The phrase written so in the table: `phrase("in X's words")`."""
        return self._named.get((CueForm.PHRASE, text))

    def starting(self, word: str) -> tuple[Cue, ...]:
        """All cues that begin with this word or lemma, longest first; of a phrase with X, by the words around X."""
        return self._first.get(_FORMS.get(word, word), ())

    @cached_property
    def around(self) -> tuple[Cue, ...]:
        """The phrases that stand around or before X, as the table gives them ("in X's words")."""
        return tuple(cue for cue in self.all if SOURCE in cue.words)

    @cached_property
    def _long_verbs(self) -> frozenset[str]:
        """The first words of verbs of several words."""
        return frozenset(c.words[0] for c in self.all if c.form is CueForm.VERB and len(c.words) > 1)

    def may_open_verb(self, token: Token) -> bool:
        """Whether a verb of several words may begin here."""
        return not self._long_verbs.isdisjoint(lemmas_of(token))

    def match(self, tokens: Sequence[Token], at: int = 0) -> tuple[Cue, int] | None:
        """The longest cue whose words stand one after another from `at`, and how many tokens it takes.

        Adverbs and auxiliaries may stand between the words ("it has widely been claimed"). Phrases around X are left
        out: where X ends is for the reader of noun phrases to say.
        """
        first = tokens[at]
        for word in lemmas_of(first):
            for cue in self._first.get(word, ()):
                if _may_be(cue.form, first) and (taken := _taken(cue, tokens, at)):
                    return cue, taken
        return None


def fits_word(word: str, token: Token) -> bool:
    """Whether a cue's word is this token: by print, by lemma, or as a possessive."""
    if word == "one's":
        return token.tag_ in ("PRP$", "POS")
    return word == token.lower_ or word == token.lemma_.lower() or word == _unlettered(token)


def lemmas_of(token: Token) -> tuple[str, ...]:
    """What a token may be in a table: its lemma, as printed, and without its ending ("hoped" is no form of "hop")."""
    return tuple(dict.fromkeys((token.lemma_.lower(), token.lower_, _unlettered(token))))


def _unlettered(token: Token) -> str:
    """A verb without its ending, where the tagger took it for a noun or a name ("Denounces", "denies")."""
    word = token.lower_
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith(("s", "ed")) else word


def _may_be(form: CueForm, first: Token) -> bool:
    """Whether a word tagged so can begin a cue of this form. Headline verbs are often tagged as plural nouns."""
    if form is CueForm.NOUN:
        return first.tag_[:2] not in ("VB", "MD", "RB")
    if form is CueForm.ADJECTIVE:
        return first.tag_[:2] not in ("NN", "MD", "RB")
    return form is not CueForm.VERB or first.tag_ not in ("NN", "IN", "DT")


def _taken(cue: Cue, tokens: Sequence[Token], at: int) -> int:
    """How many tokens the cue takes from `at`; 0 if it does not stand there."""
    here = at
    for word in cue.words:
        while at < here < len(tokens) and _passable(tokens[here]) and not fits_word(word, tokens[here]):
            here += 1
        if here == len(tokens) or not fits_word(word, tokens[here]):
            return 0
        here += 1
    return here - at


def _passable(token: Token) -> bool:
    return token.tag_ in _ADVERBS or token.pos_ == "AUX"


def _reduced(word: str) -> str:
    return _FORMS.get(word, word)


def _cue(row: Mapping[str, str]) -> Cue:
    return Cue(
        text=row["cue"],
        words=tuple(_reduced(word) for word in row["cue"].replace("X's", SOURCE).split()),
        form=CueForm(row["form"]),
        frames=frozenset(row["frame"].split()),
        act=Act(row["act"]),
        factive=row["factive"] == "yes",
        factive_of_things=row["factive"] in ("yes", "np"),
        performative=row["performative"] == "yes",
        weight=float(row["weight"]),
        certainty=None if row["certainty"] == "-" else Certainty(row["certainty"]),
    )


@lru_cache(maxsize=8)
def load_cues(language: str) -> Cues:
    """The cue table of a language. Raises LanguageError if there is none."""
    cues = tuple(_cue(row) for row in load_table(language, "cues"))
    first: dict[str, list[Cue]] = defaultdict(list)
    for cue in sorted(cues, key=lambda c: (-len(c.words), c.form, -c.weight)):
        first[next(w for w in cue.words if w != SOURCE)].append(cue)
    return Cues(
        all=cues,
        _named={(cue.form, cue.text): cue for cue in cues},
        _first={word: tuple(found) for word, found in first.items()},
    )
