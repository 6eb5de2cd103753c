"""What the trained tagger adds to the reports that cues and parse find, and which of those it does not bear out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from reportedly.reading.clauses import agent, is_passive, noun_phrase, own_subject, subject
from reportedly.reading.cues import Cues, lemmas_of
from reportedly.reading.language import load_table, load_words
from reportedly.reading.models import AttributionModel
from reportedly.reading.parse import Parse, place, place_all
from reportedly.reading.reports import Found, Text, declines, speaks, verb_cue
from reportedly.reading.tagger import Found as Tagged
from reportedly.reading.tagger import Tags, read_tags
from reportedly.records import Span, Spans, hull

LEAST = 0.3
"""The score below which an attribution of the tagger is not looked at."""
SURE = 0.45
"""The score from which an attribution that only the tagger finds is taken."""
WEAK = 0.6
"""The weight below which a report of the rules needs the tagger to find it too."""
DOUBTED = 0.1
"""The probability of a cue below which the tagger takes a word for none; a report of the rules by it is left out."""
DOUBTED_INSIDE = 0.0005
"""The same within another report's content, where the tagger has seen fewer examples."""
UNSURE_INSIDE = 0.005
"""The same there for a word that need not report: one of a weight below FIRM."""
FIRM = 0.85
SURER = 0.74
"""The score from which the tagger is believed where the two find different words behind one cue."""
ALIKE = 0.7
"""The Dice overlap below which two contents are different."""
SAME = 0.6
"""The Dice overlap above which two contents are one."""
_QUESTIONS = load_words("reports", "questions")
_PEOPLE = frozenset({"he", "she", "they"}) | {row["noun"] for row in load_table("en", "nouns")}
_PLAN_PARTS = load_words("reports", "plan_parts")


def with_tagged(found: list[Found], text: Text, model: AttributionModel) -> list[Found]:
    """The reports of both readers, what both find once; of weak or doubted ones by rule only what the tagger finds too.

    The thresholds were chosen by F1 on the gold articles for training and on PolNeAR; docs/methods.md has the figures.
    """
    found = [f for f in found if f.content]
    paragraphs = [(p.span.start, p.span.of(text.parse.text)) for p in text.parse.paragraphs]
    tags = read_tags(paragraphs, model, least=LEAST)
    cues = [c for cue in (*(f.cue for f in found), *(t.cue for t in tags.found)) for c in cue]
    tags = replace(tags, found=tuple(_in_reach(t, cues, text) for t in tags.found))
    said = [*found, *(Found(0, t.source, t.cue, t.content, (), t.score) for t in tags.found if t.cue)]
    kept = [_agreed(f, said, tags.found, text) for f in found if _borne_out(f, found, tags, text)]
    return [*(_clipped(f, kept) for f in kept), *_only_tagged(tags.found, found, text)]


def _clipped(found: Found, kept: Sequence[Found]) -> Found:
    """A report in another's words without what was cut off these: nobody says more than he is said to say."""
    for other in kept:
        within = [c for c in other.content if c.holds(found.cue[0])] if other is not found else []
        if within and not any(within[0].holds(c) for c in found.content):
            parts = tuple(Span(c.start, within[0].end) for c in found.content if c.start < within[0].end < c.end)
            return replace(found, content=parts) if len(parts) == len(found.content) else found
    return found


def _in_reach(tagged: Tagged, cues: Sequence[Span], text: Text) -> Tagged:
    """Without content of another sentence that nobody quotes, or that has a cue of its own: it strayed to this one.

    Nor does speech go on behind the semicolon of "X, one official said; Y".
    What ends in a colon reports nothing that stands before it. Where some of it strayed, the tagger is not believed
    against the rules about the rest.
    """
    at = text.parse.sentence_at(hull(tagged.cue).start) if tagged.cue else None
    if at is None:
        return tagged
    announces = at.span.of(text.parse.text).rstrip().endswith(":")
    ahead = [c for c in tagged.content if not announces or c.end > at.span.start]
    near = (c for c in ahead if at.span.meets(c) or _goes_on(c, cues, text))
    kept = tuple(_within(c, at.span, text) for c in near if not _parted(tagged.cue, c, text))
    if not kept:
        return replace(tagged, score=min(tagged.score, SURE - 0.01))
    if kept == tagged.content:
        return tagged
    return replace(tagged, content=kept, score=min(tagged.score, SURER - 0.01))


def _parted(cue: Spans, content: Span, text: Text) -> bool:
    """Whether a semicolon stands between a cue and unquoted words, with nothing of what was said before it."""
    if any(q.outer.meets(content) for q in text.quotes):
        return False
    between = text.parse.text[hull(cue).end : content.start].partition(";")
    return bool(between[1]) and not any(mark in between[0] for mark in ':“"')


def _within(content: Span, sentence: Span, text: Text) -> Span:
    """The content, begun no earlier than the sentence of its cue where nobody quotes it."""
    if not sentence.meets(content) or any(q.outer.meets(content) for q in text.quotes):
        return content
    return Span(max(content.start, sentence.start), content.end)


def _goes_on(content: Span, cues: Sequence[Span], text: Text) -> bool:
    """Whether speech may go on here: in a sentence all in quotation marks, where nobody else is said to speak."""
    quotes = [q for q in text.quotes if q.outer.meets(content)]
    sentence = text.parse.sentence_at(content.start)
    if not quotes or sentence is None:
        return False
    loose = [t for t in sentence.tokens if t.is_alpha and not any(q.outer.holds(place(t)) for q in quotes)]
    if loose:
        return False
    return not any(sentence.span.holds(c) and not any(q.outer.holds(c) for q in quotes) for c in cues)


def _borne_out(found: Found, others: Sequence[Found], tags: Tags, text: Text) -> bool:
    """Whether the tagger finds it too, or does not speak against it."""
    if any(_same(found, t) for t in tags.found):
        return True
    if found.weight < WEAK:
        return False
    if not found.source or _is_phrase(
        found, text
    ):  # "reportedly", "as X had it": seldom marked where the tagger learnt
        return True
    contents = [t.content for t in tags.found] + [f.content for f in others if f is not found]
    inside = any(c.holds(found.cue[0]) for content in contents for c in content)
    least = (DOUBTED_INSIDE if found.weight >= FIRM else UNSURE_INSIDE) if inside else DOUBTED
    return tags.cue_chance(found.cue) >= least


def _is_phrase(found: Found, text: Text) -> bool:
    """Whether its cue stands around a source or opens with a preposition: no verb or noun of its own."""
    return len(found.cue) > 1 or any(t.pos_ in ("ADP", "SCONJ") for t in text.parse.tokens_in(found.cue[0])[:1])


def _agreed(found: Found, others: Sequence[Found], tagged: Sequence[Tagged], text: Text) -> Found:
    """A report of the rules, as sure as the surer reader, with the tagger's words where it is sure of others."""
    sentence = text.parse.sentences[found.sentence].span
    touching = [t for t in tagged if _touch(found.cue, t.cue)]
    found = replace(found, weight=max([found.weight, *(round(t.score, 3) for t in touching)]))
    there = [t for t in touching if t.score >= SURER and any(part.meets(sentence) for part in t.content)]
    if not there:
        return found
    best = max(there, key=lambda t: _alike(found.content, t.content))
    if _is_half(best.content, found, tagged, sentence):
        return found
    runs_on = _swallows(found, best.content, others, text) or _ends_at_semicolon(found, best.content, text)
    if runs_on or _is_of_more(found, best.content, text):
        return found
    source = best.source if _touch(best.source, (sentence,)) or not _touch(found.source, (sentence,)) else found.source
    if not found.source and len(source) == 1 and source[0].of(text.parse.text).casefold() == "it":
        source = ()  # "it is claimed"
    if _alike(found.content, best.content) < ALIKE:
        return replace(found, source=source, cue=best.cue, content=best.content)
    if source and not _touch(found.source, source) and not _names_source(found):
        return replace(found, source=source)
    return found


def _swallows(found: Found, content: Spans, others: Sequence[Found], text: Text) -> bool:
    """Whether the tagger runs on over what the same speaker says next: "confirmed the offer but put it at 6%".

    Or over what one of them says: "members thought it could take all night, with one predicting a week".
    """
    for other in (f for f in others if f is not found and f.source and f.weight >= WEAK):
        cue, same = other.cue[0], other.source == found.source
        start, words = (cue.start, (" and", " but")) if same else (other.source[0].start, (", with",))
        joined = text.parse.text[max(0, start - 12) : start].rstrip().endswith(words)
        if joined and any(c.holds(cue) for c in content) and not any(c.holds(cue) for c in found.content):
            return True
    return False


def _is_half(content: Spans, found: Found, tagged: Sequence[Tagged], sentence: Span) -> bool:
    """Whether it is one side only of what a reporting clause interrupts: "The deal, critics say, rewards aggression".

    The other side must be nobody else's report.
    """
    held = all(any(c.holds(other) for c in found.content) for other in content)
    rest = tuple(c for c in found.content if not any(c.meets(other) for other in content))
    others = (t for t in tagged if _apart(t, content, sentence))
    return held and 0 < len(rest) < len(found.content) and not any(_touch(rest, t.cue) for t in others)


def _apart(tagged: Tagged, content: Spans, sentence: Span) -> bool:
    """Whether a report has a speaker of its own: not whom the content tells of ("She agrees, ..., but wants")."""
    if not tagged.source:
        return not any(sentence.holds(cue) for cue in tagged.cue)
    return any(not any(c.holds(source) for c in content) for source in tagged.source)


def _ends_at_semicolon(found: Found, content: Spans, text: Text) -> bool:
    """Whether the tagger goes on behind a semicolon at which the parse ends what was said."""
    last = found.content[-1]
    goes_on = any(c.holds(last) and c.end > last.end for c in content)
    quoted = any(q.outer.meets(last) for q in text.quotes)
    behind = text.parse.text[last.end : last.end + 7]
    return goes_on and not quoted and behind[:1] == ";" and not behind.startswith("; that")


def _is_of_more(found: Found, content: Spans, text: Text) -> bool:
    """Whether others tell of a saying, and not only of what is said: '"No," he said, according to two aides.'"""
    aside = any(t.lower_ == "according" for t in text.parse.tokens_in(found.cue[0])[:1])
    rest = [c for c in found.content if any(c.holds(part) and c != part for part in content)]
    tokens = [t for c in rest for t in text.parse.tokens_in(c) if not any(part.holds(place(t)) for part in content)]
    return aside and any(t.pos_ == "VERB" and verb_cue(t, text.cues) is not None for t in tokens)


def _names_source(found: Found) -> bool:
    """Whether the source stands right behind the cue: "according to X", "was told by X"."""
    return any(0 <= source.start - cue.end <= len(" by ") for source in found.source for cue in found.cue)


def _only_tagged(tagged: Sequence[Tagged], found: Sequence[Found], text: Text) -> Iterator[Found]:
    for t in tagged:
        if t.score < SURE or not t.cue or not t.content or any(_is_there(f, t, text) for f in found):
            continue
        sentence = text.parse.sentence_at(hull(t.cue).start)
        if _is_question_put(t, text):
            continue
        if sentence is not None and not _of_plan(t, text.parse, text.cues) and _told(t, text):
            source = t.source or _subject_of(t.cue, text)
            content = _before_own(source, t.content, found, text)
            yield Found(sentence.index, source, t.cue, content, (), round(t.score, 3))


def _before_own(source: Spans, content: Spans, found: Sequence[Found], text: Text) -> Spans:
    """The content up to what the same source does next: "sees it as a wedge and will not recommend that part"."""
    last = content[-1]
    for cue in (
        f.cue[0]
        for f in found
        if source and f.source == source and last.holds(f.cue[0]) and f.cue[0].start > last.start
    ):
        before = Span(last.start, cue.start).of(text.parse.text).rstrip()
        for joint in (" and", " but"):
            if before.endswith(joint) and len(before) > len(joint):
                return (*content[:-1], Span(last.start, last.start + len(before) - len(joint)))
    return content


def _subject_of(cue: Spans, text: Text) -> Spans:
    """Who does what a cue says where the tagger marks nobody: the subject of its verb, a name or a person."""
    for verb in (t for span in cue for t in text.parse.tokens_in(span) if t.pos_ == "VERB"):
        doer = None if is_passive(verb) else subject(verb)
        if doer is not None and (doer.pos_ == "PROPN" or doer.ent_type_ == "PERSON" or doer.lower_ in _PEOPLE):
            return (place_all(noun_phrase(doer)),)
    return ()


def _told(tagged: Tagged, text: Text) -> bool:
    """Whether its cue tells of an act that took place: not "would discuss", "the US offering", "to propose"."""
    for token in (t for span in tagged.cue for t in text.parse.tokens_in(span) if t.pos_ in ("VERB", "AUX")):
        if token.lemma_ in _QUESTIONS and not tagged.source:  # "Asked whether it was over, she shook her head."
            return False
        cue = verb_cue(token, text.cues)
        if cue is not None:
            return speaks(token, cue) and not (cue.performative and _done_by_another(token, tagged))
        if token.pos_ == "VERB":
            return not declines(token) and not any(c.dep_ == "aux" and c.tag_ == "MD" for c in token.children)
    return True


def _is_question_put(tagged: Tagged, text: Text) -> bool:
    """ "Asked whether he believed it, the minister laughed": he was asked, and said nothing."""
    first = next((t for t in text.parse.tokens_in(tagged.content[0]) if not t.is_punct), None)
    asked = first is not None and first.lemma_ in _QUESTIONS and first.tag_ == "VBN" and first.dep_ == "advcl"
    return asked and len(tagged.content) == 1


def _done_by_another(verb: Token, tagged: Tagged) -> bool:
    """ "The paper, which was seen by the Post, was circulated": the Post did not circulate it."""
    own = own_subject(verb)
    if not is_passive(verb) or agent(verb) is not None or own is None or not tagged.source:
        return False
    return tagged.source[0].start < place(verb).start and not any(s.holds(place(own)) for s in tagged.source)


def _same(found: Found, tagged: Tagged) -> bool:
    """Whether two readers found one thing: cues that touch, or contents that are mostly alike."""
    return _touch(found.cue, tagged.cue) or _alike(found.content, tagged.content) > SAME


def _is_there(found: Found, tagged: Tagged, text: Text) -> bool:
    """Whether a find of the tagger's is a report of the rules: by its cue, or by content and source."""
    if _touch(found.cue, tagged.cue):
        return True
    one_source = _touch(found.source, tagged.source) or found.source == tagged.source
    bare = not any(c.isalpha() for cue in tagged.cue for c in cue.of(text.parse.text))
    if one_source and bare and _touch(found.content, tagged.content):
        return True  # "told a crowd: ..." has its verb
    return one_source and _alike(found.content, tagged.content) > SAME


def _touch(a: Spans, b: Spans) -> bool:
    return any(x.meets(y) for x in a for y in b)


def _alike(a: Spans, b: Spans) -> float:
    """Dice overlap of two discontinuous spans' characters, 0 to 1."""
    shared = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    return 2 * shared / (sum(_length(s) for s in a) + sum(_length(s) for s in b))


def _length(span: Span) -> int:
    return span.end - span.start


def _of_plan(tagged: Tagged, parse: Parse, cues: Cues) -> bool:
    """Whether it is a plan that "requires" or "includes": a term, no statement."""
    heads = [t.lemma_.lower() for span in tagged.source for t in parse.tokens_in(span) if t.pos_ in ("NOUN", "PROPN")]
    verbs = (t for span in tagged.cue for t in parse.tokens_in(span) if t.pos_ == "VERB")
    doers = {own.lemma_.lower() for verb in verbs if (own := own_subject(verb)) is not None}
    if not doers & _PLAN_PARTS and (not heads or heads[-1] not in _PLAN_PARTS):
        return False
    words = [word for span in tagged.cue for t in parse.tokens_in(span) for word in lemmas_of(t)]
    named = [cue for word in words if (cue := cues.verb(word)) is not None]
    return not any(cue.act.value in ("assert", "deny", "warn") and cue.weight >= 0.5 for cue in named)
