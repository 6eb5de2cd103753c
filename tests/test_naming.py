"""What names stand for is the same whether they are found at once or as articles come and go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.reconciliation.names import Key, Use
from reportedly.reconciliation.naming import (
    Blank,
    Entry,
    Said,
    blocks_listed,
    blocks_looked_into,
    entries_of,
    renew,
    said_of,
)

USES = (
    *(Use("person", name) for name in ("Ilse Brandt", "Brandt", "I. Brandt", "Karl Brandt", "Mr Brandt", "Olaf Grenn")),
    *(
        Use("person", name)
        for name in ("Volodymyr Zelensky", "Volodymir Zelenskyy", "Zelensky", "somali prime minister")
    ),
    *(Use("body", name) for name in ("Rapid Support Forces", "RSF", "Rapid Support Force", "Radical Student Front")),
    *(Use("body", name) for name in ("Zaporizhzhia", "Zaporizhia", "Taran", "Moscow", "Russia", "RUSSIA")),
    *(Use("outlet", name) for name in ("Tidewater", "Tidewater Press", "the Tidewater Press news agency", "Press")),
    *(Use("outlet", name, publishing=True) for name in ("Tidewater", "Tidewater Press", "Lamp Post")),
    *(Use("body", name, "Q1") for name in ("the Party", "Harbour Party")),
    Use("person", "Ilse Brandt", "Q2"),
    Use("person", "the Iron Mayor", "Q2"),
    Use("person", "Brandt", asked=True),
)
SAID = said_of({frozenset(("Olaf Grenn", "Taran"))}, {frozenset(("Brandt", "Ilse Brandt"))})


class Shelf:
    """A book in memory."""

    def __init__(self, said: Said) -> None:
        self.all: dict[Key, Entry] = {}
        self.said = said

    def entries(self, keys: Sequence[Key]) -> Mapping[Key, Entry]:
        return {key: self.all[key] for key in keys if key in self.all}

    def listed(self, blocks: Sequence[str]) -> Mapping[str, Sequence[Key]]:
        return {b: [k for k, e in self.all.items() if b in blocks_listed(e, self.said)] for b in blocks}

    def looking(self, blocks: Sequence[str]) -> Set[Key]:
        wanted = set(blocks)
        return {k for k, e in self.all.items() if wanted & blocks_looked_into(e, self.said)}

    def tied_to(self, keys: Sequence[Key]) -> Set[Key]:
        return {k for k, e in self.all.items() if e.tie is not None and e.tie[0] in keys}

    def take(self, uses: Set[Use]) -> None:
        """Bring the book up to these uses, touching only names whose own facts have changed."""
        now = dict(entries_of(uses))
        touched: dict[Key, Entry | None] = {}
        for key in {*now, *self.all}:
            new, old = now.get(key), self.all.get(key)
            if new is None or old is None or facts(new) != facts(old):
                touched[key] = new
        for key, entry in renew(touched, self, self.said).items():
            if entry is None:
                del self.all[key]
            else:
                self.all[key] = entry


def facts(entry: Entry) -> object:
    return entry.spellings, entry.refs, entry.publishing


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sets(st.sampled_from(USES)), min_size=1, max_size=5), st.sampled_from((Said(), SAID)))
def test_names_that_come_and_go(steps: list[set[Use]], said: Said) -> None:
    shelf = Shelf(said)
    for uses in steps:
        shelf.take(uses)
        assert shelf.all == renew(dict(entries_of(uses)), Blank(), said)


def test_a_name_that_nothing_ties_stands_for_itself() -> None:
    found = renew(dict(entries_of([Use("person", "Olaf Grenn")])), Blank(), Said())
    (entry,) = found.values()
    assert entry is not None
    assert (entry.tie, entry.root, entry.shown) == (None, ("person", "olaf grenn"), "Olaf Grenn")


def test_two_spellings_that_differ_in_both_words_are_a_slip() -> None:
    uses = [Use("person", "Volodymyr Zelensky"), Use("person", "Volodymir Zelenskyy")]
    found = renew(dict(entries_of(uses)), Blank(), Said())
    assert [e.tie[1] for e in found.values() if e and e.tie] == ["spelt nearly alike"]
