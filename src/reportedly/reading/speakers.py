"""Who a source span stands for: the actor of its head noun, several who speak as one, or a voice by its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from reportedly.reading.chains_work import Work, cue_verbs, is_publisher, make_source, sentence_of
from reportedly.reading.clauses import RELATIVE, agent, antecedent, children, noun_phrase, own_subject
from reportedly.reading.language import load_words
from reportedly.reading.parse import Parse, place, place_all
from reportedly.reading.speakers_counted import counted, counts_bodies, may_be_bodies, named_together, paired
from reportedly.reading.speakers_kinds import (
    LETTERS,
    OUTLET_NOUNS,
    PAPERS,
    PLANS,
    is_part_of_somebody,
    is_person,
    is_share,
    kind_of,
)
from reportedly.reading.speakers_pronouns import fits_pronoun, in_own_quotation
from reportedly.records import Mode, Source, SourceKind, Span, Statement, hull

_OURSELVES = load_words("reports", "ourselves")
_CONTINUING = load_words("chains", "continuing")
_HEARSAY = load_words("reports", "hearsay")
_STATES_AND_BODIES = frozenset({SourceKind.GOVERNMENT, SourceKind.ORGANISATION})
_MEASURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"})
_ONE_MORE = frozenset({"a second", "a third", "a fourth", "a fifth"})
_ANOTHER = Source(id="", name="another", kind=SourceKind.UNNAMED, named=False)
_BACK = 900
"""How many characters back people named together are looked for."""
_LEGAL = load_words("reports", "legal_forms")
PRONOUNS = frozenset({"he", "she", "it", "they"})


def speaker_of(statement: Statement, work: Work) -> Source | None:
    """Who says it, if the text names anybody: the actor that the source words mean."""
    if statement.id not in work.speakers:
        work.speakers[statement.id] = None  # one that goes back to itself has no speaker
        work.speakers[statement.id] = _speaker(statement, work)
    return work.speakers[statement.id]


def _speaker(statement: Statement, work: Work) -> Source | None:
    if not statement.source:
        return _who_lets_it_be_known(statement, work)
    if is_said_to(statement, work) and not _said_to_say(statement, work):
        return None
    span = hull(statement.source)
    tokens = [t for t in work.parse.tokens_in(span) if not t.is_punct]
    if not tokens:
        return work.mentions.actor_at(span) or _named_over(span, work)
    head = head_of(tokens)
    if _is_let_know(head):
        return _who_lets_it_be_known(statement, work)
    if span.of(work.parse.text).casefold() in _ONE_MORE:
        return actor_with(head, span, work) or make_source(_ANOTHER, span, work)
    if head.pos_ not in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"):
        return _antecedent(tokens[0], work) if tokens[0].lower_ in RELATIVE else _named_in(span, work)
    if head.lower_ in RELATIVE:
        return _antecedent(head, work)
    if head.lower_ in PRONOUNS:
        if (another := _told_in_quotation(head, statement, work)) is not None:
            return another
        voice = voice_of_pronoun(head, actor_with(head, span, work), statement, work)
        return work.pointed.get(voice, voice) if voice is not None else None
    joint = _joint(head, span, work) or _shared(head, span, work)
    if joint is not None:
        return joint
    found = actor_with(head, span, work)
    pointed = _pointed_at(head, span, found, work)
    if pointed is not None and found is not None:
        work.pointed[found] = pointed
    return pointed or found or _unlisted(head, span, work)


def _named_over(span: Span, work: Work) -> Source:
    """Who is named only in a headline: the person of the article with that surname, or one of his own."""
    name = " ".join(span.of(work.parse.text).split())
    people = [a for a in work.mentions.actors if a.kind is SourceKind.PERSON and a.named]
    same = next((a for a in people if a.name.split()[-1] == name.split()[-1]), None)
    return same or make_source(Source(id="", name=name, kind=SourceKind.PERSON), span, work)


def _told_in_quotation(pronoun: Token, statement: Statement, work: Work) -> Source | None:
    """ "I was with my wife. She said: ...": in a quotation the person just spoken of, where nobody is named."""
    parent = work.by_id.get(statement.parent or "")
    if parent is None or parent.mode is not Mode.DIRECT or pronoun.lower_ not in ("he", "she"):
        return None
    held = next((c for c in parent.content if c.holds(place(pronoun))), None)
    before = (
        work.parse.tokens_in(Span(held.start, place(pronoun).start))
        if held and held.start < place(pronoun).start
        else ()
    )
    near = [t for t in before if t.pos_ in ("NOUN", "PROPN", "PRON") and t.dep_ not in ("compound", "poss")]
    kin = [t for t in near if t.pos_ == "NOUN" and t.tag_ == "NN" and any(c.lower_ == "my" for c in t.children)]
    if not kin or any(t.pos_ == "PROPN" or t.lower_ in PRONOUNS for t in near[near.index(kin[-1]) + 1 :]):
        return None
    name = place_all(core_of(kin[-1]))
    return (
        make_source(kind_of(kin[-1], wording_of(name, work)), name, work) if is_person(kin[-1].lemma_.lower()) else None
    )


def _pointed_at(head: Token, span: Span, found: Source | None, work: Work) -> Source | None:
    """ "Both candidates", "the two": people named together before, where nobody else was called so till now."""
    number = counted(head)
    told = found is not None and (found.named or min(found.mentions).start < span.start)
    earlier = told and not (found is not None and found.named and _among_others(found, span, work))
    if not number or earlier:
        return None
    sentence = work.parse.sentence_at(span.start)
    reach = Span(max(0, sentence.span.start - _BACK), span.start) if sentence is not None and span.start else None
    near = work.mentions.mentions_in(reach) if reach is not None else ()
    people = {m: a for m, a in near if a.kind is SourceKind.PERSON and a.named}
    bodies = {m: a for m, a in near if a.kind in _STATES_AND_BODIES and a.named}
    together = () if counts_bodies(head) else named_together(number, span, work.parse, people)
    together = together or (paired(number, span, work.parse, bodies) if may_be_bodies(head) else ())
    if not together:
        return None
    kind = together[0].kind
    count = number if kind is SourceKind.PERSON else 1
    return make_source(Source(id="", name=" and ".join(p.name for p in together), kind=kind, count=count), span, work)


def _among_others(found: Source, span: Span, work: Work) -> bool:
    """Whether the same words mean others too: "the two leaders"."""
    return any(a != found and m in found.mentions for m, a in work.mentions.mentions_in(span))


def is_said_to(statement: Statement, work: Work) -> bool:
    """ "She is said to have quipped": hearsay about somebody."""
    return bool(_hearsay_complements(statement, work))


def _said_to_say(statement: Statement, work: Work) -> bool:
    """Whether what somebody is said to have done is to say something: then it is that voice's statement."""
    return any(work.cues.verb(verb.lemma_) is not None for verb in _hearsay_complements(statement, work))


def _hearsay_complements(statement: Statement, work: Work) -> list[Token]:
    tokens = [t for span in statement.cue for t in work.parse.tokens_in(span)]
    passive = [t.head for t in tokens if t.dep_ == "auxpass" and t.head.lemma_ in _HEARSAY and agent(t.head) is None]
    return [child for verb in passive for child in children(verb, "xcomp") if child.i > verb.i]


def _who_lets_it_be_known(statement: Statement, work: Work) -> Source | None:
    for verb in cue_verbs(statement, work.parse):
        above = next((t for t in (verb, *verb.ancestors) if t.lemma_ == "let"), None)
        subject = own_subject(above) if above is not None and verb.lemma_ in ("be", "know", "let") else None
        if subject is not None:
            return actor_of_noun(antecedent(subject), work)
    return None


def _is_let_know(head: Token) -> bool:
    """ "Let the union know": the union hears it, and does not say it."""
    return head.dep_ == "nsubj" and head.head.lemma_ == "know" and head.head.head.lemma_ == "let"


def voice_of_pronoun(pronoun: Token, found: Source | None, statement: Statement, work: Work) -> Source | None:
    """Who a speaking pronoun means: whoever spoke just before, where that fits and the one found did not speak.

    Nobody speaks of himself by name or as "he" in his own quotation: who is spoken of there is not the speaker.
    """
    before = _voice_before(statement, work)
    if found is not None and before is not None and _has_the_floor(found, before, statement, work):
        return found
    spoken_of = found is not None and (in_own_quotation(found, statement) or _named_in_own(found, statement, work))
    if before is not None and found is not None and _is_nearer(before, found, statement, work):
        spoken_of = True
    at_odds = found is None or not fits_pronoun(found, pronoun.lower_) or statement.mode is Mode.DIRECT
    at_odds = at_odds or _goes_on_speaking(found, before, statement, work)
    if before is not None and (spoken_of or at_odds) and fits_pronoun(before, pronoun.lower_):
        return before
    return (_other_nearby(pronoun, found, statement, work) if spoken_of else None) or found


def _has_the_floor(found: Source, before: Source, statement: Statement, work: Work) -> bool:
    """ "The envoy warned him. Lee shrugs it off. 'They say that,' he says": who acted since a voice was heard."""
    at = sentence_of(statement.cue, work.parse)
    if at is None or at.index == 0 or found == before or statement.mode is not Mode.DIRECT:
        return False
    last = work.parse.sentences[at.index - 1]
    own = own_subject(last.tokens.root)
    acted = own is not None and own.pos_ == "PROPN" and any(m.holds(place(own)) for m in found.mentions)
    spoke = any(last.span.holds(s.cue[0]) for s in work.by_id.values() if s.cue and s.id != statement.id)
    return acted and not spoke and last.paragraph.index == at.paragraph.index and not in_own_quotation(found, statement)


def _named_in_own(found: Source, statement: Statement, work: Work) -> bool:
    """Whether what was last called of somebody before "he said" is a name or office in what he says himself."""
    start = statement.source[0].start
    last = max((m for m in found.mentions if m.end <= start), default=None)
    if last is None or not any(c.holds(last) for c in statement.content if c.end <= start):
        return False
    return not any(t.pos_ == "PRON" for t in work.parse.tokens_in(last))


def _is_nearer(before: Source, found: Source, statement: Statement, work: Work) -> bool:
    """Whether one person spoke in the sentence before, and of the one found nothing stands yet in the paragraph."""
    at = sentence_of(statement.cue, work.parse)
    if at is None or at.index == 0 or before == found or before.kind is not SourceKind.PERSON:
        return False
    last = work.parse.sentences[at.index - 1]
    start = at.paragraph.span.start
    here = [m for m in found.mentions if start <= m.start < statement.source[0].start]
    absent = all(t.pos_ == "PRON" for m in here for t in work.parse.tokens_in(m))
    spoke = any(last.span.holds(m) for m in before.mentions)
    return absent and spoke and last.paragraph.index == at.paragraph.index


def _goes_on_speaking(found: Source | None, before: Source | None, statement: Statement, work: Work) -> bool:
    """ "His spokesman says the minister agrees. He adds": whom he only spoke of is not who goes on."""
    if found is None or before is None or not any(v.lemma_ in _CONTINUING for v in cue_verbs(statement, work.parse)):
        return False
    last = max((m for m in found.mentions if m.end <= statement.source[0].start), default=None)
    said = (s for s in work.by_id.values() if s.parent is None and speaker_of(s, work) == before)
    return last is not None and any(c.holds(last) for s in said for c in (*s.content, *s.source))


def _voice_before(statement: Statement, work: Work) -> Source | None:
    """The last voice heard before a statement, up to two sentences back in its piece, that does not hold it."""
    at = sentence_of(statement.cue, work.parse)
    if at is None:
        return None
    start = statement.cue[0].start
    earlier = [s for s in work.by_id.values() if s.cue and s.cue[0].start < start and s.piece == statement.piece]
    for other in sorted(earlier, key=lambda s: -s.cue[0].start):
        there = sentence_of(other.cue, work.parse)
        if there is None or at.index - there.index > 2:
            return None
        if other.parent is None and other.id != statement.parent and (voice := speaker_of(other, work)):
            return voice
    return None


def _other_nearby(pronoun: Token, found: Source | None, statement: Statement, work: Work) -> Source | None:
    """The last other one that the pronoun fits, outside the quotation, up to two sentences back."""
    at = sentence_of(statement.cue, work.parse)
    if at is None:
        return None
    first = work.parse.sentences[max(0, at.index - 2)]
    for span, actor in reversed(work.mentions.mentions_in(Span(first.span.start, place(pronoun).start))):
        outside = not any(c.meets(span) for c in statement.content)
        if outside and actor != found and fits_pronoun(actor, pronoun.lower_):
            return actor
    return None


def _antecedent(pronoun: Token, work: Work) -> Source | None:
    """Whom "which" or "who" stands for: a name right before its comma, whatever noun the clause was hung on."""
    start = place(pronoun).start
    for span, actor in reversed(work.mentions.mentions_in(Span(max(0, start - 60), start))):
        if span.end < start and work.parse.text[span.end : start] == ", " and actor.named:
            if pronoun.lower_ == "who" and actor.kind in _STATES_AND_BODIES:
                break  # "Ann Lee of the institute, who believes"
            return actor
    noun = antecedent(pronoun)
    found = actor_of_noun(noun, work)
    if found is None and noun is not pronoun and noun.pos_ in ("NOUN", "PROPN"):
        return _unlisted(noun, place_all(core_of(noun)), work)
    return found


def core_of(noun: Token) -> list[Token]:
    """A noun with what stands before it."""
    return [t for t in noun.subtree if noun.left_edge.i <= t.i <= noun.i]


def _named_in(span: Span, work: Work) -> Source | None:
    """Somebody named in words whose head is no noun for the parser ("Sheriff Joe Arpaio" taken for a verb)."""
    named = [actor for actor in work.mentions.actors_in(span) if actor.named]
    return next((actor for actor in named if actor.kind is SourceKind.PERSON), next(iter(named), None))


def head_of(tokens: Sequence[Token]) -> Token:
    inside = {t.i for t in tokens}
    outer = [t for t in tokens if t.head.i not in inside or t.head == t]
    nouns = [t for t in outer if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM")] or [t for t in tokens if t.pos_ == "NOUN"]
    if len(nouns) > 1 and nouns[0].ent_type_ in ("GPE", "NORP") and nouns[0].nbor(1).pos_ == "NOUN":
        nouns = nouns[::-1]  # "US daily The Dispatch": the country only says which
    if (
        nouns
        and nouns[0].lower_.rstrip(".") in _LEGAL
        and nouns[0].i - 1 in inside
        and nouns[0].nbor(-1).pos_ == "PROPN"
    ):
        return nouns[0].nbor(-1)
    return next(iter((*nouns, *outer)), tokens[-1])


def actor_of_noun(noun: Token, work: Work) -> Source | None:
    return actor_with(noun, place_all(noun_phrase(noun)), work)


def actor_with(head: Token, span: Span, work: Work, *, besides: Source | None = None) -> Source | None:
    """The actor whose mention holds the head noun; else the one that fits the whole span best. Not `besides`."""
    at = place(head)
    if (own := _named_himself(head, work)) is not None:
        return own
    thing = head.lemma_.lower() in PLANS | PAPERS | LETTERS
    named = [work.mentions.actor_at(place(t)) for t in children(head, "appos") if t.pos_ == "PROPN" and not thing]
    for actor in named:
        if actor is not None and actor.kind is SourceKind.PERSON:
            return actor
    holding = [(m, a) for m, a in work.mentions.mentions_in(_wide(span)) if m.holds(at) and a != besides]
    if holding:
        return max(holding, key=lambda pair: pair[0].end - pair[0].start)[1]
    best = work.mentions.actor_at(span)
    if best is not None and any(m.holds(at) for m in best.mentions):
        return best
    return None


def _named_himself(head: Token, work: Work) -> Source | None:
    """The person whose name ends in the head noun: what stands beside it only says who that is."""
    if head.pos_ != "PROPN":
        return None
    at = place(head)
    found = work.mentions.actor_at(at)
    if found is None or found.kind is not SourceKind.PERSON or not found.named:
        return None
    return found if any(m.holds(at) and m.end - at.end <= 1 for m in found.mentions) else None


def _wide(span: Span) -> Span:
    return Span(max(0, span.start - 60), span.end + 200)


def _joint(head: Token, span: Span, work: Work) -> Source | None:
    """Several named ones who speak as one are one link, their names joined."""
    heads = [head]
    while (more := [c for c in children(heads[-1], "conj") if span.holds(place(c))]) and len(heads) < 6:
        heads.append(more[0])
    if len(heads) < 2:
        return None
    actors = [a for h in heads if (a := actor_with(h, place(h), work)) is not None]
    actors = list(dict.fromkeys(actors))
    if len(actors) < 2 or len({a.named for a in actors}) > 1:
        return None
    name = " and ".join(a.name for a in actors)
    count = sum(a.count for a in actors) if actors[0].kind in (SourceKind.PERSON, SourceKind.UNNAMED) else 1
    return make_source(Source(id="", name=name, kind=actors[0].kind, named=actors[0].named, count=count), span, work)


def _shared(head: Token, span: Span, work: Work) -> Source | None:
    """ "The two governments", "the parties": words that mean several bodies at once, which speak as one."""
    if not may_be_bodies(head):
        return None
    holding = [
        (m, a) for m, a in work.mentions.mentions_in(_wide(span)) if m.holds(place(head)) and m.start <= span.start
    ]
    least = min((m.end - m.start for m, _ in holding), default=0)
    actors = list(dict.fromkeys(a for m, a in holding if m.end - m.start == least))
    bodies = all(a.named and a.kind in _STATES_AND_BODIES for a in actors)
    if not 2 <= len(actors) <= 4 or not bodies:
        return None
    return make_source(Source(id="", name=" and ".join(a.name for a in actors), kind=actors[0].kind), span, work)


def _unlisted(head: Token, span: Span, work: Work) -> Source | None:
    """A voice that no mention was made of: it is taken by the words that name it.

    None for the outlet's own "we", for "what", and for times and amounts, which say nothing.
    """
    if head.lower_ in _OURSELVES or head.tag_ in ("WP", "WDT"):
        return None
    if head.ent_type_ in _MEASURES and not is_share(head):
        return None
    if (
        head.pos_ == "PROPN"
        and head.lower_ in OUTLET_NOUNS
        and re.fullmatch(r"[A-Z]\w+ (?:\d{1,3}|One|Two|Four|Five)", wording_of(span, work))
    ):
        return make_source(Source(id="", name=wording_of(span, work), kind=SourceKind.OUTLET), span, work)
    if head.lemma_.lower() in OUTLET_NOUNS and (outlet := last_outlet(span, work)) is not None:
        return outlet
    named = _named_behind(head, span, work) or _whose_words(head, work)
    return named or make_source(kind_of(head, wording_of(span, work)), span, work)


def _whose_words(head: Token, work: Work) -> Source | None:
    """Whose mind, patience or speech it is that is said to say something: he says it, where he is known."""
    if not is_part_of_somebody(head):
        return None
    for owner in children(head, "poss"):
        found = work.mentions.actor_at(place(owner))
        if found is not None and found.named and found.kind in (SourceKind.PERSON, SourceKind.GOVERNMENT):
            return found
    return None


def _named_behind(head: Token, span: Span, work: Work) -> Source | None:
    """The person whose name follows the noun that says who that is: "tennis great Ann Lee", "her rival, Ann Lee"."""
    if head.tag_ == "NNS" or place(head).end >= span.end:
        return None
    after = Span(place(head).end, span.end)
    for mention, actor in work.mentions.mentions_in(after)[:1]:
        gap = work.parse.text[after.start : mention.start]
        if actor.kind is SourceKind.PERSON and actor.named and gap in (" ", ", "):
            return actor
    return None


def last_outlet(span: Span, work: Work) -> Source | None:
    """The other outlet spoken of last: what "the daily" means where no mention says."""
    before = work.mentions.mentions_in(Span(0, span.start)) if span.start else ()
    return next((a for _, a in reversed(before) if a.kind is SourceKind.OUTLET and not is_publisher(a, work)), None)


def wording_of(span: Span, work: Work) -> str:
    """The printed words without their article: what one without a name is called."""
    printed = " ".join(span.of(work.parse.text).split())
    bare = re.sub(r"^(the|a|an)\s+", "", printed, flags=re.IGNORECASE)
    first = next(iter(work.parse.tokens_in(span)), None)
    named = first is None or first.pos_ == "PROPN" or first.ent_type_ in ("NORP", "GPE", "ORG", "PERSON")
    return bare if named or bare != printed or not bare[1:2].islower() else bare[0].lower() + bare[1:]


def source_heads(statement: Statement, parse: Parse) -> list[Token]:
    if not statement.source:
        return []
    tokens = [t for t in parse.tokens_in(hull(statement.source)) if not t.is_punct]
    return [head_of(tokens)] if tokens else []
