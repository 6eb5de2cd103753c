"""Readings for the ledger's tests: one written out, many made up, and any that there could be."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import strategies as st

from reportedly.ledger import article_id
from reportedly.records import (
    Act,
    Amount,
    Block,
    BlockKind,
    Certainty,
    Deadline,
    Document,
    Encounter,
    Force,
    Limit,
    Mode,
    Note,
    Piece,
    Plan,
    PointsBasis,
    Position,
    Reading,
    Source,
    SourceKind,
    Span,
    Spans,
    Stance,
    Statement,
    Status,
    Term,
    Topic,
)

TEXT = (
    "Mr. Demir told the Bosphorus Post that “the deal is close”. He met Anna Weiss in St. Gallen in April.\n\n"
    "Point three of the nine-point paper would have Turkey withdraw 5,000 troops if Greece agrees. "
    "Greece rejects peacekeepers."
)


def places(text: str, words: str) -> Spans:
    start = text.index(words)
    return (Span(start, start + len(words)),)


def a_reading(**changes: object) -> Reading:
    """The written-out reading; `changes` are of its document, `text` among them if it only adds to the end."""
    first_end = TEXT.index("\n")
    blocks = (
        Block(BlockKind.PARAGRAPH, Span(0, first_end)),
        Block(BlockKind.PARAGRAPH, Span(first_end + 2, len(TEXT))),
    )
    fields = {"text": TEXT, "name": "post-1", "outlet": "Daily Comet", "published": "2026-03-06", "story": "cyprus"}
    document = Document(**{**fields, "url": "https://comet.example/1", "blocks": blocks, **changes})
    return Reading(
        document=document,
        sources=(
            Source(id="so0", name="Daily Comet", kind=SourceKind.OUTLET),
            Source(id="so1", name="Bosphorus Post", kind=SourceKind.OUTLET),
            Source(id="so2", name="Kerem Demir", kind=SourceKind.PERSON, party="Turkey", mentions=_at("Demir")),
        ),
        statements=(
            Statement(
                id="st1",
                piece=0,
                source=_at("Mr. Demir"),
                cue=_at("told"),
                content=_at("the deal is close"),
                mode=Mode.DIRECT,
                chain=("so0", "so1", "so2"),
                certainty_outlet=Certainty.UNCOMMITTED,
            ),
            Statement(
                id="st2",
                piece=0,
                source=(),
                cue=(),
                content=_at("Greece rejects peacekeepers"),
                act=Act.REJECT,
                chain=("so0",),
            ),
        ),
        plans=(Plan(id="pl1", name="nine-point paper", authors=("United Nations",), points=9, statements=("st1",)),),
        terms=(
            Term(
                id="te1",
                plan="pl1",
                spans=_at("would have Turkey withdraw 5,000 troops"),
                topic=Topic.FORCE_LIMITS,
                points=(3,),
                points_basis=PointsBasis.STATED,
                gives=("Turkey",),
                gets=("Greece",),
                conditional=True,
                condition=_at("if Greece agrees"),
                condition_of="United Nations",
                amounts=(Amount(span=_at("5,000 troops")[0], value=5000.0, unit="troops"),),
                statements=("st1",),
            ),
            Term(
                id="te2",
                plan=None,
                spans=_at("peacekeepers"),
                topic=Topic.PEACEKEEPING,
                deadline=Deadline(span=_at("in April")[0], limit=Limit.BY, when="../2026-04"),
                statements=("st2", "st1"),
            ),
        ),
        positions=(
            Position(
                id="po1",
                party="Greece",
                topic=Topic.PEACEKEEPING,
                stance=Stance.REJECTS,
                spans=_at("Greece rejects peacekeepers"),
                term="te2",
                statements=("st2",),
            ),
        ),
        encounters=(
            Encounter(
                id="en1",
                participants=("Kerem Demir", "Anna Weiss"),
                status=Status.HELD,
                spans=_at("He met Anna Weiss in St. Gallen in April"),
                place="St Gallen",
                when="2026-04",
                statements=("st1",),
            ),
        ),
        notes=(Note("dates", "April counted from the day of publication"),),
        reader="rules/1",
    )


def _at(words: str) -> Spans:
    return places(TEXT, words)


_OUTLETS = ("Continental Courier", "Daily Comet", "Levant Tribune", "The Meridian", "Harbour Gazette")
_PARTIES = ("Turkey", "Greece", "Cyprus", "United Kingdom", "United Nations", "Russia")
_WORDS = (
    "the minister said that troops would leave after talks on water gas ports airports prisoners maps fences "
    "sanctions elections guarantees inspectors schools pensions roads and a truce before winter in spring"
)


def made_up(number: int, *, sentences: int = 30) -> Reading:
    """A reading of about the size of a real one: a statement a sentence, and terms, positions and encounters."""
    draw = random.Random(number)
    lines = [" ".join(draw.choices(_WORDS.split(), k=20)).capitalize() + "." for _ in range(sentences)]
    text = " ".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(sentences)]
    spans = [(Span(start, start + len(line) - 1),) for start, line in zip(starts, lines, strict=True)]
    outlet, day = draw.choice(_OUTLETS), f"2026-{1 + number % 12:02}-{1 + number % 28:02}"
    sources = (
        Source(id="so0", name=outlet, kind=SourceKind.OUTLET),
        Source(id="so1", name=f"Person {number % 400}", kind=SourceKind.PERSON, party=draw.choice(_PARTIES)),
    )
    statements = [
        Statement(id=f"st{n}", piece=0, source=span, cue=(), content=span, chain=("so0", "so1"))
        for n, span in enumerate(spans)
    ]
    terms = [
        Term(
            id=f"te{n}",
            plan="pl1",
            spans=spans[n],
            topic=draw.choice(list(Topic)),
            gives=(draw.choice(_PARTIES),),
            gets=(draw.choice(_PARTIES),),
            statements=(f"st{n}",),
        )
        for n in range(sentences // 3)
    ]
    positions = [
        Position(
            id=f"po{n}",
            party=draw.choice(_PARTIES),
            topic=draw.choice(list(Topic)),
            stance=draw.choice(list(Stance)),
            spans=spans[n],
            statements=(f"st{n}",),
        )
        for n in range(sentences // 5)
    ]
    encounters = [
        Encounter(id=f"en{n}", participants=_PARTIES[:2], status=Status.HELD, spans=spans[n], when=day)
        for n in range(sentences // 10)
    ]
    return Reading(
        document=Document(
            text=text, name=f"made-up-{number}", outlet=outlet, published=day, story=f"story-{number % 20}"
        ),
        sources=sources,
        statements=tuple(statements),
        plans=(Plan(id="pl1", name=f"plan {number % 50}", statements=("st0",)),),
        terms=tuple(terms),
        positions=tuple(positions),
        encounters=tuple(encounters),
    )


_TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
_NAMES = st.sampled_from(("Ana", "ana", "BBC", "Ünal", "İzmir", "“x”", "a\0b", "*", '"', "国防部"))
_DATES = st.sampled_from((None, "2026-03", "2026-03-04", "2026?", "2026-03/2026-05", "soon", "../2026", "202X"))
_SCORES = st.floats(0, 1)


@st.composite
def _spans(draw: st.DrawFn, length: int, least: int = 0) -> Spans:
    pairs = st.tuples(st.integers(0, length - 1), st.integers(1, length)).filter(lambda pair: pair[0] < pair[1])
    return tuple(Span(*pair) for pair in draw(st.lists(pairs, min_size=least, max_size=3)))


def _some(ids: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(ids), max_size=3).map(tuple) if ids else st.just(())


def _one(ids: list[str]) -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, *ids])


def _ids(draw: st.DrawFn, letters: str) -> list[str]:
    return [f"{letters}{n}" for n in range(draw(st.integers(0, 3)))]


def documents() -> st.SearchStrategy[Document]:
    """Any document: blocks and pieces anywhere in the text, odd characters everywhere."""
    text = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60) | st.sampled_from((TEXT, "."))
    return text.flatmap(_documents_of)


def _documents_of(text: str) -> st.SearchStrategy[Document]:
    span = _spans(len(text), 1).map(lambda spans: spans[0])
    blocks = st.builds(Block, st.sampled_from(BlockKind), span, st.integers(0, 3))
    pieces = st.builds(Piece, st.none() | _TEXTS, st.lists(_TEXTS, max_size=2).map(tuple), span)
    known_from = st.dictionaries(st.sampled_from(("outlet", "published", "url")), _TEXTS)
    return st.builds(
        Document,
        text=st.just(text),
        name=_NAMES,
        outlet=st.none() | _NAMES,
        published=st.sampled_from((None, "2026-03-04", "2026-03-05")),
        url=st.sampled_from((None, "https://a.example/1", "https://a.example/2")),
        title=st.none() | _TEXTS,
        byline=st.lists(_TEXTS, max_size=2).map(tuple),
        language=st.sampled_from(("en", "tr")),
        story=st.none() | _NAMES,
        blocks=st.lists(blocks, max_size=3).map(tuple),
        pieces=st.lists(pieces, max_size=2).map(tuple),
        known_from=known_from.map(lambda known: tuple(known.items())),
        notes=st.lists(st.builds(Note, _TEXTS, _TEXTS), max_size=2).map(tuple),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading that is whole: every id that it names is in it, every span in its text."""
    document = draw(documents())
    spans, some_names = _spans(len(document.text)), st.lists(_NAMES, max_size=3).map(tuple)
    so, sta, pl, te = (_ids(draw, letters) for letters in ("so", "st", "pl", "te"))
    sources = (
        st.builds(
            Source,
            id=st.just(id),
            name=_NAMES,
            kind=st.sampled_from(SourceKind),
            named=st.booleans(),
            count=st.integers(0, 40),
            at_least=st.booleans(),
            party=st.none() | _NAMES,
            mentions=spans,
            ref=st.none() | _TEXTS,
        )
        for id in so
    )
    statements = (
        st.builds(
            Statement,
            id=st.just(id),
            piece=st.integers(0, 2),
            source=spans,
            cue=spans,
            content=spans,
            addressee=spans,
            mode=st.sampled_from(Mode),
            act=st.sampled_from(Act),
            parent=_one(sta),
            chain=_some(so),
            certainty_outlet=st.sampled_from(Certainty),
            certainty_source=st.sampled_from(Certainty),
            hedges=spans,
            confidence=_SCORES,
            method=_TEXTS,
        )
        for id in sta
    )
    plans = (
        st.builds(
            Plan,
            id=st.just(id),
            name=_NAMES,
            authors=some_names,
            points=st.none() | st.integers(0, 30),
            first_reported_by=st.none() | _NAMES,
            spans=spans,
            statements=_some(sta),
        )
        for id in pl
    )
    terms = (
        st.builds(
            Term,
            id=st.just(id),
            plan=_one(pl),
            spans=spans,
            topic=st.sampled_from(Topic),
            points=st.lists(st.integers(1, 30), max_size=2).map(tuple),
            points_basis=st.none() | st.sampled_from(PointsBasis),
            gives=some_names,
            gets=some_names,
            included=st.booleans(),
            force=st.sampled_from(Force),
            conditional=st.booleans(),
            condition=spans,
            statements=_some(sta),
            confidence=_SCORES,
            method=_TEXTS,
        )
        for id in te
    )
    positions = (
        st.builds(
            Position,
            id=st.just(id),
            party=_NAMES,
            topic=st.sampled_from(Topic),
            stance=st.sampled_from(Stance),
            spans=spans,
            term=_one(te),
            statements=_some(sta),
            confidence=_SCORES,
            method=_TEXTS,
        )
        for id in _ids(draw, "po")
    )
    encounters = (
        st.builds(
            Encounter,
            id=st.just(id),
            participants=some_names,
            status=st.sampled_from(Status),
            spans=spans,
            place=st.none() | _NAMES,
            when=_DATES,
            statements=_some(sta),
            confidence=_SCORES,
            method=_TEXTS,
        )
        for id in _ids(draw, "en")
    )
    return Reading(
        document=document,
        sources=tuple(map(draw, sources)),
        statements=tuple(map(draw, statements)),
        plans=tuple(map(draw, plans)),
        terms=tuple(map(draw, terms)),
        positions=tuple(map(draw, positions)),
        encounters=tuple(map(draw, encounters)),
        notes=draw(st.lists(st.builds(Note, _TEXTS, _TEXTS), max_size=2).map(tuple)),
        reader=draw(_TEXTS),
    )


def collections() -> st.SearchStrategy[list[Reading]]:
    """Readings of different articles, versions of one another among them."""
    return st.lists(readings(), min_size=1, max_size=4, unique_by=lambda reading: article_id(reading.document))


def read_anew(reading: Reading) -> Reading:
    """What a newer reader might make of the same article: one statement surer, one gone, its own name."""
    first, *_rest = reading.statements
    surer = replace(first, certainty_source=Certainty.PROBABLE, confidence=0.5, id="st7")
    return replace(
        reading, statements=(surer,), plans=(), terms=(), positions=(), encounters=(), reader="rules/2", notes=()
    )
