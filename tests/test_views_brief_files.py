"""The brief as Markdown and as Word: every sentence has its note, the same ledger the same bytes, nothing breaks it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from reportedly.errors import InputError
from reportedly.ledger import Ledger, open_ledger
from reportedly.records import Reading, Span
from reportedly.run import write_brief
from reportedly.views.blocks import Grid, Heading, Paragraph
from reportedly.views.brief_files import BriefFormat, brief_file, brief_of, format_of_name
from reportedly.views.brief_markdown import brief_markdown
from reportedly.views.brief_word import brief_word
from reportedly.views.briefing import Brief, Wanted, fill_brief
from reportedly.views.prose import blocks_of

TITLE = "What is on the table"
SECTIONS = (
    "In short",
    "On the table",
    "Positions",
    "Meetings",
    "Claims and their origins",
    "Contradictions",
    "Changes",
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, readings: list[Reading], awkward: Reading) -> Iterator[Ledger]:
    with open_ledger(tmp_path_factory.mktemp("brief") / "talks.db") as opened:
        for reading in (*readings, awkward):
            opened.add(
                replace(reading, document=replace(reading.document, url=f"https://x.example/{reading.document.name}"))
            )
        yield opened


@pytest.fixture(scope="module")
def brief(ledger: Ledger) -> Brief:
    return brief_of(ledger, title=TITLE, full=False)


@pytest.fixture(scope="module")
def word(brief: Brief) -> bytes:
    return brief_word(brief)


def part(file: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(BytesIO(file)) as opened:
        return etree.fromstring(opened.read(name))


def test_every_section_is_there(brief: Brief) -> None:
    headings = [block.text for block in blocks_of(brief) if isinstance(block, Heading) and block.level == 2]
    assert all(headings.count(section) == len(brief.chapters) == 2 for section in (*SECTIONS, "Articles"))


def test_every_sentence_has_a_note_with_quote_outlet_date_and_link(brief: Brief) -> None:
    said = [block.line for block in blocks_of(brief) if isinstance(block, Paragraph) and block.kind == "bullet"]
    said += [
        tuple(run for cell in row for line in cell for run in line)
        for block in blocks_of(brief)
        if isinstance(block, Grid)
        for row in block.rows
    ]
    notes = [[run.note for run in line if run.note] for line in said]
    assert len(said) > 60
    assert all(notes)
    quoted = [note for some in notes for note in some if not note.looked_in]
    assert len(quoted) > 60
    assert all(note.quote and ", " in note.whence and (note.url or "").startswith("https://") for note in quoted)
    assert any(note.statement for note in quoted)


def test_a_quote_is_a_sentence_of_its_article(brief: Brief, readings: list[Reading], awkward: Reading) -> None:
    texts = [" ".join(reading.document.text.split()) for reading in (*readings, awkward)]
    for block in blocks_of(brief):
        lines = [block.line] if isinstance(block, Paragraph) else []
        for note in (run.note for line in lines for run in line if run.note and run.note.quote):
            assert all(any(piece in text for text in texts) for piece in note.quote.split(" … "))


def test_every_mark_in_word_has_its_footnote_and_every_footnote_its_mark(word: bytes) -> None:
    marks = [int(mark.get(qn("w:id"))) for mark in part(word, "word/document.xml").iter(qn("w:footnoteReference"))]
    notes = {int(note.get(qn("w:id"))): note for note in part(word, "word/footnotes.xml").iter(qn("w:footnote"))}
    assert marks == list(range(1, len(marks) + 1))
    assert set(notes) == {-1, 0, *marks}
    assert [notes[id].get(qn("w:type")) for id in (-1, 0)] == ["separator", "continuationSeparator"]
    assert all("".join(notes[id].itertext()).strip() for id in marks)


def test_a_list_of_articles_is_printed_once_and_led_to(word: bytes) -> None:
    body = part(word, "word/document.xml")
    named = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    led_to = {
        field.get(qn("w:instr")).split()[1]
        for field in body.iter(qn("w:fldSimple"))
        if field.get(qn("w:instr")).startswith("NOTEREF")
    }
    assert led_to
    assert led_to <= named


def test_word_knows_the_footnotes(word: bytes) -> None:
    types = part(word, "[Content_Types].xml")
    assert any(t.get("PartName") == "/word/footnotes.xml" for t in types)
    relations = part(word, "word/_rels/document.xml.rels")
    assert any(r.get("Type").endswith("/footnotes") and r.get("Target") == "footnotes.xml" for r in relations)
    settings = [child.tag for child in part(word, "word/settings.xml")]
    assert settings.index(qn("w:footnotePr")) < settings.index(qn("w:compat"))
    links = {r.get("Id") for r in part(word, "word/_rels/footnotes.xml.rels")}
    used = {link.get(qn("r:id")) for link in part(word, "word/footnotes.xml").iter(qn("w:hyperlink"))}
    assert used == links
    assert len(used) > 3


ORDERS = {
    "w:tblPr": "tblStyle tblW jc tblBorders tblLayout tblLook",
    "w:pPr": "pStyle keepNext keepLines numPr spacing ind contextualSpacing jc outlineLvl rPr",
    "w:rPr": "rStyle rFonts b bCs i iCs caps color spacing kern sz szCs u vertAlign lang",
    "w:trPr": "cantSplit tblHeader",
    "w:tcPr": "tcW",
}
"""The order that the schema (ECMA-376, 17.3 and 17.4) gives the properties that the brief uses."""


@pytest.mark.parametrize("name", ["document", "footnotes", "footer1"])
def test_properties_stand_in_the_order_of_the_schema(word: bytes, name: str) -> None:
    body = part(word, f"word/{name}.xml")
    for kind, order in ORDERS.items():
        wanted = [qn(f"w:{tag}") for tag in order.split()]
        for properties in body.iter(qn(kind)):
            places = [wanted.index(child.tag) for child in properties]
            assert places == sorted(places), etree.tostring(properties)


def test_the_word_file_opens_with_its_styles_and_properties(word: bytes) -> None:
    opened = docx.Document(BytesIO(word))
    assert opened.core_properties.title == TITLE
    assert opened.core_properties.author.startswith("reportedly")
    assert {"footnote text", "footnote reference", "Hyperlink"} <= {style.name for style in opened.styles}
    assert next(p.style.name for p in opened.paragraphs if p.style) == "Title"
    assert len(opened.tables) > 2
    assert not [name for name in zipfile.ZipFile(BytesIO(word)).namelist() if "thumbnail" in name]
    custom = {style.get(qn("w:styleId")) for style in part(word, "word/styles.xml") if style.get(qn("w:customStyle"))}
    assert not custom & {"FootnoteText", "FootnoteReference", "Hyperlink"}
    assert "PAGE" in {f.get(qn("w:instr")) for f in opened.sections[0].footer._element.iter(qn("w:fldSimple"))}


@pytest.mark.parametrize("format", BriefFormat)
def test_the_same_ledger_gives_the_same_bytes(ledger: Ledger, format: BriefFormat) -> None:
    assert brief_file(ledger, format, title=TITLE) == brief_file(ledger, format, title=TITLE)


def test_every_note_in_markdown_is_there_once(brief: Brief) -> None:
    text = brief_markdown(brief)
    defined = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    used = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    assert defined == [str(number) for number in range(1, len(defined) + 1)]
    assert used == set(defined)
    assert text.startswith(f"# {TITLE}\n")
    widths = {line.count(" | ") for line in text.splitlines() if line.startswith("| ") and "Who gives" in line}
    assert widths == {4}


def test_what_an_article_holds_is_no_markup(awkward: Reading) -> None:
    odd = "**bold** [x](javascript:1) <b>|a|</b> `c` # _d_"
    document = replace(awkward.document, title=odd, outlet=odd, url="javascript:alert(1)")
    text = brief_markdown(fill_brief([replace(awkward, document=document)], title=odd, full=False))
    assert "\\*\\*bold\\*\\* \\[x\\](javascript:1) \\<b\\>\\|a\\|\\</b\\>" in text
    assert not re.search(r"(?<!\\)\]\(javascript|<javascript|<b>", text)


HOSTILE = "a\x00b\x0bc\x1bd\ufffe\uffff\u202eevil\u2066"


def test_characters_that_xml_cannot_hold_do_not_break_the_file(awkward: Reading) -> None:
    text = awkward.document.text.replace("tugs", f"tugs {HOSTILE} 🚢 עברית", 1)
    document = replace(awkward.document, text=text, title=HOSTILE, outlet=HOSTILE, url=f"https://x.example/{HOSTILE}")
    file = brief_word(fill_brief([replace(awkward, document=document)], title=HOSTILE, full=False))
    for name in zipfile.ZipFile(BytesIO(file)).namelist():
        if name.endswith((".xml", ".rels")):
            part(file, name)
    assert docx.Document(BytesIO(file)).paragraphs[0].text.count("\N{REPLACEMENT CHARACTER}") == 7


def test_a_long_table_and_a_long_quote_are_cut_and_say_so(awkward: Reading) -> None:
    words = "Tugs would leave the port " + "soon " * 600
    text = f"{words.strip()}."
    term = replace(awkward.terms[0], plan=None, spans=(Span(0, len(text) - 1),), condition=(), statements=())
    document = replace(awkward.document, text=text, blocks=(), pieces=())
    many = tuple(replace(term, id=f"te{number}") for number in range(520))
    reading = Reading(document=document, sources=awkward.sources, terms=many)
    told = brief_markdown(fill_brief([reading], title=TITLE, full=False))
    assert "20 more are not shown" in told
    assert "soon … \\[cut\\]” " in told
    assert max(map(len, told.splitlines())) < 3_000


def test_an_empty_brief_says_so() -> None:
    nothing = fill_brief([], title="<b>")
    assert "There is no article to show" in brief_markdown(nothing)
    assert docx.Document(BytesIO(brief_word(nothing))).paragraphs[0].text == "<b>"


def test_a_party_narrows_what_is_told(ledger: Ledger, brief: Brief) -> None:
    party = brief.chapters[0].positions.parties[0]
    narrow = brief_of(ledger, title=TITLE, wanted=Wanted(party=party), full=False)
    rows = [row for chapter in narrow.chapters for plan in chapter.table.plans for row in plan.rows]
    assert rows
    assert all(party in (*row.gives, *row.gets) for row in rows)
    assert {row.party for chapter in narrow.chapters for row in chapter.positions.rows} == {party}
    assert 0 < len(rows) < sum(len(plan.rows) for chapter in brief.chapters for plan in chapter.table.plans)
    assert f"what concerns {party}" in brief_markdown(narrow)


def test_a_plan_narrows_the_articles(ledger: Ledger, brief: Brief) -> None:
    plan = next(plan for chapter in brief.chapters for plan in chapter.table.plans if plan.name)
    narrow = brief_of(ledger, title=TITLE, wanted=Wanted(plan=str(plan.name).upper()), full=False)
    assert {p.name for chapter in narrow.chapters for p in chapter.table.plans} == {plan.name}
    assert narrow.total == len(plan.reported_in)


def test_since_leaves_older_articles_out_and_keeps_older_origins(ledger: Ledger, brief: Brief) -> None:
    narrow = brief_of(ledger, title=TITLE, wanted=Wanted(since=brief.days[-1]), full=True, since=brief.days[-1])
    assert 0 < narrow.total < brief.total
    assert narrow.days == (brief.days[-1],)
    places = [
        statement.place
        for chapter in narrow.chapters
        if chapter.across
        for claim in chapter.across.claims
        for statement in claim.statements
    ]
    assert {place.published for place in places} > {brief.days[-1]}


@pytest.mark.parametrize(
    ("wanted", "message"),
    [(Wanted(plan="no such"), "no plan of that name"), (Wanted(party="Nobody"), "no party of that name")],
)
def test_a_name_that_nothing_bears_is_refused(ledger: Ledger, wanted: Wanted, message: str) -> None:
    with pytest.raises(InputError, match=message):
        brief_of(ledger, title=TITLE, wanted=wanted)


def test_the_ending_says_the_format(ledger: Ledger, tmp_path: Path) -> None:
    assert [format_of_name(Path(name)) for name in ("a", "a.HTM", "a.md", "a.docx")] == [
        *(BriefFormat.HTML, BriefFormat.HTML),
        *(BriefFormat.MARKDOWN, BriefFormat.WORD),
    ]
    with pytest.raises(InputError, match=r"no brief is written as \.pdf; end its name in"):
        write_brief(ledger, tmp_path / "x.pdf")
    assert list(tmp_path.iterdir()) == []
    assert write_brief(ledger, tmp_path / "x.docx").read_bytes()[:2] == b"PK"


def test_what_people_said_is_told(tmp_path: Path, readings: list[Reading]) -> None:
    with open_ledger(tmp_path / "talks.db") as ledger:
        for reading in readings:
            ledger.add(reading)
        row = next(row for row in ledger.statements() if len(row.chain) > 1)
        ledger.correct("wrong-speaker", row.id, "Ana Lenn", by="Ines")
        term = next(row for row in ledger.terms() if row.story == "railstrike")
        ledger.correct("term-party", term.id, {"gives": ["Lenn"]}, by="Bo")
        for format in (BriefFormat.HTML, BriefFormat.MARKDOWN):
            text = brief_file(ledger, format, title=TITLE).decode()
            assert "What people put right and judged" in text
            assert "to Ana Lenn" in text
            assert "by Ines on" in text
            assert re.search(r"Term-party, corrected by Bo on \d{4}-\d\d-\d\d", text)
        assert "Term-party, corrected by Bo" in "".join(
            part(brief_file(ledger, BriefFormat.WORD, title=TITLE), "word/footnotes.xml").itertext()
        )
