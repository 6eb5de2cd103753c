"""What holds across a ledger, for views that show it."""

from __future__ import annotations

from reportedly.errors import LedgerError
from reportedly.ledger import Ledger
from reportedly.reconciliation import Reconciled, reconcile

_TRIES = 3


def reconciled(ledger: Ledger) -> Reconciled:
    """The ledger reconciled. Somebody else may do the same at the same time; then it is done once more."""
    for _ in range(_TRIES - 1):
        try:
            return reconcile(ledger)
        except LedgerError:
            continue
    return reconcile(ledger)
