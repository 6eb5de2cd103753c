"""What the docs show is what the program does: commands are run, code is executed, references are written."""

from __future__ import annotations

import dataclasses
import enum
import os
import re
import shutil
import subprocess
import sys
import tomllib
import typing
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_cli import run

import reportedly
from reportedly import records
from reportedly.reading.dossier import parse_dossier

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
RECORDS = (
    "Document",
    "Block",
    "Piece",
    "Source",
    "Statement",
    "Link",
    "Reason",
    "Plan",
    "Term",
    "Amount",
    "Deadline",
    "Position",
    "Encounter",
    "Note",
    "Reading",
)
VALUES = (
    *("BlockKind", "SourceKind", "Mode", "Act", "Certainty", "Basis", "Knowledge"),
    *("Topic", "Force", "Bound", "Limit", "PointsBasis", "Stance", "Status"),
)
Golden = Callable[[Path, str], None]

pytestmark = pytest.mark.skipif(not (ROOT / "README.md").is_file(), reason="needs a checkout")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the examples in it, where a reader of the docs would stand."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


def replayed(text: str, desk: Path) -> str:
    """The text with every console block's commands run again and their output put below them."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    surroundings = {**os.environ, "PATH": path, "COLUMNS": "80", "PYTHONUTF8": "1"}

    def block(match: re.Match[str]) -> str:
        out = []
        for line in match[1].splitlines():
            if line.startswith("$ "):
                command = ["bash", "-c", line[2:]]
                ended = subprocess.run(
                    command, cwd=desk, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
                )
                out += [line, ended.stdout.strip("\n")]
        return "```console\n" + "\n".join(part for part in out if part) + "\n```"

    return CONSOLE.sub(block, text)


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md"])
def test_console_blocks_show_what_is_printed(name: str, desk: Path, golden: Golden) -> None:
    golden(ROOT / name, replayed((ROOT / name).read_text(encoding="utf-8"), desk))


def test_the_code_in_the_readme_runs(desk: Path) -> None:
    (code,) = PYTHON.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(code.strip().splitlines()) <= 10
    ended = subprocess.run([sys.executable, "-c", code], cwd=desk, capture_output=True, text=True, timeout=300)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Turkey" in ended.stdout or "Ankara" in ended.stdout
    assert (desk / "brief.html").stat().st_size > 10_000


def test_the_dossier_in_the_docs_is_one() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "how-to.md").read_text(encoding="utf-8"), re.DOTALL)
    assert parse_dossier(text, "how-to.md").people[0].party == "Lenn"
    (text,) = re.findall(r"```toml\n(.*?)```", (REFERENCE / "dossier.md").read_text(encoding="utf-8"), re.DOTALL)
    dossier = parse_dossier(text, "dossier.md")
    assert all((dossier.parties, dossier.people, dossier.outlets, dossier.plans, dossier.topics))


def test_the_command_reference_is_the_help(golden: Golden) -> None:
    whole = run("--help").stdout
    parts = [f"## reportedly {name}\n\n```text\n{text.rstrip()}\n```\n" for name, text in _helps(whole)]
    head = "# Commands\n\nThis page is what `--help` prints; `make golden` writes it.\n\n"
    golden(REFERENCE / "cli.md", f"{head}```text\n{whole.rstrip()}\n```\n\n" + "\n".join(parts))


def _helps(above: str, *group: str) -> Iterator[tuple[str, str]]:
    """The help of every command that a help lists, those of a group after the group's own."""
    for name in re.findall(r"^  (\w+)  ", above.partition("Commands:")[2], re.MULTILINE):
        text = run(*group, name, "--help").stdout
        yield " ".join((*group, name)), text
        yield from _helps(text, *group, name)


def test_every_command_has_an_example_that_parses() -> None:
    text = (REFERENCE / "cli.md").read_text(encoding="utf-8")
    assert len(re.findall(r"Examples?:\n    reportedly ", text)) == text.count("## reportedly ")


def test_the_record_reference_is_the_records(golden: Golden) -> None:
    parts = [_described(getattr(records, name)) for name in RECORDS]
    values = [_listed(getattr(records, name)) for name in VALUES]
    head = "# Records\n\nThe fields of a record, written by the code; `make golden` writes this page.\n"
    golden(REFERENCE / "record.md", "\n".join([head, *parts, "# Values\n", *values]))


def _described(record: typing.Any) -> str:
    fields = ((field.name, str(field.type).replace("|", "\\|")) for field in dataclasses.fields(record))
    rows = "".join(f"| `{name}` | `{kind}` |\n" for name, kind in fields)
    return f"## {record.__name__}\n\n{_paragraphs(record)}\n\n| field | type |\n|---|---|\n{rows}"


def _listed(kind: enum.EnumMeta) -> str:
    values = ", ".join(f"`{member.value}`" for member in kind)  # type: ignore[var-annotated]
    return f"## {kind.__name__}\n\n{_paragraphs(kind)}\n\n{values}\n"


def _paragraphs(thing: typing.Any) -> str:
    return re.sub(r"\n +", "\n", (thing.__doc__ or "").strip())


def test_links_in_the_docs_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            lead = page.parent / target
            assert target.startswith("http") or lead.exists(), f"{page.name}: {target}"


def test_every_public_name_is_there() -> None:
    for name in reportedly.__all__:
        assert getattr(reportedly, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(reportedly, "nothing")  # noqa: B009


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, reportedly; sys.exit(str({'spacy', 'sqlalchemy', 'jinja2', 'rich'} & set(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert ended.stderr.strip() == "set()"


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert project["version"] == reportedly.__version__
    assert f"\nversion: {reportedly.__version__}\n" in citation
