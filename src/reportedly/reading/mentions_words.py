"""The words of a sentence as names are looked for in them: whole, without possessive endings, with their tokens."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from reportedly.reading.parse import Parse, Sentence
from reportedly.reading.roster import WORD, Roster
from reportedly.records import Span


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place. `norm` is how the roster spells it: no possessive, no shouting at a paragraph's start."""

    norm: str
    span: Span
    token: Token
    index: int
    possessive: bool = False
    opens: bool = False
    """Whether it is the first word of a sentence or of a quotation, where a capital says nothing."""
    shouted: bool = False
    """Whether a tabloid's opening capitals hide how it is spelled."""

    @property
    def capital(self) -> bool:
        return self.norm[0].isupper() or (self.norm[:3].casefold() in _ARABIC and self.norm[3:4].isupper())

    @property
    def lower(self) -> str:
        return self.norm.casefold()


_TITLES = frozenset({"MR", "MS", "DR", "LT"})
_OPENING = 30
"""Characters of a paragraph that a tabloid may print in capitals."""
_ARABIC = ("al-", "el-", "as-", "ar-", "an-", "ad-", "ul-")


def words_of(sentence: Sentence, parse: Parse, roster: Roster) -> tuple[Word, ...]:
    """The sentence's words in order. A hyphenated word whose first part is a known name is split ("US-backed")."""
    base = sentence.paragraph.span.start
    tokens = {base + token.idx: token for token in sentence.tokens}
    out: list[Word] = []
    last = sentence.tokens[0]
    for start, end in _pieces(sentence.span, parse.text, roster):
        last = tokens.get(start, last)
        out.append(_word(parse.text, Span(start, end), last, (len(out), sentence, roster)))
    return tuple(out)


def _pieces(span: Span, text: str, roster: Roster) -> list[tuple[int, int]]:
    out = []
    for match in WORD.finditer(text, span.start, span.end):
        start, end = match.span()
        head, hyphen, tail = match.group().partition("-")
        if hyphen and tail and (match.group(),) not in roster.names and (head,) in roster.names:
            out.append((start, start + len(head)))
            start += len(head) + 1
        out.append((start, end))
    return out


def _word(text: str, span: Span, token: Token, where: tuple[int, Sentence, Roster]) -> Word:
    index, sentence, roster = where
    raw = span.of(text).replace("’", "'")
    possessive = raw[-2:].casefold() == "'s" and len(raw) > 2
    if possessive:
        raw, span = raw[:-2], Span(span.start, span.end - 2)
    elif raw.endswith("s") and text[span.end : span.end + 1] in ("'", "’"):
        possessive = True
    begin = sentence.paragraph.span.start
    shouted = span.start - begin < _OPENING and _shouted(raw, text[begin : span.start], roster)
    opens = index == 0 or text[span.start - 1] in '"“‘«' or text[max(0, span.start - 2) : span.start] == ": "
    return Word(raw.capitalize() if shouted else raw, span, token, index, possessive, opens, shouted)


def _shouted(raw: str, before: str, roster: Roster) -> bool:
    """Tabloids print the first words of a story in capitals."""
    long = len(raw) > 2 or raw in _TITLES
    capitals = long and raw.isupper() and raw.isalpha() and (raw,) not in roster.names
    return capitals and (before == before.upper() or not before.strip())
