"""Reporting verbs: who says what by a verb of saying, thinking, wanting or deciding.

Method: source, cue and content after Pareti (2012), A database of attribution relations; a cue opens a frame, the
parse fills it. Statements within statements come of themselves, as every cue is looked at, inside contents too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from reportedly.reading.clauses import (
    agent,
    antecedent,
    children,
    is_passive,
    noun_phrase,
    own_subject,
    particle,
    subject,
    subtree,
    verb_group,
)
from reportedly.reading.complements import Complement, before_next_report, complement_of, in_writing
from reportedly.reading.cues import Cue, CueForm, Cues, fits_word
from reportedly.reading.language import load_lists, load_words
from reportedly.reading.parse import Parse, Sentence, place, place_all
from reportedly.reading.quotes import Quote
from reportedly.records import Act, Span, Spans

_MODALS = load_words("reports", "modals")
_HEARSAY = load_words("reports", "hearsay")
_PLAN_PARTS = load_words("reports", "plan_parts")
_SIGNS = load_words("reports", "signs")
_REPLIES = load_words("reports", "replies")
_PHASES = load_words("reports", "phases")
_QUESTIONS = load_words("reports", "questions")
_NOTHING_SAID = tuple(load_lists("en", "reports")["nothing_said"])
_NOBODY = frozenset({"nobody", "none", "neither", "nothing", "noone"})
_INVERTED = frozenset({"had", "did", "does", "do"})
_TELLING = frozenset(
    {"say", "comment", "confirm", "elaborate", "specify", "disclose", "reveal", "name", "answer", "tell"}
)
_OPEN = frozenset({"whether", "if", "who", "what", "when", "where", "how", "why", "which"})
_TURNS = frozenset({"be", "become", "prove", "turn"})


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution as it stands in the text, before it has a chain."""

    sentence: int
    source: Spans
    cue: Spans
    content: Spans
    addressee: Spans
    weight: float


@dataclass(frozen=True)
class Text:
    """What every finder looks at."""

    parse: Parse
    cues: Cues
    quotes: tuple[Quote, ...]


def find_verb_reports(sentence: Sentence, text: Text) -> Iterator[Found]:
    for token in sentence.tokens:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        cue = verb_cue(token, text.cues)
        if cue is not None and speaks(token, cue):
            hung = _content_verb(token, cue)
            found = _from_verb(sentence, token, cue, text) if hung is token else _from_pair(sentence, token, hung, cue)
            if found is not None:
                yield found


def _content_verb(verb: Token, cue: Cue) -> Token:
    """The verb that the content hangs on: of "let slip", the second."""
    if len(cue.words) > 1:
        for token in verb.doc[verb.i + 1 : min(verb.i + 4, verb.sent.end)]:
            if token.pos_ == "VERB" and token.dep_ in ("ccomp", "xcomp") and fits_word(cue.words[-1], token):
                return token
    return verb


def verb_cue(token: Token, cues: Cues) -> Cue | None:
    prt = particle(token)
    after = [c.lower_ for c in children(token, "prep", "agent") if c.i > token.i]
    names = ([f"{prt.lower_} {a}" for a in after] + [prt.lower_] if prt else []) + after + [""]
    found = [c for c in (cues.verb(token.lemma_.lower(), name) for name in names) if c is not None]
    phrase = cues.match(list(token.doc[token.i : token.sent.end])) if cues.may_open_verb(token) else None
    if phrase is not None and phrase[0].form is CueForm.VERB and len(phrase[0].words) > 1:
        found.insert(0, phrase[0])
    if found and found[0].weight < 0.3 and _gives_number(token):
        return replace(found[0], weight=0.6, frames=found[0].frames | {"as", "np"}, act=Act.ASSERT)
    return found[0] if found and found[0].weight >= 0.3 else None


def _gives_number(verb: Token) -> bool:
    """ "put the garrison at 33,000", "gives the length as 60 days"."""
    if verb.lemma_ not in ("put", "give", "list", "estimate", "have") or not children(verb, "dobj"):
        return False
    for prep in verb.children:
        near = verb.doc[prep.i + 1 : min(prep.i + 6, verb.sent.end)]
        if prep.dep_ == "prep" and prep.lower_ in ("at", "as") and any(t.like_num for t in (*subtree(prep), *near)):
            return True
    return False


def speaks(verb: Token, cue: Cue) -> bool:
    """Whether the verb tells of an act of saying that took place: no plan to speak, no command, no denial of it."""
    helpers = {c.lower_ for c in children(_first_of(verb), "aux")}
    if verb.tag_ == "VBG" and not children(verb, "aux") and (_gerund_of_somebody(verb, cue) or _gerund_said(verb)):
        return False
    if in_writing(verb):
        return False
    if "to" in helpers and verb.dep_ == "xcomp" and verb.head.lemma_ in _HEARSAY:
        return False
    if "to" in helpers and not _goes_on(verb):
        return False
    if verb.lemma_ in ("say", "believe", "think") and _reduced(verb):
        return False
    if declines(verb) or _left_open(verb) or _unreal(verb) or _only_names(verb) or _was_asked(verb):
        return False
    negated = _negated(verb)
    if helpers & _MODALS:
        if _says_after_all(verb, helpers):
            return True
        return negated and cue.performative and not helpers & {"could", "should", "may", "can"}
    if negated and cue.act.value in ("assert", "warn", "ask", "promise", "offer", "propose"):
        return cue.text in ("rule out", "believe", "think", "expect")
    return not (verb.tag_ == "VB" and verb.dep_ == "ROOT" and own_subject(verb) is None)


def _gerund_of_somebody(verb: Token, cue: Cue) -> bool:
    """ "includes the US offering recognition": what a plan holds, not what somebody said."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else verb
    own = own_subject(verb)
    if _beside_with(verb, own):
        return False
    beside = own is not None and own.left_edge.i > verb.sent.start and own.left_edge.nbor(-1).lower_ == "with"
    if beside and not cue.performative:
        return False  # "with one predicting a long night"
    return own is not None or (before.pos_ in ("NOUN", "PROPN") and verb.dep_ in ("acl", "pcomp", "ccomp"))


def _beside_with(verb: Token, own: Token | None) -> bool:
    """ "With Oslo accusing London and London insisting": the second pair, whose noun the parser hangs loose."""
    noun = own or verb.head
    before = noun.left_edge.i - 1
    pair = verb.dep_ in ("acl", "advcl") and noun.i < verb.i and verb.doc[max(0, before)].lower_ == "and"
    return pair and any(
        t.tag_ == "VBG" and t.head.lower_ == "with" and t.dep_ == "pcomp" for t in verb.doc[verb.sent.start : before]
    )


def _gerund_said(verb: Token) -> bool:
    """ "denies backing the rebels", "proposed halting": what is said, no saying; "began demanding" is one."""
    return verb.dep_ == "xcomp" and own_subject(verb) is None and verb.head.lemma_ not in _PHASES


def _first_of(verb: Token) -> Token:
    """The verb whose auxiliaries a bare coordinated one shares ("set to travel and present")."""
    while verb.dep_ == "conj" and verb.tag_ == "VB" and not children(verb, "aux") and verb.head.pos_ == "VERB":
        verb = verb.head
    return verb


def declines(verb: Token) -> bool:
    """ "declined to comment", "asked not to be named", "said it never comments": nothing is said by it."""
    if verb.lemma_ in _REPLIES and children(verb, "neg"):
        return True
    if any(c.lower_ == "nothing" for c in children(verb, "dobj")):  # "the text says nothing about Crimea"
        return True
    if verb.lemma_ == "make" and any(c.lemma_ == "mention" and _none_of(c) for c in children(verb, "dobj")):
        return True
    own = own_subject(verb)
    if own is not None and own.lower_ in ("that", "which", "this") and verb.lemma_ in _SIGNS:
        return True
    if own is not None and (own.lower_ in _NOBODY or _none_of(own)):
        return True
    if verb.lemma_ in ("decline", "cite", "quote") or (verb.lemma_ == "have" and not children(verb, "dobj", "ccomp")):
        return True
    after = " ".join(t.lower_ for t in verb.doc[verb.i + 1 : min(verb.i + 9, verb.sent.end)])
    if verb.lemma_ in ("refuse", "decline") and any(c.lemma_ in _TELLING for c in children(verb, "xcomp")):
        return True  # "refused to say whether he would sign"
    asks = verb.lemma_ in ("ask", "request", "speak", "refuse") or "comment" in after
    return asks and any(words in after for words in _NOTHING_SAID)


def _says_after_all(verb: Token, helpers: set[str]) -> bool:
    """ "Would only say that it was late", "The Sun can reveal that": said, for all the modal."""
    only = {"only", "merely", "just"} & {t.lower_ for t in verb.doc[max(verb.sent.start, verb.i - 2) : verb.i + 2]}
    own = own_subject(verb)
    disclosed = "can" in helpers and verb.lemma_ in ("reveal", "disclose", "report") and not _negated(verb)
    ours = own is not None and own.pos_ == "PROPN"
    return (verb.lemma_ == "say" and "would" in helpers and bool(only)) or (disclosed and ours)


def _left_open(verb: Token) -> bool:
    """ "It is not known whether they met", "nobody knows": that nobody knows is no hearsay."""
    if verb.lemma_ not in ("know", "say", "understand") or not _negated(verb) or not is_passive(verb):
        return False
    clauses = [c for c in children(verb, "ccomp", "xcomp", "advcl") if c.i > verb.i]
    return any(t.lower_ in _OPEN for c in clauses for t in list(c.subtree)[:2])


def _none_of(noun: Token) -> bool:
    """ "no one", "no official"; not "a No 10 source"."""
    return noun.pos_ != "NUM" and any(c.lower_ == "no" and not c.nbor(1).is_digit for c in children(noun, "det"))


def _only_names(verb: Token) -> bool:
    """ "what it called its last offer", "the corridor, as Baku prefers to call it", "All told": a name or an idiom."""
    if verb.lemma_ == "tell" and verb.i > 0 and verb.nbor(-1).lower_ == "all":
        return True
    if verb.lemma_ in ("call", "term", "dub", "describe") and any(
        c.lower_ == "what" and c.i < verb.i for c in verb.lefts
    ):
        return True
    if verb.lemma_ in ("promise", "threaten") and any(c.lemma_ in _TURNS for c in children(verb, "xcomp")):
        own = own_subject(verb)  # "the harvest promises to be abundant"
        return own is not None and own.lower_ in ("it", "this", "that", "which")
    calls = verb if verb.lemma_ == "call" else next((c for c in children(verb, "xcomp") if c.lemma_ == "call"), None)
    if calls is None or not any(c.lower_ == "as" for c in children(verb, "mark", "advmod") if c.i < verb.i):
        return False
    return all(c.pos_ == "PRON" for c in calls.rights if not c.is_punct)


def _reduced(verb: Token) -> bool:
    """ "Sources said to be close to the president": a passive without its auxiliary."""
    after = [t.lower_ for t in verb.doc[verb.i + 1 : min(verb.i + 3, verb.sent.end)]]
    return verb.tag_ in ("VBD", "VBN") and after in (["to", "be"], ["to", "have"]) and not is_passive(verb)


def _was_asked(verb: Token) -> bool:
    """ "Asked about the tax, the minister said", "But the envoy, asked the same, paused": it was put to him."""
    if verb.lemma_ not in _QUESTIONS or children(verb, "aux", "auxpass"):
        return False
    own = own_subject(verb)
    if own is not None and verb.i and verb.nbor(-1).text == "," and own.i < verb.i:  # no comma parts a subject from it
        return own.right_edge.i == verb.i - 1 and sum(t.text == "," for t in own.subtree) == 1
    return verb.tag_ == "VBN" and not children(verb, "dobj") and verb.dep_ in ("advcl", "acl", "relcl")


def _unreal(verb: Token) -> bool:
    """ "Had they accepted", "Did he ask", "whether they agree", "I do not think he wants peace": unreal."""
    own = own_subject(verb)
    inverted = own is not None and any(c.lower_ in _INVERTED and c.i < own.i for c in children(verb, "aux"))
    doubted = verb.dep_ == "ccomp" and verb.head.lemma_ in ("think", "believe") and _negated(verb.head)
    asked = any(c.lower_ == "whether" for c in children(verb, "mark", "advmod"))
    asked = asked or any(t.lemma_ in _QUESTIONS and t.tag_ == "VBN" and t.dep_ == "advcl" for t in verb.ancestors)
    return inverted or doubted or asked


def _negated(verb: Token) -> bool:
    if any(c.lower_ == "longer" and c.nbor(-1).lower_ == "no" for c in children(verb, "advmod") if c.i):
        return True
    return bool(children(verb, "neg")) or any(c.lower_ in ("nor", "neither") for c in verb.lefts)


def _goes_on(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lemma_ in (
        "go",
        "continue",
        "want",
        "appear",
        "seem",
        "write",
        "text",
    )


def _from_verb(sentence: Sentence, verb: Token, cue: Cue, text: Text) -> Found | None:
    if is_passive(verb):
        return _from_passive(sentence, verb, cue, text)
    complement = complement_of(verb, cue)
    speaker = _informant(verb) or _quoted(verb) or subject(verb)
    if complement is None or (speaker is None and verb.dep_ != "advcl"):
        return None
    if speaker is not None and _is_of_plan(speaker, cue):
        return None
    return _found(sentence, verb, cue, complement, speaker)


def _from_pair(sentence: Sentence, verb: Token, hung: Token, cue: Cue) -> Found | None:
    """ "let it be known that", "let slip that": one verb has the speaker, the other the content."""
    complement, speaker = complement_of(hung, cue), subject(verb)
    found = _found(sentence, hung, cue, complement, speaker) if complement is not None else None
    if found is None:
        return None
    return replace(found, cue=(place_all(list(verb.doc[verb_group(verb)[0].i : hung.i + 1])),))


def _informant(verb: Token) -> Token | None:
    """ "this newspaper has learned from three people": they are the source."""
    if verb.lemma_ not in ("learn", "hear"):
        return None
    for prep in children(verb, "prep"):
        if prep.lower_ == "from":
            return next(iter(children(prep, "pobj")), None)
    return None


def _quoted(verb: Token) -> Token | None:
    """ "The agency quoted an official as saying": the official is the source, also of "was quoted as saying"."""
    quotes = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "as" else None
    if quotes is None or quotes.lemma_ not in ("quote", "cite", "describe", "report"):
        return None
    return next(iter(children(quotes, "nsubjpass") or children(quotes, "dobj")), None)


def _is_of_plan(speaker: Token, cue: Cue) -> bool:
    """What a plan or its point requires, bars or offers is a term, no statement; what it says is one."""
    return antecedent(speaker).lemma_.lower() in _PLAN_PARTS and cue.act.value not in ("assert", "deny", "warn")


def _from_passive(sentence: Sentence, verb: Token, cue: Cue, text: Text) -> Found | None:
    """ "it is claimed that", "is said to have", "was told by officers that", "was rejected by Moscow"."""
    by = agent(verb)
    impersonal = verb.lemma_ in _HEARSAY
    inner = _told_by_hearsay(verb, text.cues) if by is None else None
    if inner is not None and (told := _hearsay_of_saying(sentence, verb, inner)) is not None:
        return told
    if by is None and _is_let_know(verb):
        impersonal = True
    if by is None and not impersonal and not (cue.frames & {"of"} and verb.lemma_ == "accuse"):
        return None
    complement = _verdict(verb, cue, by) or _passive_complement(verb, cue)
    if complement is None:
        return None
    return _found(sentence, verb, cue, complement, by)


def _is_let_know(verb: Token) -> bool:
    """ "I am told that", "the crews were informed that": somebody hears it; "were told to go" is an order."""
    ordered = any(c.i > verb.i for c in children(verb, "xcomp"))
    return verb.lemma_ in ("tell", "inform", "notify") and own_subject(verb) is not None and not ordered


def _verdict(verb: Token, cue: Cue, by: Token | None) -> Complement | None:
    """ "was branded a fantasy by Oslo", "was dismissed by one diplomat as noise": what is judged, and the verdict."""
    judged = children(verb, "nsubjpass")
    if by is None or not judged or "as" not in cue.frames:
        return None
    named = [c for c in children(verb, "oprd") if c.i > verb.i]
    verdicts = [[t for t in subtree(c) if c.i > by.i or t.i < by.head.i] for c in named]
    near = [
        c for c in (*children(verb, "prep"), *subtree(by)) if c.lower_ == "as" and c.dep_ == "prep" and c.i > verb.i
    ]
    verdicts += [subtree(c) for c in near if children(c, "pobj", "amod", "prep", "pcomp")]
    return Complement((tuple(noun_phrase(judged[0])), tuple(verdicts[0]))) if verdicts else None


def _told_by_hearsay(verb: Token, cues: Cues) -> tuple[Token, Cue] | None:
    """The saying verb under "is said to have": "is said to have told", "was heard to say"."""
    if verb.lemma_ not in _HEARSAY and verb.lemma_ not in ("hear", "overhear"):
        return None
    for below in children(verb, "xcomp"):
        cue = verb_cue(below, cues)
        if cue is not None and not is_passive(below) and cue.weight >= 0.5:
            return below, cue
    return None


def _hearsay_of_saying(sentence: Sentence, verb: Token, inner: tuple[Token, Cue]) -> Found | None:
    """One statement for both: the passive's subject speaks, the cue runs from the passive to the saying verb."""
    below, cue = inner
    complement = complement_of(below, cue)
    speaker = subject(verb)
    if complement is None or speaker is None:
        return None
    found = _found(sentence, verb, cue, complement, speaker)
    if found is None:
        return None
    words = list(verb.doc[verb_group(verb)[0].i : below.i + 1])
    return replace(found, cue=(place_all(words),))


def _passive_complement(verb: Token, cue: Cue) -> Complement | None:
    """The infinitive or clause after a passive; the passive's own subject where an agent did something to it."""
    to = own_subject(verb) if verb.lemma_ in ("tell", "inform", "assure", "warn", "ask", "urge") else None
    for clause in verb.children:
        if clause.i > verb.i and clause.dep_ in ("xcomp", "ccomp", "acl"):
            tokens = [t for t in subtree(clause) if t.i > verb.i]
            loose = [c for c in children(verb, "conj") if c.i > clause.i and c.pos_ not in ("VERB", "AUX")]
            tokens += [t for c in loose for t in subtree(c)]  # "to be worth five per cent this year and four next"
            if tokens:
                start = tokens[0].i
                run = tuple(verb.doc[start : before_next_report(verb, start, tokens[-1].i) + 1])
                return Complement((run,), to)
    told = cue.performative or verb.lemma_ in _HEARSAY or verb.lemma_ == "tell"
    if told and (found := complement_of(verb, cue)) is not None:
        return Complement(found.content, to)
    return None


def _found(sentence: Sentence, verb: Token, cue: Cue, complement: Complement, speaker: Token | None) -> Found | None:
    words = _with_rest_of_cue(verb_group(verb), cue)
    runs = (tuple(t for t in run if t.i > words[-1].i or t.i < words[0].i) for run in complement.content)
    content = tuple(place_all(run) for run in runs if run)
    if speaker is not None and speaker.dep_ == "expl":
        speaker = None
    source: Spans = (place_all(_whole_name(speaker, verb)),) if speaker is not None else ()
    source = tuple(_outside(s, speaker, content, verb) for s in source if speaker is not None)
    addressee = complement.addressee
    told = (place_all(noun_phrase(addressee)),) if addressee is not None else ()
    return Found(sentence.index, source, (place_all(words),), content, told, cue.weight)


def _whole_name(speaker: Token, verb: Token) -> list[Token]:
    """The speaker's noun phrase; of a name that is compounded with the verb, all that stands before the verb."""
    if speaker.dep_ == "compound" and speaker.head == verb:
        left = min(t.i for t in verb.lefts if t.dep_ in ("det", "compound", "amod", "poss"))
        return list(verb.doc[left : verb.i])
    return noun_phrase(speaker)


def _with_rest_of_cue(words: list[Token], cue: Cue) -> list[Token]:
    """The verb group with the words of its cue that follow it: "called for", "insisted on"."""
    for word in (w for w in cue.words[1:] if w != "that"):
        after = words[-1].i + 1
        here = words[-1].doc[after] if after < words[-1].sent.end else None
        if here is not None and fits_word(word, here) and here.tag_ != "TO":  # of "agreed to meet" the "to" is content
            words = [*words, words[-1].doc[after]]
    return words


def _outside(source: Span, speaker: Token, content: Spans, verb: Token) -> Span:
    """A source never holds its own cue or content: then it is cut to its noun."""
    cue = place(verb)
    if source.holds(cue) or any(source.meets(c) for c in content):
        head = [t for t in speaker.lefts if t.dep_ in ("det", "compound", "amod", "poss", "nummod")]
        return place_all([*(w for t in head for w in subtree(t)), speaker])
    return source
