"""Descriptions: people without a name, office holders, groups, papers and bodies called by a common noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from reportedly.reading.mentions_lexicon import Lexicon
from reportedly.reading.parse import Sentence, place
from reportedly.reading.speakers_kinds import is_person
from reportedly.reading.unnamed_parts import is_at_large, is_part, is_thing
from reportedly.records import Span

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_ORDINAL = frozenset({"another", "other", "second", "third", "fourth", "fifth", "first", "same"})
_LEFT = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "nmod", "predet", "quantmod", "advmod", "npadvmod", "neg"}
)
_NOT_FIRST = frozenset({"ADP", "CCONJ", "VERB", "AUX", "SCONJ", "PUNCT", "INTJ"})
_NOT_INSIDE = frozenset({"after", "before", "during", "as", "by", "since", "until", "despite", "over"})
_RANKS = frozenset({"top", "chief", "deputy", "vice", "foreign", "special", "former"})
_MANY = frozenset({"people", "those", "others", "folk", "press", "media", "mps"})
_NOBODY = frozenset({"no", "any", "every", "each", "neither", "either", "such", "what", "which", "whichever"})
_NUMBERED = re.compile(r"-(point|page|step|part|phase|article|clause)$|^(draft|leaked)$")
_PEOPLE = frozenset({"NNS", "NNPS"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A description. `core` ends with the head noun, `span` with its clause ("briefed on the talks").

    `noun` is the entry of the table of nouns, `title` has the nouns and adjectives before it too ("fisheries
    minister"); `name` is the wording without article. `ordinal` is "another", "second", "same" or the like.
    """

    span: Span
    core: Span
    sentence: int
    head: Token
    noun: str
    title: str
    name: str
    sorts: frozenset[str]
    count: int
    at_least: bool
    definite: bool
    owned: bool
    modifiers: tuple[str, ...]
    ordinal: str | None = None
    partitive: bool = False

    @property
    def plural(self) -> bool:
        return self.count > 1 or self.at_least

    @property
    def known(self) -> bool:
        """Whether the wording takes it for known: "the envoy", "its envoy"."""
        return self.definite or self.owned


def find_phrases(sentence: Sentence, lexicon: Lexicon) -> list[Phrase]:
    """The descriptions of a sentence, in order. Method: head nouns of a table, their modifiers by the parse."""
    out = []
    for token in sentence.tokens:
        noun = _thing(token, lexicon) or _noun(token, lexicon) or _at_large(token, lexicon) or _speaker(token, lexicon)
        if is_part(token, lexicon) and not (noun and token.lower_ in lexicon.nouns):
            out.append(_phrase(token, token.lower_, sentence, lexicon))
        elif noun is not None and not any(child.lower_ in _NOBODY for child in token.lefts) and not _is_bare(token):
            out.append(_phrase(token, noun, sentence, lexicon))
    return out


def _is_bare(token: Token) -> bool:
    """ "Neither diplomat nor minister": one of a kind without an article is nobody, unless a name follows."""
    if token.tag_ != "NN" or next(iter(token.lefts), None) is not None or token.text[0].isupper():
        return False
    follows = token.nbor(1).text[:1].isupper() if token.i + 1 < len(token.doc) else False
    return token.dep_ == "conj" and not follows


def _noun(token: Token, lexicon: Lexicon) -> str | None:
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "PRON") or _modifies(token):
        return None
    last_words = token.lower_, token.lemma_.casefold()
    after = token.doc[token.i + 1 : token.i + 3].text.casefold() if _is_of(token) else ""
    if after.startswith("of ") and f"{token.lower_} {after}" in lexicon.nouns:
        return f"{token.lower_} {after}"
    for size in (4, 3, 2, 1) if not lexicon.last_words.isdisjoint(last_words) else ():
        start = token.i - size + 1
        if start < token.sent.start or (size == 1 and token.pos_ == "ADJ" and not _stands_alone(token)):
            continue
        before = token.doc[start : token.i + 1].text.casefold()[: -len(token.text)].replace("-", " ")
        for last in last_words:
            if before + last in lexicon.nouns:
                return before + last
    return _numbered(token)


def _is_of(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "of"


def _stands_alone(token: Token) -> bool:
    """Whether an adjective is used as a noun: "the daily claims"."""
    return token.i > 0 and token.nbor(-1).lower_ == "the" and token.dep_ in ("nsubj", "pobj", "dobj", "amod")


def _numbered(token: Token) -> str | None:
    """ "An 11-point draft truce": numbered or drafted, it is a paper whatever the noun."""
    if token.pos_ != "NOUN" or token.tag_ != "NN":
        return None
    words = token.doc[max(0, token.i - 5) : token.i].text.casefold().split()
    return f"numbered {token.lower_}" if any(_NUMBERED.search(w) for w in words[-2:]) else None


def _modifies(token: Token) -> bool:
    """Whether the noun only says which the next one is ("union leader", "peace plan talks")."""
    if token.i + 1 >= len(token.doc) or token.dep_ not in ("compound", "amod", "nmod"):
        return False
    after = token.nbor(1)
    if after.lower_ in ("claims", "reports", "notes", "mentions") and token.lower_ not in _MANY:
        return False  # "the daily claims" is tagged as a noun phrase
    return token.head.i > token.i and (after.tag_ in ("NN", "NNS") or after.text == "-")


def _at_large(token: Token, lexicon: Lexicon) -> str | None:
    return "at large" if is_at_large(token, lexicon) else None


def _thing(token: Token, lexicon: Lexicon) -> str | None:
    return f"thing {token.lemma_.casefold()}" if is_thing(token, lexicon) else None


def _speaker(token: Token, lexicon: Lexicon) -> str | None:
    """A noun that no table holds, where it speaks: "a cashier said", "said one lobbyist"."""
    if token.tag_ not in ("NN", "NNS") or token.dep_ != "nsubj" or token.ent_type_ not in ("", "NORP", "GPE"):
        return None
    if token.head.lemma_ not in lexicon.lists["speakers"]["verbs"] or not is_person(token.lemma_.lower()):
        return None
    return f"speaker {token.lemma_.casefold()}"


def _phrase(head: Token, noun: str, sentence: Sentence, lexicon: Lexicon) -> Phrase:
    left, right = _left_edge(head, noun), _right_edge(head)
    before = [t for t in head.doc[left : head.i] if not t.is_space]
    count, at_least = _count(head, before, noun, lexicon)
    words = list(head.doc[left : right + 1])
    sorts = _sorts(noun, lexicon)
    noun = noun.removeprefix("speaker ").removeprefix("numbered ").removeprefix("thing ")
    return Phrase(
        span=_over(head.doc, left, right),
        core=_over(head.doc, left, head.i),
        sentence=sentence.index,
        head=head,
        noun=noun,
        title=_title(head, before, noun),
        name=_wording(words),
        sorts=sorts,
        count=count,
        at_least=at_least,
        definite=_definite(head, before),
        owned=any(t.tag_ in ("POS", "PRP$") for t in before),
        modifiers=tuple(t.lower_ for t in before if t.pos_ in ("ADJ", "NOUN", "PROPN", "NUM", "VERB", "ADV")),
        ordinal=next((t.lower_ for t in [*before, head] if t.lower_ in _ORDINAL), None),
        partitive=head.i + 1 < len(head.doc) and head.nbor(1).lower_ == "of",
    )


def _sorts(noun: str, lexicon: Lexicon) -> frozenset[str]:
    if noun == "at large":
        return frozenset({"group"})
    if noun.startswith("numbered "):
        return frozenset({"document"})
    if noun.startswith("thing "):
        return frozenset({"thing"})
    if noun.startswith("speaker "):
        return frozenset({"unnamed", "stranger"})
    return lexicon.nouns.get(noun, frozenset({"part"}))


def _definite(head: Token, before: Sequence[Token]) -> bool:
    """By its article, or an office in capitals without any: "Foreign Secretary David Lammy"."""
    if any(t.lower_ in _DEFINITE for t in before[:2]) or head.lower_ in _DEFINITE:
        return True
    bare = not any(t.dep_ in ("det", "poss") or t.pos_ == "NUM" for t in before)
    whose = head.tag_ == "NN" and any(t.tag_ == "NNP" for t in before)  # headlines: "NURC boss says"
    return bare and (whose or (head.tag_ == "NNP" and head.text[0].isupper() and head.i > head.sent.start))


def _over(doc: Doc, left: int, right: int) -> Span:
    return Span(place(doc[left]).start, place(doc[right]).end)


def _left_edge(head: Token, noun: str) -> int:
    edge = int(head.i)
    while edge > head.sent.start and len(head.doc[edge : head.i + 1].text) < len(noun) and " of " not in noun:
        edge -= 1
    if edge - 2 >= head.sent.start and head.doc[edge - 1].text == "-":
        edge -= 2  # co-founder
    for child in head.lefts:
        if child.dep_ in _LEFT and not child.is_punct and not (head.lower_ == "one" and child.lower_ == "what"):
            edge = min(edge, child.left_edge.i)
    edge = max(edge, head.sent.start)
    for at in range(edge, head.i):
        if head.doc[at].text in (",", ";", ":", "“", '"', "‘", "(", "–", "—"):
            edge = at + 1
    while edge < head.i and head.doc[edge].pos_ in _NOT_FIRST and head.doc[edge].lower_ not in ("retired", "leaked"):
        edge += 1
    return edge


def _right_edge(head: Token) -> int:
    edge = int(head.i)
    for child in head.rights:
        if child.left_edge.i != edge + 1 or not _belongs(child, head):
            break
        edge = _stop(head, child.right_edge.i)
    return edge


def _belongs(child: Token, head: Token) -> bool:
    if child.dep_ in ("relcl", "acl"):
        if child.dep_ == "acl" and child.left_edge.dep_ == "mark":
            return False  # "the letter that the text be read out": what it says
        return child.left_edge.lower_ in ("who", "that", "whose") or child.tag_ in ("VBN", "VBG") or child.dep_ == "acl"
    if child.dep_ == "prep":
        object_ = next(iter(child.rights), None)
        dated = object_ is not None and object_.ent_type_ in ("DATE", "TIME")
        return child.lower_ not in _NOT_INSIDE and not dated
    return child.dep_ == "amod"


def _stop(head: Token, edge: int) -> int:
    for token in head.doc[head.i + 1 : edge + 1]:
        if token.is_punct and token.text not in ("-", "'", "’"):
            return int(token.i) - 1
    return int(edge)


def _count(head: Token, before: Sequence[Token], noun: str, lexicon: Lexicon) -> tuple[int, bool]:
    ratio = any(c.dep_ == "quantmod" and c.lower_ in ("in", "of") for t in before for c in t.children)
    if noun == "at large" or ratio or head.lower_ in lexicon.lists["parts"]["collective"]:
        return 2, True
    if head.lower_ in lexicon.counts:
        return lexicon.counts[head.lower_], False
    for token in before:
        if token.nbor(1).text == "-":
            continue
        if token.lower_ in lexicon.counts and token.lower_ != "one":
            return lexicon.counts[token.lower_], token.lower_ == "handful"
        if token.text.isdigit() and token.dep_ == "nummod" and token.head == head:
            return int(token.text), False
    plural = head.tag_ in _PEOPLE or head.lower_ in lexicon.at_large or head.lower_ in _MANY
    return (2, True) if plural else (1, False)


def _title(head: Token, before: Sequence[Token], noun: str) -> str:
    words: list[str] = []
    for token in reversed(before):
        if token.pos_ != "NOUN" and token.lower_ not in _RANKS:
            break
        words.insert(0, token.lower_)
    title = " ".join([*words, head.lemma_.casefold()])
    return title if title.endswith(noun) else noun


def _wording(words: Sequence[Token]) -> str:
    text = "".join(t.text_with_ws for t in words).strip()
    first, _, rest = text.partition(" ")
    if first.casefold() in ("a", "an", *_DEFINITE) and rest:
        text = rest
    elif words[0].pos_ != "PROPN" and words[0].ent_type_ not in ("NORP", "GPE", "ORG") and text[1:2].islower():
        text = text[0].lower() + text[1:]
    return " ".join(text.split())
