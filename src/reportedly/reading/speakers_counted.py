"""Several people who were named together: "both candidates", "the two", "the three ministers"."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Token

from reportedly.reading.language import load_lists, load_words
from reportedly.reading.parse import Parse, Sentence
from reportedly.reading.speakers_kinds import is_person
from reportedly.records import Source, SourceKind, Span

_COUNTS: dict[str, int] = load_lists("en", "mentions")["count"]
_KNOWN = frozenset({"the", "these", "those", "their", "both"})
_AND = (" and ", " and the ", ", and ", " & ")
_ALONE = frozenset({"both", "two", "three", "four", "pair", "duo", "trio"})
_BODIES = load_words("mentions", "counted_bodies")
"""What states and bodies that were named together are called."""
LOOK_BACK = 3
"""How many sentences back they may have been named."""


def counted(head: Token) -> int:
    """How many people words that point back count: 2 for "both candidates", 3 for "the three"; 0 for other words."""
    words = [t.lower_ for t in (*head.lefts, head)]
    if words in (["each", "side"], ["each", "party"], ["each", "camp"]):
        return 2
    number = next((_COUNTS[w] for w in words if w in _COUNTS), 0)
    known = bool(_KNOWN & set(words))
    people = head.lower_ in _ALONE or counts_bodies(head) or (head.tag_ == "NNS" and is_person(head.lemma_.lower()))
    behind = any(c.dep_ in ("prep", "relcl", "acl") for c in head.rights)
    return number if known and people and not behind and 2 <= number <= 6 else 0


def counts_bodies(head: Token) -> bool:
    """Whether the word is one for states or bodies: "the two governments"."""
    return head.tag_ in ("NNS", "NN") and head.lemma_.lower() in _BODIES


def may_be_bodies(head: Token) -> bool:
    """Whether the word is one for states or bodies, or for whatever was named: "both", "the two"."""
    return counts_bodies(head) or head.lower_ in _ALONE


def paired(number: int, before: Span, parse: Parse, bodies: dict[Span, Source]) -> tuple[Source, ...]:
    """The last so many states or bodies that stand side by side: "India and Pakistan", "A, B and C"."""
    here = sorted(m for m in bodies if m.end <= before.start)
    for last in range(len(here), number - 1, -1):
        row = here[last - number : last]
        gaps = [parse.text[a.end : b.start] for a, b in pairwise(row)]
        named = tuple(dict.fromkeys(bodies[m] for m in row))
        if len(named) == number and gaps[-1] in _AND and all(gap in (", ", *_AND) for gap in gaps):
            return named
    return ()


def named_together(number: int, before: Span, parse: Parse, people: dict[Span, Source]) -> tuple[Source, ...]:
    """The last so many people whom one sentence names, joined by "and". `people`: named people by their mentions."""
    at = parse.sentence_at(before.start)
    if at is None:
        return ()
    for sentence in reversed(parse.sentences[max(0, at.index - LOOK_BACK) : at.index + 1]):
        if sentence.piece != at.piece:
            return ()
        found = _in_one_breath(sentence, before, parse, people)
        if len(found) == number:
            return found
    return ()


def _in_one_breath(sentence: Sentence, before: Span, parse: Parse, people: dict[Span, Source]) -> tuple[Source, ...]:
    here = sorted(m for m in people if sentence.span.holds(m) and m.end <= before.start)
    named = tuple(dict.fromkeys(people[m] for m in here))
    joined = len(here) > 1 and " and " in parse.text[here[0].end : here[-1].start]
    alone = all(p.kind is SourceKind.PERSON and p.named and p.count == 1 for p in named)
    return named if joined and alone else ()
