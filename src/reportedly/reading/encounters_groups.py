"""Whom a group stands for ("both sides", "the two leaders", "the unions"), and who was just told to have spoken."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from reportedly.reading.actors import merged, parties_of
from reportedly.reading.draft import Draft
from reportedly.reading.encounters_antecedents import mediators, named_before, named_in_pairs, side_by_side
from reportedly.reading.language import load_lists
from reportedly.reading.positions_parties import sides_of
from reportedly.records import Source, SourceKind, Span, Statement

_BODIES = (SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
_NEAR = 400  # code points between a report of what one told another and the meeting where he did
_BEFORE = 40  # code points before a name in which its office stands
_OFFICE = re.compile(
    r"\b(?:envoy|ambassador|chief|negotiator|commissioner|counterpart|opposite number|adviser|governor|general|"
    r"director)(?: (?:in|at|for|on) .*)?$"
)
_OWNED = re.compile(r"(?:its|his|her|their)\s", re.I)
_OF_WHOM = re.compile(
    r"\s(?:of|from)\s(?!(?:both|either|each|all|the two) (?:sides?|part(?:y|ies)|camps?|delegations)\b)"
)  # "the leaders of India and Mexico"
_NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6, "all": 6, "everybody": 6, "everyone": 6}


def find_groups(clause: Span, draft: Draft, language: str = "en") -> list[tuple[Span, tuple[str, ...]]]:
    """Each group that a clause names, where it stands, and whom it stands for."""
    out: list[tuple[Span, tuple[str, ...]]] = []
    text = clause.of(draft.parse.text)
    for name, pattern in _patterns(language):
        for match in pattern.finditer(text):
            span = Span(clause.start + match.start(), clause.start + match.end())
            if name == "people" and _OF_WHOM.match(text, match.end()):
                continue
            members = _members(name, span, draft)
            if members and not any(span.meets(other) for other, _ in out):
                out.append((span, members))
    return out


def _members(name: str, span: Span, draft: Draft) -> tuple[str, ...]:
    words = span.of(draft.parse.text).casefold()
    count = _count(words)
    if name == "makers":
        makers = next((p.authors for p in draft.plans if len(p.authors) > 1), ())
        return makers if "mediators" in words or len(makers) == count > 2 else ()
    makers = next((p.authors for p in draft.plans if len(p.authors) == count > 2), ())
    if name == "parties" and makers:
        return makers  # "envoys of the four"
    if name == "parties":
        return leading_parties(draft, count=count, called=words)
    just_named = () if _office(words) else named_before(span, draft, count=count, kinds=(SourceKind.PERSON,))
    if just_named or words == "they":
        return just_named
    return leading_people(draft, count=count, called=words)


def _count(words: str) -> int:
    alone = 1 if re.search(r"\bunion$", words) else 2
    return next((n for word, n in _NUMBERS.items() if re.search(rf"\b{word}\b", words, re.I)), alone)


def leading_parties(draft: Draft, *, count: int = 2, called: str = "") -> tuple[str, ...]:
    """The parties between whom it is: those that give and get most, without whoever mediates.

    Authors of a plan are taken for mediators where two others give and get. `called` is the group's name: "unions" are
    bodies with such a name, "governments" are governments. Where terms tell nothing, those that speak most.
    """
    wanted = _called(called, draft)
    if wanted is not None and (len(wanted) > 1 or "union" in called):
        return wanted[:1] if count == 1 else wanted[: max(count, 2)]
    tally: Counter[str] = Counter()
    for term in draft.terms:
        tally.update((*term.gives, *term.gets))
    for name, times in side_by_side(draft, between=True).items():
        tally[name] += 3 * times
    for name in mediators(draft):
        del tally[name]
    authors = {author for plan in draft.plans for author in plan.authors}
    ranked = [name for name, n in tally.most_common() if n > 1 and _is_party(name, draft)]
    apart = [name for name in ranked if name not in authors]
    chosen = apart if len(apart) > 1 and 2 * tally[apart[1]] >= tally[ranked[0]] else ranked
    if len(chosen) < 2:
        chosen = [*chosen, *(name for name in _speaking(draft, tally) if name not in chosen)]
    return tuple(chosen[:count])


def _is_party(name: str, draft: Draft) -> bool:
    known = [a for a in draft.mentions.actors if a.name == name]
    if name.endswith(" staff"):
        return False
    return not known or any(a.named and a.kind in (*_BODIES, SourceKind.PERSON) for a in known)


def _speaking(draft: Draft, tally: Counter[str]) -> list[str]:
    beside = side_by_side(draft, between=False)
    heard = tally + _heard(draft) + beside + beside
    if not heard:
        heard.update({a.name: len(a.mentions) for a in draft.mentions.actors if a.kind is SourceKind.GOVERNMENT})
    aside = mediators(draft)
    return [name for name, _ in heard.most_common() if not name.endswith(" staff") and name not in aside]


@lru_cache(maxsize=2)
def _heard(draft: Draft) -> Counter[str]:
    """How often each party is the last source of a statement; worked out once an article."""
    sources = {s.id: s for s in draft.sources}
    last = (sources.get(statement.chain[-1]) for statement in draft.statements if statement.chain)
    speakers = Counter(source.id for source in last if source is not None and source.kind is not SourceKind.OUTLET)
    heard: Counter[str] = Counter()
    for id, times in speakers.items():
        heard.update(dict.fromkeys(sides_of(sources[id], draft), times))
    return heard


def _called(words: str, draft: Draft) -> tuple[str, ...] | None:
    """Bodies that a common noun fits by their names or their kind, the most mentioned first; None for no such noun."""
    kinds = load_lists("en", "encounters")["called"]
    noun = next((noun for noun in kinds if re.search(rf"\b{noun}\b", words)), None)
    if noun is None:
        return None
    fits = re.compile(kinds[noun], re.I) if kinds[noun] else None
    bodies = [a for a in draft.mentions.actors if a.named and a.kind in _BODIES and (fits or len(a.mentions) > 1)]
    found = [a for a in bodies if (fits.search(a.name) if fits else a.kind is SourceKind.GOVERNMENT)]
    authors = {author for plan in draft.plans for author in plan.authors}
    apart = [a for a in found if a.name not in authors]
    found = apart if len(apart) > 1 else found
    return merged(a.name for a in sorted(found, key=lambda a: -len(a.mentions)))


def leading_people(draft: Draft, *, count: int = 2, called: str = "") -> tuple[str, ...]:
    """The named people who are mentioned most, one of each party first; of "presidents" and "envoys" only such."""
    people = [a for a in draft.mentions.actors if a.kind is SourceKind.PERSON and a.named]
    office = _office(called)
    fitting = [a for a in people if office and _is_called(a, re.compile(office, re.I), draft)]
    names = {a.name for a in fitting or people}
    pair = next((pair for pair in named_in_pairs(draft) if set(pair) <= names), ())
    if pair and count == len(pair):
        return pair
    chosen = _one_each(fitting, count, partied=False)
    if len(chosen) > 1:
        return chosen
    return _one_each(people, count, partied=True) or (_one_each(people, count, partied=False) if count > 2 else ())


def _office(called: str) -> str | None:
    """A pattern of the office by which a group is called; None for "they" and the like."""
    offices: dict[str, str] = load_lists("en", "encounters")["offices"]
    return next((offices[noun] for noun in offices if re.search(rf"\b{noun}\b", called)), None)


def _one_each(people: list[Source], count: int, *, partied: bool) -> tuple[str, ...]:
    out: dict[str, str] = {}
    for actor in sorted(people, key=lambda a: -len(a.mentions)):
        if actor.party or not partied:
            out.setdefault(actor.party or actor.name, actor.name)
    return tuple(out.values())[:count]


def _is_called(actor: Source, office: re.Pattern[str], draft: Draft) -> bool:
    """Whether an office stands in his name, in a mention, or right before or after one."""
    text = draft.parse.text
    if office.search(actor.name):
        return True
    for mention in actor.mentions:
        words = mention.of(text)
        if office.search(words):
            return True
        before = re.split(r"[.;,:]", text[max(0, mention.start - _BEFORE) : mention.start])[-1]
        after = re.match(r",\s[^.;,:]{0,50}", text[mention.end : mention.end + 60])
        if words[:1].isupper() and (re.search(rf"{office.pattern}\s$", before, re.I) or _follows(after, office)):
            return True
    return False


def _follows(after: re.Match[str] | None, office: re.Pattern[str]) -> bool:
    return after is not None and office.search(after.group()) is not None


def told_pair(at: Span, draft: Draft) -> tuple[str, ...]:
    """Speaker and hearer of the last report before a place of what one told another, if it is near."""
    for statement in reversed(draft.statements):
        end = max((part.end for part in (*statement.content, *statement.cue)), default=at.end)
        if end <= at.start and at.start - end < _NEAR and statement.addressee:
            pair = _pair(statement, draft)
            if len(pair) == 2:
                return pair
    return ()


def _pair(statement: Statement, draft: Draft) -> tuple[str, ...]:
    ends = (statement.source, statement.addressee)
    actors = [draft.mentions.actor_at(spans[0]) for spans in ends if spans]
    kinds = (*_BODIES, SourceKind.PERSON)
    return merged(a.name for a in actors if a is not None and a.named and a.kind in kinds)


def sides_at(name: str, draft: Draft) -> tuple[str, ...]:
    """The party or parties that a participant stands for."""
    actor = next((a for a in draft.mentions.actors if a.name == name), None)
    return parties_of(actor) if actor is not None else (name,)


def known_by(name: str, draft: Draft) -> str:
    """The name by which a participant is known: of somebody called only by his office, the body that he speaks for."""
    actor = next((a for a in draft.mentions.actors if a.name == name), None)
    if actor is not None and _OWNED.match(name):
        return _owner(actor, draft) or name
    if actor is None or actor.kind is not SourceKind.PERSON or not _OFFICE.search(name):
        return name
    held = re.match(r"(.+?)['’]s? ", name)
    own = next((a.name for a in draft.mentions.actors if held and a.name == held[1] and a.kind in _BODIES), None)
    return own or next(iter(sides_of(actor, draft)), name)


def _owner(actor: Source, draft: Draft) -> str | None:
    """Whose man somebody is who has no other name: of "its chairman" the company."""
    for mention in actor.mentions:
        for word, owner in draft.mentions.mentions_in(mention):
            if word != mention and owner.named and _OWNED.fullmatch(word.of(draft.parse.text) + " "):
                return owner.name
    return None


@lru_cache(maxsize=4)
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    groups = load_lists(language, "encounters")["groups"]
    return tuple(
        (name, re.compile(r"\b(?:" + "|".join(words) + r")\b", re.IGNORECASE)) for name, words in groups.items()
    )
