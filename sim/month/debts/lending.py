"""Credit supply: lenders lend the more the better their claims were recovered.

In: what closed cases of each domain claimed and recovered. Out: a factor on next month's arrivals.
"""

import numpy as np

from sim.agents.institutions.insurer import YEAR
from sim.month.shared.counts import Count
from sim.month.shared.journal import DOMAINS

LEAST, MOST = 0.25, 4.0
"""Bounds of the factor: neither does credit vanish, nor does it grow without end."""


class Credit:
    """What lenders of each domain saw in twelve months, and how much they lend for it.

    Args:
        hoped: Share of a claim that lenders of each domain hope for; 0 where nothing is lent.
        elasticity: Response of credit to the share recovered over the share hoped for.
    """

    def __init__(self, hoped: np.ndarray, elasticity: float) -> None:
        """Lenders as they begin: without experience they lend as always."""
        self.hoped, self.elasticity = hoped, elasticity
        self.claimed = np.zeros((YEAR, len(hoped)))
        self.recovered = np.zeros((YEAR, len(hoped)))
        self.supply = np.ones(len(hoped))

    def note(self, sums: np.ndarray, month: int) -> None:
        """Take note of a month's closed cases (ODD eq. 113).

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
