"""Whose a plan is: the parties that the words at its noun name as its makers."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.reading.actors import parties_of
from reportedly.reading.draft import Draft
from reportedly.reading.parse import place_all
from reportedly.reading.terms_words import words
from reportedly.records import Span

_EN = "en"


def owner_of(head: Token, draft: Draft) -> tuple[str, ...]:
    """Whose it is: by a possessive, a name before it, "by" or "from", or the subject that makes, raises or sends it."""
    spans: list[Span] = []
    for child in [*head.children, *_before_hyphen(head)]:
        if child.lower_ == "their" and head.dep_ == "dobj":
            spans += [core_of(c) for c in head.head.children if c.dep_ == "nsubj"]  # "have rewritten their proposal"
        elif child.dep_ == "poss" and child.lower_ == "whose":
            spans += _antecedent(head)
        elif _modifies(child, head) or (child.dep_ == "prep" and child.lower_ in ("by", "from")):
            spans.append(place_all(list(child.subtree)))
        elif child.dep_ in ("acl", "relcl"):
            spans += _makers_in(child)
    verb = head.head
    if head.dep_ in ("nsubj", "nsubjpass") and verb.lemma_ in ("say", "believe", "think", "understand", "report"):
        spans += _makers_in(verb)  # "the blueprint, said to have been cooked up by"
    names = _names(spans, draft)
    if names or head.dep_ != "dobj" or verb.pos_ != "VERB" or verb.lemma_ not in words(_EN, "plans", "makers"):
        return names
    return _names([core_of(c) for c in verb.children if c.dep_ == "nsubj"], draft)


def made_by(head: Token, draft: Draft) -> tuple[str, ...]:
    """Who is told to have made or sent it there, by a verb: "drafted by Qatar", "the text that Oslo handed to both"."""
    clauses = [c for c in head.children if c.dep_ == "acl" or (c.dep_ == "relcl" and not _hangs_loose(c))]
    spans = [span for clause in clauses for span in _makers_in(clause, sending=True)]
    verb = head.head
    if verb.pos_ == "VERB" and verb.lemma_ in words(_EN, "plans", "makers") | words(_EN, "plans", "sending"):
        if head.dep_ == "nsubjpass":
            spans += [place_all(list(n.subtree)) for by in verb.children if by.dep_ == "agent" for n in by.children]
        elif head.dep_ == "dobj":
            spans += [core_of(c) for c in verb.children if c.dep_ == "nsubj" and c.tag_ not in ("WDT", "WP")]
    return _names(spans, draft)


def _hangs_loose(clause: Token) -> bool:
    """Whether a clause on a noun does not act on it: "a plan under which Georgia would hand over"."""
    wh = [t for t in clause.subtree if t.tag_ in ("WDT", "WP", "WP$", "WRB")]
    return any(t.dep_ == "pobj" or t.tag_ in ("WP$", "WRB") for t in wh)


def _before_hyphen(head: Token) -> list[Token]:
    """What stands at the first half of a word that the tokens cut in two: "Egyptian counter-" of "counter-paper"."""
    cut = head.i > 1 and head.nbor(-2).lower_ == "counter" and head.nbor(-1).text in ("-", "–")
    return [c for c in head.nbor(-2).children if c.i < head.i] if cut else []


def _names(spans: list[Span], draft: Draft) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p for span in spans for p in named_in(span, draft)))


def _makers_in(clause: Token, *, sending: bool = False) -> list[Span]:
    """Whoever makes a plan in a clause on it: "drafted by Qatar", "said to be cooked up by", "that Oslo wrote"."""
    makers = words(_EN, "plans", "makers") | (words(_EN, "plans", "sending") if sending else frozenset())
    verbs = [v for v in (clause, *clause.children) if v.pos_ == "VERB" and v.lemma_ in makers]
    spans = []
    for verb in verbs[:1]:
        agents = [n for by in verb.children if by.dep_ == "agent" for n in by.children]
        spans += [place_all(list(n.subtree)) for n in agents]
        if sending or verb.lemma_ not in words(_EN, "plans", "sending"):
            spans += [core_of(c) for c in verb.children if c.dep_ == "nsubj" and c.tag_ not in ("WDT", "WP")]
    return spans


def _modifies(child: Token, head: Token) -> bool:
    return child.dep_ in ("poss", "compound", "nmod", "amod") and child.i < head.i and child.lower_ != "counter"


def _antecedent(head: Token) -> list[Span]:
    """What "whose" stands for: the noun that its clause hangs on."""
    clause = next((a for a in head.ancestors if a.dep_ == "relcl"), None)
    return [core_of(clause.head)] if clause is not None else []


def core_of(noun: Token) -> Span:
    """A noun phrase up to its head, and the phrases joined to it, without what follows ("bidding for ...")."""
    parts = ("det", "compound", "amod", "poss", "nmod", "nummod")
    before = [c.left_edge.i for c in noun.children if c.dep_ in parts and c.i < noun.i]
    return place_all([noun.doc[min([noun.i, *before])], noun, *noun.conjuncts])


def named_in(span: Span, draft: Draft) -> tuple[str, ...]:
    """The parties of a noun phrase: of the one whom the whole phrase means, else of all that it names."""
    actor = draft.mentions.actor_at(span)
    if actor is not None and any(m.holds(span) for m in actor.mentions):
        parties = parties_of(actor)
        if parties:
            return parties
    return draft.mentions.parties_in(span)
