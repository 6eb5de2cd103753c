"""Stances that statements take: by their act, and by the wording of what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly.reading.draft import Draft
from reportedly.reading.encounters_groups import find_groups, sides_at
from reportedly.reading.parse import place
from reportedly.reading.positions_parties import speaks_for, subject_of, subject_token, verb_group
from reportedly.reading.positions_wording import VERBS, Taking
from reportedly.reading.positions_words import (
    is_approval,
    is_commitment,
    is_matter,
    is_opening,
    is_refused,
    is_removal,
    is_requirement,
    is_soft,
    is_verdict,
    own_side_in,
    stance_at,
)
from reportedly.records import Act, SourceKind, Span, Stance, Statement, hull

_BY_ACT = {
    Act.ACCEPT: Stance.ACCEPTS,
    Act.REJECT: Stance.REJECTS,
    Act.DEMAND: Stance.DEMANDS,
    Act.OFFER: Stance.OFFERS,
    Act.PROPOSE: Stance.PROPOSES,
    Act.PROMISE: Stance.OFFERS,
    Act.THREATEN: Stance.REJECTS,
}
_WITHOUT_A_VERB = (
    (is_requirement, Stance.DEMANDS),
    (is_opening, Stance.OPEN),
    (is_verdict, Stance.REJECTS),
    (is_approval, Stance.ACCEPTS),
)
_TURN = re.compile(r"(?:,|;| –| —)? (?:but|and|while|though|yet)(?: also| then| instead)?(?: to)? (?=\w+ \w)")
_BUT = re.compile(r"[^,.;:]{0,30}, but ")
_NO_QUOTES = str.maketrans("", "", '“”"')
_LONG = 160  # code points: a longer content tells more than a verdict
_YES_NO = re.compile(r"(?:^|(?<=[\s,;:“\"]))(?P<word>no|yes) to\b", re.IGNORECASE)
_BODIES = (SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
_GROUP = re.compile(r"(?:both|all|the (?:other )?(?:two|three|four|five|six))\b", re.IGNORECASE)
_WOULD = re.compile(r"\b(?:would|will)\b(?! have\b)")


def find_told(draft: Draft) -> Iterator[Taking]:
    """The stances of all statements whose last source stands for a party, or that tell of one."""
    for statement in draft.statements:
        content = hull(statement.content)
        said = " ".join(part.of(draft.parse.text) for part in statement.content)
        stance = _BY_ACT.get(statement.act) or _asked(statement, said, draft) or _verdict(statement, content, draft)
        if stance in (Stance.ACCEPTS, Stance.OFFERS) and _negated(statement, draft):
            stance = Stance.REJECTS
        if stance is not None:
            stance = _reworded(stance, content, draft, promised=statement.act is Act.PROMISE)
        if stance is None or not is_matter(content.of(draft.parse.text)):
            continue
        parties = _whose(statement, stance, content, draft)
        if not parties:
            continue
        if stance in (Stance.ACCEPTS, Stance.OFFERS) and len(statement.content) > 1 and is_soft(said):
            stance = Stance.OPEN
        parts = tuple(_yes_and_no(content, draft)) or tuple(_turns(stance, content, draft))
        for own, span in (*parts, *_turn_behind(statement, stance, draft)):
            yield Taking(
                parties,
                own,
                span,
                statement.id,
                threat=statement.act is Act.THREATEN,
                loose=statement.act is Act.PROMISE and own is Stance.OFFERS,
            )


def _whose(statement: Statement, stance: Stance, content: Span, draft: Draft) -> tuple[str, ...]:
    """The speaker's party, or the body that the words are about: "a diplomat said Hargeisa would accept"."""
    parties = _speaking_together(statement, draft) or speaks_for(statement, draft)
    words = _named_first(content, draft)
    named = bool(words) and (statement.act in (Act.ASSERT, Act.ASK) or stance_at(words) is not None)
    if not named and (stance is Stance.DEMANDS or statement.act is Act.ASSERT):
        return parties
    return subject_of(content, draft) or parties


def _speaking_together(statement: Statement, draft: Draft) -> tuple[str, ...]:
    """The parties of a group that speaks as one: "the three ministers", "both unions"."""
    if not statement.source or not _GROUP.match(hull(statement.source).of(draft.parse.text)):
        return ()
    groups = find_groups(hull(statement.source), draft)
    return tuple(dict.fromkeys(side for _, members in groups for name in members for side in sides_at(name, draft)))


def _asked(statement: Statement, said: str, draft: Draft) -> Stance | None:
    """A thing asked for, not a question; a liking or dislike."""
    if statement.act not in (Act.ASK, Act.BELIEVE) or not statement.cue or "?" in said:
        return None
    stance = stance_at(f"{hull(statement.cue).of(draft.parse.text)} {said}")
    return stance if stance is not Stance.OFFERS and stance is not Stance.PROPOSES else None


def _verdict(statement: Statement, content: Span, draft: Draft) -> Stance | None:
    """The stance of what a speaker plainly states of his own side, or of a thing."""
    words = content.of(draft.parse.text)
    if statement.act not in (Act.ASSERT, Act.DENY) or len(words) > _LONG:
        return None
    own = words[at:] if (at := own_side_in(words)) else _named_first(content, draft)
    if own and statement.act is Act.DENY:
        return Stance.REJECTS if _WOULD.search(own) and stance_at(own) is not Stance.REJECTS else None
    if own:
        plain = own.translate(_NO_QUOTES)
        stance = stance_at(own) or stance_at(plain)
        return stance or (Stance.OFFERS if is_commitment(plain) else _without_a_verb(words))
    if statement.act is not Act.ASSERT:
        return None
    return _without_a_verb(words)


def _without_a_verb(words: str) -> Stance | None:
    return next((stance for says, stance in _WITHOUT_A_VERB if says(words)), None)


def _named_first(content: Span, draft: Draft) -> str:
    """The words after the name of a body that reported words open with: "Kyiv (was ready to begin)"; none if none."""
    text, end = draft.parse.text, content.start
    for mention, actor in draft.mentions.mentions_in(content):
        if actor.kind not in _BODIES or text[end : mention.start].strip(' "“‘').casefold() not in ("", "the", "that"):
            break
        end = mention.end
        return text[end : content.end].lstrip(' ,"“”‘')
    return ""


def _negated(statement: Statement, draft: Draft) -> bool:
    """Whether the cue itself is negated: "would not accept" sanctions."""
    tokens = [t for part in statement.cue for t in draft.parse.tokens_in(part)]
    return any(c.dep_ == "neg" for t in tokens for c in (t, *t.children))


def _reworded(stance: Stance, content: Span, draft: Draft, *, promised: bool) -> Stance:
    """The stance of the content's own verb where it turns a yes into a no or back: "assured them that it rejected"."""
    words = content.of(draft.parse.text)
    if stance is Stance.DEMANDS:
        return Stance.REJECTS if is_removal(words) else stance
    if promised and words.startswith("to "):
        return stance_at(words.removeprefix("to ")) or stance
    if stance in (Stance.OFFERS, Stance.PROPOSES) and len(words) < _LONG and is_verdict(words):
        return Stance.REJECTS
    verb = next((t for t in draft.parse.tokens_in(content) if subject_token(t) is not None and t.pos_ in VERBS), None)
    own = stance_at(draft.parse.text[place(verb_group(verb)).start : content.end]) if verb is not None else None
    if own is None and (named := _named_first(content, draft)):
        own = stance_at(named)
    if own is None or own is Stance.DEMANDS or (own is Stance.OFFERS and is_verdict(words)):
        return stance
    turned = (own is Stance.REJECTS) != (stance is Stance.REJECTS)
    return own if turned or (promised and own in (Stance.ACCEPTS, Stance.OPEN)) else stance


def _yes_and_no(content: Span, draft: Draft) -> Iterator[tuple[Stance, Span]]:
    """The parts of an answer such as "no to flights, yes to the presidency"."""
    starts = list(_YES_NO.finditer(draft.parse.text, content.start, content.end))
    ends = [m.start() for m in starts[1:]] + [content.end] * bool(starts)
    for match, end in zip(starts, ends, strict=True):
        yield (Stance.ACCEPTS if match["word"].casefold() == "yes" else Stance.REJECTS), Span(match.start("word"), end)


def _turns(stance: Stance, content: Span, draft: Draft) -> Iterator[tuple[Stance, Span]]:
    """A content parted where a second clause takes another stance: "accepts the pay, but will not sell Sundays"."""
    text, start, own = draft.parse.text, content.start, stance
    for match in _TURN.finditer(text, content.start, content.end):
        words = text[match.end() : content.end]
        other = stance_at(words) or (Stance.REJECTS if is_refused(words) else None)
        if other is not None and other is not own:
            yield _softened(own, Span(start, match.start()), draft), Span(start, match.start())
            start, own = match.end(), other
    yield _softened(own, Span(start, content.end), draft), Span(start, content.end)


def _turn_behind(statement: Statement, stance: Stance, draft: Draft) -> Iterator[tuple[Stance, Span]]:
    """A no that follows the words of saying: "He could accept the committee, he said, but not a single landing"."""
    said = hull(statement.content).end
    end = max((p.end for p in (*statement.cue, *statement.source, *statement.addressee)), default=0)
    sentence = draft.parse.sentence_at(said - 1)
    if stance is Stance.REJECTS or sentence is None or not said < end < sentence.span.end:
        return
    match = _BUT.match(draft.parse.text, end, sentence.span.end)
    span = Span(match.end(), sentence.span.end) if match and match.end() < sentence.span.end else None
    if span is not None and is_refused(span.of(draft.parse.text)):
        yield Stance.REJECTS, span


def _softened(stance: Stance, content: Span, draft: Draft) -> Stance:
    """`open` for a yes that is only a readiness to talk."""
    soft = stance in (Stance.ACCEPTS, Stance.OFFERS) and is_soft(content.of(draft.parse.text))
    return Stance.OPEN if soft else stance
