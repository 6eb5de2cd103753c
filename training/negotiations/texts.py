#!/usr/bin/env python3
"""Read the annotated texts of this folder and write them as gold articles (STORY/NAME.txt with NAME.json).

usage: texts.py OUT [FILE ...]      without FILE, every *.txt beside this script; README.md gives the format

Prints a line per fault, `FILE:LINE: what is wrong`, and then writes nothing and exits with 1.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reportedly.records import Force, Stance, Topic

HERE = Path(__file__).resolve().parent
TOPICS, STANCES, FORCES = ([value.value for value in kind] for kind in (Topic, Stance, Force))
OPENING, CLOSING = {"[": "term", "<": "position"}, {"]": "term", ">": "position"}
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*-\d+")
_PLAN = re.compile(r"p\d+")

Json = dict[str, object]
Stretch = tuple[int, int]


class Fault(ValueError):
    """Something wrong in a file: where, and what to write instead."""

    def __init__(self, path: str, line: int, what: str) -> None:
        super().__init__(f"{path}:{line}: {what}")


@dataclass
class Mark:
    """A marked stretch [start, end) of a text's body, and its note in braces."""

    kind: str
    spot: Stretch
    note: str
    line: int


@dataclass
class Text:
    """One text: its head, its body without marks, and the marks in order of their starts."""

    path: str
    line: int
    name: str
    head: dict[str, str] = field(default_factory=dict)
    plans: dict[str, Json] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)
    furniture: list[Stretch] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    body: str = ""

    @property
    def story(self) -> str:
        return self.name.rpartition("-")[0]

    def fault(self, what: str, line: int | None = None) -> Fault:
        return Fault(self.path, self.line if line is None else line, f"{self.name}: {what}")


def blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of each text of a file, with the number of its first line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [n for n, line in enumerate(lines) if line.startswith("=== ")]
    for n, line in enumerate(lines[: starts[0] if starts else len(lines)], 1):
        if line.strip() and not line.startswith("#"):
            raise Fault(path.name, n, "before the first text; begin a text with '=== STORY-1'")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start + 1, lines[start:end]


def read_text(path: str, line: int, lines: list[str]) -> Text:
    """One text, from its line of '===' on; `line` is that line's number in the file."""
    text = Text(path, line, lines[0][4:].strip())
    if not _NAME.fullmatch(text.name):
        raise text.fault("a text is named STORY-1: small letters, digits, hyphens, a number at the end")
    blank = next((n for n, row in enumerate(lines) if not row.strip()), len(lines))
    for n, row in enumerate(lines[1:blank], line + 1):
        _read_head(text, row, n)
    for key in ("outlet", "published", "parties"):
        if key not in text.head:
            raise text.fault(f"no line '{key}: ...' in its head")
    _check_date(text)
    for plan in text.plans.values():
        plan["authors"] = _parties(text, str(plan["authors"]), line)
    _read_body(text, lines[blank + 1 :], line + blank + 1)
    return text


def _read_head(text: Text, row: str, line: int) -> None:
    key, colon, value = (part.strip() for part in row.partition(":"))
    if not colon or not value:
        raise text.fault(f"a line of the head reads 'key: value', not {row!r}", line)
    if key.startswith("plan "):
        text.plans[key[5:]] = _plan(text, key[5:], value, line)
    elif key == "parties":
        text.parties = dict(_party(entry) for entry in value.split(";"))
    elif key not in ("outlet", "published", "byline"):
        raise text.fault(f"unknown key {key!r}; there are outlet, published, byline, parties, plan p1", line)
    text.head[key] = value


def _party(entry: str) -> tuple[str, str]:
    short, equals, name = (part.strip() for part in entry.partition("="))
    return (short, name) if equals else (short, short)


def _plan(text: Text, key: str, value: str, line: int) -> Json:
    parts = [part.strip() for part in value.split("|")]
    if not _PLAN.fullmatch(key) or len(parts) < 2:
        raise text.fault("a plan reads 'plan p1: name | authors | points: 10 | first: Outlet'", line)
    plan: Json = {"id": key, "name": parts[0], "authors": parts[1], "points": None, "first_reported_by": None}
    for part in parts[2:]:
        what, _, told = (piece.strip() for piece in part.partition(":"))
        if what == "points" and told.isdigit():
            plan["points"] = int(told)
        elif what == "first" and told:
            plan["first_reported_by"] = told
        else:
            raise text.fault(f"of a plan can be said 'points: 10' and 'first: Outlet', not {part!r}", line)
    return plan


def _check_date(text: Text) -> None:
    try:
        datetime.date.fromisoformat(text.head["published"])
    except ValueError:
        raise text.fault(f"published is a date like 2025-03-12, not {text.head['published']!r}") from None


def _read_body(text: Text, rows: list[str], line: int) -> None:
    """Take the marks out of the rows; `line` is the number of the first row in the file."""
    body: list[str] = []
    length = 0
    while rows and not rows[-1].strip():
        rows = rows[:-1]
    if not any(row.strip() for row in rows):
        raise text.fault("has no body; leave a blank line after the head, then write the title and the paragraphs")
    for n, row in enumerate(rows, line):
        furniture = row.startswith("~ ")
        plain = _take_marks(text, row[2:] if furniture else row, n, length)
        if furniture:
            text.furniture.append((length, length + len(plain)))
        body.append(plain)
        length += len(plain) + 1
    text.body = "\n".join(body) + "\n"
    text.marks.sort(key=lambda mark: (mark.spot[0], -mark.spot[1]))


def _take_marks(text: Text, row: str, line: int, offset: int) -> str:
    """The row without its marks, which are put into the text; marks of a kind may nest."""
    plain: list[str] = []
    opened: dict[str, list[int]] = {"term": [], "position": []}
    n = 0
    while n < len(row):
        letter = row[n]
        if letter == "\\" and n + 1 < len(row):
            n += 1
            plain.append(row[n])
        elif letter in OPENING:
            opened[OPENING[letter]].append(len(plain))
        elif letter in CLOSING:
            kind = CLOSING[letter]
            if not opened[kind]:
                raise text.fault(f"{letter!r} closes nothing (write \\{letter} for the letter itself)", line)
            spot = (offset + opened[kind].pop(), offset + len(plain))
            end = row.find("}", n)
            if row[n + 1 : n + 2] != "{" or end < 0:
                raise text.fault(f"a mark's {letter!r} is followed by its note in braces", line)
            text.marks.append(_mark(text, kind, spot, "".join(plain[spot[0] - offset :]), row[n + 2 : end], line))
            n = end
        elif letter in "{}":
            raise text.fault(f"{letter!r} stands alone (write \\{letter} for the letter itself)", line)
        else:
            plain.append(letter)
        n += 1
    if any(opened.values()):
        raise text.fault("a '[' or '<' is not closed in its paragraph", line)
    return "".join(plain)


def _mark(text: Text, kind: str, spot: Stretch, words: str, note: str, line: int) -> Mark:
    if not words or words != words.strip():
        raise text.fault(f"a marked stretch begins and ends with a word: {words!r}", line)
    return Mark(kind, spot, note.strip(), line)


def _parties(text: Text, names: str, line: int) -> list[str]:
    found = [name.strip() for name in names.split(",") if name.strip()]
    for name in found:
        if name not in text.parties and name not in text.parties.values():
            raise text.fault(f"{name!r} is not among the parties of the head", line)
    return [text.parties.get(name, name) for name in found]


def _among(text: Text, what: str, value: str, allowed: list[str], line: int) -> str:
    if value not in allowed:
        raise text.fault(f"unknown {what} {value!r}; one of {', '.join(sorted(allowed))}", line)
    return value


def as_gold(text: Text) -> Json:
    """The text's record in the form of a gold article."""
    terms, labels = _terms(text)
    rows = [row for row in text.body.split("\n") if row.strip()]
    last = (text.body.rindex(rows[-1]), text.body.rindex(rows[-1]) + len(rows[-1]))
    byline = [name.strip() for name in text.head.get("byline", "").split(",") if name.strip()]
    piece = {"title": rows[0], "byline": byline, "first": _span(text, (0, len(rows[0]))), "last": _span(text, last)}
    return {
        "id": text.name,
        "story": text.story,
        "outlet": text.head["outlet"],
        "published": text.head["published"],
        "byline": byline,
        "furniture": [_span(text, spot) for spot in text.furniture],
        "pieces": [piece],
        "statements": [],
        "plans": list(text.plans.values()),
        "terms": terms,
        "positions": list(_positions(text, labels)),
        "encounters": [],
    }


def _span(text: Text, spot: Stretch) -> str | Json:
    """A stretch as gold writes it: the words, and which occurrence it is if there are several."""
    words, start, nth = text.body[spot[0] : spot[1]], -1, 0
    while (start := text.body.index(words, start + 1)) < spot[0]:
        nth += 1
    return words if not nth and text.body.find(words, start + 1) < 0 else {"text": words, "nth": nth + 1}


def _terms(text: Text) -> tuple[list[Json], dict[str, str]]:
    """The terms in order, and the id that each label stands for."""
    found: list[Json] = []
    labels: dict[str, str] = {}
    spots: dict[str, list[Stretch]] = {}
    marks = [mark for mark in text.marks if mark.kind == "term"]
    for mark in (m for m in marks if not m.note.startswith("+")):
        term, label = _term(text, mark, f"t{len(found) + 1}")
        if label in labels:
            raise text.fault(f"there are two terms @{label}", mark.line)
        found.append(term)
        spots[str(term["id"])] = [mark.spot]
        if label:
            labels[label] = str(term["id"])
    for mark in (m for m in marks if m.note.startswith("+")):
        spots[_known(text, labels, mark.note[1:].strip(), mark.line)].append(mark.spot)
    for term in found:
        parts = [_span(text, spot) for spot in sorted(spots[str(term["id"])])]
        term["text"] = parts[0] if len(parts) == 1 else parts
    return found, labels


def _term(text: Text, mark: Mark, key: str) -> tuple[Json, str]:
    first, *rest = (part.strip() for part in mark.note.split("|"))
    label, _, topic = first.rpartition(" ")
    term: Json = {"id": key, "plan": next(iter(text.plans), None), "points": [], "text": "", "topic": topic}
    term |= {"gives": [], "gets": [], "included": True, "force": "would", "conditional": False}
    _among(text, "topic", topic, TOPICS, mark.line)
    if label and not re.fullmatch(r"@\w+", label):
        raise text.fault(f"before the topic stands at most an @label, not {label!r}", mark.line)
    for part in rest:
        if ">" in part:
            term["gives"], term["gets"] = _roles(text, part, mark.line)
        else:
            for word in part.split():
                _flag(text, term, word, mark.line)
    if not any(">" in part for part in rest) and term["included"]:
        raise text.fault(f"no givers and getters ('A > B', 'A, B <>', '>' for nobody) in {mark.note!r}", mark.line)
    if not term["included"] and (term["gives"] or term["gets"]):
        raise text.fault("nobody gives or gets what is absent", mark.line)
    return term, label[1:]


def _roles(text: Text, part: str, line: int) -> tuple[list[str], list[str]]:
    if part.endswith("<>"):
        both = _parties(text, part[:-2], line)
        return both, list(both)
    gives, _, gets = part.partition(">")
    return _parties(text, gives, line), _parties(text, gets, line)


def _flag(text: Text, term: Json, word: str, line: int) -> None:
    values: dict[str, tuple[str, object]] = {
        "absent": ("included", False),
        "if": ("conditional", True),
        "alone": ("plan", None),
        **{force: ("force", force) for force in FORCES},
        **{plan: ("plan", plan) for plan in text.plans},
    }
    if word in values:
        name, value = values[word]
        term[name] = value
    elif word.isdigit() and isinstance(term["points"], list):
        term["points"].append(int(word))
    else:
        told = "a point's number, must, would, may, if, absent, alone, a plan of the head"
        raise text.fault(f"{word!r} says nothing of a term; there are {told}", line)


def _known(text: Text, labels: dict[str, str], name: str, line: int) -> str:
    if name.removeprefix("@") not in labels:
        raise text.fault(f"no term is labelled {name!r}", line)
    return labels[name.removeprefix("@")]


def _positions(text: Text, labels: dict[str, str]) -> Iterator[Json]:
    for mark in (m for m in text.marks if m.kind == "position"):
        for note in mark.note.split(";"):
            parts = [part.strip() for part in note.split("|")]
            if not 3 <= len(parts) <= 4:
                raise text.fault(f"a position reads 'party | stance | topic | @label', not {note!r}", mark.line)
            stance = _among(text, "stance", parts[1], STANCES, mark.line)
            topic = _among(text, "topic", parts[2], TOPICS, mark.line)
            term = _known(text, labels, parts[3], mark.line) if len(parts) == 4 else None
            said: Json = {"topic": topic, "term": term, "stance": stance, "evidence": _span(text, mark.spot)}
            parties = _parties(text, parts[0], mark.line)
            if not parties:
                raise text.fault(f"nobody's position: {note!r}", mark.line)
            yield from ({"party": party, **said} for party in parties)


def load(paths: list[Path], complain: Callable[[str], object]) -> list[tuple[Text, Json]]:
    """Every sound text of the files with its record; `complain` hears of each fault, the first of a text."""
    found: dict[str, tuple[Text, Json]] = {}
    for path in paths:
        try:
            for line, rows in blocks(path):
                _load_text(path.name, line, rows, found, complain)
        except (Fault, OSError, UnicodeDecodeError) as fault:
            complain(str(fault) if isinstance(fault, Fault) else f"{path.name}: cannot be read: {fault}")
    return list(found.values())


def _load_text(
    path: str, line: int, rows: list[str], found: dict[str, tuple[Text, Json]], complain: Callable[[str], object]
) -> None:
    try:
        text = read_text(path, line, rows)
        if text.name in found:
            raise text.fault("there is another text of that name")
        found[text.name] = (text, as_gold(text))
    except Fault as fault:
        complain(str(fault))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("files", type=Path, nargs="*")
    options = parser.parse_args(arguments)
    faults: list[str] = []
    found = load(options.files or sorted(HERE.glob("*.txt")), faults.append)
    if faults:
        print(*faults, sep="\n", file=sys.stderr)
        return 1
    for text, record in found:
        folder = options.out / text.story
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{text.name}.txt").write_text(text.body, encoding="utf-8")
        told = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
        (folder / f"{text.name}.json").write_text(told, encoding="utf-8")
    print(_counts(found))
    return 0


def _counts(found: list[tuple[Text, Json]]) -> str:
    def total(key: str) -> int:
        return sum(len(items) for _, record in found if isinstance(items := record[key], list))

    stories = len({text.story for text, _ in found})
    words = sum(len(text.body.split()) for text, _ in found)
    told = f"{len(found)} texts in {stories} stories, {words} words"
    return f"{told}, {total('plans')} plans, {total('terms')} terms, {total('positions')} positions"


if __name__ == "__main__":
    sys.exit(main())
