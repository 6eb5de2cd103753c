"""Who gives and who gets: the parties that bear or receive a term."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from reportedly.reading.terms_candidates import Candidate, subject_of
from reportedly.reading.terms_features import kind_of
from reportedly.reading.terms_table import PLACES, Table, places_in
from reportedly.reading.terms_words import words
from reportedly.records import Act, Statement, Topic, hull

_EN = "en"
_BINDING_ACTS = frozenset({Act.OFFER, Act.PROMISE, Act.ACCEPT})


@dataclass(frozen=True)
class Scene:
    """A term, what it is about, and the table it lies on."""

    candidate: Candidate
    topic: Topic
    table: Table
    said: Statement | None
    before: tuple[tuple[str, ...], tuple[str, ...], int] = ((), (), 9)
    """What the term before it gives and gets, and how many sentences back it stands."""

    @cached_property
    def places(self) -> dict[str, str]:
        return places_in(self.candidate, self.table)

    @cached_property
    def inside(self) -> tuple[str, ...]:
        """Parties that the clause itself names."""
        return tuple(p for p, spot in self.places.items() if spot not in ("outside", "above"))

    @cached_property
    def verb(self) -> str:
        return verb_class(self.candidate)

    @property
    def is_passive(self) -> bool:
        return self.verb.startswith("passive")


def find_roles(scene: Scene) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parties that give and parties that get.

    Method: who does it gives, whoever it is done to gets; turned round for passives and verbs of receiving; both
    sides for mutual duties; the side across the table gets what a side gives. A clause that names nobody follows
    the clause before it in its sentence.
    """
    both = _mutual(scene)
    if both:
        return both, both
    gives, gets = _one_way(scene)
    return gives, tuple(p for p in gets if p not in gives)


def _one_way(scene: Scene) -> tuple[tuple[str, ...], tuple[str, ...]]:
    at = _by_place(scene)
    if scene.is_passive:
        return _of_passive(scene, at)
    doers = at["doer"] or at["doer's"]
    if not doers:
        return _of_nobody(scene, at)
    if scene.verb.endswith("receiving") and not _limits_itself(scene):
        others = at["from"] or _across(doers, scene) or _rest(scene, doers)[:1]
        return others, doers
    return doers, at["to"] or at["object"] or _staff_of(scene) or _rest(scene, doers)[:1] or _across(doers, scene)


def _mutual(scene: Scene) -> tuple[str, ...]:
    """Both sides, where the matter is mutual by its nature or the words say so."""
    inside = scene.inside
    if _matter(scene.topic) == "mutual":
        return inside if len(inside) > 1 else scene.table.sides
    swapped = {t.lemma_.casefold() for t in scene.candidate.tokens} & words(_EN, "terms", "swaps")
    if swapped and len(inside) != 1:
        return inside or scene.table.sides
    if len(inside) < 2 and _speaks_of_both(scene.candidate):
        return scene.table.sides
    return ()


def _limits_itself(scene: Scene) -> bool:
    """Whether a verb of keeping tells a duty: "would keep its drones near the coast"."""
    return _matter(scene.topic) == "armed" and scene.candidate.head.lemma_ in ("keep", "hold")


def _by_place(scene: Scene) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = dict.fromkeys(PLACES, ())
    for party, spot in scene.places.items():
        out[spot] = (*out[spot], party)
    return out


def _of_passive(scene: Scene, at: dict[str, tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    done_to = at["undergoer"] or at["undergoer's"]
    gives = at["by"] or at["from"]
    if not gives and at["undergoer's"] and not at["undergoer"]:
        gives, done_to = at["undergoer's"], at["to"] or _rest(scene, at["undergoer's"])
        return gives, done_to or _across(gives, scene)
    gets = at["to"] or done_to or _staff_of(scene) or tuple(groups_in(scene.candidate)[:1])
    if not gives:
        own = () if scene.table.is_mediated else tuple(sorted(scene.table.authors))
        gives = own or _across(gets, scene) or scene.before[0]
    return gives, gets or _across(gives, scene)


def _of_nobody(scene: Scene, at: dict[str, tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    gives = at["by"] or at["object"] or at["object's"] or _voice(scene)
    if not gives and not scene.inside and scene.before[2] == 0:
        return scene.before[0], scene.before[1]
    own = () if scene.table.is_mediated else tuple(sorted(scene.table.authors))
    fallback = scene.table.sides[:1] if _matter(scene.topic) == "paid" else scene.before[0]
    gives = gives or scene.inside[:1] or own or fallback
    return gives, at["to"] or _staff_of(scene) or _rest(scene, gives)[:1] or _across(gives, scene)


def _rest(scene: Scene, but: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(p for p in scene.inside if p not in but)


def _across(parties: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """The side that faces these parties, if they are a side."""
    sides = scene.table.sides
    if scene.topic.value in words(_EN, "terms", "one_sided"):
        return ()
    return tuple(s for s in sides if s not in parties) if set(parties) & set(sides) else ()


def _staff_of(scene: Scene) -> tuple[str, ...]:
    if _matter(scene.topic) != "paid":
        return ()
    groups = [g for g in groups_in(scene.candidate) if g in words(_EN, "terms", "staff")]
    return tuple(f"{firm} staff" for firm in scene.table.employer) if groups else ()


def _voice(scene: Scene) -> tuple[str, ...]:
    said = scene.said
    voice = scene.table.voices.get(said.chain[-1]) if said is not None and said.chain else None
    return scene.table.of(voice) if voice is not None and said is not None and said.act in _BINDING_ACTS else ()


def groups_in(candidate: Candidate) -> tuple[str, ...]:
    """Kinds of people whom the clause names, as a party of their own: "livestock farmers"."""
    out = []
    for token in candidate.tokens:
        if token.lemma_.casefold() in words(_EN, "terms", "groups") and token.tag_ == "NNS":
            front = [c for c in token.children if c.dep_ in ("compound", "amod") and c.i == token.i - 1]
            out.append(" ".join(t.lower_ for t in (*front, token) if not t.ent_type_))
    return tuple(out)


def _matter(topic: Topic) -> str:
    """Topics by who usually owes what to whom."""
    for name in ("mutual", "armed", "paid", "curbs"):
        if topic.value in words(_EN, "terms", name):
            return name
    return "other"


def subject_kind(candidate: Candidate) -> str:
    """What the clause is about: nothing, a plan or point, or something else."""
    own = subject_of(candidate.head)
    return kind_of(own) if own is not None else "none"


def _speaks_of_both(candidate: Candidate) -> bool:
    held = {t.lower_ for t in candidate.tokens}
    return bool(held & words(_EN, "terms", "both"))


def verb_class(candidate: Candidate) -> str:
    """What kind of doing the clause tells: receiving, giving, ending, or a passive of these."""
    head = candidate.head
    lemma = head.lemma_.casefold()
    kind = next((k for k in ("receiving", "giving", "ending", "allowing") if lemma in words(_EN, "terms", k)), "other")
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in head.children) or head.tag_ == "VBN"
    return f"passive {kind}" if passive else kind


def said_over(candidate: Candidate, statements: tuple[Statement, ...]) -> Statement | None:
    """The innermost statement that the term is part of."""
    span = hull(candidate.spans)
    over = [s for s in statements if any(p.meets(span) for p in s.content)]
    return min(over, key=lambda s: sum(p.end - p.start for p in s.content), default=None)
