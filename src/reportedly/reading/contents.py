"""The borders of contents: quotations whole, speech that goes on, reports kept apart from each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Token

from reportedly.reading.quotes import Quote
from reportedly.reading.ranges import Ranges
from reportedly.reading.reports import Found, Text
from reportedly.reading.trim import trimmed
from reportedly.records import Span, hull

_DEFINED = re.compile(r" \([^()]{0,40}[\"“][^()]{1,40}\)$")
"""The name that a release gives somebody: 'Halvorsen Foods (the "Company")'."""
_OPENING = ('"', "'")
_BEFORE_NAMES = "\"'”’»,;:•‣◦▪●·*–—- \n"


def bordered(found: Found, text: Text) -> Found:
    """Content cut to its borders: quotations whole, no outer marks on direct speech, no stray comma."""
    grown = [_whole_quote(span, found, text) for span in found.content]
    grown = [*grown, *_speech_that_goes_on(grown, found, text)]
    cut = [
        t
        for span in grown
        if (t := trimmed(span, text.parse.text, text.quotes, opened=_is_opened(span, grown[0], text))) is not None
    ]
    if all(c.of(text.parse.text).casefold() in ("which", "who", "what", "whom", "to") for c in cut):
        cut = []  # "which was drawn up by Washington" says nothing of its own
    source = tuple(_bare(span, text.parse.text) for span in found.source)
    return replace(found, source=source, content=tuple(sorted(set(cut))))


def _bare(source: Span, text: str) -> Span:
    """A source without marks before it: the close of a quotation, the sign of a list item."""
    words = source.of(text)
    bare = words.lstrip(_BEFORE_NAMES) if words[:1] not in _OPENING or words.count(words[:1]) < 2 else words
    start = source.end - len(bare)
    bare = _DEFINED.sub("", bare)
    before, bracket, within = bare.partition(" (")
    if bracket and ")" not in within and before:  # "Halvorsen Foods, Inc. (NYSE", of "(NYSE: HVF)"
        bare = before
    return Span(start, start + len(bare)) if bare else source


def _is_opened(span: Span, first: Span, text: Text) -> bool:
    """Whether a "that", "if" or "whether" at its head would introduce it: not behind an interruption, "…, if I can"."""
    return (span == first or not span.of(text.parse.text).startswith("if ")) and not _points(span, text)


def _points(span: Span, text: Text) -> bool:
    """Whether it begins with a "that" which points: "dismissed that demand", "regards that as a red line"."""
    first = next((t for t in text.parse.tokens_in(span) if not t.is_punct), None)
    if first is None or first.lower_ != "that":
        return False
    if first.dep_ == "det":
        noun = first.head
        return noun.i > first.i and noun.tag_ in ("NN", "NNP") and noun.dep_ not in ("nsubj", "nsubjpass", "compound")
    return first.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass", "attr") and (first.tag_ == "DT" or _alone(first))


def _alone(that: Token) -> bool:
    """Whether no noun follows that it could introduce: "that as a red line", unlike "that lorries are late"."""
    after = that.nbor(1) if that.i + 1 < that.sent.end else None
    return after is None or after.pos_ in ("ADP", "PUNCT", "SCONJ", "ADV")


def _whole_quote(span: Span, found: Found, text: Text) -> Span:
    """A content that ends within a quotation runs to its end; one that begins within it, from its start."""
    start, end = span.start, span.end
    taken = (*found.source, *found.cue)
    for quote in text.quotes:
        if any(quote.outer.meets(t) for t in taken) or not quote.outer.meets(span):
            continue
        if quote.outer.start < start < quote.inner.end:
            start = quote.outer.start
        if quote.inner.start < end < quote.outer.end:
            end = quote.outer.end
    return Span(start, end)


def _speech_that_goes_on(content: list[Span], found: Found, text: Text) -> list[Span]:
    """Quotations that follow a quoted statement with nothing but their marks between: the same speaker goes on."""
    if not content or not any(q.outer.meets(c) for q in text.quotes for c in content):
        return []
    if any(q.inner.holds(found.cue[0]) for q in text.quotes):  # it is the outer speaker who goes on
        return []
    sentence = text.parse.sentences[found.sentence]
    at = max(sentence.span.end, content[-1].end)
    more: list[Span] = []
    for quote in text.quotes:
        if quote.outer.start < at:
            continue
        gap = text.parse.text[at : quote.outer.start]
        continued = quote.paragraph == sentence.paragraph.index or _open_before(quote, text)
        if gap.strip() or not continued or not _stands_alone(quote, text):
            break
        more.append(quote.outer)
        at = quote.outer.end
    return more


def _open_before(quote: Quote, text: Text) -> bool:
    return any(q.open and q.paragraph == quote.paragraph - 1 for q in text.quotes)


def _stands_alone(quote: Quote, text: Text) -> bool:
    """Whether the quotation is whole sentences, with no reporting clause after it."""
    after = text.parse.text[quote.outer.end : quote.outer.end + 2]
    inner = quote.inner.of(text.parse.text).rstrip()
    return inner[-1:] in ".?!…" and (not after.strip() or after[:1].isspace())


def in_its_quotation(found: Found, text: Text) -> bool:
    """Whether a report made inside quotation marks keeps to them: its content does not reach outside."""
    for quote in text.quotes:
        if quote.inner.holds(found.cue[0]):
            return all(quote.outer.holds(c) for c in found.content)
    return True


def distinct(found: Iterable[Found]) -> list[Found]:
    """One for each cue, the surer one; a phrase ("as X put it") before the verb in it."""
    kept: list[Found] = []
    taken: set[int] = set()
    for f in sorted((f for f in found if f.content), key=lambda f: (-f.weight, -len(f.cue))):
        held = {i for span in f.cue for i in range(span.start, span.end)}
        if not held & taken:
            taken |= held
            kept.append(f)
    return kept


def apart(found: list[Found], text: str) -> list[Found]:
    """Of two that hold each other's cue, the outer one's reporting clause is cut off the inner one's content."""
    out = []
    contents = Ranges((c, n) for n, f in enumerate(found) for c in f.content)
    for f in found:
        for other in [found[n] for n in sorted({n for _, n in contents.meeting(f.cue[0])})]:
            if other is f or not _hold_each_other(f, other) or other.cue[0].start < f.cue[0].start:
                continue
            stop = hull((*other.source, *other.cue)).start
            f = _ending_at(f, stop, text)
        out.append(f)
    return out


def _hold_each_other(a: Found, b: Found) -> bool:
    return any(c.holds(b.cue[0]) for c in a.content) and any(c.holds(a.cue[0]) for c in b.content)


def _ending_at(found: Found, stop: int, text: str) -> Found:
    kept = [c if c.end <= stop else Span(c.start, stop) for c in found.content if c.start < stop]
    cut = [Span(c.start, c.start + len(c.of(text).rstrip(" ,;:—–-"))) for c in kept if c.of(text).strip(" ,;:—–-")]
    return replace(found, content=tuple(cut)) if cut else found
