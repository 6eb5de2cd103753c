"""Names as they stand in a sentence: runs of capitals cut into titles, nationalities and the names proper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportedly.reading.mentions_lexicon import Lexicon
from reportedly.reading.mentions_words import Word
from reportedly.reading.roster import Known, Roster, Sort
from reportedly.records import Span, hull

_OPENERS = frozenset({"DET", "PRON", "ADP", "CCONJ", "SCONJ", "ADV", "AUX", "PART", "INTJ", "VERB", "PUNCT"})
_BEFORE_MORE = frozenset(
    {Sort.ADJECTIVE, Sort.COUNTRY, Sort.CAPITAL, Sort.TOWN, Sort.REGION, Sort.BODY, Sort.SEAT, Sort.OUTLET}
)
_PLAIN = frozenset({Sort.TOWN, Sort.REGION, Sort.CAPITAL, Sort.OUTLET})
_SMALL = frozenset({"of", "for", "the", "and", "&"})
_LEGAL = frozenset({"inc", "ltd", "llc", "llp", "plc", "corp", "gmbh"})
_BODY = ("organisation", "government", "company")


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
    article: bool = False
    """Whether "the" stands before it."""
    text: str = ""
    """As printed, but for shouting."""
    begin: int = 0
    """Where the offices and titles before it begin."""


@dataclass(frozen=True)
class Capitals:
    """How the article spells its words: which it prints in lower case, which with a capital inside a sentence."""

    lowered: frozenset[str]
    inside: frozenset[str]


def capitals_of(sentences: Iterable[Sequence[Word]]) -> Capitals:
    """What the spelling of the whole article says about its capitals."""
    words = [word for sentence in sentences for word in sentence]
    lowered = frozenset(w.norm for w in words if w.norm.islower())
    return Capitals(lowered, frozenset(w.norm for w in words if w.capital and not w.opens and not w.shouted))


def asks(word: Word) -> bool:
    """Whether it is a question's first word among capitals, not the body of that name: "WHO KILLED THE DEAL?"."""
    return word.norm == "WHO"


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
        shouted = len(words) > 3 and all(w.shouted or w.norm == w.norm.upper() for w in words)
        while at < len(words):
            begins = self._known_at(words, at) and not asks(words[at]) if shouted else self._begins(words, at)
            end = self._run_end(words, at) if begins and not shouted else at + 1
            if begins:
                out.extend(self._cut(words, (at, end), sentence))
            at = end
        return out

    def _begins(self, words: Sequence[Word], at: int) -> bool:
        word = words[at]
        if not word.capital:
            return word.norm in self.roster.reach and self.roster.longest([word.norm], 0) is not None
        if (self._dates(words, at) and not self._dates_a_body(words, at)) or self._single_letter(words, at):
            return False
        if word.norm in self.lexicon.lists["broad"] and not self._before_capital(words, at):
            return False
        if word.norm == "The" and self.roster.longest([w.norm for w in words[at : at + 6]], 0) is None:
            return False
        if not (word.opens or word.shouted) or self._known_at(words, at):
            return True
        return self._names_though_opening(words, at)

    def _dates(self, words: Sequence[Word], at: int) -> bool:
        """Whether it is a day or a month; "May" is one beside a number or behind a preposition of time."""
        if words[at].norm != "May":
            return words[at].norm in self.lexicon.lists["dates"] and not self._is_given(words, at)
        beside = [w.norm for w in (words[at - 1] if at else words[at], *words[at + 1 : at + 2])]
        return any(w[0].isdigit() for w in beside) or beside[0].casefold() in self.lexicon.lists["before_month"]

    def _is_given(self, words: Sequence[Word], at: int) -> bool:
        """A month's word as a first name, before a surname: "Jan Moravec"; not "last June Moravec said"."""
        lists, after = self.lexicon.lists, at + 1
        if words[at].norm not in lists["months_given"] or after >= len(words) or not words[after].capital:
            return False
        before = words[at - 1] if at else None
        timed = before is not None and (before.lower in (*lists["before_month"], "the") or before.norm[0].isdigit())
        apart = self.text[words[at].span.end : words[after].span.start] != " "
        return not timed and not apart and words[after].norm not in lists["dates"] and not words[after].shouted

    def _within(self, words: Sequence[Word], at: int) -> bool:
        """A day inside a name: Good Friday Agreement."""
        return at + 1 < len(words) and words[at + 1].norm in self.lexicon.heads

    def _dates_a_body(self, words: Sequence[Word], at: int) -> bool:
        """A month that begins a name: the March Movement."""
        return at > 0 and words[at - 1].lower == "the" and self._within(words, at) and words[at + 1].capital

    def _titles_a_body(self, words: Sequence[Word], at: int, end: int) -> bool:
        """A title that is part of a body's name: the Republican Centre, the Premier Division."""
        behind_article = at > 0 and words[at - 1].lower == "the"
        return behind_article and end == at + 2 and self.lexicon.heads.get(words[at + 1].norm) in _BODY

    def _single_letter(self, words: Sequence[Word], at: int) -> bool:
        """A letter alone ("X", "I") is a name only as an initial."""
        word = words[at]
        return len(word.norm) == 1 and self.text[word.span.end : word.span.end + 1] != "."

    def _names_though_opening(self, words: Sequence[Word], at: int) -> bool:
        """A capital at a sentence's start means a name only where something else says so."""
        word = words[at]
        if word.norm in self.lexicon.titles or self._office_at(words, at):
            return True
        if word.lower in self.lexicon.nouns or word.lower in self.capitals.lowered or "-" in word.norm[1:-1]:
            return word.norm in self.capitals.inside and word.token.pos_ == "PROPN"
        if word.norm in self.capitals.inside:
            return True
        if word.norm in self.lexicon.given or word.token.tag_ == "NN":
            return self._before_capital(words, at)
        if word.token.pos_ in _OPENERS:
            return False
        if word.shouted:
            return word.token.ent_type_ in ("PERSON", "ORG", "GPE") and self._before_capital(words, at)
        return word.token.pos_ == "PROPN" or word.token.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")

    def _before_capital(self, words: Sequence[Word], at: int) -> bool:
        after = at + 1
        while after < len(words) and words[after].norm in self.lexicon.lists["particles"]:
            after += 1
        return after < len(words) and words[after].capital and not self._dates(words, after)

    def _known_at(self, words: Sequence[Word], at: int) -> bool:
        return self.roster.longest([w.norm for w in words[at : at + 6]], 0) is not None

    def _run_end(self, words: Sequence[Word], start: int) -> int:
        end = start + 1
        while end < len(words) and self._touching(words, end):
            if self._single_letter(words, end):
                break
            if words[end].capital and (not self._dates(words, end) or self._within(words, end)):
                end += 1
                continue
            joined = self._joined(words, start, end)
            if not joined:
                break
            end = joined
        return end

    def _touching(self, words: Sequence[Word], at: int) -> bool:
        left, right = words[at - 1], words[at]
        gap = self.text[left.span.end : right.span.start]
        if gap.strip() == "":
            return "\n" not in gap
        if gap == "-":
            return not left.possessive
        if gap == " & ":  # a firm's name, where it does not stand between two that are known
            alone = not (self._known_at(words, at - 1) and self._known_at(words, at))
            return alone and left.capital and right.capital and not left.possessive
        if gap == ". ":
            if right.token.pos_ in _OPENERS:
                return False
            return left.norm in self.lexicon.titles or (len(left.norm) == 1 and left.norm != "I")
        if gap in ("'s ", "’s "):
            return left.possessive
        return left.possessive and gap in ("' ", "’ ") and left.norm.endswith("s")

    def _joined(self, words: Sequence[Word], start: int, at: int) -> int:
        """Where the run goes on behind "of", "and" and the like, or 0."""
        joining, particles = self.lexicon.lists["joining"], self.lexicon.lists["particles"]
        after = at
        while after < len(words) and after - at < 3 and words[after].norm in joining + particles:
            after += 1
        if after == at or after >= len(words) or not words[after].capital:
            return 0
        if not all(self._touching(words, i) for i in range(at + 1, after + 1)) or self._dates(words, after):
            return 0
        found = self.roster.longest([w.norm for w in words[start : after + 4]], 0)
        if found and start + found[0] > at:
            return start + found[0]
        if all(w.norm in particles for w in words[at:after]):
            return 0 if words[at - 1].possessive else after + 1
        return after + 1 if self._joins(words, start, (at, after)) else 0

    def _joins(self, words: Sequence[Word], start: int, gap: tuple[int, int]) -> bool:
        at, after = gap
        left = [w.norm for w in words[start:at]]
        heads = self.lexicon.heads
        if words[at].norm in ("of", "for", "on"):
            of_heads = self.lexicon.lists["of_heads"]
            if words[at].norm == "of" and "for" in left and heads.get(left[left.index("for") - 1]) in _BODY:
                return not self._known_at(words, after)  # "Council for the Exploration of the Sea"
            return not words[at - 1].possessive and (left[-1] in of_heads or left[0] in ("Ministry", "Department"))
        if words[at].norm not in ("and", "&"):
            return False
        if after > at + 1 and left[0] not in ("Ministry", "Department") and any(heads.get(w) in _BODY for w in left):
            return False  # "the Union of Crews and the Guild" are two bodies
        end = after + 1
        while end < len(words) and words[end].capital and self._touching(words, end):
            end += 1
        begun = heads.get(left[0]) in _BODY and any(w.norm in ("of", "for", "on") for w in words[start:at])
        if begun:
            return True
        if self._known_at(words, start) or heads.get(left[-1]) in _BODY or left[0] in self.lexicon.titles:
            return False
        return heads.get(words[end - 1].norm) in _BODY and (
            len(left) > 1 or words[at - 1].possessive or end > after + 1
        )

    def _office_at(self, words: Sequence[Word], at: int) -> int:
        for size in range(min(4, len(words) - at), 0, -1):
            key = tuple(w.lower for w in words[at : at + size])
            parted = tuple(part for word in key for part in word.split("-"))  # Secretary-General
            if key in self.lexicon.offices or parted in self.lexicon.offices or self._called(words, at, size):
                return size
        return 0

    def _called(self, words: Sequence[Word], at: int, size: int) -> bool:
        """ "Kremlin Spokesman Dmitry Peskov": what somebody is, in capitals, before the name."""
        calling = words[at : at + size]
        if tuple(w.lower for w in calling) not in self.lexicon.callings or not all(w.capital for w in calling):
            return False
        after = words[at + size : at + size + 1]
        return bool(after) and after[0].capital and not calling[-1].possessive and not calling[-1].shouted

    def _cut(self, words: Sequence[Word], run: tuple[int, int], sentence: int) -> list[Name]:
        """A run of capitals as titles, names of the roster and other names."""
        out: list[Name] = []
        titles: list[Word] = []
        at, end = run
        while at < end:
            size, known = self._known(words, at, end)
            if known is not None:
                titles = titles if known.sort is Sort.PERSON else []
                out.append(self._name(words, (at, at + size), (sentence, titles), known))
                at, titles = at + size, []
            elif words[at].norm in self.lexicon.titles and at + 1 < end and not self._titles_a_body(words, at, end):
                titles.append(words[at])
                at += 1
            elif seat := self._seat(words, at, end):
                out.append(self._name(words, (at, seat), (sentence, titles), None))
                at, titles = seat, []
            elif office := self._office_at(words[:end], at):
                office = self._with_portfolio(words, at + office, end) - at
                titles.extend(words[at : at + office])
                at += office
            elif words[at].norm in _SMALL or words[at].norm in ("The", "in", "on"):
                at, titles = at + 1, []
            else:
                stop = self._unknown_end(words, at, end)
                if self._is_name(words[at:stop]):
                    out.append(self._name(words, (at, stop), (sentence, titles), None))
                at, titles = stop, []
        return out

    def _seat(self, words: Sequence[Word], at: int, end: int) -> int:
        """Where the name of the body around an office ends: "Prime Minister's Office"; 0 if it is none."""
        last = at + self._office_at(words[:end], at)
        owned = at < last < end and words[last - 1].possessive and words[last].capital
        return last + 1 if owned and self.lexicon.heads.get(words[last].norm) == "government" else 0

    def _with_portfolio(self, words: Sequence[Word], at: int, end: int) -> int:
        """Where an office with its field ends: "Minister of Foreign Affairs", "Secretary for Trade"."""
        if at + 1 >= end or words[at].norm not in ("of", "for"):
            return at
        stop = at
        while stop < end and (words[stop].norm in _SMALL or words[stop].norm in self.lexicon.lists["portfolios"]):
            stop += 1
        return stop if words[stop - 1].norm not in _SMALL else at

    def _known(self, words: Sequence[Word], at: int, end: int) -> tuple[int, Known | None]:
        found = self._listed(words, at, end)
        if found is None:
            return 0, None
        size, known = self._before_office(words, (at, end), found)
        rest = words[at + size : end]
        if not rest or known.sort not in _BEFORE_MORE or known.given or words[at + size - 1].possessive:
            return size, known
        if self._office_at(rest, 0) or rest[0].norm in self.lexicon.titles or not rest[0].capital:
            return size, known
        kind = self.lexicon.heads.get(rest[-1].norm)
        whole = kind is not None or (known.sort in _PLAIN and not self._known_at(rest, 0))
        return (0, None) if whole else (size, known)

    def _before_office(
        self, words: Sequence[Word], run: tuple[int, int], found: tuple[int, Known]
    ) -> tuple[int, Known]:
        """ "US Trade Representative Ann Lee": before a name the office is hers, and no body of that name."""
        at, (size, known) = run[0], found
        if (
            known.sort is not Sort.BODY
            or at + size >= run[1]
            or self._office_at(words[: at + size], at + 1) != size - 1
        ):
            return found
        country = self.roster.names.get((words[at].norm,))
        return (1, country) if country is not None else found

    def _listed(self, words: Sequence[Word], at: int, end: int) -> tuple[int, Known] | None:
        """The roster's name that begins here; one that begins with "The" is known behind "the" too."""
        run = [w.norm for w in words[at:end]]
        if at and words[at - 1].lower == "the":
            behind = self.roster.longest(["The", *run], 0)
            if behind is not None and (behind[0] > 2 or (behind[0] == 2 and len(run) == 1)):
                return behind[0] - 1, behind[1]
        found = self.roster.longest(run, 0)
        if len(run) > 2 and len(run[1]) == 1 and (found is None or found[0] < 3):  # Donald J. Trump
            without = self.roster.longest([run[0], *run[2:]], 0)
            if without is not None and without[0] > 1 and without[1].sort is Sort.PERSON:
                return without[0] + 1, without[1]
        return found

    def _unknown_end(self, words: Sequence[Word], at: int, end: int) -> int:
        """An unknown name runs to the end, or to a possessive that is no part of it ("People's" is)."""
        for stop in range(at + 1, end):
            office = self._office_at(words[:end], stop)
            if office and stop + office < end and words[stop + office].capital and words[stop].capital:
                return stop
            head = self._headed(words, stop, end)
            if words[stop - 1].possessive and not self._inner_possessive(words[stop - 1], head):
                return stop
        return end

    def _headed(self, words: Sequence[Word], start: int, end: int) -> Word:
        """The word that a name turns on: the last, or the one before "of" ("Teachers' Federation of Minnesota")."""
        of = next((i for i in range(start + 1, end) if words[i].norm == "of"), end)
        return words[of - 1]

    def _inner_possessive(self, word: Word, last: Word) -> bool:
        plural = word.norm.endswith("s") or word.norm in self.lexicon.lists["owners"]
        return plural and self.lexicon.heads.get(last.norm) == "organisation" and last.capital

    def _is_name(self, words: Sequence[Word]) -> bool:
        if len(words) > 1:
            return True
        word = words[0]
        if word.norm in self.lexicon.lists["dates"] or len(word.norm) < 2 or word.norm.isdigit():
            return False
        if word.lower in _LEGAL and word.index:  # "Halvorsen Foods, Inc."
            return False
        return word.lower not in self.lexicon.nouns or word.norm in self.lexicon.heads

    def _name(
        self, words: Sequence[Word], run: tuple[int, int], about: tuple[int, list[Word]], known: Known | None
    ) -> Name:
        sentence, titles = about
        proper = words[run[0] : run[1]]
        before = words[run[0] - len(titles) - 1] if run[0] > len(titles) else None
        return Name(
            tuple(w.norm for w in proper),
            hull(w.span for w in (*titles, *proper)),
            sentence,
            proper[0],
            proper[-1],
            known,
            tuple(t.norm for t in titles),
            before is not None and before.lower == "the",
            self._printed(proper),
            titles[0].span.start if titles else proper[0].span.start,
        )

    def _printed(self, words: Sequence[Word]) -> str:
        if any(word.shouted for word in words):
            return " ".join(word.norm for word in words)
        printed = " ".join(self.text[words[0].span.start : words[-1].span.end].split())
        return printed + "." if words[-1].norm in ("Jr", "Sr") and len(words) > 1 else printed
