"""What words tell about mentions: a language's tables of titles, offices, heads of names and of descriptions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from reportedly.reading.language import load_lists, load_table


@dataclass(frozen=True)
class Lexicon:
    """The tables nouns, titles, heads, given and the lists of mentions.toml."""

    language: str
    titles: dict[str, str]
    """Titles before a name and the gender that they tell."""
    given: dict[str, str]
    """Given names and the gender of those who bear them."""
    heads: dict[str, str]
    """Words of a name that tell its kind."""
    nouns: dict[str, frozenset[str]]
    """Head nouns of descriptions and their sorts."""
    offices: frozenset[tuple[str, ...]]
    callings: frozenset[tuple[str, ...]]
    """What people who speak for others are, printed with a capital before names in places: "Spokesman Tor Lind"."""
    counts: dict[str, int]
    free_parts: frozenset[str]
    later_parts: frozenset[str]
    at_large: frozenset[str]
    lists: dict[str, Any]
    same_role: dict[str, str]
    """An office by each of its names, told by the first of them."""

    @cached_property
    def last_words(self) -> frozenset[str]:
        """What descriptions end with."""
        return frozenset(noun.rpartition(" ")[2] for noun in self.nouns)

    def words(self, table: str, key: str) -> frozenset[str]:
        return frozenset(self.lists[table][key])

    def role(self, title: str) -> str:
        """An office under the first of its names: "transport secretary" under "transport minister"."""
        field, _, post = title.rpartition(" ")
        if post == "secretary" and field in self.lists["roles"]["fields"]:
            title = f"{field} minister"
        return self.same_role.get(title, title)


@lru_cache(maxsize=4)
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of a language. Raises LanguageError where it has none."""
    nouns: dict[str, set[str]] = {}
    for row in load_table(language, "nouns"):
        nouns.setdefault(row["noun"].casefold(), set()).add(row["sort"])
    lists = load_lists(language, "mentions")
    return Lexicon(
        language=language,
        titles={row["title"]: row["gender"] for row in load_table(language, "titles")},
        given={row["name"]: row["gender"] for row in load_table(language, "given")},
        heads={row["head"]: row["kind"] for row in load_table(language, "heads")},
        nouns={noun: frozenset(sorts) for noun, sorts in nouns.items()},
        offices=frozenset(tuple(noun.split()) for noun, sorts in nouns.items() if "office" in sorts),
        callings=frozenset(tuple(noun.split()) for noun, sorts in nouns.items() if "unnamed" in sorts),
        counts=dict(lists["count"]),
        free_parts=frozenset(lists["parts"]["free"]),
        later_parts=frozenset(lists["parts"]["behind_article"]),
        at_large=frozenset(lists["parts"]["at_large"]),
        lists=lists,
        same_role={role: same[0] for same in lists["roles"]["same"] for role in same},
    )
