"""What stands where in a clause: subjects, verb groups, complements, over spaCy's dependency parse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from reportedly.reading import branches
from reportedly.reading.language import load_table, load_words

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
OBJECT_CONTROL = load_words("reports", "object_control")
_MEANS = load_words("reports", "means")
_GOING_ON = load_words("reports", "next_reports")
_SAYING = frozenset({"say", "add", "argue", "insist", "reckon", "think", "believe", "warn", "joke", "conclude"})
_SAYING_ON = load_words("reports", "uttering") | _SAYING | load_words("reports", "repeating")
_VOICES = frozenset(row["noun"] for row in load_table("en", "nouns"))
_WHEN = frozenset({"after", "before", "since", "while", "when", "by", "despite", "without"})
PARTICLES = frozenset({"prt"})
RELATIVE = frozenset({"who", "which", "that", "whom"})


def children(token: Token, *deps: str) -> list[Token]:
    return [child for child in branches.children(token) if child.dep_ in deps]


def own_subject(verb: Token) -> Token | None:
    """The verb's own subject, active or passive, or a name that the parser compounds with it ("the Herald reports")."""
    found = (
        children(verb, *SUBJECTS)
        or _inverted(verb)
        or [c for c in children(verb, "compound") if c.i == verb.i - 1 and verb.tag_ == "VBZ"]
    )
    if not found:
        return _subject_before_aside(verb) or _subject_of_finite(verb)
    before = [c for c in found if c.i < verb.i]
    return before[-1] if len(before) > 1 and _is_aside(verb, before) else found[0]


def _subject_before_aside(verb: Token) -> Token | None:
    """The subject that the parser gives to the aside behind it: "Lee, one guest said, has told friends"."""
    for aside in children(verb, "parataxis", "ccomp"):
        before = [c for c in children(aside, "nsubj") if c.i < aside.i < verb.i]
        if len(before) > 1 and _is_aside(aside, before):
            return before[0]
    return None


def _subject_of_finite(verb: Token) -> Token | None:
    """The subject that the parser hangs elsewhere: on "according to", or "after the agency, quoting X, reported"."""
    for aside in children(verb, "prep"):
        if aside.lower_ == "according" and (found := subject_behind(aside)) is not None:
            return found
    return _before_quoting(verb) if verb.tag_ in ("VBD", "VBZ", "VBP") and verb.dep_ in ("conj", "dep") else None


def subject_behind(according: Token) -> Token | None:
    """The subject that the parser takes for one more source: "According to a paper seen by AFP, Denmark warned"."""
    verb = according.head
    if according.i >= verb.i or verb.pos_ not in ("VERB", "AUX") or children(verb, *SUBJECTS, "csubj"):
        return None
    first = verb_group(verb)[0].i
    joined = [t for t in according.subtree if t.dep_ == "conj" and t.head.i > according.i and t.left_edge.i > 0]
    behind = [t for t in joined if t.left_edge.nbor(-1).text == "," and t.head.i < t.i and t.right_edge.i == first - 1]
    return behind[0] if behind else None


def _before_quoting(verb: Token) -> Token | None:
    """ "It came after the agency, quoting an aide, reported that": what stands before the aside."""
    aside = next((c for c in children(verb.head, "advcl") if c.lower_ in ("quoting", "citing") and c.i < verb.i), None)
    if aside is None or aside.nbor(-1).text != "," or aside.right_edge.i + 2 != verb.i:
        return None
    noun = aside.nbor(-2)
    held = noun.dep_ == "pobj" and noun.head.lower_ in ("after", "before", "until", "since", "as", "when", "once")
    return noun if held else None


def _is_aside(verb: Token, subjects: list[Token]) -> bool:
    """Whether commas stand before the later of two subjects and behind the verb: then only that one is the verb's."""
    start, after = subjects[-1].left_edge.i, verb.i + 1
    apart = verb.doc[start - 1].text == "," and subjects[-2].right_edge.i >= start - 3
    return apart and after < verb.sent.end and verb.doc[after].text == ","


def _inverted(verb: Token) -> list[Token]:
    """ "Said an official helping to arrange it", "say two aides.": what the parser takes for a clause or an object."""
    participles = [c for c in children(verb, "ccomp") if c.tag_ in ("VBG", "VBN") and not children(c, "aux", "auxpass")]
    nouns = [n for c in participles for n in children(c, "nsubj", "nsubjpass") if n.left_edge.i == verb.i + 1]
    after_comma = verb.i > 0 and verb.nbor(-1).text in (",", "”", '"', "’", "'")
    last = children(verb, "dobj") if verb.lemma_ in _SAYING and not children(verb, "nsubj", "aux", "neg") else []
    last = [n for n in last if n.pos_ in ("NOUN", "PROPN", "NUM")]  # not "believe me"
    closing = [n for n in last if n.left_edge.i == verb.i + 1 and n.right_edge.i + 2 >= verb.sent.end]
    return nouns or closing if after_comma else []


def subject(verb: Token, depth: int = 0) -> Token | None:
    """The subject of a verb, its own or the one that it shares: coordination, control, participles, relatives."""
    own = own_subject(verb)
    if own is not None:
        return own
    if depth > 6:
        return None
    head, dep = verb.head, verb.dep_
    if dep == "conj" and head.dep_ == "parataxis" and head.nbor(1).text == ",":  # "She agrees, one said, but will not"
        return subject(head.head, depth + 1)
    if (above := goes_on_from(verb)) is not None:
        return subject(above, depth + 1)
    if dep == "conj":
        return subject(head, depth + 1) if head.pos_ in ("VERB", "AUX") else None
    if dep == "relcl":
        return head
    if dep == "acl":
        return _of_main_clause(verb, depth) or head
    if dep == "xcomp" and head.lemma_ in OBJECT_CONTROL and children(head, "dobj"):
        return children(head, "dobj")[0]
    if dep == "advcl" and verb.lower_ == "adding" and (found := _of_main_clause(verb, depth)) is not None:
        return found
    if dep in ("xcomp", "advcl", "ccomp", "dep"):
        return subject(head, depth + 1)
    if dep == "pcomp":
        above = next((t for t in head.ancestors if t.pos_ in ("VERB", "AUX")), None)
        near = above is not None and (above == head.head or head.lower_ in _WHEN)
        return subject(above, depth + 1) if above is not None and near else None
    if dep == "aux" and head.pos_ == "VERB":
        return subject(head, depth + 1)
    return None


def _of_main_clause(verb: Token, depth: int) -> Token | None:
    """ "She dismissed the charge that it broke the law, saying": the participle goes on from the sentence's subject."""
    apart = verb.i > verb.sent.start and verb.nbor(-1).text in (",", "—", "–", "-", "--")
    if verb.tag_ != "VBG" or verb.lower_ not in _GOING_ON or not apart:
        return None
    above = next((t for t in verb.ancestors if t.pos_ in ("VERB", "AUX") and t.dep_ in ("ROOT", "conj")), None)
    return subject(above, depth + 1) if above is not None and above.i < verb.i else None


def goes_on_from(verb: Token) -> Token | None:
    """The verb of saying that a second one goes on from: "stressed that the truce must hold and repeated that".

    The parser joins the second to the clause, whose subject is nothing that could say so.
    """
    clause, after = verb.head, verb.doc[verb.i + 1 : verb.i + 2]
    if verb.dep_ != "conj" or verb.lemma_ not in _SAYING_ON or clause.dep_ != "ccomp" or not after:
        return None
    above, own = clause.head, own_subject(clause)
    if above.tag_ != verb.tag_ or verb.tag_ not in ("VBD", "VBZ") or above.i > clause.i or own is None:
        return None
    thing = own.pos_ == "NOUN" and own.lemma_.lower() not in _VOICES
    free = not children(verb, *SUBJECTS) and after[0].lower_ == "that"
    return above if thing and free else None


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; the token itself if it is none."""
    if token.lower_ in RELATIVE:
        for above in token.ancestors:
            if above.dep_ == "relcl":
                return above.head
    return token


def agent(verb: Token) -> Token | None:
    """Who did it, of a passive: the noun after `by`."""
    for by in children(verb, "agent"):
        for noun in children(by, "pobj"):
            if noun.lemma_.lower() not in _MEANS:
                return noun
    if children(verb, "nsubjpass"):  # the parser takes some for a preposition like any other
        hung = [by for above in (verb, *children(verb, "oprd")) for by in children(above, "prep")]
        nouns = [n for by in hung if by.lower_ == "by" for n in children(by, "pobj")]
        return next((n for n in nouns if _is_named(n)), None)
    return None


def _is_named(noun: Token) -> bool:
    """Whether somebody stands here by name, or with the name behind it."""
    named = noun.pos_ == "PROPN" and noun.ent_type_ not in ("DATE", "TIME")
    return named or any(c.pos_ == "PROPN" for c in children(noun, "appos"))


def is_passive(verb: Token) -> bool:
    return bool(children(verb, "auxpass", "nsubjpass")) or (verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl"))


def particle(verb: Token) -> Token | None:
    found = children(verb, *PARTICLES)
    return found[0] if found else None


def verb_group(verb: Token) -> list[Token]:
    """The verb with its auxiliaries, negation, the adverbs that stand among them, and its particle."""
    helpers = [c for c in children(verb, "aux", "auxpass", "neg", "advmod") if c.i < verb.i]
    start = verb.i
    for token in sorted(helpers, key=lambda t: -t.i):
        if token.i >= start - 2 and all(
            t.dep_ in ("aux", "auxpass", "neg", "advmod") for t in verb.doc[token.i : start]
        ):
            start = token.i
    end = verb.i
    prt = particle(verb)
    if prt is not None and prt.i - verb.i <= 2:
        end = prt.i
    return list(verb.doc[start : end + 1])


def subtree(token: Token, *, without: Iterable[Token] = ()) -> list[Token]:
    """The token and all below it, in text order, less the branches given."""
    cut = list(without)
    return [] if any(t.i == token.i for t in cut) else branches.subtree(token, cut)


def noun_phrase(noun: Token) -> list[Token]:
    """A noun with all that belongs to it, contiguous, without trailing punctuation."""
    cut = [c for c in noun.children if c.dep_ in ("cc", "punct") and c.i > noun.i and c.text in {":", ";", "—", "–"}]
    loose = [
        c
        for c in noun.children
        if c.dep_ in ("cc", "preconj", "advmod") and c.i < noun.left_edge.i + 1 and c.i < noun.i
    ]
    loose += [c for c in noun.children if c.lower_ == "what" and noun.lower_ in ("one", "some", "many", "others")]
    loose += [c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBG" and noun.pos_ == "PROPN"]
    tokens = contiguous(subtree(noun, without=[*cut, *loose]), noun)
    while len(tokens) > 1 and (tokens[-1].is_punct and tokens[-1].text not in {")", "”", '"', "’", "%"}):
        tokens.pop()
    return tokens


def contiguous(tokens: list[Token], around: Token) -> list[Token]:
    """The run of neighbouring tokens that holds the one given."""
    kept = {t.i for t in tokens}
    start = end = around.i
    while start - 1 in kept:
        start -= 1
    while end + 1 in kept:
        end += 1
    return list(around.doc[start : end + 1])


def runs(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Tokens as runs of neighbours, in text order."""
    run: list[Token] = []
    for token in sorted(tokens, key=lambda t: t.i):
        if run and token.i != run[-1].i + 1:
            yield run
            run = []
        run.append(token)
    if run:
        yield run
