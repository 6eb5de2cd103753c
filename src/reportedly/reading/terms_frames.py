"""Frames: what a verb or a noun tells of who bears a thing and who has it (`frames.toml`)."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from reportedly.reading.language import load_lists

_EN = "en"
_PASSIVE = frozenset({"nsubjpass", "auxpass"})


def frames_of(head: Token) -> tuple[str, ...]:
    """The frames of a clause's verb and of the noun that it is about: "verb transfer", "noun release".

    A word may have several. The noun is the verb's object or what it is said of in the passive, else its subject.
    """
    if head.pos_ not in ("VERB", "AUX"):
        return _named("noun", head) or ("no frame",)
    noun = _noun_of(head)
    return (*_named("verb", head), *(_named("noun", noun) if noun is not None else ())) or ("no frame",)


def _noun_of(verb: Token) -> Token | None:
    passive = any(c.dep_ in _PASSIVE for c in verb.children)
    wanted = (("nsubjpass",) if passive else ("dobj", "attr"), ("nsubj",))
    return next((c for deps in wanted for c in verb.children if c.dep_ in deps), None)


def _named(kind: str, token: Token) -> tuple[str, ...]:
    return tuple(f"{kind} {name}" for name in _frames(kind, token.lemma_.casefold()))


@lru_cache(maxsize=8192)
def _frames(kind: str, lemma: str) -> tuple[str, ...]:
    return tuple(name for name, held in _lists(kind) if lemma in held)


@lru_cache(maxsize=2)
def _lists(kind: str) -> tuple[tuple[str, frozenset[str]], ...]:
    lists = load_lists(_EN, "frames")[f"{kind}s"]
    return tuple((name, frozenset(held.split())) for name, held in lists.items())
