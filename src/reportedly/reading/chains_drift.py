"""Drift within an article: the same content told again with another certainty, or without its source.

Method: two statements hold the same content where the lemmas of their content words agree by Dice's measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from reportedly.reading.parse import Parse
from reportedly.records import Act, Certainty, Note, Source, Statement

ALIKE = 0.6
"""Dice's measure from which two contents are the same."""
WORDS = 4
"""How many content words both must have: shorter ones are alike by chance."""
MOST = 400
"""Statements of an article that are compared: a bound on the work, more than any of a newspaper has."""
_TELLING = frozenset({Act.ASSERT, Act.DENY, Act.BELIEVE, Act.WARN, Act.OFFER, Act.PROMISE})


def find_drift(statements: Sequence[Statement], sources: Sequence[Source], parse: Parse) -> tuple[Note, ...]:
    """A note for every two statements that say the same of one source, but not alike."""
    words = {s.id: _content_words(s, parse) for s in statements[:MOST]}
    told = [s for s in statements[:MOST] if s.act in _TELLING and len(words[s.id]) >= WORDS]
    names = {source.id: source.name for source in sources}
    pairs = ((a, b) for a, b in combinations(told, 2) if _apart(a, b) and _same(words[a.id], words[b.id]))
    return tuple(Note("drift", text) for a, b in pairs for text in _differences(a, b, names))


def _content_words(statement: Statement, parse: Parse) -> frozenset[str]:
    tokens = [t for span in statement.content for t in parse.tokens_in(span)]
    return frozenset(t.lemma_.lower() for t in tokens if (t.is_alpha and not t.is_stop) or t.like_num)


def _apart(a: Statement, b: Statement) -> bool:
    """Whether neither stands in the other."""
    return b.parent != a.id and a.parent != b.id and not any(c.meets(d) for c in a.content for d in b.content)


def _same(a: frozenset[str], b: frozenset[str]) -> bool:
    return 2 * len(a & b) >= ALIKE * (len(a) + len(b))


def _differences(a: Statement, b: Statement, names: dict[str, str]) -> Iterator[str]:
    """What the later one of two has otherwise, where one chain goes on from the other."""
    together = min(len(a.chain), len(b.chain))
    if a.chain[:together] != b.chain[:together]:
        return
    if len(b.chain) < len(a.chain):
        yield f"{b.id} says what {a.id} says without its source, {names[a.chain[-1]]}"
    pair = f"{a.id} and {b.id} say the same"
    if a.certainty_source != b.certainty_source and not _open(a, b):
        yield f"{pair}, the source {a.certainty_source} in {a.id}, {b.certainty_source} in {b.id}"
    if a.certainty_outlet != b.certainty_outlet:
        yield f"{pair}, the outlet {a.certainty_outlet} in {a.id}, {b.certainty_outlet} in {b.id}"


def _open(a: Statement, b: Statement) -> bool:
    """Whether one is left open by a question or a condition: that is no certainty to drift from."""
    return Certainty.UNCOMMITTED in (a.certainty_source, b.certainty_source)
