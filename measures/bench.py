"""One cold reading of an article: seconds and memory, median of five, and the share of it that is start-up.

usage: python measures/bench.py [FILE]
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 5
_STARTED = "from reportedly.reading.reader import Reader; from reportedly.documents import make_document as make;"
_STARTED += " Reader('en').read(make('A minister said so.', name='warm-up'))"


def timed(command: list[str]) -> float:
    """Seconds that a command takes from nothing."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def one_article(folder: Path) -> Path:
    """The longest example, as a file of its own."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    article = json.loads(max(lines, key=len))
    path = Path("out") / "bench.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(article) + "\n", encoding="utf-8")
    return path


def main() -> None:
    article = Path(sys.argv[1]) if len(sys.argv) > 1 else one_article(Path("examples"))
    reportedly = str(Path(sys.executable).with_name("reportedly"))
    read = statistics.median(timed([reportedly, "read", str(article)]) for _ in range(ROUNDS))
    start = statistics.median(timed([sys.executable, "-c", _STARTED]) for _ in range(ROUNDS))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{article}: {read:.2f} s cold, median of {ROUNDS}; {peak:.0f} MB at most")
    print(f"start-up with models loaded: {start:.2f} s, {100 * start / read:.0f} % of it")


if __name__ == "__main__":
    main()
