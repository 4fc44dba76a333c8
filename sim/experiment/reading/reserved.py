"""Names that the columns of results bear already, which no label and no extension may take.

In: names that a user has chosen. Out: those that would hide a column of the runs. Capitals make
no difference, as in SQL.
"""

from collections.abc import Iterable, Iterator

from sim.measure.indicators import INDICATORS

RUNS = (
    *("point", "replicate", "identity", "seed", "status", "seconds", "finished", "cpu"),
    *("error", "error_month", "error_phase", "warnings", "scenario", "chunk", "filename"),
)
"""Columns of the runs other than labels, factors and indicators."""


def taken(names: Iterable[str], others: Iterable[str] = ()) -> Iterator[str]:
    """The names among these that a column has already, or one before them.

    Args:
        names: Names that a user has chosen.
        others: Further names that are taken, such as those of factors.
    """
    known = {name.lower() for name in (*RUNS, *(one.name for one in INDICATORS), *others)}
    for name in names:
        if name.lower() in known:
            yield name
        known.add(name.lower())
