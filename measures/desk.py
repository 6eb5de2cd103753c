"""Measure how fast the desk answers over a large ledger, and how much memory its server takes.

usage: python measures/desk.py [--articles 5000] [--trees 0] [--requests 200] [--statements 6] [--ledger FILE] [--json]

The ledger is made of the example articles, read once, and copied in other words: in every event people, parties and
outlets are called otherwise, and half of all long words are others, at the same length, so that all places in the text
still hold; towns stay. Articles of one event tell of like things, those of two events do not. Most reports of a day are
short, so each is cut after a few statements, `--statements` of them at most; 0 leaves all whole. `--trees` of the
articles are the coverage generator's (`measures/coverage.py`): events of twenty articles that copy and cite one
another, without plans and meetings; comparing them takes less. Each page is asked for in turn, with its own articles,
plans, parties and words. A time is that of a whole request and its answer, one at a time, on this machine, and so is
longer where others work on it; `work` is the processor's time that a request took of the server, on the average.
Memory is the server's greatest resident size.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import quote

import coverage

from reportedly import records
from reportedly.documents import load
from reportedly.ledger import Ledger, open_ledger
from reportedly.reading.reader import Reader
from reportedly.reconciliation import reconcile
from reportedly.records import Reading, Span, from_json, to_json

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
PORT = 8799
OUTLETS = 200
WORDS = ("ceasefire", "pay", "troops", "convoys", "union", "would+withdraw")
DAYS = 500
OTHERWISE = 0.5
"""Share of the long words that are others in each event."""

VALUES = {
    value.value
    for kind in vars(records).values()
    if isinstance(kind, type) and issubclass(kind, Enum)
    for value in kind
}
KEPT = VALUES | {word for words in WORDS for word in words.split("+")} | {"reportedly", "record"}
"""Words of the record itself, and those that are searched for."""

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
_NAME = re.compile(r"\b[A-Z][^\W\d_]{3,}\b")
_WORD = re.compile(r"\b[^\W\d_]{4,}\b")
_LONG = re.compile(r"\b[a-z]{5,}\b")


def read_examples() -> list[Reading]:
    """The example articles, read."""
    reader = Reader("en")
    return [reader.read(document) for document in load([EXAMPLES])]


def fill(ledger: Ledger, readings: Sequence[Reading], number: int, rng: random.Random, *, statements: int = 0) -> None:
    """Add so many articles, of at most so many statements; an event has as many articles as there are examples."""
    outlets = [f"{word(8, rng).title()} {rng.choice(('Post', 'Times', 'Herald', 'Courier'))}" for _ in range(OUTLETS)]
    for event in range(-(-number // len(readings))):
        day = date(2024, 6, 1) + timedelta(days=rng.randrange(DAYS))
        swap = renaming(readings, rng)
        for place, reading in enumerate(readings[: number - event * len(readings)]):
            outlet, later = rng.choice(outlets), timedelta(days=rng.randrange(6))
            short = cut(reading, rng.randint(2, max(2, statements))) if statements else reading
            ledger.add(copied(short, swap, outlet=outlet, day=day + later, name=f"e{event}-{place}"))


def plant(ledger: Ledger, number: int, rng: random.Random) -> None:
    """Add so many articles of coverage trees."""
    readings, _ = coverage.make_story(number, coverage.seeds(EXAMPLES), rng)
    for reading in readings:
        ledger.add(reading)


def cut(reading: Reading, statements: int) -> Reading:
    """The article as far as the block in which its so-manieth statement ends, with what stands in that part."""
    ends = sorted(max(span.end for span in s.content) for s in reading.statements)[:statements]
    blocks = [b for b in reading.document.blocks if not ends or b.span.start < ends[-1]]
    last = blocks[-1].span.end if blocks else len(reading.document.text)
    document = replace(
        reading.document,
        text=reading.document.text[:last],
        blocks=tuple(blocks),
        pieces=tuple(
            replace(p, span=Span(p.span.start, min(p.span.end, last)))
            for p in reading.document.pieces
            if p.span.start < last
        ),
    )
    said = tuple(s for s in reading.statements if fits(s.content + s.source + s.cue + s.addressee + s.hedges, last))
    said = tuple(s for s in said if s.parent is None or any(o.id == s.parent for o in said))
    ids = {s.id for s in said}

    def within(items: Sequence[Any]) -> tuple[Any, ...]:
        held = (i for i in items if fits(i.spans, last))
        return tuple(replace(i, statements=tuple(s for s in i.statements if s in ids)) for i in held)

    plans = within(reading.plans)
    named = {plan.id for plan in plans}
    terms = tuple(t for t in within(reading.terms) if fits(t.condition, last) and (t.plan is None or t.plan in named))
    known = {term.id for term in terms}
    return replace(
        reading,
        document=document,
        sources=tuple(replace(s, mentions=tuple(m for m in s.mentions if m.end <= last)) for s in reading.sources),
        statements=tuple(replace(s, links=()) for s in said),
        plans=plans,
        terms=tuple(replace(t, amounts=(), deadline=None) for t in terms),
        positions=tuple(replace(p, term=p.term if p.term in known else None) for p in within(reading.positions)),
        encounters=within(reading.encounters),
        notes=(),
    )


def fits(spans: Iterable[Span], last: int) -> bool:
    return all(span.end <= last for span in spans)


def renaming(readings: Sequence[Reading], rng: random.Random) -> Callable[[str], str]:
    """A function that puts other names and words of the same length for those of people and things; towns stay."""
    towns = {word for r in readings for e in r.encounters if e.place for word in e.place.split()}
    named = {w for r in readings for s in r.sources if s.named for w in _NAME.findall(s.name)} - towns
    new = {name: word(len(name), rng).title() for name in sorted(named)}
    long = {w for r in readings for w in _LONG.findall(r.document.text)} - KEPT
    new |= {old: word(len(old), rng) for old in sorted(long) if rng.random() < OTHERWISE}
    return lambda text: _WORD.sub(lambda m: new.get(m.group(), m.group()), text)


def word(length: int, rng: random.Random) -> str:
    return "".join(rng.choice((CONSONANTS, VOWELS)[place % 2]) for place in range(length))


def copied(reading: Reading, swap: Callable[[str], str], *, outlet: str, day: date, name: str) -> Reading:
    """The reading under other names. Its places are those of the original, for every name kept its length."""
    record = renamed(to_json(reading), swap)
    old = record["article"]["outlet"]
    record["article"] |= {"outlet": outlet, "published": day.isoformat(), "name": name, "url": None, "id": name}
    for source in record["sources"]:
        source["name"] = outlet if source["name"] == old else source["name"]
    return from_json(record)


def renamed(value: Any, swap: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return swap(value)
    if isinstance(value, list):
        return [renamed(inner, swap) for inner in value]
    if isinstance(value, dict):
        return {key: renamed(inner, swap) for key, inner in value.items()}
    return value


def addresses(ledger: Ledger, rng: random.Random) -> dict[str, list[str]]:
    """For each kind of page some addresses of it."""
    articles = rng.sample(ledger.articles(), k=min(50, ledger.count()))
    ids = [row.id[:16] for row in articles]
    some = [ledger.statements(article=id, limit=3) for id in ids[:20]]
    statements = [row.id[:16] for rows in some for row in rows]
    terms = [row.id[:16] for id in ids for row in ledger.terms(article=id, limit=2)]
    parties = sorted({row.party for id in ids for row in ledger.positions(article=id)})
    plans = sorted({row.plan_name for id in ids for row in ledger.plans(article=id)})
    sources = sorted({row.chain[-1].name for rows in some for row in rows if row.chain})
    days = sorted({row.day for row in articles})
    claims = [home.id for home in rng.sample(reconcile(ledger).claims, k=30)] if ledger.count() else []
    pages = range(1, 6)
    return {
        "start": ["/"],
        "table": [*(f"/table?page={n}" for n in pages), *(f"/table?plan={quote(p)}" for p in plans)],
        "table, narrowed": [f"/table?party={quote(p)}&across=versions" for p in parties],
        "articles": [f"/articles?page={n}" for n in pages],
        "article": [f"/article/{id}" for id in ids],
        "claims": [*(f"/claims?page={n}" for n in pages), "/claims?q=troops"],
        "claim": [f"/claim/{id}" for id in claims],
        "party": [f"/party?party={quote(p)}" for p in parties],
        "timeline": [f"/timeline?page={n}" for n in pages] + [f"/timeline?since={d}" for d in days[:10]],
        "map": ["/map", *(f"/map?since={d}" for d in days[:10])],
        "changes": [f"/changes?since={d}" for d in days[-12:]],
        "sources": [*(f"/sources?page={n}" for n in pages), *(f"/sources?since={d}" for d in days[:10])],
        "search, words": [f"/search?q={w}" for w in WORDS],
        "search, fields": [f"/search?kind=statements&source={quote(s)}" for s in sources]
        + ["/search?kind=terms&topic=ceasefire", "/search?kind=statements&named=no&certainty=PS%2B"],
        "statement": [f"/statement/{id}" for id in statements],
        "term": [f"/term/{id}" for id in terms],
        "judgements": ["/judgements"],
        "brief": ["/brief"],
        "add": ["/add"],
        "table, JSON": [f"/table.json?page={n}" for n in pages],
    }


def served(path: Path) -> subprocess.Popen[bytes]:
    """The desk as a user opens it."""
    command = [sys.executable, "-m", "reportedly", "serve", "--ledger", str(path), "--port", str(PORT)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            ask(http.client.HTTPConnection("127.0.0.1", PORT, timeout=120), "/")
        except OSError:
            time.sleep(0.2)
        else:
            return process
    process.kill()
    raise SystemExit("the desk did not open; look whether something else listens there")


def ask(connection: http.client.HTTPConnection, address: str) -> tuple[float, int]:
    """Seconds until the whole answer was there, and its bytes."""
    start = time.perf_counter()
    connection.request("GET", address)
    reply = connection.getresponse()
    body = reply.read()
    taken = time.perf_counter() - start
    if reply.status != 200:
        raise SystemExit(f"{address}: {reply.status}")
    return taken, len(body)


def worked(process: subprocess.Popen[bytes]) -> float:
    """Seconds of processor time that a process has taken, as Linux counts it."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(pages: dict[str, list[str]], requests: int, process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    """For each kind of page milliseconds at the median, the 95th percentile and the most, and kilobytes."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
    for name, some in pages.items():
        if not some:
            continue
        before = worked(process)
        answers = [ask(connection, some[n % len(some)]) for n in range(requests)]
        times = sorted(1000 * seconds for seconds, _ in answers)
        yield {
            "page": name,
            "median": statistics.median(times),
            "p95": times[min(len(times) - 1, int(0.95 * len(times)))],
            "most": times[-1],
            "work": 1000 * (worked(process) - before) / requests,
            "kilobytes": max(size for _, size in answers) / 1000,
        }


def memory(process: subprocess.Popen[bytes]) -> float:
    """The greatest resident size of a process in megabytes, as Linux counts it."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1000 if found else float("nan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--trees", type=int, default=0)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--statements", type=int, default=6)
    parser.add_argument("--ledger", type=Path, help="keep the ledger there, and use it again")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.ledger or Path(folder) / "desk.db"
        with open_ledger(path) as ledger:
            if not ledger.count():
                fill(ledger, read_examples(), chosen.articles - chosen.trees, rng, statements=chosen.statements)
                plant(ledger, chosen.trees, rng)
            start = time.perf_counter()
            reconcile(ledger)
            print(f"{ledger.count()} articles, compared in {time.perf_counter() - start:.0f} s", file=sys.stderr)
            pages = addresses(ledger, rng)
        process = served(path)
        try:
            rows = []
            for row in measured(pages, chosen.requests, process):
                rows.append(row)
                if not chosen.json:
                    print(
                        f"{row['page']:16} median {row['median']:6.0f} ms  95th {row['p95']:6.0f} ms  "
                        f"most {row['most']:6.0f} ms  work {row['work']:5.0f} ms  {row['kilobytes']:6.0f} kB",
                        flush=True,
                    )
            megabytes = memory(process)
        finally:
            process.terminate()
            process.wait(20)
    if chosen.json:
        print(json.dumps({"pages": rows, "megabytes": megabytes}))
    else:
        print(f"memory of the server: {megabytes:.0f} MB")


if __name__ == "__main__":
    main()
