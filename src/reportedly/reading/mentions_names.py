"""Names as they stand in a sentence: runs of capitals cut into titles, nationalities and the names proper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from reportedly.reading.language import load_table
from reportedly.reading.mentions_words import Word
from reportedly.reading.roster import Known, Roster, Sort
from reportedly.records import Span, hull

_JOINING = frozenset(
    [
        "of",
        "for",
        "on",
        "in",
        "and",
        "&",
        "the",
        "de",
        "la",
        "le",
        "van",
        "der",
        "den",
        "von",
        "bin",
        "ibn",
        "al",
        "el",
        "du",
        "des",
        "ten",
        "ter",
        "di",
        "da",
        "dos",
        "del",
        "y",
    ]
)
_PARTICLES = frozenset(
    [
        "de",
        "la",
        "van",
        "der",
        "den",
        "von",
        "bin",
        "ibn",
        "al",
        "el",
        "du",
        "des",
        "ten",
        "ter",
        "di",
        "da",
        "dos",
        "del",
        "y",
    ]
)
_OPENERS = frozenset({"DET", "PRON", "ADP", "CCONJ", "SCONJ", "ADV", "AUX", "PART", "INTJ", "VERB", "PUNCT"})
_DATES = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sept",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
        "I",
        "I'm",
        "I'd",
        "I'll",
        "I've",
    ]
)
_BEFORE_MORE = frozenset({Sort.ADJECTIVE, Sort.COUNTRY, Sort.CAPITAL, Sort.TOWN, Sort.REGION, Sort.BODY, Sort.SEAT})


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text. `words` is the name proper; `span` takes in the titles written with it."""

    words: tuple[str, ...]
    span: Span
    sentence: int
    first: Word
    last: Word
    known: Known | None = None
    titles: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Capitals:
    """How the article spells its words: which it prints in lower case, which with a capital inside a sentence."""

    lowered: frozenset[str]
    inside: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """The tables that tell a title, an office and the head word of a name."""

    titles: dict[str, str]
    offices: frozenset[tuple[str, ...]]
    heads: dict[str, str]
    nouns: dict[str, frozenset[str]] = field(default_factory=dict)


@lru_cache(maxsize=4)
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of a language."""
    nouns: dict[str, set[str]] = {}
    for row in load_table(language, "nouns"):
        nouns.setdefault(row["noun"], set()).add(row["sort"])
    return Lexicon(
        {row["title"]: row["gender"] for row in load_table(language, "titles")},
        frozenset(tuple(noun.casefold().split()) for noun, sorts in nouns.items() if "office" in sorts),
        {row["head"]: row["kind"] for row in load_table(language, "heads")},
        {noun: frozenset(sorts) for noun, sorts in nouns.items()},
    )


def capitals_of(sentences: Iterable[Sequence[Word]]) -> Capitals:
    """What the spelling of the whole article says about its capitals."""
    words = [word for sentence in sentences for word in sentence]
    lowered = frozenset(w.norm for w in words if w.norm.islower())
    return Capitals(lowered, frozenset(w.norm for w in words if w.capital and not w.opens and not w.shouted))


@dataclass(frozen=True)
class NameFinder:
    """Finds the names of one article's sentences."""

    text: str
    roster: Roster
    lexicon: Lexicon
    capitals: Capitals

    def names_in(self, words: Sequence[Word], sentence: int) -> list[Name]:
        """The names of a sentence, in order."""
        out: list[Name] = []
        at = 0
        while at < len(words):
            if not self._begins(words, at):
                at += 1
                continue
            end = self._run_end(words, at)
            out.extend(self._cut(words[at:end], sentence))
            at = end
        return out

    def _begins(self, words: Sequence[Word], at: int) -> bool:
        word = words[at]
        if not word.capital:
            return word.norm in self.roster.reach and self.roster.longest([word.norm], 0) is not None
        if word.norm in _DATES:
            return False
        if not (word.opens or word.shouted) or self._known_at(words, at):
            return True
        return self._names_though_opening(words, at)

    def _names_though_opening(self, words: Sequence[Word], at: int) -> bool:
        """A capital at a sentence's start means a name only where something else says so."""
        word = words[at]
        if word.norm in self.lexicon.titles or self._office_at(words, at):
            return True
        if word.lower in self.lexicon.nouns or word.lower in self.capitals.lowered or "-" in word.norm[1:-1]:
            return word.norm in self.capitals.inside and word.token.pos_ == "PROPN"
        if word.norm in self.capitals.inside:
            return True
        if word.token.pos_ in _OPENERS:
            return False
        return word.token.pos_ == "PROPN" or word.token.ent_type_ in ("PERSON", "ORG", "GPE")

    def _known_at(self, words: Sequence[Word], at: int) -> bool:
        return self.roster.longest([w.norm for w in words[at : at + 6]], 0) is not None

    def _run_end(self, words: Sequence[Word], start: int) -> int:
        end = start + 1
        while end < len(words):
            if not self._touching(words[end - 1], words[end]):
                break
            if words[end].capital and words[end].norm not in _DATES:
                end += 1
                continue
            joined = self._joined(words, start, end)
            if not joined:
                break
            end = joined
        return end

    def _touching(self, left: Word, right: Word) -> bool:
        gap = self.text[left.span.end : right.span.start]
        if gap.strip() == "":
            return "\n" not in gap
        if gap == "-":
            return not left.possessive
        if gap == ". ":
            return left.norm in self.lexicon.titles or len(left.norm) == 1
        return left.possessive and gap in ("' ", "’ ") and left.norm.endswith("s")

    def _joined(self, words: Sequence[Word], start: int, at: int) -> int:
        """Where the run goes on behind "of", "and" and the like, or 0."""
        after = at
        while after < len(words) and after - at < 3 and words[after].lower in _JOINING and not words[after].capital:
            after += 1
        if after == at or after >= len(words) or not words[after].capital or words[at - 1].possessive:
            return 0
        if not all(self._touching(words[i - 1], words[i]) for i in range(at + 1, after + 1)):
            return 0
        small = [w.lower for w in words[at:after]]
        if all(w in _PARTICLES for w in small):
            return after + 1
        if self.roster.longest([w.norm for w in words[start : after + 3]], 0) is not None:
            size = self.roster.longest([w.norm for w in words[start : after + 3]], 0)
            if size and start + size[0] > after:
                return start + size[0]
        return after + 1 if self._joins(words, start, (at, after)) else 0

    def _joins(self, words: Sequence[Word], start: int, gap: tuple[int, int]) -> bool:
        at, after = gap
        small = words[at].lower
        heads = self.lexicon.heads
        left = [w.norm for w in words[start:at]]
        if small in ("of", "for", "on"):
            kind = heads.get(left[-1]) or (heads.get(left[0]) if len(left) > 1 else None)
            return kind in ("organisation", "government") or (left[-1] in ("Bank", "House", "Council", "Church"))
        if small in ("and", "&"):
            end = after + 1
            while end < len(words) and words[end].capital and self._touching(words[end - 1], words[end]):
                end += 1
            if self._known_at(words, start) and len(left) == 1:
                return False
            right = heads.get(words[end - 1].norm)
            begun = heads.get(left[0]) in ("organisation", "government") and any(
                w.lower in ("of", "for", "on") for w in words[start:at]
            )
            return begun or (right in ("organisation",) and heads.get(left[-1]) is None)
        return False

    def _office_at(self, words: Sequence[Word], at: int) -> int:
        for size in range(4, 0, -1):
            key = tuple(w.lower for w in words[at : at + size])
            if len(key) == size and key in self.lexicon.offices:
                return size
        return 0

    def _cut(self, run: Sequence[Word], sentence: int) -> list[Name]:
        """A run of capitals as titles, names of the roster and other names."""
        out: list[Name] = []
        titles: list[Word] = []
        at = 0
        while at < len(run):
            size, known = self._known(run, at)
            if known is not None:
                name = self._name(run[at : at + size], sentence, titles, known)
                out.append(name)
                at, titles = at + size, []
            elif run[at].norm in self.lexicon.titles and len(run) > 1:
                titles.append(run[at])
                at += 1
            elif office := self._office_at(run, at):
                titles.extend(run[at : at + office])
                at += office
            else:
                end = self._unknown_end(run, at)
                if self._is_name(run[at:end]):
                    out.append(self._name(run[at:end], sentence, titles, None))
                at, titles = end, []
        return out

    def _known(self, run: Sequence[Word], at: int) -> tuple[int, Known | None]:
        found = self.roster.longest([w.norm for w in run], at)
        if found is None:
            return 0, None
        size, known = found
        rest = run[at + size :]
        if rest and known.sort in _BEFORE_MORE and not known.given and not run[at + size - 1].possessive:
            head = self.lexicon.heads.get(rest[-1].norm)
            if head and not self._office_at(rest, 0) and rest[0].norm not in self.lexicon.titles:
                return 0, None
            if known.sort is Sort.TOWN and not self._office_at(rest, 0) and rest[0].norm not in self.lexicon.titles:
                return 0, None
        return size, known

    def _unknown_end(self, run: Sequence[Word], at: int) -> int:
        """An unknown name runs to the end, or to a possessive that is no part of it ("People's" is)."""
        for end in range(at + 1, len(run)):
            left = run[end - 1]
            if left.possessive and not self._inner_possessive(run, end):
                return end
        return len(run)

    def _inner_possessive(self, run: Sequence[Word], end: int) -> bool:
        plural = run[end - 1].norm.endswith("s") or run[end - 1].norm in ("People", "Women", "Men")
        return plural and self.lexicon.heads.get(run[-1].norm) == "organisation" and run[-1].capital

    def _is_name(self, words: Sequence[Word]) -> bool:
        if len(words) > 1:
            return True
        word = words[0]
        if word.norm in _DATES or (len(word.norm) < 2) or word.norm.isdigit():
            return False
        return word.lower not in self.lexicon.nouns or word.norm in self.lexicon.heads

    def _name(self, words: Sequence[Word], sentence: int, titles: list[Word], known: Known | None) -> Name:
        spoken = [t for t in titles if t.norm in self.lexicon.titles or len(titles) == 1]
        spans = [w.span for w in (*spoken, *words)]
        return Name(
            tuple(w.norm for w in words),
            hull(spans),
            sentence,
            words[0],
            words[-1],
            known,
            tuple(t.norm for t in titles),
        )
