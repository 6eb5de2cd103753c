"""Measure reconciliation on coverage trees whose origins are known.

usage: python measures/coverage.py [--sizes 10 100 1000 10000] [--seed 7] [--json]

An event takes its statements from an example article, with its own names and numbers. One outlet, or two that do not
know of one another, have it first hand; the others copy, cut, rewrite by rule, re-hedge, re-attribute, and do so later.
Prints for each size how far the number of origins is off, and the seconds an article took.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from reportedly.documents import make_document
from reportedly.reading.reader import Reader
from reportedly.reconciliation import compare_readings
from reportedly.records import (
    Block,
    BlockKind,
    Certainty,
    Document,
    Reading,
    Source,
    SourceKind,
    Span,
    Statement,
    Story,
)

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
TREE = 20
"""Articles of an event."""

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
    """The contents of the statements of each example article."""
    reader = Reader("en")
    out = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            reading = reader.read(make_document(article["text"], name=article["id"], outlet=article["outlet"]))
            text = reading.document.text
            said = [" ".join(s.content[0].of(text).split()) for s in reading.statements if len(s.content) == 1]
            out.append([c for c in said if 6 <= len(c.split()) <= 40])
    return [contents for contents in out if len(contents) >= 4]


def make_story(
    size: int, contents: Sequence[Sequence[str]], rng: random.Random
) -> tuple[list[Reading], dict[str, int]]:
    """Readings of so many articles, and the number of origins of each fact."""
    readings: list[Reading] = []
    origins: dict[str, int] = {}
    while len(readings) < size:
        made, known = event(len(readings), min(TREE, size - len(readings)), rng.choice(contents), rng)
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
    out = []
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
    words = {w for c in contents for w in re.findall(r"(?<!^)\b[A-Z][^\W\d_]{3,}\b", c)}
    names = {w: town(rng) for w in sorted(words)}
    shift = rng.randrange(2, 60)

    def swap(text: str) -> str:
        text = re.sub(r"\b[A-Z][^\W\d_]{3,}\b", lambda m: names.get(m.group(), m.group()), text)
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
    text += about
    document = Document(text=text, name=name, outlet=own.name, published=day.isoformat(), blocks=tuple(blocks))
    return Reading(document=document, sources=tuple(sources.values()), statements=tuple(statements))


def errors(story: Story, known: dict[str, int]) -> Iterator[tuple[int, int]]:
    """For each fact the origins found and known. Found is what the claim says that has most of its statements."""
    homes: dict[str, dict[int, int]] = {}
    for place, claim in enumerate(story.claims):
        for member in claim.members:
            fact = member.statement.split("-")[1]
            counts = homes.setdefault(fact, {})
            counts[place] = counts.get(place, 0) + 1
    for fact, counts in sorted(homes.items()):
        best = max(counts, key=lambda place: (counts[place], -place))
        yield story.claims[best].origins, known[fact]


def measure(size: int, contents: Sequence[Sequence[str]], seed: int) -> dict[str, float]:
    """Figures for one size."""
    readings, known = make_story(size, contents, random.Random(seed))
    start = time.perf_counter()
    story = compare_readings(readings)
    took = time.perf_counter() - start
    found = list(errors(story, known))
    return {
        "articles": size,
        "facts": len(found),
        "exact": round(sum(a == b for a, b in found) / len(found), 3),
        "error": round(sum(abs(a - b) for a, b in found) / len(found), 3),
        "bias": round(sum(a - b for a, b in found) / len(found), 3),
        "ms_per_article": round(1000 * took / size, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000, 10000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    contents = seeds(EXAMPLES)
    rows = [measure(size, contents, args.seed) for size in args.sizes]
    if args.json:
        print(json.dumps(rows, indent=1))
        return
    print("articles  facts  exact  error   bias  ms/article")
    for r in rows:
        shown = f"{r['articles']:8} {r['facts']:6} {r['exact']:6.3f} {r['error']:6.3f} {r['bias']:+6.3f}"
        print(f"{shown} {r['ms_per_article']:10.2f}")


if __name__ == "__main__":
    main()
