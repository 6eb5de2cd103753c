"""Chains: on whose word a statement reached the article, from the outlet down to the last source that it gives.

A chain is put together from what holds the statement (another statement), what it was told to or printed by (another
outlet), what it stands in (a letter, a readout), whom the speaker cites, and what earlier or later sentences say of
the same source. Where the text does not support a link, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from reportedly.reading.actors import Mentions
from reportedly.reading.clauses import RELATIVE, antecedent, children, noun_phrase
from reportedly.reading.cues import Cues, load_cues
from reportedly.reading.language import load_lists, load_words
from reportedly.reading.parse import Parse, Sentence, place, place_all
from reportedly.records import Source, SourceKind, Span, Spans, Statement, hull

LEAD_PARAGRAPHS = 4
"""How far into a piece a hearsay word may wait for the sentence that names its source."""
LOOK_AHEAD = 8
"""How many sentences on that sentence may stand."""
_CITING = frozenset({"cite", "quote"})
_OURSELVES = load_words("reports", "ourselves")
_PAPERS = load_words("reports", "papers")
_OFFICES = load_words("reports", "offices")
_CROWDS = load_words("reports", "crowds")
_NAMELESS = frozenset({SourceKind.UNNAMED, SourceKind.GROUP, SourceKind.DOCUMENT})
_SEEN_BY = re.compile(load_lists("en", "reports")["seen_by"])
_LETTERS = load_words("reports", "letters")
_PLANS = load_words("reports", "plans")


@dataclass
class _Work:
    """The chains as they grow, by statement id."""

    parse: Parse
    mentions: Mentions
    cues: Cues
    outlet: Source
    by_id: dict[str, Statement]
    made: dict[str, Source] = field(default_factory=dict)
    chains: dict[str, tuple[Source, ...]] = field(default_factory=dict)


def find_chains(
    statements: Sequence[Statement], parse: Parse, mentions: Mentions
) -> tuple[tuple[Source, ...], tuple[Statement, ...]]:
    """The sources of the article and its statements with their chains, ids into those sources.

    The first link is always the publishing outlet, named "unknown outlet" where nobody knows it.
    """
    work = _Work(
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
    if mentions.actors and name is None and mentions.actors[0].id == "so0":
        return mentions.actors[0]
    return Source(id="so0", name=name or "unknown outlet", kind=SourceKind.OUTLET, named=name is not None)


def _chain(statement: Statement, work: _Work) -> tuple[Source, ...]:
    if statement.id in work.chains:
        return work.chains[statement.id]
    work.chains[statement.id] = (work.outlet,)  # a statement that holds itself through its parents ends here
    links = (*_upstream(statement, work), *_own(statement, work))
    chain = _without_repeats((work.outlet, *links))
    work.chains[statement.id] = chain
    return chain


def _without_repeats(links: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(links))


def _upstream(statement: Statement, work: _Work) -> tuple[Source, ...]:
    """What stands between the outlet and the speaker."""
    parent = work.by_id.get(statement.parent or "")
    held = _chain(parent, work)[1:] if parent is not None else ()
    via = _via(statement, work)
    if held or via:
        return (*held, *via)
    if _is_hearsay(statement, work):
        return _named_later(statement, work)
    return _same_voice(statement, work)


def _own(statement: Statement, work: _Work) -> tuple[Source, ...]:
    """The document it stands in, the speaker, and whom the speaker cites."""
    speaker = _speaker(statement, work)
    if speaker is None:
        return ()
    return (*_written(statement, speaker, work), *_speaker_links(statement, speaker, work), *_cited(statement, work))


def _speaker_links(statement: Statement, speaker: Source, work: _Work) -> tuple[Source, ...]:
    """An institutional paper runs on to its author; a plan ends its own chain."""
    if speaker.kind is not SourceKind.DOCUMENT or set(speaker.name.casefold().split()) & _PLANS:
        return (speaker,)
    author = _author_of_paper(statement, speaker, work)
    return (speaker, author) if author is not None else (speaker,)


def _author_of_paper(statement: Statement, paper: Source, work: _Work) -> Source | None:
    """Who signed, took or issued a paper, as any of its mentions says ("notes taken by an EU official")."""
    for span in (hull(statement.source), *paper.mentions):
        tokens = [t for t in work.parse.tokens_in(span) if not t.is_punct]
        if not tokens:
            continue
        head = _head(tokens)
        for owner in (*children(head, "poss", "compound", "nmod", "amod"), *_by(head)):
            actor = _actor_with(owner, place_all(noun_phrase(owner)), work)
            if actor is not None and actor != paper and actor.kind not in (SourceKind.OUTLET, SourceKind.DOCUMENT):
                return actor
    return None


def _by(noun: Token) -> list[Token]:
    found = []
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            found += children(child, "pobj")
        if child.dep_ == "acl" and child.lemma_ in ("sign", "write", "keep", "take", "draft", "send", "issue"):
            found += [n for by in children(child, "agent") for n in children(by, "pobj")]
    return found


def _speaker(statement: Statement, work: _Work) -> Source | None:
    if not statement.source:
        return None
    span = hull(statement.source)
    tokens = [t for t in work.parse.tokens_in(span) if not t.is_punct]
    if not tokens:
        return work.mentions.actor_at(span)
    head = _head(tokens)
    if head.lower_ in RELATIVE:
        return _actor_of_noun(antecedent(head), work)
    joint = _joint(head, span, work)
    if joint is not None:
        return joint
    return _actor_with(head, span, work) or _unlisted(head, span, work)


def _head(tokens: Sequence[Token]) -> Token:
    inside = {t.i for t in tokens}
    outer = [t for t in tokens if t.head.i not in inside or t.head == t]
    return outer[0] if outer else tokens[-1]


def _actor_of_noun(noun: Token, work: _Work) -> Source | None:
    return _actor_with(noun, place_all(noun_phrase(noun)), work)


def _actor_with(head: Token, span: Span, work: _Work) -> Source | None:
    """The actor whose mention holds the head noun; else the one that fits the whole span best."""
    at = place(head)
    thing = head.lemma_.lower() in _PLANS | _PAPERS | _LETTERS
    named = [work.mentions.actor_at(place(t)) for t in children(head, "appos") if t.pos_ == "PROPN" and not thing]
    for actor in named:
        if actor is not None and actor.kind is SourceKind.PERSON:
            return actor
    holding = [(m, a) for m, a in work.mentions.mentions_in(_wide(span)) if m.holds(at)]
    if holding:
        return max(holding, key=lambda pair: pair[0].end - pair[0].start)[1]
    best = work.mentions.actor_at(span)
    if best is not None and any(m.holds(at) for m in best.mentions):
        return best
    return None


def _wide(span: Span) -> Span:
    return Span(max(0, span.start - 60), span.end + 200)


def _joint(head: Token, span: Span, work: _Work) -> Source | None:
    """Several named ones who speak as one are one link, their names joined."""
    heads = [head]
    while (more := [c for c in children(heads[-1], "conj") if span.holds(place(c))]) and len(heads) < 6:
        heads.append(more[0])
    if len(heads) < 2:
        return None
    actors = [a for h in heads if (a := _actor_with(h, place(h), work)) is not None]
    actors = list(dict.fromkeys(actors))
    if len(actors) < 2 or len({a.named for a in actors}) > 1:
        return None
    name = " and ".join(a.name for a in actors)
    count = sum(a.count for a in actors) if actors[0].kind in (SourceKind.PERSON, SourceKind.UNNAMED) else 1
    return _make(Source(id="", name=name, kind=actors[0].kind, named=actors[0].named, count=count), span, work)


def _unlisted(head: Token, span: Span, work: _Work) -> Source | None:
    """A voice that no mention was made of: it is taken by the words that name it. None for the outlet's own "we"."""
    if head.lower_ in _OURSELVES:
        return None
    name = re.sub(r"^(the|a|an)\s+", "", " ".join(span.of(work.parse.text).split()), flags=re.IGNORECASE)
    return _make(_kind_of(head, name), span, work)


def _kind_of(head: Token, name: str) -> Source:
    """What kind of voice a noun phrase is, by its head."""
    noun = head.lemma_.lower()
    if noun in _LETTERS | _PLANS | _PAPERS:
        return Source(id="", name=name, kind=SourceKind.DOCUMENT)
    if noun in _OFFICES:
        return Source(id="", name=name, kind=SourceKind.GOVERNMENT)
    if head.tag_ == "NNS":
        kind = SourceKind.GROUP if noun in _CROWDS else SourceKind.UNNAMED
        return Source(id="", name=name, kind=kind, named=False, count=2, at_least=True)
    if head.tag_ in ("NN", "CD", "DT") and {t.lower_ for t in head.children} & {"a", "an", "one", "another", "my"}:
        return Source(id="", name=name, kind=SourceKind.UNNAMED, named=False)
    return Source(id="", name=name, kind=SourceKind.PERSON)


def _make(source: Source, span: Span, work: _Work) -> Source:
    key = f"{source.kind}:{source.name.casefold()}"
    if key not in work.made:
        number = len(work.mentions.actors) + len(work.made)
        work.made[key] = replace(source, id=f"so{number}", mentions=(span,))
    return work.made[key]


def _via(statement: Statement, work: _Work) -> tuple[Source, ...]:
    """The outlet that it was told to, if that is not the publisher."""
    for span in statement.addressee:
        told = work.mentions.actor_at(span)
        if told is not None and told.kind is SourceKind.OUTLET and not _is_publisher(told, work):
            return (told,)
    speaker = _speaker(statement, work)
    if speaker is not None and speaker.kind is SourceKind.UNNAMED:
        return _outlet_in(speaker, work)
    return ()


def _outlet_in(speaker: Source, work: _Work) -> tuple[Source, ...]:
    """ "one of the Herald's trio", "three envoys who spoke to Reuters": the outlet that has them, in their own name."""
    for span in speaker.mentions:
        for _, actor in work.mentions.mentions_in(span):
            if actor.kind is SourceKind.OUTLET and not _is_publisher(actor, work):
                return (actor,)
    return ()


def _is_publisher(outlet: Source, work: _Work) -> bool:
    """Whether an outlet is the publishing one, in its long or short name ("the Comet" of the Daily Comet)."""
    short, long = sorted((_name_words(outlet.name), _name_words(work.outlet.name)), key=len)
    return outlet == work.outlet or (bool(short) and short <= long)


def _name_words(name: str) -> set[str]:
    return set(name.casefold().split()) - {"the", "daily", "news", "weekly"}


def _written(statement: Statement, speaker: Source, work: _Work) -> tuple[Source, ...]:
    """ "In a letter to the mediators he demanded": the paper comes before its author."""
    if speaker.kind in (SourceKind.DOCUMENT, SourceKind.OUTLET):
        return ()
    for verb in _cue_verbs(statement, work.parse):
        for prep in (*children(verb, "prep"), *(children(verb.head, "prep") if verb.dep_ == "conj" else ())):
            for noun in children(prep, "pobj") if prep.lower_ in ("in", "by") else ():
                if noun.lemma_.lower() in _LETTERS:
                    span = place_all(noun_phrase(noun))
                    return (_actor_with(noun, span, work) or _make(_kind_of(noun, noun.lemma_.lower()), span, work),)
        if verb.lemma_ == "write":
            return _last_letter(statement, work)
    return ()


def _last_letter(statement: Statement, work: _Work) -> tuple[Source, ...]:
    """The letter or message that the sentences just before speak of: what "he writes" is written in."""
    at = _sentence_of(statement.cue, work.parse)
    if at is None:
        return ()
    for sentence in reversed(work.parse.sentences[max(0, at.index - 2) : at.index + 1]):
        for span, actor in reversed(work.mentions.mentions_in(sentence.span)):
            words = set(span.of(work.parse.text).casefold().split())
            if actor.kind is SourceKind.DOCUMENT and words & {"letter", "note", "memo", "message", "email"}:
                return (actor,)
    return ()


def _cue_verbs(statement: Statement, parse: Parse) -> list[Token]:
    return [t for span in statement.cue for t in parse.tokens_in(span) if t.pos_ in ("VERB", "AUX")]


def _cited(statement: Statement, work: _Work) -> tuple[Source, ...]:
    """ "said, citing three diplomats", "Reuters, which cited X", "the agency, quoting the minister"."""
    heads = _source_heads(statement, work.parse)
    verbs = [v for head in heads for v in head.children if v.lemma_ in _CITING]
    for cue in _cue_verbs(statement, work.parse):
        first = min([cue.i, *(h.i for h in heads if h.doc is cue.doc)])
        near = cue.doc[first + 1 : cue.sent.end]
        verbs += [v for v in near if v.lemma_ in _CITING and v.tag_ == "VBG" and v.nbor(-1).text == ","]
    for verb in verbs:
        for noun in children(verb, "dobj", "pobj"):
            actor = _actor_of_noun(noun, work)
            if actor is not None and actor != work.outlet:
                return (actor,)
    return ()


def _source_heads(statement: Statement, parse: Parse) -> list[Token]:
    if not statement.source:
        return []
    tokens = [t for t in parse.tokens_in(hull(statement.source)) if not t.is_punct]
    return [_head(tokens)] if tokens else []


def _is_hearsay(statement: Statement, work: _Work) -> bool:
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


def _sentence_of(spans: Spans, parse: Parse) -> Sentence | None:
    return parse.sentence_at(hull(spans).start) if spans else None


def _named_later(statement: Statement, work: _Work) -> tuple[Source, ...]:
    """The source that a later sentence names for what the lead has as hearsay; an earlier one, further down."""
    at = _sentence_of(statement.cue, work.parse)
    if at is None:
        return ()
    ahead = LOOK_AHEAD if _depth(at, work.parse) < LEAD_PARAGRAPHS else 2
    return _first_sourcing(at, statement, work, ahead)


def _depth(sentence: Sentence, parse: Parse) -> int:
    """How many paragraphs into its piece a sentence stands."""
    first = next(p.index for p in parse.paragraphs if p.piece == sentence.piece)
    return sentence.paragraph.index - first


def _first_sourcing(at: Sentence, statement: Statement, work: _Work, how_far: int) -> tuple[Source, ...]:
    ahead = [s for s in work.parse.sentences[at.index : at.index + how_far] if s.piece == at.piece]
    for sentence in ahead:
        for other in work.by_id.values():
            if other.id == statement.id or other.id not in work.chains:
                continue
            if other.source and sentence.span.holds(other.cue[0]):
                origin = _origin_part(work.chains[other.id])
                if origin:
                    return origin
        if sentence.index != at.index and (told := _told_without_cue(sentence, work)):
            return told
    return ()


def _origin_part(chain: tuple[Source, ...]) -> tuple[Source, ...]:
    """The links after the publisher down to the first unnamed voice or paper; nothing where there is none."""
    out: list[Source] = []
    for link in chain[1:]:
        if link.kind in (SourceKind.OUTLET, SourceKind.UNNAMED) or (not out and link.kind is SourceKind.DOCUMENT):
            out.append(link)
        else:
            break
    return tuple(out)


def _told_without_cue(sentence: Sentence, work: _Work) -> tuple[Source, ...]:
    """A sentence that names another outlet and people who are not named, whatever its verb."""
    actors = work.mentions.actors_in(sentence.span)
    outlets = [a for a in actors if a.kind is SourceKind.OUTLET and a != work.outlet]
    unnamed = [a for a in actors if a.kind is SourceKind.UNNAMED]
    if outlets and unnamed:
        return (outlets[0], unnamed[0])
    return ()


def _same_voice(statement: Statement, work: _Work) -> tuple[Source, ...]:
    """What the same unnamed speaker came through before; a pronoun's, where the sentence before had it."""
    speaker = _speaker(statement, work)
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
    return _holder(speaker, statement, work) if speaker.kind is SourceKind.DOCUMENT else ()


def _goes_on(before: Statement, statement: Statement, work: _Work) -> bool:
    """Whether a speaker is still heard in the same paragraph, by a pronoun, a sentence on, and does not contradict."""
    pronoun = all(t.pos_ == "PRON" for span in statement.source for t in work.parse.tokens_in(span))
    if not pronoun or statement.act.value in ("deny", "reject"):
        return False
    a, b = _sentence_of(before.cue, work.parse), _sentence_of(statement.cue, work.parse)
    return a is not None and b is not None and a.paragraph is b.paragraph and b.index - a.index <= 1


def _holder(paper: Source, statement: Statement, work: _Work) -> tuple[Source, ...]:
    """The other outlet that has the paper: as the text says, or because the piece has all it knows from that one."""
    for span in paper.mentions:
        near = work.parse.text[span.start : span.end + 60]
        seen = _SEEN_BY.search(near)
        if seen:
            at = span.start + seen.end()
            outlets = [a for _, a in work.mentions.mentions_in(Span(at, at + 50)) if a.kind is SourceKind.OUTLET]
            return tuple(o for o in outlets[:1] if not _is_publisher(o, work))
    cited = [link for s in work.by_id.values() for link in work.chains.get(s.id, ())[1:2] if s.piece == statement.piece]
    others = [link for link in cited if link.kind is SourceKind.OUTLET]
    alone = len(set(others)) == 1 and len(others) >= 2
    return (others[0],) if alone else ()


def _told_next(statement: Statement, speaker: Source, work: _Work) -> tuple[Source, ...]:
    """ "Officials have warned ... One official told the FT": who speaks next for the same people tells where."""
    at = _sentence_of(statement.cue, work.parse)
    if at is None:
        return ()
    for other in work.by_id.values():
        following = _sentence_of(other.cue, work.parse)
        if following is None or following.index != at.index + 1 or not other.source:
            continue
        told = _via(other, work)
        voice = _speaker(other, work)
        if told and voice is not None and voice.kind is SourceKind.UNNAMED and _alike(voice.name, speaker.name):
            return told
    return ()


def _alike(a: str, b: str) -> bool:
    """Whether two descriptions share their kind of person ("one official", "European officials")."""
    singular = [{w.rstrip("s") for w in name.casefold().split() if len(w) > 4} for name in (a, b)]
    return bool(singular[0] & singular[1])


def _precedes(a: Statement, b: Statement) -> bool:
    return hull((*a.cue, *a.content)).start <= hull((*b.cue, *b.content)).start


__all__ = ["LEAD_PARAGRAPHS", "LOOK_AHEAD", "find_chains"]
