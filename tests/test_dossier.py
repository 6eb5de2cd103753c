"""What a person tells the reader about a negotiation, and what is said where it cannot be read."""

from __future__ import annotations

import pytest

from reportedly.errors import DossierError
from reportedly.reading.dossier import Dossier, Entry, parse_dossier

WHOLE = """
[[party]]
name = "Harbour Union"
aliases = ["the dockers"]

[[person]]
name = "Ines Duarte"
party = "Harbour Union"

[[outlet]]
name = "Quayside News"

[[topic]]
name = "night work"
description = "work between ten and six"
aliases = ["no shift after midnight"]
"""


def test_every_table_is_read() -> None:
    assert parse_dossier(WHOLE, "port.toml") == Dossier(
        parties=(Entry(name="Harbour Union", aliases=("the dockers",)),),
        people=(Entry(name="Ines Duarte", party="Harbour Union"),),
        outlets=(Entry(name="Quayside News"),),
        topics=(
            Entry(name="night work", aliases=("no shift after midnight",), description="work between ten and six"),
        ),
    )


def test_an_empty_dossier_is_one() -> None:
    assert parse_dossier("", "empty.toml") == Dossier()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[party", "port.toml: no TOML"),
        ("[[partys]]\nname = 'x'", "unknown table 'partys'; a dossier has party, person, outlet, topic, plan"),
        ("party = 'x'", "party is not a list of tables; write [[party]]"),
        ("[[person]]\nparty = 'x'", "a person without a name"),
        ("[[person]]\nname = ' '", "a person without a name"),
        ("[[party]]\nname = 'x'\naliases = 'y'", "aliases of 'x' must be a list of words"),
        ("[[party]]\nname = 'x'\naliases = ['']", "aliases of 'x' must be a list of words"),
        ("[[party]]\nname = 'x'\nalias = ['y']", "unknown field 'alias' of 'x'; a party has name, aliases"),
        ("[[person]]\nname = 'x'\nparty = 3", "party of 'x' must be words in quotation marks"),
        ("party = ['x']", "party is not a list of tables; write [[party]]"),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    with pytest.raises(DossierError) as caught:
        parse_dossier(text, "port.toml")
    assert said in str(caught.value)
