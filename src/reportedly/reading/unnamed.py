"""Descriptions: people without a name, office holders, groups, papers and bodies called by a common noun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from reportedly.reading.mentions_names import Lexicon
from reportedly.reading.parse import Sentence, place
from reportedly.records import Span

_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "both": 2,
}
_VAGUE = frozenset(
    ["several", "some", "many", "few", "most", "various", "numerous", "dozens", "multiple", "more", "other", "certain"]
)
DEFINITE = frozenset(["the", "this", "that", "these", "those", "same"])
_ORDINAL = frozenset(["another", "other", "second", "third", "fourth", "first", "same"])
_LEFT = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "predet", "quantmod", "advmod", "npadvmod"})
_RIGHT = frozenset({"relcl", "acl", "prep", "amod"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A description. `sorts` are those of its head noun; `name` is its wording without article or clause."""

    span: Span
    core: Span
    sentence: int
    head: Token
    noun: str
    sorts: frozenset[str]
    name: str
    count: int
    at_least: bool
    definite: bool
    possessor: Token | None
    ordinal: str | None
    partitive: bool = False
    modifiers: tuple[str, ...] = ()

    @property
    def plural(self) -> bool:
        return self.count > 1 or self.at_least


def find_phrases(sentence: Sentence, lexicon: Lexicon) -> list[Phrase]:
    """The descriptions of a sentence, in order. Method: head nouns of a table, their modifiers by the parse."""
    out = []
    for token in sentence.tokens:
        noun = _noun(token, lexicon)
        if noun is not None:
            out.append(_phrase(token, noun, sentence, lexicon.nouns[noun]))
        elif _stands_for_people(token):
            out.append(_phrase(token, token.lower_, sentence, frozenset({"part"})))
    return out


def _noun(token: Token, lexicon: Lexicon) -> str | None:
    if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return None
    if token.i + 1 < len(token.doc) and _compounds(token, lexicon):
        return None
    for size in (4, 3, 2, 1):
        start = token.i - size + 1
        if start < token.sent.start:
            continue
        words = token.doc[start : token.i + 1]
        for last in dict.fromkeys((token.lower_, token.lemma_.casefold())):
            noun = " ".join([*(w.lower_ for w in words[:-1]), last])
            if noun in lexicon.nouns and (size > 1 or token.pos_ != "ADJ"):
                return noun
    return None


def _compounds(token: Token, lexicon: Lexicon) -> bool:
    """Whether the noun only modifies the next one ("union leader", "peace plan talks")."""
    after = token.nbor(1)
    return token.dep_ in ("compound", "poss", "amod") and token.head.i > token.i and after.tag_ in ("NN", "NNS", "HYPH")


def _stands_for_people(token: Token) -> bool:
    """ "One of them", "two of the five", "another", "the other", "the third" said or told something."""
    if token.lower_ in ("another",) or (token.lower_ in _NUMBERS and token.dep_ in ("nsubj", "pobj", "nsubjpass")):
        return token.dep_ in ("nsubj", "pobj", "dobj", "nsubjpass") and not _counts_noun(token)
    if token.lower_ in ("other", "third", "second", "first", "pair", "trio", "former", "latter"):
        return token.dep_ in ("nsubj", "pobj") and any(c.lower_ == "the" for c in token.lefts)
    return token.lower_ == "those" and any(c.lower_ in ("present", "involved", "briefed") for c in token.rights)


def _counts_noun(token: Token) -> bool:
    return token.dep_ == "nummod"


def _phrase(head: Token, noun: str, sentence: Sentence, sorts: frozenset[str]) -> Phrase:
    left = _left_edge(head, len(noun.split()))
    right = _right_edge(head)
    before = [t for t in head.doc[left : head.i] if not t.is_space]
    count, at_least = _count(head, before)
    words = list(head.doc[left : right + 1])
    definite = any(t.lower_ in DEFINITE for t in before[:2])
    possessor = next((c for c in head.lefts if c.dep_ == "poss"), None)
    return Phrase(
        span=_over(head, left, right),
        core=_over(head, left, head.i),
        sentence=sentence.index,
        head=head,
        noun=noun,
        sorts=sorts,
        name=_wording(words),
        count=count,
        at_least=at_least,
        definite=definite or head.lower_ in DEFINITE,
        possessor=possessor,
        ordinal=next((t.lower_ for t in [*before, head] if t.lower_ in _ORDINAL), None),
        partitive=any(c.lower_ == "of" for c in head.rights) and ("part" in sorts or head.lower_ in _NUMBERS),
        modifiers=tuple(t.lower_ for t in before if t.pos_ in ("ADJ", "NOUN", "PROPN", "NUM", "VERB")),
    )


def _over(head: Token, left: int, right: int) -> Span:
    return Span(place(head.doc[left]).start, place(head.doc[right]).end)


def _left_edge(head: Token, size: int) -> int:
    edge = head.i - size + 1
    for child in head.lefts:
        if child.dep_ in _LEFT and not child.is_punct:
            edge = min(edge, child.left_edge.i)
    edge = max(edge, head.sent.start)
    while edge < head.i and (
        head.doc[edge].is_punct or head.doc[edge].pos_ in ("ADP", "CCONJ", "VERB", "AUX", "SCONJ")
    ):
        edge += 1
    return edge


def _right_edge(head: Token) -> int:
    edge = head.i
    for child in head.rights:
        if child.dep_ not in _RIGHT or child.left_edge.i != edge + 1:
            break
        if child.dep_ == "relcl" and head.doc[edge + 1].lower_ not in ("who", "that", "whose", "present"):
            break
        if (
            child.dep_ == "prep"
            and child.lower_
            in (
                "on",
                "in",
                "at",
                "after",
                "before",
                "during",
                "as",
                "by",
                "since",
            )
            and child.lower_ in ("on", "after", "before", "during", "as", "by", "since")
        ):
            break
        edge = min(child.right_edge.i, _stop(head, child.right_edge.i))
    return max(edge, head.i)


def _stop(head: Token, edge: int) -> int:
    for token in head.doc[head.i + 1 : edge + 1]:
        if token.is_punct and token.text not in ("-", "'", "’"):
            return int(token.i) - 1
    return edge


def _count(head: Token, before: Sequence[Token]) -> tuple[int, bool]:
    if head.lower_ in _NUMBERS:
        return _NUMBERS[head.lower_], False
    if head.lower_ in ("pair", "trio"):
        return {"pair": 2, "trio": 3}[head.lower_], False
    for token in before:
        if token.lower_ in _NUMBERS and token.lower_ != "one":
            return _NUMBERS[token.lower_], False
        if token.like_num and token.text.isdigit() and token.dep_ == "nummod":
            return int(token.text), False
    plural = head.tag_ in ("NNS", "NNPS") or head.lower_ in ("people", "those")
    return (2, True) if plural else (1, False)


def _wording(words: Sequence[Token]) -> str:
    text = "".join(t.text_with_ws for t in words).strip()
    first, _, rest = text.partition(" ")
    if first.casefold() in ("a", "an", "the", "this", "that", "these", "those") and rest:
        text = rest
    elif words[0].pos_ not in ("PROPN",) and words[0].ent_type_ == "" and text[1:2].islower():
        text = text[0].lower() + text[1:]
    return " ".join(text.split())


def tokens_of(span: TokenSpan) -> list[Token]:
    return list(span)
