"""Certainty: what the outlet and the last source vouch for, and on which words that rests.

Values are FactBank's (Saurí and Pustejovsky, 2009), one for the outlet and one for the last source of the chain.
Method: rules composed from the act, the reporting word, negation, modals, hedges, conditions and the chain; each gives
a Reason with the words it stands on, and the last reason given for a side decides it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Token

from reportedly.reading.cues import Cue, CueForm, lemmas_of, load_cues
from reportedly.reading.hedges import Hedge, find_hedges
from reportedly.reading.moods import left_open
from reportedly.reading.parse import Parse, place
from reportedly.reading.wording import Wording, find_wording
from reportedly.records import Act, Certainty, Reason, Source, SourceKind, Spans, Statement

ABOUT_CONTENT = frozenset({Act.ASSERT, Act.DENY, Act.BELIEVE, Act.WARN})
"""Acts whose certainty is about the content; that of the others is about the act."""

_OPEN = frozenset({Act.DEMAND, Act.ASK, Act.PROPOSE})
_NOT = {
    Certainty.CERTAIN: Certainty.CERTAIN_NOT,
    Certainty.PROBABLE: Certainty.PROBABLE_NOT,
    Certainty.POSSIBLE: Certainty.POSSIBLE_NOT,
    Certainty.PROBABLE_NOT: Certainty.CERTAIN,
}
"""What a belief is worth when its word is negated: not to doubt is to be sure."""


def _reason(side: str, value: Certainty, rule: str, words: Spans) -> Reason:
    return Reason(side=side, value=value, rule=rule, words=words)


def find_certainty(
    statements: tuple[Statement, ...], sources: tuple[Source, ...], parse: Parse
) -> tuple[Statement, ...]:
    """The statements with both certainties filled in. Expects their acts and chains."""
    held: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.parent is not None:
            held.setdefault(statement.parent, []).append(statement)
    return tuple(_with_certainty(s, sources, parse, tuple(held.get(s.id, ()))) for s in statements)


def _with_certainty(
    statement: Statement, sources: tuple[Source, ...], parse: Parse, held: tuple[Statement, ...]
) -> Statement:
    reasons = explain_certainty(statement, sources, parse, held=held)
    last = {reason.side: reason.value for reason in reasons}
    return replace(statement, certainty_outlet=last["outlet"], certainty_source=last["source"], reasons=reasons)


def explain_certainty(
    statement: Statement, sources: tuple[Source, ...], parse: Parse, *, held: tuple[Statement, ...] = ()
) -> tuple[Reason, ...]:
    """Why a statement is as certain as it is, in the order in which the rules spoke.

    `held`: the statements within it. Who says flatly that somebody hinted at a thing vouches for the hint: hedges and
    conditions of a statement that is all the content says are that statement's own.
    """
    wording = find_wording(statement, parse)
    theirs = _said_by_another(wording, held)
    hedges = tuple(h for h in find_hedges(wording) if h.in_cue or not any(s.meets(h.span) for s in theirs))
    by_id = {source.id: source for source in sources}
    return (*_source_reasons(wording, hedges, theirs), *_outlet_reasons(wording, hedges, by_id))


def _said_by_another(wording: Wording, held: tuple[Statement, ...]) -> Spans:
    """The words of a statement within this one whose reporting word is the main word of the content."""
    if wording.root is None or wording.statement.act is not Act.ASSERT:
        return ()
    at = place(wording.root)
    main = (s for s in held if any(c.meets(at) for c in s.cue) and s.source)
    return tuple(span for s in main for span in (*s.cue, *s.content))


def _source_reasons(wording: Wording, hedges: tuple[Hedge, ...], theirs: Spans = ()) -> Iterator[Reason]:
    statement = wording.statement
    yield _reason("source", *_by_act(wording))
    if statement.act in _OPEN or statement.act is Act.REJECT:
        return
    if statement.act in ABOUT_CONTENT:
        yield from _of_cue(wording)
        yield from _of_condition(wording, theirs)
    yield from _of_hedges(wording, hedges)


def _by_act(wording: Wording) -> tuple[Certainty, str, Spans]:
    act, cue = wording.statement.act, wording.cue
    if act in _OPEN:
        return Certainty.UNCOMMITTED, f"to {act} is to leave it open", wording.statement.cue
    if act is Act.REJECT:
        return Certainty.CERTAIN_NOT, "what is rejected is not to be", wording.statement.cue
    if act is Act.DENY and cue is not None and cue.act in (Act.DENY, Act.REJECT) and not _calls_untrue(wording):
        return Certainty.CERTAIN_NOT, "the word itself denies", wording.statement.cue
    return Certainty.CERTAIN, "flat, as worded", wording.statement.content


def _calls_untrue(wording: Wording) -> bool:
    return any(t.lemma_.lower() in wording.lists["untrue"] for t in wording.cue_tokens)


def _of_cue(wording: Wording) -> Iterator[Reason]:
    cue, spans = _thinking(wording), wording.statement.cue
    if cue is None:
        return
    value = cue.certainty or Certainty.CERTAIN
    if cue.certainty is not None:
        yield _reason("source", value, f"{cue.text!r} is worth {value}", spans)
    if wording.cue_negated and wording.statement.act is Act.BELIEVE and value in _NOT:
        known = cue.factive  # not to know is to have no view
        value = Certainty.UNCOMMITTED if known else _NOT[value]
        yield _reason("source", value, "the reporting word is negated", spans)
    elif wording.unsaid and wording.statement.act is Act.ASSERT and not (cue.hearsay or left_open(wording)):
        yield _reason("source", Certainty.UNCOMMITTED, "it is told as not said", spans)
    elif _seeming(wording) and not wording.cue_negated:
        yield _reason("source", Certainty.PROBABLE, "it only seems so", spans)
    elif cue.form is CueForm.VERB and cue.text in wording.lists["pointing"] and wording.by_thing:
        yield _reason("source", Certainty.PROBABLE, "a sign of it is no proof", spans)


def _seeming(wording: Wording) -> bool:
    """Whether the cue ends with a word of seeming, or leads on from it: "he appeared | rattled", "seems to show"."""
    if wording.source and not wording.by_thing:
        return False
    tokens = wording.cue_tokens
    after = [*tokens[1:], None]
    return any(
        t.lemma_.lower() in wording.lists["appearing"] and (n is None or n.lower_ in ("to", "that"))
        for t, n in zip(tokens, after, strict=True)
    )


def _thinking(wording: Wording) -> Cue | None:
    """The word that says how sure the source is: the cue, or under "said she hoped" the verb within."""
    within = wording.statement.act is Act.BELIEVE and wording.cue is not None and wording.cue.act is Act.ASSERT
    if not within or wording.root is None:
        return wording.cue
    inner = (load_cues(wording.language).verb(lemma) for lemma in lemmas_of(wording.root))
    return next((cue for cue in inner if cue is not None), wording.cue)


def _of_condition(wording: Wording, theirs: Spans) -> Iterator[Reason]:
    found = condition(wording)
    if found is not None and not any(span.meets(place(found)) for span in theirs):
        yield _reason("source", Certainty.UNCOMMITTED, "it hangs on a condition", (place(found),))


def condition(wording: Wording) -> Token | None:
    """The word by which the content's main clause is made to hang on something, if it is."""
    heads = {wording.verb, *wording.thought}
    first = next((t for t in wording.content if t.is_alpha and t.lower_ != "that"), None)
    if first is not None and first.lower_ in wording.lists["opening_conditions"] and not _is_all_one(first):
        return first
    for token in wording.content:
        if (token.head.head in heads or (token.dep_ == "prep" and token.head in heads)) and _opens_condition(
            token, wording
        ):
            return token
    text = f" {wording.clause_text} "
    long = any(f" {phrase} " in text for phrase in wording.lists["condition_phrases"])
    return wording.clause[0] if long else None


def _is_all_one(first: Token) -> bool:
    """Whether a clause beside the main one only says that it makes no difference: "whether they come or not"."""
    main = first.head.head
    parted = any(c.text == "," and c.i > first.i for c in main.children)
    return first.lower_ == "whether" and first.head.dep_ == "advcl" and parted


def _opens_condition(token: Token, wording: Wording) -> bool:
    lists, before = wording.lists, token.nbor(-1).lower_ if token.i else ""
    if before == "even":  # "even if they were right"
        return False
    if token.lower_ in lists["imagined"] and wording.quoted and token.head.dep_ == "advcl":
        return any(c.lower_ in ("would", "'d", "’d") for c in token.head.head.children)
    if token.lower_ in lists["conditions"]:
        return token.dep_ in ("mark", "advmod", "prep") and token.head.dep_ != "ccomp"
    if token.lower_ in lists["only_conditions"]:
        return before in lists["only"]
    if token.lower_ in lists["lacking"]:
        return "would" in wording.auxiliaries
    inverted = token.lower_ in lists["inverted"] and token.dep_ == "aux" and token.head.dep_ == "advcl"
    return inverted or (token.lower_ == "as" and before in lists["long_conditions"] and token.head.dep_ == "advcl")


def _of_hedges(wording: Wording, hedges: tuple[Hedge, ...]) -> Iterator[Reason]:
    """The hedges' own values, the weakest last."""
    worth = [hedge for hedge in hedges if hedge.value is not None]
    for hedge in sorted(worth, key=lambda h: h.value in (Certainty.POSSIBLE, Certainty.POSSIBLE_NOT)):
        if hedge.value is not None:
            yield _reason("source", hedge.value, f"{hedge.word!r} is worth {hedge.value}", (hedge.span,))


def _outlet_reasons(wording: Wording, hedges: tuple[Hedge, ...], sources: Mapping[str, Source]) -> Iterator[Reason]:
    statement, cue = wording.statement, wording.cue
    hedged = tuple(hedge.span for hedge in hedges if hedge.in_cue)
    yield _reason("outlet", Certainty.UNCOMMITTED, "it is somebody else's word", statement.cue or statement.content)
    if _own_voice(wording, sources):
        yield _reason("outlet", _value_of_source(wording, hedges), "the outlet speaks for itself", statement.source)
    elif hedged:
        yield _reason("outlet", Certainty.UNCOMMITTED, "the outlet hedges it", hedged)
    elif cue is not None and _presents_as_fact(wording, cue):
        yield _reason("outlet", Certainty.CERTAIN, f"{cue.text!r} presents it as a fact", statement.cue)
    elif statement.act not in ABOUT_CONTENT and cue is not None and cue.performative:
        yield _of_own_telling(statement, sources)


def _of_own_telling(statement: Statement, sources: Mapping[str, Source]) -> Reason:
    if first_hand(statement, sources):
        return _reason("outlet", Certainty.CERTAIN, "the act is told in the article's own voice", statement.cue)
    return _reason("outlet", Certainty.UNCOMMITTED, "the act reached the article on another's word", statement.cue)


def _presents_as_fact(wording: Wording, cue: Cue) -> bool:
    named = cue.factive_of_things and not wording.is_clause and not wording.quoted
    return (cue.factive and not wording.unsaid) or named


def _own_voice(wording: Wording, sources: Mapping[str, Source]) -> bool:
    """Whether the outlet itself thinks so ("we expect") or has it from looking ("they seem to")."""
    statement = wording.statement
    if not statement.source:
        return wording.main is not None and wording.main[1].lemma_ in wording.lists["seeming"]
    return [sources[link].kind for link in statement.chain if link in sources] == [SourceKind.OUTLET]


def _value_of_source(wording: Wording, hedges: tuple[Hedge, ...]) -> Certainty:
    return [reason.value for reason in _source_reasons(wording, hedges)][-1]


def first_hand(statement: Statement, sources: Mapping[str, Source]) -> bool:
    """Whether the act reached the article on nobody's word but its own: documents may lie between."""
    between = [sources[link].kind for link in statement.chain[1:-1] if link in sources]
    return statement.parent is None and all(kind is SourceKind.DOCUMENT for kind in between)
