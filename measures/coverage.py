"""Measure reconciliation on coverage trees whose origins are known.

usage: python measures/coverage.py [--sizes 10 100 1000 10000] [--seed 7] [--json] [--plot FILE.svg]

An event takes its statements from an example article, with its own names and numbers. One outlet, or two that do not
know of one another, have it first hand; the others copy, cut, rewrite by rule, re-hedge, re-attribute, and do so later.
The articles are added to a ledger, a thousand at a time, those of a step in any order. Prints for each size how often
the number of origins is right and how far it is off, the milliseconds (of the processor) that an article took while the
ledger grew to that size, and those of one article more: the median of the last ten, each reconciled by itself.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from reportedly.documents import make_document
from reportedly.ledger import Ledger, open_ledger
from reportedly.reading.reader import Reader
from reportedly.reconciliation import reconcile
from reportedly.records import (
    Block,
    BlockKind,
    Certainty,
    Claim,
    Document,
    Reading,
    Source,
    SourceKind,
    Span,
    Statement,
)

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
TREE = 20
"""Articles of an event."""

BATCH = 1000
"""Articles added between two runs."""

ONE_MORE = 10
"""Articles added one by one at each size."""

SYLLABLES = (
    *("ba", "do", "ve", "ri", "ka", "lu", "mo", "ta", "ne", "si", "go", "pa", "hu", "zi", "re", "la", "fe", "wo"),
    *("ju", "cha", "tor", "mel", "dan", "vik", "ost", "lin", "mar", "gre"),
)
RULES = (
    ("would", "is to"),
    ("said", "stated"),
    ("agree", "consent"),
    ("plan", "blueprint"),
    ("paper", "document"),
    ("soldiers", "troops"),
    ("meeting", "session"),
    ("offer", "proposal"),
    ("end", "halt"),
    ("before", "ahead of"),
    ("about", "around"),
    ("must", "has to"),
)
NAMED = r"\|[^\W\d_]+\b"
HEDGES = (("would", "could"), ("will", "might"), ("is to", "may"))


@dataclass(frozen=True)
class Fact:
    """Something said in an event: its content, and by whom. `id` is what it is counted by."""

    id: str
    content: str
    source: Source
    certainty: Certainty = Certainty.CERTAIN


@dataclass(frozen=True)
class Told:
    """A fact as an article has it: its wording, and the outlets and the source that it gives."""

    fact: str
    content: str
    chain: tuple[Source, ...]
    certainty: Certainty


def seeds(folder: Path) -> list[list[str]]:
    """The contents of the statements of each example article, names in them marked by a bar before them.

    A word with a capital is a name where the article has it with one inside a sentence.
    """
    reader = Reader("en")
    out = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            reading = reader.read(make_document(article["text"], name=article["id"], outlet=article["outlet"]))
            text = reading.document.text
            names = set(re.findall(r"(?<=[a-z,] )[A-Z][^\W\d_]{3,}\b", text))
            said = [" ".join(s.content[0].of(text).split()) for s in reading.statements if len(s.content) == 1]
            out.append([marked(c, names) for c in said if 6 <= len(c.split()) <= 40])
    return [contents for contents in out if len(contents) >= 4]


def marked(content: str, names: set[str]) -> str:
    """The content with a bar before each name."""
    return re.sub(r"\b[A-Z][^\W\d_]{3,}\b", lambda m: f"|{m.group()}" if m.group() in names else m.group(), content)


def make_story(
    size: int, contents: Sequence[Sequence[str]], rng: random.Random, *, first: int = 0
) -> tuple[list[Reading], dict[str, int]]:
    """Readings of so many articles, and the number of origins of each fact. `first` is the first article's number.

    The first two events have half as many articles, so that no event is cut at 10 or a round number of articles.
    """
    readings: list[Reading] = []
    origins: dict[str, int] = {}
    while len(readings) < size:
        several = TREE if len(readings) >= TREE else TREE // 2
        made, known = event(first + len(readings), min(several, size - len(readings)), rng.choice(contents), rng)
        readings += made
        origins |= known
    return readings, origins


def event(number: int, size: int, contents: Sequence[str], rng: random.Random) -> tuple[list[Reading], dict[str, int]]:
    """One event: its roots and what was made of them."""
    day = date(2026, 1, 1) + timedelta(days=rng.randrange(300))
    swap = renaming(contents, rng)
    facts = [Fact(f"e{number}f{i}", swap(c), source(rng, i)) for i, c in enumerate(apart(contents, rng))]
    about = "Talks go on between " + ", ".join(town(rng) for _ in range(8)) + "."
    roots, known = [], {f.id: 1 for f in facts}
    first, second = outlet(rng), outlet(rng)
    roots.append((first, day, [Told(f.id, f.content, (first, f.source), f.certainty) for f in facts]))
    if size > 3 and rng.random() < 0.5:
        own = [replace(f, source=source(rng, 9 + i)) for i, f in enumerate(facts[:2])]
        told = [Told(f.id, rewritten(f.content, rng), (second, f.source), f.certainty) for f in own]
        roots.append((second, day + timedelta(days=1), told))
        known |= {f.id: 2 for f in own}
    articles = list(roots)
    while len(articles) < size:
        articles.append(derived(rng.choice(articles), outlet(rng), rng))
    return [reading_of(f"a{number + i}", *a, about=about) for i, a in enumerate(articles)], known


def apart(contents: Sequence[str], rng: random.Random) -> list[str]:
    """Four contents that say different things: no two share three long words."""
    kept: list[set[str]] = []
    out: list[str] = []
    for content in rng.sample(list(contents), k=len(contents)):
        words = set(re.findall(r"[^\W\d_]{5,}", content.lower()))
        if all(len(words & other) < 3 for other in kept) and len(out) < 4:
            kept.append(words)
            out.append(content)
    return out


def town(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=3)).title()


def renaming(contents: Sequence[str], rng: random.Random) -> Callable[[str], str]:
    """A function that gives a text the event's own names and numbers."""
    names = {w: town(rng) for w in sorted({w for c in contents for w in re.findall(NAMED, c)})}
    shift = rng.randrange(2, 60)

    def swap(text: str) -> str:
        text = re.sub(NAMED, lambda m: names[m.group()], text)
        return re.sub(r"\b\d{1,3}\b", lambda m: str(int(m.group()) + shift), text)

    return swap


def source(rng: random.Random, number: int) -> Source:
    """Somebody who tells a fact: a person, or people without a name."""
    if rng.random() < 0.5:
        name = " ".join("".join(rng.choices(SYLLABLES, k=2)).title() for _ in range(2))
        return Source(id=f"so{number}", name=name, kind=SourceKind.PERSON)
    kind = rng.choice(("officials", "diplomats", "people briefed on the talks"))
    return Source(id=f"so{number}", name=f"two {kind} in {town(rng)}", kind=SourceKind.UNNAMED, named=False, count=2)


def outlet(rng: random.Random) -> Source:
    name = town(rng) + rng.choice((" Post", " Courier", " Times", " Herald"))
    return Source(id=f"ou{name}", name=name, kind=SourceKind.OUTLET)


def derived(
    parent: tuple[Source, date, list[Told]], own: Source, rng: random.Random
) -> tuple[Source, date, list[Told]]:
    """What another outlet makes of an article, some days later."""
    of, day, told = parent
    kept = told if rng.random() < 0.5 else rng.sample(told, k=max(1, len(told) - 1))
    cite = rng.random() < 0.7
    out = []
    for t in kept:
        content, certainty = t.content, t.certainty
        if rng.random() < 0.5:
            content = rewritten(content, rng)
        if rng.random() < 0.2:
            content, certainty = hedged(content), Certainty.POSSIBLE
        behind = t.chain[1:]
        through = () if not cite or any(link.kind is SourceKind.OUTLET for link in behind) else (of,)
        chain = (own, *through, *(behind if rng.random() < 0.8 or not through else ()))
        out.append(Told(t.fact, content, chain, certainty))
    return own, day + timedelta(days=rng.randrange(3)), out


def rewritten(text: str, rng: random.Random) -> str:
    """The text with some words put for others."""
    for old, new in rng.sample(RULES, k=6):
        text = re.sub(rf"\b{old}\b", new, text)
    return text


def hedged(text: str) -> str:
    for old, new in HEDGES:
        text = re.sub(rf"\b{old}\b", new, text)
    return text


def reading_of(name: str, own: Source, day: date, told: Sequence[Told], *, about: str) -> Reading:
    """The reading that such an article would give: a paragraph for each statement, and what all of it is about."""
    text, statements, blocks, sources = "", [], [], {own.id: own}
    for i, t in enumerate(told):
        start = len(text)
        by = t.chain[-1].name
        text += f"{t.content}, {by} said.\n"
        end = start + len(t.content)
        sources |= {s.id: s for s in t.chain}
        statements.append(
            Statement(
                id=f"st-{t.fact}-{i}",
                piece=0,
                source=(Span(end + 2, end + 2 + len(by)),),
                cue=(Span(len(text) - 6, len(text) - 2),),
                content=(Span(start, end),),
                chain=tuple(s.id for s in t.chain),
                certainty_source=t.certainty,
            )
        )
        blocks.append(Block(BlockKind.PARAGRAPH, Span(start, len(text) - 1)))
    blocks.append(Block(BlockKind.PARAGRAPH, Span(len(text), len(text) + len(about))))
    text += about
    document = Document(text=text, name=name, outlet=own.name, published=day.isoformat(), blocks=tuple(blocks))
    return Reading(document=document, sources=tuple(sources.values()), statements=tuple(statements))


def errors(claims: Sequence[Claim], known: dict[str, int]) -> Iterator[tuple[int, int]]:
    """For each fact the origins found and known. Found is what the claim says that has most of its statements."""
    homes: dict[str, dict[int, int]] = {}
    for place, claim in enumerate(claims):
        for member in claim.members:
            fact = member.statement.split("-")[1]
            if fact not in known:
                continue
            counts = homes.setdefault(fact, {})
            counts[place] = counts.get(place, 0) + 1
    for fact, counts in sorted(homes.items()):
        best = max(counts, key=lambda place: (counts[place], -place))
        yield claims[best].origins, known[fact]


Row = dict[str, float]


def grow(sizes: Sequence[int], contents: Sequence[Sequence[str]], seed: int, folder: Path) -> Iterator[Row]:
    """Figures for each size, and for each thousand on the way, of one ledger that grows."""
    rng = random.Random(seed)
    readings, known = make_story(max(sizes), contents, rng)
    steps = sorted({*sizes, *range(BATCH, max(sizes), BATCH)})
    with open_ledger(folder / "coverage.db") as ledger:
        held = 0
        for size in steps:
            new = rng.sample(readings[held:size], k=size - held)
            last = new[: min(ONE_MORE, len(new) // 2)] if size in sizes else []
            for reading in new[len(last) :]:
                ledger.add(reading)
            start = time.process_time()
            reconcile(ledger)
            row: Row = {"articles": size, "ms_per_article": spent(start) / (len(new) - len(last))}
            held = size
            if last:
                row["ms_one_more"] = one_more(ledger, last)
                row |= recovery(reconcile(ledger).claims, known)
            yield row


def spent(since: float) -> float:
    """The milliseconds of the processor since a moment of its clock."""
    return 1000 * (time.process_time() - since)


def one_more(ledger: Ledger, readings: Sequence[Reading]) -> float:
    """The median of the milliseconds that an article took that was added and reconciled by itself."""
    took = []
    for reading in readings:
        ledger.add(reading)
        start = time.process_time()
        reconcile(ledger)
        took.append(spent(start))
    return statistics.median(took)


def recovery(claims: Sequence[Claim], known: dict[str, int]) -> Row:
    """How often the number of origins was right, how far it was off, and to which side."""
    found = list(errors(claims, known))
    return {
        "facts": len(found),
        "exact": sum(a == b for a, b in found) / len(found),
        "error": sum(abs(a - b) for a, b in found) / len(found),
        "bias": sum(a - b for a, b in found) / len(found),
    }


WIDE, HIGH, EDGE = 640, 240, 56


def plot(rows: Sequence[Row]) -> str:
    """Time and recovery against the size of the collection, as SVG."""
    measured = [row for row in rows if "exact" in row]
    most = max([row["ms_per_article"] for row in rows] + [row["ms_one_more"] for row in measured])
    parts = [
        panel(0, "milliseconds an article; the broken line: one article more", most, "ms"),
        line(0, [(r["articles"], r["ms_per_article"] / most) for r in rows], ""),
        line(0, [(r["articles"], r["ms_one_more"] / most) for r in measured], ' stroke-dasharray="6 4"'),
        panel(1, "share of facts with the right number of origins", 1.0, ""),
        line(1, [(r["articles"], r["exact"]) for r in measured], ""),
    ]
    size = f'viewBox="0 0 {WIDE + 2 * EDGE} {2 * (HIGH + 2 * EDGE)}"'
    whole = "".join(part for part in parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size} font-family="sans-serif" font-size="13" '
        f'fill="none" stroke="#234"><title>Time and recovery as a collection grows</title>{whole}</svg>\n'
    )


def across(articles: float) -> float:
    """Where a size stands from left to right: by its logarithm, 10 to 10,000."""
    return EDGE + WIDE * (math.log10(articles) - 1) / 3


def upward(place: int, share: float) -> float:
    """Where a share of the height stands in one of the two panels."""
    return EDGE + place * (HIGH + 2 * EDGE) + HIGH * (1 - share)


def panel(place: int, title: str, most: float, unit: str) -> str:
    """The axes of a panel, with what stands on them."""
    low, high, right = upward(place, 0), upward(place, 1), EDGE + WIDE
    sizes = "".join(words(across(10**n), low + 20, f"{10**n:,}") for n in range(1, 5))
    scale = "".join(words(EDGE - 26, upward(place, s) + 4, f"{most * s:.3g}") for s in (0, 0.5, 1))
    return (
        f'<path d="M{EDGE},{high} V{low} H{right}"/>{sizes}{scale}'
        f"{words(EDGE + WIDE / 2, high - 16, title)}{words(right - 30, low + 40, 'articles')}"
        f"{words(EDGE, high - 16, unit)}"
    )


def words(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" stroke="none" fill="#234">{text}</text>'


def line(place: int, points: Sequence[tuple[float, float]], dashes: str) -> str:
    """A line through the points, each marked."""
    spots = [(across(size), upward(place, share)) for size, share in points]
    path = " L".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    marks = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#234"/>' for x, y in spots)
    return f'<path d="M{path}" stroke-width="2"{dashes}/>{marks}'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000, 10000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--plot", type=Path, help="draw time and recovery there, as SVG")
    args = parser.parse_args()
    rows = []
    print("articles  facts  exact  error   bias  ms/article  ms/one more", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        for row in grow(sorted(args.sizes), seeds(EXAMPLES), args.seed, Path(folder)):
            rows.append(row)
            print(told(row), file=sys.stderr, flush=True)
            if args.plot and "exact" in row:
                args.plot.write_text(plot(rows), encoding="utf-8")
    print(json.dumps(rows, indent=1) if args.json else "\n".join(told(row) for row in rows if "exact" in row))


def told(row: Row) -> str:
    if "exact" not in row:
        return f"{row['articles']:8} {'':28} {row['ms_per_article']:11.1f}"
    counts = f"{row['articles']:8} {row['facts']:6} {row['exact']:6.3f} {row['error']:6.3f} {row['bias']:+6.3f}"
    return f"{counts} {row['ms_per_article']:11.1f} {row['ms_one_more']:12.1f}"


if __name__ == "__main__":
    main()
