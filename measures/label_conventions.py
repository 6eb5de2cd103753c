"""What the program reads, put into the conventions of PolNeAR's labels.

The labels and the guide that the program follows do not value the same words alike: what somebody "noted" the one takes
for certain and the other leaves open. A regression over what the rules say, learned on the labels for training, tells
how far the two readings differ for that reason. It is for measuring only: the program itself reads by the guide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from label_cases import Case
from numpy.typing import NDArray

from reportedly.reading.hedges import find_hedges
from reportedly.reading.reader import shipped_model
from reportedly.reading.tagger_sheet import Sheet, cut_windows, lay_out
from reportedly.reading.tagger_words import read_words
from reportedly.reading.wording import Wording, find_wording
from reportedly.records import SourceKind, Spans, Statement

Floats = NDArray[np.float32]

WEIGHTS = Path(__file__).parents[1] / "training" / "labels" / "weights.npz"
VALUES = ("act", "source", "outlet")


def signs_of(found: Statement, wording: Wording, kind: SourceKind) -> frozenset[str]:
    """What a regression is told of a statement as it was read: the rules' answers, the reporting word, the form."""
    return frozenset([*_of_rules(found), *_of_cue(wording), *_of_content(found, wording), f"kind={kind}"])


def _of_rules(found: Statement) -> Iterator[str]:
    yield f"act={found.act}"
    yield f"source={found.certainty_source}"
    yield f"outlet={found.certainty_outlet}"
    for reason in found.reasons:
        yield f"rule={reason.side}:{reason.rule}"


def _of_cue(wording: Wording) -> Iterator[str]:
    cue = wording.cue
    if cue is not None:
        yield from (f"cue={cue.text}", f"cue act={cue.act}", f"cue form={cue.form}", f"cue certainty={cue.certainty}")
        for name in ("factive", "factive_of_things", "performative"):
            if getattr(cue, name):
                yield f"cue {name}"
    for token in wording.cue_tokens:
        yield f"cue word={token.lemma_.lower()}"
        yield f"cue tag={token.tag_}"
    if wording.cue_negated:
        yield "cue negated"
    if wording.unsaid:
        yield "unsaid"


def _of_content(found: Statement, wording: Wording) -> Iterator[str]:
    yield f"mode={found.mode}"
    yield "clause" if wording.is_clause else "no clause"
    if wording.quoted:
        yield "quoted"
    pronoun = all(t.pos_ == "PRON" for t in wording.source)
    yield "by nobody" if not found.source else "by a pronoun" if pronoun else "by a noun"
    if wording.by_paper:
        yield "by a paper"
    if wording.by_thing:
        yield "by a thing"
    if wording.root is not None:
        yield from (f"root tag={wording.root.tag_}", f"root={wording.root.pos_}")
        yield from (f"auxiliary={word}" for word in wording.auxiliaries)
    if wording.subject is not None:
        plain = wording.subject.pos_ in ("PRON", "DET")
        yield f"subject={wording.subject.lower_ if plain else wording.subject.pos_}"
    for hedge in find_hedges(wording):
        yield f"hedge={hedge.word}:{hedge.in_cue}"
    yield f"length={int(np.log2(1 + len(wording.content)))}"


def read_signs(case: Case, found: Sequence[Statement]) -> list[frozenset[str]]:
    """The signs of a case's statements, in order, as they were read."""
    kinds = [case.chain(statement)[-1].kind for statement in case.statements]
    return [signs_of(f, find_wording(f, case.parse), kind) for f, kind in zip(found, kinds, strict=True)]


def read_states(case: Case) -> Floats:
    """(statements, 2 x hidden) float32: means of the attribution encoder's states over cue and content."""
    model = shipped_model()
    paragraphs = [(p.span.start, p.span.of(case.parse.text)) for p in case.parse.paragraphs]
    sheet = lay_out([p for p in paragraphs if p[1].strip()], model.tokenizer)
    states = read_words(sheet, model, list(cut_windows(sheet)))[0]
    pooled = [np.concatenate([_mean(states, sheet, spans) for spans in (s.cue, s.content)]) for s in case.statements]
    return np.array(pooled, np.float32).reshape(len(case.statements), -1)


def _mean(states: Floats, sheet: Sheet, spans: Spans) -> Floats:
    held = np.zeros(len(sheet.start), bool)
    for span in spans:
        held |= (sheet.start < span.end) & (sheet.end > span.start)
    return states[held].mean(0) if held.any() else np.zeros(states.shape[1], np.float32)


@dataclass(frozen=True)
class Regression:
    """A softmax regression for one value: weights (labels, signs + states), bias (labels,), basis (2 x hidden, states).

    Without states the basis is empty.
    """

    labels: tuple[str, ...]
    signs: dict[str, int]
    weights: Floats
    bias: Floats
    centre: Floats
    basis: Floats

    def choose(self, signs: frozenset[str], state: Floats) -> str:
        """The likeliest label."""
        known = [self.signs[sign] for sign in signs if sign in self.signs]
        score = self.bias + self.weights[:, known].sum(1)
        if self.basis.size:
            score = score + self.weights[:, len(self.signs) :] @ ((state - self.centre) @ self.basis)
        return self.labels[int(score.argmax())]


def load_conventions(path: Path = WEIGHTS) -> dict[str, Regression]:
    """The regressions by value: act, source, outlet."""
    with np.load(path, allow_pickle=False) as kept:
        return {
            value: Regression(
                labels=tuple(kept[f"{value}.labels"].tolist()),
                signs={sign: i for i, sign in enumerate(kept[f"{value}.signs"].tolist())},
                weights=kept[f"{value}.weights"].astype(np.float32),
                bias=kept[f"{value}.bias"].astype(np.float32),
                centre=kept[f"{value}.centre"].astype(np.float32),
                basis=kept[f"{value}.basis"].astype(np.float32),
            )
            for value in VALUES
        }


def translate(case: Case, found: Sequence[Statement], conventions: dict[str, Regression]) -> list[dict[str, str]]:
    """By value, what each statement of a case would be labelled under PolNeAR's conventions."""
    states = read_states(case)
    rows = zip(read_signs(case, found), states, strict=True)
    return [{value: conventions[value].choose(signs, state) for value in VALUES} for signs, state in rows]
