"""From scores of pairs to groups: average linkage, so that one likely pair does not chain two groups together."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass
class _Links:
    """Sums and counts of the scores between groups."""

    total: dict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    count: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, a: int, b: int, total: float, count: int) -> None:
        for x, y in ((a, b), (b, a)):
            self.total[x][y] = self.total[x].get(y, 0.0) + total
            self.count[x][y] = self.count[x].get(y, 0) + count

    def mean(self, a: int, b: int) -> float:
        return self.total[a][b] / self.count[a][b]


def group(
    size: int, scores: Mapping[tuple[int, int], float], *, least: float, never: Iterable[tuple[int, int]] = ()
) -> tuple[tuple[int, ...], ...]:
    """Groups of the places 0 to `size`, in order, each place in one.

    The two groups with the highest mean score of compared pairs are joined, as long as it is at least `least` (Sokal
    and Michener, 1958); ties go to the lower places. `never` are pairs that must stay apart.
    """
    links, apart = _Links(), defaultdict(set)
    for (a, b), score in scores.items():
        links.add(a, b, score, 1)
    for a, b in never:
        apart[a].add(b)
        apart[b].add(a)
    members = {place: [place] for place in range(size)}
    heap = [(-score, a, b) for (a, b), score in scores.items() if score >= least]
    heapq.heapify(heap)
    while heap:
        worst, a, b = heapq.heappop(heap)
        if a not in members or b not in members or -worst != links.mean(a, b) or b in apart[a]:
            continue
        _join(a, b, members, links)
        apart[a] |= apart.pop(b, set())
        for other in apart[a]:
            apart[other].add(a)
        for other in links.total[a]:
            if (mean := links.mean(a, other)) >= least:
                heapq.heappush(heap, (-mean, min(a, other), max(a, other)))
    return tuple(tuple(sorted(m)) for _, m in sorted(members.items()))


def _join(a: int, b: int, members: dict[int, list[int]], links: _Links) -> None:
    """Put b into a."""
    members[a] += members.pop(b)
    links.total[a].pop(b), links.count[a].pop(b)
    for other, total in links.total.pop(b).items():
        count = links.count[b][other]
        links.total[other].pop(b, None), links.count[other].pop(b, None)
        if other != a:
            links.add(a, other, total, count)
    links.count.pop(b, None)
