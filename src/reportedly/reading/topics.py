"""What a term is about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache

from reportedly.reading.draft import Draft
from reportedly.reading.language import load_table
from reportedly.reading.topics_model import shipped_topics
from reportedly.reading.topics_own import OwnTopic, find_own
from reportedly.records import Topic

CONTEXT = 0.25
"""How much a word of the sentence around the clause counts, against one of the clause."""

_KNOWN = 3.0
"""The weight of words from which on they count as much as the classifier."""

_LETTERS = 4
"""By so many letters entries are looked up."""

_SURE = 0.25
"""The least probability of a topic that no word of the clause speaks for."""


def find_topic(
    clause: str,
    context: str = "",
    *,
    article: tuple[str, ...] = (),
    meant: Mapping[Topic, float] | None = None,
    language: str = "en",
    own: tuple[OwnTopic, ...] = (),
    without: Collection[Topic] = (),
) -> tuple[Topic, float]:
    """The topic of a clause and how sure it is, 0 to 1; `context` is the sentence that it stands in, `article` what
    `opening_of` gives. `meant` are probabilities of the topics by somebody who read the article; without it, the
    classifier's.

    `own` are topics of a dossier, which go before the list's. Topics in `without` are left out: a term is never about
    the plan as such.

    Method: the mean of the shares that weighted words and phrases (`topics.tsv`) give and of the probabilities of a
    linear classifier over sentence vectors and words. Words of little weight count less than the classifier; where
    none is known, it has to be sure, unless somebody read the article.
    """
    given = find_own(clause, own) if own else None
    if given is not None:
        return given
    scores = score_topics(clause, context, language=language)
    shares = blended(scores, shipped_topics().shares(clause, context, article) if meant is None else meant)
    shares = {topic: share for topic, share in shares.items() if topic not in without}
    best = max(shares, key=lambda topic: (shares[topic], topic.value))
    if not scores and meant is None and shares[best] < _SURE:
        return Topic.OTHER, 0.0
    return best, shares[best]


def by_words(clause: str, context: str = "") -> Topic:
    """The topic that most of the known words speak for, `other` where none is known."""
    scores = score_topics(clause, context)
    return max(scores, key=lambda topic: (scores[topic], topic.value), default=Topic.OTHER)


def likeliest(
    clause: str,
    context: str = "",
    *,
    meant: Callable[[], Mapping[Topic, float]],
    own: tuple[OwnTopic, ...] = (),
    without: Collection[Topic] = (),
) -> Topic:
    """The topic that `find_topic` gives, sooner where all words that are known speak for one: no share outweighs it.

    `meant` is only asked where they do not.
    """
    given = find_own(clause, own) if own else None
    if given is None:
        scores = score_topics(clause, context)
        if len(scores) == 1 and not scores.keys() & set(without) and sum(scores.values()) >= _KNOWN:
            return next(iter(scores))
    return find_topic(clause, context, meant=meant(), own=own, without=without)[0]


def blended(scores: dict[Topic, float], shares: Mapping[Topic, float]) -> dict[Topic, float]:
    """The share of each topic by words and by meaning together; the latter alone where no word is known."""
    total = sum(scores.values())
    if not total:
        return dict(shares)
    part = min(1.0, total / _KNOWN) / 2
    return {t: part * scores.get(t, 0.0) / total + (1 - part) * shares.get(t, 0.0) for t in {*scores, *shares}}


def opening_of(draft: Draft) -> tuple[str, ...]:
    """The headline of an article and its first sentence, which tell what the talks are about; without a headline, none.

    A paragraph on something else that happens to come first must not change what the terms are about.
    """
    first = draft.parse.sentences[:2]
    headed = first and any(h.span.start <= first[0].span.start < h.span.end for h in draft.parse.headings)
    return tuple(s.span.of(draft.parse.text) for s in first) if headed else ()


def score_topics(
    clause: str, context: str = "", *, language: str = "en", among: str | None = None
) -> dict[Topic, float]:
    """The weight of each topic that has a word in the clause or, less, in the sentence around it.

    `among` is a text that the clause is part of: only entries that stand in it are tried, which is faster.
    """
    scores: dict[Topic, float] = defaultdict(float)
    for text, share in ((clause, 1.0), (context, CONTEXT)):
        for topic, weight, _ in _hits(text, _near(text, language) if among is None else _entries_in(among, language)):
            scores[topic] += weight * share
    return dict(scores)


Entry = tuple[Topic, float, re.Pattern[str], str]
"""A topic, what its phrase weighs, the phrase as an expression, and the longest word of it that must stand there."""


def _hits(text: str, entries: Iterable[Entry]) -> list[tuple[Topic, float, str]]:
    """Entries found in a text; of those of one topic that share words only the longest counts."""
    found: list[tuple[Topic, float, str]] = []
    taken: dict[Topic, list[tuple[int, int]]] = defaultdict(list)
    lower = text.lower()
    for topic, weight, expression, literal in entries:
        match = expression.search(text) if literal in lower else None
        if match and not any(a < match.end() and match.start() < b for a, b in taken[topic]):
            taken[topic].append(match.span())
            found.append((topic, weight, match.group()))
    return found


@lru_cache(maxsize=64)
def _entries_in(text: str, language: str) -> tuple[Entry, ...]:
    lower = text.lower()
    return tuple(entry for entry in _near(text, language) if entry[3] in lower and entry[2].search(text))


@lru_cache(maxsize=64)
def _near(text: str, language: str) -> tuple[Entry, ...]:
    """The entries, in order, of whose longest word the first letters stand somewhere in a text."""
    lower, entries, numbers = text.lower(), _entries(language), list[int]()
    for size, by_letters in _by_letters(language).items():
        held = {lower[at : at + size] for at in range(len(lower) - size + 1)}
        numbers += [n for letters in held & by_letters.keys() for n in by_letters[letters]]
    return tuple(entries[n] for n in sorted(numbers))


@lru_cache(maxsize=8)
def _by_letters(language: str) -> dict[int, dict[str, list[int]]]:
    """The numbers of entries by how many letters they are looked up by and by these."""
    numbers: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, (*_, literal) in enumerate(_entries(language)):
        letters = literal[:_LETTERS]
        numbers[len(letters)][letters].append(n)
    return {size: dict(by_letters) for size, by_letters in numbers.items()}


@lru_cache(maxsize=8)
def _entries(language: str) -> tuple[Entry, ...]:
    rows = sorted(load_table(language, "topics"), key=lambda row: -len(row["phrase"]))
    return tuple(
        (Topic(row["topic"]), float(row["weight"]), _expression(row["phrase"]), _literal(row["phrase"])) for row in rows
    )


def _literal(phrase: str) -> str:
    """The longest piece of a phrase between its blanks and asterisks."""
    return max(re.split(r"[\s*]+", phrase.lower()), key=len)


def _expression(phrase: str) -> re.Pattern[str]:
    words = re.escape(phrase.casefold()).replace(r"\ \*\ ", r"\W+(?:\w+\W+){0,3}?").replace(r"\*", r"\w*")
    start = r"\b" if phrase[0].isalnum() else ""
    end = r"\b" if phrase[-1].isalnum() else ""
    return re.compile(start + words.replace(r"\ ", r"\s+") + end, re.IGNORECASE)
