"""From many readings to what stands behind them."""

from reportedly.reconciliation.judging import Judged
from reportedly.reconciliation.reconcile import compare_readings, reconcile
from reportedly.reconciliation.reconciled import Reconciled
from reportedly.reconciliation.story import story_json

__all__ = ["Judged", "Reconciled", "compare_readings", "reconcile", "story_json"]
