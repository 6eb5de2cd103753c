"""Who says what: the statements of an article, from reporting words and, where it is there, the trained tagger.

The cue-and-parse reader finds statements within statements and cuts them as the rules say; the tagger, trained on
annotated news, finds what no rule foresees. What both find is one statement, with the borders of the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reportedly.reading.actors import Mentions
from reportedly.reading.contents import apart, bordered, distinct, in_its_quotation
from reportedly.reading.contents_cut import cut_back
from reportedly.reading.cues import load_cues
from reportedly.reading.models import AttributionModel
from reportedly.reading.parse import Parse, place
from reportedly.reading.quotes import Quote, find_quotes, quoted_share
from reportedly.reading.ranges import Ranges
from reportedly.reading.reports import Found, Text, find_verb_reports, verb_cue
from reportedly.reading.reports_ahead import with_announced
from reportedly.reading.reports_phrases import find_phrase_reports
from reportedly.reading.speakers import head_of
from reportedly.reading.tagged import with_tagged
from reportedly.reading.transcripts import Turn, find_turns
from reportedly.records import Act, Mode, SourceKind, Span, Spans, Statement, hull

METHOD = "cues and parse"
SURE = 0.6
"""The confidence from which a subject is taken for a voice, whatever it is."""
_GROUPS = (SourceKind.ORGANISATION, SourceKind.GROUP, SourceKind.GOVERNMENT)
_FITTING = {
    "he": (SourceKind.PERSON, SourceKind.UNNAMED),
    "she": (SourceKind.PERSON, SourceKind.UNNAMED),
    "it": (*_GROUPS, SourceKind.OUTLET),
    "they": _GROUPS,
}
_PONDERING = frozenset({"discuss", "consider", "mull", "weigh", "review", "examine", "study"})
SPOKEN = 0.95
"""The confidence of what is spoken in a transcript."""
FINDERS = (find_verb_reports, find_phrase_reports)


def find_attributions(parse: Parse, mentions: Mentions, model: AttributionModel | None = None) -> tuple[Statement, ...]:
    """All attributions of the article, in text order, each with the one that it stands in as its parent.

    Chains, acts and certainty are left at their defaults. `confidence` is 0 to 1: the weight of the cue, or the
    tagger's score where `model` is given and only it found the statement.
    """
    text = Text(parse, load_cues(parse.document.language), find_quotes(parse))
    found = [f for s in parse.sentences for find in FINDERS for f in find(s, text) if in_its_quotation(f, text)]
    found = with_announced(found, text)
    if model is not None:
        found = with_tagged(found, text, model)
    turns = find_turns(parse)
    found = [f for f in found if not _is_asked(f, turns, text)]
    kept = apart(distinct(bordered(cut_back(f, text), text) for f in found), parse.text)
    placed = [(_order(f), f) for f in kept] + [((f.content[0].start, 0), f) for f in _spoken(turns, text)]
    ordered = [f for _, f in sorted(placed, key=lambda pair: pair[0])]
    drafts = [_statement(f, i, text) for i, f in enumerate(ordered, start=1)]
    by_id = {s.id: s for s in drafts}
    lasting = [s for s in _nested(drafts) if not _same_side(s, by_id, text, mentions)]
    renumbered = [replace(s, id=f"st{i}") for i, s in enumerate(lasting, start=1)]
    return tuple(_nested(renumbered))


def _is_asked(found: Found, turns: tuple[Turn, ...], text: Text) -> bool:
    """Whether it is no report but a question of an interviewer, or the colon of a speaker's label."""
    if any(turn.mark.meets(cue) for turn in turns for cue in found.cue):
        return True
    asked = any(words.holds(found.cue[0]) for turn in turns if turn.asks for words in turn.words)
    return asked and text.parse.sentences[found.sentence].span.of(text.parse.text).rstrip('”"').endswith("?")


def _spoken(turns: tuple[Turn, ...], text: Text) -> Iterator[Found]:
    """One report for each paragraph that somebody speaks in a transcript; what is only asked there is none."""
    for turn in turns:
        for words in turn.words if turn.source is not None else ():
            sentence = text.parse.sentence_at(words.start)
            if sentence is not None and turn.source is not None:
                yield Found(sentence.index, (turn.source,), (turn.mark,), (words,), (), SPOKEN)


def _same_side(inner: Statement, by_id: Mapping[str, Statement], text: Text, mentions: Mentions) -> bool:
    """Whether a speaker's own side acts in what he says: that is one statement, his.

    So is all that direct speech performs, and whatever the speaker says of himself in it.
    """
    if _nobody_speaks(inner, text, mentions):
        return True
    parent = by_id.get(inner.parent or "")
    if parent is None or not parent.source:
        return False
    if parent.mode is not Mode.INDIRECT and _first_person(inner, text):
        return True
    if not inner.source and not any(text.cues.phrase(c.of(text.parse.text)) for c in inner.cue):
        return True
    if parent.mode is Mode.DIRECT and _performs(inner, text):
        return True
    if not inner.source:
        return False
    if _speaks_of_itself(inner, parent, text, mentions):
        return _performs(inner, text) or _thinks(inner, text)
    outer, own = _parties(parent, mentions), _parties(inner, mentions)
    return bool(outer & own) and _performs(inner, text)


def _speaks_of_itself(inner: Statement, parent: Statement, text: Text, mentions: Mentions) -> bool:
    """Whether "they", "it" or "she" at the head of what somebody says is who says it: "the rebels said they agreed"."""
    word = hull(inner.source).of(text.parse.text).casefold()
    first = parent.content[0].start if parent.content else 0
    if inner.source[0].start != first or first < parent.cue[0].start or word not in _FITTING:
        return False
    if word == hull(parent.source).of(text.parse.text).casefold():
        return True
    actor = mentions.actor_at(hull(parent.source))
    if word == "they":
        return actor is not None and (actor.kind in _GROUPS or actor.count > 1)
    return actor is not None and actor.kind in _FITTING[word]


def _nobody_speaks(statement: Statement, text: Text, mentions: Mentions) -> bool:
    """Whether the subject is no voice at all ("the sign that shows he could"), where there are mentions to tell."""
    if not statement.source or statement.confidence >= SURE or not mentions.actors:
        return False
    span = hull(statement.source)
    tokens = [t for t in text.parse.tokens_in(span) if not t.is_punct]
    head = head_of(tokens) if tokens else None
    if head is None or head.pos_ not in ("NOUN", "ADV", "ADJ"):
        return False
    near = Span(max(0, span.start - 60), span.end + 60)
    return not any(mention.holds(place(head)) for mention, _ in mentions.mentions_in(near))


def _first_person(statement: Statement, text: Text) -> bool:
    """Whether it is "I" or "we" who speak: in a quotation the speaker again ("I think he will")."""
    return bool(statement.source) and hull(statement.source).of(text.parse.text).casefold() in ("i", "we")


def _parties(statement: Statement, mentions: Mentions) -> set[str]:
    """The speaker and the side that the speaker is on."""
    actor = mentions.actor_at(hull(statement.source))
    return {name for name in (actor.name, actor.party) if name} if actor is not None else set()


def _performs(statement: Statement, text: Text) -> bool:
    """Whether the cue is a deed ("would accept") rather than a word for saying."""
    for span in statement.cue:
        for token in text.parse.tokens_in(span):
            cue = verb_cue(token, text.cues) if token.pos_ in ("VERB", "AUX") else None
            if cue is not None and cue.act.value not in ("assert", "deny", "warn", "believe"):
                return True
    return False


def _thinks(statement: Statement, text: Text) -> bool:
    """Whether the cue tells of a thought or of words still to come of it: "hoped", "was discussing"."""
    tokens = [t for span in statement.cue for t in text.parse.tokens_in(span)]
    cues = [c for t in tokens if t.pos_ in ("VERB", "AUX") and (c := verb_cue(t, text.cues)) is not None]
    return any(c.act is Act.BELIEVE or c.text in _PONDERING for c in cues)


def _order(found: Found) -> tuple[int, int]:
    return hull((*found.cue, *found.content)).start, found.cue[0].start


def _statement(found: Found, number: int, text: Text) -> Statement:
    return Statement(
        id=f"st{number}",
        piece=text.parse.sentences[found.sentence].piece,
        source=found.source,
        cue=found.cue,
        content=found.content,
        addressee=found.addressee,
        mode=mode_of(found.content, text.quotes),
        confidence=round(found.weight, 3),
        method=METHOD,
    )


def mode_of(content: Spans, quotes: tuple[Quote, ...]) -> Mode:
    """Direct where all of it stands in quotation marks, mixed where some of it does."""
    whole = sum(s.end - s.start for s in content)
    share = sum(quoted_share(s, quotes) * (s.end - s.start) for s in content) / whole
    if share > 0.97:
        return Mode.DIRECT
    return Mode.MIXED if share > 0 else Mode.INDIRECT


def _nested(statements: list[Statement]) -> Iterator[Statement]:
    contents = Ranges((c, n) for n, s in enumerate(statements) for c in s.content)
    for s in statements:
        near = sorted({n for _, n in contents.meeting(s.cue[0])})
        holders = [p for p in (statements[n] for n in near) if p.id != s.id and _stands_in(s, p)]
        parent = min(holders, key=lambda p: sum(c.end - c.start for c in p.content), default=None)
        yield replace(s, parent=parent.id if parent else None)


def _stands_in(inner: Statement, outer: Statement) -> bool:
    """Whether one is told within the other's content: not "she wants" around "She agrees, an aide said, but wants"."""
    if any(c.holds(source) for c in inner.content for source in outer.source):
        return False
    return any(c.holds(inner.cue[0]) for c in outer.content) and not any(
        c.holds(outer.cue[0]) for c in inner.content if not any(o.holds(c) for o in outer.content)
    )
