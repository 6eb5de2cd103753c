"""Measure speakers, acts, certainty and hedges on statements whose spans are given.

usage: labels.py --gold FOLDER --labels FOLDER [--details]
    --gold    a folder of gold articles, NAME.txt with NAME.json, in any depth
    --labels  a folder of attribution labels, NAME.tsv; the texts and attributions are looked for in
              ../../SPLIT/text and ../../SPLIT/attributions, SPLIT being the folder's own name, and who
              published them in ../../metadata.tsv

Prints a table: per value right, majority baseline and macro-F1; with --details the confusion pairs and every miss.
Acts and certainty are read with the labelled chains given. Name, kind, count and via are those of the chain that the
program finds for the given spans: the name of people, by its last word; kind and count of all who have a source span;
via as whether the chain holds anybody between the outlet and the last source. A labelled attribution tells who the
source span means, so the chain of one is followed no farther than that. What stands in headlines and bylines, which
the program does not read, is left out.
Of labels a second table says what the same reading is worth once it is put into the conventions that they were made by,
which differ from those the program follows; label_conventions.py does so, with weights learned on labels for training.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from label_cases import Case, read_gold, read_labels
from label_conventions import load_conventions, translate

from reportedly.reading.acts import find_acts
from reportedly.reading.attribution import find_attributions, mode_of
from reportedly.reading.certainty import find_certainty
from reportedly.reading.chains import find_chains
from reportedly.reading.chains_work import Work
from reportedly.reading.cues import load_cues
from reportedly.reading.dossier import Dossier
from reportedly.reading.mentions import find_mentions
from reportedly.reading.quotes import find_quotes
from reportedly.reading.speakers import speaker_of
from reportedly.records import Act, Certainty, Source, SourceKind, Spans, Statement, hull

ABOUT_CONTENT = frozenset({Act.ASSERT, Act.DENY, Act.BELIEVE, Act.WARN})


def read_again(case: Case) -> tuple[Statement, ...]:
    """The case's statements with act, certainty and hedges as the program finds them."""
    blank = tuple(
        replace(
            s,
            act=Act.ASSERT,
            hedges=(),
            certainty_outlet=Certainty.UNCOMMITTED,
            certainty_source=Certainty.UNCOMMITTED,
        )
        for s in case.statements
    )
    return find_certainty(find_acts(blank, case.parse), case.sources, case.parse)


def chains_again(case: Case) -> dict[str, tuple[Source, ...]]:
    """The case's statements, by id, with the chains that the program finds for them."""
    mentions = find_mentions(case.parse, Dossier())
    told = [s for s in find_attributions(case.parse, mentions) if s.addressee]
    quotes = find_quotes(case.parse)
    blank = [
        replace(
            s,
            chain=(),
            parent=held_by(s, case.statements),
            addressee=told_to(s, told),
            mode=mode_of(s.content, quotes),
        )
        for s in case.statements
    ]
    sources, statements = find_chains(blank, case.parse, mentions)
    by_id = {source.id: source for source in sources}
    chains = {s.id: tuple(by_id[link] for link in s.chain) for s in statements}
    if case.hedged:
        return chains
    work = Work(case.parse, mentions, load_cues(case.parse.document.language), sources[0], {s.id: s for s in blank})
    return {s.id: up_to(speaker_of(s, work), chains[s.id]) for s in blank}


def up_to(speaker: Source | None, chain: tuple[Source, ...]) -> tuple[Source, ...]:
    """The chain as far as whoever the source span means: not on to the author of a paper."""
    names = [link.name for link in chain]
    return chain[: names.index(speaker.name) + 1] if speaker is not None and speaker.name in names else chain


def held_by(inner: Statement, statements: Sequence[Statement]) -> str | None:
    """The id of the narrowest statement whose content holds the statement's cue."""
    if not inner.cue:
        return None
    holders = [s for s in statements if s is not inner and s.cue and any(c.holds(inner.cue[0]) for c in s.content)]
    holders = [s for s in holders if not any(c.holds(s.cue[0]) for c in inner.content)]
    return min(holders, key=lambda s: sum(c.end - c.start for c in s.content)).id if holders else None


def told_to(statement: Statement, found: Iterable[Statement]) -> Spans:
    """Whom it was told to: as labelled, else as the program finds it for the same reporting word."""
    if statement.addressee:
        return statement.addressee
    return next((s.addressee for s in found if any(a.meets(b) for a in s.cue for b in statement.cue)), ())


@dataclass(frozen=True)
class Pair:
    """What a person said and what the program says of one statement; `chain` is the one that the program finds."""

    case: Case
    gold: Statement
    found: Statement
    chain: tuple[Source, ...]

    @property
    def speaker(self) -> Source:
        """The last source as labelled."""
        return self.case.chain(self.gold)[-1]

    @property
    def heard(self) -> Source:
        """The last source as found."""
        return self.chain[-1]


def table(pairs: Sequence[Pair], *, assertive: bool) -> Iterator[str]:
    """A row per value. `assertive`: outlet certainty only where the gold act is about its content."""
    yield from (row(name, values) for name, values in columns(pairs, assertive=assertive))
    yield name_row(pairs)
    yield via_row(pairs)
    hedged = [p for p in pairs if p.case.hedged]
    if hedged:
        right, found, gold = hedge_counts(hedged)
        yield f"hedges   F1 {2 * right / max(1, found + gold):.3f}  precision {right}/{found}  recall {right}/{gold}"


def columns(pairs: Sequence[Pair], *, assertive: bool) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield "act", [(p.gold.act.value, p.found.act.value) for p in pairs]
    kept = [p for p in pairs if not assertive or p.gold.act in ABOUT_CONTENT]
    yield "outlet", [(p.gold.certainty_outlet.value, p.found.certainty_outlet.value) for p in kept]
    yield "source", [(p.gold.certainty_source.value, p.found.certainty_source.value) for p in pairs]
    spoken = [p for p in pairs if p.gold.source]
    yield "kind", [(p.speaker.kind.value, p.heard.kind.value) for p in spoken]
    yield "count", [(count_of(p.speaker), count_of(p.heard)) for p in spoken]


def count_of(source: Source) -> str:
    """How many they are; "2+" where the text only says several."""
    return "2+" if source.at_least else str(source.count)


def same_name(pair: Pair) -> bool:
    """Whether the found name ends in the same word as the labelled one."""
    return last_word(pair.speaker.name) == last_word(pair.heard.name)


def last_word(name: str) -> str:
    """The last word of a name, whatever its accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    words = bare.casefold().replace(".", "").removesuffix(" jr").removesuffix(" sr").split()
    return words[-1] if words else ""


def name_row(pairs: Sequence[Pair]) -> str:
    people = [p for p in pairs if p.speaker.kind is SourceKind.PERSON and p.gold.source]
    printed = sum(last_word(p.speaker.name) == last_word(hull(p.gold.source).of(p.case.parse.text)) for p in people)
    right = sum(map(same_name, people))
    return f"{'name':8s} right {right / len(people):.3f}  as printed {printed / len(people):.3f}  n {len(people)}"


def via_row(pairs: Sequence[Pair]) -> str:
    given = [len(p.gold.chain) > 2 for p in pairs]
    found = [len(p.chain) > 2 for p in pairs]
    both = [p for p, g, f in zip(pairs, given, found, strict=True) if g and f]
    alike = sum(
        bool({last_word(x.name) for x in p.case.chain(p.gold)[1:-1]} & {last_word(x.name) for x in p.chain[1:-1]})
        for p in both
    )
    score = 2 * len(both) / max(1, sum(given) + sum(found))
    parts = f"precision {len(both)}/{sum(found)}  recall {len(both)}/{sum(given)}  named right {alike}/{len(both)}"
    return f"via      F1 {score:.3f}  {parts}"


def row(name: str, values: list[tuple[str, str]]) -> str:
    right = sum(g == f for g, f in values) / len(values)
    most = Counter(g for g, _ in values).most_common(1)[0][1] / len(values)
    return f"{name:8s} right {right:.3f}  majority {most:.3f}  macro-F1 {macro_f1(values):.3f}  n {len(values)}"


def macro_f1(values: Iterable[tuple[str, str]]) -> float:
    """Mean F1 over the values that the gold uses."""
    pairs = Counter(values)
    scores = []
    for label in {g for g, _ in pairs}:
        right = pairs[label, label]
        gold = sum(n for (g, _), n in pairs.items() if g == label)
        found = sum(n for (_, f), n in pairs.items() if f == label)
        scores.append(2 * right / (gold + found))
    return sum(scores) / len(scores)


def hedge_counts(pairs: Iterable[Pair]) -> tuple[int, int, int]:
    """Hedges found that share a character with a gold one, hedges found, gold hedges."""
    right = found = gold = 0
    for pair in pairs:
        found += len(pair.found.hedges)
        gold += len(pair.gold.hedges)
        right += sum(any(f.meets(g) for f in pair.found.hedges) for g in pair.gold.hedges)
    return right, found, gold


def details(pairs: Sequence[Pair], *, assertive: bool) -> Iterator[str]:
    for name, values in columns(pairs, assertive=assertive):
        wrong = Counter((g, f) for g, f in values if g != f)
        yield f"{name}: " + ", ".join(f"{g} taken for {f} {n}" for (g, f), n in wrong.most_common(12))
    yield from (line for p in pairs for line in missed(p, assertive=assertive))


def missed(pair: Pair, *, assertive: bool) -> Iterator[str]:
    gold, found, text = pair.gold, pair.found, pair.case.parse.text
    wrong = []
    if gold.act != found.act:
        wrong.append(f"act {gold.act}>{found.act}")
    if gold.certainty_outlet != found.certainty_outlet and (not assertive or gold.act in ABOUT_CONTENT):
        wrong.append(f"outlet {gold.certainty_outlet}>{found.certainty_outlet}")
    if gold.certainty_source != found.certainty_source:
        wrong.append(f"source {gold.certainty_source}>{found.certainty_source}")
    wrong.extend(missed_voice(pair) if gold.source else ())
    if pair.case.hedged and {h.of(text) for h in gold.hedges} != {h.of(text) for h in found.hedges}:
        wrong.append(f"hedges {[h.of(text) for h in gold.hedges]}>{[h.of(text) for h in found.hedges]}")
    if wrong:
        parts = (" // ".join(s.of(text) for s in spans) or "-" for spans in (gold.source, gold.cue, gold.content))
        yield f"[{'; '.join(wrong)}] ({gold.act}) {pair.case.parse.document.name} {gold.id} " + " | ".join(parts)


def missed_voice(pair: Pair) -> Iterator[str]:
    """What is wrong about the last source, and about what lies between it and the outlet."""
    speaker, heard = pair.speaker, pair.heard
    if speaker.kind is SourceKind.PERSON and not same_name(pair):
        yield f"name {speaker.name}>{heard.name}"
    if speaker.kind is not heard.kind:
        yield f"kind {speaker.kind}>{heard.kind} {speaker.name}>{heard.name}"
    if count_of(speaker) != count_of(heard):
        yield f"count {count_of(speaker)}>{count_of(heard)}"
    if (len(pair.gold.chain) > 2) != (len(pair.chain) > 2):
        yield f"via {[s.name for s in pair.case.chain(pair.gold)[1:-1]]}>{[s.name for s in pair.chain[1:-1]]}"


def translated(cases: Sequence[Case]) -> Iterator[str]:
    """A row for act and each certainty, as read and then put into the labels' own conventions."""
    conventions = load_conventions()
    rows = [
        (gold, given)
        for case in cases
        for gold, given in zip(case.statements, translate(case, read_again(case), conventions), strict=True)
        if any(case.parse.tokens_in(content) for content in gold.content)
    ]
    yield row("act", [(gold.act.value, given["act"]) for gold, given in rows])
    about = [(gold, given) for gold, given in rows if gold.act in ABOUT_CONTENT]
    yield row("outlet", [(gold.certainty_outlet.value, given["outlet"]) for gold, given in about])
    yield row("source", [(gold.certainty_source.value, given["source"]) for gold, given in rows])


def measure(name: str, cases: Iterable[Case], *, detailed: bool) -> None:
    cases = list(cases)
    pairs = [pair for case in cases for pair in pairs_of(case)]
    assertive = not pairs[0].case.hedged
    lines = [name, *table(pairs, assertive=assertive)]
    if assertive:
        lines += [f"{name}, put into its own conventions", *translated(cases)]
    if detailed:
        lines.extend(details(pairs, assertive=assertive))
    sys.stdout.write("\n".join(lines) + "\n")


def pairs_of(case: Case) -> Iterator[Pair]:
    chains = chains_again(case)
    for gold, found in zip(case.statements, read_again(case), strict=True):
        if not any(case.parse.tokens_in(content) for content in gold.content):
            continue  # a headline or a byline
        yield Pair(case, gold, found, chains[gold.id])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--gold", type=Path, action="append", default=[])
    options.add_argument("--labels", type=Path, action="append", default=[])
    options.add_argument("--details", action="store_true")
    given = options.parse_args()
    for folder in given.gold:
        measure(f"gold {folder.name}", read_gold(folder), detailed=given.details)
    for folder in given.labels:
        measure(f"labels {folder.name}", read_labels(folder), detailed=given.details)


if __name__ == "__main__":
    main()
