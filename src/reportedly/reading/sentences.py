"""Sentences: where they end, and their parse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Token
from spacy.util import get_words_and_spaces

from reportedly.reading.language import load_lists, load_words
from reportedly.reading.parse import START, Paragraph, Parse, Sentence, place
from reportedly.reading.pipeline import load_pipeline, parse_all
from reportedly.records import Block, Document

_ABBREVIATIONS = load_words("sentences", "abbreviations")
_LABELS = frozenset(load_lists("en", "sentences")["labels"])
_ASKING = frozenset({"what", "what's", "why", "how", "where", "who"})
LONG, LONGEST = 120, 200
"""From so many tokens on a sentence may be cut at a comma, and at so many it is."""
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)")
_OPENS = re.compile(r"[\"'“‘«(\[]*[A-Z0-9£$€À-ÞΑ-ΩА-Я]")
_SPACE = re.compile(r"\s*")
_RUN = re.compile(r"\S{400,}")
"""So many characters without a space are no words: the tokenizer would take the square of their number."""

_PIECE = re.compile(r"\S{1,100}")
_WHOLE = re.compile(r"(?s).+")
_DATELINE = re.compile(
    r"""(?:(?P<town>[A-ZÀ-Þ]{2}[A-ZÀ-Þ/ .’'-]{2,}(?:,\ [A-Z][\w.]{1,12})?) # NEWARK, N.J.
        |(?P<place>[A-Z][\w’'-]+(?:[ /][A-Z][\w’'-]+){0,3}(?:,\ [A-Z][\w.]{1,14})?(?=,\ |\ \()) # Geneva, (AFP)
        |)
    (?:,?\ ?(?P<day>[A-Z][a-z]{2,8}\.?\ \d{1,2}|\d{1,2}\ [A-Z][a-z]{2,8}\.?)(?:,\ \d{4})?)?
    (?:(?:\ |--|[–—])?\((?P<agency>[^()\n]{2,30})\)|\ ?(?P<wire>/[A-Z][\w-]{2,20}(?:\ [\w-]{2,12})?/))?
    (?:\ ?(?:--?|[–—])\ |(?<=[)/])(?:--?|[–—])|(?(town):\ |\ -\ ))(?=\S)""",
    re.VERBOSE,
)
"""Where and when a report was filed, and by whom: "NEW DELHI:", "BEIRUT, Feb 11 (Reuters) -", "OSLO /PRNewswire/ --".
"""
_LABEL = re.compile(
    r"(?P<bullet>[•‣◦▪●·*–—-]+\s+)?"
    r"(?:\**(?P<label>[A-Z][\w’',.&/-]*(?: [\w’',.&/-]+){0,7}):\**\s+(?=[\"'“‘(\[]*[A-Z0-9$£€]))?"
)
"""The mark of a list item, and the catchword that heads a paragraph of a newsletter or a briefing."""
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]$")
_YOUNGER = frozenset({"jr", "sr"})
_LAST_WORD = re.compile(r"[\w.]+$")


def find_sentences(document: Document) -> Parse:
    """Split the article's prose into sentences and parse them (spaCy, en_core_web_sm 3.8).

    A sentence never crosses a block. Boundaries come from punctuation and a list of abbreviations, for the parser's
    own break at quotation marks; a full stop inside a quotation that goes on after a reporting clause ends one too.
    """
    blocks = [b for b in document.prose() if b.span.of(document.text).strip()]
    paragraphs = []
    for index, (block, doc) in enumerate(zip(blocks, _parsed(document.text, blocks), strict=True)):
        doc.user_data[START] = block.span.start
        paragraphs.append(Paragraph(index, block, doc))
    runs = [(p, s) for p in paragraphs for s in p.doc.sents if s.text.strip()]
    sentences = tuple(Sentence(i, p, s, place(s)) for i, (p, s) in enumerate(runs))
    return Parse(document, tuple(paragraphs), sentences)


def sentence_starts(text: str) -> tuple[int, ...]:
    """Offsets at which a sentence of one paragraph begins, 0 first."""
    starts = [0]
    filed = _DATELINE.match(text)
    if filed and (filed["town"] or filed["agency"] or filed["wire"] or (filed["place"] and filed["day"])):
        starts.append(filed.end())
    if (label := _LABEL.match(text)) and _is_label(label):
        starts.extend(place for place in (label.end("bullet"), label.end()) if 0 < place < len(text))
    for end in _END.finditer(text):
        after = _SPACE.match(text, end.end()).end()  # type: ignore[union-attr]
        if after < len(text) and _ends_here(text, end, after):
            starts.append(after)
    return tuple(starts)


def _is_label(match: re.Match[str]) -> bool:
    """Whether what stands before a colon only heads the paragraph: "What's next:", "WHY IT MATTERS:"."""
    label = match["label"]
    if label is None:
        return bool(match["bullet"])
    words = label.casefold().replace("’", "'").split()
    return " ".join(words) in _LABELS or words[0] in _ASKING or (label.isupper() and len(label) > 3)


def _ends_here(text: str, end: re.Match[str], after: int) -> bool:
    if not _OPENS.match(text, after):
        return False
    if not end.group().startswith(".") or len(end.group()) > 1:
        return True
    word = _LAST_WORD.search(text[max(0, end.start() - 20) : end.start()])
    if word is None:
        return True
    last = word.group().casefold()
    if last in _YOUNGER or _INITIALS.match(last):
        return last in _YOUNGER and text[after] != "("
    return not (last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i"))


def _parsed(text: str, blocks: list[Block]) -> Iterator[Doc]:
    pipeline = load_pipeline()
    return parse_all([_presplit(pipeline, b.span.of(text)) for b in blocks])


def _presplit(pipeline: Pipeline, paragraph: str) -> Doc:
    doc = _tokenized(pipeline, paragraph)
    starts = frozenset(sentence_starts(paragraph))
    length, begins = 0, []
    for token in doc:
        length = 1 if token.idx in starts or _too_long(token, length) else length + 1
        begins.append(1 if length == 1 else -1)
    values: Any = np.array(begins, np.int64).astype(np.uint64).reshape(-1, 1)
    return doc.from_array(["SENT_START"], values)  # where they are set one by one, spaCy looks at all each time


def _tokenized(pipeline: Pipeline, paragraph: str) -> Doc:
    filed = _DATELINE.match(paragraph)
    glued = filed is not None and filed.end() > 0 and not paragraph[filed.end() - 1].isspace()
    if not glued and not _RUN.search(paragraph):
        return pipeline.make_doc(paragraph)
    parts = (paragraph[: filed.end()], paragraph[filed.end() :]) if filed is not None and glued else (paragraph,)
    pieces = (pipeline.make_doc(piece[0]) for part in parts for piece in _pieces(part))
    words, spaces = get_words_and_spaces([token.text for piece in pieces for token in piece], paragraph)
    return Doc(pipeline.vocab, words=words, spaces=spaces)


def _pieces(text: str) -> Iterable[re.Match[str]]:
    """The text cut where no words could be told apart; as a whole where they can."""
    return _PIECE.finditer(text) if _RUN.search(text) else _WHOLE.finditer(text)


def _too_long(token: Token, length: int) -> bool:
    """Text without full stops is cut where a reader would draw breath: no step need bear a sentence without end."""
    return length >= LONGEST or (length >= LONG and token.i > 0 and token.nbor(-1).text in {",", ";", "–", "—", ":"})
