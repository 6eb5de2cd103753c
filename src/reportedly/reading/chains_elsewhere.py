"""What other sentences say of the same word: who is named later for hearsay, where a voice was heard before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reportedly.reading.chains_headings import named_in_heading
from reportedly.reading.chains_papers import holder_of
from reportedly.reading.chains_venues import appeared, appears_later, polled
from reportedly.reading.chains_via import via
from reportedly.reading.chains_work import Step, Steps, Work, cue_verbs, is_publisher, sentence_of
from reportedly.reading.clauses import own_subject
from reportedly.reading.language import load_words
from reportedly.reading.parse import Parse, Sentence, place, place_all
from reportedly.reading.speakers import actor_of_noun, is_said_to, speaker_of
from reportedly.records import Act, Basis, Mode, Source, SourceKind, Span, Statement

_VENUE_BASES = frozenset({Basis.TOLD, Basis.WRITTEN, Basis.BEFORE})
_VENUE_KINDS = frozenset({SourceKind.OUTLET, SourceKind.DOCUMENT})
_NAMELESS = frozenset({SourceKind.UNNAMED, SourceKind.GROUP, SourceKind.DOCUMENT})
_WIDELY = load_words("chains", "widely")
_REPORTS = load_words("chains", "reports")
_CITING = load_words("chains", "citing")
_CONTRASTS = load_words("chains", "contrasts")
_RESTING = load_words("chains", "resting")
_VOUCHING = load_words("chains", "vouching")
_WORD = re.compile(r"[\w-]+")
_QUANTIFIERS = frozenset({"all", "most", "many", "both", "some", "they", "these", "it", "each"})
_COUNTING = frozenset(
    ["a", "an", "the", "one", "another", "other", "of", "them", "two", "three", "four", "second", "third", "first"]
)
_ANAPHORS = (["it"], ["he"], ["she"], ["they"])
LEAD_PARAGRAPHS = 4
"""How far into a piece a hearsay word may wait for the sentence that names its source."""
LOOK_AHEAD = 8
"""How many sentences on that sentence may stand."""
STILL_THERE = 4
"""How many sentences on somebody may still speak to the same outlet, or in the same letter."""
NEAR = 4
"""How many sentences on one of several may still be told from them."""


def is_hearsay(statement: Statement, work: Work) -> bool:
    """Whether the cue itself says that it is on somebody else's word."""
    if is_said_to(statement, work) and speaker_of(statement, work) is None:
        return True
    for span in statement.cue:
        tokens = list(work.parse.tokens_in(span))
        if not statement.source and tokens:
            return True
        if any((cue := work.cues.adverb(t.text)) is not None and cue.hearsay for t in tokens):
            return True
    return False


def named_elsewhere(statement: Statement, work: Work) -> Steps:
    """Whose word hearsay is, as another sentence says.

    First a sentence that points back ("that titbit came from"), then the one before for what goes on from it ("it is
    thought", "she is said to"), then those ahead: many of them for a lead, two further down.
    """
    at = sentence_of(statement.cue, work.parse)
    if at is None or _of_everybody(statement, work):
        return ()
    ahead = LOOK_AHEAD if _depth(at, work.parse) < LEAD_PARAGRAPHS else 2
    found = _pointing_back(at, work) or _going_on(at, statement, work) or _first_sourcing(at, statement, work, ahead)
    if not found and ahead == LOOK_AHEAD:
        found = named_in_heading(at.piece, work)
    return tuple(replace(step, basis=Basis.ELSEWHERE) for step in found)


def _of_everybody(statement: Statement, work: Work) -> bool:
    """ "Is widely believed to": what everybody thinks has no source to look for."""
    tokens = [t for span in statement.cue for t in work.parse.tokens_in(span)]
    at = work.parse.sentence_at(statement.cue[0].start)
    late = at is not None and _depth(at, work.parse) >= LEAD_PARAGRAPHS
    return any(t.lower_ in _WIDELY or (late and t.lower_ == "expected") for t in tokens)


def _pointing_back(at: Sentence, work: Work) -> Steps:
    """ "The vow was made in a letter that the paper has read", "Minutes obtained by the paper say so"."""
    if beside := _beside_account(at, work):
        return beside
    for sentence in work.parse.sentences[at.index : at.index + 2]:
        if sentence.piece == at.piece and (_of_a_report(sentence) or _says_so(sentence)):
            return _origin_named(sentence, work)
    return ()


def _beside_account(at: Sentence, work: Work) -> Steps:
    """ "..., an account that rests on two of those present": the origin that stands with it."""
    for noun in at.tokens:
        if noun.dep_ == "appos" and noun.lemma_.lower() in _REPORTS:
            for verb in noun.children:
                if verb.dep_ in ("relcl", "acl") and verb.lemma_ in _RESTING:
                    return _named_within(place_all(verb.subtree), work)
    return ()


def onward(statement: Statement, speaker: Source, work: Work) -> Steps:
    """Where an outlet has it from, as the next sentence says: "The reports rest on an article in the Times"."""
    at = sentence_of(statement.cue, work.parse)
    if speaker.kind is not SourceKind.OUTLET or at is None:
        return ()
    if rest := _rest_of(at, statement, work):
        return rest
    for sentence in work.parse.sentences[at.index + 1 : at.index + 2]:
        root = sentence.tokens.root
        subject = own_subject(root)
        if sentence.piece != at.piece or subject is None or root.lemma_ not in _RESTING | _CITING:
            continue
        if actor_of_noun(subject, work) == speaker or (not speaker.named and subject.lemma_.lower() in _REPORTS):
            found = _origin_named(sentence, work)
            return tuple(step for step in found if step.source not in (speaker, work.outlet))
    return ()


def _rest_of(at: Sentence, statement: Statement, work: Work) -> Steps:
    """ "Media reports have it that ...; most trace back to the Times": the origin that the sentence goes on to."""
    end = max(span.end for span in statement.cue)
    after = [t for t in at.tokens if place(t).start >= end]
    semicolon = next((t for t in after if t.text in (";", "—", "–")), None)
    if semicolon is None:
        return ()
    behind = [t for t in after if t.i > semicolon.i]
    names_all = bool(behind) and behind[0].lower_ in _QUANTIFIERS
    if names_all and any(t.lemma_ in _RESTING and t.pos_ == "VERB" for t in behind):
        tracing = next(t for t in behind if t.lemma_ in _RESTING and t.pos_ == "VERB")
        found = _named_within(place_all([t for t in behind if t.i > tracing.i]), work)
        return tuple(step for step in found if step.source.kind is SourceKind.OUTLET and step.source != work.outlet)
    return ()


def _of_a_report(sentence: Sentence) -> bool:
    """Whether a sentence says of a report, a claim or a deed told before where it comes from."""
    root = sentence.tokens.root
    subject = own_subject(root)
    if subject is None or subject.lemma_.lower() not in _REPORTS or root.lemma_ not in _RESTING:
        return False
    return any(child.lower_ in ("the", "this", "that", "these", "those", "both") for child in subject.lefts)


def _says_so(sentence: Sentence) -> bool:
    return any(t.lower_ == "so" and t.head.lemma_ == "say" and t.i > t.head.i for t in sentence.tokens)


def _origin_named(sentence: Sentence, work: Work) -> Steps:
    """The other outlet that a sentence names, then the people without a name or the paper that it has it from."""
    return _named_within(sentence.span, work)


def _named_within(span: Span, work: Work) -> Steps:
    mentions = work.mentions.mentions_in(span)
    outlets = [Step(a, Basis.ELSEWHERE, (m,)) for m, a in mentions if _is_other_outlet(a, work) and a.named]
    people = [Step(a, Basis.ELSEWHERE, (m,)) for m, a in mentions if a.kind is SourceKind.UNNAMED]
    papers = [Step(a, Basis.ELSEWHERE, (m,)) for m, a in mentions if a.kind is SourceKind.DOCUMENT]
    return (*outlets[:1], *(people or papers)[:1])


def _is_other_outlet(source: Source, work: Work) -> bool:
    return source.kind is SourceKind.OUTLET and not is_publisher(source, work)


def _going_on(at: Sentence, statement: Statement, work: Work) -> Steps:
    """The origin of the sentence before, for hearsay that begins with a pronoun."""
    speaks = [t.lower_ for span in statement.source for t in work.parse.tokens_in(span)]
    opening = [t.lower_ for t in at.tokens if t.pos_ in ("PRON", "NOUN", "PROPN")][:1]
    if (speaks or opening)[:1] not in _ANAPHORS or len(speaks) > 1 or at.index == 0:
        return ()
    before = work.parse.sentences[at.index - 1]
    if before.piece != at.piece or at.tokens[0].lower_ in _CONTRASTS:  # "However, it is understood": not on that word
        return ()
    there = [work.chains.get(s.id, ()) for s in work.by_id.values() if s.cue and before.span.holds(s.cue[0])]
    return max(map(_origin_part, there), key=len, default=()) or _told_without_cue(before, work)


def _depth(sentence: Sentence, parse: Parse) -> int:
    """How many paragraphs into its piece a sentence stands."""
    first = next(p.index for p in parse.paragraphs if p.piece == sentence.piece)
    return sentence.paragraph.index - first


def _first_sourcing(at: Sentence, statement: Statement, work: Work, how_far: int) -> Steps:
    """The first source that the sentences ahead name; an unnamed one of the same outlet, a little on, comes first."""
    found = list(_sourcing_ahead(at, statement, work, how_far))
    if not found:
        return ()
    first = found[0][0].source
    closer = [o for o in found if len(o) > 1 and o[0].source == first and o[1].source.kind is SourceKind.UNNAMED]
    return closer[0] if closer and first.kind is SourceKind.OUTLET else found[0]


def _sourcing_ahead(at: Sentence, statement: Statement, work: Work, how_far: int) -> Iterator[Steps]:
    ahead = [s for s in work.parse.sentences[at.index : at.index + how_far] if s.piece == at.piece]
    for sentence in ahead:
        for other in work.by_id.values():
            if other.id == statement.id or other.id not in work.chains:
                continue
            if not other.source or not sentence.span.holds(other.cue[0]) or is_said_to(other, work):
                continue
            if other.act is Act.DENY:  # who calls it untrue is not where it comes from
                continue
            origin = _origin_part(work.chains[other.id])
            if origin and (origin[0].source.kind is not SourceKind.UNNAMED or other.mode is not Mode.DIRECT):
                yield origin[:1] if _only_vouches(other, work) else origin
        if sentence.index != at.index and (told := _told_without_cue(sentence, work)):
            yield told


def _only_vouches(statement: Statement, work: Work) -> bool:
    """ "Officials confirmed to the paper": they vouch for what it brought, and are not its origin."""
    return any(verb.lemma_ in _VOUCHING for verb in cue_verbs(statement, work.parse))


def _origin_part(chain: Steps) -> Steps:
    """The links after the publisher down to the first unnamed voice or paper; nothing where there is none."""
    out: list[Step] = []
    for step in chain[1:]:
        kind = step.source.kind
        if kind in (SourceKind.OUTLET, SourceKind.UNNAMED, SourceKind.DOCUMENT):
            out.append(step)
        else:
            break
    return tuple(out)


def _told_without_cue(sentence: Sentence, work: Work) -> Steps:
    """A sentence that names another outlet and people who are not named, whatever its verb but to vouch for it."""
    if sentence.tokens.root.lemma_ in _VOUCHING:
        return ()
    actors = work.mentions.mentions_in(sentence.span)
    outlets = [(span, a) for span, a in actors if a.kind is SourceKind.OUTLET and a != work.outlet]
    unnamed = [(span, a) for span, a in actors if a.kind is SourceKind.UNNAMED]
    if not outlets or not unnamed:
        return ()
    return tuple(Step(a, Basis.ELSEWHERE, (span,)) for span, a in (outlets[0], unnamed[0]))


def as_before(statement: Statement, work: Work) -> Steps:
    """What the same unnamed speaker came through before; a pronoun's, where the sentence before had it."""
    speaker = speaker_of(statement, work)
    at = sentence_of(statement.cue, work.parse)
    if speaker is None or at is None:
        return ()
    if is_said_to(statement, work) and (found := _pointing_back(at, work) or _going_on(at, statement, work)):
        return tuple(replace(step, basis=Basis.ELSEWHERE) for step in found)
    start = work.starts[statement.id]
    before = [
        s for s in work.by_id.values() if work.starts[s.id] <= start and s.id in work.chains and s.id != statement.id
    ]
    for other in reversed(before):
        chain = work.chains[other.id]
        if other.piece != statement.piece or not any(step.source == speaker for step in chain[1:]):
            continue
        sources = [step.source for step in chain]
        if speaker.kind in _NAMELESS or _goes_on(other, statement, work):
            return tuple(replace(step, basis=Basis.BEFORE) for step in chain[1 : sources.index(speaker)])
        break
    if speaker.kind is SourceKind.UNNAMED:
        return (
            _of_their_group(statement, speaker, before, work)
            or _told_earlier(at, speaker, work)
            or _told_next(statement, speaker, work)
        )
    if speaker.kind is SourceKind.DOCUMENT:
        return holder_of(speaker, statement, work)
    if heard := appeared(statement, speaker, work) or polled(statement, speaker, work):
        return heard
    return _told_later(at, speaker, work) if speaker.kind is SourceKind.PERSON else ()


def _of_their_group(statement: Statement, speaker: Source, before: list[Statement], work: Work) -> Steps:
    """ "British officials confirmed to the paper ..., while one let slip": one of several has their way."""
    at = sentence_of(statement.cue, work.parse)
    for other in reversed(before):
        there = sentence_of(other.cue, work.parse)
        if at is None or there is None or at.index - there.index > NEAR or other.piece != statement.piece:
            break
        chain = work.chains[other.id]
        group = chain[-1].source
        if group.kind is SourceKind.UNNAMED and group.count > speaker.count and _part_of(speaker.name, group.name):
            return tuple(replace(step, basis=Basis.BEFORE) for step in chain[1:-1])
    return ()


def _goes_on(before: Statement, statement: Statement, work: Work) -> bool:
    """Whether a speaker is still heard where he was heard before, and does not contradict it.

    By a pronoun in the next sentence of the paragraph; or, once he speaks to an outlet or in a paper, a little on.
    """
    a, b = sentence_of(before.cue, work.parse), sentence_of(statement.cue, work.parse)
    if statement.act.value in ("deny", "reject") or a is None or b is None:
        return False
    pronoun = all(t.pos_ == "PRON" for span in statement.source for t in work.parse.tokens_in(span))
    if pronoun and a.paragraph is b.paragraph and b.index - a.index <= 1:
        return True
    between = work.chains[before.id][1:-1]
    spoken_to = all(step.basis in _VENUE_BASES and step.source.kind in _VENUE_KINDS for step in between)
    return spoken_to and b.index - a.index <= STILL_THERE


def _told_later(at: Sentence, speaker: Source, work: Work) -> Steps:
    """The outlet that a lead's speaker turns out to have spoken to: "The mine will close, Kovac says. She told Sky"."""
    if _depth(at, work.parse) >= LEAD_PARAGRAPHS:
        return ()
    for other in work.by_id.values():
        there = sentence_of(other.cue, work.parse)
        if there is None or there.piece != at.piece or not 0 < there.index - at.index <= LOOK_AHEAD:
            continue
        if other.parent is None and speaker_of(other, work) == speaker:
            if found := tuple(step for step in via(other, work) if step.basis is Basis.TOLD):
                return found
            break
    for sentence in work.parse.sentences[at.index + 1 : at.index + 1 + LOOK_AHEAD]:
        if sentence.piece == at.piece and (found := appears_later(sentence, speaker, work)):
            return found
    return ()


def _told_earlier(at: Sentence, speaker: Source, work: Work) -> Steps:
    """Where a sentence before, whatever its verb, has the same people telling another outlet."""
    for mention in speaker.mentions:
        sentence = work.parse.sentence_at(mention.start)
        if sentence is None or sentence.index >= at.index or sentence.piece != at.piece:
            continue
        told = _told_without_cue(sentence, work)
        if told and told[1].source == speaker:
            return told[:1]
    return ()


def _told_next(statement: Statement, speaker: Source, work: Work) -> Steps:
    """ "Officials have warned ... One official told the FT": who speaks next for the same people tells where."""
    at = sentence_of(statement.cue, work.parse)
    if at is None:
        return ()
    for other in work.by_id.values():
        following = sentence_of(other.cue, work.parse)
        if following is None or following.index != at.index + 1 or not other.source:
            continue
        told = via(other, work)
        voice = speaker_of(other, work)
        if told and voice is not None and voice.kind is SourceKind.UNNAMED and _part_of(voice.name, speaker.name):
            return tuple(replace(step, basis=Basis.ELSEWHERE) for step in told)
    return ()


def _part_of(one: str, several: str) -> bool:
    """Whether a description may mean one of others: it adds nothing ("one official", "European officials")."""
    own, theirs = ({w.rstrip("s") for w in _WORD.findall(name.casefold())} - _COUNTING for name in (one, several))
    return bool(own) and own <= theirs
