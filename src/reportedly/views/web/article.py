"""An article in full: every character once, what was found in it marked, and a card beside each thing found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from reportedly.ledger import ArticleRow, Kind, Ledger, Surroundings
from reportedly.ledger.browsing import ids_of
from reportedly.records import PROSE, Block, BlockKind, Encounter, Position, Reading, Span, Spans, Term, shown
from reportedly.views import wording
from reportedly.views.from_reading import Filler, header_of, link_of
from reportedly.views.web.asking import ID
from reportedly.views.web.corrections import NAMES, Said
from reportedly.views.web.desk import Desk
from reportedly.views.web.pages import ArticlePage, Card, Passage, PieceHead, Tag, TaggedSentence

PART = 60_000
"""Characters of one page of an article."""

CARDS = 400
"""Cards of one page of an article."""

LONGEST = 4_000
"""A sentence longer than this is cut, so that one without a full stop does not fill a page."""

INNER = "inner"


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of text, what it is, and the record's id of what it belongs to."""

    kind: str
    span: Span
    id: str


def article_page(desk: Desk, id: str, *, at: int | None, part: int | None) -> ArticlePage:
    """One article, the part of it that was asked for or that holds the character `at`."""
    row = desk.ledger.article(id)
    said = Said.of_article(desk.ledger, row.id)
    reading, passages, bounds = _laid_out(desk, row)
    chosen = min(part or _part_of(at, passages, bounds), len(bounds))
    start, end = bounds[chosen - 1]
    cards = _Cards(desk.ledger, row.id, reading, said)
    return ArticlePage(
        id=row.id[:ID],
        header=header_of(reading),
        story=row.story,
        part=chosen,
        parts=len(bounds),
        pieces=tuple(
            PieceHead(number=n, title=p.title, byline=p.byline) for n, p in enumerate(reading.document.pieces)
        ),
        passages=tuple(replace(cards.beside(p), sentences=_here(p.sentences, at)) for p in passages[start:end]),
        older=row.version_of and row.version_of[:ID],
        newer=row.superseded_by and row.superseded_by[:ID],
        removed=tuple(j for j in said.every if j.standing and j.kind == NAMES[Kind.NOT_A_STATEMENT]),
        counts=tuple((name, len(getattr(reading, name))) for name in _COUNTED),
    )


def _laid_out(desk: Desk, row: ArticleRow) -> tuple[Reading, tuple[Passage, ...], list[tuple[int, int]]]:
    """The reading, all its passages, and which of them make up each page; of a very long one kept at hand."""

    def lay_out() -> tuple[Reading, tuple[Passage, ...], list[tuple[int, int]]]:
        reading = desk.ledger.reading(row.id)
        passages = tuple(_passages(reading))
        return reading, passages, list(_parts(passages, reading))

    return desk.large(row.id, lay_out) if row.statements > CARDS else lay_out()


_COUNTED = ("statements", "terms", "positions", "encounters")


def _passages(reading: Reading) -> Iterator[Passage]:
    """The whole article, block by block; a very long block in several."""
    document = reading.document
    tagged = _Tagged(document.text, _found(reading))
    around = Surroundings(document)
    number = 0
    blocks = document.blocks or (Block(BlockKind.PARAGRAPH, Span(0, len(document.text))),)
    for block in blocks:
        number += block.kind in PROSE
        printed = number if block.kind in PROSE else None
        for sentences in _in_lengths(_sentences(document.text, block.span, around, tagged)):
            yield Passage(
                kind=block.kind.value, number=printed, piece=block.piece, sentences=tuple(sentences), cards=()
            )
            printed = None


def _in_lengths(sentences: Iterable[TaggedSentence]) -> Iterator[list[TaggedSentence]]:
    """Sentences in groups that fit into one part."""
    group: list[TaggedSentence] = []
    length = things = 0
    for sentence in sentences:
        group.append(sentence)
        length += sum(len(tag.text) for tag in sentence.tags)
        things += sum(len(tag.ids) for tag in sentence.tags)
        if length > PART // 4 or things > CARDS:
            yield group
            group, length, things = [], 0, 0
    if group:
        yield group


def _sentences(text: str, block: Span, around: Surroundings, tagged: _Tagged) -> Iterator[TaggedSentence]:
    at = block.start
    while at < block.end:
        start = at
        while start < block.end and text[start].isspace():
            start += 1
        if start >= block.end:
            return
        (sentence,) = around.of((Span(start, start + 1),))
        end = min(max(sentence.end, start + 1), block.end, start + LONGEST)
        yield TaggedSentence(start=start, space=text[at:start], tags=tagged.within(Span(start, end)), here=False)
        at = end


def _here(sentences: tuple[TaggedSentence, ...], at: int | None) -> tuple[TaggedSentence, ...]:
    """The sentences, the one that holds the character marked."""
    if at is None:
        return sentences
    return tuple(replace(s, here=s.start <= at < s.start + sum(len(t.text) for t in s.tags)) for s in sentences)


def _parts(passages: tuple[Passage, ...], reading: Reading) -> Iterator[tuple[int, int]]:
    """Which passages make up each page of the article."""
    begins = sorted(_first(spans) for _, _, spans in _things(reading))
    start = length = held = 0
    for place, passage in enumerate(passages):
        first, last = _extent(passage)
        more = bisect_left(begins, last) - bisect_left(begins, first)
        if place > start and (length + last - first > PART or held + more > CARDS):
            yield start, place
            start, length, held = place, 0, 0
        length, held = length + last - first, held + more
    yield start, len(passages)


def _extent(passage: Passage) -> tuple[int, int]:
    last = passage.sentences[-1]
    return passage.sentences[0].start, last.start + sum(len(t.text) for t in last.tags)


def _part_of(at: int | None, passages: tuple[Passage, ...], bounds: list[tuple[int, int]]) -> int:
    if at is None or not passages:
        return 1
    starts = [passage.sentences[0].start for passage in passages]
    place = max(0, bisect_right(starts, at) - 1)
    return next((n for n, (start, end) in enumerate(bounds, 1) if start <= place < end), 1)


def _found(reading: Reading) -> Iterator[Found]:
    """All that is marked in the text."""
    for statement in reading.statements:
        parts = {
            "source": statement.source,
            "cue": statement.cue,
            "content": statement.content,
            "hedge": statement.hedges,
        }
        for kind, spans in parts.items():
            yield from (Found(kind, span, statement.id) for span in spans)
    for term in reading.terms:
        yield from (Found("term", span, term.id) for span in term.spans)
    for encounter in reading.encounters:
        yield from (Found("encounter", span, encounter.id) for span in encounter.spans)


class _Tagged:
    """A text cut wherever something found in it begins or ends."""

    def __init__(self, text: str, found: Iterable[Found]) -> None:
        self._text = text
        opens: dict[int, list[Found]] = defaultdict(list)
        closes: dict[int, list[Found]] = defaultdict(list)
        for one in found:
            opens[one.span.start].append(one)
            closes[one.span.end].append(one)
        self._cuts = sorted({0, len(text), *opens, *closes})
        held: dict[Found, None] = {}
        self._tags: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        for place in self._cuts:
            for one in closes.get(place, ()):
                held.pop(one, None)
            for one in opens.get(place, ()):
                held[one] = None
            self._tags.append(_kinds_and_ids(held))

    def within(self, span: Span) -> tuple[Tag, ...]:
        """The stretches of a part of it."""
        first = bisect_right(self._cuts, span.start) - 1
        pairs = range(first, bisect_left(self._cuts, span.end))
        tags = []
        for place in pairs:
            start, end = max(self._cuts[place], span.start), min(self._cuts[place + 1], span.end)
            kinds, ids = self._tags[place]
            tags.append(Tag(text=self._text[start:end], kinds=kinds, ids=ids))
        return tuple(tags)


_MOST_IDS = 12


def _kinds_and_ids(held: Mapping[Found, None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The kinds of all that is open and their ids, the innermost first."""
    if not held:
        return (), ()
    inward = sorted(held, key=lambda f: (f.span.end - f.span.start, f.id))
    kinds = dict.fromkeys(f.kind for f in inward)
    nested = sum(f.kind == "content" for f in inward) > 1
    ids = tuple(dict.fromkeys(f.id for f in inward))[:_MOST_IDS]
    return (*sorted(kinds), *((INNER,) if nested else ())), ids


def _first(spans: Spans) -> int:
    return min((span.start for span in spans), default=0)


def _things(reading: Reading) -> Iterator[tuple[str, str, Spans]]:
    """Sort, local id and spans of whatever has a card."""
    for s in reading.statements:
        yield "statement", s.id, (*s.source, *s.cue, *s.content)
    for t in reading.terms:
        yield "term", t.id, t.spans
    for p in reading.positions:
        yield "position", p.id, p.spans
    for e in reading.encounters:
        yield "encounter", e.id, e.spans


class _Cards:
    """The cards of one article, by where they begin."""

    def __init__(self, ledger: Ledger, article: str, reading: Reading, said: Said) -> None:
        self._filler, self._reading, self._said = Filler(reading), reading, said
        sorts = ("statement", "term", "position", "encounter")
        with ledger.asking() as connection:
            self._ids = {sort: ids_of(connection, sort, article) for sort in sorts}
        self._things = sorted((_first(spans), sort, id) for sort, id, spans in _things(reading))
        self._items = {(sort, i.id): i for sort in sorts for i in getattr(reading, f"{sort}s")}
        self._sources = {source.id: source for source in reading.sources}

    def beside(self, passage: Passage) -> Passage:
        """The passage with the cards of what begins in it."""
        start, end = _extent(passage)
        low = bisect_left(self._things, (start, "", ""))
        high = bisect_left(self._things, (end, "", ""))
        return replace(passage, cards=tuple(self._card(sort, id) for _, sort, id in self._things[low:high]))

    def _card(self, sort: str, local: str) -> Card:
        whole = self._ids[sort].get(local, "")
        item = self._items[sort, local]
        head, line, statements = self._worded(sort, item)
        first = next((self._filler.statements[s] for s in statements if s in self._filler.statements), None)
        return Card(
            sort=sort,
            local=local,
            id=whole[:ID],
            head=head,
            line=line,
            chain=tuple(link_of(self._sources[s]) for s in first.chain if s in self._sources) if first else (),
            backing=self._filler.statement(first) if first else None,
            judgements=self._said.of(whole),
        )

    def _worded(self, sort: str, item: object) -> tuple[str, str, tuple[str, ...]]:
        text = self._reading.document.text
        if isinstance(item, Term):
            given = f"{wording.names(item.gives)} → {wording.names(item.gets, otherwise='nobody named')}"
            numbered = f"point {', '.join(map(str, item.points))}, " if item.points else ""
            return f"{numbered}{wording.topic(item.topic)}", given, item.statements
        if isinstance(item, Position):
            return f"{item.party} {item.stance.value}", wording.topic(item.topic), item.statements
        if isinstance(item, Encounter):
            place = f", {item.place}" if item.place else ""
            return (
                f"{item.status.value}: {wording.when(item.when)}{place}",
                wording.names(item.participants),
                item.statements,
            )
        statement = self._filler.statements[getattr(item, "id", "")]
        names = [self._filler.names.get(link, link) for link in statement.chain]
        cue = shown(statement.cue, text)
        return names[-1] if names else wording.NOBODY, cue or "no cue", (statement.id,)
