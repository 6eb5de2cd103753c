"""What hangs on a token in the parse, worked out once a paragraph: spaCy looks for it every time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from spacy.tokens import Doc, Token

Branches = tuple[tuple[int, ...], ...]

_KEPT = 64
"""Paragraphs of which it is remembered."""


@lru_cache(maxsize=_KEPT)
def _tokens(doc: Doc) -> tuple[Token, ...]:
    return tuple(doc)


@lru_cache(maxsize=_KEPT)
def branches_of(doc: Doc) -> Branches:
    """The numbers of the children of each token of a paragraph, in order."""
    below: list[list[int]] = [[] for _ in range(len(doc))]
    away = doc.to_array("HEAD").astype(np.int64)  # how far the head is, negative numbers being written unsigned
    for at, head in enumerate((away + np.arange(len(doc))).tolist()):
        if head != at:
            below[head].append(at)
    return tuple(map(tuple, below))


@lru_cache(maxsize=_KEPT)
def _children(doc: Doc) -> tuple[tuple[Token, ...], ...]:
    tokens = _tokens(doc)
    return tuple(tuple([tokens[at] for at in below]) for below in branches_of(doc))


def children(token: Token) -> tuple[Token, ...]:
    """The children of a token, in order."""
    return _children(token.doc)[token.i]


def below(token: Token, cut: Iterable[Token] = ()) -> list[int]:
    """The numbers of the token and of all below it, in order, less the branches in `cut`."""
    branches, top = branches_of(token.doc), token.i
    without = {t.i for t in cut}
    kept, stack = [], [top]
    while stack:
        at = stack.pop()
        kept.append(at)
        stack += [child for child in branches[at] if child not in without] if without else branches[at]
    kept.sort()
    return kept


def subtree(token: Token, cut: Iterable[Token] = ()) -> list[Token]:
    """The tokens whose numbers `below` gives."""
    tokens = _tokens(token.doc)
    return [tokens[at] for at in below(token, cut)]
