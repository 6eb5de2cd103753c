"""From scores of pairs to groups: average linkage, so that one likely pair does not chain two groups together."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_COMPARED = 10
"""Members of a large group that one statement can be expected to have been compared with."""


@dataclass
class _Links:
    """Sizes of groups, and sums of the scores between them. A pair that was not compared counts as nothing."""

    size: dict[int, int]
    total: dict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, a: int, b: int, total: float) -> None:
        for x, y in ((a, b), (b, a)):
            self.total[x][y] = self.total[x].get(y, 0.0) + total

    def mean(self, a: int, b: int) -> float:
        small, large = sorted((self.size[a], self.size[b]))
        return self.total[a][b] / (small * min(large, _COMPARED))


def group(
    size: int, scores: Mapping[tuple[int, int], float], *, least: float, never: Iterable[tuple[int, int]] = ()
) -> tuple[tuple[int, ...], ...]:
    """Groups of the places 0 to `size`, in order, each place in one.

    The two groups with the highest mean score of their pairs are joined, as long as it is at least `least` (Sokal
    and Michener, 1958); ties go to the lower places. `never` are pairs that must stay apart.
    """
    links, apart = _Links(dict.fromkeys(range(size), 1)), defaultdict(set)
    for (a, b), score in scores.items():
        links.add(a, b, score)
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
    links.size[a] += links.size.pop(b)
    del links.total[a][b]
    for other, total in links.total.pop(b).items():
        links.total[other].pop(b, None)
        if other != a:
            links.add(a, other, total)
