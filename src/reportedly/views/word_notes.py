"""The footnotes of a Word file: a part of the package that python-docx has no words for (ECMA-376, 17.11)."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from reportedly.views.blocks import Note
from reportedly.views.wording import capital, harmless

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")

_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{id}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
    f"</w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>"
    for kind, id in (("separator", -1), ("continuationSeparator", 0))
)


def safe(words: str) -> str:
    """The words with characters that XML cannot hold, or that turn the direction of a line, made visible."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", harmless(words))


class Footnotes:
    """The footnotes of one document, numbered by Word as they come; `write` puts them into it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes: list[str] = []
        self._part = Part(PackURI("/word/footnotes.xml"), _TYPE, b"", document.part.package)
        self._links: dict[str, str] = {}
        self._lists: dict[Note, int] = {}

    def mark(self, paragraph: Paragraph, note: Note, *, after_another: bool = False) -> None:
        """Put a note's mark at the end of a paragraph, parted from one just before it.

        A list of the articles looked in is printed once; later marks have its number and lead to it.
        """
        if after_another:
            self._raised(paragraph, ",")
        if note in self._lists:
            self._refer(paragraph, self._lists[note])
            return
        number = len(self._notes) + 1
        self._notes.append(f'<w:footnote w:id="{number}">{self._body(note)}</w:footnote>')
        if note.looked_in:
            self._lists[note] = number
            paragraph._p.append(_element("w:bookmarkStart", id=number, name=f"_Note{number}"))
        reference = self._raised(paragraph)
        reference.append(_element("w:footnoteReference", id=number))
        if note.looked_in:
            paragraph._p.append(_element("w:bookmarkEnd", id=number))

    def _raised(self, paragraph: Paragraph, words: str = "") -> CT_R:
        run = paragraph.add_run(words)
        run._r.style = "FootnoteReference"
        return run._r

    def _refer(self, paragraph: Paragraph, number: int) -> None:
        """The number of a footnote that was printed before, as Word itself refers to one again."""
        field = _element("w:fldSimple", instr=f"NOTEREF _Note{number} \\f \\h")
        field.append(self._raised(paragraph, str(number)))
        paragraph._p.append(field)

    def write(self) -> None:
        """Add the part, tell the settings of its separators, and tie it to the document."""
        body = "".join(self._notes)
        root = f'<w:footnotes xmlns:w="{_W}" xmlns:r="{_R}">{_SEPARATORS}{body}</w:footnotes>'
        self._part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}'.encode()
        self._document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = self._document.settings.element
        properties = OxmlElement("w:footnotePr")
        for id in ("-1", "0"):
            properties.append(_element("w:footnote", id=id))
        # The schema wants it before w:compat.
        compat = settings.find(qn("w:compat"))
        if compat is None:
            settings.append(properties)
        else:
            compat.addprevious(properties)

    def _body(self, note: Note) -> str:
        mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        runs = "".join(self._runs(note))
        return f'<w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>{mark}{_run(" ")}{runs}</w:p>'

    def _runs(self, note: Note) -> list[str]:
        if note.looked_in:
            return [_run(note.looked_in)]
        runs = [_run(f"“{note.quote}” "), _run(f"{note.whence}.", bold=True)]
        if note.url:
            runs += [_run(" "), self._link(note.url)]
        runs += [_run(f" [{note.statement}]")] if note.statement else []
        return [*runs, *([_run(f" {capital(note.mark)}.")] if note.mark else [])]

    def _link(self, url: str) -> str:
        """The address, to be followed where it is one of the web."""
        if not _WEB.fullmatch(url) or safe(url) != url:
            return _run(url)
        if url not in self._links:
            self._links[url] = self._part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return f"<w:hyperlink r:id={quoteattr(self._links[url])}>{_run(url, style='Hyperlink')}</w:hyperlink>"


def _element(tag: str, /, **attributes: object) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def _run(words: str, *, bold: bool = False, style: str = "") -> str:
    inner = (f'<w:rStyle w:val="{style}"/>' if style else "") + ("<w:b/>" if bold else "")
    properties = f"<w:rPr>{inner}</w:rPr>" if inner else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(safe(words))}</w:t></w:r>'


def add_note_styles(document: Document) -> None:
    """The styles that Word gives its footnotes."""
    styles = document.styles
    text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style, text.font.size = styles["Normal"], Pt(8.5)
    text.paragraph_format.space_after = Pt(2)
    text.paragraph_format.line_spacing = 1.0
    text.element.set(qn("w:styleId"), "FootnoteText")
    mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    mark.element.set(qn("w:styleId"), "FootnoteReference")
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.underline = True
