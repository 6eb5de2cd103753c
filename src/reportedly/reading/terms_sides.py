"""Between whom the talks are: the parties of an article ranked by what the text shows of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import log1p

from spacy.tokens import Token

from reportedly.reading.language import load_table, load_words
from reportedly.reading.parse import Sentence
from reportedly.reading.terms_places import tokens_within
from reportedly.reading.terms_table import Table, places_in, topic_by_words
from reportedly.reading.terms_words import words
from reportedly.records import Act, SourceKind, Span, Topic

_EN = "en"
Signs = dict[str, float]

_PRIOR = 0.5
"""What the plain count of mentions and acts weighs beside the signs that were learned."""
_COUNTED = {
    "named": 0.7,
    "acts between": 1.0,
    "acts": 0.6,
    "acts for others": -0.6,
    "beside": 0.5,
    "handed the plan": 0.8,
    "owns": 0.3,
    "does": 0.2,
    "describes": -0.2,
    "place": -0.2,
}
_FIXED = {"author": -2.5, "mediator": -1.0, "person": -3.0, "bidder": 1.5}
_STANDS = dict.fromkeys((Act.DEMAND, Act.REJECT, Act.ACCEPT, Act.OFFER, Act.PROMISE, Act.THREATEN), "takes a stand")
_PROPOSES = dict.fromkeys((Act.PROPOSE, Act.DENY, Act.ASK), "proposes or denies")
_STANCES: Mapping[Act, str] = _STANDS | _PROPOSES
_BODIES = frozenset({SourceKind.GOVERNMENT, SourceKind.ORGANISATION})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_MODALS = frozenset({"would", "will", "must", "shall", "may"})
_WHERE = frozenset({"in", "at", "near", "across", "inside", "into", "through", "outside", "via", "over"})
_ASIDE = ("helps", "its helpers", "is a helper", "drafts", "place")
_LEAD, _EARLY = 2, 5
_BUSINESS = frozenset({Topic.PAY_AND_WORK, Topic.PRICE_AND_OWNERSHIP})
_WAR = frozenset(
    {Topic.CEASEFIRE, Topic.FORCE_LIMITS, Topic.TERRITORY, Topic.PRISONERS_AND_HOSTAGES, Topic.HUMANITARIAN}
)
_MATTERS = (("business", _BUSINESS, 0.4), ("war", _WAR, 0.25))
"""What talks are about by their terms' topics, and from what share on."""


def rank_parties(table: Table) -> tuple[str, ...]:
    """Parties proper, those between whom the talks are first.

    Method: a log-linear ranking. For each party signs are counted: what it does (bargains, fights, helps),
    what stands between it and others, whose people speak, where it stands in the terms, where it is first named. Their
    logarithms are weighed as learned from annotated articles (`sides.tsv`, training/terms/sides.py), beside a plain
    count of mentions and acts. Where two movements or armies fight each other, they come first.
    """
    weights, signs = _weights(_EN), party_signs(table)
    fighting = _at_war(signs, table)
    scores = {
        party: known["counted"] * _PRIOR + sum(weights.get(name, 0.0) * value for name, value in known.items())
        for party, known in signs.items()
    }
    return tuple(sorted(scores, key=lambda p: (p not in fighting, -scores[p], p)))


def party_signs(table: Table) -> dict[str, Signs]:
    """What the article shows of each party proper that it names, as named signs with values."""
    seen, matters = _seen(table), _matters(table)
    scores = {p: _counted(p, table) for p in seen}
    most, longest = max(scores.values(), default=0.0), max((c["sentences"] for c in seen.values()), default=1)
    out: dict[str, Signs] = {}
    for party, counts in seen.items():
        out[party] = {name: log1p(number) for name, number in counts.items()}
        out[party] |= {f"mostly {name}": counts[name] / counts["sentences"] for name in _ASIDE if counts[name]}
        out[party] |= dict.fromkeys(_kinds(party, table, matters), 1.0)
        out[party]["share"] = counts["sentences"] / longest
        out[party]["share of terms"] = counts["term"] / max(1, len(table.chosen))
        out[party]["counted"] = scores[party] - most
    return out


def _counted(party: str, table: Table) -> float:
    """A sum of logarithms of mentions and acts; mediators and several who drew the plan up together count less."""
    score = sum(_COUNTED[name] * log1p(number) for name, number in table.tallies[party].items())
    if party in table.authors:
        score += _FIXED["author" if table.is_mediated else "bidder"]
    if party.casefold() in words(_EN, "terms", "mediators"):
        score += _FIXED["mediator"]
    return score + (_FIXED["person"] if table.kinds.get(party) == "person" else 0.0)


def _seen(table: Table) -> dict[str, Counter[str]]:
    """How often each sign of each party is seen."""
    out: dict[str, Counter[str]] = {}
    for party, sign in (*_in_sentences(table), *_in_statements(table), *_in_terms(table), *_in_headlines(table)):
        if party in table.acting:
            out.setdefault(party, Counter())[sign] += 1
    return {party: counts for party, counts in sorted(out.items()) if counts["sentences"]}


def _in_sentences(table: Table) -> Iterator[tuple[str, str]]:
    for sentence in table.draft.parse.sentences:
        named: set[str] = set()
        for span, actor in table.draft.mentions.mentions_in(sentence.span):
            parties, top = table.of(actor), _top(span, sentence)
            if span in table.camps:
                continue
            people = "" if actor.kind in _BODIES or actor.name in parties else "people "
            signs = [f"{people}{sign}" for sign in signs_at(top)] if top is not None else []
            yield from ((party, sign) for party in parties for sign in signs)
            named.update(parties)
        yield from ((party, "sentences") for party in sorted(named))
        yield from ((party, "lead") for party in sorted(named) if sentence.index < _LEAD)


def _in_statements(table: Table) -> Iterator[tuple[str, str]]:
    for statement in table.draft.statements:
        voice = table.voices.get(statement.chain[-1]) if statement.chain else None
        yield from ((p, _STANCES.get(statement.act, "asserts")) for p in (table.of(voice) if voice else ()))


def _in_terms(table: Table) -> Iterator[tuple[str, str]]:
    for candidate in table.chosen:
        for party, spot in places_in(candidate, table, camps=False).items():
            yield party, f"term {spot}"
            yield from () if spot in ("outside", "above") else ((party, "term"),)


def _in_headlines(table: Table) -> Iterator[tuple[str, str]]:
    for block in table.draft.parse.headings[:1]:
        yield from ((party, "headline") for party in table.parties_in(block.span))


def _kinds(party: str, table: Table, matters: tuple[str, ...]) -> Iterator[str]:
    """What a party is, and where the article names it first."""
    kind, lower = table.kinds.get(party, "none"), {w.casefold() for w in party.split()}
    named = [name for name in ("aloof", "bargaining") if lower & load_words("sides", f"{name}_names")]
    yield f"kind {kind}"
    yield from named
    yield from (f"{sign} & {matter}" for matter in matters for sign in (f"kind {kind}", *named))
    if party.casefold() in words(_EN, "terms", "mediators"):
        yield "mediator"
    if party in table.authors:
        yield "one of several authors" if len(table.authors) > 1 else "author" if table.is_mediated else "bidder"
    first, length = table.first_named.get(party, 99), len(table.draft.parse.sentences)
    where = ((_LEAD, "lead"), (_EARLY, "early"), (length / 2, "middle"))
    yield "first " + next((name for end, name in where if first < end), "late")


def _at_war(signs: dict[str, Signs], table: Table) -> frozenset[str]:
    """Movements and armies that fight each other: where talks are about war and two or more are spoken of."""
    armed = {p for p, known in signs.items() if _is_armed(p, table) and known["sentences"] > log1p(1)}
    return frozenset(armed if len(armed) > 1 and "war" in _matters(table) else ())


def _is_armed(party: str, table: Table) -> bool:
    held = {w.casefold() for w in party.split()} & load_words("sides", "armed_names")
    return bool(held) and table.kinds.get(party) == SourceKind.ORGANISATION.value


def _matters(table: Table) -> tuple[str, ...]:
    """What the terms are about by their words: work and ownership, or war."""
    topics = Counter(topic_by_words(c) for c in table.chosen)
    return tuple(
        name for name, held, share in _MATTERS if sum(topics[t] for t in held) >= share * max(1, len(table.chosen))
    )


def _top(span: Span, sentence: Sentence) -> Token | None:
    """The word of a mention that the others hang on."""
    tokens = tokens_within(span, sentence)
    return next((t for t in tokens if t.head not in tokens), tokens[-1] if tokens else None)


def signs_at(top: Token) -> Iterator[str]:
    """What the words around a mention show of the party it names; `top` is the word that the others hang on."""
    first = top
    while first.dep_ == "conj" and first.head.pos_ in ("PROPN", "NOUN"):
        first = first.head
    if first != top or any(c.dep_ == "conj" and c.pos_ in ("PROPN", "NOUN") for c in top.children):
        yield "beside another"
    if first.dep_ in _SUBJECTS:
        yield from _as_subject(first.head, first.dep_ == "nsubjpass")
    elif first.dep_ in ("dobj", "dative", "oprd"):
        yield from _among(first.head, (("fighting", "is fought"), ("pressing", "is pressed")))
        yield "is acted on"
    elif first.dep_ == "pobj":
        yield from _behind_preposition(first.head)
    elif first.dep_ in ("compound", "amod", "nmod", "poss"):
        yield from _before_noun(first)
    beside = [*([first.head] if first.dep_ == "appos" else []), *(c for c in top.children if c.dep_ == "appos")]
    yield from (["is a helper"] if any(_is(t, "helpers") for t in beside) else [])


def _is(token: Token, name: str) -> bool:
    return token.lemma_.casefold() in load_words("sides", name)


def _among(token: Token, lists: tuple[tuple[str, str], ...]) -> Iterator[str]:
    return (sign for name, sign in lists if _is(token, name))


def _as_subject(verb: Token, passive: bool) -> Iterator[str]:
    if passive:
        yield "is pressed" if _is(verb, "pressing") else "is acted on"
        return
    yield from _among(verb, (("bargaining", "bargains"), ("helping", "helps"), ("fighting", "fights")))
    if verb.lemma_ == "be" and any(c.dep_ == "attr" and _is(c, "helpers") for c in verb.children):
        yield "is a helper"
    if any(c.dep_ == "aux" and c.lower_ in _MODALS for c in verb.children):
        yield "would do"
    yield "does"


def _behind_preposition(preposition: Token) -> Iterator[str]:
    word, over = preposition.lower_, preposition.head
    if word == "between":
        yield "between"
    elif word in ("with", "against"):
        yield "faced" if _is(over, "between") or _is(over, "fighting") else "with"
    elif word == "by":
        yield "drafts" if _is(over, "drafting") else "done by"
    elif word in ("on", "upon", "to", "for", "from"):
        yield f"{word} it"
    elif word in _WHERE:
        yield "place"
    elif word == "of":
        yield "stands" if _is(over, "delegates") else "of it"
    elif word == "under":
        yield "helps"


def _before_noun(first: Token) -> Iterator[str]:
    noun, owns = first.head, first.dep_ == "poss"
    joined = first.i + 2 < len(first.doc) and first.nbor(1).text in ("-", "–")
    if _is(noun, "helpers"):
        yield "its helpers"
    elif _is(noun, "delegates"):
        yield "stands" if owns else "its people"
    elif _is(noun, "between"):
        yield "between"
    elif joined:
        yield "drafts" if _is(first.nbor(2), "drafting") else "hyphened"
    else:
        yield "owns" if owns else "describes"


@lru_cache(maxsize=8)
def _weights(language: str) -> dict[str, float]:
    return {row["sign"]: float(row["weight"]) for row in load_table(language, "sides")}
