"""What is handed over: tables that spreadsheets take as they are, records, corrections to train on, provenance."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import etree
from typer.testing import CliRunner

from reportedly.cli import main
from reportedly.ledger import Ledger, State, open_ledger
from reportedly.records import Reading, from_json
from reportedly.views.exports import TYPES, ExportFormat, csv_lines, export_bytes, export_lines, guarded
from reportedly.views.exports_tables import TABLES, Column, Exported, Table
from reportedly.views.exports_xlsx import LONGEST, fitting, xlsx_file

ODD = '=HYPERLINK("http://x.example","a")\x00\x0b\ufffe \u202e"quoted", עברית'
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, readings: list[Reading], awkward: Reading) -> Iterator[Ledger]:
    with open_ledger(tmp_path_factory.mktemp("exports") / "talks.db") as opened:
        for reading in readings:
            document = replace(reading.document, url=f"https://x.example/{reading.document.name}")
            opened.add(replace(reading, document=document))
        odd = replace(awkward.document, outlet=ODD, title=ODD, url="=cmd()")
        opened.add(replace(awkward, document=odd))
        row = next(row for row in opened.statements(story="railstrike") if len(row.chain) > 1 and row.cue)
        opened.correct("wrong-speaker", row.id, "Ana Lenn", by="Ines", why="@home")
        term = opened.terms(story="railstrike")[0]
        gone = opened.correct("point-number", term.id, [], by="Bo")
        opened.undo(gone.id, by="Ines")
        opened.correct("grade", row.chain[-1].name, "B", by="Ines")
        opened.correct("likelihood", row.id, "likely", by="Ines")
        yield opened


@pytest.fixture(scope="module")
def exported(ledger: Ledger) -> Exported:
    return Exported(ledger)


def rows_of(exported: Exported, name: str) -> list[dict[str, str]]:
    table = next(table for table in TABLES if table.name == name)
    return list(csv.DictReader(StringIO("".join(csv_lines(table, exported)), newline="")))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_row_has_every_column_and_csv_gives_it_back(table: Table, exported: Exported) -> None:
    rows = list(table.rows(exported))
    text = "".join(csv_lines(table, exported))
    assert text.endswith("\r\n")
    head, *read = list(csv.reader(StringIO(text, newline="")))
    assert head == [column.name for column in table.columns]
    assert len(set(head)) == len(head)
    assert [len(row) for row in read] == [len(head)] * len(rows)
    assert rows or table.name in ("changes", "contradictions")


@pytest.mark.parametrize("name", ["statements", "terms", "plans", "positions", "meetings", "claims"])
def test_every_row_says_where_it_stands(exported: Exported, name: str, ledger: Ledger) -> None:
    texts = [" ".join(reading.document.text.split()) for _, reading in ledger.readings()]
    rows = rows_of(exported, name)
    assert rows
    for row in rows:
        assert row["outlet"]
        assert row["link"]
        assert row["date"] or row["article"] == "harbour"
        if row["article"] != "harbour":
            for piece in filter(None, row["quote"].removeprefix("'").split(" … ")):
                assert any(piece in text for text in texts)
        for id in filter(None, (row.get("statements") or row.get("statement") or "").split("; ")):
            assert ledger.chain(id).id == id


def test_what_people_judged_stands_in_columns_of_its_own(exported: Exported) -> None:
    judged = [row for row in rows_of(exported, "statements") if row["likelihood"]]
    assert [(row["likelihood"], row["speaker"]) for row in judged] == [("likely", "Ana Lenn")]
    assert re.fullmatch(r"wrong-speaker by Ines on \d{4}-\d\d-\d\d", judged[0]["corrected"])
    said = rows_of(exported, "corrections")
    assert [row["state"] for row in said] == ["stands", "undone", "stands", "stands"]
    assert said[0]["why"] == "'@home"


@given(st.text(max_size=8))
def test_no_cell_is_taken_for_a_formula(words: str) -> None:
    cell = guarded(words)
    assert not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", cell)
    assert cell in (words, f"'{words}")


def sheets(file: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(BytesIO(file)) as opened:
        book = etree.fromstring(opened.read("xl/workbook.xml"))
        names = [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")]
        return {
            name: etree.fromstring(opened.read(f"xl/worksheets/sheet{number}.xml"))
            for number, name in enumerate(names, 1)
        }


def test_the_workbook_has_a_sheet_a_table_and_no_formula(exported: Exported) -> None:
    file = xlsx_file(exported)
    found = sheets(file)
    assert list(found) == ["about", *(table.name for table in TABLES), "columns"]
    for table in TABLES:
        sheet = found[table.name]
        assert not list(sheet.iter(f"{MAIN}f"))
        assert len(list(sheet.iter(f"{MAIN}row"))) == len(list(table.rows(exported))) + 1
        (filter_,) = sheet.iter(f"{MAIN}autoFilter")
        assert filter_.get("ref").startswith("A1:")
        (pane,) = sheet.iter(f"{MAIN}pane")
        assert pane.get("state") == "frozen"
    assert file == xlsx_file(Exported(exported.ledger))
    assert b"\x00" not in etree.tostring(found["statements"])


def test_a_link_is_one_only_where_it_is_of_the_web(exported: Exported) -> None:
    with zipfile.ZipFile(BytesIO(xlsx_file(exported))) as opened:
        relations = [opened.read(name) for name in opened.namelist() if "worksheets/_rels" in name]
    targets = {r.get("Target") for relation in relations for r in etree.fromstring(relation)}
    assert targets
    assert all(target.startswith("https://x.example/") for target in targets)


def test_a_long_table_goes_on_on_another_sheet(exported: Exported, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportedly.views.exports_xlsx.MOST_ROWS", 4)
    columns = (Column("n", "a number", 8, "number"), Column("words", "words", 20))
    table = Table("long", "a row", columns, lambda _: ((n, f"row {n}") for n in range(8)))
    found = sheets(xlsx_file(exported, (table,)))
    assert list(found) == ["about", "long", "long 2", "long 3", "columns"]
    rows = [len(list(found[name].iter(f"{MAIN}row"))) - 1 for name in ("long", "long 2", "long 3")]
    assert rows == [3, 3, 2]


@given(st.text(st.characters(exclude_categories=()), max_size=30), st.integers(0, 1))
def test_a_cell_fits_and_holds_what_xml_can(words: str, many: int) -> None:
    cell = fitting(words * (1 + many * LONGEST))
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST
    etree.fromstring(f"<a>{cell.replace('&', '').replace('<', '').replace(']]>', '')}</a>")


def test_a_cut_cell_says_so() -> None:
    assert fitting("🚢" * LONGEST).endswith(" … [cut]")
    assert fitting("a" * LONGEST) == "a" * LONGEST


def test_records_are_those_of_the_ledger_and_can_be_read(exported: Exported, ledger: Ledger) -> None:
    lines = [json.loads(line) for line in export_lines(exported, ExportFormat.JSONL)]
    assert {line["ledger_id"]: from_json(line) for line in lines} == dict(ledger.readings())


def test_corrections_are_fit_to_train_on(exported: Exported) -> None:
    speaker, point, grade, likelihood = (json.loads(line) for line in export_lines(exported, ExportFormat.CORRECTIONS))
    for said in (speaker, point):
        for item in (said["before"], said["after"]):
            for field in ("content", "spans"):
                if field in item:
                    words = [said["text"][start:end] for start, end in item[field]]
                    assert " … ".join(" ".join(word.split()) for word in words) == item[f"{field}_words"]
    assert speaker["after"]["chain_names"][-1] == "Ana Lenn" != speaker["before"]["chain_names"][-1]
    assert (point["state"], point["undone_by"], point["after"]["points"]) == ("undone", "Ines", [])
    assert (grade["text"], grade["value"]) == (None, {"reliability": "B"})
    assert likelihood["value"] == "likely"


PROV_RELATIONS = {
    "wasDerivedFrom": ("generatedEntity", "usedEntity"),
    "wasAttributedTo": ("entity", "agent"),
    "wasGeneratedBy": ("entity", "activity"),
    "used": ("activity", "entity"),
    "wasAssociatedWith": ("activity", "agent"),
    "actedOnBehalfOf": ("delegate", "responsible"),
    "hadMember": ("collection", "entity"),
    "wasInfluencedBy": ("influencee", "influencer"),
}
PROV_ENDS = {"agent": "agent", "delegate": "agent", "responsible": "agent", "activity": "activity"}
PROV_ENDS |= dict.fromkeys(("entity", "generatedEntity", "usedEntity", "collection"), "entity")
PROV_ENDS |= {"influencee": "agent", "influencer": "agent"}


def provenance(exported: Exported) -> dict[str, Any]:
    document: dict[str, Any] = json.loads("".join(export_lines(exported, ExportFormat.PROV)))
    return document


def test_provenance_is_prov_json(exported: Exported) -> None:
    document = provenance(exported)
    kinds = {"prefix", "entity", "activity", "agent", *PROV_RELATIONS}
    assert set(document) <= kinds
    names = [name for kind in ("entity", "activity", "agent") for name in document[kind]]
    assert all(re.fullmatch(r"rp:[\w-]+", name) for name in names)
    for kind, ends in PROV_RELATIONS.items():
        for id, relation in document.get(kind, {}).items():
            assert id.startswith("_:")
            for end in ends:
                assert relation[f"prov:{end}"] in document[PROV_ENDS[end]], (kind, relation)
    used = {
        value["type"] for record in document["entity"].values() for value in record.values() if isinstance(value, dict)
    }
    assert used == {"prov:QUALIFIED_NAME"}


def test_provenance_holds_quotes_speakers_claims_and_corrections(exported: Exported, ledger: Ledger) -> None:
    document = provenance(exported)
    quotes = [r for r in document["wasDerivedFrom"].values() if r.get("prov:type", {}).get("$") == "prov:Quotation"]
    statements = ledger.statements()
    assert len(quotes) == len(statements)
    row = next(row for row in statements if row.corrected)
    attributed = next(
        r["prov:agent"] for r in document["wasAttributedTo"].values() if r["prov:entity"] == f"rp:statement-{row.id}"
    )
    assert document["agent"][attributed]["foaf:name"] == "Ana Lenn"
    revisions = [r for r in document["wasDerivedFrom"].values() if r.get("prov:type", {}).get("$") == "prov:Revision"]
    assert [r["prov:generatedEntity"] for r in revisions] == [f"rp:statement-{row.id}"]
    standing = [said for said in ledger.corrections() if said.state is State.STANDS]
    assert all(f"rp:correction-{said.id}" in document["activity"] for said in standing)
    assert document["hadMember"]


def test_another_reader_of_prov_takes_it(exported: Exported) -> None:
    model = pytest.importorskip("prov.model")
    text = "".join(export_lines(exported, ExportFormat.PROV))
    assert model.ProvDocument.deserialize(content=text, format="json").get_records()


def test_the_calendar_is_one(exported: Exported) -> None:
    calendar = Calendar.from_ical("".join(export_lines(exported, ExportFormat.ICS)))
    assert list(calendar.walk("VEVENT"))


@pytest.mark.parametrize("to", ExportFormat)
def test_the_same_ledger_gives_the_same_bytes(ledger: Ledger, to: ExportFormat) -> None:
    assert export_bytes(Exported(ledger), to) == export_bytes(Exported(ledger), to)
    assert TYPES[to][1]


@pytest.mark.parametrize("to", ExportFormat)
def test_an_empty_ledger_is_exported(tmp_path: Path, to: ExportFormat) -> None:
    with open_ledger(tmp_path / "empty.db") as empty:
        assert export_bytes(Exported(empty), to) or to in (ExportFormat.JSONL, ExportFormat.CORRECTIONS)


def test_a_story_narrows_what_is_exported(ledger: Ledger) -> None:
    narrow = Exported(ledger, {"story": "railstrike"})
    for name in ("statements", "terms", "articles"):
        assert {row["story"] for row in rows_of(narrow, name)} == {"railstrike"}
    assert len(rows_of(narrow, "articles")) == 4


def test_rows_come_a_page_at_a_time(exported: Exported, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {table.name: list(table.rows(exported)) for table in TABLES}
    monkeypatch.setattr("reportedly.views.exports_rows.PAGE", 3)
    monkeypatch.setattr("reportedly.views.exports_rows.ARTICLES", 2)
    assert {table.name: list(table.rows(exported)) for table in TABLES} == whole


def test_the_command_writes_each_format(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Any:
        return CliRunner().invoke(main, ["export", "--ledger", str(ledger.where), *words])

    assert run("--to", "csv", "-o", "folder").exit_code == 0
    assert sorted(path.stem for path in Path("folder").iterdir()) == sorted(table.name for table in TABLES)
    assert run("--to", "xlsx").exit_code == 0
    assert zipfile.is_zipfile("tables.xlsx")
    assert len(run("--to", "jsonl").stdout.splitlines()) == 5
    assert json.loads(run("--to", "corrections").stdout.splitlines()[0])["by"] == "Ines"
    assert "written: p.json" in run("--to", "prov", "-o", "p.json").output
    assert json.loads(Path("p.json").read_text(encoding="utf-8"))["prefix"]
    assert run("--to", "ics").stdout.startswith("BEGIN:VCALENDAR")
    wrong = run("--to", "pdf")
    assert (wrong.exit_code, "choose from: corrections, csv" in wrong.output) == (2, True)
