"""Who the labels of a transcript stand for: those who ask, those who answer, and people by name or office."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from reportedly.reading.dossier import Dossier
from reportedly.reading.language import load_lists
from reportedly.reading.mentions_lexicon import load_lexicon
from reportedly.reading.parse import Paragraph, Parse, place
from reportedly.reading.roster import Sort, load_roster
from reportedly.records import Span

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w’'-]+"
_FULL_NAME = re.compile(rf"\b(?P<first>{_CAPITAL}\.?) (?:{_CAPITAL} )?(?P<last>{_CAPITAL})\b(?!:)")
BEFORE = 6
"""Paragraphs over an interview that may say who is asked."""


class Part(StrEnum):
    """What the bearer of a label does."""

    ASKS = "asks"
    ANSWERS = "answers"
    SPEAKS = "speaks"


@dataclass(frozen=True, slots=True)
class People:
    """The people that an article names in full, by where it does; `surnames` in lower case."""

    parse: Parse
    named: tuple[Span, ...]
    surnames: frozenset[str]

    def part(self, label: Span) -> Part | None:
        """What the bearer of a label does; None where it is nobody's."""
        name = label.of(self.parse.text).casefold().rstrip(" 0123456789")
        if name in _labels("asks"):
            return Part.ASKS
        if name in _labels("answers"):
            return Part.ANSWERS
        return Part.SPEAKS if self._is_person(name) or self.has_title(label) else None

    def has_title(self, label: Span) -> bool:
        """Whether it is an office, or has one or a title before the name: "Mr Bauer", "THE CHAIR"."""
        name = label.of(self.parse.text).casefold().removeprefix("the ")
        first = name.split()[0].rstrip(".")
        return name in _labels("offices") or (" " in name and (first in _titles() or first in _labels("offices")))

    def _is_person(self, name: str) -> bool:
        words = name.split()
        given = len(words) > 1 and words[0] in _given() and len(words) < 5
        return given or (words[-1] in self.surnames and len(words) < 4)

    def asked(self, *, before: Paragraph) -> Span | None:
        """Who answers in an interview: of those named over it, where it is announced, whom the article names most."""
        over = self.parse.paragraphs[max(0, before.index - BEFORE) : before.index]
        held = [p.span for p in over if p.piece == before.piece and _announced().search(p.span.of(self.parse.text))]
        named = [name for name in self.named if any(span.holds(name) for span in held)]
        for span in held:
            found = (m for p in _talking() for m in p.finditer(self.parse.text, span.start, span.end))
            named += [Span(*match.span("name")) for match in found]
        people = [name for name in named if not self._is_outlet(name)] or self._in_headings(before)
        return max(people, key=lambda name: (self._times(name), -name.start), default=None)

    def _in_headings(self, before: Paragraph) -> list[Span]:
        """Who a headline over it says is interviewed: "Interview with Ana Ruiz", "'We will win', says Ana Ruiz"."""
        over = [b.span for b in self.parse.headings if b.piece == before.piece and b.span.start < before.span.start]
        found = (m for p in _headlines() for span in over for m in p.finditer(self.parse.text, span.start, span.end))
        return [name for m in found if not self._is_outlet(name := Span(*m.span("name")))]

    def _is_outlet(self, name: Span) -> bool:
        words, roster = name.of(self.parse.text), load_roster("en", Dossier())
        known = roster.get(words) or roster.get(words.removeprefix("The "))
        return words.startswith("The ") or (known is not None and known.sort is Sort.OUTLET)

    def _times(self, name: Span) -> int:
        surname = name.of(self.parse.text).split()[-1]
        return len(re.findall(rf"\b{re.escape(surname)}\b", self.parse.text))


def people_of(parse: Parse) -> People:
    """The people of an article: spaCy's names of at least two words, and what follows a given name or a title."""
    ents = (ent for p in parse.paragraphs for ent in p.doc.ents if ent.label_ == "PERSON" and " " in ent.text.strip())
    found = [ent for ent in ents if parse.text[place(ent).end : place(ent).end + 1] != ":"]
    surnames = {ent.text.split()[-1].casefold() for ent in found}
    for match in _FULL_NAME.finditer(parse.text):
        if match["first"].casefold().rstrip(".") in _given() | _titles():
            surnames.add(match["last"].casefold())
    return People(parse, tuple(place(ent) for ent in found), frozenset(surnames))


@lru_cache(maxsize=4)
def _labels(name: str) -> frozenset[str]:
    return frozenset(load_lists("en", "transcripts")[name])


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(title.casefold().rstrip(".") for title in load_lexicon("en").titles)


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(name.casefold() for name in load_lexicon("en").given)


@lru_cache(maxsize=1)
def _talking() -> tuple[re.Pattern[str], ...]:
    """Somebody who gives an interview, where it is announced: "Ana Ruiz, the envoy, spoke to", "asked Ana Ruiz"."""
    verbs = load_lists("en", "transcripts")
    after, before = ("|".join(verbs[key]) for key in ("gives", "takes"))
    name = rf"(?P<name>{_CAPITAL}(?: {_CAPITAL}){{1,3}})"
    return (
        re.compile(rf"{name}(?:,[^.;:]{{3,90}},)? (?:{after})\b"),
        re.compile(rf"\b(?:{before}) (?:[^.;:A-Z]{{0,60}} )?{name}"),
    )


@lru_cache(maxsize=1)
def _headlines() -> tuple[re.Pattern[str], ...]:
    name = rf"(?P<name>{_CAPITAL}(?: {_CAPITAL}){{1,3}})"
    patterns = load_lists("en", "transcripts")["headlines"]
    return tuple(re.compile(p.replace("NAME", name), re.MULTILINE) for p in patterns)


@lru_cache(maxsize=1)
def _announced() -> re.Pattern[str]:
    return re.compile(load_lists("en", "transcripts")["interview"], re.IGNORECASE)
