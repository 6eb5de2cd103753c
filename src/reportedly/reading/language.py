"""A language is a folder of data: tables that a person can read and extend."""

from __future__ import annotations

import csv
import tomllib
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from reportedly.errors import LanguageError


def _folder(language: str) -> Traversable:
    folder = files("reportedly.reading") / "languages" / language
    if not folder.is_dir():
        raise LanguageError(f"no tables for language {language!r}; there are: en")
    return folder


@lru_cache(maxsize=64)
def load_table(language: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of `languages/LANGUAGE/NAME.tsv`, by column; `#` lines are comments. Raises LanguageError."""
    path = _folder(language) / f"{name}.tsv"
    if not path.is_file():
        raise LanguageError(f"language {language!r} has no table {name!r}")
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@lru_cache(maxsize=64)
def load_lists(language: str, name: str) -> dict[str, Any]:
    """The content of `languages/LANGUAGE/NAME.toml`. Raises LanguageError."""
    path = _folder(language) / f"{name}.toml"
    if not path.is_file():
        raise LanguageError(f"language {language!r} has no lists {name!r}")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=256)
def load_words(name: str, key: str, *, language: str = "en") -> frozenset[str]:
    """The words of one entry of a list file, written there with spaces between them. Raises LanguageError."""
    return frozenset(load_lists(language, name)[key].split())
