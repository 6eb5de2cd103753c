"""Who gives and who gets where somebody is let do a thing, is handed one, is held to limits or has a say."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.reading.terms_frames import frames_of
from reportedly.reading.terms_scene import Parties, Roles, Scene, by_place, is_helper
from reportedly.reading.terms_words import words
from reportedly.records import Topic

_EN = "en"
_GROUND = frozenset({Topic.TERRITORY, Topic.FORCE_LIMITS, Topic.NUCLEAR, Topic.RESOURCES_AND_ENERGY})
_TASKS = frozenset({Topic.IMPLEMENTATION, Topic.PEACEKEEPING, Topic.HUMANITARIAN, Topic.RECONSTRUCTION})
_LIMITED = frozenset({Topic.FORCE_LIMITS, Topic.NUCLEAR, Topic.TRADE})
_SAYS = frozenset({"vote", "consent", "veto", "approval", "agreement", "assent", "say"})
_CHARGED = frozenset({Topic.SANCTIONS, Topic.TRADE, Topic.TAXATION, Topic.ACCESS_AND_TRANSIT})


def across(parties: Parties, scene: Scene) -> Parties:
    """The side that faces these, if they are the other one."""
    sides = scene.table.sides
    return tuple(s for s in sides if s not in parties) if len(set(parties) & set(sides)) == 1 else ()


def let(scene: Scene) -> Roles | None:
    """ "Lets X keep its gains", "X's people may visit the islands": whoever may do it gets.

    Whoever lets him gives, else the side across if it could stop him; what he does at home is nobody's gift.
    """
    at, head = by_place(scene), scene.candidate.head
    if scene.is_passive:
        return None
    if head.lemma_.casefold() in words(_EN, "terms", "letting"):
        whom = tuple(p for p in _allowed(head, scene) if p not in at["doer"])
        return (at["doer"] or _stopping(whom, scene), whom) if len(whom) == 1 else None
    doer = at["doer"] or at["doer's"]
    if len(doer) != 1 or not (_is_let(head) or (_may(head) and _is_of_use(head))):
        return None
    return _stopping(doer, scene), doer


def opened(scene: Scene) -> Roles | None:
    """ "X would sign a deal to allow Y's firms in": whom the purpose lets do something gets it from who acts."""
    at, head = by_place(scene), scene.candidate.head
    doer = at["doer"]
    if scene.is_passive or len(doer) != 1:
        return None
    purposes = (
        t
        for t in scene.candidate.tokens
        if t.i > head.i
        and t.dep_ in ("advcl", "acl", "relcl", "xcomp")
        and t.tag_ == "VB"
        and t.lemma_.casefold() in words(_EN, "terms", "letting")
    )
    for verb in purposes:
        whom = tuple(p for p in _allowed(verb, scene) if p not in doer)
        if len(whom) == 1:
            return doer, whom
    return None


def _allowed(head: Token, scene: Scene) -> Parties:
    """Whom a verb of letting lets: its object, or the subject of what it lets him do."""
    below = [c for c in head.children if c.dep_ in ("ccomp", "xcomp")]
    whom = [
        c for verb in (head, *below) for c in verb.children if c.i > head.i and c.dep_ in ("dobj", "nsubj", "dative")
    ]
    return _named_in([t for each in whom[:1] for t in each.subtree], scene)


def _is_of_use(head: Token) -> bool:
    return bool({"verb use", "verb obtain"} & set(frames_of(head)))


def _stopping(parties: Parties, scene: Scene) -> Parties:
    at_home = scene.topic is Topic.FORCE_LIMITS or scene.matter == "own"
    return () if at_home else across(parties, scene)


def _may(head: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in ("may", "can", "could") for c in head.children)


def _is_let(head: Token) -> bool:
    bare = not any(c.dep_ == "aux" and c.tag_ == "MD" for c in head.children)
    return bare and head.dep_ in ("ccomp", "xcomp") and head.head.lemma_.casefold() in words(_EN, "terms", "letting")


def handed(scene: Scene) -> Roles | None:
    """ "The town would be returned to X", "be run by X": ground and plants go to whoever has them then."""
    at, head = by_place(scene), scene.candidate.head
    run = scene.is_passive and head.lemma_.casefold() in words(_EN, "terms", "running")
    if scene.topic in _TASKS or (scene.topic not in _GROUND and not run):
        return None
    to = at["by"] if run else at["to"] if frames_of(head)[0] in ("verb transfer", "verb move", "verb use") else ()
    if not to or len(to) > 1 or at["doer"]:
        return None
    gives = at["from"] or across(to, scene)
    return (gives if not is_helper(to[0]) else at["from"]), to


def limited(scene: Scene) -> Roles | None:
    """ "X's army would be capped", "X's drones are banned": in a passive of ending, whose things they are gives."""
    at, head = by_place(scene), scene.candidate.head
    if scene.topic not in _LIMITED or not scene.is_passive or at["by"] or scene.topic is Topic.TRADE:
        return None
    owner = at["undergoer"] or at["undergoer's"]
    if len(owner) != 1 or not {"verb cease", "verb burden", "verb bind"} & set(frames_of(head)):
        return None
    return owner, across(owner, scene)


def given(scene: Scene) -> Roles | None:
    """ "Gives X's forces access", "grants X seats": a point of the plan gives it, the side across bears it."""
    at, head = by_place(scene), scene.candidate.head
    if scene.is_passive or at["doer"] or at["doer's"] or at["by"] or at["to"]:
        return None
    named = at["object"] or at["object's"]
    two = sum(c.dep_ in ("dobj", "dative") for c in head.children) > 1
    if (
        len(named) != 1
        or not two
        or head.lemma_.casefold() not in ("give", "grant", "hand", "offer", "allow", "assure")
    ):
        return None
    return across(named, scene), named


def has_a_say(scene: Scene) -> Roles | None:
    """ "No decision without an X vote", "subject to X's consent": X gets, the side across gives."""
    for token in scene.candidate.tokens:
        if token.lemma_.casefold() not in _SAYS:
            continue
        holders = _before(token, scene)
        needed = {t.lower_ for t in scene.candidate.tokens} & {
            "without",
            "depend",
            "subject",
            "require",
            "requires",
            "only",
            "unless",
        }
        if len(holders) == 1 and needed and across(holders, scene):
            return across(holders, scene), holders
    return None


def _before(noun: Token, scene: Scene) -> Parties:
    """Whose it is: "a Turkish Cypriot vote", "the consent of Spain"."""
    return _named_in([t for t in noun.subtree if t != noun], scene)


def _named_in(tokens: list[Token], scene: Scene) -> Parties:
    """The parties that some words of the clause name."""
    table, held = scene.table, {t.i for t in tokens}
    found = [
        party
        for span, actor in table.draft.mentions.mentions_in(scene.candidate.sentence.span)
        if any(t.i in held for t in table.draft.parse.tokens_in(span))
        for party in table.of(actor)
    ]
    return tuple(dict.fromkeys(found))


def charged(scene: Scene) -> Roles | None:
    """ "US sanctions on X would be lifted", "duties on X's cars come down": whose they are gives, X gets."""
    if scene.topic not in _CHARGED:
        return None
    head = scene.candidate.head
    falls = head.lemma_ in ("come", "fall", "drop", "go") or {"verb relieve", "verb cease", "verb lapse"} & set(
        frames_of(head)
    )
    if not falls:
        return None
    for token in (t for t in scene.candidate.tokens if t.lemma_.casefold() in words(_EN, "terms", "charges")):
        on = [c for c in token.children if c.dep_ == "prep" and c.lower_ in ("on", "against")]
        whose = [t for c in token.children if c.dep_ in ("amod", "compound", "poss", "nmod") for t in c.subtree]
        aimed = _named_in([t for c in on for t in c.subtree], scene)
        gives = by_place(scene)["doer"] or _named_in(whose, scene) or across(aimed, scene)
        if on and gives and not set(gives) & set(aimed):
            return gives, _spared(aimed, scene) or tuple(s for s in scene.table.sides if s not in gives)
    return None


def _spared(aimed: Parties, scene: Scene) -> Parties:
    """Who gets what is lifted from these; movements that fight for a country do for the country."""
    sides, kinds = scene.table.sides, scene.table.kinds
    if all(kinds.get(s) == "organisation" for s in sides):
        return tuple(p for p in aimed if p in sides)
    return tuple(p for p in aimed if p in sides) or tuple(p for p in aimed if not is_helper(p))[:1]
