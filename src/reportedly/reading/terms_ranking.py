"""Who gives and who gets, chosen among all who might: the clause's parties, the sides, the authors, those before."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reportedly.reading.language import load_table
from reportedly.reading.terms_ranking_signs import Signs
from reportedly.reading.terms_scene import Parties, Roles, Scene

Shares = NDArray[np.float64]
_GIVERS = 3
"""So many of the likeliest givers are tried with every getter."""
_MOST = 4
"""No more parties than these give or get together."""


def rank_roles(scene: Scene, *, language: str = "en") -> Roles:
    """The parties that give and the parties that get, each in the order of the table.

    Method: each set of parties that may give, and each that may then get, is scored by a conditional logistic
    regression over named signs (`roles.tsv`, training/terms/roles.py), one of them being what the rules say of the
    clause; the likeliest pair of sets is taken. Givers that the rules find stay, and so do people
    whom the clause names as getting it.
    """
    signs, weights = Signs(scene), _weights(language)
    sets = choices(signs)
    if scene.ruled[0]:
        givers = _only(scene.ruled[0], sets, np.zeros(len(sets)))
    else:
        givers = _log_shares(signs.score_giver(each, weights) for each in sets)
    best, found = float("-inf"), (sets[0], sets[0])
    for n in (n for n in np.argsort(-givers, kind="stable")[:_GIVERS] if givers[n] > -np.inf):
        getters = _log_shares(signs.score_getter(each, sets[n], weights) for each in sets)
        if signs.tells_getter:
            getters = _only(scene.ruled[1], sets, getters)
        m = int(getters.argmax())
        if givers[n] + getters[m] > best:
            best, found = float(givers[n] + getters[m]), (sets[n], sets[m])
    return found


def _only(parties: Parties, sets: tuple[Parties, ...], shares: Shares) -> Shares:
    """The shares with those of all other sets ruled out."""
    return np.where([set(each) == set(parties) for each in sets], shares, -np.inf)


def choices(signs: Signs) -> tuple[Parties, ...]:
    """Sets of parties that may give or get, nobody first."""
    scene, table = signs.scene, signs.scene.table
    found: list[Parties] = [(), *scene.ruled, *((p,) for p in signs.candidates), table.sides, signs.authors]
    found += scene.last.ruled if scene.last is not None else ()
    found += signs.at.values()
    found += [scene.inside, scene.voice, table.ranked[:3], table.ranked[1:3], table.ranked[:3:2]]
    kept: dict[frozenset[str], Parties] = {}
    for each in found:
        if len(set(each)) <= _MOST:
            kept.setdefault(frozenset(each), tuple(dict.fromkeys(each)))
    return tuple(kept.values())


def _log_shares(scores: Iterable[float]) -> Shares:
    """The logarithms of the shares of scores, (sets,)."""
    values = np.array(list(scores), dtype=np.float64)
    shares: Shares = values - values.max()
    shares -= np.log(np.exp(shares).sum())
    return shares


@lru_cache(maxsize=8)
def _weights(language: str) -> dict[str, float]:
    return {row["sign"]: float(row["weight"]) for row in load_table(language, "roles")}
