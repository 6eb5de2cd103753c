"""An article as the tagger's network reads it: word pieces with what is known of each, cut into windows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

Ints = NDArray[np.int64]

WINDOW = 254  # word pieces read at once, without the two markers around them
CLS, SEP = 101, 102
OUTSIDE, INSIDE, UNCLOSED, OPENS, CLOSES = range(5)  # values of the quotation feature
FEATURE_SIZES = (5, 3, 8, 2)  # quotation, sentence start, paragraph's place, reading inside a content
OPENING, CLOSING = "“„«", "”»"

_MARK = re.compile(f'[{OPENING}{CLOSING}"]')
_SENTENCE = re.compile(r"(?<=[.!?:])[\"”’»)\]]*\s+(?=[\"“‘„«(\[]*[A-Z0-9])")


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """An article as word pieces: what the network reads, and where each word stands in the text.

    ids (pieces,) and features (pieces, 4) are the network's input; first (words,) is each word's first piece;
    start, end, paragraph (words,) its code points and the index of its paragraph; sentence (pieces,) is 0 inside a
    sentence, 1 at its start, 2 at a paragraph's.
    """

    ids: Ints
    features: Ints
    first: Ints
    start: Ints
    end: Ints
    paragraph: Ints

    @property
    def sentence(self) -> Ints:
        """Where sentences (1) and paragraphs (2) begin, by piece."""
        return self.features[:, 1]


@lru_cache(maxsize=8)
def quotation(text: str) -> Ints:
    """(characters,) int64: outside quotation marks, inside, inside a quotation not closed in this text, or a mark."""
    depth = np.zeros(len(text), np.int64)
    opened = -1
    for match in _MARK.finditer(text):
        i, character = match.start(), match.group()
        straight = character == '"'
        if (character in OPENING or straight) and opened < 0:
            depth[i], opened = OPENS, i
        elif (character in CLOSING or straight) and opened >= 0:
            depth[opened + 1 : i], depth[i], opened = INSIDE, CLOSES, -1
    if opened >= 0:
        depth[opened + 1 :] = UNCLOSED
    depth.flags.writeable = False
    return depth


def sentence_starts(text: str) -> set[int]:
    """Offsets where a sentence begins, but for the first; by punctuation and a capital alone."""
    return {match.end() for match in _SENTENCE.finditer(text)}


def lay_out(paragraphs: Sequence[tuple[int, str]], tokenizer: Tokenizer, *, inside: bool = False) -> Sheet:
    """The sheet of an article's paragraphs, each with its offset; `inside` marks contents that are read again."""
    encoded = tokenizer.encode_batch([text for _, text in paragraphs], add_special_tokens=False)
    parts = [_paragraph(number, *pair, inside) for number, pair in enumerate(zip(paragraphs, encoded, strict=True))]
    before = 0
    for ids, _, words in parts:
        words[:, 0] += before
        before += len(ids)
    none = np.zeros((0, 4), np.int64)
    ids, rows = (np.concatenate([empty, *(part[n] for part in parts)]) for n, empty in enumerate((none[:, 0], none)))
    table = np.concatenate([none, *(words for _, _, words in parts)])
    return Sheet(ids, rows, *(np.ascontiguousarray(table[:, i]) for i in range(4)))


def _paragraph(number: int, paragraph: tuple[int, str], encoding: Encoding, inside: bool) -> tuple[Ints, Ints, Ints]:
    """Ids (pieces,), features (pieces, 4), and (words, 4): first piece, start, end and paragraph of each word."""
    offset, text = paragraph
    ids, word = np.array(encoding.ids, np.int64), np.array(encoding.word_ids, np.int64)
    begin, end = np.array(encoding.offsets, np.int64).reshape(-1, 2).T
    rows = np.zeros((len(ids), 4), np.int64)
    starts = np.searchsorted(begin, sorted(sentence_starts(text)))
    rows[starts[starts < len(ids)], 1] = 1
    rows[:1, 1] = 2
    rows[:, 0], rows[:, 2], rows[:, 3] = quotation(text)[begin], min(number, 7), inside
    first = np.flatnonzero(np.diff(word, prepend=-1))
    last = np.append(first[1:], len(ids)) - 1 if len(ids) else first
    numbers = np.full(len(first), number, np.int64)
    return ids, rows, np.stack([first, offset + begin[first], offset + end[last], numbers], axis=1)


def cut_windows(sheet: Sheet, *, room: int = WINDOW, first_room: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield [start, end) in pieces: whole paragraphs, as many as fit; a longer one is cut at its sentences or words."""
    total = len(sheet.ids)
    is_word = np.zeros(total + 1, bool)
    is_word[sheet.first] = True
    is_word[total] = True
    ends = {level: np.append(np.flatnonzero(sheet.sentence >= level), total) for level in (1, 2)}
    ends[0] = np.flatnonzero(is_word)
    start, limit = 0, first_room or room
    while start < total:
        end = min(start + room, total)  # a single "word" longer than a window
        for level, most in ((2, limit), (2, room), (1, room), (0, room)):
            fitting = ends[level][(ends[level] > start) & (ends[level] <= start + most)]
            if len(fitting):
                end = int(fitting[-1])
                break
        yield start, end
        start, limit = end, room


def window_input(sheet: Sheet, start: int, end: int) -> tuple[Ints, Ints]:
    """Ids (pieces + 2,) and features (pieces + 2, 4) of the pieces [start, end) between their markers."""
    ids = np.concatenate(([CLS], sheet.ids[start:end], [SEP]))
    features = np.pad(sheet.features[start:end], ((1, 1), (0, 0)))
    features[:, 3] = sheet.features[start, 3]
    return ids, features
