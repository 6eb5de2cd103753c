"""The brief as a Word file, in which each sentence has a footnote with its quote, outlet, day and address."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from reportedly.config import VERSION
from reportedly.views import wording
from reportedly.views.blocks import Block, Grid, Heading, Line, Paragraph
from reportedly.views.briefing import Brief
from reportedly.views.prose import blocks_of
from reportedly.views.word_notes import Footnotes, add_note_styles, safe

_BODY, _HEADS = "Calibri", "Georgia"
_INK, _SOFT = RGBColor(0x1D, 0x1C, 0x1A), RGBColor(0x5D, 0x58, 0x4F)
_CELL, _UNDER, _SOFT_TEXT = "Cell", "CellUnder", "Soft"
_WIDTH = 174
"""Millimetres between the margins of an A4 page."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name; given to every part, so that the same brief has the same bytes."""


def brief_word(brief: Brief) -> bytes:
    """The brief as the bytes of a .docx file. The same brief gives the same bytes."""
    document = docx.Document()
    _drop_picture(document)
    _set_page(document)
    _set_styles(document)
    notes = Footnotes(document)
    document.add_paragraph(safe(brief.title), style="Title")
    for block in blocks_of(brief):
        _add(document, block, notes)
    notes.write()
    _set_foot(document, brief)
    _set_properties(document, brief)
    return _packed(document)


def _drop_picture(document: Document) -> None:
    """Take away the template's preview, which would be shown for the brief in a folder."""
    relations = document.part.package.rels
    for id in [id for id, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[id]


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - _WIDTH) / 2)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)


def _set_styles(document: Document) -> None:
    styles = document.styles
    normal = styles["Normal"]
    _set_font(normal, _BODY, 10.5)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(5), 1.12
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)
    for name, size, before, after in (
        ("Title", 26, 0, 8),
        ("Heading 1", 18, 20, 6),
        ("Heading 2", 13.5, 16, 4),
        ("Heading 3", 11.5, 10, 3),
    ):
        style = styles[name]
        _set_font(style, _HEADS, size)
        style.font.bold, style.font.color.rgb = name != "Title", _INK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
    _drop_rule(styles["Title"])
    for name, id, size in (("Cell", _CELL, 9.5), ("Cell, second line", _UNDER, 8.5)):
        cell = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        cell.base_style, cell.font.size = normal, Pt(size)
        cell.paragraph_format.space_after, cell.paragraph_format.line_spacing = Pt(2), 1.0
        cell.element.set(qn("w:styleId"), id)
    soft = styles.add_style("Soft", WD_STYLE_TYPE.CHARACTER)
    soft.font.color.rgb = _SOFT
    soft.element.set(qn("w:styleId"), _SOFT_TEXT)
    add_note_styles(document)


def _set_font(style: ParagraphStyle, name: str, size: float) -> None:
    """The font for every script: the template names others for headings, and those would win."""
    style.font.name, style.font.size = name, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _drop_rule(style: ParagraphStyle) -> None:
    """Take away the template's coloured rule below the title."""
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _add(document: Document, block: Block, notes: Footnotes) -> None:
    if isinstance(block, Heading):
        _styled(document.add_paragraph(safe(block.text)), f"Heading{block.level}")
    elif isinstance(block, Paragraph):
        paragraph = document.add_paragraph()
        if block.kind in ("bullet", "entry"):
            _styled(paragraph, "ListBullet")
        if block.kind == "lead":
            paragraph.paragraph_format.space_after = Pt(8)
        _write(paragraph, block.line, notes, soft=block.kind == "lead")
    else:
        _add_grid(document, block, notes)


def _styled(paragraph: WordParagraph, id: str) -> None:
    """Give a paragraph the style of that id; looking it up by its name takes most of the time of a long brief."""
    paragraph._p.style = id


def _write(paragraph: WordParagraph, line: Line, notes: Footnotes, *, soft: bool = False) -> None:
    noted = False
    for run in line:
        if run.text:
            written = paragraph.add_run(safe(run.text))
            if run.style == "strong":
                written.bold = True
            if soft or run.style == "faint":
                written._r.style = _SOFT_TEXT
        if run.note is not None:
            notes.mark(paragraph, run.note, after_another=noted and not run.text)
        noted = run.note is not None


def _add_grid(document: Document, grid: Grid, notes: Footnotes) -> None:
    table = document.add_table(rows=1, cols=len(grid.columns))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    widths: list[Length] = [Mm(_WIDTH * share / 100) for share in grid.shares]
    _set_borders(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for cell, title, width in zip(table.rows[0].cells, grid.columns, widths, strict=True):
        _fill(cell, title, width)
    _mark_row(table.rows[0]._tr, "w:tblHeader")
    for row in grid.rows:
        added = table.add_row()
        _mark_row(added._tr, "w:cantSplit")
        for cell, lines, width in zip(added.cells, row, widths, strict=True):
            cell.width = width
            _fill_lines(cell, lines, notes)
    # Two tables without a paragraph between them would be one.
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _fill(cell: _Cell, title: str, width: Length) -> None:
    """A cell of the head."""
    cell.width = width
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.keep_with_next = Pt(2), True
    run = paragraph.add_run(safe(title))
    run.bold, run.font.size, run.font.color.rgb = True, Pt(8.5), _SOFT


def _fill_lines(cell: _Cell, lines: Iterable[Line], notes: Footnotes) -> None:
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _styled(paragraph, _CELL if number == 0 else _UNDER)
        _write(paragraph, line, notes)


def _mark_row(row: object, name: str) -> None:
    properties = row.get_or_add_trPr()  # type: ignore[attr-defined]
    properties.append(OxmlElement(name))


def _set_borders(table: Table) -> None:
    """Thin lines between rows, none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side, size, colour in (("top", 8, "1D1C1A"), ("bottom", 8, "1D1C1A"), ("insideH", 4, "D9D4C8")):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    # The schema wants them before these, and Word may refuse a file that has them after.
    properties = table._tbl.tblPr
    following = next((child for child in properties if child.tag in (qn("w:tblLayout"), qn("w:tblLook"))), None)
    if following is None:
        properties.append(borders)
    else:
        following.addprevious(borders)


def _set_foot(document: Document, brief: Brief) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    lead = paragraph.add_run(safe(f"{wording.short(brief.title)}   "))
    lead.font.size, lead.font.color.rgb = Pt(8.5), _SOFT
    for words, field in (("", "PAGE"), (" / ", "NUMPAGES")):
        run = paragraph.add_run(words)
        run.font.size, run.font.color.rgb = Pt(8.5), _SOFT
        _add_field(paragraph, field)


def _add_field(paragraph: WordParagraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    properties, size, words = OxmlElement("w:rPr"), OxmlElement("w:sz"), OxmlElement("w:t")
    size.set(qn("w:val"), "17")
    words.text = "1"
    properties.append(size)
    run.extend((properties, words))
    field.append(run)
    paragraph._p.append(field)


def _set_properties(document: Document, brief: Brief) -> None:
    properties = document.core_properties
    day = max(brief.days, default="1980-01-01")
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
    properties.title, properties.subject = safe(brief.title)[:255], "Brief of press coverage"
    properties.author = properties.last_modified_by = f"reportedly {VERSION}"
    properties.comments = f"Taken down from {wording.articles(brief.total)}, {wording.days(brief.days)}."
    properties.created = properties.modified = moment
    properties.language, properties.revision = "en-GB", 1


def _packed(document: Document) -> bytes:
    """The file with its parts in order and dated alike: a zip holds the moment at which each part was put in."""
    saved, packed = BytesIO(), BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(name))
    return packed.getvalue()
