"""What is cut off a content or a source that reaches too far: the main clause behind a relative one, titles, papers."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from reportedly.reading.clauses import SUBJECTS, verb_group
from reportedly.reading.language import load_words
from reportedly.reading.parse import place
from reportedly.reading.reports import Found, Text
from reportedly.records import Span, Spans

_LETTERS = "|".join(sorted(load_words("reports", "letters") | load_words("reports", "said_in")))
_IN_PAPER = re.compile(
    rf", (?:in|during|on|at) (?:an?|his|her|its|their|one) (?:[\w’'-]+ ){{0,3}}?(?:{_LETTERS})\b[^,]*$"
)
_SHOW = re.compile(r"(?:['’]s?|\b(?:show|programme|program|podcast|on|broadcast|series|segment)),? $")
_QUESTIONS = load_words("reports", "questions")
_RELATIVES = frozenset({"who", "which"})


def cut_back(found: Found, text: Text) -> Found:
    """A report whose content keeps to the clause that it stands in, and whose source to the words for who speaks."""
    content = tuple(c for c in found.content if not _is_title(c, text))
    if len(content) > 1 and _is_question_put(content[0], text):
        content = content[1:]
    return replace(found, content=_within_relative(found, content, text), source=_who_alone(found, text))


def _within_relative(found: Found, content: Spans, text: Text) -> Spans:
    """ "The group, which says it speaks for most, made an offer": what it says ends before what it did."""
    stop = _end_of_relative(found, text)
    if stop is None or not any(c.start < stop < c.end for c in content):
        return content
    kept = tuple(c if c.end <= stop else Span(c.start, stop) for c in content if c.start < stop)
    return tuple(c for c in kept if c.of(text.parse.text).strip(" ,"))


def _is_question_put(content: Span, text: Text) -> bool:
    """ "Asked if that meant a strike, he said: ...": the question is no part of the answer."""
    first = next((t for t in text.parse.tokens_in(content) if not t.is_punct), None)
    return first is not None and first.lemma_ in _QUESTIONS and first.tag_ == "VBN" and first.i == first.sent.start


def _end_of_relative(found: Found, text: Text) -> int | None:
    """Where the comma stands before the main verb whose subject the relative clause describes."""
    if len(found.source) != 1 or found.source[0].of(text.parse.text).casefold() not in _RELATIVES:
        return None
    pronoun = next(iter(text.parse.tokens_in(found.source[0])), None)
    if pronoun is None or pronoun.i == 0 or pronoun.nbor(-1).text != ",":
        return None
    verb = pronoun.head
    main = verb.head.head if verb.dep_ == "relcl" and verb.head.dep_ in SUBJECTS else None
    if main is None or main.i < verb.i or main.pos_ not in ("VERB", "AUX"):
        return None
    before: Token = verb_group(main)[0].nbor(-1)
    return place(before).start if before.text == "," and before.i > verb.i + 1 else None


def _is_title(content: Span, text: Text) -> bool:
    """Whether it is only the name of a programme: "he said on the network's 'Morning Call.'"."""
    words = content.of(text.parse.text).strip(" \"“”'‘’.,")
    at = content.start - 1 if text.parse.text[content.start - 1 : content.start] in tuple("\"“'‘") else content.start
    named = all(w[:1].isupper() or w in ("the", "of", "and", "a", "in", "with", "to") for w in words.split())
    quoted = any(
        q.outer.meets(content) and q.inner.holds(Span(content.start + 1, content.start + 2)) for q in text.quotes
    )
    return (
        quoted and named and 0 < len(words.split()) <= 5 and bool(_SHOW.search(text.parse.text[max(0, at - 14) : at]))
    )


def _who_alone(found: Found, text: Text) -> Spans:
    """The source without the paper that it speaks in, and before a colon without whom it speaks to."""
    out = []
    for source in found.source:
        words = source.of(text.parse.text)
        match = _IN_PAPER.search(words)
        if match:
            words = words[: match.start()]
        elif found.cue and found.cue[0].of(text.parse.text) == ":" and " to " in words:
            words = words[: words.index(" to ")]
        out.append(Span(source.start, source.start + len(words)) if words.strip() else source)
    return tuple(out)
