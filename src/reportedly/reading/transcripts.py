"""Transcripts and interviews: paragraphs that open with the name of whoever speaks ("Q:", "SECRETARY LOPEZ:").

A label alone is no sign of speech: lists, captions and live pages have labels too. Turns are taken for speech only
where several stand close together, the labels come back, and those who speak are people.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportedly.reading.parse import Paragraph, Parse
from reportedly.reading.transcripts_people import Part, People, people_of
from reportedly.reading.transcripts_plain import find_exchanges, mark_of
from reportedly.records import PROSE, Span

FEWEST = 3
"""Turns that make a transcript."""
FARTHEST = 8
"""Paragraphs from one label to the next."""
SHORTEST = 4
"""Words: "Yes, thank you." says nothing of its own; "We're considering it." has four."""
_MOSTLY = 0.6
"""Of a speaker's turns, how many must be questions for one who asks."""

_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.’'&-]*"
_LINK = r"(?:(?:of|the|for|and|de|da|di|du|der|den|dos|von|van|al|el|bin|ibn|la|le) )*"
_NAME = rf"{_WORD}(?: {_LINK}{_WORD}){{0,5}}(?: \d{{1,2}})?"
_LABEL = re.compile(
    rf"[\"“]?(?P<name>{_NAME})(?P<aside>(?:, [^:()\n]{{2,60}})?(?: ?\([^()\n]{{1,60}}\))?)(?P<mark>:)(?=\s|$)"
    r"|(?P<letter>[QA])(?P<stop>[.)])(?=\s)"
)
_WORDS = re.compile(r"\w+")
_CLOSING = " ”\"'’)]"
_ASIDE = re.compile(r"\s*[\[(][^\])]{1,60}[\])]\s*")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one says until the next speaks: `source` names him, `mark` is the colon; his paragraphs, or one question."""

    source: Span | None
    mark: Span
    words: tuple[Span, ...]

    @property
    def asks(self) -> bool:
        """Whether it is a question of whoever leads the talk."""
        return self.source is None


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A paragraph that opens with a label: its name, without what follows in brackets, its colon and what is said."""

    paragraph: Paragraph
    name: Span
    mark: Span
    said: str
    key: str
    """The last word of the name: "KATE BOLDUAN" is "BOLDUAN" later on."""
    formal: bool

    @property
    def is_question(self) -> bool:
        return self.said.rstrip(_CLOSING).endswith("?")

    @property
    def is_speech(self) -> bool:
        """Whether sentences follow the label, or nothing that they could end in."""
        ends = self.said.rstrip(_CLOSING)[-1:] in tuple(".?!…—–-")
        return not self.said or (ends and any(character.isalpha() for character in self.said))


def find_turns(parse: Parse) -> tuple[Turn, ...]:
    """The turns of all who speak in the article's transcripts, in order; none in other articles."""
    labelled = [found for p in parse.paragraphs if (found := _labelled(p, parse.text)) is not None]
    people = people_of(parse) if len(labelled) >= FEWEST else None
    turns = () if people is None else _of_groups(labelled, parse, people)
    return turns or tuple(_unlabelled(parse))


def _of_groups(labelled: Sequence[_Labelled], parse: Parse, people: People) -> tuple[Turn, ...]:
    return tuple(turn for group in _groups(labelled, people) for turn in _turns(group, parse, people))


def _unlabelled(parse: Parse) -> Iterator[Turn]:
    """Yield the turns of an interview whose questions and answers have no labels, where it says who is asked."""
    exchanges = find_exchanges(parse)
    if not exchanges:
        return
    first = next((p for p in parse.paragraphs if p.span.start >= exchanges[0].question.span.start), None)
    asked = people_of(parse).asked(before=first) if first is not None else None
    for exchange in exchanges if asked is not None else ():
        mark = mark_of(exchange, parse.text)
        if exchange.question.kind in PROSE:
            yield Turn(None, mark, (exchange.question.span,))
        answer = tuple(p.span for p in exchange.answer if len(_WORDS.findall(p.span.of(parse.text))) >= SHORTEST)
        if answer:
            yield Turn(asked, mark, answer)


def _labelled(paragraph: Paragraph, text: str) -> _Labelled | None:
    found = _LABEL.match(text, paragraph.span.start, paragraph.span.end)
    if found is None:
        return None
    name, mark = ("name", "mark") if found["name"] else ("letter", "stop")
    said, formal = text[found.end() : paragraph.span.end].strip(), bool(found["aside"])
    key = found[name].casefold().rstrip(" 0123456789").rpartition(" ")[2]
    return _Labelled(paragraph, Span(*found.span(name)), Span(*found.span(mark)), said, key, formal)


def _groups(labelled: Sequence[_Labelled], people: People) -> Iterator[dict[str, tuple[Part, list[_Labelled]]]]:
    """Yield the labels of each transcript, with their bearers' parts and turns."""
    for near in _near(labelled):
        by_label: dict[str, list[_Labelled]] = {}
        for turn in near:
            by_label.setdefault(turn.key, []).append(turn)
        parts = _parts(by_label, people)
        kept = {key: (parts[key], turns) for key, turns in by_label.items() if key in parts}
        if _is_transcript(kept):
            yield kept


def _near(labelled: Sequence[_Labelled]) -> Iterator[list[_Labelled]]:
    group = list(labelled[:1])
    for before, turn in pairwise(labelled):
        far = turn.paragraph.index - before.paragraph.index > FARTHEST
        if far or turn.paragraph.piece != before.paragraph.piece:
            yield group
            group = []
        group.append(turn)
    yield group


def _parts(by_label: dict[str, list[_Labelled]], people: People) -> dict[str, Part]:
    """Who asks, who answers and who speaks, by label; labels that are no speaker's are left out."""
    parts = {key: part for key, turns in by_label.items() if (part := people.part(turns[0].name)) is not None}
    for key, turns in by_label.items():
        asking = sum(turn.is_question for turn in turns) >= max(2, _MOSTLY * len(turns))
        formal = any(turn.formal or people.has_title(turn.name) for turn in turns)
        if asking and not formal and (key not in parts or parts[key] is Part.SPEAKS):
            parts[key] = Part.ASKS
    return parts


def _is_transcript(labels: dict[str, tuple[Part, list[_Labelled]]]) -> bool:
    counts = Counter(dict.fromkeys(Part, 0))
    for part, turns in labels.values():
        counts[part] += len(turns)
    spoken = sum(turn.is_speech for _, turns in labels.values() for turn in turns)
    come_back = any(len(turns) > 1 for _, turns in labels.values())
    voices = counts[Part.SPEAKS] + counts[Part.ANSWERS] > 0
    several = len(labels) > 1 or counts[Part.ANSWERS] >= FEWEST
    return voices and come_back and several and spoken >= max(FEWEST, _MOSTLY * counts.total())


def _turns(labels: dict[str, tuple[Part, list[_Labelled]]], parse: Parse, people: People) -> Iterator[Turn]:
    parts = {id(turn): part for part, turns in labels.values() for turn in turns}
    ordered = sorted((t for _, turns in labels.values() for t in turns), key=lambda t: t.mark)
    asked = people.asked(before=ordered[0].paragraph)
    ends = [turn.paragraph.index for turn in ordered[1:]] + [ordered[-1].paragraph.index + 1]
    alone = set(parts.values()) == {Part.ANSWERS}  # the questions between have no label
    for turn, end in zip(ordered, ends, strict=True):
        part, end = parts[id(turn)], turn.paragraph.index + 1 if alone else end
        source = {Part.SPEAKS: turn.name, Part.ANSWERS: asked, Part.ASKS: None}[part]
        words = tuple(_words(turn, parse, end))
        if words and (source is not None or part is Part.ASKS):
            yield Turn(source, turn.mark, words)


def _words(turn: _Labelled, parse: Parse, end: int) -> Iterator[Span]:
    """Yield what is said in each paragraph of a turn, without "(Applause.)"."""
    for paragraph in parse.paragraphs[turn.paragraph.index : end]:
        start = turn.mark.end if paragraph is turn.paragraph else paragraph.span.start
        stop = paragraph.span.end
        while start < stop and (aside := _ASIDE.match(parse.text, start, stop)):
            start = aside.end()
        if re.match(r"“[^”]*$|\"[^\"]*(?:\"[^\"]*\"[^\"]*)*$", parse.text[start:stop]):
            start += 1  # a mark that opens every paragraph of a transcript that is quoted
        kept = parse.text[start:stop].rstrip()
        if last := re.search(r"\s*[\[(][^\])]{1,40}[\])]$", kept):
            kept = kept[: last.start()]
        start += len(kept) - len(kept.lstrip())
        if len(_WORDS.findall(kept)) >= SHORTEST:
            yield Span(start, start + len(kept.strip()))
