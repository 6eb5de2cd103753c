"""Draw what a command prints as a picture of the terminal: `COMMAND | python docs/images/terminal.py OUT.png`.

The first argument after OUT.png, if any, is printed above it as the command. Needs Chromium.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LINE, CHARACTER, EDGE = 19, 8.43, 16  # pixels

PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #14181d; color: #d7dde4; }}
pre {{ margin: {edge}px; font: 14px/{line}px "DejaVu Sans Mono", monospace; }}
b {{ color: #fff; }} i {{ color: #8d98a5; font-style: normal; }}
</style><pre>{text}</pre>"""


def page_of(text: str, command: str = "") -> tuple[str, int, int]:
    """The page, its width and its height in pixels."""
    lines = ([f"$ {command}"] if command else []) + text.rstrip().splitlines()
    width = round(max(map(len, lines)) * CHARACTER + 2 * EDGE)
    shown = "\n".join(_marked(line) for line in lines)
    return PAGE.format(edge=EDGE, line=LINE, text=shown), width, len(lines) * LINE + 2 * EDGE


def _marked(line: str) -> str:
    plain = html.escape(line)
    if line.startswith("$ "):
        return f"<b>{plain}</b>"
    return f"<i>{plain}</i>" if line.startswith(" ") and ": " in line else plain


def main() -> int:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if len(sys.argv) < 2 or browser is None:
        print(__doc__ if browser else "no Chromium: install it, for one with `make browser`", file=sys.stderr)
        return 2
    page, width, height = page_of(sys.stdin.read(), " ".join(sys.argv[2:]))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, encoding="utf-8")
        shot = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"]
        size = [f"--window-size={width},{height}", f"--screenshot={Path(sys.argv[1]).resolve()}"]
        return subprocess.run([browser, *shot, *size, source.as_uri()], check=False, capture_output=True).returncode


if __name__ == "__main__":
    raise SystemExit(main())
