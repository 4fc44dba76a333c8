"""Books: a monthly check that no money appears or vanishes.

The model adds every movement of money to the sum of its kind (`Flow`). At the end of a month, the
money of each account is added up from the tables. It must equal the opening stock plus inflows less
outflows.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.errors import ServandaError

TOLERANCE = 1e-9
"""Tolerance relative to turnover + 1; rounding errors of about 10^7 additions stay below it."""
ROUNDING = 8.0 * float(np.finfo(float).eps)
"""Tolerance relative to the stock: the last digits in which a sum can be represented."""


class Flow(NamedTuple):
    """One kind of movement between two accounts; an account number below 0 is outside the books."""

    name: str
    source: int
    target: int


class BooksError(ServandaError):
    """Money appeared or vanished."""


class Books:
    """Accounts and the flows between them, month after month.

    Args:
        accounts: Names of the accounts.
        flows: The kinds of movement, in the order of their sums.
        derived: Accounts without rows of their own, whose stocks are computed from flows.
    """

    def __init__(
        self, accounts: Sequence[str], flows: Sequence[Flow], derived: Sequence[int] = ()
    ) -> None:
        """Start with all accounts at zero."""
        self.accounts, self.flows = tuple(accounts), tuple(flows)
        self._derived = np.zeros(len(accounts), bool)
        self._derived[list(derived)] = True
        self._into = np.array([[f.target == a for f in flows] for a in range(len(accounts))], float)
        self._outof = np.array(
            [[f.source == a for f in flows] for a in range(len(accounts))], float
        )
        self.stocks = np.zeros(len(accounts))

    def open(self, stocks: np.ndarray) -> None:
        """Start from these stocks, yuan; shape (accounts,)."""
        self.stocks = np.where(self._derived, 0.0, stocks)

    def close(self, stocks: np.ndarray, flows: np.ndarray) -> np.ndarray:
        """Check a month and carry its stocks forward.

        Args:
            stocks: Money of each account, summed from the tables, yuan; shape (accounts,).
            flows: Money moved in each kind of movement, yuan; shape (flows,).

        Returns:
            The closing stocks.

        Raises:
            BooksError: If an account does not balance; the message names it and the difference.
        """
        incoming, outgoing = self._into @ flows, self._outof @ flows
        expected = self.stocks + incoming - outgoing
        turnover = incoming + outgoing
        rounding = ROUNDING * (np.abs(self.stocks) + turnover)
        closing = np.where(self._derived, expected, stocks)
        wrong = ~(np.abs(closing - expected) <= TOLERANCE * (turnover + 1.0) + rounding)
        if wrong.any():
            found = "; ".join(
                f"{self.accounts[a]} holds {closing[a]:,.6f} instead of {expected[a]:,.6f} yuan "
                f"({closing[a] - expected[a]:+,.6f})"
                for a in np.flatnonzero(wrong)
            )
            raise BooksError("books", f"money appeared or vanished: {found}")
        self.stocks = closing
        return closing.copy()
