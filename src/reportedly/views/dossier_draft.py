"""A dossier drafted from readings, for a person to correct: what was found, how often and where, as TOML."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reportedly.reading.language import load_lists
from reportedly.reading.roster import Sort, load_roster
from reportedly.records import Plan, Reading, Source, SourceKind, Topic
from reportedly.views import wording
from reportedly.views.from_reading import Filler
from reportedly.views.pages import Place

_BODIES = (SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
_KINDS = {SourceKind.PERSON: "person", SourceKind.OUTLET: "outlet"} | dict.fromkeys(_BODIES, "party")
_SORTS = {Sort.PERSON: "person", Sort.OUTLET: "outlet", Sort.TOWN: "", Sort.REGION: ""}
_SMALL = frozenset({"of", "for", "and", "the", "de", "al", "el", "bin", "van", "von"})
_ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her|this|that|these|those)\s+", re.I)
_COUNTED = re.compile(r"(?:both|all|either|two|three|four|five|six|\d+)\b", re.I)
_COMMON = re.compile(r"[a-zà-ÿ][a-zà-ÿ'’ -]*")  # "students"
_FEW = 2
_POSSESSED = re.compile(r"['’]s?$")
_HEAD = """\
# A dossier drafted from {articles}.
# Correct it and pass it on: reportedly add ARTICLES --ledger talks.db --dossier THIS_FILE
# What stands here outweighs what an article seems to say: take out what is wrong, join what is one, add what lacks.
# Lines that begin with # are remarks. What was seen once only is a remark as well: take the # away to use it.
"""


@dataclass
class Seen:
    """A name, how often it was found doing what, where, and under which other words."""

    name: str
    doing: Counter[str] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    party: Counter[str] = field(default_factory=Counter)
    authors: Counter[str] = field(default_factory=Counter)

    @property
    def often(self) -> int:
        return sum(self.doing.values())

    def take(self, other: Seen) -> None:
        """Have what was found under another name too."""
        self.doing.update(other.doing)
        self.places += other.places
        self.forms.update(other.forms)

    def note(self, what: str, place: Place) -> None:
        self.doing[what] += 1
        self.places.append(place)


class Findings:
    """All names of some readings, by what they are: party, person, outlet, plan, topic; or not known."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.articles = 0
        self.kinds: dict[str, Counter[str]] = {}
        self.names: dict[str, Seen] = {}
        self.plans: dict[str, Seen] = {}
        self.topics: dict[Topic, Seen] = {}
        for reading in readings:
            self.articles += 1
            self._read(Filler(reading))
        self._join()

    def of(self, kind: str) -> list[Seen]:
        """The names of one kind, the most frequent first."""
        found = [seen for seen in self.names.values() if self.kind(seen.name) == kind]
        return sorted(found, key=lambda seen: (-seen.often, seen.name))

    def kind(self, name: str) -> str:
        """party, person or outlet; `unsure` where nothing tells, or what should be a name is none."""
        if _COMMON.fullmatch(name) or name.partition(" ")[0].casefold() in _PRONOUNS:
            return "unsure"
        known = load_roster("en").get(name)
        if known is not None and known.sort is not None:
            return _SORTS.get(known.sort, "party")
        counted = self.kinds.get(name)
        if not counted:
            return "unsure"
        told = counted.most_common(1)[0][0]
        return "party" if told == "person" and self._deals(name) else told

    def _deals(self, name: str) -> bool:
        """Whether a name that was taken for a person's gives and gets as a party does, and speaks for none."""
        seen = self.names.get(name)
        if seen is None or seen.party:
            return False
        deals = seen.doing["gives"] + seen.doing["gets"]
        return deals > _FEW and deals > seen.doing["speaks"]

    def _join(self) -> None:
        """Put a part of a party's name with the whole of it, and an outlet's with "The" with that without."""
        parties = self.of("party")
        for short in parties:
            whole = [s for s in parties if s.name.startswith(short.name + " ") and short.name in s.forms]
            if len(whole) == 1 and load_roster("en").get(short.name) is None:
                whole[0].take(self.names.pop(short.name))
        for outlet in self.of("outlet"):
            bare = self.names.get(_ARTICLE.sub("", outlet.name))
            if bare is not None and bare is not outlet and self.kind(bare.name) == "outlet":
                bare.take(self.names.pop(outlet.name))

    def _read(self, article: Filler) -> None:
        reading = article.reading
        for source in reading.sources:
            if source.named and source.kind in _KINDS:
                self._source(source, article)
        for statement in reading.statements:
            links = {s.id: s for s in reading.sources}
            last = links.get(statement.chain[-1]) if statement.chain else None
            if last is not None and last.named and last.kind in _KINDS:
                self._name(last.name).note("speaks", article.place(statement.content))
        for term in reading.terms:
            for what, names in (("gives", term.gives), ("gets", term.gets)):
                self._parties(names, what, article.place(term.spans))
            self._topic(term.topic, "term", article.place(term.spans))
        for position in reading.positions:
            self._parties((position.party,), "wants", article.place(position.spans))
            self._topic(position.topic, "position", article.place(position.spans))
        for encounter in reading.encounters:
            for name in encounter.participants:
                self._name(name).note("meets", article.place(encounter.spans))
        for plan in reading.plans:
            self._plan(plan, article)

    def _name(self, name: str) -> Seen:
        return self.names.setdefault(name, Seen(name))

    def _is(self, name: str, kind: str) -> None:
        self.kinds.setdefault(name, Counter())[kind] += 1

    def _parties(self, names: tuple[str, ...], what: str, place: Place) -> None:
        for name in names:
            if name.endswith(" staff"):  # those who work for a party that is told by itself
                continue
            self._name(name).note(what, place)
            if name not in self.kinds:
                self._is(name, "party")

    def _source(self, source: Source, article: Filler) -> None:
        seen = self._name(source.name)
        self._is(source.name, _KINDS[source.kind])
        if source.party and source.party != source.name:
            seen.party[source.party] += 1
            self._is(source.party, "party")
            self._name(source.party)
        seen.forms.update(_bare(m.of(article.document.text)) for m in source.mentions)
        if source.kind is SourceKind.OUTLET and not seen.places and source.mentions:
            seen.note("is named", article.place(source.mentions[:1]))

    def _topic(self, topic: Topic, what: str, place: Place) -> None:
        self.topics.setdefault(topic, Seen(topic.value)).note(what, place)

    def _plan(self, plan: Plan, article: Filler) -> None:
        seen = self.plans.setdefault(" ".join(plan.name.casefold().split()), Seen(plan.name))
        for span in plan.spans:
            seen.note("is named", article.place((span,)))
            seen.forms[_bare(span.of(article.document.text))] += 1
        seen.authors.update(plan.authors)


def draft_dossier(readings: Iterable[Reading]) -> str:
    """The TOML text. It parses as a dossier as it stands, and names nothing that no article holds."""
    found = Findings(readings)
    lines = [_HEAD.format(articles=wording.articles(found.articles))]
    for kind, title in (("party", "Parties"), ("person", "People"), ("outlet", "Outlets")):
        lines += [f"# {title}", ""]
        entries = [line for seen in found.of(kind) if seen.often for line in _entry(kind, seen, found)]
        lines += entries or [f"# {wording.nothing_found(found.articles)}", ""]
    lines += [*_plans(found), *_topics(found), *_unsure(found)]
    return "\n".join(lines).rstrip() + "\n"


def _entry(kind: str, seen: Seen, found: Findings) -> Iterator[str]:
    aliases, others = _forms(seen, found)
    yield from _where(seen, found.articles)
    if others:
        yield _remark(f"also called here: {'; '.join(others)}")
    body = [f"[[{kind}]]", f"name = {_quoted(seen.name)}", f"aliases = {_list(aliases)}"]
    if kind == "person":
        party = seen.party.most_common(1)[0][0] if seen.party else ""
        body.append(f"party = {_quoted(party)}" if party else '# party = ""')
    yield from body if seen.often > 1 else (f"# {line.removeprefix('# ')}" for line in body)
    yield ""


def _where(seen: Seen, articles: int) -> Iterator[str]:
    """How often, in how many articles, and the first place."""
    number = len({(place.article, place.outlet) for place in seen.places})
    doing = ", ".join(f"{what} {times}" for what, times in sorted(seen.doing.items()))
    yield _remark(f"{wording.count(seen.often, 'time')} in {number} of {wording.articles(articles)}: {doing}")
    if seen.places:
        first = min(seen.places, key=lambda place: (place.published or "9", place.article, place.spans))
        yield _remark(f"first: {wording.whence(first)}: {_short(first.sentence)}")


def _forms(seen: Seen, found: Findings) -> tuple[list[str], list[str]]:
    """Names it goes by, and other words for it. What the roster has already, or two share, is no alias."""
    aliases, others = [], []
    for form, times in seen.forms.most_common():
        if not form or _COUNTED.match(form) or form.casefold() == seen.name.casefold() or form.casefold() in _PRONOUNS:
            continue
        if _is_name(form) and not (_known(form, seen) or _shared(form, seen, found) or _is_office(form)):
            aliases.append(form)
        elif not _known(form, seen):
            others.append(f"{form} ({times})" if times > 1 else form)
    return aliases, others


_PRONOUNS = frozenset(
    [
        *(
            "i",
            "we",
            "you",
            "he",
            "she",
            "it",
            "they",
            "me",
            "us",
            "him",
            "her",
            "them",
            "who",
            "whose",
            "which",
            "one",
        ),
        *("my", "our", "your", "his", "hers", "its", "their", "theirs", "this", "that", "these", "those", "himself"),
        *("herself", "itself", "themselves", "mine", "ours", "what"),
    ]
)


def _is_name(form: str) -> bool:
    """Whether every word but the small ones begins as a name does: "Harbour Post", not "Albion’s chief executive"."""
    words = form.split()
    return len(words) <= 5 and all(w in _SMALL or w[:1].isupper() or w[:1].isdigit() for w in words) and _worded(form)


def _worded(form: str) -> bool:
    return form[:1].isalnum() and not re.search(r"['’]s\b|[,;:\"“”\n]", form)


def _known(form: str, seen: Seen) -> bool:
    """Whether the reader knows it for this name without being told: by the roster, or as a person's surname."""
    known = load_roster("en").get(form)
    if known is None and form.isupper():
        known = load_roster("en").get(form.title())
    return (known is not None and known.name == seen.name) or form.split()[-1] == seen.name.split()[-1]


def _is_office(form: str) -> bool:
    """Whether it is an office, which others hold elsewhere: "Prime Minister", "Minister of Foreign Affairs"."""
    head = re.split(r"\s(?:of|for|to|on)\s", form.casefold())[0].split()[-1]
    return head in load_lists("en", "encounters")["nouns"]["somebody"]


def _shared(form: str, seen: Seen, found: Findings) -> bool:
    return any(
        other is not seen and (form in other.forms or form.casefold() == other.name.casefold())
        for other in found.names.values()
    )


def _plans(found: Findings) -> Iterator[str]:
    yield from ("# Plans", "")
    if not found.plans:
        yield from (f"# {wording.nothing_found(found.articles)}", "")
    for seen in sorted(found.plans.values(), key=lambda s: (-s.often, s.name)):
        forms = [f for f in dict(seen.forms.most_common()) if f.casefold() != seen.name.casefold()]
        aliases = [f for f in forms if " " in f and _worded(f) and len(f.split()) <= 6 and not _COUNTED.match(f)]
        yield from _where(seen, found.articles)
        others = [f for f in forms if f not in aliases and f.casefold() not in _PRONOUNS]
        if others:
            yield _remark(f"also called here: {'; '.join(others)}")
        authors = list(seen.authors)
        body = ["[[plan]]", f"name = {_quoted(seen.name)}", f"aliases = {_list(aliases)}"]
        body.append(f"authors = {_list(authors)}" if authors else "# authors = []")
        general = " " not in seen.name and not aliases  # "draft" names none in particular
        yield from (f"# {line.removeprefix('# ')}" for line in body) if general else body
        yield ""


def _topics(found: Findings) -> Iterator[str]:
    yield from ("# Topics found, of those that every negotiation is read for", "")
    for topic, seen in sorted(found.topics.items(), key=lambda pair: (-pair[1].often, pair[0].value)):
        yield _remark(
            f"{wording.topic(topic)}: {', '.join(wording.count(n, what) for what, n in sorted(seen.doing.items()))}"
        )
    if not found.topics:
        yield f"# {wording.nothing_found(found.articles)}"
    yield from ("", "# A topic of your own is told by a description and a few clauses about it:")
    yield from ("# [[topic]]", '# name = ""', '# description = ""')
    loose = found.topics.get(Topic.OTHER)
    clauses = list(dict.fromkeys(_short(place.words) for place in loose.places)) if loose else []
    yield _remark(f"examples = {_list(clauses[:5])}")
    yield ""


def _unsure(found: Findings) -> Iterator[str]:
    names = [seen for seen in found.of("unsure") if seen.often and seen.name.casefold() not in _PRONOUNS]
    if names:
        yield "# Met somebody, and may be parties or people:"
        for seen in names:
            yield from (_remark(seen.name), *_where(seen, found.articles))


def _bare(words: str) -> str:
    """A mention without its article and its possessive ending."""
    return _POSSESSED.sub("", _ARTICLE.sub("", " ".join(words.split())))


def _short(words: str, most: int = 160) -> str:
    squeezed = " ".join(words.split())
    return squeezed if len(squeezed) <= most else squeezed[: most + 1].rpartition(" ")[0] + " …"


def _remark(words: str) -> str:
    """A comment of one line; TOML allows no control characters in it."""
    plain = "".join(c if c.isprintable() else " " for c in words)
    return f"# {plain}"


def _quoted(words: str) -> str:
    """A TOML basic string: JSON's escapes, and DEL and halves of characters, which TOML wants escaped or gone."""
    plain = "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= c <= "\udfff" else c for c in words)
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"
