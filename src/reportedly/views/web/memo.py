"""Answers that take long to find, kept until the ledger changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

from reportedly.ledger import Ledger
from reportedly.ledger.browsing import revision

T = TypeVar("T")
_MOST = 96
"""Answers kept at a time."""


class Memo:
    """Keeps answers by what was asked and the state that the ledger was in."""

    def __init__(self, ledger: Ledger, *, most: int = _MOST) -> None:
        self._ledger, self._most, self._lock = ledger, most, Lock()
        self._kept: OrderedDict[Hashable, object] = OrderedDict()

    def __call__(self, key: Hashable, find: Callable[[], T]) -> T:
        """The answer, found anew where the ledger has changed."""
        with self._ledger.asking() as connection:
            now = revision(connection)
        with self._lock:
            if (now, key) in self._kept:
                self._kept.move_to_end((now, key))
                return cast("T", self._kept[now, key])
        found = find()
        with self._lock:
            self._kept[now, key] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
