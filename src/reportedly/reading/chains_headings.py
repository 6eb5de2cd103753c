"""An outlet that only a headline names: "Ministers ready to quit, says Bloomberg"."""

from __future__ import annotations

import re

from reportedly.reading.chains_work import Step, Steps, Work, is_publisher, make_source
from reportedly.reading.dossier import Dossier
from reportedly.reading.language import load_lists
from reportedly.reading.roster import Sort, load_roster
from reportedly.records import Basis, Block, Source, SourceKind, Span

_NAME = r"(?P<name>(?:[A-Z][\w&.’'-]*)(?: (?:of|and|[A-Z][\w&.’'-]*)){0,4})"
_PATTERNS = tuple(
    re.compile(pattern.replace("NAME", _NAME)) for pattern in load_lists("en", "chains")["headings"]["reported_by"]
)


def named_in_heading(piece: int, work: Work) -> Steps:
    """The other outlet that a heading of the piece gives its news to, if a roster or the article knows it as one."""
    for heading in (b for b in work.parse.headings if b.piece == piece):
        for pattern in _PATTERNS:
            for found in pattern.finditer(heading.span.of(work.parse.text)):
                if outlet := _outlet(found, heading, work):
                    return (Step(outlet, Basis.ELSEWHERE, outlet.mentions[:1]),)
    return ()


def _outlet(found: re.Match[str], heading: Block, work: Work) -> Source | None:
    name = found["name"]
    known = load_roster(work.parse.document.language[:2], Dossier()).get(name)
    if known is None or known.sort is not Sort.OUTLET:
        return None
    start = heading.span.start + found.start("name")
    same = next((a for a in work.mentions.actors if a.kind is SourceKind.OUTLET and a.name == known.name), None)
    outlet = same or make_source(
        Source(id="", name=known.name, kind=SourceKind.OUTLET), Span(start, start + len(name)), work
    )
    return None if is_publisher(outlet, work) else outlet
