"""How a statement is worded: its reporting word, its main clause, and what stands in either.

Built once for a statement and read by the rules of acts and of certainty. Token indices stay inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from spacy.tokens import Token

from reportedly.reading.clauses import subject
from reportedly.reading.cues import Cue, CueForm, load_cues
from reportedly.reading.language import load_lists
from reportedly.reading.parse import Parse
from reportedly.records import Act, Mode, Spans, Statement

_SUBORDINATE = frozenset({"advcl", "relcl", "acl", "ccomp", "csubj", "parataxis", "appos"})
_CLAUSAL = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp", "parataxis", "csubj", "dep"})
_HELPERS = frozenset({"aux", "auxpass", "neg", "advmod", "prt"})
_NEGATIVE = frozenset({"not", "n't", "n’t", "never", "nothing", "nobody", "none", "neither"})
_DENYING = frozenset({"not", "n't", "n’t", "never", "hardly", "without"})
_NOBODY = frozenset({"no", "nobody", "none", "neither", "no-one"})
_RANKED = ((CueForm.VERB,), (CueForm.ADJECTIVE, CueForm.NOUN), (CueForm.PHRASE, CueForm.CLAUSE, CueForm.ADVERB))
_QUANTITIES = frozenset(
    {"body", "series", "number", "range", "wealth", "lot", "set", "string", "couple", "host", "majority", "piece"}
)
_EXCHANGE = frozenset({"return", "exchange", "turn"})
_FAINT = 0.25
"""A reporting word of less weight than this counts only where nothing else reports."""


@lru_cache(maxsize=8)
def word_lists(language: str) -> dict[str, frozenset[str]]:
    """The lists of `modals.toml`, each as a set."""
    return {name: frozenset(words) for name, words in load_lists(language, "modals").items()}


@dataclass(frozen=True)
class Wording:
    """The tokens of a statement's cue and content, with what belongs to the cue in the sentence."""

    statement: Statement
    parse: Parse
    cue_tokens: tuple[Token, ...]
    content: tuple[Token, ...]

    @property
    def language(self) -> str:
        return self.parse.document.language

    @property
    def lists(self) -> dict[str, frozenset[str]]:
        return word_lists(self.language)

    @cached_property
    def cue_text(self) -> str:
        return " ".join(t.lower_ for t in self.cue_tokens)

    @cached_property
    def content_text(self) -> str:
        return " ".join(t.lower_ for t in self.content)

    @cached_property
    def reach(self) -> tuple[Token, ...]:
        """The cue with the "it" before it and the "to" after it, which may count as nobody's or as content."""
        if self.source or not self.cue_tokens:
            return self.cue_tokens
        first = self.cue_tokens[0]
        before = tuple(t for t in first.doc[max(0, first.i - 1) : first.i] if t.lower_ in ("it", "there"))
        after = tuple(t for t in self.content[:1] if t.lower_ == "to" and t.i == self.cue_tokens[-1].i + 1)
        return (*before, *self.cue_tokens, *after)

    @cached_property
    def matches(self) -> tuple[tuple[Cue, Token], ...]:
        """Every entry of the cue table that stands in the cue, with its first token."""
        cues, found, at, tokens = load_cues(self.language), [], 0, self.reach
        while at < len(tokens):
            match = cues.match(tokens, at)
            if match is not None:
                found.append((match[0], tokens[at]))
            at += match[1] if match is not None else 1
        return tuple(found)

    @cached_property
    def main(self) -> tuple[Cue, Token] | None:
        """The entry that tells the act: the last verb of weight, else a noun, a phrase, a clause, a faint verb.

        "Voiced concerns" and "repeated the offer" are told by their nouns.
        """
        if around := self._around():
            return around, self.cue_tokens[0]
        strong = [m for m in self.matches if m[0].weight > _FAINT]
        telling = [m for m in strong if m[1].lemma_ not in self.lists["handing"] and not m[0].hearsay] or strong
        for forms in _RANKED:
            ranked = [m for m in telling if m[0].form in forms]
            if ranked:
                return self._with_particle(*_governing(ranked))
        return self.matches[-1] if self.matches else None

    def _with_particle(self, cue: Cue, token: Token) -> tuple[Cue, Token]:
        """The cue with a particle that was taken for content: "insists | on a vote"."""
        follows = self.content and self.content[0].tag_ in ("IN", "RP", "TO")
        if cue.form is CueForm.VERB and follows and self.cue_tokens[-1] == token:
            longer = load_cues(self.language).verb(cue.text, self.content[0].lower_)
            return longer or cue, token
        return cue, token

    @property
    def cue(self) -> Cue | None:
        return self.main[0] if self.main else None

    def _around(self) -> Cue | None:
        """A phrase around the source ("in X's view") whose words all stand in the cue, in order."""
        words = [t.lower_ for t in self.cue_tokens]
        for cue in load_cues(self.language).around:
            rest = iter(words)
            if all(word in rest for word in cue.words if word != "X"):
                return cue
        return None

    @cached_property
    def hearsay(self) -> bool:
        """Whether the cue marks hearsay ("reportedly", "is said to")."""
        return any(cue.hearsay for cue, _ in self.matches)

    @cached_property
    def cue_negated(self) -> bool:
        """Whether the cue is negative, or nobody is who says it: "neither side accepted"."""
        return self.by_nobody or any(t.dep_ == "neg" or t.lower_ in _DENYING for t in self.cue_tokens)

    @cached_property
    def by_nobody(self) -> bool:
        """Whether the source is "no one", "none of them", "neither side"."""
        first = next((t for t in self.source if t.is_alpha), None)
        excepted = any(t.lower_ in ("but", "except", "other") for t in self.source)
        return first is not None and first.lower_ in _NOBODY and not excepted

    @cached_property
    def unsaid(self) -> bool:
        """Whether the cue tells what was not said: "did not say that", "would have told them that"."""
        if self.main is None or self.main[1].pos_ not in ("VERB", "AUX"):
            return False
        helpers = {c.lower_ for c in self.main[1].children if c.dep_ == "aux"}
        unreal = bool(helpers & {"would", "could", "might", "should"}) and bool(helpers & {"have", "'ve", "’ve"})
        return self.cue_negated or unreal

    @cached_property
    def root(self) -> Token | None:
        """The head of the content's first clause; of a fragment, its head."""
        inside = set(self.content)
        tops = [t for t in self.content if t.head not in inside or t.dep_ == "ROOT"]
        verbs = [t for t in tops if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("aux", "auxpass")]
        clausal = [t for t in verbs if t.dep_ in _CLAUSAL]
        return next(iter(clausal or verbs or tops), None)

    @cached_property
    def is_clause(self) -> bool:
        return self.root is not None and self.root.pos_ in ("VERB", "AUX")

    @cached_property
    def clause(self) -> tuple[Token, ...]:
        """The content's main clause, without the clauses that hang on it."""
        if self.root is None:
            return ()
        inside = set(self.content)
        return tuple(sorted(_main_clause(self.root, inside, self.lists["believing"]), key=lambda t: t.i))

    @cached_property
    def clause_text(self) -> str:
        return " ".join(t.lower_ for t in self.clause)

    @cached_property
    def thought(self) -> tuple[Token, ...]:
        """The main verb, and below words of belief ("I think it fair to say") the verbs of what is thought."""
        found, todo = [], [self.root] if self.root is not None else []
        while todo:
            verb = todo.pop()
            found.append(verb)
            fair = [c for c in verb.children if c.dep_ == "acomp" and c.lemma_.lower() in self.lists["fair"]]
            told = [c for t in (verb, *fair) if fair for c in t.children if c.lemma_ == "say"]
            holders = [verb, *told] if verb.lemma_ in self.lists["believing"] else told
            todo.extend(c for t in holders for c in t.children if c.dep_ == "ccomp" and c in self.content)
        return tuple(found)

    @cached_property
    def verb(self) -> Token | None:
        """The verb that says what is done: the root, or what it governs ("is ready to sign": sign)."""
        root = self.root
        if root is None:
            return None
        below = [c for c in root.children if c.dep_ == "xcomp" and c.pos_ in ("VERB", "AUX") and c in self.content]
        if below and root.lemma_ in self.lists["aims"]:
            return below[0]
        return root

    @cached_property
    def subject(self) -> Token | None:
        return subject(self.root) if self.root is not None and self.is_clause else None

    @property
    def subject_inside(self) -> bool:
        """Whether the content brings its own subject."""
        return self.subject is not None and self.subject in self.content

    @cached_property
    def auxiliaries(self) -> frozenset[str]:
        """Lower-case auxiliaries of the main verb."""
        return (
            frozenset(c.lower_ for c in self.root.children if c.dep_ == "aux") if self.root is not None else frozenset()
        )

    @cached_property
    def negated(self) -> bool:
        """Whether the main clause is negative: "not", "never", or a negative subject or object."""
        if self.root is None:
            return False
        near = [self.root, *self.root.children]
        ended = any(t.lower_ == "longer" and t.i and t.nbor(-1).lower_ == "no" for t in self.root.children)
        return ended or any(t.dep_ == "neg" or t.lower_ in _NEGATIVE for t in near)

    @cached_property
    def void(self) -> bool:
        """Whether the subject or an object is negative: "no date has been set", "close no mill"."""
        return any(t.lower_ == "no" and t.dep_ == "det" for t in self.clause)

    @cached_property
    def own(self) -> bool:
        """Whether the main clause is about the speaker's own side, as far as its words tell."""
        who = self.subject
        if who is None or who not in self.content or self.first_person:
            return True
        if who.lower_ in self.lists["third_person"]:
            return not self.quoted and not (who.lower_ in ("he", "she") and self.by_several)
        if who.ent_type_ == "PERSON" and not any(c.dep_ == "det" for c in who.children):
            return False
        return who.pos_ == "PROPN" or who.ent_type_ in ("GPE", "NORP", "ORG") or self.own_side

    @property
    def by_several(self) -> bool:
        """Whether several people speak: "two aides said he would resign" is about another."""
        head = next((t for t in self.source if t.head not in self.source), None)
        told = self.main is not None and self.main[1].lemma_ in ("say", "tell", "report", "claim", "reveal", "confirm")
        return told and head is not None and head.tag_ == "NNS"

    @property
    def third_person(self) -> bool:
        return self.subject is not None and self.subject.lower_ in self.lists["third_person"]

    @cached_property
    def own_side(self) -> bool:
        """Whether the subject is a word for a side: the government, the union, the delegation."""
        return self.subject is not None and self.subject.lemma_.lower() in self.lists["own_side"]

    @cached_property
    def by_paper(self) -> bool:
        """Whether a document or an outlet speaks."""
        return any(t.lemma_.lower() in self.lists["papers"] for t in self.source)

    @cached_property
    def by_thing(self) -> bool:
        """Whether what speaks is no person and no body: figures, research, an indefinite something."""
        head = next((t for t in self.source if t.head not in self.source), None)
        heads = [head, *_parts(head)] if head is not None else []
        return any(t.lemma_.lower() in self.lists["signs"] or t.lower_ in self.lists["signs"] for t in heads)

    @cached_property
    def first_person(self) -> bool:
        return self.subject is not None and self.subject.lower_ in self.lists["first_person"]

    @cached_property
    def quoted(self) -> bool:
        """Whether the content begins with a quotation mark, or is spoken in a transcript."""
        text = self.parse.text
        spoken = self.statement.mode is Mode.DIRECT and [s.of(text) for s in self.statement.cue] == [":"]
        return (spoken and bool(self.content)) or any(
            c in "\"“”'‘’" for s in self.statement.content for c in text[max(0, s.start - 1) : s.start + 1]
        )

    @cached_property
    def quoted_inside(self) -> bool:
        """Whether a part of the content stands in quotation marks."""
        return any(t.is_quote or t.text in "“”‘’" for t in self.content)

    @cached_property
    def source(self) -> tuple[Token, ...]:
        return _tokens(self.statement.source, self.parse)

    @cached_property
    def question(self) -> bool:
        """Whether the content is one question."""
        ends = [t.text for t in self.content if t.text in (".", "!", "?")]
        if not ends:
            last = self.statement.content[-1].end if self.statement.content else 0
            return self.parse.text[last : last + 1] == "?"
        return ends == ["?"]


def _governing(ranked: Sequence[tuple[Cue, Token]]) -> tuple[Cue, Token]:
    """The last verb, or the verb of refusing that it hangs on: "refused to pledge"; not "declined to rule out"."""
    last, verb = ranked[-1]
    above = next((m for m in ranked[:-1] if verb.dep_ == "xcomp" and m[1] == verb.head), None)
    refused = above is not None and above[0].act is Act.REJECT and last.act not in (Act.REJECT, Act.DENY)
    return above if above is not None and refused else (last, verb)


def find_wording(statement: Statement, parse: Parse) -> Wording:
    """The wording of one statement."""
    content = _tokens(statement.content, parse)
    held = set(content)
    cue = [t for t in _tokens(statement.cue, parse) if not t.is_punct or t.text == ":"]
    return Wording(statement, parse, _with_helpers(cue, held), content)


def act_of_verb(verb: Token, wording: Wording) -> Act | None:
    cues = load_cues(wording.language)
    particles = [c.lower_ for c in verb.children if c.dep_ == "prt" or (c.dep_ == "prep" and not _is_when(c))]
    for particle in (*particles, ""):
        cue = cues.verb(verb.lemma_, particle)
        if cue is not None and cue.weight > 0.3:
            return cue.act if cue.performative else None
    return None


def _is_when(preposition: Token) -> bool:
    """Whether it tells when, where or for what: no particle of the verb."""
    return any(c.ent_type_ in ("DATE", "TIME", "GPE", "LOC") or c.lower_ in _EXCHANGE for c in preposition.children)


def harms(verb: Token, wording: Wording) -> bool:
    return is_one_of(verb, wording.lists["harms"])


def is_one_of(verb: Token, words: frozenset[str]) -> bool:
    """Whether a verb, with one of its particles or without, is in a list."""
    particles = [c.lower_ for c in verb.children if c.dep_ in ("prt", "prep", "advmod")]
    return any(f"{verb.lemma_} {p}".strip() in words for p in (*particles, ""))


def _parts(noun: Token) -> list[Token]:
    """What a noun of quantity is made of: "a body of work", "a series of polls"."""
    if noun.lemma_.lower() not in _QUANTITIES:
        return []
    return [c for prep in noun.children if prep.lower_ == "of" for c in prep.children if c.dep_ == "pobj"]


def _tokens(spans: Spans, parse: Parse) -> tuple[Token, ...]:
    return tuple(t for span in spans for t in parse.tokens_in(span))


def _with_helpers(cue: Sequence[Token], content: set[Token]) -> tuple[Token, ...]:
    """The cue with its verbs' auxiliaries, negation and adverbs, where they stand outside the content."""
    found = set(cue) | {t.head for t in cue if t.head.lower_ in ("let", "lets") and t.head not in content}
    for token in cue:
        if token.pos_ in ("VERB", "AUX"):
            found.update(
                c
                for c in token.children
                if (c.dep_ in _HELPERS or c.lower_ == "if") and c.n_lefts == c.n_rights == 0 and c not in content
            )
    return tuple(sorted(found, key=lambda t: (t.doc.user_data["start"], t.i)))


def _main_clause(root: Token, inside: set[Token], believing: frozenset[str]) -> Iterable[Token]:
    """The root's clause; under "I think" the clause that is thought, under a bare noun what is said of it."""
    thought = {c for c in root.children if c.dep_ == "ccomp"} if root.lemma_ in believing else set()
    thought |= {c for c in root.children if c.dep_ in ("relcl", "acl")} if root.pos_ in ("NOUN", "PROPN") else set()
    todo = [root]
    while todo:
        token = todo.pop()
        yield token
        todo.extend(c for c in token.children if c in inside and (c.dep_ not in _SUBORDINATE or c in thought))
