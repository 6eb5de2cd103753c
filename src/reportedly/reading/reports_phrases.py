"""Reports without a verb: nouns, phrases and adverbs ("according to", "his warning that", "reportedly")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Span, Token

from reportedly.reading.clauses import (
    children,
    is_passive,
    noun_phrase,
    own_subject,
    runs,
    subject,
    subject_behind,
    subtree,
)
from reportedly.reading.complements import complement_of
from reportedly.reading.complements_around import around
from reportedly.reading.cues import SOURCE, Cue, CueForm, Cues, fits_word
from reportedly.reading.language import load_table, load_words
from reportedly.reading.parse import Sentence, place, place_all
from reportedly.reading.reports import Found, Text, verb_cue

_ACCOUNTS = load_words("reports", "accounts")
_VOICES = frozenset(row["noun"] for row in load_table("en", "nouns")) | load_words("reports", "utterances")
_CITING = frozenset({"citing", "quoting"})
_TEMPORAL = frozenset({"even", "just", "exactly", "precisely", "especially", "particularly", "only", "soon", "long"})
"""Before "as", words that tell when, or how long: no phrase around a source."""


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
    named = speaker[0].pos_ != "ADP" and speaker[-1].pos_ in ("NOUN", "PROPN", "PRON")
    if named and any(t.pos_ in ("VERB", "AUX") for t in content):
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
        if by.dep_ in ("prep", "agent") and by.lower_ in ("by", "from", "among"):
            return next(iter(children(by, "pobj")), None)
    return None


def _noun_content(noun: Token, cue: Cue) -> list[Token]:
    for clause in children(noun, "acl", "ccomp", "relcl", "appos"):
        if clause.i > noun.i and cue.frames & {"that", "to"}:
            marks = {c.lower_ for c in children(clause, "mark", "aux")}
            if marks & {"that", "to"}:
                return subtree(clause)
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be" and "that" in cue.frames:  # "Peru's position is that ..."
        for clause in children(noun.head, "ccomp"):
            if clause.i > noun.head.i and children(clause, "mark"):
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
        elif token.lower_ in _ACCOUNTS:
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
    own = own_subject(first) if first.pos_ == "VERB" else None
    if own is not None and own.i < first.i:  # "the paper says nothing": who says it stands before
        return
    if first.lower_ == "as" and first.dep_ == "prep" and any(t.text == "," for t in subtree(first)):
        return  # "return it as fuel, its envoy said"
    start = first.i + len(before)
    if start >= stop or not all(fits_word(w, doc[first.i + k]) for k, w in enumerate(before)):
        return
    for end in range(start + 1, min(start + 14, stop - len(after)) + 1):
        if not after:
            end = _end_of_phrase(doc[start], stop)
        if all(_same(w, doc[end + k]) for k, w in enumerate(after)) and end > start:
            if not _frames(doc[start:end], first, doc[end + len(after) - 1]):
                return
            end = _to_comma(first, end) if not after else end
            source = list(doc[start:end])
            words = [*doc[first.i : start], *doc[end : end + len(after)]]
            last = _end_of_frame(first, end + len(after) - 1)
            yield from _parenthetical(sentence, first, (first.i, last), (words, source))
            return


def _frames(source: Span, first: Token, last: Token) -> bool:
    """Whether it is a voice that the phrase is around, and what is said stands outside of it.

    Not "even as residents reported strikes", where the verb has an object, nor "if the price is right".
    """
    if first.i > first.sent.start and first.nbor(-1).lower_ in _TEMPORAL:
        return False
    if any(c.i > last.i and c.dep_ == "dobj" and c.ent_type_ not in ("DATE", "TIME") for c in last.children):
        return False
    head = source.root
    if any(t.text in {";", ":"} for t in source):
        return False
    if first.lower_ == "per":
        after_stop = first.i == first.sent.start or first.nbor(-1).text in {",", "(", "”", '"'}
        return after_stop and (head.lemma_.lower() in _VOICES or (head.pos_ == "PROPN" and head.text[:1].isupper()))
    return first.lower_ != "if" or head.pos_ in ("PROPN", "PRON") or head.lemma_.lower() in _VOICES


def _end_of_frame(first: Token, last: int) -> int:
    """A frame at the head of its sentence runs to its comma: "As one put it to me last week, ..."."""
    if first.i == first.sent.start:
        for token in first.doc[last + 1 : min(last + 9, first.sent.end)]:
            if token.text == ",":
                return token.i
            if token.pos_ in ("VERB", "AUX") or token.is_quote:
                break
    return last


def _to_comma(first: Token, end: int) -> int:
    """Where the source ends of "..., in the words of one person in the room, ...": at the comma that closes it."""
    if first.i == first.sent.start or first.nbor(-1).text != ",":
        return end
    for token in first.doc[end : min(end + 8, first.sent.end)]:
        if token.text == ",":
            return token.i
        if token.pos_ not in ("ADP", "DET", "NOUN", "PROPN", "ADJ"):
            break
    return end


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
    source = _less_subject(noun_phrase(nouns[0]), according)
    last = _past_aside(max(source[-1].i, to.i), sentence)
    yield from _parenthetical(sentence, according, (according.i, last), (doc[according.i : to.i + 1], source))


def _less_subject(source: list[Token], according: Token) -> list[Token]:
    """ "According to a paper seen by AFP, Denmark has warned": without the subject that the parser hangs on it."""
    behind = subject_behind(according)
    return [t for t in source if t.i < behind.left_edge.i - 1] if behind is not None else source


def _past_aside(last: int, sentence: Sentence) -> int:
    """Behind an aside on where a source has it from: "According to the Post, citing two aides, it is over"."""
    doc = sentence.tokens.doc
    begins = last + 2 < sentence.tokens.end and doc[last + 1].text == "," and doc[last + 2].lower_ in _CITING
    commas = [t.i for t in doc[last + 3 : sentence.tokens.end] if t.text == ","] if begins else []
    return commas[0] - 1 if commas else last


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
    closes = (
        head.lower_ == "according"
    )  # it is about the whole sentence; "denied that he asked, as the Post had it", not
    within = _clause_of(head, region[1] if closes else head.i + 2)
    kept = [tuple(t for t in side if t.i in within) for side in sides] if within else list(sides)
    content = tuple(place_all(side) for side in kept if any(not t.is_punct for t in side))
    if content:
        cue = tuple(place_all(run) for run in runs(words))
        yield Found(sentence.index, (place_all(source),), cue, content, (), 0.9)


def _clause_of(head: Token, last: int) -> set[int]:
    """Tokens of the clause that a parenthetical stands in the middle of; empty for the whole sentence."""
    for above in head.ancestors:
        if above.dep_ == "ccomp" and above.pos_ in ("VERB", "AUX"):
            tokens = subtree(above)
            if tokens[0].i <= head.i <= tokens[-1].i and last < tokens[-1].i - 2 and tokens[0].i > above.sent.start:
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
    cue = verb_cue(verb, cues)
    return cue is not None and (_from_verb_exists(verb, cue))


def _from_verb_exists(verb: Token, cue: Cue) -> bool:
    return subject(verb) is not None and not is_passive(verb) and complement_of(verb, cue) is not None


FINDERS = (_noun_for_verb, _noun_cues, _phrase_cues, _framed_phrases, _adverb_cues)


def find_phrase_reports(sentence: Sentence, text: Text) -> Iterator[Found]:
    """What a sentence reports by a noun, phrase or adverb."""
    for find in FINDERS:
        yield from find(sentence, text)
