"""The desk: the ledger in a browser, to be read, checked, corrected and added to."""

from reportedly.views.web.app import begin, desk_app
from reportedly.views.web.settings import Settings

__all__ = ["Settings", "begin", "desk_app"]
