"""How sure it is that two statements say the same, and by which signs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from reportedly.reconciliation.names import Key
from reportedly.reconciliation.sayings import Article, Saying
from reportedly.reconciliation.words import Print, language, print_of
from reportedly.records import Act, Copy, Source

_MATTER = 0.15
"""Cosine of their names from which two articles are on one matter, measured on pairs of articles of eleven stories."""

_ALIKE = 0.35
"""Cosine from which what differs in two contents is the point."""

_FULL_RUN = 6
"""Words in a row from which a shared run counts fully."""

SIGNALS = (
    *("words", "contained", "around", "run", "quotation", "names"),
    *("same_speaker", "only_word", "other_speaker", "told_of", "cites", "like_source", "both_outlets"),
    *("number_agrees", "number_differs", "turned_round", "same_act", "act_clashes"),
    *("one_article", "inside", "inside_all", "thin", "thin_around", "thin_contained", "people", "both_first_hand"),
    *("copied", "copied_alike", "same_depth", "same_teller"),
    *("meaning", "meaning_around", "meaning_thin"),
)

_YES = frozenset({Act.ACCEPT, Act.OFFER, Act.PROMISE})
_NO = frozenset({Act.REJECT, Act.DENY})
_WISH = frozenset({Act.DEMAND, Act.ASK, Act.PROPOSE})


@dataclass(frozen=True)
class Weights:
    """How much a stem tells: the logarithm of how rare it is among the sentences of the collection."""

    known: Mapping[str, float]
    unseen: float

    def of(self, stems: Iterable[str]) -> float:
        return sum(self.known.get(s, self.unseen) for s in stems)


def weigh(prints: Sequence[Print]) -> Weights:
    """Weights by inverse document frequency, never below a tenth (Spärck Jones, 1972)."""
    seen = Counter(stem for p in prints for stem in p.stems)
    n = len(prints) + 1
    return Weights({s: max(0.1, math.log(n / (c + 0.5))) for s, c in seen.items()}, math.log(n / 0.5))


def cosine(a: frozenset[str], b: frozenset[str], weights: Weights) -> float:
    """How much of what two sets of stems tell is shared, 0 to 1."""
    return weights.of(a & b) / math.sqrt(weights.of(a) * weights.of(b)) if a and b else 0.0


def _contained(a: frozenset[str], b: frozenset[str], weights: Weights) -> float:
    least = min(weights.of(a), weights.of(b))
    return weights.of(a & b) / least if least else 0.0


def longest_run(a: Sequence[str], b: Sequence[str]) -> int:
    """The most words in a row that both have, if one of them carries meaning."""
    match = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    run = a[match.a : match.a + match.size]
    return match.size if any(w not in language()["stop"] for w in run) else 0


@dataclass(frozen=True)
class Context:
    """What a pair is judged by besides itself.

    `copied` are pairs of article keys, the source first; `said` counts the statements of each speaker in each article.
    """

    weights: Weights
    copied: frozenset[tuple[str, str]] = frozenset()
    said: Mapping[tuple[int, Key], int] = field(default_factory=dict)


def context_of(sayings: Sequence[Saying], weights: Weights, copies: Iterable[Copy]) -> Context:
    """The context of the statements of a collection."""
    said = Counter((s.article.place, s.speakers[-1]) for s in sayings if s.speakers)
    return Context(weights, frozenset((c.of, c.within) for c in copies), said)


def of_one_matter(a: Article, b: Article) -> bool:
    """Whether two articles speak of the same people and places: the cosine of the names in them."""
    if a is b:
        return True
    shared = len(a.names & b.names)
    return shared >= _MATTER * math.sqrt(len(a.names) * len(b.names)) or not (a.names and b.names)


def signals(a: Saying, b: Saying, context: Context) -> tuple[float, ...]:
    """The signs, in the order of `SIGNALS`, each 0 to 1; the same for (a, b) as for (b, a)."""
    weights = context.weights
    words = cosine(a.content.stems, b.content.stems, weights)
    around = cosine(a.around.stems, b.around.stems, weights)
    thin = float(a.thin or b.thin)
    return (
        words,
        _contained(a.content.stems, b.content.stems, weights) * (1 - thin),
        around,
        min(1.0, longest_run(a.content.words, b.content.words) / _FULL_RUN),
        float(_shares_quotation(a, b)),
        cosine(a.content.names, b.content.names, weights),
        *_voices(a, b, context),
        *_numbers(a.content, b.content),
        float(a.negative != b.negative),
        *_acts(a.statement.act, b.statement.act),
        *_within(a, b),
        thin,
        thin * around,
        _thin_contained(a, b, weights),
        cosine(_people(a), _people(b), weights),
        float(not a.via and not b.via and a.article is not b.article),
        *_on_the_way(a, b, context),
        *_meanings(a, b),
    )


def _meanings(a: Saying, b: Saying) -> tuple[float, float, float]:
    """Cosines of sentence vectors: of the contents, of the sentences, and of the sentences where a content is thin."""
    around = max(0.0, float(a.meaning_around @ b.meaning_around))
    if a.thin or b.thin:
        return 0.0, 0.0, around
    return max(0.0, float(a.meaning @ b.meaning)), around, 0.0


def _thin_contained(a: Saying, b: Saying, weights: Weights) -> float:
    """How much of a full content stands around a thin one; 0 where neither or both are thin."""
    if a.thin == b.thin:
        return 0.0
    thin, full = (a, b) if a.thin else (b, a)
    return weights.of(full.content.stems & thin.around.stems) / max(weights.of(full.content.stems), 0.1)


def _people(saying: Saying) -> frozenset[str]:
    """The names in the sentence and of the speaker."""
    speaker = print_of(saying.speakers[-1][1].title()).names if saying.speakers else frozenset()
    return saying.around.names | speaker


def kept_apart(a: Saying, b: Saying, context: Context) -> str:
    """Why two statements cannot say the same however alike they are; nothing where they may."""
    agree, differ = _numbers(a.content, b.content)
    alike = cosine(a.content.stems, b.content.stems, context.weights) >= _ALIKE
    if alike and differ and not agree:
        return "another number"
    acts = {a.statement.act, b.statement.act}
    if a.negative != b.negative and Act.DENY in acts and len(acts) > 1:
        return "one denies"
    if alike and Act.REJECT in acts and acts & _YES and a.content.turned == b.content.turned:
        return "one refuses"
    return ""


def _shares_quotation(a: Saying, b: Saying) -> bool:
    return any(p in q or q in p for p in a.quotes for q in b.quotes)


def _on_the_way(a: Saying, b: Saying, context: Context) -> tuple[float, ...]:
    """How far the chains agree: one article copies the other, as many links, first told by the like."""
    keys = a.article.key, b.article.key
    copied = float(keys in context.copied or keys[::-1] in context.copied)
    alike = copied * cosine(a.around.stems, b.around.stems, context.weights)
    depth = float(len(a.tail) == len(b.tail) and a.article is not b.article)
    teller = _described_alike(a.tail[0], b.tail[0]) if a.tail and b.tail and a.article is not b.article else 0.0
    return copied, alike, depth, teller


def _described_alike(a: Source, b: Source) -> float:
    """How alike two sources are described."""
    first, other = print_of(a.name.lower()).stems, print_of(b.name.lower()).stems
    return len(first & other) / len(first | other) if first and other else 0.0


def _voices(a: Saying, b: Saying, context: Context) -> tuple[float, ...]:
    """Who is behind the one and the other: same, the only word of that one, other, told of, cites, like, outlets."""
    named_a, named_b = a.speakers[-1:], b.speakers[-1:]
    same = bool(named_a) and named_a == named_b
    told = not same and (_told_of(a, b) or _told_of(b, a))
    other = bool(named_a and named_b) and not same and not told
    outlets = {a.article.outlet}, {b.article.outlet}
    cites = bool(outlets[0] & set(b.via) or outlets[1] & set(a.via)) and a.article.outlet != b.article.outlet
    only = not a.tail and not b.tail
    sole = same / max(context.said.get((s.article.place, named_a[0]), 1) for s in (a, b)) if same else 0.0
    return (float(same), sole, float(other), float(told), float(cites), _like_source(a, b), float(only))


def _told_of(a: Saying, b: Saying) -> bool:
    """Whether the speaker of one is spoken of in the other."""
    return any(set(print_of(key[1].title()).names) & b.content.names for key in a.speakers[-1:])


def _like_source(a: Saying, b: Saying) -> float:
    """How alike the last sources without a name are described; 0 where either has one."""
    if not a.tail or not b.tail or a.tail[-1].named or b.tail[-1].named:
        return 0.0
    return _described_alike(a.tail[-1], b.tail[-1])


def _numbers(a: Print, b: Print) -> tuple[float, float]:
    """Whether the numbers agree, and whether numbers of one thing differ."""
    values = {n.value for n in a.numbers}, {n.value for n in b.numbers}
    agree = bool(values[0] & values[1])
    differ = any(
        n.unit & m.unit and n.value not in values[1] and m.value not in values[0] for n in a.numbers for m in b.numbers
    )
    return float(agree), float(differ)


def _acts(a: Act, b: Act) -> tuple[float, float]:
    clash = any((a in one and b in other) or (b in one and a in other) for one, other in ((_YES, _NO), (_YES, _WISH)))
    return float(a == b), float(clash)


def _within(a: Saying, b: Saying) -> tuple[float, float, float]:
    """Whether both stand in one article, one of them inside the other, and filling most of it."""
    if a.article != b.article:
        return 0.0, 0.0, 0.0
    short, long = sorted((a, b), key=lambda s: sum(x.end - x.start for x in s.statement.content))
    inside = all(any(o.holds(s) for o in long.statement.content) for s in short.statement.content)
    share = len(short.content.words) / max(1, len(long.content.words))
    return 1.0, float(inside), inside * share
