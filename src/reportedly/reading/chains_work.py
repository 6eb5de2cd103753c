"""Chains while they are put together: their steps, and what every rule for them may look at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from spacy.tokens import Token

from reportedly.reading.actors import Mentions
from reportedly.reading.cues import Cues
from reportedly.reading.parse import Parse, Sentence
from reportedly.records import Basis, Knowledge, Source, Span, Spans, Statement, hull


@dataclass(frozen=True, slots=True)
class Step:
    """A link of a chain as it is found: who, what makes it a link, and the words that this stands on."""

    source: Source
    basis: Basis
    words: Spans = ()


Steps = tuple[Step, ...]


@dataclass
class Work:
    """The chains as they grow, by statement id; the publisher is the first step of each."""

    parse: Parse
    mentions: Mentions
    cues: Cues
    outlet: Source
    by_id: dict[str, Statement]
    made: dict[str, Source] = field(default_factory=dict)
    chains: dict[str, Steps] = field(default_factory=dict)
    speakers: dict[str, Source | None] = field(default_factory=dict)
    credits: dict[int, Spans] = field(default_factory=dict)
    pointed: dict[Source, Source] = field(default_factory=dict)
    """Whom "both sides" and the like turned out to be, for the pronouns behind them."""
    knows: dict[Source, tuple[Knowledge, Span] | None] = field(default_factory=dict)

    @cached_property
    def starts(self) -> dict[str, int]:
        """Where each statement, cue and content together, begins."""
        return {s.id: hull((*s.cue, *s.content)).start for s in self.by_id.values()}


def make_source(source: Source, span: Span, work: Work) -> Source:
    key = f"{source.kind}:{source.name.casefold()}"
    if key not in work.made:
        number = len(work.mentions.actors) + len(work.made) + 1
        work.made[key] = replace(source, id=f"so{number}", mentions=(span,))
    return work.made[key]


def cue_verbs(statement: Statement, parse: Parse) -> list[Token]:
    """The verbs of the reporting words; where the tagger took them for something else, the words themselves."""
    tokens = [t for span in statement.cue for t in parse.tokens_in(span)]
    return [t for t in tokens if t.pos_ in ("VERB", "AUX")] or [t for t in tokens if t.pos_ in ("NOUN", "ADJ", "PROPN")]


def sentence_of(spans: Spans, parse: Parse) -> Sentence | None:
    return parse.sentence_at(hull(spans).start) if spans else None


def is_publisher(outlet: Source, work: Work) -> bool:
    """Whether an outlet is the publishing one, in its long or short name ("the Comet" of the Daily Comet)."""
    short, long = sorted((_name_words(outlet.name), _name_words(work.outlet.name)), key=len)
    return outlet == work.outlet or (bool(short) and short <= long)


def _name_words(name: str) -> set[str]:
    return set(name.casefold().split()) - {"the", "daily", "news", "weekly"}
