"""Terms and those at their table as the network reads them: word pieces in windows, and who stands where in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from reportedly.reading.draft import Draft
from reportedly.reading.tagger_sheet import CLS, SEP, Ints, Sheet, cut_windows, lay_out
from reportedly.reading.terms_places import PLACES
from reportedly.reading.terms_ranking_signs import Signs
from reportedly.reading.terms_scene import Parties, Scene

Floats = NDArray[np.float32]

ROOM, OPENING, NAME, SLOTS = 330, 28, 6, 16
"""Pieces of text in a window, of the article's opening and of a party's name before it; parties that are listed."""
FEATURE_SIZES = (5, 3, 8, 2, SLOTS + 1, 3)
"""Quotation, sentence start, paragraph's place, standing before the text, party, and term (1 begins, 2 goes on)."""
SPOTS = (*PLACES, "away")
RANKS = ("side 1", "side 2", "author", "helper", "group", "third", "other")
KINDS = ("government", "organisation", "person", "union", "group", "none")
SIGNS = len(SPOTS) + len(RANKS) + len(KINDS) + 7
_FIRST, _LEADING = 6, 10
_MASK, _BETWEEN = 103, 1025


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A stretch of an article with its terms; the parties' names stand before it, each in its slot.

    ids (pieces,) and features (pieces, 6) are the encoder's input. `terms` numbers the terms that begin here, and
    `stretches` has the pieces of each; `names` and `mentions` those of each party, the latter perhaps none. nearest
    (terms, parties) is the piece that speaks of a party nearest to a term, signs (terms, parties, SIGNS) what the
    program knows of the two.
    """

    ids: Ints
    features: Ints
    terms: tuple[int, ...]
    stretches: tuple[Ints, ...]
    names: tuple[Ints, ...]
    mentions: tuple[Ints, ...]
    nearest: Ints
    signs: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """The paragraphs that hold terms: code points [start, end) of each piece's word, pieces of terms and parties."""

    sheet: Sheet
    start: Ints
    end: Ints
    terms: tuple[Ints, ...]
    mentions: tuple[Ints, ...]


def lay_out_terms(draft: Draft, scenes: Sequence[Scene], tokenizer: Tokenizer) -> tuple[Parties, tuple[Window, ...]]:
    """The parties that may give or get, as listed before each window, and the windows in which terms begin."""
    signs = [Signs(scene) for scene in scenes]
    parties = listed_parties(draft, signs)
    if not parties:
        return (), ()
    page = _page(draft, scenes, parties, tokenizer)
    names = [tokenizer.encode(p, add_special_tokens=False).ids[:NAME] or [_MASK] for p in parties]
    opening = tokenizer.encode(_opening(draft), add_special_tokens=False).ids[:OPENING]
    windows = []
    for start, end in cut_windows(page.sheet, room=ROOM):
        here = tuple(n for n, at in enumerate(page.terms) if len(at) and start <= at[0] < end)
        if here:
            head = _Head(opening, names)
            known = np.stack([_signs_of(signs[n], parties) for n in here])
            windows.append(_window(page, (start, end), head, here, known))
    return parties, tuple(windows)


def listed_parties(draft: Draft, signs: Sequence[Signs]) -> Parties:
    """Everybody who may give or get some term: the first of the table, then by how many terms they may bear on."""
    table = signs[0].scene.table if signs else None
    if table is None:
        return ()
    often = Counter(p for each in signs for p in each.candidates)
    told = Counter(p for actor in draft.mentions.actors for p in table.of(actor) for _ in actor.mentions)
    others = (p for p, _ in told.most_common() if p in table.acting)
    order = tuple(dict.fromkeys((*table.ranked[:_LEADING], *often, *others)))
    rest = sorted(order[_FIRST:], key=lambda p: -often[p])
    return (*order[:_FIRST], *rest)[:SLOTS]


def _opening(draft: Draft) -> str:
    """The headline, if the page marks one."""
    return next((block.span.of(draft.document.text) for block in draft.parse.headings), "")


def _page(draft: Draft, scenes: Sequence[Scene], parties: Parties, tokenizer: Tokenizer) -> Page:
    text = draft.document.text
    spans = [span for scene in scenes for span in scene.candidate.spans]
    held = [p.span for p in draft.parse.paragraphs if any(p.span.meets(span) for span in spans)]
    sheet = lay_out([(span.start, span.of(text)) for span in held], tokenizer)
    lengths = np.diff(np.append(sheet.first, len(sheet.ids)))
    start, end = np.repeat(sheet.start, lengths), np.repeat(sheet.end, lengths)

    def pieces(spans: Iterator[tuple[int, int]]) -> Ints:
        found = [np.arange(np.searchsorted(end, a, "right"), np.searchsorted(start, b)) for a, b in spans]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)

    terms = tuple(pieces((s.start, s.end) for s in scene.candidate.spans) for scene in scenes)
    mentions = tuple(pieces(spans) for spans in _spans_of(draft, scenes[0], parties))
    return Page(sheet, start, end, terms, mentions)


def _spans_of(draft: Draft, scene: Scene, parties: Parties) -> Iterator[Iterator[tuple[int, int]]]:
    """Where the text speaks of each party; where it is read nowhere, its very name."""
    found: dict[str, list[tuple[int, int]]] = {}
    for actor in draft.mentions.actors:
        for party in scene.table.of(actor):
            found.setdefault(party, []).extend((m.start, m.end) for m in actor.mentions)
    for party in parties:
        name = re.compile(rf"\b{re.escape(party)}\b", re.IGNORECASE)
        yield iter(found.get(party) or [m.span() for m in name.finditer(draft.document.text)])


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands before a window: the article's opening, then each party's name."""

    opening: list[int]
    names: list[list[int]]

    @property
    def ids(self) -> list[int]:
        return [CLS, *self.opening, SEP, *chain.from_iterable((*n, _BETWEEN) for n in self.names), SEP]

    @property
    def at(self) -> tuple[Ints, ...]:
        """The pieces of each name."""
        start, found = len(self.opening) + 2, []
        for name in self.names:
            found.append(np.arange(start, start + len(name)))
            start += len(name) + 1
        return tuple(found)


def _window(page: Page, cut: tuple[int, int], head: _Head, here: tuple[int, ...], signs: Floats) -> Window:
    start, end = cut
    room = len(head.ids)
    ids = np.concatenate((head.ids, page.sheet.ids[start:end], [SEP]))
    features = np.zeros((len(ids), len(FEATURE_SIZES)), np.int64)
    features[:room, 3] = np.isin(ids[:room], (CLS, SEP), invert=True)
    features[room:-1, :3] = page.sheet.features[start:end, :3]
    stretches, mentions = (
        tuple(at[(at >= start) & (at < end)] - start + room for at in pieces)
        for pieces in ([page.terms[n] for n in here], page.mentions)
    )
    for slot, (name, spoken) in enumerate(zip(head.at, mentions, strict=True), 1):
        features[name, 4] = features[spoken, 4] = slot
    for stretch in stretches:
        features[stretch, 5] = 2
        features[stretch[0], 5] = 1
    near = [[_nearest(s, m if len(m) else n[:1]) for m, n in zip(mentions, head.at, strict=True)] for s in stretches]
    return Window(ids, features, here, stretches, head.at, mentions, np.array(near), signs)


def _nearest(stretch: Ints, spoken: Ints) -> int:
    """The piece in the stretch, else the nearest to it; what comes after counts as twice as far."""
    away = np.where(spoken < stretch[0], stretch[0] - spoken, 2 * np.maximum(0, spoken - stretch[-1]))
    return int(spoken[int(away.argmin())])


def _signs_of(signs: Signs, parties: Parties) -> Floats:
    """What the program knows of each party in respect of a term, (parties, SIGNS) of 0 and 1."""
    scene = signs.scene
    before = scene.last.ruled if scene.last is not None else ((), ())
    sets = (scene.voice, signs.authors, *scene.ruled, *before, signs.candidates)
    rows = []
    for party in parties:
        spot, rank, kind = scene.places.get(party, "away"), signs.rank(party), signs.kind(party)
        row = [*(spot == s for s in SPOTS), *(rank == r for r in RANKS), *(kind == k for k in KINDS)]
        rows.append([*row, *(party in each for each in sets)])
    return np.array(rows, np.float32)
