"""Limits and defaults that are the same everywhere."""

from __future__ import annotations

VERSION = "0.1.0"

MAX_INPUT_BYTES = 10 * 1024 * 1024
"""An article larger than this is refused: no newspaper prints one, and a parse of it would not end."""

MAX_ARTICLE_CHARACTERS = 400_000
"""The longest text that is read as one article."""

READING_SECONDS = 120
"""How long the reading of one article may take unless another limit is given."""
