"""Whose stance it is: the party that a speaker or a subject stands for."""

from __future__ import annotations

import re

from spacy.tokens import Token

from reportedly.reading.draft import Draft
from reportedly.reading.roster import Sort, load_roster, split_name
from reportedly.records import Source, SourceKind, Span, Statement

_VOICES = (SourceKind.PERSON, SourceKind.UNNAMED, SourceKind.DOCUMENT, SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
_BODIES = (SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
_AFTER = re.compile(
    r",\s(?!and\b|but\b|said\b|says\b)[^,.;:]{2,70}|\s\([^()]{2,40}\)|,?\s(?:of|for|from) (?:the )?[^,.;:]{2,50}"
)
_BEFORE = re.compile(r"^(?:['’]s?)?(?:\s(?!and\b|with\b|to\b|told\b|met\b|by\b|for\b|on\b)[\w'’-]+){1,6},?\s$")
_SIDE = re.compile(r"['’]s?\s(?!(?:government|side|team|delegation|officials|negotiators|leaders|army|ministry)\b)")
_POSSESSED = re.compile(r"\b(?:[Ii]ts|[Tt]heir) (?:[\w-]+ ){1,4}?(?:[\w-]+),? $")
_THEIRS = re.compile(r", (?:its|their) (?:[\w-]+ ){1,5}?[\w-]+[,.]")
_HIS = re.compile(r"\b(?:his|her) (?:own )?$")
_LEADS = re.compile(r",? (?:who|and) (?:leads|heads|chairs|runs|represents|speaks for) (?:the )?(?P<people>\w{4,}s)\b")
_TITLED = re.compile(r"\b(?:Prime Minister|Foreign Minister|Minister|President|Chancellor|Premier)\b[^.;,]{0,60}$")
_NATIONS = (Sort.COUNTRY, Sort.ADJECTIVE, Sort.PEOPLE, Sort.CAPITAL)
_OFFICES = re.compile(
    r"\b(?:ministry|embassy|office|government|parliament|army|department|delegation|ambassador|minister|president|premier|"
    r"chancellor|secretary|foreign|presidency|cabinet|officials?|envoy|navy|negotiators?|diplomat|spokes\w+|prime)\b",
    re.IGNORECASE,
)


def sides_of(actor: Source, draft: Draft) -> tuple[str, ...]:
    """The parties an actor speaks for: its own, those of a joint source, the body whose man it is; else itself."""
    joint = split_joint(actor.name, draft)
    if len(joint) > 1:
        return tuple(dict.fromkeys(p for name in joint for p in _sides_by_name(name, draft)))
    own = tuple(p for party in _own(actor, draft) for p in _root(party, draft))
    if actor.kind is SourceKind.ORGANISATION and actor.party and not _OFFICES.search(actor.name):
        return own if not nation_of(actor.party) else (actor.name,)  # a company is not its country
    if actor.party is not None:
        return own
    if actor.kind in (SourceKind.PERSON, SourceKind.UNNAMED, SourceKind.DOCUMENT) or _OFFICES.search(actor.name):
        return nation_of(actor.name) or _beside(actor, draft) or _office_of(actor, draft) or own
    return own


def split_joint(name: str, draft: Draft) -> tuple[str, ...]:
    """The names in a joint one such as "Turkey and Greece"; a body with an "and" in its name stays whole."""
    parts = tuple(name.split(" and "))
    known = {a.name for a in draft.mentions.actors}
    told = sum(part in known or bool(nation_of(part)) for part in parts)
    return parts if len(parts) > 1 and 2 * told >= len(parts) else (name,)


def _own(actor: Source, draft: Draft) -> tuple[str, ...]:
    if actor.party is not None:
        return split_joint(actor.party, draft)
    named = actor.named and actor.kind in (*_BODIES, SourceKind.PERSON)
    return (actor.name,) if named else ()


def has_side(actor: Source, draft: Draft) -> bool:
    """Whether an actor is a body, or a person whose side the article gives."""
    sides = sides_of(actor, draft)
    return bool(sides) and (actor.kind is not SourceKind.PERSON or sides != (actor.name,))


def speaks_for(statement: Statement, draft: Draft) -> tuple[str, ...]:
    """The parties behind a statement's last source; none for an outlet or people at large."""
    source = next((s for s in draft.sources if statement.chain and s.id == statement.chain[-1]), None)
    if source is None or source.kind not in _VOICES:
        return ()
    known = next((a for a in draft.mentions.actors if a.name == source.name), source)
    sides = sides_of(known if source.party is None else source, draft)
    if sides and sides != (source.name,):
        return sides
    spans = statement.source
    actor = draft.mentions.actor_at(spans[0]) if spans else None
    if actor is not None and actor.kind in _VOICES and (actor.party or source.kind is not SourceKind.PERSON):
        sides = sides_of(actor, draft) or sides
    return sides or (_bodies_in(spans[0], draft)[:1] if spans else ())


def subject_of(span: Span, draft: Draft) -> tuple[str, ...]:
    """The body or country that reported words begin with: "Hargeisa would accept", "Turkey and Greece accept"."""
    found: list[str] = []
    text, end = draft.parse.text, span.start
    for mention, actor in draft.mentions.mentions_in(span):
        between = text[end : mention.start]
        if actor.kind not in _BODIES or not re.fullmatch(
            r"[\s\"“'‘]*(?:that\s)?(?:the\s|and\s|,\s)*(?:the\s)?", between, re.I
        ):
            break
        if _SIDE.match(text, mention.end) and not found:
            break
        found += [s for s in sides_of(actor, draft) if s not in found]
        end = mention.end
    acts = end >= span.end or _acts(Span(end, span.end), draft)
    return tuple(found) if acts else ()


def _acts(rest: Span, draft: Draft) -> bool:
    """Whether a verb follows a name: not in "(offered) Norway 30,000 tonnes", where it names the receiver."""
    follow = [t for t in draft.parse.tokens_in(rest) if not t.is_punct and not t.is_space][:1]
    return not follow or follow[0].pos_ not in ("NUM", "DET", "NOUN", "ADJ", "PRON", "SYM")


def subject_token(verb: Token) -> Token | None:
    """The head of a verb's subject: its own, that of the verb it is joined to or hangs on, or what "who" stands for."""
    own = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if own is not None and verb.dep_ == "relcl" and own.tag_ in ("WP", "WDT"):
        return verb.head if own.dep_ == "nsubj" else None
    if own is not None:
        return own if own.dep_ == "nsubj" else None
    if verb.dep_ in ("conj", "xcomp") and verb.head.pos_ in ("VERB", "AUX"):
        return _hearsay_subject(verb) or subject_token(verb.head)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and not any(c.dep_ == "mark" for c in verb.children):
        return subject_token(verb.head)
    return _subject_lost(verb) if verb.dep_ == "ROOT" else None


def _subject_lost(verb: Token) -> Token | None:
    """The noun that opens the sentence, where an aside after it or a second verb hides from the parser whose it is."""
    if any(c.dep_ in ("nsubjpass", "expl", "csubj") for c in verb.children):
        return None
    opening = [t for t in verb.sent if t.i < verb.i and t.dep_ in ("nsubj", "npadvmod", "dep", "nmod", "appos")]
    first = opening[0] if opening else None
    return first if first is not None and first.left_edge.i <= verb.sent.start + 1 else None


def _hearsay_subject(verb: Token) -> Token | None:
    """The subject of hearsay in the passive: "Ireland (is understood) to be content"."""
    if verb.dep_ != "xcomp" or not any(c.dep_ == "auxpass" for c in verb.head.children):
        return None
    return next((c for c in verb.head.children if c.dep_ == "nsubjpass"), None)


def verb_group(verb: Token) -> Token:
    """The first of a verb's helpers and negations after its subject, or the verb."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass", "neg") and c.i < verb.i]
    return min([verb, *helpers], key=lambda t: t.i)


def nation_of(name: str) -> tuple[str, ...]:
    """The country that a name such as "Dutch ambassador" or "Embassy of Russia" speaks of."""
    roster, words = load_roster("en"), split_name(name)
    for at in range(len(words)):
        known = roster.longest(words, at)
        if known is not None and known[1].sort in _NATIONS:
            return (known[1].name,)
    return ()


def _root(party: str, draft: Draft) -> tuple[str, ...]:
    actor = next((a for a in draft.mentions.actors if a.name == party), None)
    if actor is not None and actor.party and actor.party != party:
        return split_joint(actor.party, draft)
    return (party,)


def _sides_by_name(name: str, draft: Draft) -> tuple[str, ...]:
    actor = next((a for a in draft.mentions.actors if a.name == name), None)
    return sides_of(actor, draft) if actor is not None else nation_of(name) or (name,)


def _beside(actor: Source, draft: Draft) -> tuple[str, ...]:
    """The body named in a description beside a mention: "Musa Jaddo, its adviser", "Slavica Ristovski (Serb List)"."""
    text = draft.parse.text
    for mention in actor.mentions:
        match = _AFTER.match(text, mention.end)
        bodies = _bodies_in(Span(mention.end, match.end()), draft) if match and match.end() > mention.end else ()
        bodies = bodies or _before(mention, draft) or _inside(mention, draft) or _possessed(mention, draft)
        bodies = bodies or _possesses(mention, draft) or _led(mention, draft)
        if bodies:
            return bodies[:1]
    return ()


def _office_of(actor: Source, draft: Draft) -> tuple[str, ...]:
    """The country of a minister in his own ministry's paper: whoever publishes it calls him just "the minister"."""
    outlet = draft.document.outlet or ""
    if actor.kind is not SourceKind.PERSON or not _OFFICES.search(outlet):
        return ()
    text = draft.parse.text
    titled = any(_TITLED.search(text[max(0, m.start - 60) : m.start] + m.of(text)) for m in actor.mentions)
    return nation_of(outlet) if titled else ()


def _before(mention: Span, draft: Draft) -> tuple[str, ...]:
    if mention.start < 5:
        return ()
    for body, actor in draft.mentions.mentions_in(Span(max(0, mention.start - 70), mention.start)):
        if actor.kind in _BODIES and _BEFORE.match(draft.parse.text[body.end : mention.start]):
            return tuple(p for q in _own(actor, draft) for p in _root(q, draft))
    return ()


def _inside(mention: Span, draft: Draft) -> tuple[str, ...]:
    """The body in a description: "the Ohio Basin boss"."""
    return _bodies_in(mention, draft)[:1] if mention.of(draft.parse.text)[:1].islower() else ()


def _possessed(mention: Span, draft: Draft) -> tuple[str, ...]:
    """The body that "its" stands for in "its deputy leader, Nidal Hasira": the last one named before."""
    text = draft.parse.text
    match = _POSSESSED.search(text[: mention.start], max(0, mention.start - 60))
    if match is None:
        return ()
    before = draft.mentions.mentions_in(Span(max(0, match.start() - 300), match.start()))
    bodies = [a for _, a in before if a.kind in _BODIES]
    return tuple(p for q in _own(bodies[-1], draft) for p in _root(q, draft)) if bodies else ()


def _possesses(mention: Span, draft: Draft) -> tuple[str, ...]:
    """The body that a description after the name owns up to: "Petros Drakos, their negotiator", "38,000 of his RMT"."""
    text, sentence = draft.parse.text, draft.parse.sentence_at(mention.start)
    if sentence is None:
        return ()
    if _THEIRS.match(text, mention.end):
        before = draft.mentions.mentions_in(Span(max(0, mention.start - 300), mention.start))
        bodies = [a for _, a in before if a.kind in _BODIES]
        return tuple(p for q in _own(bodies[-1], draft) for p in _root(q, draft)) if bodies else ()
    for body, actor in draft.mentions.mentions_in(Span(mention.end, sentence.span.end)):
        if actor.kind is SourceKind.ORGANISATION and _HIS.search(text, max(mention.end, body.start - 12), body.start):
            return tuple(p for q in _own(actor, draft) for p in _root(q, draft))
    return ()


def _led(mention: Span, draft: Draft) -> tuple[str, ...]:
    """The body whose name holds the people that a description names: "who leads the signallers"."""
    match = _LEADS.match(draft.parse.text, mention.end)
    if match is None:
        return ()
    stem = match["people"].casefold().rstrip("s")
    for actor in draft.mentions.actors:
        if actor.kind is SourceKind.ORGANISATION and actor.named and stem in actor.name.casefold():
            return tuple(p for q in _own(actor, draft) for p in _root(q, draft))
    return ()


def _bodies_in(span: Span, draft: Draft) -> tuple[str, ...]:
    found = [a for a in draft.mentions.actors_in(span) if a.kind in _BODIES]
    return tuple(dict.fromkeys(p for a in found for q in _own(a, draft) for p in _root(q, draft)))
