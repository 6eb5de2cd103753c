"""Who says what: source, cue and content of each act of saying, by reporting words and the dependency parse.

Method: source, cue and content after Pareti (2012), A database of attribution relations; a cue opens a frame, the
parse fills it. Statements within statements come of themselves, as every cue is looked at, inside contents too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from reportedly.reading.actors import Mentions
from reportedly.reading.clauses import (
    agent,
    children,
    is_passive,
    noun_phrase,
    own_subject,
    particle,
    runs,
    subject,
    subtree,
    verb_group,
)
from reportedly.reading.complements import Complement, addressee_of, around, complement_of
from reportedly.reading.cues import SOURCE, Cue, CueForm, Cues, fits_word, load_cues
from reportedly.reading.parse import Parse, Sentence, place, place_all
from reportedly.reading.quotes import Quote, find_quotes, quoted_share
from reportedly.reading.trim import trimmed
from reportedly.records import Act, Mode, Span, Spans, Statement, hull

METHOD = "cues and parse"
_MODALS = frozenset({"would", "could", "should", "might", "may", "must", "can", "will", "shall", "wo", "ca", "'ll", "’ll"})
_HEARSAY = frozenset(
    "believe say expect understand think claim allege rumour rumor report suppose presume reckon repute know tip".split()
)


_PLAN_NOUNS = frozenset(
    "plan point draft proposal paragraph article clause section phase deal agreement accord treaty text paper "
    "blueprint framework annex roadmap stage step provision bill law".split()
)
_SIGNS = frozenset("show suggest indicate mean demonstrate reveal prove reflect underline signal highlight".split())
_NOTHING_SAID = ("not to be named", "not to be identified", "anonymity", "never comments", "not comment", "to comment on")


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


def find_attributions(parse: Parse, mentions: Mentions) -> tuple[Statement, ...]:
    """All attributions of the article, in text order, each with the one that it stands in as its parent.

    Chains, acts and certainty are left at their defaults. `confidence` is the weight of the cue, 0 to 1.
    """
    text = Text(parse, load_cues(parse.document.language), find_quotes(parse))
    found = [f for s in parse.sentences for find in FINDERS for f in find(s, text)]
    kept = _apart(_distinct(_with_quotes(f, text) for f in found), parse.text)
    drafts = [_statement(f, i, text) for i, f in enumerate(sorted(kept, key=_order), start=1)]
    lasting = [s for s in _nested(drafts) if not _same_side(s, drafts, text, mentions)]
    renumbered = [replace(s, id=f"st{i}") for i, s in enumerate(lasting, start=1)]
    return tuple(_nested(renumbered))


def _same_side(inner: Statement, all: list[Statement], text: Text, mentions: Mentions) -> bool:
    """Whether a speaker's own side acts in what he says: that is one statement, his.

    So is all that direct speech performs in the first person.
    """
    if _nobody_speaks(inner, text, mentions):
        return True
    parent = next((s for s in all if s.id == inner.parent), None)
    if parent is None or not parent.source:
        return False
    if not inner.source and not any(text.cues.phrase(c.of(text.parse.text)) for c in inner.cue):
        return True
    if parent.mode is Mode.DIRECT and _performs(inner, text):
        return True
    if not inner.source:
        return False
    outer, own = _parties(parent, mentions), _parties(inner, mentions)
    return bool(outer & own) and _performs(inner, text)


def _nobody_speaks(statement: Statement, text: Text, mentions: Mentions) -> bool:
    """Whether the subject is no voice at all ("the sign that shows he could"), where there are mentions to tell."""
    if not statement.source or statement.confidence >= 0.8 or not mentions.actors:
        return False
    span = hull(statement.source)
    words = span.of(text.parse.text)
    return mentions.actor_at(span) is None and not words[:1].isupper()


def _parties(statement: Statement, mentions: Mentions) -> set[str]:
    """The speaker and the side that the speaker is on."""
    actor = mentions.actor_at(hull(statement.source))
    return {name for name in (actor.name, actor.party) if name} if actor is not None else set()


def _performs(statement: Statement, text: Text) -> bool:
    """Whether the cue is a deed ("would accept") rather than a word for saying."""
    for span in statement.cue:
        for token in text.parse.tokens_in(span):
            cue = _verb_cue(token, text.cues) if token.pos_ in ("VERB", "AUX") else None
            if cue is not None and cue.act.value not in ("assert", "deny", "warn", "believe"):
                return True
    return False


def _order(found: Found) -> tuple[int, int]:
    return hull((*found.cue, *found.content)).start, found.cue[0].start


def _verb_cues(sentence: Sentence, text: Text) -> Iterator[Found]:
    for token in sentence.tokens:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        cue = _verb_cue(token, text.cues)
        if cue is not None and _speaks(token, cue):
            found = _from_verb(sentence, _content_verb(token, cue), cue, text)
            if found is not None:
                yield found


def _content_verb(verb: Token, cue: Cue) -> Token:
    """The verb that the content hangs on: of "let slip", the second."""
    if len(cue.words) > 1:
        for token in verb.doc[verb.i + 1 : min(verb.i + 4, verb.sent.end)]:
            if token.pos_ == "VERB" and token.dep_ in ("ccomp", "xcomp") and fits_word(cue.words[-1], token):
                return token
    return verb


def _verb_cue(token: Token, cues: Cues) -> Cue | None:
    prt = particle(token)
    after = [c.lower_ for c in children(token, "prep", "agent") if c.i > token.i]
    names = ([f"{prt.lower_} {a}" for a in after] + [prt.lower_] if prt else []) + after + [""]
    found = [c for c in (cues.verb(token.lemma_.lower(), name) for name in names) if c is not None]
    phrase = cues.match(list(token.doc[token.i : token.sent.end]))
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
        if prep.dep_ == "prep" and prep.lower_ in ("at", "as") and any(t.like_num for t in subtree(prep)):
            return True
    return False


def _speaks(verb: Token, cue: Cue) -> bool:
    """Whether the verb tells of an act of saying that took place: no plan to speak, no command, no denial of it."""
    helpers = {c.lower_ for c in children(_first_of(verb), "aux")}
    if verb.tag_ == "VBG" and not children(verb, "aux") and _gerund_of_somebody(verb):
        return False
    if "to" in helpers and verb.dep_ == "xcomp" and verb.head.lemma_ in _HEARSAY:
        return False
    if "to" in helpers and not _goes_on(verb):
        return False
    if _declines(verb):
        return False
    negated = bool(children(verb, "neg"))
    if helpers & _MODALS:
        return negated and cue.performative and not helpers & {"could", "should", "may", "can"}
    if negated and cue.act.value in ("assert", "warn", "ask", "promise", "offer", "propose"):
        return cue.text in ("rule out", "believe", "think", "expect")
    return not (verb.tag_ == "VB" and verb.dep_ == "ROOT")


def _gerund_of_somebody(verb: Token) -> bool:
    """ "includes the US offering recognition": what a plan holds, not what somebody said."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else verb
    return own_subject(verb) is not None or (before.pos_ in ("NOUN", "PROPN") and verb.dep_ in ("acl", "pcomp", "ccomp"))


def _first_of(verb: Token) -> Token:
    """The verb whose auxiliaries a bare coordinated one shares ("set to travel and present")."""
    while verb.dep_ == "conj" and verb.tag_ == "VB" and not children(verb, "aux") and verb.head.pos_ == "VERB":
        verb = verb.head
    return verb


def _declines(verb: Token) -> bool:
    """ "declined to comment", "asked not to be named", "said it never comments": nothing is said by it."""
    own = own_subject(verb)
    if own is not None and own.lower_ in ("that", "which", "this", "it") and verb.lemma_ in _SIGNS:
        return True
    if own is not None and own.lower_ in ("nobody", "none", "neither", "nothing"):
        return True
    if verb.lemma_ in ("decline", "cite", "quote") or (verb.lemma_ == "have" and not children(verb, "dobj", "ccomp")):
        return True
    after = " ".join(t.lower_ for t in verb.doc[verb.i + 1 : min(verb.i + 9, verb.sent.end)])
    return any(words in after for words in _NOTHING_SAID) and not verb.sent.text.count('"')


def _goes_on(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lemma_ in ("go", "continue", "want", "appear", "seem", "write", "text", "be")


def _from_verb(sentence: Sentence, verb: Token, cue: Cue, text: Text) -> Found | None:
    if is_passive(verb):
        return _from_passive(sentence, verb, cue, text)
    complement = complement_of(verb, cue)
    speaker = _informant(verb) or subject(verb)
    if complement is None or (speaker is None and verb.dep_ != "advcl"):
        return None
    if speaker is not None and _is_of_plan(speaker, cue):
        return None
    return _found(sentence, verb, cue, complement, speaker)


def _informant(verb: Token) -> Token | None:
    """ "this newspaper has learned from three people": they are the source."""
    if verb.lemma_ not in ("learn", "hear"):
        return None
    for prep in children(verb, "prep"):
        if prep.lower_ == "from":
            return next(iter(children(prep, "pobj")), None)
    return None


def _is_of_plan(speaker: Token, cue: Cue) -> bool:
    """What a plan or its point requires, bars or offers is a term, no statement; what it says is one."""
    return speaker.lemma_.lower() in _PLAN_NOUNS and cue.act.value not in ("assert", "deny", "warn")


def _from_passive(sentence: Sentence, verb: Token, cue: Cue, text: Text) -> Found | None:
    """ "it is claimed that", "is said to have", "was told by officers that", "was rejected by Moscow"."""
    by = agent(verb)
    impersonal = verb.lemma_ in _HEARSAY
    if by is None and not impersonal and not (cue.frames & {"of"} and verb.lemma_ == "accuse"):
        return None
    if by is None and (inner := _told_by_hearsay(verb, text.cues)) is not None:
        return _hearsay_of_saying(sentence, verb, inner)
    complement = _passive_complement(verb, cue)
    if complement is None:
        return None
    return _found(sentence, verb, cue, complement, by)


def _told_by_hearsay(verb: Token, cues: Cues) -> tuple[Token, Cue] | None:
    """The saying verb under "is said to have": "is said to have told", "is understood to have accepted"."""
    for below in children(verb, "xcomp"):
        cue = _verb_cue(below, cues)
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
            if tokens:
                run = tuple(verb.doc[tokens[0].i : tokens[-1].i + 1])
                return Complement((run,), to)
    if (found := complement_of(verb, cue)) is not None:
        return Complement(found.content, to)
    return None


def _found(sentence: Sentence, verb: Token, cue: Cue, complement: Complement, speaker: Token | None) -> Found | None:
    content = tuple(place_all(run) for run in complement.content if run)
    if speaker is not None and speaker.dep_ == "expl":
        speaker = None
    source = (place_all(_whole_name(speaker, verb)),) if speaker is not None else ()
    source = tuple(_outside(s, speaker, content, verb) for s in source if speaker is not None)
    addressee = complement.addressee
    told = (place_all(noun_phrase(addressee)),) if addressee is not None else ()
    words = _with_rest_of_cue(verb_group(verb), cue)
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
        if after < words[-1].sent.end and fits_word(word, words[-1].doc[after]):
            words = [*words, words[-1].doc[after]]
    return words


def _outside(source: Span, speaker: Token, content: Spans, verb: Token) -> Span:
    """A source never holds its own cue or content: then it is cut to its noun."""
    cue = place(verb)
    if source.holds(cue) or any(source.meets(c) for c in content):
        head = [t for t in speaker.lefts if t.dep_ in ("det", "compound", "amod", "poss", "nummod")]
        return place_all([*(w for t in head for w in subtree(t)), speaker])
    return source


def _noun_for_verb(sentence: Sentence, text: Text) -> Iterator[Found]:
    """ "..., the Herald reports." whose verb the tagger takes for a noun: all before the last comma is said."""
    words = [t for t in sentence.tokens if not t.is_punct and not t.is_space]
    if len(words) < 6 or words[-1].pos_ != "NOUN" or words[-1].tag_ != "NNS":
        return
    cue = text.cues.verb(words[-1].lemma_.lower())
    commas = [t.i for t in sentence.tokens if t.text == "," and t.i < words[-1].i]
    if cue is None or cue.weight < 0.9 or not commas or not 2 <= words[-1].i - commas[-1] <= 6:
        return
    doc = words[-1].doc
    speaker, content = doc[commas[-1] + 1 : words[-1].i], doc[sentence.tokens.start : commas[-1]]
    if any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in speaker) and any(t.pos_ in ("VERB", "AUX") for t in content):
        source, spans = (place_all(speaker),), (place_all(content),)
        yield Found(sentence.index, source, (place(words[-1]),), spans, (), 0.9)


def _noun_cues(sentence: Sentence, text: Text) -> Iterator[Found]:
    """ "his warning that", "Kyiv's demand for", "a statement from the ministry: "."""
    for noun in sentence.tokens:
        cue = text.cues.noun(noun.lemma_.lower()) if noun.pos_ == "NOUN" else None
        if cue is None or cue.weight < 0.3:
            continue
        speaker = _owner(noun)
        run = _noun_content(noun, cue)
        if speaker is not None and run:
            source = (place_all(noun_phrase(speaker)),)
            yield Found(sentence.index, source, (place(noun),), (place_all(run),), (), cue.weight)


def _owner(noun: Token) -> Token | None:
    for owner in children(noun, "poss"):
        return owner
    for by in noun.children:
        if by.dep_ in ("prep", "agent") and by.lower_ in ("by", "from"):
            return next(iter(children(by, "pobj")), None)
    return None


def _noun_content(noun: Token, cue: Cue) -> list[Token]:
    for clause in children(noun, "acl", "ccomp", "relcl", "appos"):
        if clause.i > noun.i and cue.frames & {"that", "to"}:
            marks = {c.lower_ for c in children(clause, "mark", "aux")}
            if marks & {"that", "to"}:
                return subtree(clause)
    for token in noun.doc[noun.i + 1 : noun.sent.end]:
        if token.text == ":" and token.i - noun.i < 10 and "quote" in cue.frames | {"quote"} and noun.dep_ == "ROOT":
            return list(noun.doc[token.i + 1 : noun.sent.end])
    return []


def _phrase_cues(sentence: Sentence, text: Text) -> Iterator[Found]:
    """ "according to X", "as per X", "in X's words": the clause less the phrase is the content."""
    for token in sentence.tokens:
        if token.lower_ == "according":
            yield from _according(sentence, token)
        elif token.lower_ in ("words", "account", "telling", "version", "view", "estimate", "reckoning", "estimates"):
            yield from _in_words_of(sentence, token)


def _framed_phrases(sentence: Sentence, text: Text) -> Iterator[Found]:
    """Phrases around a source, as the table has them: "if X is to be believed", "as X put it", "so says X"."""
    for token in sentence.tokens:
        for cue in text.cues.starting(token.lower_):
            if cue.form is CueForm.PHRASE and SOURCE in cue.words and "'s" not in cue.text and cue.words[0] != SOURCE:
                yield from _framed(sentence, token, cue)


def _framed(sentence: Sentence, first: Token, cue: Cue) -> Iterator[Found]:
    at = cue.words.index(SOURCE)
    before, after = cue.words[:at], cue.words[at + 1 :]
    doc, stop = first.doc, sentence.tokens.end
    start = first.i + len(before)
    if start >= stop or not all(fits_word(w, doc[first.i + k]) for k, w in enumerate(before)):
        return
    for end in range(start + 1, min(start + 14, stop - len(after)) + 1):
        if not after:
            end = _end_of_phrase(doc[start], stop)
        if all(_same(w, doc[end + k]) for k, w in enumerate(after)) and end > start:
            source = list(doc[start:end])
            words = [*doc[first.i : start], *doc[end : end + len(after)]]
            yield from _parenthetical(sentence, first, (first.i, end + len(after) - 1), (words, source))
            return


def _same(word: str, token: Token) -> bool:
    return fits_word(word, token) or (word == "be" and token.lemma_ == "be")


def _end_of_phrase(first: Token, stop: int) -> int:
    """Where the noun phrase that begins with this token ends."""
    top = first
    while top.head.i > top.i and top.head.i < stop and top.head.pos_ in ("NOUN", "PROPN", "NUM", "PRON"):
        top = top.head
    return noun_phrase(top)[-1].i + 1


def _according(sentence: Sentence, according: Token) -> Iterator[Found]:
    doc = according.doc
    if according.i + 1 >= sentence.tokens.end or doc[according.i + 1].lower_ != "to":
        return
    to = doc[according.i + 1]
    nouns = children(to, "pobj") or children(according, "pobj")
    if not nouns:
        return
    source = noun_phrase(nouns[0])
    last = max(source[-1].i, to.i)
    yield from _parenthetical(sentence, according, (according.i, last), (doc[according.i : to.i + 1], source))


def _in_words_of(sentence: Sentence, noun: Token) -> Iterator[Found]:
    preposition = noun.head
    owners = children(noun, "poss")
    if preposition.lower_ not in ("in", "by", "on") or not owners or preposition.dep_ != "prep":
        return
    source = noun_phrase(owners[0])
    if preposition.i > sentence.tokens.start and noun.doc[preposition.i - 1].text not in {",", "—", "–", "(", ";"}:
        return
    yield from _parenthetical(sentence, preposition, (preposition.i, noun.i), ([preposition, noun], source))


def _parenthetical(
    sentence: Sentence, head: Token, region: tuple[int, int], parts: tuple[Iterable[Token], list[Token]]
) -> Iterator[Found]:
    words, source = parts
    sides = around(head, *region)
    within = _clause_of(head)
    kept = [tuple(t for t in side if t.i in within) for side in sides] if within else list(sides)
    content = tuple(place_all(side) for side in kept if any(not t.is_punct for t in side))
    if content:
        cue = tuple(place_all(run) for run in runs(words))
        yield Found(sentence.index, (place_all(source),), cue, content, (), 0.9)


def _clause_of(head: Token) -> set[int]:
    """Tokens of the clause that a parenthetical belongs to; empty for the whole sentence."""
    for above in head.ancestors:
        if above.dep_ == "ccomp" and above.pos_ in ("VERB", "AUX"):
            tokens = subtree(above)
            if tokens[0].i <= head.i <= tokens[-1].i and head.i < tokens[-1].i - 4 and tokens[0].i > above.sent.start:
                return set(range(tokens[0].i, tokens[-1].i + 1))
    return set()


def _adverb_cues(sentence: Sentence, text: Text) -> Iterator[Found]:
    """ "is reportedly close to signing": hearsay with nobody named; the subject stays out of the content."""
    for token in sentence.tokens:
        cue = text.cues.adverb(token.text)
        if cue is None or not cue.hearsay or cue.weight < 0.3:
            continue
        verb = _governing_verb(token)
        if verb is None or _verb_reports(verb, text.cues):
            continue
        tokens = [t for t in subtree(verb) if t.i > token.i]
        if tokens:
            run = verb.doc[token.i + 1 : tokens[-1].i + 1]
            yield Found(sentence.index, (), (place(token),), (place_all(run),), (), cue.weight)


def _governing_verb(adverb: Token) -> Token | None:
    for above in (adverb.head, *adverb.head.ancestors):
        if above.pos_ in ("VERB", "AUX"):
            return above
    return None


def _verb_reports(verb: Token, cues: Cues) -> bool:
    cue = _verb_cue(verb, cues)
    return cue is not None and (_from_verb_exists(verb, cue))


def _from_verb_exists(verb: Token, cue: Cue) -> bool:
    return subject(verb) is not None and not is_passive(verb) and complement_of(verb, cue) is not None


FINDERS: tuple[Callable[[Sentence, Text], Iterator[Found]], ...] = (
    _verb_cues,
    _noun_for_verb,
    _noun_cues,
    _phrase_cues,
    _framed_phrases,
    _adverb_cues,
)


def _with_quotes(found: Found, text: Text) -> Found:
    """Content cut to its borders: quotations whole, no outer marks on direct speech, no stray comma."""
    grown = [_whole_quote(span, found, text) for span in found.content]
    grown = [*grown, *_speech_that_goes_on(grown, found, text)]
    cut = [t for span in grown if (t := trimmed(span, text.parse.text, text.quotes)) is not None]
    return replace(found, content=tuple(sorted(set(cut))))


def _whole_quote(span: Span, found: Found, text: Text) -> Span:
    """A content that ends within a quotation runs to its end; one that begins within it, from its start."""
    start, end = span.start, span.end
    taken = (*found.source, *found.cue)
    for quote in text.quotes:
        if any(quote.outer.meets(t) for t in taken) or not quote.outer.meets(span):
            continue
        if quote.outer.start < start < quote.inner.end:
            start = quote.outer.start
        if quote.inner.start < end < quote.outer.end:
            end = quote.outer.end
    return Span(start, end)


def _speech_that_goes_on(content: list[Span], found: Found, text: Text) -> list[Span]:
    """Quotations that follow a quoted statement with nothing but their marks between: the same speaker goes on."""
    if not content or not any(q.outer.meets(c) for q in text.quotes for c in content):
        return []
    sentence = text.parse.sentences[found.sentence]
    at = max(sentence.span.end, content[-1].end)
    more: list[Span] = []
    for quote in text.quotes:
        if quote.outer.start < at:
            continue
        gap = text.parse.text[at : quote.outer.start]
        continued = quote.paragraph == sentence.paragraph.index or (more and _open_before(quote, text))
        if gap.strip() or not continued or not _stands_alone(quote, text):
            break
        more.append(quote.outer)
        at = quote.outer.end
    return more


def _open_before(quote: Quote, text: Text) -> bool:
    return any(q.open and q.paragraph == quote.paragraph - 1 for q in text.quotes)


def _stands_alone(quote: Quote, text: Text) -> bool:
    """Whether the quotation is whole sentences, with no reporting clause after it."""
    after = text.parse.text[quote.outer.end : quote.outer.end + 2]
    inner = quote.inner.of(text.parse.text).rstrip()
    return inner[-1:] in ".?!…" and (not after.strip() or after[:1].isspace())


def _distinct(found: Iterable[Found]) -> list[Found]:
    """One for each cue, the surer one; a phrase ("as X put it") before the verb in it."""
    kept: list[Found] = []
    for f in sorted((f for f in found if f.content), key=lambda f: (-f.weight, -len(f.cue))):
        if not any(a.meets(b) for other in kept for a in other.cue for b in f.cue):
            kept.append(f)
    return kept


def _apart(found: list[Found], text: str) -> list[Found]:
    """Of two that hold each other's cue, the outer one's reporting clause is cut off the inner one's content."""
    out = []
    for f in found:
        for other in found:
            if other is f or not _hold_each_other(f, other) or other.cue[0].start < f.cue[0].start:
                continue
            stop = hull((*other.source, *other.cue)).start
            f = _ending_at(f, stop, text)
        out.append(f)
    return out


def _hold_each_other(a: Found, b: Found) -> bool:
    return any(c.holds(b.cue[0]) for c in a.content) and any(c.holds(a.cue[0]) for c in b.content)


def _ending_at(found: Found, stop: int, text: str) -> Found:
    kept = [c if c.end <= stop else Span(c.start, stop) for c in found.content if c.start < stop]
    cut = [Span(c.start, c.start + len(c.of(text).rstrip(" ,;:—–-"))) for c in kept if c.of(text).strip(" ,;:—–-")]
    return replace(found, content=tuple(cut)) if cut else found


def _statement(found: Found, number: int, text: Text) -> Statement:
    return Statement(
        id=f"st{number}",
        piece=text.parse.sentences[found.sentence].piece,
        source=found.source,
        cue=found.cue,
        content=found.content,
        addressee=found.addressee,
        mode=mode_of(found.content, text.quotes),
        confidence=round(found.weight, 3),
        method=METHOD,
    )


def mode_of(content: Spans, quotes: tuple[Quote, ...]) -> Mode:
    """Direct where all of it stands in quotation marks, mixed where some of it does."""
    whole = sum(s.end - s.start for s in content)
    share = sum(quoted_share(s, quotes) * (s.end - s.start) for s in content) / whole
    if share > 0.97:
        return Mode.DIRECT
    return Mode.MIXED if share > 0 else Mode.INDIRECT


def _nested(statements: list[Statement]) -> Iterator[Statement]:
    for s in statements:
        holders = [p for p in statements if p.id != s.id and _stands_in(s, p)]
        parent = min(holders, key=lambda p: sum(c.end - c.start for c in p.content), default=None)
        yield replace(s, parent=parent.id if parent else None)


def _stands_in(inner: Statement, outer: Statement) -> bool:
    return any(c.holds(inner.cue[0]) for c in outer.content) and not any(
        c.holds(outer.cue[0]) for c in inner.content if not any(o.holds(c) for o in outer.content)
    )


__all__ = ["METHOD", "addressee_of", "find_attributions", "mode_of"]
