"""Where everything comes from, as W3C PROV-JSON (member submission of 24 April 2013) after PROV-DM.

An article and a statement are entities; a statement is quoted from its article and attributed to its last source. A
reading and a correction are activities; who carries them out, who speaks and who publishes are agents. A claim is a
collection of statements. An article that lifts another's text is derived from it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from reportedly.ledger import ArticleRow, Kind, SourceRow, State, StatementRow, queries
from reportedly.records import SourceKind
from reportedly.views.exports_rows import Exported, in_order

PREFIXES = {
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rp": "urn:reportedly:",
}

_PEOPLE = frozenset({SourceKind.PERSON, SourceKind.UNNAMED, SourceKind.GROUP})

Values = dict[str, Any]


def prov_text(exported: Exported) -> str:
    """The provenance of all that is exported, as one JSON document. The same ledger gives the same text."""
    return json.dumps(_Prov(exported).document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _type(name: str) -> Values:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _id(kind: str, *parts: object) -> str:
    """A qualified name of letters and digits, the same for the same thing."""
    spelled = json.dumps([str(part) for part in parts])
    return f"rp:{kind}-{hashlib.sha256(spelled.encode('utf-8', 'replace')).hexdigest()[:20]}"


class _Prov:
    """The document as it grows: records by kind, then by id."""

    def __init__(self, exported: Exported) -> None:
        self._exported = exported
        self._records: dict[str, dict[str, Values]] = defaultdict(dict)

    def document(self) -> Values:
        """All of it."""
        for row in self._exported.ledger.articles(**self._exported.scope):
            self._article(row)
        for statement in in_order(queries.find_statements, self._exported):
            self._statement(statement)
        self._claims()
        self._copies()
        self._corrections()
        return {"prefix": PREFIXES, **self._records}

    def _relate(self, kind: str, **ends: Any) -> None:
        values = {f"prov:{name}": value for name, value in ends.items()}
        self._records[kind][f"_:{_id(kind, sorted(values.items(), key=str))[3:]}"] = values

    def _article(self, row: ArticleRow) -> None:
        values: Values = {"prov:type": _type("rp:article"), "rp:name": row.name, "rp:text": row.document}
        values |= {"dcterms:issued": row.published} if row.published else {}
        values |= {"dcterms:title": row.title} if row.title else {}
        values |= {"prov:location": row.url} if row.url else {}
        article = f"rp:article-{row.id}"
        self._records["entity"][article] = values
        self._relate("wasAttributedTo", entity=article, agent=self._outlet(row.outlet))
        reading, reader = f"rp:reading-{row.id}", _id("reader", row.reader)
        self._records["activity"][reading] = {"prov:type": _type("rp:reading")}
        self._records["agent"][reader] = {
            "prov:type": _type("prov:SoftwareAgent"),
            "prov:label": row.reader or "a reader",
        }
        self._relate("used", activity=reading, entity=article)
        self._relate("wasAssociatedWith", activity=reading, agent=reader)

    def _outlet(self, name: str | None) -> str:
        outlet = _id("outlet", name or "")
        label = name or "outlet not known"
        self._records["agent"][outlet] = {"prov:type": _type("prov:Organization"), "foaf:name": label}
        return outlet

    def _source(self, row: SourceRow, statement: StatementRow) -> str:
        """The agent that a source is. One without a name is somebody of that article only."""
        if row.kind is SourceKind.OUTLET:
            return self._outlet(row.name)
        agent = _id("source", row.kind, row.name) if row.named else _id("source", statement.article, row.id)
        kind = "prov:Person" if row.kind in _PEOPLE else "prov:Organization"
        named = {"foaf:name": row.name, "rp:kind": row.kind.value, "rp:named": row.named}
        self._records["agent"][agent] = {"prov:type": _type(kind), **named}
        if row.party and row.party != row.name:
            party = _id("party", row.party)
            self._records["agent"][party] = {"prov:type": _type("prov:Organization"), "foaf:name": row.party}
            self._relate("actedOnBehalfOf", delegate=agent, responsible=party)
        return agent

    def _statement(self, row: StatementRow) -> None:
        statement, article = f"rp:statement-{row.id}", f"rp:article-{row.article}"
        places = ", ".join(f"{span.start}-{span.end}" for span in row.spans)
        values: Values = {"prov:type": _type("rp:statement"), "prov:value": row.words, "rp:place": places}
        sure = {"rp:certaintyOfSource": row.certainty_source.value, "rp:certaintyOfOutlet": row.certainty_outlet.value}
        self._records["entity"][statement] = {**values, **sure, "rp:act": row.act.value, "rp:quote": row.sentence}
        quoted = {"generatedEntity": statement, "usedEntity": article, "type": _type("prov:Quotation")}
        self._relate("wasDerivedFrom", **quoted)
        self._relate("wasGeneratedBy", entity=statement, activity=f"rp:reading-{row.article}")
        chain = [self._source(source, row) for source in row.chain] or [self._outlet(row.outlet)]
        self._relate("wasAttributedTo", entity=statement, agent=chain[-1])
        for nearer, farther in pairwise(chain):
            self._relate("wasInfluencedBy", influencee=nearer, influencer=farther)

    def _claims(self) -> None:
        exported = self._exported
        for claim in exported.found.claims:
            ids = [exported.ids.get((m.article, m.statement)) for m in claim.members if m.article in exported.articles]
            if len(claim.members) < 2 or not ids:
                continue
            name = f"rp:claim-{claim.id}"
            counts = {"rp:origins": claim.origins, "rp:originNames": "; ".join(claim.origin_names)}
            self._records["entity"][name] = {"prov:type": _type("prov:Collection"), "prov:value": claim.gist, **counts}
            for id in filter(None, ids):
                self._relate("hadMember", collection=name, entity=f"rp:statement-{id}")

    def _copies(self) -> None:
        for copy in self._exported.found.copies:
            if {copy.of, copy.within} <= self._exported.articles:
                within, of = f"rp:article-{copy.within}", f"rp:article-{copy.of}"
                self._relate("wasDerivedFrom", generatedEntity=within, usedEntity=of)

    def _corrections(self) -> None:
        """A correction, who made it, and what of it there was before; what was undone stays as what it was."""
        for said in self._exported.said:
            activity, person = f"rp:correction-{said.id}", _id("person", said.by)
            self._records["activity"][activity] = {
                "prov:type": _type("rp:correction"),
                "prov:startTime": said.at,
                "prov:endTime": said.at,
                "rp:kind": said.kind.value,
                "rp:state": said.state.value,
            }
            self._records["agent"][person] = {"prov:type": _type("prov:Person"), "foaf:name": said.by}
            self._relate("wasAssociatedWith", activity=activity, agent=person)
            for name in self._standing(said.about) if said.state is State.STANDS else ():
                before = f"{name}-before-{said.id}"
                if said.kind in (Kind.WRONG_SPEAKER, Kind.WRONG_SPAN):
                    self._records["entity"][before] = {"prov:type": _type("rp:statement"), "prov:value": said.words}
                    revised = {"generatedEntity": name, "usedEntity": before, "activity": activity}
                    self._relate("wasDerivedFrom", **revised, type=_type("prov:Revision"))
                    self._relate("used", activity=activity, entity=before)
                else:
                    self._relate("used", activity=activity, entity=name)

    def _standing(self, ids: tuple[str, ...]) -> Iterator[str]:
        """The entities of statements that are exported."""
        names = (f"rp:statement-{id}" for id in ids)
        return (name for name in names if name in self._records["entity"])
