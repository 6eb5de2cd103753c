"""Articles in Word files (.docx): paragraphs, headings, lists and the rows of tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table
from lxml.etree import LxmlError

from reportedly.config import MAX_INPUT_BYTES
from reportedly.documents.article import Article
from reportedly.documents.plain import read_whole
from reportedly.errors import InputError
from reportedly.records import BlockKind

MAX_UNPACKED = 10 * MAX_INPUT_BYTES
"""What a file may hold once unpacked: more is no article, whatever its size on the disk."""

KINDS = {
    "heading": BlockKind.HEADING,
    "title": BlockKind.HEADING,
    "list": BlockKind.LIST_ITEM,
    "caption": BlockKind.CAPTION,
}
"""Kinds by how the name of a paragraph's style begins."""


def load_word(stream: BinaryIO, *, name: str, place: str) -> Iterator[Article | InputError]:
    """The one article of a Word file."""
    try:
        rows = list(_rows(_opened(read_whole(stream, place), place)))
    except InputError as error:
        yield error
        return
    layout: dict[int, BlockKind] = {}
    at = 0
    for kind, line in rows:
        if kind is not None:
            layout[at] = kind
        at += len(line) + 1
    yield Article(name=name, place=place, text="\n".join(line for _, line in rows), layout=layout)


def _opened(data: bytes, place: str) -> Any:
    """The file as python-docx sees it. Raises InputError where it is none, or unpacks to far more than an article."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > MAX_UNPACKED:
            reason = f"it unpacks to {size // 1024 // 1024} MB, more than an article can be"
            raise InputError(place, reason, "save its text as .txt")
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, OpcError, LxmlError, KeyError, ValueError) as error:
        reason = f"it is no Word file that can be read ({type(error).__name__})"
        raise InputError(place, reason, "save it again as .docx, or its text as .txt") from error


def _rows(document: Any) -> Iterator[tuple[BlockKind | None, str]]:
    """The lines of the body in order, each with the kind that its style tells."""
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
                if any(cells):
                    yield BlockKind.LIST_ITEM, " | ".join(filter(None, cells))
            continue
        style = (part.style.name or "").casefold() if part.style is not None else ""
        kind = next((k for prefix, k in KINDS.items() if style.startswith(prefix)), None)
        numbered = part._p.pPr is not None and part._p.pPr.numPr is not None
        for line in part.text.splitlines():
            if words := " ".join(line.split()):
                yield (BlockKind.LIST_ITEM if kind is None and numbered else kind), words
