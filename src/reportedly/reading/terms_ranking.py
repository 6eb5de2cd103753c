"""Who gives and who gets, chosen among all who might: the clause's parties, the sides, the authors, those before."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reportedly.reading.language import load_table
from reportedly.reading.terms_ranking_signs import Signs
from reportedly.reading.terms_roles import is_settled
from reportedly.reading.terms_scene import Leaning, Parties, Roles, Scene

Shares = NDArray[np.float64]
_GIVERS = 3
"""So many of the likeliest givers are tried with every getter."""
_MANY = 3
"""From so many parties on the network does not tell how many there are."""
_NETWORK, _LEAD = 0.5, 0.7
"""What the network's logarithms count beside those of the signs, and the lead of givers that the rules find."""
_SETTLED = 3.0
"""The lead of givers, and of getters, that the build of the clause settles."""
_UNSEEN = -3.0
"""The network's logit of a party that it was not shown."""
_MOST = 4
"""No more parties than these give or get together."""


def rank_roles(scene: Scene, *, language: str = "en") -> Roles:
    """The parties that give and the parties that get, each in the order of the table.

    Method: each set of parties that may give, and each that may then get, is scored by a conditional logistic
    regression over named signs (`roles.tsv`, training/terms/roles.py), one of them being what the rules say of the
    clause, and by what the network says of the two sets (training/table); the likeliest pair is taken. Givers that the
    rules find have a lead, both have one where the build of the clause settles it, and people whom the clause names as
    getting it stay.
    """
    signs, weights = Signs(scene), _weights(language)
    sets = choices(signs)
    network = _NETWORK * leant(sets, scene.leaning)
    givers = _log_shares(signs.score_giver(each, weights) for each in sets) + network.max(1)
    lead = _SETTLED if is_settled(scene) else 0.0
    if any(scene.ruled):
        givers = givers + (_LEAD + lead) * _are(scene.ruled[0], sets)
    best, found = float("-inf"), (sets[0], sets[0])
    for n in (n for n in np.argsort(-givers, kind="stable")[:_GIVERS] if givers[n] > -np.inf):
        getters = _log_shares(signs.score_getter(each, sets[n], weights) for each in sets) + network[n]
        getters = getters + lead * _are(scene.ruled[1], sets)
        if signs.tells_getter:
            getters = _only(scene.ruled[1], sets, getters)
        m, own = int(getters.argmax()), givers[n] - network[n].max()
        if own + getters[m] > best:
            best, found = float(own + getters[m]), (sets[n], sets[m])
    return found


def leant(sets: tuple[Parties, ...], leaning: Leaning | None) -> Shares:
    """The logarithm of the share that the network gives to each set of givers with each of getters, (sets, sets)."""
    if leaning is None:
        return np.zeros((len(sets), len(sets)))
    many = [min(_MANY, len(each)) for each in sets]
    gives, gets = (
        np.array([sum(said.get(p, _UNSEEN) for p in each) for each in sets], np.float64)
        for said in (leaning.gives, leaning.gets)
    )
    gives += [leaning.sizes[n] for n in many]
    gets += [leaning.sizes[_MANY + 1 + n] for n in many]
    scores: Shares = gives[:, None] + gets[None] + leaning.sizes[-1] * np.diag(np.array(many) > 0)
    scores -= scores.max()
    scores -= np.log(np.exp(scores).sum())
    return scores


def _are(parties: Parties, sets: tuple[Parties, ...]) -> Shares:
    """One for the set of these parties, nought for the others."""
    return np.array([float(set(each) == set(parties)) for each in sets])


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
