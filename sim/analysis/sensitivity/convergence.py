"""Convergence: indices by sample size, and means by number of replicates.

In: a sweep of Morris trajectories or of Saltelli's blocks; for means, any sweep with replicates.
Out: the indices computed from the first points alone, for more and more of these points; the means
with their intervals, for more and more replicates.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sim.analysis.factors import Factor, design, factors
from sim.analysis.paired import difference
from sim.analysis.sensitivity.morris import elementary_effects, whole_paths
from sim.analysis.sensitivity.responses import responses
from sim.analysis.sensitivity.sensitivity import RANKS, Sensitivity, cube, sensitivity, units
from sim.analysis.sensitivity.sobol import sobol_indices
from sim.errors import ServandaError
from sim.runs.results import Results

FEWEST = {"morris": 4, "sobol": 8}
"""Smallest number of trajectories, or samples, for which indices are computed."""
COUNTED = {"morris": "trajectories", "sobol": "samples"}
"""The unit of the sample size, by method."""
MOVED = 0.05
"""Largest change of a settled index in the last doubling of the sample size, as a share of the
largest index."""
WIDE = 0.2
"""Largest half-width of the interval of a settled index, as a share of the largest index."""


@dataclass(frozen=True, eq=False)
class Convergence:
    """The indices of a measure by sample size.

    Args:
        measure: The indicator.
        method: ``morris`` or ``sobol``.
        table: A row per sample size and factor (or group): ``n`` (number of trajectories or
            samples, from the first on), ``factor``, ``title``, ``index`` (μ* or ST), ``low``,
            ``high`` (the 95 % interval of the index).
        settled: Whether every index moved by at most `MOVED` of the largest index in the last
            doubling, and has an interval of at most ± `WIDE` of the largest index. None if there
            are too few sample sizes.
        remark: Whether the indices have settled, and why, in words.
    """

    measure: str
    method: str
    table: pd.DataFrame = field(repr=False)
    settled: bool | None
    remark: str


def convergence(
    found: Results, measures: Sequence[str] = (), method: str | None = None
) -> list[Convergence]:
    """The indices on growing parts of a sweep, for each measure that can be analysed.

    Args:
        found: The sweep.
        measures: Names of indicators; for the default see `sim.analysis.measures.chosen`.
        method: ``morris`` or ``sobol``; by default the one that fits the design.

    Raises:
        ServandaError: As for `sensitivity`, and if the method is not one of these two.
    """
    rankings = sensitivity(found, measures, method)
    if rankings[0].method not in FEWEST:
        what = f"convergence cannot be shown for the method '{rankings[0].method}'"
        raise ServandaError("--convergence", what, "use it with the designs morris and sobol")
    varied = factors(found, "sensitivity")
    return [_of(found, one, varied) for one in rankings if len(one.table)]


def _of(found: Results, one: Sensitivity, varied: Sequence[Factor]) -> Convergence:
    """The indices of one measure."""
    grown = _paths if one.method == "morris" else _blocks
    titles = dict(zip(one.table["factor"], one.table["title"], strict=True))
    rank, parts = RANKS[one.method], []
    for size, table in grown(found, one.measure, varied):
        part = table[["factor", rank, "low", "high"]].rename(columns={rank: "index"})
        part.insert(0, "n", size)
        part.insert(2, "title", part["factor"].map(titles))
        parts.append(part)
    whole = pd.concat(parts, ignore_index=True)
    return Convergence(one.measure, one.method, whole, *_verdict(whole, one.method))


def _paths(
    found: Results, measure: str, varied: Sequence[Factor]
) -> Iterator[tuple[int, pd.DataFrame]]:
    """Elementary effects of the first complete trajectories."""
    moved, got = units(varied), responses(found, measure)
    rows = len(moved.names) + 1
    kept = whole_paths(got.whole, rows - 1)
    shares, values = cube(found, varied)[kept], got.values[kept]
    for size in sizes(len(values) // rows, FEWEST["morris"]):
        yield size, elementary_effects(moved, shares[: size * rows], values[: size * rows])


def _blocks(
    found: Results, measure: str, varied: Sequence[Factor]
) -> Iterator[tuple[int, pd.DataFrame]]:
    """Sobol indices of the first blocks: the beginning of a Sobol sequence is also a sample."""
    names, values = units(varied).names, responses(found, measure).values
    samples = int(design(found, "sensitivity")["samples"])
    rows = len(values) // samples
    second = bool(design(found, "sensitivity")["second_order"])
    for size in sizes(samples, FEWEST["sobol"]):
        part = values[: size * rows]
        if np.ptp(part.mean(axis=1)) > 0.0:
            yield size, sobol_indices(names, part, second_order=second)[0]


def sizes(whole: int, least: int) -> list[int]:
    """Growing sizes, each about twice the previous one, up to the whole."""
    found = [whole]
    while found[0] // 2 >= least:
        found.insert(0, found[0] // 2)
    return found


def _verdict(table: pd.DataFrame, method: str) -> tuple[bool | None, str]:
    """Whether indices have settled, and why, in words."""
    counts = sorted(table["n"].unique().tolist())
    if len(counts) < 2:
        what = f"{counts[-1]:,} {COUNTED[method]} are too few to judge whether indices have settled"
        return None, what
    before, last = (table[table["n"] == size].set_index("factor") for size in counts[-2:])
    largest = float(last["index"].max())
    if largest <= 0.0:
        return True, "settled: no factor moves the measure"
    moved = (last["index"] - before["index"]).abs() / largest
    half = (last["high"] - last["low"]) / 2.0 / largest
    worst = str(np.maximum(moved / MOVED, half / WIDE).idxmax())
    how = (
        f"from {counts[-2]:,} to {counts[-1]:,} {COUNTED[method]} '{last.loc[worst, 'title']}' "
        f"moved by {moved[worst]:.0%} of the largest index, and its interval is "
        f"± {half[worst]:.0%} of it"
    )
    settled = bool((moved <= MOVED).all() and (half <= WIDE).all())
    return settled, f"{'settled' if settled else 'not settled'}: {how}"


# ---------------------------------------------------------------- replicates


def running(values: Sequence[float]) -> pd.DataFrame:
    """The mean of the first two values, the first three, and so on, with 95 % intervals.

    Args:
        values: Values of replicates in order, or differences of pairs. NaN and infinite values are
            skipped.

    Returns:
        Columns ``replicates``, ``mean``, ``low``, ``high`` (see `sim.analysis.interval`); no rows
        if there are fewer than two values.
    """
    there = [float(value) for value in values if np.isfinite(value)]
    rows = []
    for count in range(2, len(there) + 1):
        found = difference(there[:count])
        rows.append((count, found.mean, found.low, found.high))
    return pd.DataFrame(rows, columns=["replicates", "mean", "low", "high"])


def by_replicates(found: Results, measure: str, base: int | None = None) -> pd.DataFrame:
    """The mean of a measure at every point of a sweep, by number of replicates.

    Args:
        found: The sweep.
        measure: Name of a recorded indicator.
        base: Number of a point to compare with. If given, means are of paired differences from it.

    Returns:
        Columns ``point`` and those of `running`. The point `base` has no rows.
    """
    values = responses(found, measure).values
    if base is not None:
        values = values - values[base]
    parts = []
    for point, row in enumerate(values):
        if point != base:
            part = running(row.tolist())
            part.insert(0, "point", point)
            parts.append(part)
    return pd.concat(parts, ignore_index=True)
