"""Case tables: Markdown that a translator can extend, read into (title, text, expected) triples."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "cases"


def load_cases(name: str) -> list[tuple[str, str, list[str]]]:
    """The cases of `cases/NAME`: their titles, texts, and expected lines without the blank ones."""
    cases = []
    for part in ("\n" + (FOLDER / name).read_text(encoding="utf-8")).split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        text, _, expected = body.partition("\n---")
        lines = [line.rstrip() for line in expected.splitlines() if line.strip()]
        cases.append((title.strip(), text.strip("\n"), lines))
    return cases
