"""Topics and the codes of PA-X, the Peace Agreements Database of the University of Edinburgh.

The codes are those of its data set's columns, with the names that PA-X shows for them (Bell and others, PA-X Codebook;
Badanjak and Bell, "Introducing PA-X", Journal of Peace Research 56(3), 2019). PA-X codes agreements that were signed;
topics here are of terms that the press says are on the table, so a code is a neighbour of a topic and no synonym.
"""

from __future__ import annotations

from reportedly.records import Topic

CODES = {
    "Ce": "ceasefire",
    "CeProv": "ceasefire provisions",
    "CeGen": "general references to ceasefires",
    "StDef": "state definition",
    "StSd": "self-determination",
    "StInd": "independence or secession",
    "StUni": "accession or unification",
    "StBor": "border delimitation",
    "StXbor": "cross-border provision",
    "StRef": "referendum",
    "Pol": "political institutions",
    "PolNewTemp": "temporary institutional arrangement",
    "Cons": "constitutional reform or making",
    "Ele": "elections",
    "ElecComm": "electoral commission",
    "Polps": "political power-sharing",
    "Terps": "territorial power-sharing",
    "EpsRes": "sharing of resources",
    "EpsFis": "fiscal federalism",
    "HrGen": "human rights and rule of law",
    "EqGen": "equality",
    "ProtCiv": "protection of civilians",
    "HrFra": "human rights framework",
    "HrCp": "civil and political rights",
    "HrSec": "socio-economic rights",
    "SerWork": "right to work",
    "SerCult": "cultural rights",
    "HrMob": "mobility and access",
    "GRa": "racial, ethnic and national groups",
    "GRef": "refugees and displaced persons",
    "HrIiMon": "monitoring by human rights institutions",
    "Dev": "development or socio-economic reconstruction",
    "DevHum": "humanitarian assistance",
    "DevInfra": "infrastructure and reconstruction",
    "IntFu": "international funds",
    "NatRes": "natural resources",
    "Wat": "water or river rights and access",
    "Bus": "business",
    "Tax": "taxation",
    "TaxPo": "power to tax",
    "TaxRef": "reform of taxation",
    "LaRefRet": "return and restitution of property",
    "SsrGua": "security sector, general",
    "SsrArm": "armed forces",
    "SsrDdr": "disarmament, demobilisation, reintegration",
    "DdrDemil": "demilitarisation",
    "SsrPsf": "rebel, opposition and para-statal forces",
    "SsrFf": "withdrawal of foreign forces",
    "TjAm": "amnesty or pardon",
    "TjCou": "courts",
    "TjMech": "transitional justice mechanism",
    "TjPrire": "prisoner release",
    "TjMis": "missing persons",
    "TjRep": "reparations",
    "TjRMa": "material reparations, compensation included",
    "TjNR": "reconciliation",
    "ImUN": "UN signatory",
    "ImOth": "other international signatory",
    "ImRef": "referendum for the agreement",
    "ImPK": "international mission, force or similar",
    "ImE": "enforcement mechanism",
}

CODES_OF = {
    Topic.CEASEFIRE: ("Ce", "CeProv", "CeGen"),
    Topic.TERRITORY: ("StBor", "StUni", "Terps"),
    Topic.RECOGNITION: ("StDef", "StSd", "StInd"),
    Topic.SECURITY_GUARANTEE: ("SsrGua",),
    Topic.PEACEKEEPING: ("ImPK",),
    Topic.FORCE_LIMITS: ("SsrArm", "SsrDdr", "DdrDemil", "SsrPsf", "SsrFf"),
    Topic.ASSETS_AND_REPARATIONS: ("TjRep", "TjRMa", "LaRefRet"),
    Topic.RECONSTRUCTION: ("Dev", "DevInfra", "IntFu"),
    Topic.TRADE: ("Bus",),
    Topic.RESOURCES_AND_ENERGY: ("NatRes", "EpsRes", "Wat"),
    Topic.PRISONERS_AND_HOSTAGES: ("TjPrire", "TjMis"),
    Topic.HUMANITARIAN: ("DevHum", "ProtCiv"),
    Topic.REFUGEES_AND_RETURN: ("GRef", "LaRefRet"),
    Topic.JUSTICE_AND_AMNESTY: ("TjAm", "TjCou", "TjMech", "TjNR"),
    Topic.GOVERNANCE_AND_ELECTIONS: ("Pol", "PolNewTemp", "Cons", "Ele", "ElecComm", "Polps", "StRef"),
    Topic.RIGHTS_AND_LANGUAGE: ("HrGen", "HrFra", "HrCp", "HrSec", "EqGen", "GRa", "SerCult"),
    Topic.RELATIONS: ("StXbor",),
    Topic.ACCESS_AND_TRANSIT: ("HrMob", "StXbor"),
    Topic.IMPLEMENTATION: ("ImE", "ImUN", "ImOth", "ImRef", "HrIiMon"),
    Topic.PAY_AND_WORK: ("SerWork",),
    Topic.TAXATION: ("Tax", "TaxPo", "TaxRef", "EpsFis"),
}
"""The codes nearest to a topic; a topic that is not here has none."""


def codes_of(topic: Topic) -> tuple[str, ...]:
    """The PA-X codes nearest to a topic, none where PA-X has no such code."""
    return CODES_OF.get(topic, ())
