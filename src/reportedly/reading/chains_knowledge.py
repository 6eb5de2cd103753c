"""How a source knows, where the text says it: present, briefed, read the document, heard from others."""

from __future__ import annotations

import re

from reportedly.reading.chains_work import Step, Steps, Work
from reportedly.reading.clauses import noun_phrase
from reportedly.reading.language import load_lists
from reportedly.reading.parse import place_all
from reportedly.reading.speakers import head_of
from reportedly.records import Basis, Knowledge, Link, Source, SourceKind, Span

_KNOWS: dict[str, str] = load_lists("en", "chains")["knows"]
_PATTERNS = tuple((Knowledge(name), re.compile(pattern, re.IGNORECASE)) for name, pattern in _KNOWS.items())
_VOICES = frozenset({SourceKind.PERSON, SourceKind.UNNAMED, SourceKind.GROUP, SourceKind.ORGANISATION})


def explained(steps: Steps, work: Work) -> tuple[Link, ...]:
    """The links of a chain, each with how its source knows, if some sentence of the article says so."""
    return tuple(_link(step, steps[at + 1 : at + 2], work) for at, step in enumerate(steps))


def _link(step: Step, next_step: Steps, work: Work) -> Link:
    link = Link(source=step.source.id, basis=step.basis, spans=step.words)
    knows = _of_words(step.source, work) or _of_what_follows(step, next_step)
    if knows is None:
        return link
    return Link(source=link.source, basis=link.basis, spans=link.spans, knows=knows[0], knows_spans=(knows[1],))


def _of_words(source: Source, work: Work) -> tuple[Knowledge, Span] | None:
    """By the description of the source itself: "two officials briefed on the talks"."""
    if source not in work.knows:
        work.knows[source] = _described_as(source, work)
    return work.knows[source]


def _described_as(source: Source, work: Work) -> tuple[Knowledge, Span] | None:
    if source.kind not in _VOICES:
        return None
    for mention in source.mentions:
        span = _described(mention, work)
        words = span.of(work.parse.text)
        for knowledge, pattern in _PATTERNS:
            if found := pattern.search(words):
                return knowledge, Span(span.start + found.start(), span.start + found.end())
    return None


def _described(mention: Span, work: Work) -> Span:
    """A mention with all that its noun carries, relative clauses too."""
    tokens = [t for t in work.parse.tokens_in(mention) if not t.is_punct]
    if not tokens:
        return mention
    head = head_of(tokens)
    whole = place_all(noun_phrase(head)) if head.pos_ in ("NOUN", "PROPN", "NUM") else mention
    return Span(mention.start, max(mention.end, whole.end))


def _of_what_follows(step: Step, next_step: Steps) -> tuple[Knowledge, Span] | None:
    """By the link below: who cites another has heard it, who holds a paper has read it."""
    if step.basis is Basis.HOLDS and step.words:
        return Knowledge.READ, step.words[0]
    if next_step and next_step[0].basis is Basis.CITED and next_step[0].words:
        return Knowledge.HEARD, next_step[0].words[0]
    return None
