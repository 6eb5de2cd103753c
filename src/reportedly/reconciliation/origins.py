"""From whom the members of a claim have it, and how many independent first-hand origins stand behind it.

The origin of a member is the first source of its chain that is no outlet: whoever told, or was read by, the first
outlet. A member that stops at an outlet ("the Courier reports") leads to what that outlet itself has in the claim, and
one that names nobody to the members before it. Origins are one where they bear one name, speak for one party, were
met by one outlet, or are a document and its author; an outlet that says it confirmed the thing is an origin itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.reconciliation.names import Key, Names, government_of
from reportedly.reconciliation.sayings import Saying
from reportedly.reconciliation.words import print_of
from reportedly.records import Member, Passing, Source, SourceKind, Trace

_ALIKE = 0.5
"""Share of common words from which two descriptions of unnamed people are one sourcing phrase."""

_APART = re.compile(
    r"\b(?:different|rival|opposing|both) (?:parties|sides|camps|governments|delegations)\b", re.IGNORECASE
)
_CONFIRMED = re.compile(
    r"\b(?:confirm|verif|establish)(?:s|ed|ied|ies)\b|\bhas (?:seen|obtained|learn(?:ed|t))\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Origin:
    """Somebody or something that a claim first came from, as one member has it.

    `told` is the outlet that met it; `stands_for` are keys under which it is one with others; `heads` is how many
    independent voices the wording itself gives; `speaker` stands for the last source where that is another.
    """

    told: Key | None
    source: Source | None
    stands_for: frozenset[Key]
    heads: int = 1
    speaker: frozenset[Key] = frozenset()

    @property
    def unnamed(self) -> bool:
        return self.source is not None and not self.source.named

    @property
    def document(self) -> bool:
        return self.source is not None and self.source.kind is SourceKind.DOCUMENT

    def shown(self, names: Names) -> str:
        """Its name as people read it."""
        if self.source is None:
            return names.title(self.told) if self.told else "not said"
        if (self.unnamed or self.document) and self.told:
            return f"{self.source.name} via {names.title(self.told)}"
        return self.source.name


@dataclass(frozen=True)
class Origins:
    """The independent origins of a claim: how many, between which bounds, by which names, and each member's trace."""

    count: int
    bounds: tuple[int, int]
    names: tuple[str, ...]
    traces: tuple[Trace, ...]


def count_origins(members: Sequence[Saying], names: Names, sources: Mapping[str, set[str]]) -> Origins:
    """The origins of a claim. `sources` gives for an article's key those that it copies, directly or not."""
    firsts = {s.member: _first(s, names) for s in members}
    found = {s.member: firsts[s.member] for s in members if not _leans(s, firsts[s.member])}
    leaning = [s for s in members if s.member not in found]
    rests = {s.member: _rest(s, members, found) for s in leaning}
    for saying in leaning:
        if not rests[saying.member]:
            found[saying.member] = firsts[saying.member]
    derived = _derivations(members, sources)
    sets = _merge([(s, found[s.member]) for s in members if s.member in found], derived, sure=False)
    apart = _merge([(s, found[s.member]) for s in members if s.member in found], derived, sure=True)
    titles = [_title([o for _, o in group], names) for group in sets]
    of = {s.member: title for group, title in zip(sets, titles, strict=True) for s, _ in group}
    count = sum(_heads(group) for group in sets)
    least = _surely(sets)
    most = max(count, sum(_heads(group) for group in apart))
    traces = tuple(_trace(s, firsts, found, rests, names, sources, of) for s in members)
    return Origins(max(1, count), (min(least, max(1, count)), max(1, most)), tuple(titles), traces)


def _first(saying: Saying, names: Names) -> Origin:
    """Where the chain of a member goes back to."""
    told = saying.via[-1] if saying.via else saying.article.outlet
    if not saying.tail or _passes_on(saying):
        return Origin(told, None, frozenset({told} if told else ()))
    source, author = saying.tail[0], saying.tail[1] if len(saying.tail) > 1 else None
    stands = _stands_for(source, names)
    if source.kind is SourceKind.DOCUMENT and author is not None:
        stands |= _stands_for(author, names)
    heads = 2 if source.count >= 2 and _APART.search(source.name) else 1
    speaker = _stands_for(saying.tail[-1], names) if len(saying.tail) > 1 else frozenset()
    return Origin(told, source, stands, max(heads, _joint(source)), speaker)


def _passes_on(saying: Saying) -> bool:
    """Whether it comes from the press without a name: "accounts in the press", "he said media had put it at 900"."""
    unnamed = (link for link in saying.chain[1:] if link.kind is SourceKind.OUTLET and not link.named)
    return any(link.kind is SourceKind.OUTLET for link in saying.tail) or any(unnamed)


def _joint(source: Source) -> int:
    """How many kinds of people without a name are joined by "and": "an Egyptian source and a Palestinian official"."""
    parts = [p for p in source.name.split(" and ") if p.strip()]
    if source.named or len(parts) < 2:
        return 1
    named = [print_of(p).names for p in parts]
    return len(parts) if all(named) and not frozenset.intersection(*named) else 1


def _stands_for(source: Source, names: Names) -> frozenset[Key]:
    keys = {names.party(p) for p in (source.party or "").split(" and ") if p}
    if source.named and source.kind is not SourceKind.DOCUMENT:
        keys.add(names.of(source))
    if government := government_of(source.name):
        keys.add(names.merged.get(government, government))
    return frozenset(k for k in keys if k)


def _leans(saying: Saying, origin: Origin) -> bool:
    """Whether the member names no origin of its own."""
    if origin.source is not None:
        return False
    cue = " ".join(s.of(saying.article.text) for s in saying.statement.cue)
    return bool(saying.via) or not _CONFIRMED.search(cue)


def _rest(saying: Saying, members: Sequence[Saying], found: Mapping[Member, Origin]) -> list[Saying]:
    """The members that one without an origin of its own goes back to."""
    if saying.via:
        return [s for s in members if s.member in found and _heard_by(s, found[s.member], saying.via[-1])]
    vague = [s for s in members if s.member in found and s is not saying]
    earlier = [s for s in vague if s.article.rank <= saying.article.rank]
    return earlier or vague


def _heard_by(saying: Saying, origin: Origin, outlet: Key) -> bool:
    return origin.told == outlet or (saying.article.outlet == outlet and not saying.via)


def _derivations(members: Iterable[Saying], sources: Mapping[str, set[str]]) -> Mapping[str, set[str]]:
    """For each article those of the claim's that it draws on: it copies them, or cites their outlet."""
    out: dict[str, set[str]] = defaultdict(set)
    articles = {s.article.key: s.article for s in members}
    by_outlet = defaultdict(set)
    for key, article in articles.items():
        if article.outlet:
            by_outlet[article.outlet].add(key)
    for key, article in articles.items():
        out[key] |= sources.get(key, set()) & set(articles)
        for outlet in article.cited & by_outlet.keys():
            out[key] |= by_outlet[outlet] - {key}
    return out


def _merge(
    found: Sequence[tuple[Saying, Origin]], derived: Mapping[str, set[str]], *, sure: bool
) -> list[list[tuple[Saying, Origin]]]:
    """Origins put together; with `sure` only where nothing but the same origin can be meant."""
    groups: list[list[tuple[Saying, Origin]]] = []
    for saying, origin in found:
        mine = [g for g in groups if any(_one(saying, origin, s, o, derived, sure=sure) for s, o in g)]
        joined = [pair for g in mine for pair in g] + [(saying, origin)]
        groups = [g for g in groups if g not in mine] + [joined]
    return groups if sure else _with_witnesses(groups)


def _with_witnesses(groups: list[list[tuple[Saying, Origin]]]) -> list[list[tuple[Saying, Origin]]]:
    """A speaker's own word put to the first witness of it: "Ivanov said" and "two aides said that Ivanov had said"."""
    kept: list[list[tuple[Saying, Origin]]] = []
    for own in groups:
        stands = frozenset(key for _, o in own for key in o.stands_for)
        witness = next((g for g in groups if g is not own and any(o.speaker & stands for _, o in g)), None)
        if witness is None or any(o.speaker for _, o in own):
            kept.append(own)
        else:
            witness.extend(own)
    return kept


def _one(a: Saying, x: Origin, b: Saying, y: Origin, derived: Mapping[str, set[str]], *, sure: bool) -> bool:
    """Whether two origins are one."""
    if x.stands_for & y.stands_for:
        return True
    if x.source is None or y.source is None:
        return x.source is y.source and x.told == y.told
    alike = _alike(x.source, y.source)
    if x.told == y.told and (x.unnamed or y.unnamed or x.document or y.document):
        return not sure or alike >= _ALIKE or (x.document and y.document)
    if x.document and y.document:
        return not sure
    drawn = b.article.key in derived.get(a.article.key, ()) or a.article.key in derived.get(b.article.key, ())
    if x.unnamed and y.unnamed:
        return (drawn and (not sure or alike >= _ALIKE)) or (alike >= _ALIKE and not sure)
    return False


def _alike(a: Source, b: Source) -> float:
    first, other = (print_of(s.name.lower()).stems for s in (a, b))
    return len(first & other) / len(first | other) if first and other else 0.0


def _heads(group: Sequence[tuple[Saying, Origin]]) -> int:
    return max(o.heads for _, o in group)


def _surely(groups: Sequence[Sequence[tuple[Saying, Origin]]]) -> int:
    """Origins that must be distinct: those with a name; all without one might be among them."""
    return max(1, sum(any(not o.unnamed for _, o in g) for g in groups))


def _title(group: Sequence[Origin], names: Names) -> str:
    """The name of a group of origins: the one most members have, the longer where they tie."""
    shown = [o.shown(names) for o in group]
    return min(shown, key=lambda name: (-shown.count(name), -len(name), name))


def _trace(
    saying: Saying,
    firsts: Mapping[Member, Origin],
    found: Mapping[Member, Origin],
    rests: Mapping[Member, list[Saying]],
    names: Names,
    sources: Mapping[str, set[str]],
    of: Mapping[Member, str],
) -> Trace:
    """Where a member has it from. `of` names the origin that each member's own is one with."""
    through = tuple(names.title(k) for k in saying.via)
    own = firsts[saying.member]
    behind = rests.get(saying.member) or []
    origin = of.get(behind[0].member if behind else saying.member) or own.shown(names)
    if behind:
        passing = Passing.CITED if saying.via else _unsourced(saying, behind, sources)
    elif own.source is None:
        passing = Passing.CONFIRMED if saying.member in found and not saying.via else Passing.UNSOURCED
    else:
        passing = Passing.CITED if saying.via else Passing.FIRST_HAND
    return Trace(member=saying.member, through=through, origin=origin, passing=passing)


def _unsourced(saying: Saying, behind: Sequence[Saying], sources: Mapping[str, set[str]]) -> Passing:
    copied = sources.get(saying.article.key, set()) & {s.article.key for s in behind}
    return Passing.COPIED if copied else Passing.UNSOURCED
