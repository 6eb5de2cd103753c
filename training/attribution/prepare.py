"""Turn PolNeAR's brat standoff and our own gold records into training articles, one JSON object a line.

usage: prepare.py --polnear FOLDER --out FOLDER [--gold FOLDER] [--plain FOLDER]

Writes train.jsonl and dev.jsonl (PolNeAR), from gold records gold.jsonl (their outermost statements) and
nested.jsonl (each content as a text of its own, with the statements that stand in it), and from texts without
attributions, of which the teacher alone says what they hold, plain.jsonl. Lines hold
{"name", "paragraphs": [[offset, text], ...], "attributions": [{"source", "cue", "content": [[start, end], ...]}],
"inside": bool}. They are copies of other people's articles: keep them out of the repository.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

ROLES = ("source", "cue", "content")
Pair = tuple[int, int]
Attribution = dict[str, list[Pair]]
Example = dict[str, Any]

_BOUND = re.compile(r"(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)")
_OPENING, _CLOSING = '"“„«', '"”»'


def read_standoff(path: Path) -> list[Attribution]:
    """The attributions of a brat file; arguments named Content2 and so on are content too."""
    spans: dict[str, list[Pair]] = {}
    found = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if bound := _BOUND.match(line):
            pairs = (part.split() for part in bound[2].split(";"))
            spans[bound[1]] = [(int(start), int(end)) for start, end in pairs]
        elif re.match(r"E\d+\t", line):
            found.append(_event(line.split("\t")[1].split(), spans))
    return found


def _event(arguments: Iterable[str], spans: dict[str, list[Pair]]) -> Attribution:
    found: Attribution = {role: [] for role in ROLES}
    for argument in arguments:
        role, id_ = argument.split(":", 1)
        role = re.sub(r"\d+$", "", role).lower()
        if role in found and id_ in spans:
            found[role].extend(spans[id_])
    return {role: sorted(pairs) for role, pairs in found.items()}


def split_paragraphs(text: str) -> list[tuple[int, str]]:
    """The lines that hold a letter or digit, each with its offset, spaces around it left out."""
    return [(match.start(), match[0]) for match in re.finditer(r"\S[^\r\n]*", text) if re.search(r"\w", match[0])]


def read_polnear(folder: Path, *, annotators: int | None = 1) -> Iterator[Example]:
    """One example an article and annotator, of these the alphabetically first ones; None for all."""
    for path in sorted((folder / "text").glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        standoff = re.compile(re.escape(path.stem) + r"_[0-9a-f]+\.ann")
        files = sorted(p for p in (folder / "attributions").iterdir() if standoff.fullmatch(p.name))
        for file_of_one in files[:annotators]:
            yield _example(path.stem, split_paragraphs(text), read_standoff(file_of_one))


def _example(
    name: str, paragraphs: list[tuple[int, str]], attributions: list[Attribution], *, inside: bool = False
) -> Example:
    return {"name": name, "paragraphs": paragraphs, "attributions": attributions, "inside": inside}


def locate(text: str, span: Any) -> list[Pair]:
    """Offsets of a gold span: a string, the nth occurrence of one, a list of such, or None."""
    if span is None:
        return []
    if isinstance(span, list):
        return [pair for part in span for pair in locate(text, part)]
    if isinstance(span, dict) and "at" in span:
        return [(span["at"][0], span["at"][1])]
    wanted, nth = (span["text"], span.get("nth", 1)) if isinstance(span, dict) else (span, 1)
    start = -1
    for _ in range(nth):
        start = text.index(wanted, start + 1)
    return [(start, start + len(wanted))]


def _with_marks(text: str, pair: Pair) -> Pair:
    """The span with the quotation marks around it, as PolNeAR cuts it: `“...,”` for `...`."""
    start, end = pair
    tail = re.match(r"[,.!?]?[" + _CLOSING + "]", text[end : end + 2])
    if start and text[start - 1] in _OPENING and tail:
        return start - 1, end + tail.end()
    return pair


def _holds(outer: list[Pair], inner: list[Pair]) -> bool:
    return bool(inner) and all(any(a <= s and e <= b for a, b in outer) for s, e in inner)


def _within(outer: Attribution, inner: Attribution) -> bool:
    """Whether one statement stands in another's content: its cue and content do, and its source if it has one."""
    parts = [pair for role in ROLES for pair in inner[role]]
    return outer is not inner and outer["content"] != inner["content"] and _holds(outer["content"], parts)


def read_gold(path: Path) -> Iterator[Example]:
    """The article with its outermost statements, then every content with the outermost statements within it."""
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    record = json.loads(path.read_text(encoding="utf-8"))
    furniture = [pair for span in record.get("furniture", []) for pair in locate(text, span)]
    paragraphs = [
        (at, line) for at, line in split_paragraphs(text) if not _holds(furniture, [(at, at + len(line.rstrip()))])
    ]
    statements = [_statement(text, entry) for entry in record["statements"]]
    yield _example(path.stem, paragraphs, _outermost(statements))
    for number, statement in enumerate(statements):
        inner = [other for other in statements if _within(statement, other)]
        parts = [(start, text[start:end]) for start, end in statement["content"]]
        yield _example(f"{path.stem}-{number}", parts, _outermost(inner), inside=True)


def _statement(text: str, entry: dict[str, Any]) -> Attribution:
    found = {role: sorted(locate(text, entry[role])) for role in ROLES}
    found["content"] = [_with_marks(text, pair) for pair in found["content"]]
    return found


def _outermost(statements: list[Attribution]) -> list[Attribution]:
    return [s for s in statements if not any(_within(other, s) for other in statements)]


def read_plain(folder: Path) -> Iterator[Example]:
    """The texts under a folder, one example each, with nothing marked in them."""
    for path in sorted(folder.rglob("*.txt")):
        yield _example(f"plain-{path.stem}", split_paragraphs(path.read_text(encoding="utf-8")), [])


def write(path: Path, examples: Iterable[Example]) -> None:
    """Write the examples and say how many there are."""
    kept = list(examples)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(example, ensure_ascii=False) + "\n" for example in kept)
    print(f"{path.name}: {len(kept)} texts, {sum(len(e['attributions']) for e in kept)} attributions")


def main() -> None:
    """Read the corpora named on the command line and write the examples."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polnear", type=Path, required=True, help="folder with train/ and dev/")
    parser.add_argument("--gold", type=Path, help="folder of gold records to train on")
    parser.add_argument("--plain", type=Path, help="folder of texts that nobody marked")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="so many training texts and no more, to try the steps out")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    write(options.out / "train.jsonl", islice(read_polnear(options.polnear / "train", annotators=None), options.limit))
    write(options.out / "dev.jsonl", read_polnear(options.polnear / "dev"))
    records = sorted(options.gold.rglob("*.json")) if options.gold else []
    examples = [e for path in records if not path.name.endswith(".story.json") for e in read_gold(path)]
    write(options.out / "gold.jsonl", (e for e in examples if not e["inside"]))
    write(options.out / "nested.jsonl", (e for e in examples if e["inside"]))
    write(options.out / "plain.jsonl", read_plain(options.plain) if options.plain else [])


if __name__ == "__main__":
    main()
