"""Who gives and who gets: clauses whose build or matter settles it, before the rules for the rest."""

from __future__ import annotations

from reportedly.reading.parse import place_all
from reportedly.reading.parties import find_roles
from reportedly.reading.terms_roles_granted import charged, given, handed, has_a_say, let, limited, opened
from reportedly.reading.terms_scene import Parties, Roles, Scene, by_place, groups_in, is_helper
from reportedly.reading.terms_words import words
from reportedly.records import SourceKind, Topic

_EN = "en"
_WITHIN = frozenset(
    {"within", "near", "off", "away", "out", "behind", "below", "under", "east", "west", "north", "south"}
)
_FOR = frozenset({"for", "to", "between", "of"})


def assign_roles(scene: Scene) -> Roles:
    """Parties that give and parties that get.

    Method: forces that stay where they are go to their owner; whoever is let do a thing, handed ground or asked for his
    vote gets (`terms_roles_granted.py`); captives are let go by the side that is no state and prisoners by the one that
    is; aid that simply comes is nobody's gift; who stands over a task ("under the African Union") gives it. All else by
    `parties.find_roles`, with both sides as getters where the words say so.
    """
    settled = _settled(scene)
    if settled is not None:
        return settled
    gives, gets = find_roles(scene)
    over = _over(scene) if scene.topic.value in words(_EN, "terms", "helpers") else ()
    if over and not by_place(scene)["doer"]:
        gives, gets = over, tuple(p for p in gets if p not in over)
    if gives and set(gives) != set(scene.table.sides) and _for_both(scene):
        gets = tuple(p for p in scene.table.ranked if p not in gives and not is_helper(p))[:2]
    return gives, gets or _people(scene)


def is_settled(scene: Scene) -> bool:
    """Whether the build of the clause, words for both sides, or who employs whom settles who gives and who gets."""
    return scene.is_paid or _is_of_both(scene) or _settled(scene) is not None


def _is_of_both(scene: Scene) -> bool:
    """Whether the rules give it to both sides, and the clause speaks of them so: "the two sides", "both parties"."""
    sides, camps = set(scene.table.sides), words(_EN, "terms", "camps")
    spoken = any(t.tag_ == "NNS" and t.lemma_.casefold() in camps for t in scene.candidate.tokens)
    return spoken and all(set(parties) == sides for parties in scene.ruled)


def _settled(scene: Scene) -> Roles | None:
    return next((found for rule in _RULES if (found := rule(scene)) is not None), None)


def _kept_forces(scene: Scene) -> Roles | None:
    """ "Turkey would keep 950 soldiers", "a Greek contingent would stay": it is allowed them."""
    head = scene.candidate.head
    if scene.topic is not Topic.FORCE_LIMITS or head.lemma_ not in words(_EN, "terms", "staying"):
        return None
    if {t.lower_ for t in head.children if t.i > head.i and t.dep_ in ("prep", "advmod", "prt")} & _WITHIN:
        return None
    at = by_place(scene)
    owner = at["doer"] or at["doer's"]
    return ((), owner) if owner else None


def _kept_ground(scene: Scene) -> Roles | None:
    """ "They would keep their gains": the other side lets them."""
    if scene.topic is not Topic.TERRITORY or scene.candidate.head.lemma_ not in ("keep", "retain", "hold"):
        return None
    owner, sides = by_place(scene)["doer"], scene.table.sides
    if not owner or not set(owner) <= set(sides):
        return None
    return tuple(s for s in sides if s not in owner), owner


def _both_unions(scene: Scene) -> Roles | None:
    """ "Bars both unions from calling strikes": the unions are bound, their employer gets."""
    several = any(t.lemma_ == "union" and t.tag_ == "NNS" and t.dep_ == "dobj" for t in scene.candidate.tokens)
    if not several or len(scene.table.unions) < 2 or scene.candidate.head.lemma_ not in words(_EN, "terms", "binding"):
        return None
    return scene.table.unions, scene.table.employer


def _captives(scene: Scene) -> Roles | None:
    """Who holds whom: hostages are held by a movement, prisoners by a state."""
    if scene.topic is not Topic.PRISONERS_AND_HOSTAGES:
        return None
    sides = scene.table.sides
    if len(sides) != 2 or by_place(scene)["doer"]:
        return None
    lemmas = {t.lemma_.casefold() for t in scene.candidate.tokens}
    captives, prisoners = (bool(lemmas & words(_EN, "terms", name)) for name in ("captives", "prisoners"))
    states = tuple(s for s in sides if scene.table.kinds.get(s) == SourceKind.GOVERNMENT.value)
    if captives == prisoners or len(states) != 1 or lemmas & words(_EN, "terms", "swaps"):
        return None
    movement = tuple(s for s in sides if s not in states)
    return (movement, states) if captives else (states, movement)


def _aid(scene: Scene) -> Roles | None:
    """Aid that enters or flows, with nobody said to let it in or to send it."""
    coming = scene.candidate.head.lemma_ in words(_EN, "terms", "coming")
    if scene.topic is not Topic.HUMANITARIAN or not coming or by_place(scene)["doer"]:
        return None
    return (), by_place(scene)["to"]


def _over(scene: Scene) -> Parties:
    """Those under whom a task is put: "observers under the African Union"."""
    table = scene.table
    found: list[str] = []
    for token in scene.candidate.tokens:
        if token.lower_ == "under" and token.dep_ == "prep":
            found += table.parties_in(place_all(list(token.subtree)))
    return tuple(p for p in dict.fromkeys(found) if p in scene.places)


def _for_both(scene: Scene) -> bool:
    """Whether something is done "for both sides"."""
    return any(
        t.lower_ in _FOR and t.dep_ == "prep" and {c.lower_ for c in t.subtree} & {"both", "two", "either"}
        for t in scene.candidate.tokens
    )


def _people(scene: Scene) -> Parties:
    """The people whom a duty that is owed to nobody else is about."""
    return groups_in(scene.candidate)[:1] if scene.matter == "paid" else ()


_RULES = (
    _kept_forces,
    _kept_ground,
    has_a_say,
    let,
    opened,
    handed,
    limited,
    given,
    charged,
    _captives,
    _aid,
    _both_unions,
)
