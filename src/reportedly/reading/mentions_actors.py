"""Actors under construction: names that belong together become one actor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reportedly.reading.mentions_aliases import find_aliases
from reportedly.reading.mentions_kinds import kinds_of
from reportedly.reading.mentions_lexicon import Lexicon
from reportedly.reading.mentions_names import Name
from reportedly.reading.roster import Known, Roster, Sort, split_name
from reportedly.records import SourceKind, Span

_PLACES = frozenset({Sort.TOWN, Sort.REGION})
_KINDS = {"company": SourceKind.ORGANISATION}


@dataclass(slots=True, eq=False)
class Actor:
    """Somebody or something while an article is being read; it becomes a `Source` at the end.

    `roles` holds what it has been called: offices of a person, nouns for a body, a paper or unnamed people.
    """

    name: str
    kind: SourceKind
    words: tuple[str, ...] = ()
    named: bool = True
    count: int = 1
    at_least: bool = False
    party: str | None = None
    ref: str | None = None
    gender: str = ""
    medium: str = ""
    sort: Sort | None = None
    whole: Actor | None = None
    """The people of whom these are some."""
    roles: set[str] = field(default_factory=set)
    mentions: list[Span] = field(default_factory=list)

    @property
    def plural(self) -> bool:
        return self.count > 1 or self.at_least

    @property
    def nation(self) -> bool:
        """Whether it is a country of the roster."""
        return self.sort in (Sort.COUNTRY, Sort.ADJECTIVE, Sort.CAPITAL, Sort.PEOPLE, Sort.SEAT)

    @property
    def side(self) -> str | None:
        """The party that it stands for, itself where it is one."""
        if self.party or self.kind in (SourceKind.GOVERNMENT, SourceKind.ORGANISATION):
            return self.party or self.name
        return None


@dataclass(slots=True)
class Spot:
    """A place while an article is being read."""

    name: str
    country: str | None
    mentions: list[Span] = field(default_factory=list)


@dataclass
class Cast:
    """The actors and places of an article, filled name by name. `at` tells whom a name's span means."""

    roster: Roster
    lexicon: Lexicon
    text: str
    actors: list[Actor] = field(default_factory=list)
    spots: dict[str, Spot] = field(default_factory=dict)
    at: dict[Span, Actor] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    """Of countries that the roster does not know."""
    _known: dict[tuple[str, str], Actor] = field(default_factory=dict)
    _called: dict[str, list[Actor]] = field(default_factory=dict)

    def add(self, actor: Actor) -> Actor:
        self.actors.append(actor)
        words = _proper(actor.words)
        if words and actor.named:
            for key in {words[0].casefold(), words[-1].casefold(), _acronym(words)}:
                self._called.setdefault(key, []).append(actor)
        return actor

    def called(self, words: tuple[str, ...]) -> list[Actor]:
        """Actors whose name begins or ends like these words, or has them for an acronym; the first named first."""
        keys = dict.fromkeys((words[0].casefold(), words[-1].casefold()))
        return list(dict.fromkeys(actor for key in keys for actor in self._called.get(key, ())))

    def place(self, name: str, country: str | None, span: Span) -> None:
        spot = self.spots.setdefault(name, Spot(name, country))
        spot.mentions.append(span)

    def mention(self, actor: Actor, span: Span) -> None:
        if span not in actor.mentions:
            actor.mentions.append(span)
        self.at.setdefault(span, actor)

    def move(self, span: Span, to: Actor) -> None:
        """Take a mention from the actor that had it and give it to another."""
        self.at[span].mentions.remove(span)
        self.at[span] = to
        to.mentions.append(span)

    def known(self, known: Known) -> Actor:
        """The actor that a name of the roster stands for."""
        kind = known.kind or SourceKind.ORGANISATION
        key = (known.name, kind.value)
        if key not in self._known:
            self._known[key] = self.add(
                Actor(
                    known.name,
                    kind,
                    split_name(known.name),
                    party=known.party,
                    ref=known.ref,
                    gender=known.gender,
                    medium=known.medium,
                    sort=known.sort,
                    roles=_roles(known, self.lexicon),
                    count=2 if kind is SourceKind.GROUP else 1,
                    at_least=kind is SourceKind.GROUP,
                )
            )
        return self._known[key]

    def country(self, name: str) -> Actor | None:
        """The government or body of that name, if it is in the article."""
        return next((a for a in self.actors if a.name == name and a.kind is not SourceKind.PERSON), None)


def _roles(known: Known, lexicon: Lexicon) -> set[str]:
    """A leader's office as the press says it, without the country: "foreign minister"."""
    words = known.role.split()
    return {" ".join(words[i:]) for i in range(len(words)) if tuple(words[i:]) in lexicon.offices}


def gather(names: Sequence[Name], cast: Cast, is_place: Callable[[Name], bool]) -> None:
    """Put each name to its actor: known ones first, then full names, then the short forms of them."""
    surnames = {name.words[-1] for name in names if len(name.words) > 1} | set(cast.roster.surnames)
    unknown = [name for name in names if name.known is None or (_is_surname(name, surnames) and not is_place(name))]
    left = {name.span for name in unknown}
    for name in names:
        if name.known is not None and name.span not in left:
            _put_known(name, name.known, cast, is_place)
    kinds = kinds_of(unknown, cast.lexicon, cast.text)
    aliases = find_aliases(names, cast.text)
    for name in sorted(unknown, key=lambda name: (-len(name.words), name.span.start)):
        meant = aliases.get(name.words)
        if meant is not None and (actor := cast.at.get(meant.span)) is not None:
            cast.mention(actor, name.span)
        else:
            _put_unknown(name, cast, kinds[name.words])


def _is_surname(name: Name, surnames: set[str]) -> bool:
    """Whether a town's name is somebody's here: Rubio, Dayton."""
    known = name.known
    return known is not None and known.sort in _PLACES and len(name.words) == 1 and name.words[0] in surnames


def _put_known(name: Name, known: Known, cast: Cast, is_place: Callable[[Name], bool]) -> None:
    if known.sort in _PLACES:
        cast.place(known.name, known.country, name.span)
    elif known.sort is Sort.CAPITAL and is_place(name):
        cast.place(name.text, known.country, name.span)
    else:
        actor = _people(name, cast) if _is_people(name, known) else cast.known(known)
        cast.mention(actor, name.span)
        _learn(actor, name, cast)
        if known.sort is Sort.COUNTRY and is_place(name):
            cast.place(known.name, known.country, name.span)


def _is_people(name: Name, known: Known) -> bool:
    """ "Many Americans", "Ukrainians want": those who live there; "the Russians" are their side."""
    counted = any(t.dep_ in ("amod", "nummod", "quantmod") for t in name.last.token.lefts)
    return known.sort is Sort.PEOPLE and not known.given and not name.last.possessive and (counted or not name.article)


def _people(name: Name, cast: Cast) -> Actor:
    for actor in cast.actors:
        if actor.kind is SourceKind.GROUP and actor.name == name.text:
            return actor
    return cast.add(Actor(name.text, SourceKind.GROUP, name.words, named=False, count=2, at_least=True))


def _put_unknown(name: Name, cast: Cast, kind: str) -> None:
    actor = _same(name, cast, kind) or _leader(name, cast)
    if actor is None:
        if kind == "place":
            cast.place(name.text, None, name.span)
        if kind in ("place", "thing"):
            return
        actor = cast.add(_new(name, kind, cast.lexicon))
    cast.mention(actor, name.span)
    _learn(actor, name, cast)


def _new(name: Name, kind: str, lexicon: Lexicon) -> Actor:
    """An actor of an unknown name; the plural of a creed or a people is that many ("Catholics")."""
    token = name.last.token
    members = name.words[0] in lexicon.lists["members"]["of"] and name.words[-1].endswith("s")
    plural = token.tag_ in ("NNPS", "NNS") and ((token.ent_type_ == "NORP" and len(name.words) == 1) or members)
    if kind == "organisation" and plural and not name.article:
        return Actor(_canonical(name), SourceKind.GROUP, name.words, count=2, at_least=True)
    return Actor(_canonical(name), _KINDS.get(kind) or SourceKind(kind), name.words)


def _canonical(name: Name) -> str:
    """The name without titles, but for those that a lone surname is never without ("Lord Tarrant")."""
    kept = [t for t in name.titles if t in ("Lord", "Lady", "Baroness", "King", "Queen", "Prince", "Pope", "Sheikh")]
    return " ".join([*kept[-1:], name.text]) if len(name.words) == 1 else name.text


def _learn(actor: Actor, name: Name, cast: Cast) -> None:
    if actor.kind is not SourceKind.PERSON:
        return
    for title in name.titles:
        actor.gender = actor.gender or cast.lexicon.titles.get(title, "")
    if len(name.words) > 1:
        actor.gender = actor.gender or cast.lexicon.given.get(name.words[0], "")
    office = " ".join(t.casefold() for t in name.titles)
    if tuple(office.split()) not in cast.lexicon.offices:
        office = " ".join(t.casefold() for t in name.titles if t not in cast.lexicon.titles)
    ranks = {t.casefold() for t in name.titles if t.casefold() in cast.lexicon.nouns}
    titled = cast.lexicon.lists["roles"]["titled"]
    ranks |= {titled[key] for t in name.titles if (key := t.removesuffix(".")) in titled}
    actor.roles |= ranks | ({office} if office else set())


def _leader(name: Name, cast: Cast) -> Actor | None:
    known = cast.roster.surnames.get(name.words[-1]) if len(name.words) == 1 else None
    return cast.known(known) if known is not None else None


def _same(name: Name, cast: Cast, kind: str) -> Actor | None:
    """The actor that the article has already named so, in full or in part; of several the one named last."""
    words = tuple(w.casefold() for w in _proper(name.words))
    fits = [a for a in cast.called(words) if _fits(words, a, name)]
    if any(t in cast.lexicon.titles for t in name.titles):
        fits = [a for a in fits if a.kind is SourceKind.PERSON]
    gender = next((g for t in name.titles if (g := cast.lexicon.titles.get(t, ""))), "")
    if len(words) > 1 and kind == "person":
        gender = gender or cast.lexicon.given.get(name.words[0], "")
    if gender:
        fits = [a for a in fits if a.gender in ("", gender)]
    people = [a for a in fits if a.kind is SourceKind.PERSON]
    if len(words) == 1 and not name.article and people:
        fits = people
    elif len(words) == 1 and not name.article and words[0].title() in cast.roster.surnames:
        fits = [a for a in fits if tuple(w.casefold() for w in a.words) == words]
    before = [a for a in fits if any(m.start < name.span.start for m in a.mentions)]
    if before:
        return max(before, key=lambda a: max(m.start for m in a.mentions if m.start < name.span.start))
    return fits[0] if fits else None


def _fits(short: tuple[str, ...], actor: Actor, name: Name) -> bool:
    long = tuple(w.casefold() for w in _proper(actor.words))
    if short == long:
        return True
    if len(short) == 1 and name.words[0].isupper() and len(short[0]) > 1 and _is_acronym(short[0], actor):
        return True
    if len(short) >= len(long) or actor.nation:
        return False
    if actor.sort is Sort.BODY and len(short) == 1 and not name.article:
        return False
    return long[-len(short) :] == short or long[: len(short)] == short


def _proper(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without "Jr" and the like."""
    return words[:-1] if len(words) > 1 and words[-1] in ("Jr", "Sr", "II", "III", "IV") else words


def _is_acronym(word: str, actor: Actor) -> bool:
    return actor.kind is not SourceKind.PERSON and _acronym(actor.words) == word


def _acronym(words: tuple[str, ...]) -> str:
    return "".join(w[0] for w in words if w[0].isupper()).casefold()
