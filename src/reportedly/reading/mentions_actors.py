"""Actors under construction: names that belong together become one actor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from reportedly.reading.mentions_names import Lexicon, Name
from reportedly.reading.roster import Known, Roster, Sort, split_name
from reportedly.records import SourceKind, Span

_PLACES = frozenset({Sort.TOWN, Sort.REGION})


@dataclass(slots=True, eq=False)
class Actor:
    """Somebody or something while an article is being read; it becomes a `Source` at the end."""

    name: str
    kind: SourceKind
    words: tuple[str, ...] = ()
    named: bool = True
    count: int = 1
    at_least: bool = False
    party: str | None = None
    ref: str | None = None
    gender: str = ""
    roles: set[str] = field(default_factory=set)
    mentions: list[Span] = field(default_factory=list)
    sort: Sort | None = None

    @property
    def plural(self) -> bool:
        return self.count > 1 or self.at_least


@dataclass(slots=True)
class Spot:
    """A place while an article is being read."""

    name: str
    country: str | None
    mentions: list[Span] = field(default_factory=list)


@dataclass
class Cast:
    """The actors and places of an article, filled name by name."""

    roster: Roster
    lexicon: Lexicon
    text: str
    actors: list[Actor] = field(default_factory=list)
    spots: dict[str, Spot] = field(default_factory=dict)
    at: dict[Span, Actor] = field(default_factory=dict)
    _known: dict[tuple[str, str], Actor] = field(default_factory=dict)

    def add(self, actor: Actor) -> Actor:
        self.actors.append(actor)
        return actor

    def place(self, name: str, country: str | None, span: Span) -> None:
        spot = self.spots.setdefault(name, Spot(name, country))
        spot.mentions.append(span)

    def mention(self, actor: Actor, span: Span) -> None:
        if span not in actor.mentions:
            actor.mentions.append(span)
        self.at.setdefault(span, actor)

    def known(self, known: Known) -> Actor:
        """The actor that a name of the roster stands for."""
        kind = known.kind or SourceKind.ORGANISATION
        key = (known.name, kind.value)
        if key not in self._known:
            party = known.party
            self._known[key] = self.add(
                Actor(
                    known.name,
                    kind,
                    split_name(known.name),
                    party=party,
                    ref=known.ref,
                    gender=known.gender,
                    sort=known.sort,
                )
            )
        return self._known[key]


def gather(names: Sequence[Name], cast: Cast, is_place: Callable[[Name], bool]) -> None:
    """Put each name to its actor: known ones first, then full names, then the short forms of them."""
    for name in names:
        if name.known is not None:
            _put_known(name, name.known, cast, is_place)
    unknown = [name for name in names if name.known is None]
    order = sorted(unknown, key=lambda name: (-len(name.words), name.span.start))
    kinds = _kinds(unknown, cast)
    for name in order:
        _put_unknown(name, cast, kinds[name.words])


def _put_known(name: Name, known: Known, cast: Cast, is_place: Callable[[Name], bool]) -> None:
    if known.sort in _PLACES:
        cast.place(known.name, known.country, name.span)
    elif known.sort is Sort.CAPITAL and is_place(name):
        cast.place(name.text, known.country, name.span)
    else:
        cast.mention(cast.known(known), name.span)
        if known.sort is Sort.COUNTRY and is_place(name):
            cast.place(known.name, known.country, name.span)


def _put_unknown(name: Name, cast: Cast, kind: str) -> None:
    actor = _same(name, cast) or _leader(name, cast)
    if actor is None:
        if kind == "place":
            cast.place(name.text, None, name.span)
            return
        if kind == "thing":
            return
        actor = cast.add(Actor(name.text, SourceKind(kind), name.words))
    cast.mention(actor, name.span)
    _learn(actor, name, cast)


def _learn(actor: Actor, name: Name, cast: Cast) -> None:
    if actor.kind is not SourceKind.PERSON:
        return
    for title in name.titles:
        actor.gender = actor.gender or cast.lexicon.titles.get(title, "")
    office = " ".join(t.casefold() for t in name.titles if t not in cast.lexicon.titles)
    if office:
        actor.roles.add(office)


def _leader(name: Name, cast: Cast) -> Actor | None:
    known = cast.roster.surnames.get(name.words[-1]) if len(name.words) == 1 else None
    return cast.known(known) if known is not None else None


def _same(name: Name, cast: Cast) -> Actor | None:
    words = tuple(w.casefold() for w in name.words)
    fits = [a for a in cast.actors if a.named and _fits(words, tuple(w.casefold() for w in a.words), a, name)]
    gender = next((g for t in name.titles if (g := cast.lexicon.titles.get(t, ""))), "")
    if gender:
        fits = [a for a in fits if a.gender in ("", gender)] or fits
    if name.titles and any(t in cast.lexicon.titles for t in name.titles):
        fits = [a for a in fits if a.kind is SourceKind.PERSON]
    before = [a for a in fits if any(m.start < name.span.start for m in a.mentions)]
    if before:
        return max(before, key=lambda a: max(m.start for m in a.mentions if m.start < name.span.start))
    return fits[0] if fits else None


def _fits(short: tuple[str, ...], long: tuple[str, ...], actor: Actor, name: Name) -> bool:
    if short == long:
        return True
    if len(short) == 1 and name.words[0].isupper() and len(short[0]) > 1:
        return _acronym(actor.words) == short[0] and actor.kind is not SourceKind.PERSON
    if len(short) >= len(long) or actor.sort in (Sort.COUNTRY, Sort.ADJECTIVE, Sort.CAPITAL, Sort.PEOPLE, Sort.SEAT):
        return False
    return long[-len(short) :] == short or long[: len(short)] == short


def _acronym(words: Sequence[str]) -> str:
    return "".join(w[0] for w in words if w[0].isupper()).casefold()


def _kinds(names: Iterable[Name], cast: Cast) -> dict[tuple[str, ...], str]:
    votes: dict[tuple[str, ...], list[Name]] = {}
    for name in names:
        votes.setdefault(name.words, []).append(name)
    return {words: _kind(words, same, cast) for words, same in votes.items()}


def _kind(words: tuple[str, ...], names: list[Name], cast: Cast) -> str:
    heads = cast.lexicon.heads
    if any(name.titles for name in names):
        return "person"
    head = heads.get(words[-1]) or (heads.get(words[0]) if len(words) > 1 else None)
    if head is not None and (len(words) > 1 or head != "outlet"):
        return head
    if len(words) == 1 and words[0].isupper() and len(words[0]) > 1:
        return "organisation"
    labels = [w.token.ent_type_ for name in names for w in (name.first, name.last)]
    if head == "outlet":
        return "outlet" if any(_behind_article(name, cast.text) for name in names) else "person"
    return _by_label(labels, names, cast)


def _by_label(labels: list[str], names: list[Name], cast: Cast) -> str:
    if any(_behind_article(name, cast.text) for name in names):
        return "organisation"
    people = labels.count("PERSON")
    bodies = labels.count("ORG") + labels.count("NORP")
    spots = labels.count("GPE") + labels.count("LOC") + labels.count("FAC")
    if spots > max(people, bodies):
        return "place"
    if people >= bodies and (people or len(names[0].words) in (2, 3)):
        return "person"
    return "organisation" if bodies else "thing"


def _behind_article(name: Name, text: str) -> bool:
    return text[max(0, name.first.span.start - 4) : name.first.span.start].casefold() == "the "
