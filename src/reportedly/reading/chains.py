"""Chains: on whose word a statement reached the article, from the outlet down to the last source that it gives.

A chain is put together from what holds the statement (another statement), what it was told to or printed by (another
outlet), what it stands in (a letter, a readout), whom the speaker cites, and what earlier or later sentences say of
the same source. Where the text does not support a link, there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reportedly.reading.actors import Mentions
from reportedly.reading.chains_papers import holder_of, speaker_links, written_in
from reportedly.reading.clauses import children, subtree
from reportedly.reading.cues import load_cues
from reportedly.reading.parse import Parse, Sentence, place, place_all
from reportedly.reading.speakers import (
    Work,
    actor_of_noun,
    cue_verbs,
    is_publisher,
    sentence_of,
    source_heads,
    speaker_of,
)
from reportedly.records import Source, SourceKind, Span, Statement, hull

_CITING = frozenset({"cite", "quote"})
_THROUGH = frozenset({"in", "on", "to", "with", "by"})
_NAMELESS = frozenset({SourceKind.UNNAMED, SourceKind.GROUP, SourceKind.DOCUMENT})
LEAD_PARAGRAPHS = 4
"""How far into a piece a hearsay word may wait for the sentence that names its source."""
LOOK_AHEAD = 8
"""How many sentences on that sentence may stand."""


def find_chains(
    statements: Sequence[Statement], parse: Parse, mentions: Mentions
) -> tuple[tuple[Source, ...], tuple[Statement, ...]]:
    """The sources of the article and its statements with their chains, ids into those sources.

    The first link is always the publishing outlet, named "unknown outlet" where nobody knows it.
    """
    work = Work(
        parse, mentions, load_cues(parse.document.language), _outlet(parse, mentions), {s.id: s for s in statements}
    )
    for statement in statements:
        if not _is_hearsay(statement, work):
            _chain(statement, work)
    for statement in statements:
        _chain(statement, work)
    sources = tuple(dict.fromkeys([work.outlet, *(link for s in statements for link in work.chains[s.id])]))
    return sources, tuple(replace(s, chain=tuple(link.id for link in work.chains[s.id])) for s in statements)


def _outlet(parse: Parse, mentions: Mentions) -> Source:
    name = parse.document.outlet
    for actor in mentions.actors:
        if actor.kind is SourceKind.OUTLET and actor.name == name:
            return actor
    taken = {actor.id for actor in mentions.actors}
    free = "so0" if "so0" not in taken else "outlet"
    return Source(id=free, name=name or "unknown outlet", kind=SourceKind.OUTLET, named=name is not None)


def _chain(statement: Statement, work: Work) -> tuple[Source, ...]:
    if statement.id in work.chains:
        return work.chains[statement.id]
    work.chains[statement.id] = (work.outlet,)  # a statement that holds itself through its parents ends here
    links = (*_upstream(statement, work), *_own(statement, work))
    chain = _without_repeats((work.outlet, *links))
    work.chains[statement.id] = chain
    return chain


def _without_repeats(links: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(links))


def _upstream(statement: Statement, work: Work) -> tuple[Source, ...]:
    """What stands between the outlet and the speaker."""
    parent = work.by_id.get(statement.parent or "")
    held = _chain(parent, work)[1:] if parent is not None else ()
    via = _via(statement, work)
    if held or via:
        return (*held, *via)
    if _is_hearsay(statement, work):
        return _named_later(statement, work)
    return _same_voice(statement, work)


def _own(statement: Statement, work: Work) -> tuple[Source, ...]:
    """The document it stands in, the speaker, and whom the speaker cites."""
    speaker = speaker_of(statement, work)
    if speaker is None:
        return ()
    return (*written_in(statement, speaker, work), *speaker_links(statement, speaker, work), *_cited(statement, work))


def _via(statement: Statement, work: Work) -> tuple[Source, ...]:
    """The outlet that it was told to, if that is not the publisher."""
    for span in statement.addressee:
        told = work.mentions.actor_at(span)
        if told is not None and told.kind is SourceKind.OUTLET and not is_publisher(told, work):
            return (told,)
    for verb in cue_verbs(statement, work.parse):
        for prep in children(verb, "prep", "agent"):
            if prep.lower_ in _THROUGH and not any(c.holds(place(prep)) for c in statement.content):
                outlets = _outlets_in(place_all(subtree(prep)), work)
                if outlets and outlets[0] != speaker_of(statement, work):
                    return outlets
    speaker = speaker_of(statement, work)
    if speaker is not None and speaker.kind is SourceKind.UNNAMED:
        return _outlet_in(speaker, work)
    return ()


def _outlets_in(span: Span, work: Work) -> tuple[Source, ...]:
    """The first other outlet that a phrase names: "in an interview with Sky News", "on state television"."""
    outlets = [a for a in work.mentions.actors_in(span) if a.kind is SourceKind.OUTLET and not is_publisher(a, work)]
    return tuple(outlets[:1])


def _outlet_in(speaker: Source, work: Work) -> tuple[Source, ...]:
    """ "one of the Herald's trio", "three envoys who spoke to Reuters": the outlet that has them, in their own name."""
    for span in speaker.mentions:
        for _, actor in work.mentions.mentions_in(span):
            if actor.kind is SourceKind.OUTLET and not is_publisher(actor, work):
                return (actor,)
    return ()


def _cited(statement: Statement, work: Work) -> tuple[Source, ...]:
    """ "said, citing three diplomats", "Reuters, which cited X", "the agency, quoting the minister"."""
    heads = source_heads(statement, work.parse)
    verbs = [v for head in heads for v in head.children if v.lemma_ in _CITING]
    for cue in cue_verbs(statement, work.parse):
        first = min([cue.i, *(h.i for h in heads if h.doc is cue.doc)])
        near = cue.doc[first + 1 : cue.sent.end]
        verbs += [v for v in near if v.lemma_ in _CITING and v.tag_ == "VBG" and v.nbor(-1).text == ","]
    for verb in verbs:
        for noun in children(verb, "dobj", "pobj"):
            actor = actor_of_noun(noun, work)
            if actor is not None and actor != work.outlet:
                return (actor,)
    return ()


def _is_hearsay(statement: Statement, work: Work) -> bool:
    """Whether the cue itself says that it is on somebody else's word."""
    for span in statement.cue:
        tokens = list(work.parse.tokens_in(span))
        if not statement.source and tokens:
            return True
        if any((cue := work.cues.adverb(t.text)) is not None and cue.hearsay for t in tokens):
            return True
        if len(tokens) > 1 and any(t.dep_ == "auxpass" for t in tokens) and not statement.source:
            return True
    return False


def _named_later(statement: Statement, work: Work) -> tuple[Source, ...]:
    """The source that a later sentence names for what the lead has as hearsay; an earlier one, further down."""
    at = sentence_of(statement.cue, work.parse)
    if at is None:
        return ()
    ahead = LOOK_AHEAD if _depth(at, work.parse) < LEAD_PARAGRAPHS else 2
    return _first_sourcing(at, statement, work, ahead)


def _depth(sentence: Sentence, parse: Parse) -> int:
    """How many paragraphs into its piece a sentence stands."""
    first = next(p.index for p in parse.paragraphs if p.piece == sentence.piece)
    return sentence.paragraph.index - first


def _first_sourcing(at: Sentence, statement: Statement, work: Work, how_far: int) -> tuple[Source, ...]:
    """The first source that the sentences ahead name; an unnamed one of the same outlet, a little on, comes first."""
    found = list(_sourcing_ahead(at, statement, work, how_far))
    if not found:
        return ()
    closer = [o for o in found if len(o) > 1 and o[0] == found[0][0] and o[1].kind is SourceKind.UNNAMED]
    return closer[0] if closer and found[0][0].kind is SourceKind.OUTLET else found[0]


def _sourcing_ahead(at: Sentence, statement: Statement, work: Work, how_far: int) -> Iterator[tuple[Source, ...]]:
    ahead = [s for s in work.parse.sentences[at.index : at.index + how_far] if s.piece == at.piece]
    for sentence in ahead:
        for other in work.by_id.values():
            if other.id == statement.id or other.id not in work.chains:
                continue
            if other.source and sentence.span.holds(other.cue[0]) and (origin := _origin_part(work.chains[other.id])):
                yield origin
        if sentence.index != at.index and (told := _told_without_cue(sentence, work)):
            yield told


def _origin_part(chain: tuple[Source, ...]) -> tuple[Source, ...]:
    """The links after the publisher down to the first unnamed voice or paper; nothing where there is none."""
    out: list[Source] = []
    for link in chain[1:]:
        if link.kind in (SourceKind.OUTLET, SourceKind.UNNAMED) or (not out and link.kind is SourceKind.DOCUMENT):
            out.append(link)
        else:
            break
    return tuple(out)


def _told_without_cue(sentence: Sentence, work: Work) -> tuple[Source, ...]:
    """A sentence that names another outlet and people who are not named, whatever its verb."""
    actors = work.mentions.actors_in(sentence.span)
    outlets = [a for a in actors if a.kind is SourceKind.OUTLET and a != work.outlet]
    unnamed = [a for a in actors if a.kind is SourceKind.UNNAMED]
    if outlets and unnamed:
        return (outlets[0], unnamed[0])
    return ()


def _same_voice(statement: Statement, work: Work) -> tuple[Source, ...]:
    """What the same unnamed speaker came through before; a pronoun's, where the sentence before had it."""
    speaker = speaker_of(statement, work)
    if speaker is None:
        return ()
    before = [
        s for s in work.by_id.values() if s.id in work.chains and s.id != statement.id and _precedes(s, statement)
    ]
    for other in reversed(before):
        chain = work.chains[other.id]
        if speaker not in chain[1:] or other.piece != statement.piece:
            continue
        if speaker.kind in _NAMELESS or _goes_on(other, statement, work):
            return chain[1 : chain.index(speaker)]
        break
    if speaker.kind is SourceKind.UNNAMED:
        return _told_next(statement, speaker, work)
    return holder_of(speaker, statement, work) if speaker.kind is SourceKind.DOCUMENT else ()


def _goes_on(before: Statement, statement: Statement, work: Work) -> bool:
    """Whether a speaker is still heard in the same paragraph, by a pronoun, a sentence on, and does not contradict."""
    pronoun = all(t.pos_ == "PRON" for span in statement.source for t in work.parse.tokens_in(span))
    if not pronoun or statement.act.value in ("deny", "reject"):
        return False
    a, b = sentence_of(before.cue, work.parse), sentence_of(statement.cue, work.parse)
    return a is not None and b is not None and a.paragraph is b.paragraph and b.index - a.index <= 1


def _told_next(statement: Statement, speaker: Source, work: Work) -> tuple[Source, ...]:
    """ "Officials have warned ... One official told the FT": who speaks next for the same people tells where."""
    at = sentence_of(statement.cue, work.parse)
    if at is None:
        return ()
    for other in work.by_id.values():
        following = sentence_of(other.cue, work.parse)
        if following is None or following.index != at.index + 1 or not other.source:
            continue
        told = _via(other, work)
        voice = speaker_of(other, work)
        if told and voice is not None and voice.kind is SourceKind.UNNAMED and _alike(voice.name, speaker.name):
            return told
    return ()


def _alike(a: str, b: str) -> bool:
    """Whether two descriptions share their kind of person ("one official", "European officials")."""
    singular = [{w.rstrip("s") for w in name.casefold().split() if len(w) > 4} for name in (a, b)]
    return bool(singular[0] & singular[1])


def _precedes(a: Statement, b: Statement) -> bool:
    return hull((*a.cue, *a.content)).start <= hull((*b.cue, *b.content)).start
