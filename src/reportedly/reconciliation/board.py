"""The working table of a run: what is looked up once is kept, what changes is noted."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportedly.reconciliation.pairs import Found, Tied
from reportedly.reconciliation.profiles import Near
from reportedly.reconciliation.register import Register
from reportedly.reconciliation.sayings import Article, Meanings, Saying, article_of, sayings_of
from reportedly.reconciliation.shelves import Card, Delta, Finding, Home, Owner, Place, Shelf, Two
from reportedly.records import Copy, Member

HELD = 200
"""Articles in memory at a time."""

_AT_A_TIME = 50


class Board:
    """Everything derived as it stands in this run; `delta` is how it differs from what is on the shelf."""

    def __init__(self, shelf: Shelf, *, held: int = HELD) -> None:
        self.shelf, self.delta, self._most = shelf, Delta(), held
        self.left = 0
        self._cards: dict[str, Card | None] = {}
        self.register = Register(shelf)
        self.names = self.register.names()
        self._articles: OrderedDict[str, Article] = OrderedDict()
        self._vectors: dict[str, int] = {}
        self._sayings: dict[str, dict[str, Saying]] = {}
        self._order: dict[str, dict[str, int]] = {}
        self._near: dict[str, tuple[Near, ...]] = {}
        self._pairs: dict[Two, Found] = {}
        self._with: dict[str, set[Two]] = defaultdict(set)
        self._ties: dict[str, dict[Member, dict[Member, Tied]]] = {}
        self._looked_up: set[str] = set()
        self._homes: dict[str, Home] = {}
        self._claim_of: dict[str, dict[str, str]] = defaultdict(dict)
        self._placed: dict[str, Mapping[str, Place]] = {}

    # articles

    def fetch(self, articles: Iterable[str]) -> None:
        """Have these articles at hand; those that were not asked for longest are let go."""
        asked = dict.fromkeys(articles)
        wanted = [id for id in asked if id not in self._articles]
        for id in asked:
            if id in self._articles:
                self._articles.move_to_end(id)
        for start in range(0, len(wanted), _AT_A_TIME):
            self._load(wanted[start : start + _AT_A_TIME])
        self.look_up_cards(wanted)
        while len(self._articles) > max(self._most, len(asked)):
            self._sayings.pop(self._articles.popitem(last=False)[0], None)

    def _load(self, articles: Sequence[str]) -> None:
        meanings = self.shelf.meanings(articles)
        self.register.look_up(articles, self.delta.fresh)
        for id, reading in self.shelf.readings(articles).items():
            known = self.delta.meanings.get(id)
            kept = dict(meanings.get(id, {})) if known is None else known
            self._articles[id] = article_of(id, reading, self.names, kept)
            self._vectors[id] = len(kept)

    def article(self, id: str) -> Article:
        """An article; its vectors are kept as they are made."""
        self.fetch([id])
        return self._articles[id]

    def sayings(self, id: str) -> Mapping[str, Saying]:
        """The statements of an article that have content, in their order, by id."""
        if id not in self._sayings:
            self._sayings[id] = {s.statement.id: s for s in sayings_of(self.article(id), self.names)}
        return self._sayings[id]

    def saying(self, member: Member) -> Saying:
        return self.sayings(member.article)[member.statement]

    def has(self, member: Member) -> bool:
        """Whether there is such a statement now."""
        if not self.is_here(member.article):
            return False
        return member.statement in self._places_in(member.article)

    def rank(self, member: Member) -> tuple[str, str, int]:
        """What statements are ordered by: the day, the article, the place in it."""
        place = self._places_in(member.article)[member.statement]
        return (self.day(member.article) or "9999", member.article, place)

    def _places_in(self, id: str) -> Mapping[str, int]:
        """The place of each statement in an article; what was there before is not read for that."""
        if id not in self._order:
            if id in self.delta.fresh:
                self._order[id] = {statement: place for place, statement in enumerate(self.sayings(id))}
            else:
                self._look_up_places([id])
                self._order[id] = {statement: put.place for statement, put in self._placed[id].items()}
        return self._order[id]

    def note_meanings(self, articles: Iterable[str]) -> None:
        """Remember the vectors that were made for these and were not known before."""
        for id in articles:
            if len(self._articles[id].meanings) > self._vectors[id]:
                self.delta.meanings[id] = self._articles[id].meanings

    def meanings(self, id: str) -> Meanings:
        """The vectors that are known of an article."""
        known = self.delta.meanings.get(id)
        return known if known is not None else dict(self.shelf.meanings([id]).get(id, {}))

    def each(self, articles: Iterable[str]) -> Iterator[Article]:
        """These articles by day, a few at hand at a time."""
        ordered = sorted(articles, key=lambda id: (self.day(id), id))
        for start in range(0, len(ordered), _AT_A_TIME):
            some = ordered[start : start + _AT_A_TIME]
            self.fetch(some)
            yield from (self._articles[id] for id in some)

    # what is kept of articles

    def look_up_cards(self, articles: Iterable[str]) -> None:
        wanted = [id for id in dict.fromkeys(articles) if id not in self._cards]
        if wanted:
            self._cards |= {**dict.fromkeys(wanted), **self.shelf.cards(wanted)}

    def set_card(self, id: str, card: Card | None) -> None:
        self.delta.cards[id] = self._cards[id] = card

    def is_here(self, id: str) -> bool:
        """Whether there is such an article now."""
        self.look_up_cards([id])
        return self._cards[id] is not None

    def card(self, id: str) -> Card:
        self.look_up_cards([id])
        card = self._cards[id]
        assert card is not None
        return card

    def day(self, id: str) -> str:
        return self.card(id).day

    # who is compared with whom

    def near(self, id: str) -> tuple[Near, ...]:
        """The nearest of an article."""
        self.look_up_near([id])
        return self._near[id]

    def look_up_near(self, articles: Iterable[str]) -> None:
        wanted = [id for id in dict.fromkeys(articles) if id not in self._near]
        if wanted:
            self._near |= dict.fromkeys(wanted, ()) | dict(self.shelf.near(wanted))

    def set_near(self, id: str, near: tuple[Near, ...]) -> None:
        self._near[id] = self.delta.near[id] = near

    def neighbours(self, a: str, b: str) -> bool:
        """Whether one is among the nearest of the other."""
        return any(n.article == b for n in self.near(a)) or any(n.article == a for n in self.near(b))

    # what came of comparing

    def pairs_with(self, id: str) -> dict[Two, Found]:
        """What came of each pair with the article in it."""
        self.look_up([id])
        return {pair: self._pairs[pair] for pair in sorted(self._with[id])}

    def look_up(self, articles: Iterable[str]) -> None:
        wanted = [id for id in dict.fromkeys(articles) if id not in self._looked_up]
        self._looked_up.update(wanted)
        for pair, found in self.shelf.pairs_with(wanted).items() if wanted else ():
            if pair not in self.delta.pairs:
                self._place(pair, found)

    def set_pair(self, pair: Two, found: Found | None) -> None:
        self.delta.pairs[pair] = found
        if found is not None:
            self._place(pair, found)
            return
        self._pairs.pop(pair, None)
        for id in pair:
            self._with[id].discard(pair)

    def _place(self, pair: Two, found: Found) -> None:
        self._pairs[pair] = found
        for id in pair:
            self._with[id].add(pair)

    def ties_of(self, member: Member) -> Mapping[Member, Tied]:
        """What the statement is tied to. Only to be asked once all pairs are compared."""
        if member.article not in self._ties:
            ties: dict[Member, dict[Member, Tied]] = defaultdict(dict)
            for found in self.pairs_with(member.article).values():
                for tie in found.tied:
                    ties[tie.a][tie.b] = ties[tie.b][tie.a] = tie
            self._ties[member.article] = {m: t for m, t in ties.items() if m.article == member.article}
        return self._ties[member.article].get(member, {})

    def copies_of(self, id: str) -> tuple[Copy, ...]:
        """The copies that the article may be."""
        found = (found.copy for found in self.pairs_with(id).values())
        return tuple(copy for copy in found if copy is not None and copy.within == id)

    # claims

    def home(self, member: Member) -> Home | None:
        """The claim that a statement is in."""
        claim = self._claim(member)
        if claim is not None:
            self._fetch_homes([claim])
        return self._homes.get(claim) if claim is not None else None

    def homes_of(self, members: Iterable[Member]) -> tuple[Home, ...]:
        """The claims that statements are in, each once."""
        wanted = list(members)
        self._look_up_places(m.article for m in wanted)
        claims = dict.fromkeys(claim for m in wanted if (claim := self._claim(m)) is not None)
        self._fetch_homes(claims)
        return tuple(self._homes[claim] for claim in claims)

    def homes_in(self, article: str) -> tuple[Home, ...]:
        """The claims with members in an article."""
        self._look_up_places([article])
        known = {*self._placed[article], *self._claim_of[article]}
        return self.homes_of(Member(article, statement) for statement in sorted(known))

    def one_knot(self, a: Member, b: Member) -> bool:
        """Whether two statements were parted from one lot in the last run."""
        self._look_up_places([a.article, b.article])
        one, other = self._placed[a.article].get(a.statement), self._placed[b.article].get(b.statement)
        return one is not None and other is not None and one.knot == other.knot

    def _claim(self, member: Member) -> str | None:
        self._look_up_places([member.article])
        if (now := self._claim_of[member.article].get(member.statement)) is not None:
            return now
        put = self._placed[member.article].get(member.statement)
        return put.claim if put is not None and put.claim not in self.delta.homes else None

    def _look_up_places(self, articles: Iterable[str]) -> None:
        wanted = [id for id in dict.fromkeys(articles) if id not in self._placed]
        if wanted:
            self._placed |= {id: {} for id in wanted} | dict(self.shelf.places(wanted))

    def _fetch_homes(self, claims: Iterable[str]) -> None:
        wanted = [id for id in claims if id not in self._homes]
        found = self.shelf.homes(wanted) if wanted else {}
        held = {m.article for home in found.values() for m in home.claim.members}
        self.look_up_cards(held)
        self._look_up_places(held)
        self._homes |= found

    def set_home(self, home: Home) -> None:
        self.delta.homes[home.claim.id] = self._homes[home.claim.id] = home
        for member in home.claim.members:
            self._claim_of[member.article][member.statement] = home.claim.id

    def drop_home(self, home: Home) -> None:
        self.delta.homes[home.claim.id] = None
        self._homes.pop(home.claim.id, None)
        for member in home.claim.members:
            self._claim_of[member.article].pop(member.statement, None)

    def homes(self) -> tuple[Home, ...]:
        """The claims that were looked up or made."""
        return tuple(self._homes.values())

    # the rest

    def set_findings(self, owner: Owner, found: Iterable[Finding]) -> None:
        self.delta.findings[owner] = tuple(found)
