"""Score the reader against gold records and hold the scores to their floors.

usage: python measures/measure.py [--gold FOLDER] [--raise | --lower REASON]

A floor belongs to one corpus, known by its digest; scores on another corpus are printed and held to nothing. `--raise`
lifts floors to what was reached, `--lower REASON` sets them to it whatever it is and keeps the reason.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.0005
"""Scores are rounded to three digits."""

OF_STORIES = ("claims", "copies", "contradictions", "changes")
"""Measures of whole stories, which are not compared yet."""


Book = dict[str, dict[str, Any]]


def digest(corpus: Path) -> str:
    """The hash of every file below the corpus, by name and content."""
    whole = hashlib.sha256()
    for path in sorted(p for p in corpus.rglob("*") if p.suffix in (".txt", ".json")):
        whole.update(path.relative_to(corpus).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return "sha256:" + whole.hexdigest()


def scores(gold: Path, corpus: Path) -> dict[str, float]:
    """What the reader reaches on the corpus, measure by measure."""
    reportedly = Path(sys.executable).with_name("reportedly")
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, gold / "run.py", "--gold", corpus, "--command", str(reportedly)]
        done = subprocess.run([*command, "--out", out, "--no-stories", "--json"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"scoring failed: {done.stderr.strip()}")
    result = json.loads(done.stdout)
    if result["missing"]:
        sys.exit(f"no record for: {', '.join(result['missing'])}\n{done.stderr.strip()}")
    kept = {name: row for name, row in result["scores"].items() if not name.startswith(OF_STORIES)}
    return {name: row.get("f1", row.get("right")) for name, row in kept.items()}


def hold(reached: dict[str, float], floors: dict[str, float]) -> list[str]:
    """A line for every floor that was not reached."""
    return [
        f"{name}: {reached.get(name, 0):.3f}, floor {floor:.3f}"
        for name, floor in floors.items()
        if reached.get(name, 0) < floor - SLACK
    ]


def tell(reached: dict[str, float], floors: dict[str, float]) -> None:
    """Every measure with its floor."""
    for measure, value in reached.items():
        print(f"{measure:52} {value:.3f}  {f'floor {floors[measure]:.3f}' if measure in floors else 'no floor'}")
    fallen = hold(reached, floors)
    print("below the floor:" if fallen else "no score is below its floor", *fallen, sep="\n  ")


def rewrite(book: Book, name: str, reached: dict[str, float], reason: str | None) -> None:
    """Lift the corpus's floors to what was reached; with a reason, set them to it."""
    floors = book.get(name, {}).get("floors", {})
    kept = {measure: value if reason else max(value, floors.get(measure, 0)) for measure, value in reached.items()}
    book[name] = {"floors": kept} | ({"lowered_because": reason} if reason else {})
    FLOORS.write_text(json.dumps(book, indent=1) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--raise", dest="lift", action="store_true")
    change.add_argument("--lower", metavar="REASON")
    return parser.parse_args()


def main() -> int:
    args = arguments()
    corpus = args.gold / "dev"
    if not (args.gold / "run.py").is_file() or not corpus.is_dir():
        print(f"no gold records in {args.gold}: nothing measured. They are not part of this repository.")
        return 0
    book: Book = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    name = digest(corpus)
    reached, floors = scores(args.gold, corpus), book.get(name, {}).get("floors", {})
    print(f"corpus {name}")
    tell(reached, floors)
    if args.lift or args.lower:
        rewrite(book, name, reached, args.lower)
    return 1 if hold(reached, floors) and not args.lower else 0


if __name__ == "__main__":
    sys.exit(main())
