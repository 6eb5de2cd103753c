"""Word lists of the press, and the small pattern language that they are written in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "…": "..."})


@cache
def word_list(name: str) -> dict[str, Any]:
    """The tables of `NAME.toml` beside this module."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Lower case, straight quotes and dashes, no brackets around it, nothing but words at its end."""
    text = " ".join(text.translate(STRAIGHT).casefold().split())
    if text[:1] in "([" and text[-1:] in ")]":
        text = text[1:-1]
    return text.strip(" .!?:>»›→↓*|•·▶►[]")


def compile_patterns(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression that matches where any of the patterns fits a whole plain line; see `furniture.toml`."""
    return re.compile("|".join(f"(?:{_expression(p)})" for p in patterns) or r"(?!)")


def _expression(pattern: str) -> str:
    pattern = re.sub(r" ~ ", r"\\W(?:.*\\W)?", pattern)
    pattern = re.sub(r" ~(?=$|[)|])", r"(?:\\W.*)?", pattern)
    pattern = re.sub(r"(?:^|(?<=[(|]))~ ", r"(?:.*\\W)?", pattern)
    return pattern.replace("~", ".*").replace("#", r"\d[\d.,:]*[km]?")
