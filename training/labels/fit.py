"""Learn how PolNeAR's labels value what the rules read, and measure it by leaving articles out.

usage: python training/labels/fit.py --labels LABELS --gold GOLD [--check LABELS_DEV GOLD_DEV] --out weights.npz

For act, source certainty and outlet certainty each a softmax regression with an L2 penalty, over signs of what the
rules read (`measures/label_conventions.py`) and, if that is better, means of the attribution encoder's states over cue
and content, brought to 32 dimensions each. Both corpora are learned from at once; every sign is there once for both and
once for the corpus alone (Daumé, Frustratingly easy domain adaptation, ACL 2007). The states and the penalty are chosen
by five-fold cross-validation over the articles of PolNeAR and the stories of the gold; `--check` chooses nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "measures"))

from label_cases import Case, read_gold, read_labels  # noqa: E402
from label_conventions import VALUES, read_signs, read_states  # noqa: E402
from labels import ABOUT_CONTENT, macro_f1, read_again  # noqa: E402

Floats = NDArray[np.float32]

SEEN = 5  # a sign that fewer statements have is not learned
DIMENSIONS = 32  # of the states of cue and of content
SHARE = 0.3  # spread of the states beside signs of 0 or 1
INVERSE_PENALTIES = (0.03, 0.1, 0.3, 1.0)


@dataclass(frozen=True)
class Row:
    """A statement: its corpus, the group it is left out with, signs and state, what is right and what the rules say."""

    corpus: str
    group: str
    signs: frozenset[str]
    state: Floats
    right: dict[str, str]
    read: dict[str, str]


def rows_of(corpus: str, cases: Iterable[Case]) -> list[Row]:
    rows = []
    for case in cases:
        name = case.parse.document.name or ""
        group = name if corpus == "polnear" else name.split("-")[0]
        found = read_again(case)
        for gold, read, signs, state in zip(
            case.statements, found, read_signs(case, found), read_states(case), strict=True
        ):
            if any(case.parse.tokens_in(content) for content in gold.content):
                rows.append(Row(corpus, group, signs, state, _values(gold), _values(read)))
    return rows


def _values(statement) -> dict[str, str]:
    return {
        "act": statement.act.value,
        "source": statement.certainty_source.value,
        "outlet": statement.certainty_outlet.value,
    }


@dataclass(frozen=True)
class Design:
    """How rows become numbers: the signs that are learned, and the centre and basis of the states."""

    signs: tuple[str, ...]
    centre: Floats
    basis: Floats

    def of(self, rows: list[Row]) -> Floats:
        """(rows, 3 x features): for both corpora, for PolNeAR alone, for the gold alone."""
        place = {sign: i for i, sign in enumerate(self.signs)}
        shared = np.zeros((len(rows), len(self.signs) + self.basis.shape[1]), np.float32)
        for i, row in enumerate(rows):
            shared[i, [place[sign] for sign in row.signs if sign in place]] = 1
            shared[i, len(place) :] = (row.state - self.centre) @ self.basis
        own = [shared * np.array([[row.corpus == name] for row in rows]) for name in ("polnear", "gold")]
        return np.hstack([shared, *own]).astype(np.float32)


def design_of(rows: list[Row], *, states: bool) -> Design:
    counts = Counter(sign for row in rows for sign in row.signs)
    signs = tuple(sorted(sign for sign, n in counts.items() if n >= SEEN))
    table = np.array([row.state for row in rows])
    centre = table.mean(0)
    if not states:
        return Design(signs, centre, np.zeros((table.shape[1], 0), np.float32))
    half = table.shape[1] // 2
    basis = np.zeros((table.shape[1], 2 * DIMENSIONS), np.float32)
    for i, part in enumerate((slice(0, half), slice(half, None))):
        spread = table[:, part].std(0) + 1e-6
        axes = np.linalg.svd((table[:, part] - centre[part]) / spread, full_matrices=False)[2][:DIMENSIONS].T
        axes = axes / spread[:, None]
        axes = SHARE * axes / ((table[:, part] - centre[part]) @ axes).std(0)
        basis[part, i * DIMENSIONS : (i + 1) * DIMENSIONS] = axes
    return Design(signs, centre, basis)


def fitted(rows: list[Row], table: Floats, value: str, inverse: float) -> LogisticRegression:
    return LogisticRegression(C=inverse, max_iter=200).fit(table, [row.right[value] for row in rows])


def counted(rows: list[Row], value: str) -> list[Row]:
    """Those whose label counts: for the outlet of PolNeAR only acts that are about their content."""
    acts = {act.value for act in ABOUT_CONTENT}
    return [r for r in rows if value != "outlet" or r.corpus == "gold" or r.right["act"] in acts]


def figures(rows: list[Row], said: Iterable[str], value: str) -> str:
    parts = []
    for corpus in ("polnear", "gold"):
        pairs = [(r.right[value], s, r.read[value]) for r, s in zip(rows, said, strict=True) if r.corpus == corpus]
        if pairs:
            for name, found in (("learned", [(g, s) for g, s, _ in pairs]), ("rules", [(g, r) for g, _, r in pairs])):
                right = sum(g == s for g, s in found) / len(found)
                parts.append(f"{corpus} {name} {right:.3f}/{macro_f1(found):.3f}")
    return "  ".join(parts)


def left_out(rows: list[Row], table: Floats, value: str, inverse: float) -> list[str]:
    said = np.empty(len(rows), object)
    for train, test in GroupKFold(5).split(table, groups=[row.group for row in rows]):
        model = fitted([rows[i] for i in train], table[train], value, inverse)
        said[test] = model.predict(table[test])
    return said.tolist()


def learn(value: str, rows: list[Row], check: list[Row]) -> dict[str, NDArray]:
    """The arrays of the regression that cross-validation likes best on PolNeAR; prints every score."""
    rows, tried = counted(rows, value), []
    for states in (False, True):
        design = design_of(rows, states=states)
        table = design.of(rows)
        for inverse in INVERSE_PENALTIES:
            said = left_out(rows, table, value, inverse)
            print(f"{value} states {states} C {inverse}: {figures(rows, said, value)}", flush=True)
            right = sum(s == r.right[value] for s, r in zip(said, rows, strict=True) if r.corpus == "polnear")
            tried.append((right, -inverse, design))
    _, inverse, design = max(tried, key=lambda t: t[:2])
    model = fitted(rows, design.of(rows), value, -inverse)
    if check:
        held = counted(check, value)
        print(f"{value} check: {figures(held, model.predict(design.of(held)), value)}", flush=True)
    size = model.coef_.shape[1] // 3
    return {
        f"{value}.labels": np.array(model.classes_.tolist()),
        f"{value}.signs": np.array(design.signs),
        f"{value}.weights": (model.coef_[:, :size] + model.coef_[:, size : 2 * size]).astype(np.float16),
        f"{value}.bias": model.intercept_.astype(np.float32),
        f"{value}.centre": design.centre.astype(np.float32),
        f"{value}.basis": design.basis.astype(np.float16),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--labels", type=Path, required=True)
    options.add_argument("--gold", type=Path, required=True)
    options.add_argument("--check", type=Path, nargs=2, metavar=("LABELS", "GOLD"))
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    rows = [*rows_of("polnear", read_labels(given.labels)), *rows_of("gold", read_gold(given.gold))]
    check = []
    if given.check:
        check = [*rows_of("polnear", read_labels(given.check[0])), *rows_of("gold", read_gold(given.check[1]))]
    arrays = {name: array for value in VALUES for name, array in learn(value, rows, check).items()}
    np.savez_compressed(given.out, **arrays)


if __name__ == "__main__":
    main()
