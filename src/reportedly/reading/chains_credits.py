"""How the publisher itself has it: an agency's dateline or credit line ("LAGOS, 3 April (Reuters) -", "with AFP").

Such a line makes no link of the chain: the copy counts as the publisher's own, and the line is kept with its link.
"""

from __future__ import annotations

import re

from reportedly.reading.language import load_lists
from reportedly.records import Document, Span, Spans

_PATTERNS = tuple(re.compile(pattern, re.MULTILINE) for pattern in load_lists("en", "chains")["credits"]["lines"])


def credit_line(document: Document, piece: int) -> Spans:
    """The words by which a piece says from which agency it comes, if it does; the first such line."""
    pieces = document.pieces
    whole = pieces[piece].span if piece < len(pieces) else Span(0, max(1, len(document.text)))
    if not document.text:
        return ()
    found = [m.span("credit") for p in _PATTERNS if (m := p.search(document.text, whole.start, whole.end))]
    return (Span(*min(found)),) if found else ()
