"""How sure it is that two statements say the same, and by which signs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.reconciliation.names import Key
from reportedly.reconciliation.sayings import Article, Saying
from reportedly.reconciliation.words import Print, language, print_of
from reportedly.records import Act, Source

_MATTER = 0.15
"""Cosine of their names from which two articles are on one matter: 98 % of pairs of eleven stories, 3 % of others."""

_NAMES_OF_MATTER = 3
"""Names that two articles on one matter share at least, where each has twice as many."""

_WORDS_OF_MATTER = 0.35
"""Cosine of all their stems from which short ones are as well; no pair of articles of different stories reaches it."""

_FEW_NAMES = 5
"""Names below which they do not say what an article is about. Two strikes of dockers share most of their words."""

_ALIKE = 0.35
"""Cosine from which what differs in two contents is the point."""

_FAMILIAR = 10
"""Sentences more that a stem is weighed on, so that a short text does not make all its words common."""

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


class Weights:
    """How much a stem tells: the logarithm of how rare it is among the sentences that it is weighed on."""

    def __init__(self, counts: Mapping[str, int], sentences: int) -> None:
        self._counts, self._sentences = counts, sentences + _FAMILIAR
        self._known: dict[str, float] = {}
        self._sums: dict[frozenset[str], float] = {}

    def whole(self, stems: frozenset[str]) -> float:
        """What a print's stems tell together; remembered, since each is held against many."""
        if stems not in self._sums:
            self._sums[stems] = self.of(stems)
        return self._sums[stems]

    def of(self, stems: Iterable[str]) -> float:
        """What stems tell together."""
        return math.fsum(self._one(stem) for stem in stems)

    def _one(self, stem: str) -> float:
        if stem not in self._known:
            rarity = math.log(self._sentences / (self._counts.get(stem, 0) + 0.5))
            self._known[stem] = max(0.1, rarity)
        return self._known[stem]


def weigh(prints: Iterable[Print]) -> Weights:
    """Weights by inverse document frequency, never below a tenth (Spärck Jones, 1972).

    Two articles are weighed on their own sentences, so that what is compared does not depend on what else there is.
    """
    counts, sentences = Counter[str](), 0
    for p in prints:
        counts.update(p.stems)
        sentences += 1
    return Weights(counts, sentences)


def weights_of(a: Article, b: Article) -> Weights:
    """The weights by which two articles, or one and itself, are compared."""
    return weigh([*a.prints, *b.prints] if a is not b else a.prints)


def cosine(a: frozenset[str], b: frozenset[str], weights: Weights) -> float:
    """How much of what two sets of stems tell is shared, 0 to 1."""
    shared = a & b
    return weights.of(shared) / math.sqrt(weights.whole(a) * weights.whole(b)) if shared else 0.0


def _contained(a: frozenset[str], b: frozenset[str], weights: Weights) -> float:
    least = min(weights.whole(a), weights.whole(b))
    return weights.of(a & b) / least if least else 0.0


def longest_run(a: Sequence[str], b: Sequence[str]) -> int:
    """The most words in a row that both have, if one of them carries meaning."""
    places: dict[str, list[int]] = {}
    for j, word in enumerate(b):
        places.setdefault(word, []).append(j)
    longest, end, before = 0, 0, dict[int, int]()
    for i, word in enumerate(a):
        here = {j: before.get(j - 1, 0) + 1 for j in places.get(word, ())}
        if here and max(here.values()) > longest:
            longest, end = max(here.values()), i + 1
        before = here
    return longest if any(w not in language()["stop"] for w in a[end - longest : end]) else 0


@dataclass(frozen=True)
class Context:
    """What two statements are judged by besides themselves.

    `copied`: whether one of their articles copies the other; `said` counts the statements of each speaker in each.
    """

    weights: Weights
    copied: bool = False
    said: Mapping[tuple[str, Key], int] = field(default_factory=dict)


def context_of(sayings: Sequence[Saying], weights: Weights, *, copied: bool = False) -> Context:
    """The context of the statements of two articles."""
    return Context(weights, copied, Counter((s.article.key, s.speakers[-1]) for s in sayings if s.speakers))


def of_one_matter(a: Article, b: Article) -> bool:
    """Whether two articles speak of the same people and places; with few names in one, in much the same words."""
    if a is b or not (a.names and b.names) or _share_names(a.names, b.names):
        return True
    return min(len(a.names), len(b.names)) < _FEW_NAMES and _shared(a.stems, b.stems) >= _WORDS_OF_MATTER


def _share_names(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two articles share so many of their names; of short ones half, for any two may have two in common."""
    enough = min(_NAMES_OF_MATTER, -(-min(len(a), len(b)) // 2))
    return len(a & b) >= enough and _shared(a, b) >= _MATTER


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    """The cosine of two sets."""
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0


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
    copied = float(context.copied and a.article is not b.article)
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
    sole = same / max(context.said.get((s.article.key, named_a[0]), 1) for s in (a, b)) if same else 0.0
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
    if a.article is not b.article:
        return 0.0, 0.0, 0.0
    short, long = sorted((a, b), key=lambda s: sum(x.end - x.start for x in s.statement.content))
    inside = all(any(o.holds(s) for o in long.statement.content) for s in short.statement.content)
    share = len(short.content.words) / max(1, len(long.content.words))
    return 1.0, float(inside), inside * share
