"""Reading a sentence's mentions in order: names are noted, descriptions and pronouns resolved by what came before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Token

from reportedly.reading.coreference import PRONOUNS, Discourse, read_pronoun
from reportedly.reading.mentions_actors import Actor
from reportedly.reading.mentions_bodies import add_unknown, find_called_body, find_outlet, find_press
from reportedly.reading.mentions_names import Name
from reportedly.reading.mentions_papers import find_paper, find_thing
from reportedly.reading.mentions_people import find_epithet, find_group, find_office, find_part, find_unnamed
from reportedly.reading.mentions_sides import read_both, side_of
from reportedly.reading.parse import Sentence, place
from reportedly.reading.roster import Sort
from reportedly.reading.unnamed import Phrase, find_phrases
from reportedly.records import SourceKind, Span

_PEOPLE = frozenset({SourceKind.PERSON, SourceKind.UNNAMED})
_BODIES = (SourceKind.ORGANISATION, SourceKind.GOVERNMENT, SourceKind.OUTLET)
_LEADS = re.compile(
    r"( of|, (of|from|for|who (leads|heads|chairs|runs|represents|speaks for|negotiates for|is leading|led|founded)|"
    r"(leader|head|president|chairman|chairwoman|chair|secretary) of)) (the )?"
)
_AGE = re.compile(r"\b(\d\d)-year-old\b")


@dataclass(frozen=True, slots=True)
class _Event:
    """Something to resolve, at its place in the text: a name, a description, or else a pronoun."""

    at: int
    order: int
    name: Name | None = None
    phrase: Phrase | None = None
    token: Token | None = None


def read_sentence(sentence: Sentence, names: list[Name], talk: Discourse) -> None:
    """Resolve what a sentence mentions, in the order of its words. `names` are its names, of whatever kind."""
    talk.names = [name for name in names if name.span in talk.cast.at]
    things = [name.span for name in names]
    phrases = [p for p in find_phrases(sentence, talk.cast.lexicon) if not _within_name(p, things)]
    talk.phrases = phrases
    for event in sorted(_events(sentence, phrases, talk), key=lambda e: (e.at, e.order)):
        if event.name is not None:
            _read_name(event.name, sentence.index, talk)
        elif event.phrase is not None:
            _read_phrase(event.phrase, talk)
        elif event.token is not None:
            _read_pronoun(event.token, sentence.index, talk)
    _read_ages(sentence, talk)
    _read_joint(phrases, talk)


def _events(sentence: Sentence, phrases: list[Phrase], talk: Discourse) -> Iterator[_Event]:
    for name in talk.names:
        yield _Event(name.span.start, 0, name=name)
    for phrase in phrases:
        late = phrase.partitive and "part" in phrase.sorts  # whose part they are comes behind
        yield _Event(phrase.span.end if late else phrase.core.end, 3 if late else 1, phrase=phrase)
    own = talk.cast.lexicon.lists["outlets"]["own"]
    for token in sentence.tokens:
        if token.lower_ in PRONOUNS or token.lower_ in own:
            yield _Event(place(token).start, 2, token=token)


def _within_name(phrase: Phrase, names: list[Span]) -> bool:
    head = place(phrase.head)
    return any(name.meets(head) for name in names)


def _read_name(name: Name, sentence: int, talk: Discourse) -> None:
    actor = talk.cast.at[name.span]
    if name.known is not None and name.known.sort is Sort.ADJECTIVE and (one := _compatriot(name, actor, talk)):
        talk.cast.move(name.span, one)
        actor = one
    talk.note(actor, name.span, sentence=sentence, token=_root(name))
    if actor.kind is SourceKind.PERSON and actor.party is None:
        actor.party = _party_beside(name, actor, talk)


def _root(name: Name) -> Token:
    """The word by which the name hangs on the rest of the sentence."""
    first, last = name.first.token.i, name.last.token.i
    for token in name.first.token.doc[first : last + 1]:
        if not first <= token.head.i <= last:
            return token
    return name.last.token


def _party_beside(name: Name, person: Actor, talk: Discourse) -> str | None:
    """ "Somali Foreign Minister Ali Omar", "Ann Lee, of the Signallers' Association", "Ann Lee, who leads the NURC"."""
    text = talk.cast.text
    for other in talk.names:
        actor = talk.cast.at[other.span]
        if actor.kind not in _BODIES[:2]:
            continue
        before = other.span.end <= name.begin and text[other.span.end : name.begin].strip() in ("", "'s", "’s")
        after = other.span.start > name.span.end and _LEADS.match(text, name.span.end)
        if after and after[0].startswith(" of") and actor.kind is not SourceKind.ORGANISATION:
            continue  # "Norvalia of Japan"
        if (before and name.titles) or (after and other.span.start - after.end() < 6):
            return actor.side
    return None


def _compatriot(name: Name, nation: Actor, talk: Discourse) -> Actor | None:
    """ "The Norwegian": somebody of that country spoken of before, where no noun follows."""
    token = name.last.token
    if not name.article or token.i + 1 >= len(token.doc) or name.words[-1].endswith("ch"):
        return None
    if token.nbor(1).pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or token.nbor(1).text in ("-", "’", "'s"):
        return None
    for actor in talk.back(_PEOPLE):
        if not actor.plural and actor.party == nation.name:
            return actor
    return None


def _read_pronoun(token: Token, sentence: int, talk: Discourse) -> None:
    if token.lower_ in PRONOUNS:
        read_pronoun(token, sentence, talk)
        return
    span = place(token)
    if talk.publisher is not None and not talk.in_quotes(span.start) and token.text != "US":
        talk.cast.mention(talk.publisher, span)


def _read_phrase(phrase: Phrase, talk: Discourse) -> None:
    beside = _beside(phrase, talk)
    if beside is not None:
        _learn(beside, phrase, talk)
        return
    if phrase.plural and read_both(phrase, talk):
        return
    actor = _resolve(phrase, talk)
    if actor is not None:
        span = phrase.core if actor.kind is SourceKind.OUTLET else phrase.span
        talk.cast.mention(actor, span)
        talk.note(actor, span, sentence=phrase.sentence, token=phrase.head)


def _resolve(phrase: Phrase, talk: Discourse) -> Actor | None:
    """The actor a description means: an earlier one, a new one, or nobody that could be a source."""
    sorts = phrase.sorts
    if "part" in sorts:
        return find_part(phrase, talk)
    if "outlet" in sorts:
        found = find_press(phrase, talk) or (find_outlet(phrase, talk) if phrase.definite else None)
        if found is not None:
            return found
    if "document" in sorts:
        return find_paper(phrase, talk)
    if "thing" in sorts:
        return find_thing(phrase, talk)
    if sorts & {"organisation", "government"} and not phrase.plural and (found := find_called_body(phrase, talk)):
        return found
    return _resolve_people(phrase, talk)


def _resolve_people(phrase: Phrase, talk: Discourse) -> Actor | None:
    sorts = phrase.sorts
    single = phrase.known and not phrase.plural
    if "office" in sorts and single and phrase.ordinal is None:
        return find_office(phrase, talk)
    if "epithet" in sorts and single and (found := find_epithet(phrase, talk)):
        return found
    if "group" in sorts and phrase.plural and phrase.at_least and not _is_close(phrase, talk):
        return find_group(phrase, talk)
    counted = "group" in sorts and phrase.plural and not phrase.at_least
    if sorts & {"unnamed", "office"} or counted:
        return find_unnamed(phrase, talk)
    if sorts & {"organisation", "government"} and phrase.plural:
        return add_unknown(phrase, talk)
    return None


def _is_close(phrase: Phrase, talk: Discourse) -> bool:
    """Whether they are sources after all: "people familiar with the matter", "the members"."""
    if "unnamed" not in phrase.sorts:
        return False
    after = talk.cast.text[phrase.core.end : phrase.span.end].split()[:2]
    return phrase.definite or bool(set(after) & set(talk.cast.lexicon.lists["parts"]["close"]))


def _beside(phrase: Phrase, talk: Discourse) -> Actor | None:
    """Whom a description stands beside: "Marit Solbakk, the UN envoy", "US envoy Carter Boyle"."""
    if talk.cast.text[phrase.core.start : phrase.core.end].casefold().startswith("this "):
        return None
    if phrase.plural or "part" in phrase.sorts or ("document" in phrase.sorts and "outlet" not in phrase.sorts):
        return None
    for name in talk.names:
        actor = talk.cast.at[name.span]
        if _may_be(phrase, actor) and (_after(name, phrase, talk) or _before(name, phrase, talk)):
            return actor
    return None


def _may_be(phrase: Phrase, actor: Actor) -> bool:
    people = phrase.sorts & {"unnamed", "office", "epithet"}
    bodies = phrase.sorts & {"organisation", "government", "outlet"}
    if actor.kind is SourceKind.PERSON:
        return bool(people)
    return actor.kind in _BODIES and bool(bodies) and actor.sort in (None, Sort.OUTLET, Sort.BODY)


def _after(name: Name, phrase: Phrase, talk: Discourse) -> bool:
    """Name first: "Hatim Surur, 61, the army's second man"."""
    if name.span.end > phrase.span.start:
        return False
    gap = talk.cast.text[name.span.end : phrase.span.start].strip()
    if gap in (",", "–", "—", "("):
        return phrase.head.dep_ not in ("nsubj", "nsubjpass") or _closed(phrase, talk)
    return gap.startswith(",") and gap.strip(" ,").isdigit()


def _closed(phrase: Phrase, talk: Discourse) -> bool:
    return talk.cast.text[phrase.span.end : phrase.span.end + 1] in (",", "–", ")", ".")


def _before(name: Name, phrase: Phrase, talk: Discourse) -> bool:
    """Description first: "US envoy Carter Boyle", "its deputy leader, Nidal Abu Hasira"."""
    text = talk.cast.text
    if phrase.core.end <= name.span.start and text[phrase.core.end : name.span.start] == " ":
        return True
    gap = text[phrase.span.end : name.span.start] if phrase.span.end <= name.span.start else ""
    closed = text[name.span.end : name.span.end + 1] in (",", ".", ";", ":", ")", "")
    return gap == ", " and (closed or (phrase.known and text[name.span.end] in " ’'"))


def _learn(actor: Actor, phrase: Phrase, talk: Discourse) -> None:
    """Keep what an apposition tells: what somebody is, and for whom."""
    actor.roles |= {phrase.noun, phrase.title, *phrase.modifiers}
    talk.cast.mention(actor, phrase.span)
    if actor.kind is SourceKind.PERSON and actor.party is None:
        side = side_of(phrase, talk)
        actor.party = side if side != actor.name else None


def _read_ages(sentence: Sentence, talk: Discourse) -> None:
    """ "The 61-year-old": the last person named, or whose age has been given."""
    for match in _AGE.finditer(talk.cast.text, sentence.span.start, sentence.span.end):
        before = talk.cast.text[max(0, match.start() - 4) : match.start()].casefold()
        person = next(talk.back(frozenset({SourceKind.PERSON})), None)
        if before == "the " and person is not None:
            span = Span(match.start() - 4, match.end())
            talk.cast.mention(person, span)
            talk.note(person, span, sentence=sentence.index, token=sentence.tokens.root)


def _read_joint(phrases: list[Phrase], talk: Discourse) -> None:
    """ "Two diplomats and an official": together they are three."""
    for one, two in pairwise(phrases):
        gap = talk.cast.text[one.span.end : two.span.start] if one.span.end < two.span.start else ""
        actors = [talk.cast.at.get(p.span) for p in (one, two)]
        if gap.strip() != "and" or not all(a is not None and a.kind is SourceKind.UNNAMED for a in actors):
            continue
        count = one.count + two.count
        span = Span(one.span.start, two.span.end)
        if (same := _counted_before(span, count, talk)) is not None:
            talk.cast.mention(same, span)
            talk.note(same, span, sentence=one.sentence, token=one.head)
            continue
        wording = f"{one.name} and {talk.cast.text[two.span.start : two.span.end]}"
        joint = Actor(wording, SourceKind.UNNAMED, named=False, count=count)
        joint.at_least = one.at_least or two.at_least
        joint.roles = {role for actor in actors if actor is not None for role in actor.roles}
        talk.cast.mention(talk.cast.add(joint), span)
        talk.note(joint, span, sentence=one.sentence, token=one.head)


def _counted_before(span: Span, count: int, talk: Discourse) -> Actor | None:
    """ "The three, a diplomat and two lawyers": those counted right before the comma, who are told apart behind it."""
    for heard in reversed(talk.heard[-8:]):
        if heard.span.end < span.start and talk.cast.text[heard.span.end : span.start] == ", ":
            same = heard.actor.count == count and not heard.actor.at_least
            return heard.actor if same and heard.actor.kind is SourceKind.UNNAMED else None
    return None
