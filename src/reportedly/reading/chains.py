"""Chains: on whose word a statement reached the article, from the outlet down to the last source that it gives.

A chain is put together from what holds the statement (another statement), what it was told to or printed by (another
outlet), what it stands in (a letter, a readout), whom the speaker cites, and what earlier or later sentences say of
the same source. Where the text does not support a link, there is none. Every link keeps what makes it one, and on
which words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportedly.reading.actors import Mentions
from reportedly.reading.chains_credits import credit_line
from reportedly.reading.chains_elsewhere import as_before, is_hearsay, named_elsewhere, onward
from reportedly.reading.chains_knowledge import explained
from reportedly.reading.chains_papers import speaker_links, written_in
from reportedly.reading.chains_venues import writes_for
from reportedly.reading.chains_via import cited, via
from reportedly.reading.chains_work import Step, Steps, Work
from reportedly.reading.cues import load_cues
from reportedly.reading.parse import Parse
from reportedly.reading.speakers import speaker_of
from reportedly.records import Act, Basis, Source, SourceKind, Statement


def find_chains(
    statements: Sequence[Statement], parse: Parse, mentions: Mentions
) -> tuple[tuple[Source, ...], tuple[Statement, ...]]:
    """The sources of the article and its statements with their chains and links, ids into those sources.

    The first link is always the publishing outlet, named "unknown outlet" where nobody knows it.
    """
    work = Work(
        parse, mentions, load_cues(parse.document.language), _outlet(parse, mentions), {s.id: s for s in statements}
    )
    work.credits = {piece: credit_line(parse.document, piece) for piece in {s.piece for s in statements}}
    for statement in statements:
        if not is_hearsay(statement, work):
            _chain(statement, work)
    _ask_again(statements, work)
    for statement in statements:
        _chain(statement, work)
    found = [step.source for s in statements for step in work.chains[s.id]]
    return tuple(dict.fromkeys([work.outlet, *found])), tuple(_linked(s, work) for s in statements)


def _ask_again(statements: Sequence[Statement], work: Work) -> None:
    """A paper of which nobody had said who has it may be told by what comes later: its chains are made once more."""
    first = [s for s in statements if s.parent is None and _is_paper_alone(work.chains.get(s.id, ()))]
    held = {s.id for s in first}
    for statement in statements:
        if statement.id in held or statement.parent in held:
            work.chains.pop(statement.id, None)
    for statement in first:
        _chain(statement, work)


def _is_paper_alone(chain: Steps) -> bool:
    return len(chain) > 1 and chain[1].source.kind is SourceKind.DOCUMENT


def _outlet(parse: Parse, mentions: Mentions) -> Source:
    name = parse.document.outlet
    for actor in mentions.actors:
        if actor.kind is SourceKind.OUTLET and actor.name == name:
            return actor
    taken = {actor.id for actor in mentions.actors}
    free = "so0" if "so0" not in taken else "outlet"
    return Source(id=free, name=name or "unknown outlet", kind=SourceKind.OUTLET, named=name is not None)


def _linked(statement: Statement, work: Work) -> Statement:
    steps = work.chains[statement.id]
    links = explained(steps, work)
    return replace(statement, chain=tuple(link.source for link in links), links=links)


def _chain(statement: Statement, work: Work) -> Steps:
    if statement.id in work.chains:
        return work.chains[statement.id]
    publisher = Step(work.outlet, Basis.PUBLISHES, work.credits.get(statement.piece, ()))
    work.chains[statement.id] = (publisher,)  # a statement that holds itself through its parents ends here
    links = [s for s in (*_upstream(statement, work), *_own(statement, work)) if s.source != work.outlet]
    chain = (publisher, *_without_repeats(links))
    work.chains[statement.id] = chain
    return chain


def _without_repeats(steps: Iterable[Step]) -> Steps:
    """Each source once, where it stands last: a statement's own speaker closes its chain."""
    backwards: dict[str, Step] = {}
    for step in reversed(tuple(steps)):
        backwards.setdefault(step.source.id, step)
    return tuple(backwards.values())[::-1]


def _upstream(statement: Statement, work: Work) -> Steps:
    """What stands between the outlet and the speaker."""
    parent = work.by_id.get(statement.parent or "")
    held = _chain(parent, work)[1:] if parent is not None and not _is_aside(statement, parent, work) else ()
    told = via(statement, work) or _written_for(statement, work)
    if held or told:
        return (*held, *told)
    if is_hearsay(statement, work):
        return named_elsewhere(statement, work)
    return as_before(statement, work)


def _written_for(statement: Statement, work: Work) -> Steps:
    speaker = speaker_of(statement, work)
    return writes_for(statement, speaker, work) if speaker is not None else ()


def _is_aside(statement: Statement, parent: Statement, work: Work) -> bool:
    """ "She denied that he had left, as the Courier had it": who denies does not report what others have said."""
    if parent.act not in (Act.DENY, Act.REJECT):
        return False
    return any(token.lower_ == "as" for span in statement.cue for token in work.parse.tokens_in(span))


def _own(statement: Statement, work: Work) -> Steps:
    """The document it stands in, the speaker, and whom the speaker cites."""
    speaker = speaker_of(statement, work)
    if speaker is None:
        return ()
    below = cited(statement, work) or onward(statement, speaker, work)
    return (*written_in(statement, speaker, work), *speaker_links(statement, speaker, work), *below)
