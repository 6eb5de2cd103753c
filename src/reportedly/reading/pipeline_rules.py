"""The rules by which en_core_web_sm gives parts of speech and some lemmas, looked up instead of matched.

spaCy tries all 179 of them at every token; which of them hold for a word, tag and role is here worked out once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import Any, cast

from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token
from spacy.tokens._retokenize import set_token_attrs

_ASKED = {"LOWER": "lower_", "TAG": "tag_", "DEP": "dep_", "IS_SPACE": "is_space"}
_KEY: list[int | str] = ["LOWER", "TAG", "DEP"]

Attributes = dict[Any, Any]
Test = Mapping[str, Any]
"""What is asked of one token, by name: a value, or {"IN": values}, {"NOT_IN": values} or {"REGEX": expression}."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Tests of a token, or of two neighbours, and what they set on the one that `at` counts; later ranks prevail."""

    rank: int
    tests: tuple[Test, ...]
    at: int
    sets: Attributes


@dataclass(frozen=True, slots=True)
class Known:
    """What holds for all tokens of one word, tag and role: rules for itself, what they set, and rules it may open."""

    rules: tuple[Rule, ...]
    sets: Attributes
    opens: tuple[Rule, ...]


@dataclass(frozen=True)
class TokenRules:
    """Rules of one token or of two, by the word or tag that they ask for; `known` keeps what was worked out."""

    rules: Mapping[str | None, tuple[Rule, ...]]
    known: dict[tuple[int, ...], Known] = field(default_factory=dict, repr=False)

    def apply(self, doc: Doc) -> None:
        """Set on each token what the rules say, as the component itself would."""
        tokens, keys = list(doc), map(tuple, doc.to_array(_KEY).tolist())
        facts = [self.known.get(key) or self._learn(key, token) for key, token in zip(keys, tokens, strict=True)]
        more = self._of_two(tokens, facts)
        for n, (token, fact) in enumerate(zip(tokens, facts, strict=True)):
            set_token_attrs(token, _merged((*fact.rules, *more[n])) if n in more else fact.sets)

    def _learn(self, key: tuple[int, ...], token: Token) -> Known:
        near = {None, token.lower_, token.tag_}
        hold = [r for about in near for r in self.rules.get(about, ()) if _holds(r.tests[0], token)]
        single, opens = ([r for r in hold if len(r.tests) == count] for count in (1, 2))
        known = self.known[key] = Known(tuple(single), _merged(single), tuple(opens))
        return known

    def _of_two(self, tokens: list[Token], facts: list[Known]) -> dict[int, list[Rule]]:
        """The rules of two that hold, by the token that they set something on."""
        found: dict[int, list[Rule]] = defaultdict(list)
        for n, (fact, _) in enumerate(pairwise(facts)):
            for rule in fact.opens:
                if _holds(rule.tests[1], tokens[n + 1]):
                    found[n + rule.at].append(rule)
        return found


def rules_of(ruler: AttributeRuler) -> TokenRules:
    """The rules of a component. Raises ValueError where one is of a form that is not known here."""
    about: dict[str | None, list[Rule]] = defaultdict(list)
    for rule in _rules(ruler):
        asked = [rule.tests[0].get(name) for name in ("LOWER", "TAG")]
        about[next((value for value in asked if isinstance(value, str)), None)].append(rule)
    return TokenRules({value: tuple(rules) for value, rules in about.items()})


def _rules(ruler: AttributeRuler) -> Iterator[Rule]:
    for rank, (given, sets) in enumerate(zip(ruler.patterns, ruler.attrs, strict=True)):
        for tests in cast("list[list[Test]]", given["patterns"]):
            if len(tests) > 2 or any(_unknown(test) for test in tests):
                raise ValueError(f"rule {rank} of {ruler.name!r} asks {tests}, which is not known here")
            yield Rule(rank, tuple(tests), given["index"], sets)  # type: ignore[arg-type]


def _unknown(test: Test) -> bool:
    wanted = [set(w) for w in test.values() if isinstance(w, Mapping)]
    return not test.keys() <= _ASKED.keys() or any(not w <= {"IN", "NOT_IN", "REGEX"} for w in wanted)


def _holds(test: Test, token: Token) -> bool:
    return all(_fits(wanted, getattr(token, _ASKED[name])) for name, wanted in test.items())


def _fits(wanted: Any, value: Any) -> bool:
    if not isinstance(wanted, Mapping):
        return bool(wanted == value)
    among = value in wanted.get("IN", (value,)) and value not in wanted.get("NOT_IN", ())
    return among and ("REGEX" not in wanted or bool(re.search(wanted["REGEX"], value)))


def _merged(rules: Iterable[Rule]) -> Attributes:
    merged: Attributes = {}
    for rule in sorted(rules, key=attrgetter("rank")):
        merged.update(rule.sets)
    return merged
