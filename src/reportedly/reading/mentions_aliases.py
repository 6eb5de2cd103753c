"""Names that a text gives somebody in brackets, as releases do: 'Halvorsen Foods, Inc. (the "Company")'."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reportedly.reading.mentions_names import Name

_DEFINED = re.compile(
    r"\((?:[^()\"“”\n]{0,30}[\"“][^\"“”\n]{2,40}[\"”],? (?:or|and) )?(?:the )?"
    r"[\"“](?P<alias>[A-Z][\w&’' -]{1,30})[\"”]\)"
)
_BETWEEN = re.compile(
    r"(?:,? (?:Inc|Ltd|LLC|LLP|PLC|plc|Corp|Co|AG|SE|SA|NV|S\.A|N\.V|GmbH|Limited|Corporation)\b\.?,?)?"
    r"(?: \([^()\n]{2,60}\))*,? ?"
)
_FAR = 120
"""How many characters of exchange symbols and legal forms may stand between a name and its definition."""


def find_aliases(names: Sequence[Name], text: str) -> Mapping[tuple[str, ...], Name]:
    """The name that each defined one stands for, by its words."""
    found: dict[tuple[str, ...], Name] = {}
    for match in _DEFINED.finditer(text):
        near = [n for n in names if match.start() - _FAR <= n.span.end <= match.start()]
        named = next((n for n in reversed(near) if _BETWEEN.fullmatch(text, n.span.end, match.start())), None)
        if named is not None:
            found.setdefault(tuple(match["alias"].split()), named)
    return found
