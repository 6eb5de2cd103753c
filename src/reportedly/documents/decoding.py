"""Bytes to text: marks of encodings, declared character sets, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from reportedly.records import Note

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF file"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
MAX_CONTROL_SHARE = 0.01
"""A text with more control characters than this share of it is taken for a binary file."""

DECLARED = re.compile(
    rb"<(?:meta[^>]{0,200}?charset\s*=|\?xml[^>]{0,100}?encoding\s*=)\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.I
)


class NotTextError(ValueError):
    """The bytes are no text; the message says what they look like."""


def decode(data: bytes, *, html: bool = False) -> tuple[str, tuple[Note, ...]]:
    """The text of the bytes, and a note where its encoding had to be assumed.

    Tried in order: a byte order mark (dropped), UTF-8, the charset that HTML declares, Windows-1252.
    Raises NotTextError for binary data.
    """
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise NotTextError(f"it is {what}, not text")
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], encoding)), ()
    if b"\0" in data:
        raise NotTextError("it is binary (it holds NUL bytes), not text")
    try:
        return _checked(data.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        return _assume(data, error, html=html)


def check_text(text: str) -> None:
    """Raises NotTextError where a text holds too many control characters or half a surrogate pair."""
    _checked(text)
    if half := re.search("[\ud800-\udfff]", text):
        raise NotTextError(f"it holds half a character, U+{ord(half[0]):04X}, at {half.start():,}")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(f"it is marked as {encoding.upper()} and is not, at byte {error.start:,}") from None


def _assume(data: bytes, error: UnicodeDecodeError, *, html: bool) -> tuple[str, tuple[Note, ...]]:
    declared = _declared(data) if html else None
    if declared:
        return _checked(declared), ()
    text = _checked(data.decode("cp1252", "replace"))
    lost = text.count("\ufffd")
    losing = f", {lost} bytes of which are no character" if lost else ""
    note = f"not UTF-8 (byte {error.start:,}); read as Windows-1252{losing}"
    return text, (Note("encoding", f"{note}; look at accents and quotation marks, or save it as UTF-8"),)


def _declared(data: bytes) -> str | None:
    match = DECLARED.search(data[:8192])
    try:
        return data.decode(match[1].decode("ascii")) if match else None
    except (LookupError, UnicodeDecodeError):
        return None


def _checked(text: str) -> str:
    control = len(CONTROL.findall(text))
    if "\0" in text or control > MAX_CONTROL_SHARE * len(text):
        raise NotTextError(f"it is binary ({control:,} control characters), not text")
    return text
