"""Groups rows by owner, such as claims by debtor or by court, with a counting sort."""

from typing import NamedTuple

import numpy as np

from sim.engine.compile import kernel


class Index(NamedTuple):
    """Rows grouped by owner. The arrays are valid until the same `Grouper` groups again.

    Args:
        owners: Owners that have rows, ascending; shape (number of owners with rows,).
        starts: Where the rows of each owner begin in `order`. The last entry is the number of
            rows. Shape (number of owners with rows + 1,).
        order: Row numbers by owner, ascending within each owner.
    """

    owners: np.ndarray
    starts: np.ndarray
    order: np.ndarray


@kernel
def _count(keys, rows, counts, order, owners, starts):  # type: ignore[no-untyped-def]
    """Sort rows by key and skip negative keys; return the number of owners and of sorted rows."""
    for k in range(len(counts)):
        counts[k] = 0
    for row in range(rows):
        if keys[row] >= 0:
            counts[keys[row]] += 1
    total = 0
    found = 0
    for k in range(len(counts)):
        if counts[k] > 0:
            owners[found] = k
            starts[found] = total
            found += 1
            total += counts[k]
            counts[k] = total - counts[k]
    starts[found] = total
    for row in range(rows):
        if keys[row] >= 0:
            order[counts[keys[row]]] = row
            counts[keys[row]] += 1
    return found, total


class Grouper:
    """Groups rows by key (the number of the owner) each month, reusing its arrays."""

    def __init__(self, groups: int) -> None:
        """Allocate for keys 0 to ``groups - 1``."""
        self._counts = np.zeros(groups, np.int32)
        self._grow(16)

    def _grow(self, rows: int) -> None:
        self._order = np.zeros(rows, np.int32)
        most = min(rows, len(self._counts))
        self._owners = np.zeros(most + 1, np.int32)
        self._starts = np.zeros(most + 2, np.int32)

    @property
    def nbytes(self) -> int:
        """Size in bytes."""
        return sum(a.nbytes for a in (self._counts, self._order, self._owners, self._starts))

    def group(self, keys: np.ndarray, rows: int) -> Index:
        """Group the first `rows` rows by key (int32); rows with a negative key are left out."""
        if rows > len(self._order):
            self._grow(rows + rows // 2)
        found, total = _count(keys, rows, self._counts, self._order, self._owners, self._starts)
        return Index(self._owners[:found], self._starts[: found + 1], self._order[:total])
