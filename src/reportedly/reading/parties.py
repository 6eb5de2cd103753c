"""Who gives and who gets: the parties that bear or receive a term."""

from __future__ import annotations

from reportedly.reading.terms_scene import BINDING_ACTS, Parties, Roles, Scene, by_place, groups_in, is_helper
from reportedly.reading.terms_words import words
from reportedly.records import Topic

_EN = "en"
_AIMED = frozenset({Topic.SANCTIONS, Topic.RECOGNITION, Topic.ACCESS_AND_TRANSIT, Topic.ASSETS_AND_REPARATIONS})
_HANDED = frozenset({Topic.PAY_AND_WORK, Topic.PRICE_AND_OWNERSHIP, Topic.TRADE})


def find_roles(scene: Scene) -> Roles:
    """Parties that give and parties that get.

    Method: who does it gives, whoever it is done to gets; turned round for passives and verbs of receiving; both
    sides for mutual duties; what a bidder lays on the table is his to give; the side across the table gets what a
    side gives, unless the topic is one's own house. A clause that names nobody follows the one before it.
    """
    both = _mutual(scene)
    if both:
        return both, both
    gives, gets = _one_way(scene)
    return gives, tuple(p for p in gets if p not in gives)


def _one_way(scene: Scene) -> Roles:
    at = by_place(scene)
    if scene.bidder:
        return _of_bidder(scene, at)
    if scene.is_paid:
        return _of_employer(scene, at)
    if scene.is_passive:
        gives, done_to = _of_passive(scene, at)
    elif not (at["doer"] or at["doer's"]):
        gives, done_to = _of_nobody(scene, at)
    else:
        gives, done_to = at["doer"] or at["doer's"], ()
        if scene.verb.endswith("receiving") and not _limits_itself(scene):
            done_to, gives = gives, at["from"] or _across(gives, scene) or _named_beside(gives, scene, at)[:1]
            return gives, done_to
    return gives, _getters(gives, done_to, scene, at)


def _getters(gives: Parties, done_to: Parties, scene: Scene, at: dict[str, Parties]) -> Parties:
    """Whoever the clause names as its end; else the people it speaks of; else the side across the table."""
    named = tuple(p for p in at["to"] if p not in gives)
    if named:
        return named
    people = groups_in(scene.candidate)
    if people and scene.matter == "paid":
        return _staff_of(scene) or people[:1]
    if scene.topic in _AIMED:
        aimed = tuple(
            p for p in (*_named_beside(gives, scene, at), *at["other"]) if p not in gives and _may_get(p, scene)
        )
        if aimed:
            return aimed[:1]
    across = _across(gives, scene)
    if across:
        return across
    beside = tuple(p for p in done_to if p not in gives) or _named_beside(gives, scene, at)[:1]
    if not beside and scene.topic is Topic.SANCTIONS:
        beside = tuple(s for s in scene.table.sides if s not in gives)[:1]
    return beside if scene.matter != "own" else ()


def _may_get(party: str, scene: Scene) -> bool:
    """Whether something may be done for a party: not for helpers, and for no third when a side is named too."""
    if is_helper(party):
        return False
    sides = set(scene.table.sides)
    return party in sides or not sides & set(scene.inside)


def _of_bidder(scene: Scene, at: dict[str, Parties]) -> Roles:
    """What a bid, a tender or a letter lays down: its author gives."""
    gives = scene.bidder
    named = tuple(p for p in (*at["to"], *at["object"], *at["doer"]) if p not in gives)
    if named:
        return gives, named[:1]
    if scene.topic in _HANDED and (scene.topic is not Topic.PRICE_AND_OWNERSHIP or _speaks_of_staff(scene)):
        return gives, scene.table.union or _staff_of(scene) or _across(gives, scene)
    target = tuple(p for p in scene.table.employer if p not in gives)
    beside = tuple(p for p in (*at["object's"], *at["other"]) if p in scene.table.sides and p not in gives)
    return gives, target if scene.matter == "paid" else beside[:1] or _across(gives, scene) or target


def _of_employer(scene: Scene, at: dict[str, Parties]) -> Roles:
    """Pay and work: the employer gives and the staff get, unless a union is told to do or stop something."""
    held = at["object"] if scene.candidate.head.lemma_.casefold() in words(_EN, "terms", "barring") else ()
    unions = tuple(p for p in (*at["doer"], *at["by"], *held) if scene.table.kinds.get(p) == "union")
    if unions and not scene.verb.endswith("receiving"):
        return unions, scene.table.employer
    others = tuple(p for p in (*at["doer"], *at["by"]) if p not in unions and scene.table.kinds.get(p) != "person")
    few = scene.table.union if len(scene.table.unions) == 1 else ()
    staff = tuple(f"{firm} staff" for firm in scene.table.employer)
    return others or scene.table.employer, unions or few or staff


def _speaks_of_staff(scene: Scene) -> bool:
    held = {t.lemma_.casefold() for t in scene.candidate.tokens}
    return bool(held & {"union", "worker", "staff", "employee", "crew", "job"})


def _mutual(scene: Scene) -> Parties:
    """Both sides, where the matter is mutual by its nature or the words say so."""
    lemmas = {t.lemma_.casefold() for t in scene.candidate.tokens}
    if scene.matter == "mutual" or (lemmas & words(_EN, "terms", "swaps") and len(scene.inside) != 1):
        return scene.inside if len(scene.inside) > 1 else scene.table.sides
    inside = tuple(p for p in scene.inside if scene.places[p] != "other")
    if not inside and scene.speaks_of_both:
        return scene.table.sides
    if len(inside) == 2 and scene.speaks_of_both and len({scene.places[p] for p in inside}) == 1:
        return inside
    return ()


def _limits_itself(scene: Scene) -> bool:
    """Whether a verb of keeping tells a duty: "would keep its drones near the coast"."""
    return scene.matter == "armed" and scene.candidate.head.lemma_ in ("keep", "hold")


def _of_passive(scene: Scene, at: dict[str, Parties]) -> Roles:
    done_to = at["undergoer"] or at["undergoer's"]
    gives = at["by"] or at["from"]
    if not gives and at["undergoer's"] and not at["undergoer"] and scene.topic is not Topic.SANCTIONS:
        return at["undergoer's"], ()
    return gives or _nobody(scene, but=(*at["to"], *done_to)), done_to


def _of_nobody(scene: Scene, at: dict[str, Parties]) -> Roles:
    bound = at["object"] if scene.candidate.head.lemma_ in words(_EN, "terms", "binding") else ()
    told = at["object"] if not scene.verb.endswith("giving") else ()
    own = at["by"] or bound or at["object's"] or at["undergoer's"] or told
    if own and not at["by"] and scene.topic is Topic.SANCTIONS:
        own = ()
    alone = _alone(scene, at)
    return own or alone or _nobody(scene, but=()), at["object"]


def _alone(scene: Scene, at: dict[str, Parties]) -> Parties:
    """The only party that the clause names, where nothing says what it does there."""
    if len(scene.inside) != 1 or at["to"] or is_helper(scene.inside[0]) or scene.topic is Topic.SANCTIONS:
        return ()
    return scene.inside


def _nobody(scene: Scene, *, but: Parties) -> Parties:
    """Who gives where the clause names nobody who does."""
    voice = scene.voice if scene.said is not None and scene.said.act in BINDING_ACTS else ()
    if voice:
        return voice
    if scene.table.is_domestic:
        return scene.table.country
    if scene.topic is Topic.SANCTIONS and scene.table.authors:
        return tuple(p for p in scene.table.ranked if p in scene.table.authors)[:1]
    last = scene.last
    if scene.matter == "own" and not scene.places and not (last is not None and _follows(scene, last)):
        return ()
    if last is not None and scene.candidate.sentence.index - last.candidate.sentence.index < 2 and not scene.inside:
        return tuple(p for p in last.ruled[0] if p not in but)
    facing = tuple(s for s in scene.table.sides if s not in but)
    if set(but) & set(scene.table.sides):
        return facing
    above = tuple(p for p, spot in scene.places.items() if spot in ("above", "outside") and p in scene.table.sides)
    return above[:1]


def _follows(scene: Scene, last: Scene) -> bool:
    """Whether a term goes on with the sentence, or the point, of the one before."""
    return scene.candidate.sentence.index == last.candidate.sentence.index


def _named_beside(but: Parties, scene: Scene, at: dict[str, Parties]) -> Parties:
    """Parties that the verb acts on; those of a mere place ("in Turkey", "through China") are none."""
    named = (*at["object"], *at["undergoer"], *at["object's"])
    return tuple(p for p in named if p not in but and not is_helper(p))


def _across(parties: Parties, scene: Scene) -> Parties:
    """The side that faces these parties, if they are a side and the topic is between the sides."""
    sides = scene.table.sides
    if scene.matter == "own" or set(parties) >= set(sides):
        return ()
    return tuple(s for s in sides if s not in parties) if set(parties) & set(sides) else ()


def _staff_of(scene: Scene) -> Parties:
    groups = [g for g in groups_in(scene.candidate) if g in words(_EN, "terms", "staff")]
    return tuple(f"{firm} staff" for firm in scene.table.employer) if groups else ()
