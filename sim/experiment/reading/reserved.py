"""Names that users cannot choose, because columns of results have them.

In: names of labels, or of indicators of an extension. Out: those that would hide a column of the
table of runs in the results. Upper and lower case count as equal, as in SQL.
"""

from collections.abc import Iterable, Iterator

from sim.measure.indicators import INDICATORS

RUNS = (
    *("point", "replicate", "identity", "seed", "status", "seconds", "finished", "cpu"),
    *("error", "error_month", "error_phase", "warnings", "scenario", "chunk", "filename"),
)
"""Columns of the table of runs other than labels, factors and indicators."""


def taken(names: Iterable[str], others: Iterable[str] = ()) -> Iterator[str]:
    """The names that are taken: by a column, by one of `others`, or by an earlier name in the list.

    Args:
        names: Names that a user has chosen.
        others: Further names in use, such as those of factors.
    """
    known = {name.lower() for name in (*RUNS, *(one.name for one in INDICATORS), *others)}
    for name in names:
        if name.lower() in known:
            yield name
        known.add(name.lower())
