"""What holds across the ledger, brought up to date beside the pages: at once where little is new, else in a thread."""

from __future__ import annotations

import logging
import threading

from sqlalchemy import and_, func, select

from reportedly.errors import ReportedlyError
from reportedly.ledger import Ledger, derived_tables, tables
from reportedly.ledger.browsing import revision
from reportedly.reconciliation import Reconciled
from reportedly.views.reconciling import reconciled

AT_ONCE = 12
"""New articles that are compared while somebody waits for a page."""

log = logging.getLogger(__name__)


class Comparing:
    """Gives out what was last derived, and derives it anew when the ledger has changed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._working = threading.Lock()
        self._last: tuple[str, Reconciled] | None = None
        self.turn = 0
        """Changes with whatever was compared."""

    def story(self) -> Reconciled | None:
        """What holds across the ledger as far as it was compared; None where it never was and is being so now."""
        with self._ledger.asking() as connection:
            now = revision(connection)
        if self._last is not None and self._last[0] == now:
            return self._last[1]
        if self.pending() <= AT_ONCE:
            with self._working:
                if self._last is None or self._last[0] != now:
                    self._compare(now)
        elif self._working.acquire(blocking=False):
            threading.Thread(target=self._compare_and_release, args=(now,), daemon=True).start()
        return self._last[1] if self._last else None

    def pending(self) -> int:
        """How many articles are not compared yet."""
        article, derived = tables.article, derived_tables.article
        same = and_(derived.c.article == article.c.id, derived.c.digest == article.c.digest)
        wanted = select(func.count()).select_from(article).outerjoin(derived, same)
        with self._ledger.asking() as connection:
            rows = connection.execute(wanted.where(article.c.superseded_by.is_(None), derived.c.article.is_(None)))
            return int(rows.scalar_one())

    def begin(self) -> None:
        """Compare what is new, and look up what pages of any day ask for, before anybody asks."""
        threading.Thread(target=self._look_up, daemon=True).start()

    def _look_up(self) -> None:
        try:
            if (story := self.story()) is not None:
                _ = story.contradictions
        except ReportedlyError as error:
            log.warning("what holds across articles was not looked up: %s", error)

    def _compare(self, now: str) -> None:
        self._last = (now, reconciled(self._ledger))
        self.turn += 1

    def _compare_and_release(self, now: str) -> None:
        try:
            self._compare(now)
        except ReportedlyError as error:
            log.warning("the articles were not compared: %s", error)
            return
        finally:
            self._working.release()
        self._look_up()
