"""Who has a claim from whom, as a graph: lines for a terminal, and a drawing (SVG, without any script) for a page."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from reportedly.records import Claim, Passing, Trace
from reportedly.views.wording import bounded

_WIDTH = 190
_LINE, _PADDING = 16, 18
_GAP_X, _GAP_Y, _EDGE = 70, 14, 12
_LONGEST = 26
"""Characters in a line of a box."""

_MOST = 4 * _LONGEST
"""Characters of a name in a box; its title has all of it."""

_WORDS = {
    Passing.FIRST_HAND: "told",
    Passing.CITED: "cited by",
    Passing.COPIED: "copied by",
    Passing.SHARED_PHRASE: "same sourcing phrase in",
    Passing.UNSOURCED: "repeated, without a source, by",
    Passing.CONFIRMED: "confirmed by",
}
_FIRM = frozenset({Passing.FIRST_HAND, Passing.CITED, Passing.CONFIRMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An origin or an outlet. `depth` is how many hands lie between it and an origin."""

    id: str
    name: str
    origin: bool
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """`to` has it from `source`. `firm`: the text says so; else it follows from what was published before."""

    source: str
    to: str
    how: str
    firm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginGraph:
    """The nodes, origins first, and the edges between them; `title` says in words what it shows."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph_of(claim: Claim, outlets: Mapping[str, str | None], *, title: str) -> OriginGraph:
    """The graph of a claim. `outlets` names the outlet of each article. An outlet that has it twice is one node."""
    edges: dict[tuple[str, str], Edge] = {}
    origins: dict[str, None] = {}
    for trace in claim.traces:
        path = _path(trace, outlets.get(trace.member.article) or "outlet not known")
        origins.setdefault(path[0])
        for place, (a, b) in enumerate(pairwise(path)):
            passing = Passing.FIRST_HAND if place == 0 and len(path) > 2 else trace.passing
            if a != b and ((a, b) not in edges or passing in _FIRM):
                edges[a, b] = Edge(source=a, to=b, how=_WORDS[passing], firm=passing in _FIRM)
    depths = _depths(origins, edges)
    names = sorted(depths, key=lambda name: (depths[name], name not in origins, name))
    nodes = tuple(Node(id=name, name=name, origin=name in origins, depth=depths[name]) for name in names)
    ordered = tuple(edges[key] for key in sorted(edges))
    return OriginGraph(title=title, nodes=nodes, edges=ordered)


def _path(trace: Trace, outlet: str) -> list[str]:
    """From the origin to the outlet: "three sources", "Financial Times", "The Sun"."""
    origin, via, first = trace.origin.partition(" via ")
    between = [first] if via else []
    between += [name for name in reversed(trace.through) if name not in between]
    path = [origin, *between, outlet]
    return [name for place, name in enumerate(path) if name not in path[:place]]


def _depths(origins: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How far each name is from an origin, by the shortest way; nothing is followed round a ring."""
    after: dict[str, list[str]] = defaultdict(list)
    for a, b in edges:
        after[a].append(b)
    depths = dict.fromkeys(origins, 0)
    waiting = list(depths)
    for name in waiting:
        for other in sorted(after[name]):
            if other not in depths:
                depths[other] = depths[name] + 1
                waiting.append(other)
    return depths


def lines_of(graph: OriginGraph) -> Iterator[str]:
    """The graph as an indented tree, each name once with what is below it."""
    after: dict[str, list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        after[edge.source].append(edge)
    shown: set[str] = set()
    for node in graph.nodes:
        if node.origin and node.depth == 0:
            yield node.name
            yield from _below(node.id, after, shown, "")


def _below(name: str, after: Mapping[str, Sequence[Edge]], shown: set[str], indent: str) -> Iterator[str]:
    shown.add(name)
    edges = after.get(name, [])
    for place, edge in enumerate(edges):
        last = place == len(edges) - 1
        again = edge.to in shown
        yield f"{indent}{'└─' if last else '├─'} {edge.how} {edge.to}{' (see above)' if again else ''}"
        if not again:
            yield from _below(edge.to, after, shown, indent + ("   " if last else "│  "))


def svg_of(graph: OriginGraph, *, id: str = "origins") -> str:
    """The graph as inline SVG: origins left, then outlets by how many hands it went through; dashed: not said.

    It holds its title and all it shows in words, takes its colours from the page, and has no script and no style sheet.
    `id` must be another one for each drawing of a page.
    """
    places = {box.node.id: box for box in _boxes(graph.nodes)}
    width = max((box.x for box in places.values()), default=0) + _WIDTH + _EDGE
    height = max((box.y + box.height for box in places.values()), default=0) + _EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{escape(id)}-title {escape(id)}-desc" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" fill="none" stroke="currentColor">',
        f'<title id="{escape(id)}-title">{escape(graph.title)}</title>',
        f'<desc id="{escape(id)}-desc">{escape(". ".join(_told(graph)))}</desc>',
        *(_line(edge, places) for edge in graph.edges),
        *(_drawn(places[node.id]) for node in graph.nodes),
        "</svg>",
    ]
    return "\n".join(parts)


def _told(graph: OriginGraph) -> Iterator[str]:
    return (f"{edge.source}: {edge.how} {edge.to}" for edge in graph.edges)


@dataclass(frozen=True, slots=True)
class _Box:
    """A node as it is drawn: the upper left corner, and its name in lines."""

    node: Node
    x: int
    y: int
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        return _PADDING + _LINE * len(self.lines)

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


def _boxes(nodes: Sequence[Node]) -> Iterator[_Box]:
    """The nodes in columns by depth, from top to bottom."""
    below: dict[int, int] = defaultdict(lambda: _EDGE)
    for node in nodes:
        lines = tuple(textwrap.wrap(bounded(node.name, _MOST), _LONGEST, break_on_hyphens=False)) or ("",)
        box = _Box(node, _EDGE + node.depth * (_WIDTH + _GAP_X), below[node.depth], lines)
        yield box
        below[node.depth] += box.height + _GAP_Y


def _line(edge: Edge, places: Mapping[str, _Box]) -> str:
    x1, y1 = places[edge.source].x + _WIDTH, places[edge.source].middle
    x2, y2 = places[edge.to].x, places[edge.to].middle
    dashes = "" if edge.firm else ' stroke-dasharray="5 4"'
    bend = (x1 + x2) // 2
    arrow = f"M{x2 - 7},{y2 - 4} L{x2},{y2} L{x2 - 7},{y2 + 4}"
    return f'<path d="M{x1},{y1} C{bend},{y1} {bend},{y2} {x2},{y2} {arrow}"{dashes}/>'


def _drawn(box: _Box) -> str:
    heavy = ' stroke-width="2.5"' if box.node.origin else ""
    middle, top = box.x + _WIDTH // 2, box.middle - _LINE * (len(box.lines) - 1) // 2 + 4
    lines = "".join(
        f'<tspan x="{middle}" y="{top + _LINE * place}">{escape(line)}</tspan>' for place, line in enumerate(box.lines)
    )
    return (
        f"<g><title>{escape(box.node.name)}</title>"
        f'<rect x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{box.height}" rx="5"{heavy}/>'
        f'<text text-anchor="middle" font-size="12" '
        f'font-family="sans-serif" fill="currentColor" stroke="none">{lines}</text></g>'
    )
