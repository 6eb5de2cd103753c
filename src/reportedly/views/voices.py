"""Who stands behind what an outlet prints: the chains of many statements as one tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportedly.records import SourceKind
from reportedly.views.from_reading import Filler, link_of
from reportedly.views.pages import LinkRow, StatementRow
from reportedly.views.wording import OUTLET_UNKNOWN

Path = tuple[LinkRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A link of chains: the statements that end with it, and the sources that it passes on."""

    link: LinkRow
    statements: tuple[StatementRow, ...]
    passes_on: tuple[Voice, ...]

    @property
    def total(self) -> int:
        """How many statements end with it or below it."""
        return len(self.statements) + sum(voice.total for voice in self.passes_on)


def voices_of(articles: Iterable[Filler]) -> tuple[Voice, ...]:
    """A tree for each article, from its outlet down: two people called "a source" in two articles stay two."""
    return tuple(voice for article in articles for voice in _tree(list(_said(article)), 0))


def _said(article: Filler) -> Iterator[tuple[Path, StatementRow]]:
    links = {source.id: source for source in article.reading.sources}
    for statement in article.reading.statements:
        row = article.statement(statement)
        yield tuple(link_of(links[id]) for id in statement.chain if id in links) or (_outlet(row),), row


def _outlet(row: StatementRow) -> LinkRow:
    name = row.place.outlet or OUTLET_UNKNOWN
    return LinkRow(name=name, kind=SourceKind.OUTLET, named=True, count=1, at_least=False, party=None)


def _tree(said: list[tuple[Path, StatementRow]], depth: int) -> tuple[Voice, ...]:
    links = dict.fromkeys(path[depth] for path, _ in said)
    return tuple(_voice(link, [s for s in said if s[0][depth] == link], depth) for link in links)


def _voice(link: LinkRow, said: list[tuple[Path, StatementRow]], depth: int) -> Voice:
    deeper = [(path, row) for path, row in said if len(path) > depth + 1]
    ending = tuple(row for path, row in said if len(path) == depth + 1)
    return Voice(link=link, statements=ending, passes_on=_tree(deeper, depth + 1))
