"""Attributions in an article: what is found, what is not, and what holds of whatever is found."""

from __future__ import annotations

import itertools
import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from reportedly.reading.models import AttributionModel, load_attribution
from reportedly.reading.tagger import Found, tag_attributions
from reportedly.reading.tagger_borders import trim
from reportedly.reading.tagger_links import TABLE_SIZES, TABLES, spread
from reportedly.reading.tagger_sheet import FEATURE_SIZES, WINDOW, cut_windows, lay_out, quotation
from reportedly.reading.tagger_words import LABELS, ROLES, decode, runs
from reportedly.records import shown

NEVER = -1e4
HIDDEN, SIZE = 8, 4


def toy_steps() -> tuple[np.ndarray, np.ndarray]:
    """The CRF's bans, without anything learned."""
    start, steps = np.zeros(7), np.zeros((7, 7))
    for j, label in enumerate(LABELS):
        if label.startswith("I-"):
            start[j] = NEVER
            for i, before in enumerate(LABELS):
                steps[i, j] = 0 if before[2:] == label[2:] else NEVER
    return start, steps


def toy_model(seed: int) -> AttributionModel:
    """A model of random weights over letters: it finds nonsense, but in the way that a real one finds sense."""
    chance = np.random.default_rng(seed)
    vocabulary = {"[UNK]": 0} | {w: i for i, w in enumerate([p + c for c in string.printable for p in ("", "##")], 1)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = BertNormalizer(), BertPreTokenizer()
    table = chance.normal(size=(300, HIDDEN))
    tables = [chance.normal(size=(size, HIDDEN)) for size in FEATURE_SIZES]

    def encode(ids: np.ndarray, features: np.ndarray) -> np.ndarray:
        states = table[ids] + sum(t[features[:, i]] for i, t in enumerate(tables))
        return (states + 0.5 * np.roll(states, 1, axis=0)).astype(np.float32)

    start, steps = toy_steps()
    weights = {
        "emission.weight": chance.normal(size=(7, HIDDEN)),
        "emission.bias": np.zeros(7),
        "crf.start": start,
        "crf.steps": steps,
        "score.weight": np.ones(9) / 9,
        "score.bias": np.zeros(1),
    }
    for kind in ("content", "source"):
        for side in ("one", "other"):
            weights |= {
                f"{kind}.{side}.weight": chance.normal(size=(SIZE, 3 * HIDDEN)),
                f"{kind}.{side}.bias": np.zeros(SIZE),
            }
        weights |= {f"{kind}.{name}": chance.normal(size=size) for name, size in zip(TABLES, TABLE_SIZES, strict=True)}
        weights |= {f"{kind}.both": chance.normal(size=(SIZE, SIZE)), f"{kind}.alone": np.zeros(SIZE)}
        weights |= {f"{kind}.none": np.zeros(SIZE), f"{kind}.none.bias": np.zeros(1)}
    small = {name: value.astype(np.float32) for name, value in weights.items()}
    return AttributionModel(encode, tokenizer, small, {"reporting": list(string.ascii_lowercase)})


def paragraphs_of(text: str) -> list[tuple[int, str]]:
    starts = itertools.accumulate((len(line) + 1 for line in text.split("\n")), initial=0)
    return list(zip(starts, text.split("\n"), strict=False))


texts = st.text(alphabet='abcé ,.“”"A1-\n', max_size=900)


@settings(max_examples=60, deadline=None)
@given(texts, st.integers(0, 5))
def test_whatever_is_found_lies_in_its_paragraph(text: str, seed: int) -> None:
    paragraphs = paragraphs_of(text)
    holders = [range(at, at + len(words) + 1) for at, words in paragraphs]
    for found in tag_attributions(paragraphs, toy_model(seed)):
        assert 0 <= found.score <= 1
        assert found.cue
        for span in (*found.source, *found.cue, *found.content):
            assert any(span.start in holder and span.end in holder for holder in holders)
        for span in found.content:
            assert any(c.isalnum() for c in span.of(text))
            assert span.of(text)[-1] not in ", ;:"


@settings(max_examples=40, deadline=None)
@given(texts, texts, st.integers(0, 5))
def test_an_article_reads_the_same_alone_and_after_another(one: str, other: str, seed: int) -> None:
    model = toy_model(seed)
    alone = tag_attributions(paragraphs_of(one), model)
    tag_attributions(paragraphs_of(other), model)
    assert tag_attributions(paragraphs_of(one), model) == alone


@settings(max_examples=40, deadline=None)
@given(texts, st.integers(1, 5000), st.integers(0, 5))
def test_an_article_further_on_in_a_text_is_found_further_on(text: str, by: int, seed: int) -> None:
    model = toy_model(seed)
    here = tag_attributions(paragraphs_of(text), model)
    there = tag_attributions([(at + by, words) for at, words in paragraphs_of(text)], model)
    assert [f.score for f in there] == [f.score for f in here]
    assert [s.start - by for f in there for s in f.content] == [s.start for f in here for s in f.content]


@settings(max_examples=40, deadline=None)
@given(texts, st.integers(0, 5))
def test_nothing_outside_contents_depends_on_reading_them_again(text: str, seed: int) -> None:
    model = toy_model(seed)
    whole = tag_attributions(paragraphs_of(text), model)
    assert tuple(f for f in whole if f.inside is None) == tag_attributions(paragraphs_of(text), model, nested=False)
    for found in whole:
        if found.inside is not None:
            outer = whole[found.inside].content
            assert all(any(o.start <= s.start and s.end <= o.end for o in outer) for s in found.content)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_windows_follow_on_from_each_other_and_fit(text: str) -> None:
    sheet = lay_out(paragraphs_of(text), toy_model(0).tokenizer)
    cuts = list(cut_windows(sheet, room=40))
    assert [start for start, _ in cuts] == [0, *(end for _, end in cuts)][: len(cuts)]
    assert all(0 < end - start <= 40 for start, end in cuts)
    assert not cuts or cuts[-1][1] == len(sheet.ids)


def test_a_paragraph_longer_than_a_window_is_cut_at_a_sentence() -> None:
    sheet = lay_out([(0, "A bc d. " * 100)], toy_model(0).tokenizer)
    assert all(sheet.sentence[start] > 0 for start, _ in cut_windows(sheet))
    assert all(end - start <= WINDOW for start, end in cut_windows(sheet))


def emissions(seed: int, lengths: list[int]) -> tuple[np.ndarray, list[tuple[int, int]]]:
    ends = list(itertools.accumulate(lengths))
    windows = list(zip([0, *ends], ends, strict=False))
    return np.random.default_rng(seed).normal(size=(ends[-1], 7)).astype(np.float32) * 3, windows


@given(st.integers(0, 1000), st.lists(st.integers(1, 30), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_windows_are_decoded_alike_alone_and_together(seed: int, lengths: list[int]) -> None:
    given_, windows = emissions(seed, lengths)
    start, steps = toy_steps()
    labels, posterior = decode(given_, windows, start, steps)
    for low, high in windows:
        alone, sure = decode(given_[low:high], [(0, high - low)], start, steps)
        assert (alone == labels[low:high]).all()
        assert (sure == posterior[low:high]).all()


@pytest.mark.parametrize("seed", range(5))
def test_decoding_agrees_with_trying_everything(seed: int) -> None:
    given_, windows = emissions(seed, [4])
    start, steps = toy_steps()
    labels, posterior = decode(given_, windows, start, steps)
    chances = np.zeros((4, 7))
    best = (-np.inf, ())
    for path in itertools.product(range(7), repeat=4):
        score = start[path[0]] + sum(given_[t, label] for t, label in enumerate(path))
        score += sum(steps[a, b] for a, b in itertools.pairwise(path))
        best = max(best, (score, path))
        chances[np.arange(4), path] += np.exp(score)
    assert tuple(labels) == best[1]
    assert np.allclose(posterior, chances / chances.sum(1, keepdims=True))


@given(st.lists(st.integers(0, 6), min_size=1, max_size=30), st.data())
def test_runs_are_whole_and_keep_to_their_paragraph(labels: list[int], data: st.DataObject) -> None:
    steps = data.draw(st.lists(st.integers(0, 1), min_size=len(labels), max_size=len(labels)))
    paragraph = np.cumsum(steps)
    found = runs(np.array(labels), paragraph)
    covered = np.zeros(len(labels), int)
    for number, role in enumerate(ROLES, 1):
        for first, end in found[role]:
            assert {(label + 1) // 2 for label in labels[first:end]} == {number}
            assert len(set(paragraph[first:end])) == 1
            covered[first:end] += 1
    assert (covered == (np.array(labels) > 0)).all()


def test_a_cue_that_nobody_picked_gets_a_content_that_can_be_spared() -> None:
    chances = np.array([[0.0, 0.9, 0.1], [0.0, 0.6, 0.4], [1.0, 0.0, 0.0]], np.float32)
    assert spread(chances)[0].tolist() == [0, 1, -1]
    assert spread(chances[:1])[0].tolist() == [0]


@pytest.mark.parametrize(
    ("text", "given_", "wanted"),
    [
        ("“We will go,” he said.", "“We will go,”", "We will go"),
        ("“We will go,” he said.", "We will go", "We will go"),
        ("“We will go,” he said.", "“We will go,” he", "We will go"),
        ("“We will go to the sea today,” he said.", "“We will go to the sea", "We will go to the sea today"),
        ("He called it “a bad deal” for them.", "“a bad deal” for them", "“a bad deal” for them"),
        ("He called it “a bad deal” for them.", "a bad deal” for them.", "“a bad deal” for them"),
        ("He said it was “a bad deal”.", "it was “a bad deal”.", "it was “a bad deal”"),
        ("He said it was “a bad deal.”", "it was “a bad deal", "it was “a bad deal.”"),
        ("“It goes on and on.", "“It goes on and on.", "It goes on and on"),
        ("He said they met in the U.S., too.", "they met in the U.S.,", "they met in the U.S."),
        ("He said — “no”.", "— “no”.", "“no”"),
        ('"We go," he said, "to Rome."', '"to Rome."', "to Rome"),
        ("Will they? He asked “why?”", "“why?”", "why?"),
        ("No deal, he said.", "No deal,", "No deal"),
    ],
)
def test_contents_are_cut_at_quotation_marks(text: str, given_: str, wanted: str) -> None:
    start = text.index(given_)
    start, end = trim(text, start, start + len(given_))
    assert text[start:end].strip("“”") == wanted.strip("“”")


@given(st.text(alphabet='ab “”".,-', min_size=1, max_size=30), st.data())
def test_a_cut_never_leaves_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    new_start, new_end = trim(text, start, end)
    assert 0 <= new_start <= len(text)
    assert new_end <= len(text)


def test_quotation_marks_open_and_close() -> None:
    assert "".join(map(str, quotation('a "b" “c d'))) == "0031403222"


@pytest.fixture(scope="module")
def shipped() -> AttributionModel:
    return load_attribution()


def outline(found: tuple[Found, ...], text: str) -> list[str]:
    return [" | ".join(shown(spans, text) or "-" for spans in (f.source, f.cue, f.content)) for f in found]


CASES = """
## indirect speech
Ivanov said the two sides had agreed on a ceasefire.
---
Ivanov | said | the two sides had agreed on a ceasefire

## a quotation in two parts is one statement
“We are close,” the minister said, “but we are not there yet.”
---
the minister | said | We are close … but we are not there yet

## straight marks
"The talks have failed," a senior diplomat told reporters in Geneva.
---
a senior diplomat | told | The talks have failed

## the source after its cue
Russia would withdraw its troops within a year, according to three officials.
---
three officials | according to | Russia would withdraw its troops within a year

## nobody speaks
The delegations met in Geneva on Tuesday for two hours.
---
"""


def cases() -> list[object]:
    made = []
    for block in CASES.strip().removeprefix("## ").split("\n## "):
        title, rest = block.split("\n", 1)
        text, _, wanted = rest.partition("\n---")
        made.append(pytest.param(text, [line for line in wanted.split("\n") if line], id=title))
    return made


@pytest.mark.parametrize(("text", "wanted"), cases())
def test_the_shipped_model_reads(text: str, wanted: list[str], shipped: AttributionModel) -> None:
    assert outline(tag_attributions([(0, text)], shipped, nested=False), text) == wanted


def test_no_paragraphs_no_attributions(shipped: AttributionModel) -> None:
    assert tag_attributions([], shipped) == ()
    assert tag_attributions([(0, ""), (5, "  "), (9, "…")], shipped) == ()


def test_the_shipped_model_reads_the_same_in_any_order(shipped: AttributionModel) -> None:
    articles = [paragraphs_of("\n".join([line] * n)) for n in (1, 3, 9) for line in CASES.split("\n") if len(line) > 40]
    alone = [tag_attributions(article, load_attribution()) for article in articles[:3]]
    assert [tag_attributions(article, shipped) for article in reversed(articles)][::-1][:3] == alone
