"""From a document to its reading: the steps, in order, each a function of what the ones before it found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from reportedly.config import VERSION
from reportedly.reading.acts import find_acts
from reportedly.reading.attribution import find_attributions
from reportedly.reading.certainty import find_certainty
from reportedly.reading.chains import find_chains
from reportedly.reading.chains_drift import find_drift
from reportedly.reading.dossier import Dossier
from reportedly.reading.draft import Draft
from reportedly.reading.encounters import find_encounters
from reportedly.reading.mentions import find_mentions
from reportedly.reading.models import AttributionModel, load_attribution
from reportedly.reading.plans import find_plans
from reportedly.reading.positions import find_positions
from reportedly.reading.sentences import find_sentences
from reportedly.reading.terms import find_terms
from reportedly.records import Document, Reading

Step = Callable[[Draft], Draft]


def read_mentions(draft: Draft) -> Draft:
    return replace(draft, mentions=find_mentions(draft.parse, draft.dossier))


def read_statements(draft: Draft) -> Draft:
    found = find_attributions(draft.parse, draft.mentions, draft.model)
    statements = find_acts(found, draft.parse)
    sources, chained = find_chains(statements, draft.parse, draft.mentions)
    certain = find_certainty(chained, sources, draft.parse)
    drift = find_drift(certain, sources, draft.parse)
    return replace(draft, sources=sources, statements=certain, notes=(*draft.notes, *drift))


def read_table(draft: Draft) -> Draft:
    plans = find_plans(draft)
    return replace(draft, plans=plans, terms=find_terms(replace(draft, plans=plans)))


def read_positions(draft: Draft) -> Draft:
    return replace(draft, positions=find_positions(draft))


def read_encounters(draft: Draft) -> Draft:
    return replace(draft, encounters=find_encounters(draft))


STEPS: tuple[Step, ...] = (read_mentions, read_statements, read_table, read_positions, read_encounters)


@lru_cache(maxsize=1)
def shipped_model() -> AttributionModel:
    """The attribution tagger that the package ships, loaded once a process."""
    return load_attribution()


@dataclass(frozen=True)
class Reader:
    """Reads documents of one language. Reading is a pure function of the document, the models and the dossier.

    `model` is the attribution tagger, the shipped one unless another is given; with None the rules read alone.
    Raises ModelError where the shipped model is missing or altered.
    """

    language: str = "en"
    dossier: Dossier = field(default_factory=Dossier)
    model: AttributionModel | None = field(default_factory=shipped_model, repr=False)
    steps: tuple[Step, ...] = STEPS

    def read(self, document: Document) -> Reading:
        """All that the article says. Raises LanguageError where the language has no tables."""
        draft = Draft(document=document, parse=find_sentences(document), dossier=self.dossier, model=self.model)
        for step in self.steps:
            draft = step(draft)
        return Reading(
            document=document,
            sources=draft.sources,
            statements=draft.statements,
            plans=draft.plans,
            terms=draft.terms,
            positions=draft.positions,
            encounters=draft.encounters,
            notes=(*document.notes, *draft.notes),
            reader=f"reportedly {VERSION}",
        )
