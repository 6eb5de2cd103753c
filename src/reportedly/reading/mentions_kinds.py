"""What an unknown name names: a person, a body, an outlet, a place or a thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from reportedly.reading.mentions_lexicon import Lexicon
from reportedly.reading.mentions_names import Name

_WHERE = frozenset({"in", "near", "around", "outside", "inside", "towards", "via"})
_LOOSELY_WHERE = frozenset({"at", "to", "from"})
_HUMAN = frozenset(
    {
        *("think", "believe", "feel", "hope", "fear", "wonder", "know", "remember", "recall", "laugh", "smile", "joke"),
        *("shrug", "nod", "sigh", "whisper", "grin", "snap", "quip", "weep", "cry", "shout", "walk", "sit", "stand"),
        *("resign", "smirk", "muse"),
    }
)
"""What people do and bodies do not, or less often."""
_AGED = re.compile(r", \d\d(?=[,.\s])")
_OWNED = frozenset(
    {"board", "bid", "offer", "shares", "members", "workers", "shareholders", "staff", "headquarters", "employees"}
)
_STAKES = frozenset(
    {"shares", "stake", "stakes", "holding", "shareholding", "investment", "investors", "shareholders", "stock"}
)
_STAFF = frozenset(
    {"staff", "workers", "bosses", "executives", "employees", "management", "unions", "managers", "jobs"}
)
_COMMITS = frozenset(
    {"reject", "accept", "offer", "promise", "pledge", "agree", "announce", "confirm", "refuse", "vow"}
)
_BARGAINS = frozenset(
    {
        *("want", "demand", "propose", "oppose", "back", "welcome", "urge", "seek", "sign"),
        *("submit", "table", "circulate", "approve", "veto", "initial", "condemn", "undertake", "guarantee"),
        *("recognise", "recognize", "endorse", "rebuff", "request", "concede", "withdraw", "raise", "bid"),
        *("negotiate", "sell", "buy", "acquire", "withhold", "suspend", "insist", "object", "resist"),
        *("block", "ratify", "favor", "favour", "support", "consent", "dismiss", "dislike"),
    }
)
"""What parties to talks do, besides what bodies commit themselves to."""
_LONE = 0.3
"""How much votes for a person count for one word that is never part of a fuller name."""
_SPEAKS = frozenset({"say", "tell", "add", "write", "warn", "insist", "deny", "claim", "call", "ask", "reply", "argue"})


def kinds_of(names: Iterable[Name], lexicon: Lexicon, text: str) -> dict[tuple[str, ...], str]:
    """The kind of each name, one for all its uses: a `SourceKind` value, "company", "place" or "thing".

    Method: titles, nouns beside it and words of the name decide; else votes of spaCy's labels and of the wording.
    """
    same: dict[tuple[str, ...], list[Name]] = {}
    for name in names:
        same.setdefault(name.words, []).append(name)
    titled = {words[-1] for words, group in same.items() if any(name.titles for name in group)}
    longer = {word for words in same if len(words) > 1 for word in words}
    return {
        words: _told(words, group, lexicon, text, titled)
        or _voted(words, group, lexicon, text, alone=len(words) == 1 and words[0] not in longer)
        for words, group in same.items()
    }


def _told(words: tuple[str, ...], names: list[Name], lexicon: Lexicon, text: str, titled: set[str]) -> str | None:
    """The kind that titles, nouns beside a name or words of it tell; None where they tell none."""
    if any(name.titles for name in names):
        return "person"
    if words[-1] in titled and len(words) > 1 and words[-1] not in lexicon.heads:
        return "person"
    if any(_noun_before(name, lexicon, "outlet") for name in names):
        return "outlet"
    if any(" & " in name.text for name in names) and _head(words, lexicon) is None:
        return "organisation"
    if len(words) > 1 and words[0] in lexicon.lists["outlets"]["openers"] and words[-1] not in lexicon.heads:
        return "outlet"
    article = any(name.article for name in names)
    head = _head(words, lexicon)
    if head == "thing" and words[-1] in lexicon.lists["platforms"]["names"] and _acts(names):
        return "organisation"
    human = len(words) == 2 and words[0] in lexicon.given and head in ("place", "thing", "outlet")
    if human and (_human(names) or any(_is_described(name, lexicon, text) for name in names)):
        return "person"  # "Helen Park, its chief executive"
    if head is not None and (len(words) > 1 or (head not in ("outlet", "place")) or article):
        return head
    if any(_noun_before(name, lexicon, "organisation") for name in names):
        return "organisation"
    if any(_is_described(name, lexicon, text) for name in names):
        return "person"
    return None


def _head(words: Sequence[str], lexicon: Lexicon) -> str | None:
    """The kind that a word of the name tells: the last, or the first before "of" or "for"."""
    if words[0] in lexicon.lists["state_openers"] and words[-1] in lexicon.lists["state_heads"]:
        return "government"
    if len(words) > 2 and {"of", "for", "on"} & set(words):
        first = next(
            (lexicon.heads.get(w) for w in words[: words.index(_joint(words))][::-1] if w in lexicon.heads), None
        )
        if first is not None:
            return first
    opens = words[0] in lexicon.lists["body_openers"] and words[0] not in lexicon.given
    if len(words) > 1 and opens and words[-1] not in lexicon.heads:
        return "organisation"
    return lexicon.heads.get(words[-1])


def _joint(words: Sequence[str]) -> str:
    return next(w for w in words if w in ("of", "for", "on"))


def _noun_before(name: Name, lexicon: Lexicon, sort: str) -> bool:
    """ "The daily Tribune Verte", "the news agency Halyard", "the website Agora"."""
    sorts = _sorts_before(name, lexicon)
    return sort in sorts and not sorts & {"unnamed", "office", "document"}


def _sorts_before(name: Name, lexicon: Lexicon) -> frozenset[str]:
    """What the noun right before a name can describe."""
    before = _word_before(name)
    if before is None or (before.i and before.nbor(-1).lower_ == "this"):
        return frozenset()
    sorts = lexicon.nouns.get(before.lower_, frozenset())
    return sorts if before.tag_ in ("NN", "JJ") or "outlet" in sorts else frozenset()


def _word_before(name: Name) -> Token | None:
    """The word in small letters right before a name, if there is one; an article that belongs to the name is none."""
    at = name.first.token.i
    if not at or name.first.opens or name.first.norm == "The":
        return None
    before = name.first.token.nbor(-1)
    if before.lower_ == "the" and before.text == "The" and at > 1:
        before = before.nbor(-1)
    return before if before.is_lower else None


def _is_described(name: Name, lexicon: Lexicon, text: str) -> bool:
    """Whether an age, a post or "who" stands behind it: "Marit Solbakk, the UN envoy"."""
    if _is_apposed(name, lexicon) or _sorts_before(name, lexicon) & {"unnamed", "office", "epithet"}:
        return True
    after = text[name.span.end : name.span.end + 6]
    if _AGED.match(after) or after.startswith((", who", " who ")):
        return True
    if not after.startswith(", "):
        return False
    for token in _following(name.last.token, 9):
        if token.text in (",", ".", ";", "and") or token.tag_ in ("VBD", "VBZ", "VBP"):
            return False
        if lexicon.nouns.get(token.lower_, frozenset()) & {"unnamed", "office"}:
            return True
    return False


def _is_apposed(name: Name, lexicon: Lexicon) -> bool:
    """ "Its information minister, Tekle Omar": a post stands right before."""
    token = name.first.token
    if token.i < 2 or token.nbor(-1).text != ",":
        return False
    return bool(lexicon.nouns.get(token.nbor(-2).lower_, frozenset()) & {"unnamed", "office"})


def _following(token: Token, number: int) -> list[Token]:
    last = token.i + 2 if token.i + 1 < len(token.doc) and token.nbor(1).text == "," else token.i + 1
    return list(token.doc[last : last + number])


def _voted(words: tuple[str, ...], names: list[Name], lexicon: Lexicon, text: str, *, alone: bool) -> str:
    """The kind that most speaks for. `alone`: one word that no longer name holds.

    The press gives people in full where it first names them, so that such a word is seldom somebody's name.
    """
    labels = [w.token.ent_type_ for name in names for w in (name.first, name.last)]
    article = any(name.article and not _modifies(name) for name in names)
    share = 2.0 / len(labels)
    votes = {
        "person": share * labels.count("PERSON"),
        "organisation": share * (labels.count("ORG") + labels.count("NORP")),
        "place": share * (labels.count("GPE") + labels.count("LOC") + labels.count("FAC")),
        "thing": 0.4 + share * sum(labels.count(x) for x in ("LAW", "EVENT", "PRODUCT", "WORK_OF_ART")),
    }
    votes["person"] += (2.0 if words[0] in lexicon.given else 0.0) + (1.0 if len(words) in (2, 3) else 0.0)
    votes["person"] -= 2.0 if article else 0.0
    votes["organisation"] += (2.0 if article else 0.0) + _worded(names, text)
    votes["organisation"] += 3.0 if words[0].isupper() and len(words) == 1 and len(words[0]) > 1 else 0.0
    votes["place"] += _located(names) - (0.7 if len(words) == 2 else 0.0)
    votes["person"] += _human(names) + (1.6 if len(words) == 2 and not article and _speaks(names) else 0.0)
    bargains = _bargains(names)
    if alone and words[0] not in lexicon.given and not _human(names) and set(labels) != {"PERSON"}:
        votes["person"] *= _LONE
        votes["organisation"] += 1.5 * bargains
    if votes["place"] >= max(votes.values()) and not article and (_speaks(names) or bargains):
        return "government"
    return max(votes, key=lambda kind: votes[kind]) if max(votes.values()) > 0.4 else "thing"


def _modifies(name: Name) -> bool:
    """ "The Adré crossing": the article is the noun's."""
    token = name.last.token
    return token.i + 1 < len(token.doc) and token.nbor(1).tag_ in ("NN", "NNS") and not name.last.possessive


def _worded(names: list[Name], text: str) -> float:
    """Votes for a body: it has a board or makes a bid, or somebody is its chairman."""
    owns = any(name.last.possessive and _next_word(name, text) in _OWNED for name in names)
    led = any(_is_of_office(name) for name in names)
    traded = any(_is_traded(name) for name in names)
    return 2.0 * owns + 2.0 * led + 3.0 * traded + 2.0 * (_is_it(names) and not _located(names)) + 0.5 * _speaks(names)


def _is_traded(name: Name) -> bool:
    """ "Shares in X", "a stake in X", "staff at X"."""
    token = name.first.token
    if token.i < 2 or token.nbor(-1).lower_ not in ("in", "at", "of", "by"):
        return False
    return token.nbor(-2).lower_ in (_STAKES if token.nbor(-1).lower_ in ("in", "of") else _STAFF)


def _is_it(names: list[Name]) -> bool:
    """Whether it goes on as "it": "Norvalia said it had no plans"."""
    for name in names:
        token = name.last.token
        after = [t.lower_ for t in _following(token, 12) if t.dep_ in ("nsubj", "nsubjpass", "poss")]
        reports = token.dep_ == "nsubj" and (token.head.lemma_ in _SPEAKS or token.head.lemma_ in _COMMITS)
        if reports and after[:1] in (["it"], ["its"]):
            return True
    return False


def _next_word(name: Name, text: str) -> str:
    return text[name.span.end + 2 : name.span.end + 40].strip().split(" ")[0].strip(".,;").casefold()


def _is_of_office(name: Name) -> bool:
    """ "The vice chairman of X", "members of X"."""
    token = name.first.token
    if token.i < 2 or token.nbor(-1).lower_ != "of":
        return False
    return token.nbor(-2).lower_.endswith(("chairman", "chief", "executive", "boss", "members", "director", "workers"))


def _located(names: list[Name]) -> float:
    """Votes for a place: something is in or near it, or comes from it."""
    before = [n.first.token.nbor(-1).lower_ for n in names if n.first.token.i > 0 and not n.last.possessive]
    within = sum(word in _WHERE for word in before) / len(names)
    return 1.5 * within + (1.5 if within else 0.0) + 0.8 * sum(word in _LOOSELY_WHERE for word in before) / len(names)


def _human(names: list[Name]) -> float:
    """Votes for a person: does what only people do, or goes on as "he" or "she"."""
    votes = 0.0
    for name in names:
        token = name.last.token
        if token.dep_ == "nsubj" and token.head.lemma_ in _HUMAN:
            votes += 1.5
        after = [t.lower_ for t in _following(token, 30) if t.dep_ in ("nsubj", "poss")]
        if token.dep_ == "nsubj" and after[:1] in (["he"], ["she"], ["his"], ["her"]):
            votes += 1.0
    return min(votes, 3.0)


def _acts(names: list[Name]) -> bool:
    """Whether it says or announces something itself."""
    tellings = _SPEAKS | _COMMITS
    return any(n.last.token.dep_ == "nsubj" and n.last.token.head.lemma_ in tellings for n in names)


def _bargains(names: list[Name]) -> bool:
    """Whether it does what parties to talks do."""
    acts = _COMMITS | _BARGAINS
    return any(n.last.token.dep_ == "nsubj" and n.last.token.head.lemma_ in acts for n in names)


def _speaks(names: list[Name]) -> bool:
    """Whether it says something: two words that do are mostly a person, and a place that does is its government."""
    return any(n.last.token.dep_ == "nsubj" and n.last.token.head.lemma_ in _SPEAKS for n in names)
