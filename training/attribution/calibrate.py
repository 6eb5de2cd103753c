"""Turn what the reader knows of an attribution into a probability, and say how far that can be trusted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from attribution import ROLES, load_scorer, paragraphs_of, read_corpus, summarise

from reportedly.reading.models import load_attribution
from reportedly.reading.tagger import draft_attributions
from reportedly.reading.tagger_links import EVIDENCE
from reportedly.reading.tagger_sheet import lay_out

FOLDS = 10
BINS = 10


def gather(home: Path, polnear: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Evidence (found, 9), whether the scorer matches it (found,) bool, and the article's number (found,), on dev."""
    model, scorer = load_attribution(home.name, folder=home.parent), load_scorer(polnear)
    evidence, right, article = [], [], []
    for number, (text, gold) in enumerate(scorer.load_gold(str(polnear / "dev")).values()):
        sheet = lay_out(paragraphs_of(text), model.tokenizer)
        drafts, _ = draft_attributions(sheet, model)
        words = [match.span() for match in scorer.WORD.finditer(text)]

        def of(spans: Any, sheet: Any = sheet) -> list[tuple[int, int]]:
            return [(int(sheet.start[first]), int(sheet.end[end - 1])) for first, end in spans]

        ours = [
            {"source": of([d.source] if d.source else []), "cue": of([d.cue]), "content": of(d.content)} for d in drafts
        ]
        given = scorer.prepare(text, ours, words, False)
        wanted = [g for g in scorer.prepare(text, gold, words, False) if g["content"]]
        matched = {j for _, j in scorer.matching(wanted, given, scorer.src_ok)}
        evidence += [d.evidence for d in drafts]
        right += [j in matched for j in range(len(drafts))]
        article += [number] * len(drafts)
    return np.array(evidence, np.float32).reshape(-1, len(EVIDENCE)), np.array(right, bool), np.array(article, int)


def fit(evidence: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights (9,) and bias (1,) of a logistic regression, lightly held back."""
    x, y = torch.from_numpy(evidence).double(), torch.from_numpy(right).double()
    weight, bias = torch.zeros(x.shape[1], dtype=torch.float64), torch.zeros(1, dtype=torch.float64)
    weight.requires_grad_()
    bias.requires_grad_()
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=300, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ weight + bias, y, reduction="sum")
        loss = loss + weight.square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return weight.detach().float().numpy(), bias.detach().float().numpy()


def chances(evidence: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """(found,) probabilities."""
    return 1 / (1 + np.exp(-(evidence @ weight + bias)))


def calibrate(home: Path, polnear: Path) -> dict[str, np.ndarray]:
    """The weights of the score."""
    evidence, right, _ = gather(home, polnear)
    weight, bias = fit(evidence, right)
    return {"score.weight": weight, "score.bias": bias}


def reliability(evidence: np.ndarray, right: np.ndarray, article: np.ndarray) -> dict[str, Any]:
    """For ten bands of score: how many were found, their mean score, the share that is right; by folds of articles."""
    given = np.zeros(len(right))
    for fold in range(FOLDS):
        held = article % FOLDS == fold
        given[held] = chances(evidence[held], *fit(evidence[~held], right[~held]))
    band = np.minimum((given * BINS).astype(int), BINS - 1)
    rows = [
        {
            "from": b / BINS,
            "found": int((band == b).sum()),
            "score": round(float(given[band == b].mean()), 3),
            "right": round(float(right[band == b].mean()), 3),
        }
        for b in range(BINS)
        if (band == b).any()
    ]
    off = sum(row["found"] * abs(row["score"] - row["right"]) for row in rows) / max(len(right), 1)
    return {"bands": rows, "expected calibration error": round(off, 4)}


def describe(home: Path, polnear: Path) -> dict[str, Any]:
    """What the card says of the reader's quality: PolNeAR dev by the corpus's scorer, in per cent."""
    scorer = load_scorer(polnear)
    corpus = scorer.load_gold(str(polnear / "dev"))
    summary = summarise(corpus, read_corpus(corpus, load_attribution(home.name, folder=home.parent)), scorer)

    def percent(values: Any) -> Any:
        return [round(100 * v, 1) for v in values] if isinstance(values, tuple) else round(100 * values, 1)

    return {
        "scores on PolNeAR dev": {
            "linked P R F1": percent(summary["attr"]),
            "linked quoted P R F1": percent(summary["q_attr"]),
            **{f"words {role} P R F1": percent(summary[role]) for role in ROLES},
            **{f"words quoted {role} P R F1": percent(summary[f"q_{role}"]) for role in ROLES},
            **{f"exact {role} F1": percent(summary["exact"][role]) for role in ROLES},
            **{f"recall {kind}": percent(summary[f"recall_{kind}"]) for kind in ("direct", "mixed", "indirect")},
        },
        "reliability": reliability(*gather(home, polnear)),
    }
