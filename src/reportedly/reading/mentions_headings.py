"""Full names that only a headline gives: "Ana Ruiz rejects the offer" over a text that calls her Ruiz."""

from __future__ import annotations

import re

from reportedly.reading.mentions_actors import Cast
from reportedly.records import BlockKind, Document, SourceKind

_FULL = re.compile(r"\b(?P<first>[A-ZÀ-Þ][\w’'-]+) (?P<last>[A-ZÀ-Þ][\w’'-]+)\b")
_OVER = (BlockKind.HEADING, BlockKind.BYLINE, BlockKind.CAPTION)


def learn_full_names(cast: Cast, document: Document) -> None:
    """Give people known by a surname alone the full name that stands over the text, if it is no author's."""
    alone = {a.words[-1]: a for a in cast.actors if a.kind is SourceKind.PERSON and a.named and len(a.words) == 1}
    authors = [*document.byline, *(name for piece in document.pieces for name in piece.byline)]
    found: dict[str, set[str]] = {}
    for block in document.blocks if alone else ():
        for match in _FULL.finditer(document.text, block.span.start, block.span.end) if block.kind in _OVER else ():
            given = match["first"] in cast.lexicon.given and match["last"] in alone
            if given and not any(match["last"] in author for author in authors):
                found.setdefault(match["last"], set()).add(match["first"])
    for last, firsts in found.items():
        if len(firsts) == 1 and alone[last].name.endswith(last):
            alone[last].words = (*firsts, last)
            alone[last].name = " ".join(alone[last].words)
            alone[last].gender = alone[last].gender or cast.lexicon.given[alone[last].words[0]]
