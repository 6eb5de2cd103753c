"""Many readings to one story: claims with their origins, copies, contradictions, changes.

The result does not depend on the order of the readings: articles are ranked by day and key first, and every step works
on that ranking.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from reportedly.ledger import Ledger, article_id
from reportedly.reconciliation.candidates import index_of
from reportedly.reconciliation.changes import find_changes, find_moves
from reportedly.reconciliation.claims import Collection, find_claims
from reportedly.reconciliation.contradictions import Ground, find_contradictions
from reportedly.reconciliation.copies import find_copies, outlets_cited
from reportedly.reconciliation.drifts import find_drifts
from reportedly.reconciliation.judging import NOTHING_JUDGED, Judged, read_judged
from reportedly.reconciliation.names import resolve_names
from reportedly.reconciliation.sameness import context_of, weigh
from reportedly.reconciliation.sayings import gather, sayings_of
from reportedly.reconciliation.words import print_of
from reportedly.records import Claim, Contradiction, Member, Reading, Story


@dataclass(frozen=True)
class Reconciled:
    """What holds across a ledger. `readings` are by the ledger's ids of articles, which the story uses too."""

    story: Story
    readings: Mapping[str, Reading]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims, those with most articles first."""
        return tuple(sorted(self.story.claims, key=lambda c: (-len({m.article for m in c.members}), c.id)))

    def about(self, words: str) -> tuple[Claim, ...]:
        """The claims that hold all the words, in whatever form, in their members; those with most articles first."""
        wanted = print_of(words.lower()).stems
        return tuple(c for c in self.claims if wanted and wanted <= self._stems[c.id])

    @cached_property
    def names(self) -> dict[str, str]:
        """What the articles are called."""
        return {key: reading.document.name for key, reading in self.readings.items()}

    @cached_property
    def _stems(self) -> dict[str, frozenset[str]]:
        said = {
            Member(key, s.id): " ".join(span.of(reading.document.text) for span in s.content)
            for key, reading in self.readings.items()
            for s in reading.statements
        }
        return {c.id: print_of(" ".join(said[m] for m in c.members).lower()).stems for c in self.story.claims}


def reconcile(ledger: Ledger) -> Reconciled:
    """What holds across all that a ledger keeps, by its judgements. Articles with a newer version are left out."""
    readings = dict(ledger.readings())
    return Reconciled(compare_readings(tuple(readings.values()), judged=read_judged(ledger)), readings)


def compare_readings(readings: Sequence[Reading], *, judged: Judged = NOTHING_JUDGED) -> Story:
    """What holds across the readings. The same article twice counts once."""
    by_key = {article_id(r.document): r for r in readings}
    ordered = tuple(by_key[key] for key in sorted(by_key))
    names = resolve_names(ordered, same=judged.same_names, different=judged.different_names)
    articles = gather(ordered, sorted(by_key), names)
    sayings = tuple(s for article in articles for s in sayings_of(article, names))
    weights = weigh([s.around for s in sayings])
    copies = find_copies(articles, weights, outlets_cited(articles))
    context = context_of(sayings, weights, copies)
    index = index_of(sayings, weights)
    claims = find_claims(Collection(sayings, context, index, names, copies), judged=judged)
    contradictions = find_contradictions(Ground(articles, sayings, claims, weights, index, names))
    return Story(
        articles=tuple(a.key for a in articles),
        claims=_with(claims, contradictions),
        copies=copies,
        contradictions=contradictions,
        changes=find_changes(articles, weights),
        drifts=find_drifts(sayings, claims),
        moves=find_moves(articles, names),
        merges=names.merges,
    )


def _with(claims: Sequence[Claim], contradictions: Sequence[Contradiction]) -> tuple[Claim, ...]:
    """The claims, each with the contradictions that its members are in."""
    sides: dict[Member, list[Contradiction]] = defaultdict(list)
    for found in contradictions:
        for side in (found.a, found.b):
            if side.statement is not None:
                sides[Member(side.article, side.statement)].append(found)
    held = ((c, dict.fromkeys(found for m in c.members for found in sides.get(m, ()))) for c in claims)
    return tuple(replace(c, contradictions=tuple(found)) if found else c for c, found in held)
