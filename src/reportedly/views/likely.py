"""How likely people hold a claim to be: what was said of the statements that made it, found again in the claims of now.

Claims are put together anew when articles come in. A likelihood goes with the claim that has most of the statements of
which it was said; where two have as many, with the one that has the first of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reportedly.ledger import Correction, Kind, State
from reportedly.records import Claim


@dataclass(frozen=True, slots=True)
class Likelihood:
    """What a person said of so many statements (`of`), so many of which are in the claim (`here`)."""

    said: Correction
    here: int
    of: int

    @property
    def stands(self) -> bool:
        """Whether nobody took it back."""
        return self.said.state is not State.UNDONE


class Likelihoods:
    """The likelihoods of a ledger's claims. `claim_of` has the claim of each statement, by the ledger's ids."""

    def __init__(self, said: Iterable[Correction], claim_of: Mapping[str, str]) -> None:
        self._of: dict[str, list[Likelihood]] = defaultdict(list)
        for correction in said:
            homes = Counter(claim_of[id] for id in correction.about if id in claim_of)
            if correction.kind is Kind.LIKELIHOOD and homes:
                # Of claims that have as many, a counter names the one first that it met first.
                claim, here = homes.most_common(1)[0]
                self._of[claim].append(Likelihood(correction, here, len(correction.about)))

    def of(self, claim: Claim) -> tuple[Likelihood, ...]:
        """What was said of a claim, the oldest first. What was said of one statement is of the claim it alone makes."""
        return tuple(one for one in self._of.get(claim.id, ()) if one.of > 1 or len(claim.members) == 1)

    def last(self, claim: Claim) -> str | None:
        """The last word on how likely it is, if anybody said one that stands."""
        standing = [one for one in self.of(claim) if one.stands]
        return str(standing[-1].said.value) if standing else None
