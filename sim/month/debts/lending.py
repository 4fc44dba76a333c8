"""Supply of credit: lenders lend more if they recovered a larger share of their claims.

In: yuan claimed and recovered in closed cases, by domain. Out: a factor on next month's new claims.
"""

import numpy as np

from sim.agents.institutions.insurer import YEAR
from sim.books.counts import Count
from sim.month.shared.journal import DOMAINS

LEAST, MOST = 0.25, 4.0
"""Bounds of the factor, so that credit neither vanishes nor grows without limit."""


class Credit:
    """What lenders recovered in twelve months, by domain, and the credit they supply.

    Args:
        hoped: Share of a claim that lenders expect to recover, by domain; 0 where nothing is lent.
        elasticity: Elasticity of credit with respect to share recovered / share expected.
    """

    def __init__(self, hoped: np.ndarray, elasticity: float) -> None:
        """Start without experience: lenders lend as usual."""
        self.hoped, self.elasticity = hoped, elasticity
        self.claimed = np.zeros((YEAR, len(hoped)))
        self.recovered = np.zeros((YEAR, len(hoped)))
        self.supply = np.ones(len(hoped))

    def note(self, sums: np.ndarray, month: int) -> None:
        """Record a month's closed cases and set the supply of credit (ODD eq. 113).

        supply = (recovered/(claimed·hoped))^elasticity, within `LEAST` and `MOST`.
        """
        if self.elasticity <= 0.0:
            return
        of_domains = sums[DOMAINS : DOMAINS + len(self.hoped)]
        self.claimed[month % YEAR] = of_domains[:, Count.CLOSED_CLAIMED]
        self.recovered[month % YEAR] = of_domains[:, Count.CLOSED_RECOVERED]
        claimed, recovered = self.claimed.sum(axis=0), self.recovered.sum(axis=0)
        lends = (claimed > 0.0) & (self.hoped > 0.0)
        ratio = np.ones(len(self.hoped))
        ratio[lends] = recovered[lends] / (claimed[lends] * self.hoped[lends])
        self.supply = np.clip(ratio**self.elasticity, LEAST, MOST)
