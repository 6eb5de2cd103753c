"""Where a term may stand: the clauses, verb phrases and noun phrases of a sentence, each cut to itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from spacy.tokens import Doc, Token

from reportedly.reading.branches import below, children, subtree
from reportedly.reading.parse import Sentence, place
from reportedly.reading.terms_words import words
from reportedly.records import Span, Spans

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_NOUN_ROLES = frozenset({"dobj", "attr", "pobj", "nsubj", "nsubjpass", "conj", "appos", "ROOT", "dep", "oprd"})
_SPLITS = frozenset({"while", "whereas", "although", "but"})
_CONDITIONAL = frozenset({"if", "once", "only", "not", "until", "unless", "provided", "after", "before"})
_TRADES = frozenset({"return", "exchange", "turn", "addition", "contrast", "part"})
_EDGE = frozenset({"and", "but", "or", "yet", "so", "then", "however", "though", "also", "that", "which"})


@dataclass(frozen=True)
class Candidate:
    """A stretch of one sentence that may be a term. `kind`: clause, phrase (a verb without its subject), noun, line."""

    sentence: Sentence
    head: Token
    kind: str
    tokens: tuple[Token, ...]

    @cached_property
    def spans(self) -> Spans:
        return spans_of(self.tokens)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Of its tokens, in the paragraph."""
        return tuple(t.i for t in self.tokens)


def find_candidates(sentence: Sentence) -> tuple[Candidate, ...]:
    """All stretches of a sentence that could be a term, each set of tokens once.

    Method: subtrees of the dependency parse, less what belongs to other clauses: coordinated verbs, `while` and
    `with` clauses, asides, relative clauses after a comma, and the phrase that names the point or the plan.
    """
    found: dict[tuple[int, ...], Candidate] = {}
    for kind, head, tokens in _stretches(sentence):
        kept = trimmed(tokens)
        if kept:
            found.setdefault(tuple(t.i for t in kept), Candidate(sentence, head, kind, tuple(kept)))
    return tuple(found.values())


def spans_of(tokens: Iterable[Token]) -> Spans:
    """Runs of neighbouring tokens as spans; a gap that is only punctuation or a space does not part them."""
    runs: list[tuple[Token, Token]] = []
    due = -1
    for token in tokens:
        at = token.i
        if runs and (at == due or all(t.is_punct or t.is_space for t in token.doc[due:at])):
            runs[-1] = (runs[-1][0], token)
        else:
            runs.append((token, token))
        due = at + 1
    return tuple(Span(place(first).start, place(last).end) for first, last in runs)


def trimmed(tokens: list[Token]) -> list[Token]:
    """Without connectives, punctuation and empty words at either edge; an opened quotation stays with its words."""
    start, end = 0, len(tokens)
    while start < end and (
        _loose(tokens[start]) or tokens[start].lower_ in _EDGE or _is_marker(tokens[start : start + 2])
    ):
        start += 1
    while start < end and (_loose(tokens[end - 1]) or tokens[end - 1].lower_ in _EDGE):
        end -= 1
    kept = _closed(tokens[start:end])
    end = start + len(kept)
    text = " ".join(t.text for t in kept)
    if start and tokens[start - 1].text in "“" and "”" in text and "“" not in text:
        kept = [tokens[start - 1], *kept]
    if end < len(tokens) and tokens[end].text in '”"' and text.count(tokens[end].text) % 2 == (tokens[end].text == '"'):
        kept = [*kept, tokens[end]]
    return kept


def _is_marker(two: list[Token]) -> bool:
    """Whether a list's number stands here: "(1) ", "2) "."""
    return len(two) == 2 and two[0].text.isdigit() and two[1].text in (")", ".)")


def _closed(tokens: list[Token]) -> list[Token]:
    """Up to a bracket that is opened and not closed."""
    for n, token in enumerate(tokens):
        if token.text == "(" and all(t.text != ")" for t in tokens[n:]):
            return tokens[:n]
    return tokens


def _loose(token: Token) -> bool:
    return token.is_space or (token.is_punct and token.text != "£")


def is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass", "amod", "compound")


def subject_of(verb: Token) -> Token | None:
    """The verb's own subject."""
    return next((child for child in children(verb) if child.dep_ in SUBJECTS), None)


def _stretches(sentence: Sentence) -> Iterator[tuple[str, Token, list[Token]]]:
    for token in sentence.tokens:
        if is_verb(token):
            yield from _of_verb(token)
        elif token.dep_ in _NOUN_ROLES and token.pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ", "SYM"):
            yield from _of_noun(token)
    yield "line", sentence.tokens.root, list(sentence.tokens)


def _of_verb(verb: Token) -> Iterator[tuple[str, Token, list[Token]]]:
    cut = [child for child in children(verb) if _is_apart(child, verb)]
    cut += _asides_below(verb, cut)
    whole = subtree(verb, cut)
    subject = subject_of(verb)
    loose = [t for t in whole if t.dep_ == "appos" and _after_comma(t)]
    if loose:
        yield "clause" if subject is not None else "phrase", verb, subtree(verb, [*cut, *loose])
    if subject is not None:
        yield "clause", verb, whole
        below = {t.i for t in subtree(subject)}
        rest = [t for t in whole if t.i not in below and t.i > subject.i]
        yield "phrase", verb, rest
    else:
        start = min(
            [verb.i, *(c.i for c in children(verb) if c.dep_ in ("aux", "auxpass", "neg") and c.lower_ != "to")]
        )
        yield "phrase", verb, [t for t in whole if t.i >= start]


def _of_noun(noun: Token) -> Iterator[tuple[str, Token, list[Token]]]:
    cut = [c for c in children(noun) if c.dep_ in ("conj", "cc") or _is_aside(c)]
    whole = subtree(noun, [*cut, *_asides_below(noun, cut)])
    yield "noun", noun, whole
    appositions = [c for c in children(noun) if c.dep_ == "appos"]
    if appositions:
        yield "noun", noun, subtree(noun, [*cut, *appositions])
    links = [c for c in children(noun) if c.dep_ == "conj"]
    if links:
        yield "nouns", noun, subtree(noun)


def _asides_below(token: Token, cut: list[Token]) -> list[Token]:
    """The asides below a token, less the branches in `cut`."""
    doc = token.doc
    asides = _asides(doc)
    return [doc[at] for at in asides.intersection(below(token, cut)) if at != token.i] if asides else []


@lru_cache(maxsize=64)
def _asides(doc: Doc) -> frozenset[int]:
    return frozenset(t.i for t in doc if _is_aside(t))


def _is_apart(child: Token, verb: Token) -> bool:
    """Whether a branch of a verb is no part of its clause: another clause, a connective, a fronted frame."""
    if child.dep_ in ("cc", "mark", "preconj", "intj"):
        return True
    if child.dep_ == "conj":
        return True
    if child.dep_ in ("parataxis", "ccomp") and child.i < verb.i and is_verb(child):
        return True
    if child.dep_ == "advcl":
        return _is_clause_of_its_own(child)
    return child.dep_ == "prep" and _is_frame(child, verb)


def _is_clause_of_its_own(clause: Token) -> bool:
    said = [t.lower_ for t in subtree(clause)]
    if said[0] in _SPLITS and not _CONDITIONAL & set(said[1:3]):
        return True
    left = clause.doc[max(0, min(t.i for t in subtree(clause)) - 1)]
    return left.text == "," and clause.tag_ == "VBG"


def _is_frame(prep: Token, verb: Token) -> bool:
    held = {t.lower_ for t in subtree(prep)}
    if prep.lower_ == "according":
        return True
    if prep.lower_ == "with" and any(c.dep_ == "pcomp" or _has_clause(c) for c in children(prep)):
        return True
    if prep.lower_ in ("under", "in", "by", "at", "as") and held & words("en", "plans", "frames") and len(held) < 12:
        return True
    return prep.i < verb.i and bool(held & _TRADES) and len(held) <= 2


def _has_clause(noun: Token) -> bool:
    return any(c.dep_ in ("acl", "relcl") and c.tag_ in ("VBG", "VBN") for c in children(noun)) and noun.dep_ == "pobj"


def _after_comma(token: Token) -> bool:
    first = min(t.i for t in subtree(token))
    return first > 0 and token.doc[first - 1].text in (",", "-", "–", "—")


def _is_aside(token: Token) -> bool:
    """A relative clause or apposition between commas, an aside in brackets, a phrase that names the plan."""
    if token.dep_ == "relcl":
        return _after_comma(token)
    if token.dep_ == "prep" and token.lower_ in ("according", "under"):
        return token.lower_ == "according" or bool({t.lower_ for t in subtree(token)} & words("en", "plans", "frames"))
    return token.dep_ == "parataxis"
