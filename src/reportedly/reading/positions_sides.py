"""Whose man somebody is, where only the words around him tell: "Musa Jaddo, its adviser", "the Ohio Basin boss"."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from reportedly.reading.draft import Draft
from reportedly.reading.mentions_lexicon import load_lexicon
from reportedly.reading.parse import place
from reportedly.reading.positions_called import BODIES, body_called, home_of, is_body, land_at, nation_of, words_of
from reportedly.reading.positions_words import stance_at
from reportedly.records import Act, Source, SourceKind, Span, Statement, hull

_OWN_ACTS = (Act.OFFER, Act.ACCEPT, Act.REJECT, Act.PROMISE)
_AFTER = re.compile(r",\s[^,.;:]{2,70}|\s\([^()]{2,40}\)|,?\s(?:of|for|from) (?:the )?[^,.;:]{2,50}")
_APPOSED = ("DET", "ADJ", "NOUN", "PROPN")
_WITHIN = ("ADJ", "NOUN", "PROPN", "PART", "NUM")
_POSSESSED = re.compile(r"\b(?:[Ii]ts|[Tt]heir) (?:[\w-]+ ){1,4}?(?:[\w-]+),? $")
_THEIRS = re.compile(r", (?:its|their) (?:[\w-]+ ){1,5}?[\w-]+[,.]")
_HIS = re.compile(r"\b(?:his|her) (?:own )?$")
_LEADS = re.compile(r",? (?:who|and) (?:leads|heads|chairs|runs|represents|speaks for) (?:the )?(?P<people>\w{4,}s)\b")
_WORKS_AT = re.compile(
    r",? who (?:runs|heads|leads|chairs|represents|speaks|negotiates|works|advises|sits|bargains|acts)\b[^,.;:]{2,60}"
)
_TITLED = re.compile(r"\b(?:Prime Minister|Foreign Minister|Minister|President|Chancellor|Premier)\b[^.;,]{0,60}$")
_OF_STATE = re.compile(
    r"\b(?:(?:prime|foreign|finance|defen[cs]e|justice|interior|home|trade|transport|energy|environment|labou?r|economy|"
    r"health|farm|agriculture|education|culture|business|commerce|infrastructure|treasury|principal)[ -]"
    r"(?:minister|secretary)|minister|premier|president|chancellor|head of state|supreme leader|secretary of state|"
    r"crown prince|defen[cs]e chief|top diplomat|PM)\b(?! of the\b)",
    re.IGNORECASE,
)
_ORGAN = re.compile(
    r"(?:the )?(?:(?P<owner>.+?)(?:['’]s?)? )?(?:(?:foreign|defen[cs]e|interior|finance|trade|transport|press|"
    r"negotiating|bargaining|executive|wage|private|prime minister['’]s) )?"
    r"(?P<organ>board|cabinet|committee|council|delegation|executive|leadership|negotiators|team|government|ministry|office|side|camp|management|PM|premier|presidency)$",
    re.IGNORECASE,
)
_UNIONS = ("European Union", "African Union")  # whose commission is "the Commission"
_OF_THE_LAND = frozenset({"government", "ministry", "cabinet", "pm", "premier", "presidency"})
_OWNED = re.compile(r"(?:his|her|its|their) ", re.IGNORECASE)
_OWNED_OFFICE = re.compile(r"(?:(?P<owner>[A-Z][\w-]+)['’]s?|[Tt]heir|[Hh]is|[Hh]er|[Ii]ts) ")
_LEADS_ONE = re.compile(
    r"(?:Chief|Boss|Leader|Supremo|Chair(?:man|woman)?|General Secretary|Secretary|Head|Adviser|Advisor|Negotiator|"
    r"Envoy|Number two|No\.? 2|Deputy|Spokes(?:man|woman|person)) ",
    re.IGNORECASE,
)
_DESCRIPTION = 60  # code points: a longer one tells what somebody does, not whose he is
_PRONOUNS = frozenset(["he", "him", "his", "she", "her", "hers", "they", "them", "their", "who", "whose", "it", "its"])
OFFICES = re.compile(
    r"\b(?:ministry|embassy|office|government|parliament|army|department|delegation|ambassador|minister|president|premier|"
    r"chancellor|secretary|foreign|presidency|cabinet|officials?|envoy|navy|negotiators?|diplomat|spokes\w+|prime)\b",
    re.IGNORECASE,
)


def side_beside(actor: Source, draft: Draft) -> tuple[str, ...]:
    """The body named in a description beside a mention: "Musa Jaddo, its adviser", "Slavica Ristovski (Serb List)"."""
    told = _told_beside(draft)
    if id(actor) not in told:  # a hash of the actor would go through all its mentions
        told[id(actor)] = actor, _beside(actor, draft)
    return told[id(actor)][1]


@lru_cache(maxsize=2)
def _told_beside(draft: Draft) -> dict[int, tuple[Source, tuple[str, ...]]]:
    """What was found beside the mentions of each actor, by its identity; the actor is kept, so that no other has it."""
    return {}


def _beside(actor: Source, draft: Draft) -> tuple[str, ...]:
    named = [m for m in actor.mentions if m.of(draft.parse.text).casefold() not in _PRONOUNS]
    for rules in ((_apposed, _before, _inside, _owned, _possessed), (_possesses, _led, _called, _titled)):
        for mention in named:
            for rule in rules:
                bodies = rule(mention, draft)
                if bodies:
                    return bodies[:1]
    return ()


def side_of_office(actor: Source, draft: Draft) -> tuple[str, ...]:
    """The country of a minister in his own ministry's paper: whoever publishes it calls him just "the minister"."""
    outlet = draft.document.outlet or ""
    if actor.kind is not SourceKind.PERSON or not OFFICES.search(outlet):
        return ()
    text = draft.parse.text
    titled = any(_TITLED.search(text[max(0, m.start - 60) : m.start] + m.of(text)) for m in actor.mentions)
    return nation_of(outlet) if titled else ()


def side_of_land(actor: Source, draft: Draft) -> tuple[str, ...]:
    """The country of somebody in an office of state that names none: one just spoken of, else the article's own."""
    text = draft.parse.text
    if actor.kind is not SourceKind.PERSON:
        return ()
    for mention in actor.mentions:
        titled = _OF_STATE.search(mention.of(text)) or _OF_STATE.search(
            text[max(0, mention.start - 24) : mention.start]
        )
        sentence = draft.parse.sentence_at(mention.start) if titled else None
        owned = _OWNED_OFFICE.match(mention.of(text))
        if sentence is not None and owned is not None:
            return (owned["owner"],) if owned["owner"] else ()
        if sentence is not None:
            land = land_at(mention.start, draft)
            return side_of_body(land, draft) if land is not None else ()
    return ()


def side_of_organ(actor: Source, draft: Draft) -> tuple[str, ...]:
    """The body or country whose organ speaks: "Ostmark's cabinet", "Tamworth board"; "the government": one's own."""
    match = _ORGAN.match(actor.name)
    if actor.name == "Commission":
        unions = [a for a in draft.mentions.actors if a.name in _UNIONS]
        return (max(unions, key=lambda a: len(a.mentions)).name,) if unions else ()
    if match is None:
        return ()
    owner = match["owner"]
    if owner is None:
        if match["organ"].casefold() not in _OF_THE_LAND:
            return ()
        land = land_at(actor.mentions[0].start, draft) if actor.mentions else home_of(draft)
        return side_of_body(land, draft) if land is not None else ()
    words = words_of(owner)
    for other in draft.mentions.actors:
        if other is not actor and other.kind in BODIES and other.named and words <= words_of(other.name):
            return side_of_body(other, draft) if not _ORGAN.match(other.name) else ()
    return nation_of(owner)


def side_by_words(actor: Source, draft: Draft) -> tuple[str, ...]:
    """The body of which somebody tells what it will do or not: "the government would accept six years", he said."""
    return _spoken_for(draft).get(actor.name, ()) if actor.kind is SourceKind.PERSON else ()


@lru_cache(maxsize=2)
def _spoken_for(draft: Draft) -> dict[str, tuple[str, ...]]:
    """The body that each speaker says most often acts on its own account."""
    names = {s.id: s.name for s in draft.sources}
    told: dict[str, Counter[tuple[str, ...]]] = {}
    for statement in draft.statements:
        body = _acting_body(statement, draft) if statement.chain else None
        if body is not None:
            told.setdefault(names.get(statement.chain[-1], ""), Counter()).update([side_of_body(body, draft)])
    return {name: most.most_common(1)[0][0] for name, most in told.items()}


def _acting_body(statement: Statement, draft: Draft) -> Source | None:
    """The body that opens what is said, with a verb behind it."""
    text, content = draft.parse.text, hull(statement.content)
    colon = text.find(": ", content.start, content.end - 4)
    content = Span(colon + 2, content.end) if colon >= 0 else content
    first = next(((m, a) for m, a in draft.mentions.mentions_in(content)), None)
    if first is None or first[1].kind not in BODIES or len(text[content.start : first[0].start].strip(' "“‘')) > 4:
        return None
    tokens = draft.parse.tokens_in(Span(first[0].end, content.end)) if first[0].end < content.end else ()
    verb = next((t for t in tokens if not t.is_punct and t.pos_ != "ADV"), None)
    if verb is None or verb.pos_ not in ("VERB", "AUX") or verb.lower_ == "had":  # "Baku had promised": of another
        return None
    own = statement.act in _OWN_ACTS or stance_at(text[place(verb).start : content.end]) is not None
    return first[1] if own else None


def bodies_in(span: Span, draft: Draft) -> tuple[str, ...]:
    """The parties that the bodies named in a span stand for."""
    found = [a for a in draft.mentions.actors_in(span) if is_body(a)]
    return tuple(dict.fromkeys(p for a in found for p in side_of_body(a, draft)))


def side_of_body(actor: Source, draft: Draft) -> tuple[str, ...]:
    """The party of a body, or that party's own; itself where it has none."""
    own = split_joint(actor.party, draft) if actor.party is not None else (actor.name,) if actor.named else ()
    return tuple(p for party in own for p in root_of(party, draft))


def root_of(party: str, draft: Draft) -> tuple[str, ...]:
    """The party of a party where the article gives one: of an organ the body or country whose organ it is."""
    actor = next((a for a in draft.mentions.actors if a.name == party), None)
    if actor is not None and actor.party and actor.party != party:
        return split_joint(actor.party, draft)
    if actor is not None and actor.kind in BODIES and (whole := side_of_organ(actor, draft)):
        return whole
    return (party,)


def split_joint(name: str, draft: Draft) -> tuple[str, ...]:
    """The names in a joint one such as "Turkey and Greece"; a body with an "and" in its name stays whole."""
    parts = tuple(name.split(" and "))
    known = {a.name for a in draft.mentions.actors}
    told = sum(part in known or bool(nation_of(part)) for part in parts)
    return parts if len(parts) > 1 and 2 * told >= len(parts) else (name,)


def _apposed(mention: Span, draft: Draft) -> tuple[str, ...]:
    """What stands behind the name: a description after a comma, a party in brackets, "of the union"."""
    match = _AFTER.match(draft.parse.text, mention.end)
    if match is None:
        return ()
    if match.group().startswith(", "):
        first = next((t for t in draft.parse.tokens_in(Span(match.start(), match.end())) if not t.is_punct), None)
        poss = first is not None and first.tag_ == "PRP$"
        if first is None or not (first.pos_ in _APPOSED or poss) or first.lower_ in ("as", "according", "both"):
            return ()
    return bodies_in(Span(mention.end, match.end()), draft)


def _before(mention: Span, draft: Draft) -> tuple[str, ...]:
    """What stands before the name in one noun phrase: "Egypt's intelligence chief, Sherif el-Deeb"."""
    text = draft.parse.text
    if mention.start < 5:
        return ()
    for body, actor in draft.mentions.mentions_in(Span(max(0, mention.start - 70), mention.start)):
        gap = text[body.end : mention.start]
        tokens = draft.parse.tokens_in(Span(body.end, mention.start)) if is_body(actor) and gap.strip() else ()
        told = [t for t in tokens if not t.is_punct and place(t).start >= body.end]
        if told and all(t.pos_ in _WITHIN for t in told) and gap.rstrip(" ,").count(",") == 0 and "." not in gap:
            return side_of_body(actor, draft)
    return ()


def _inside(mention: Span, draft: Draft) -> tuple[str, ...]:
    """The body in a description: "the Ohio Basin boss"."""
    words = mention.of(draft.parse.text)
    described = words[:1].islower() or words.startswith("The ") or re.match(r"[^a-z][\w ]*['’]s? ", words) is not None
    return bodies_in(mention, draft)[:1] if described and len(words) < _DESCRIPTION else ()


def _owned(mention: Span, draft: Draft) -> tuple[str, ...]:
    """The side of whoever "his" means in "his spokesman"."""
    if not _OWNED.match(mention.of(draft.parse.text)):
        return ()
    inside = [a for m, a in draft.mentions.mentions_in(mention) if m.end < mention.end and m.start == mention.start]
    if not inside or inside[0].kind in BODIES:
        return side_of_body(inside[0], draft) if inside else ()
    if inside[0].party:
        return (inside[0].party,)
    named = [m for m in inside[0].mentions if m.of(draft.parse.text)[:1].isupper() and not mention.meets(m)]
    return next((found for m in named for rule in (_apposed, _before) if (found := rule(m, draft)[:1])), ())


def _possessed(mention: Span, draft: Draft) -> tuple[str, ...]:
    """The body that "its" stands for in "its deputy leader, Nidal Hasira": the last one named before."""
    text = draft.parse.text
    match = _POSSESSED.search(text[: mention.start], max(0, mention.start - 60))
    return _last_body(match.start(), draft) if match is not None else ()


def _last_body(at: int, draft: Draft) -> tuple[str, ...]:
    before = draft.mentions.mentions_in(Span(max(0, at - 300), at)) if at > 0 else ()
    bodies = [a for _, a in before if a.kind in BODIES]
    return side_of_body(bodies[-1], draft) if bodies else ()


def _possesses(mention: Span, draft: Draft) -> tuple[str, ...]:
    """The body that a description after the name owns up to: "Petros Drakos, their negotiator", "38,000 of his RMT"."""
    text, sentence = draft.parse.text, draft.parse.sentence_at(mention.start)
    if sentence is None:
        return ()
    if _THEIRS.match(text, mention.end):
        return _last_body(mention.start, draft)
    if sentence.span.end <= mention.end:
        return ()
    for body, actor in draft.mentions.mentions_in(Span(mention.end, sentence.span.end)):
        if actor.kind is SourceKind.ORGANISATION and _HIS.search(text, max(mention.end, body.start - 12), body.start):
            return side_of_body(actor, draft)
    return ()


def _led(mention: Span, draft: Draft) -> tuple[str, ...]:
    """The body whose name holds the people that a description names: "who leads the signallers"."""
    works = _WORKS_AT.match(draft.parse.text, mention.end)
    bodies = bodies_in(Span(mention.end, works.end()), draft) if works is not None else ()
    match = _LEADS.match(draft.parse.text, mention.end)
    if match is None or bodies:
        return bodies
    stem = match["people"].casefold().rstrip("s")
    for actor in draft.mentions.actors:
        if actor.kind is SourceKind.ORGANISATION and actor.named and stem in actor.name.casefold():
            return side_of_body(actor, draft)
    return ()


def _called(mention: Span, draft: Draft) -> tuple[str, ...]:
    """The body that a noun in a description fits: "union supremo Dolores Kaczmarczyk", "an alliance insider"."""
    before = Span(max(0, mention.start - 30), mention.end)
    for token in reversed(draft.parse.tokens_in(before)):
        apart = token.pos_ not in _WITHIN and not (token.text == "," and place(token).end > mention.start - 2)
        if apart and place(token).end <= mention.start:
            break
        if token.pos_ == "NOUN" and token.dep_ in ("compound", "poss") and _is_body(token.lemma_):
            body = body_called(token.lemma_, mention.start, draft)
            if body is not None:
                return side_of_body(body, draft)
    return ()


@lru_cache(maxsize=256)
def _is_body(noun: str) -> bool:
    """Whether a common noun names a kind of body."""
    return bool({"organisation", "government"} & load_lexicon("en").nouns.get(noun.casefold(), frozenset()))


def _titled(mention: Span, draft: Draft) -> tuple[str, ...]:
    """The last body named before somebody whose bare title says that he leads one: "Chief Marlon Deeks says"."""
    text = draft.parse.text
    if not _LEADS_ONE.match(text, mention.start) and not _LEADS_ONE.search(
        text[max(0, mention.start - 14) : mention.start]
    ):
        return ()
    near = draft.mentions.mentions_in(Span(max(0, mention.start - 160), mention.start)) if mention.start else ()
    bodies = [a for _, a in near if a.kind is SourceKind.ORGANISATION and a.named]
    return side_of_body(bodies[-1], draft) if bodies else ()
