"""The brief as Markdown, with footnotes `[^1]` as Pandoc, GitHub and Obsidian read them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly.views.blocks import Block, Grid, Heading, Line, Note, Paragraph, Run
from reportedly.views.briefing import Brief
from reportedly.views.prose import blocks_of
from reportedly.views.wording import capital, harmless

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&])")
_LIST_LIKE = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")
_LISTED = ("bullet", "entry")
_MARK = {"strong": "**", "quote": "", "faint": "*", "": ""}


def brief_markdown(brief: Brief) -> str:
    """The brief as one text. What stands in an article is escaped: it makes no markup."""
    notes = _Notes()
    lines = [f"# {_escaped(brief.title)}"]
    in_list = False
    for block in blocks_of(brief):
        is_item = isinstance(block, Paragraph) and block.kind in _LISTED
        lines += [*([] if is_item and in_list else [""]), *_block(block, notes)]
        in_list = is_item
    return "\n".join([*lines, "", *notes.lines()]).rstrip("\n") + "\n"


class _Notes:
    """The notes in the order in which they are pointed to; the same sentence has one number."""

    def __init__(self) -> None:
        self._numbers: dict[Note, int] = {}

    def mark(self, note: Note) -> str:
        """`[^3]`."""
        return f"[^{self._numbers.setdefault(note, len(self._numbers) + 1)}]"

    def lines(self) -> Iterator[str]:
        """The notes themselves."""
        for note, number in self._numbers.items():
            yield f"[^{number}]: {_note(note)}"


def _note(note: Note) -> str:
    if note.looked_in:
        return _escaped(note.looked_in)
    parts = [f"“{_escaped(note.quote)}” {_escaped(note.whence)}."]
    if note.url:
        parts.append(f"<{_address(note.url)}>" if note.url.startswith(("http://", "https://")) else _escaped(note.url))
    parts += [f"\\[{note.statement}\\]"] if note.statement else []
    return " ".join([*parts, *([f"{_escaped(capital(note.mark))}."] if note.mark else [])])


def _address(url: str) -> str:
    return re.sub(r"[\s<>]", lambda found: f"%{ord(found[0]):02X}", harmless(url))


def _block(block: Block, notes: _Notes) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (block.level + 1)} {_escaped(block.text)}"
    elif isinstance(block, Paragraph):
        lead = "- " if block.kind in _LISTED else ""
        yield lead + _LIST_LIKE.sub(r"\1\\\2", _line(block.line, notes))
    else:
        yield from _grid(block, notes)


def _grid(grid: Grid, notes: _Notes) -> Iterator[str]:
    yield f"| {' | '.join(map(_escaped, grid.columns))} |"
    yield f"| {' | '.join('---' for _ in grid.columns)} |"
    for row in grid.rows:
        yield f"| {' | '.join('<br>'.join(_line(line, notes) for line in cell) for cell in row)} |"


def _line(line: Line, notes: _Notes) -> str:
    return "".join(_run(run, notes) for run in line).strip()


def _run(run: Run, notes: _Notes) -> str:
    mark = notes.mark(run.note) if run.note else ""
    if not run.text.strip():
        return run.text + mark
    words = _escaped(run.text)
    before, inner, after = words[: len(words) - len(words.lstrip())], words.strip(), words[len(words.rstrip()) :]
    around = _MARK[run.style]
    return f"{before}{around}{inner}{around}{after}{mark}"


def _escaped(words: str) -> str:
    """Words of one line in which nothing is markup."""
    kept = harmless(words)
    space = (kept[:1].isspace(), kept[-1:].isspace())
    flat = " ".join(kept.split())
    plain = _SPECIAL.sub(r"\\\1", flat)
    return f"{' ' if space[0] else ''}{plain}{' ' if space[1] and flat else ''}"
