"""Where an article speaks of a plan, and of which: the one on the table, an older one, a rival's, an offer apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Token

from reportedly.reading.draft import Draft
from reportedly.reading.parse import Sentence, place_all
from reportedly.reading.plans_makers import owner_of
from reportedly.reading.terms_marks import total_of
from reportedly.reading.terms_words import number_of, words
from reportedly.records import Act, Span

_EN = "en"
MAIN, OLD, RIVAL, SIDE = "main", "old", "rival", "side"
_UNITS = "point|phase|step|stage|chapter|paragraph|article|clause|pillar|part"
_COUNT = re.compile(rf"(?P<n>[A-Za-z]+|\d{{1,2}})\s?[-–]\s?(?:{_UNITS})\b")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_LONG_AGO = re.compile(r"^(?:\s[A-Z]\w+)?\s(?:in|of)\s(?P<year>(?:18|19|20)\d\d)\b")
_IDIOMS = re.compile(
    r"\bof (?:its|their|his|her|my|our|your)(?: own)? accord\b|\b(?:tak(?:e|es|en|ing)|took) (?:\w+ )?notes?\b"
    r"|\bon paper\b|\bin (?:a|another|the latest) bid to\b"
    r"|\b(?:sheets?|pieces?|scraps?) of paper\b|\bversions? of events\b|\bversion, in which\b"
    r"|\b(?:no|any|good|great|big) deal of\b|\bdeals?(?: \w+ly)? with\b|\bthe short version\b|\bno plans?\b",
    re.I,
)
_PUBLISHED = re.compile(
    r"^,?\s(?:(?:that|which) (?:was |were )?)?(?:first |originally )?"
    r"(?:published|reported|revealed|disclosed|described|leaked|printed|outlined)\b[^.;]{0,60}",
    re.I,
)
_EARLIER = re.compile(
    r"\b(?:last (?:\w+)|earlier|first|in (?:January|February|March|April|May|June|July|August))\b", re.I
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DATED = re.compile(
    rf"^\s(?:of|dated|from)\s(?:(?P<day>\d{{1,2}})\s)?(?P<month>{'|'.join(_MONTHS)})(?:\s(?P<after>\d{{1,2}}))?\b", re.I
)
_AHEAD = 100
"""Tokens behind a plan's name that are looked at: no pattern reaches further."""
_GENERAL = frozenset({"a", "an", "any", "no", "such", "every", "each", "neither", "either", "some", "another"})
_BLOCKING = (Act.OFFER, Act.PROMISE, Act.PROPOSE)


@dataclass(frozen=True, slots=True)
class PlanMention:
    """A noun phrase that speaks of a plan.

    `label` says of which: main, old, rival, side (a letter beside the plan), `own:PARTY:NOUN` for a party's own offer,
    `given:ROLE:NAME` for a plan of the dossier. `newer` is a sign of a later version on it; `date` is (month, day)
    where the phrase is dated.
    """

    head: Token
    span: Span
    name: str
    label: str
    newer: bool
    counted: int | None
    sentence: int
    strong: bool = True
    definite: bool = True
    date: tuple[int, int] | None = None

    @property
    def own(self) -> bool:
        """Whether it is an offer of a party's own, apart from the plan."""
        return self.label.startswith("own:")


def own_label(party: str, noun: str) -> str:
    """The label of a party's own offer; a bid, an offer and a proposal of one party are one."""
    return f"own:{party}:{'bid' if noun == 'bid' else 'offer'}"


def given_label(name: str, role: str) -> str:
    """The label of a plan that the dossier names and that has taken the place of the one of a role."""
    return f"given:{role.partition(':')[0]}:{name}"


def role_of(label: str) -> str:
    """Main, old, rival, side or own, whatever name the dossier gives it; else `other`."""
    kind, _, rest = label.partition(":")
    return rest.partition(":")[0] if kind == "given" else kind


def plan_mentions(draft: Draft) -> tuple[PlanMention, ...]:
    """Every mention of a plan in the article's prose, in order.

    Method: nouns of `plans.toml`, without idioms, newspapers, treaties of old and what is wished for in general ("a
    deal"); then versions by "first", "revised", their dates and who published them; offers by whose they are.
    """
    used = _used_as_plans(draft)
    found = [
        mention
        for sentence in draft.parse.sentences
        for token in sentence.tokens
        if _names_plan(token, used) and (mention := _mention(token, sentence, draft)) is not None
    ]
    found = _without_sides(found)
    found = _dated(_told_apart(found, draft))
    return tuple(_given(found, draft))


def _used_as_plans(draft: Draft) -> frozenset[str]:
    """Nouns such as "sheet" of which the article says once that one was drafted or sent, or that it had six points."""
    nouns = words(_EN, "plans", "by_use")
    tokens = (t for s in draft.parse.sentences for t in s.tokens if t.pos_ == "NOUN" and t.lemma_.casefold() in nouns)
    return frozenset(t.lemma_.casefold() for t in tokens if t.dep_ != "compound" and (_count(t) or _is_put(t)))


def _is_put(token: Token) -> bool:
    """Whether somebody drafts, tables or hands it over: no reply that is merely given, no list that is merely made."""
    acts = words(_EN, "plans", "putting")
    clauses = [c for c in token.children if c.dep_ in ("acl", "relcl")]
    return any(c.lemma_ in acts for c in clauses) or (token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_ in acts)


def _names_plan(token: Token, used: frozenset[str]) -> bool:
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound":
        return False
    lemma = token.lemma_.casefold()
    if lemma in used:
        return token.tag_ in ("NN", "NNP") and any(c.dep_ in ("det", "poss") for c in token.children)
    return (lemma in words(_EN, "plans", "plans") and lemma not in words(_EN, "plans", "never")) or lemma.startswith(
        "counter-"
    )


def _mention(token: Token, sentence: Sentence, draft: Draft) -> PlanMention | None:
    modifiers = [c for c in token.children if c.i < token.i]
    lower = {t.lower_ for m in modifiers for t in m.subtree}
    counted = _count(token)
    weak = token.lemma_.casefold() in words(_EN, "plans", "weak") | words(_EN, "plans", "by_use")
    label = _version(token, lower, draft)
    if (
        not counted
        and label != RIVAL
        and (_means_otherwise(token, modifiers, draft) or _in_general(token, modifiers, weak))
    ):
        return None
    start = min([token.i, *(m.left_edge.i for m in modifiers)])
    definite = not any(c.lower_ in _GENERAL for c in modifiers if c.dep_ == "det")
    return PlanMention(
        head=token,
        span=place_all(token.doc[start : token.i + 1]),
        name=_name(token),
        label=label,
        newer=bool(lower & words(_EN, "plans", "newer")),
        counted=counted,
        sentence=sentence.index,
        strong=bool(counted) or not (weak or token.tag_ in ("NNS", "NNPS")),
        definite=definite,
        date=_date(token, modifiers),
    )


def _means_otherwise(token: Token, modifiers: list[Token], draft: Draft) -> bool:
    """An idiom, a newspaper, a verb taken for a noun, a treaty or a plan of another year."""
    sent = token.sent
    at = token.idx - sent.start_char
    if any(m.start() <= at < m.end() for m in _IDIOMS.finditer(sent.text)):
        return True
    if token.lower_ in ("paper", "papers") and _is_newspaper(token, modifiers):
        return True
    if any(_YEAR.fullmatch(c.text) for c in modifiers):
        return True
    ago = _LONG_AGO.match(_after(token))
    published = int((draft.document.published or "9999")[:4])
    return ago is not None and int(ago["year"]) < published


def _after(token: Token) -> str:
    """The words behind a token, as many as any pattern asks for: those of a whole article would cost too much."""
    return token.whitespace_ + "".join(t.text_with_ws for t in token.doc[token.i + 1 : token.i + 1 + _AHEAD])


def _is_newspaper(token: Token, modifiers: list[Token]) -> bool:
    """ "The paper reports", "as one German paper had it": but not "the paper says that the army must go"."""
    telling = token.head.lemma_ in words(_EN, "terms", "report_verbs")
    local = any(c.ent_type_ == "NORP" or c.lower_ in ("one", "daily", "local") for c in modifiers)
    if token.dep_ not in ("nsubj", "pobj") or not (telling or (local and token.head.lemma_ in ("have", "hear"))):
        return False
    if local:
        return True
    content = any(c.dep_ == "ccomp" and c.i > token.i for c in token.head.children)
    the = any(c.lower_ == "the" for c in modifiers)
    return the and not (content and token.head.lemma_ in ("say", "state", "read"))


def _in_general(token: Token, modifiers: list[Token], weak: bool) -> bool:
    """What is hoped for or ruled out in general: "a peace deal", "without agreement", "any truce"."""
    if not weak and token.lemma_.casefold() not in words(_EN, "plans", "hoped"):
        return any(c.dep_ == "det" and c.lower_ in ("no", "any") for c in modifiers)
    determiners = [c for c in modifiers if c.dep_ in ("det", "poss")]
    if token.lemma_.casefold() == "truce" and not any(c.ent_type_ in ("NORP", "GPE") for c in modifiers):
        return not _made(token)  # a truce is a term of a plan
    if token.tag_ in ("NNS", "NNPS") and not determiners:
        return not _made(token)
    told = [c for c in modifiers if c not in determiners and c.lower_ not in words(_EN, "plans", "vague")]
    if any(c.dep_ not in ("punct", "case") for c in told) and not {c.lower_ for c in determiners} & {"no", "any"}:
        return False
    general = not determiners or any(c.lower_ in _GENERAL for c in determiners)
    return general and not _made(token)


def _made(token: Token) -> bool:
    """Whether somebody makes or sends it there: "floated a settlement", "a letter drafted by"."""
    makers = words(_EN, "plans", "makers")
    made = any(c.dep_ in ("acl", "relcl") and c.lemma_ in makers for c in token.children)
    return made or (token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_ in makers)


def _count(token: Token) -> int | None:
    """The N of "N-point plan", tokenised in one piece or in three."""
    match = _COUNT.search(token.doc[max(0, token.i - 6) : token.i].text)
    return number_of(match["n"]) if match else None


def _version(token: Token, lower: set[str], draft: Draft) -> str:
    """Main, old or rival, by the words at the noun."""
    lemma = token.lemma_.casefold()
    before = token.doc[max(0, token.i - 2) : token.i].text.casefold()
    if lemma.startswith("counter") or before.startswith("counter") or lower & words(_EN, "plans", "rival"):
        return RIVAL
    if lower & words(_EN, "plans", "older") and lemma in words(_EN, "plans", "versions"):
        return OLD
    after = _PUBLISHED.match(_after(token))
    if after is not None and lemma in words(_EN, "plans", "versions") and _EARLIER.search(after.group()):
        return OLD
    return MAIN


def _date(token: Token, modifiers: list[Token]) -> tuple[int, int] | None:
    """The month, and the day or 0, of "the August draft" or "the letter of 12 May"."""
    for modifier in modifiers:
        if modifier.lower_ in _MONTHS:
            return _MONTHS.index(modifier.lower_) + 1, 0
    match = _DATED.match(_after(token))
    if match is None:
        return None
    return _MONTHS.index(match["month"].casefold()) + 1, int(match["day"] or match["after"] or 0)


def _name(token: Token) -> str:
    """The noun with its compounds, without articles, pronouns and the press's colour: "seven-point plan"."""
    colour = words(_EN, "plans", "colour")
    before = [t for t in token.doc[max(0, token.i - 7) : token.i] if _belongs(t, token) and t.lower_ not in colour]
    name = "".join(t.text_with_ws for t in [*before, token]).strip().lstrip("\"“”'‘’ -–")
    counted = re.search(rf"(?:[A-Za-z]+|\d{{1,2}})[-–](?:{_UNITS})\b.*", name)
    name = counted.group() if counted else name
    left = token.doc[max(0, token.i - 2) : token.i].text
    return left + name if left.casefold() == "counter-" and not name.startswith(left) else name


def _belongs(token: Token, head: Token) -> bool:
    branch = token
    while branch.head != head and branch.head != branch:
        branch = branch.head
    kinds = ("compound", "amod", "nummod", "nmod", "punct")
    return branch.head == head and branch.dep_ in kinds and not _quoting(token)


def _quoting(token: Token) -> bool:
    return token.is_quote or token.text in ("“", "”", "‘")


def _without_sides(found: list[PlanMention]) -> list[PlanMention]:
    """Letters, notes and annexes beside a plan get a label of their own."""
    beside = words(_EN, "plans", "beside")
    counted = {m.head.lemma_.casefold() for m in found if m.counted or _points_in(m)}
    others = [m for m in found if m.label == MAIN and m.head.lemma_.casefold() not in beside]

    def side(mention: PlanMention) -> bool:
        lemma = mention.head.lemma_.casefold()
        main = bool(others) if lemma in ("letter", "note") else any(m.strong for m in others)
        named = lemma not in beside or lemma in counted or (mention.definite and lemma.startswith("memo"))
        return mention.label == MAIN and not named and (main or bool(counted - beside))

    return [replace(m, label=SIDE) if side(m) else m for m in found]


def _points_in(mention: PlanMention) -> bool:
    """Whether the mention's own clause counts its points: "the letter runs to nine numbered points"."""
    return mention.head.dep_ in ("nsubj", "nsubjpass") and bool(total_of(mention.head.sent.text))


def _told_apart(found: list[PlanMention], draft: Draft) -> list[PlanMention]:
    """Offers that another party than the plan's makers has made get a label of their own."""
    owned = [(m, owner_of(m.head, draft)) for m in found]
    makers = Counter(p for m, owner in owned if m.label == MAIN and (m.counted or _points_in(m)) for p in owner)
    first = next((i for i, m in enumerate(found) if m.label == MAIN and m.counted), None)
    brought = first is not None and not found[first].definite and first > 0
    out = []
    for at, (mention, owner) in enumerate(owned):
        early = brought and first is not None and at < first
        out.append(_apart(mention, owner, makers, early, draft))
    bids = {m.label for m in out if m.label.endswith(":bid")}
    if len(bids) != 1:
        return out
    label = next(iter(bids))  # "the bid", where one party alone has made one
    return [replace(m, label=label) if m.head.lemma_ == "bid" and m.label == MAIN and m.definite else m for m in out]


def _apart(
    mention: PlanMention, owner: tuple[str, ...], makers: Counter[str], early: bool, draft: Draft
) -> PlanMention:
    lemma = mention.head.lemma_.casefold()
    if mention.label != MAIN or mention.counted or lemma not in words(_EN, "plans", "offers"):
        return mention
    if not owner and early and mention.definite:
        owner = _offerers_before(mention, draft)
    if len(owner) != 1:
        return mention
    strange = bool(makers) and owner[0] not in makers
    strange = strange or any(c.lower_ == "own" for c in mention.head.children)
    if lemma == "bid" or strange or early:
        return replace(mention, label=own_label(owner[0], lemma))
    return mention


def _offerers_before(mention: PlanMention, draft: Draft) -> tuple[str, ...]:
    """A party of the sentence that was told before to have made an offer: "the proposal is the first sign he gives"."""
    sentence = draft.parse.sentences[mention.sentence]
    here = draft.mentions.parties_in(sentence.span)
    kept: list[str] = []
    for statement in draft.statements:
        if statement.act in _BLOCKING and statement.content and statement.content[0].end <= mention.span.start:
            span = statement.source[0] if statement.source else _subject_before(statement.cue, draft)
            if span is not None:
                kept += [p for p in draft.mentions.parties_in(span) if p in here and p not in kept]
    return tuple(kept[:1])


def _subject_before(cue: tuple[Span, ...], draft: Draft) -> Span | None:
    token = next(iter(draft.parse.tokens_in(cue[0])), None) if cue else None
    subject = next((c for c in token.children if c.dep_ == "nsubj"), None) if token is not None else None
    return place_all(list(subject.subtree)) if subject is not None else None


def _dated(found: list[PlanMention]) -> list[PlanMention]:
    """Of papers of several dates the earlier are older; so is one of a month ("the May draft") beside a newer one."""
    dates = sorted({m.date for m in found if m.date is not None})
    newer = any(m.newer and m.date is None for m in found)
    alone = len(dates) == 1 and newer and dates[0][1] == 0
    old = set(dates if alone else dates[:-1])

    def is_old(mention: PlanMention) -> bool:
        changed = newer and mention.head.dep_ in ("dobj", "nsubjpass") and _is_changed(mention.head)
        return mention.label in (MAIN, SIDE) and not mention.newer and (mention.date in old or changed)

    return [replace(m, label=OLD) if is_old(m) else m for m in found]


def _is_changed(head: Token) -> bool:
    """Whether the plan is what somebody rewrites: beside the new text it is the old one."""
    return head.head.lemma_ in words(_EN, "plans", "changing")


def _given(found: list[PlanMention], draft: Draft) -> list[PlanMention]:
    """Plans that the dossier names: their mentions, and the others of what they were put together with."""
    for entry in draft.dossier.plans:
        general = entry.name.casefold() in words(_EN, "plans", "plans")  # "draft" would be every plan's name
        spans = _called(draft, entry.aliases if general else (entry.name, *entry.aliases))
        if spans:
            found = _labelled(found, spans, entry.name, draft)
    return sorted(found, key=lambda m: m.span)


def _called(draft: Draft, names: Iterable[str]) -> list[Span]:
    texts = ("".join(r"\s+" if c.isspace() else re.escape(c) for c in " ".join(n.split())) for n in names)
    every = re.compile(r"(?<!\w)(?:" + "|".join(sorted(texts, key=len, reverse=True)) + r")(?!\w)", re.I)
    return [Span(m.start(), m.end()) for m in every.finditer(draft.parse.text) if m.end() > m.start()]


def _labelled(found: list[PlanMention], spans: list[Span], name: str, draft: Draft) -> list[PlanMention]:
    called = {m.span for m in found if any(m.span.meets(s) for s in spans)}
    meant = {m.label for m in found if m.span in called and not m.label.startswith("given:")}
    label = given_label(name, MAIN if MAIN in meant else next(iter(sorted(meant)), "other"))
    out = [replace(m, label=label) if m.label in meant or m.span in called else m for m in found]
    for span in spans:
        if any(m.span.meets(span) for m in out):
            continue
        tokens = [t for t in draft.parse.tokens_in(span) if not t.is_punct]
        sentence = draft.parse.sentence_at(span.start)
        if tokens and sentence is not None:
            head = tokens[-1]
            out.append(PlanMention(head, span, span.of(draft.parse.text), label, False, None, sentence.index))
    return out
