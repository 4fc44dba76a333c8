"""Have the numbers settled: indices against the size of the sample, means against replicates.

In: a sweep of trajectories or of Saltelli's blocks, or of any design with replicates. Out: the
indices that its first points alone would have given, for growing numbers of them; and means with
their intervals for growing numbers of replicates.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sim.analysis.factors import Varied, design, factors
from sim.analysis.paired import difference
from sim.analysis.sensitivity.morris import elementary, whole_paths
from sim.analysis.sensitivity.responses import answers
from sim.analysis.sensitivity.sensitivity import RANKS, Sensitivity, cube, sensitivity, units
from sim.analysis.sensitivity.sobol import variance
from sim.errors import ServandaError
from sim.runs.results import Results

FEWEST = {"morris": 4, "sobol": 8}
"""Trajectories, or samples, from which indices are told."""
COUNTED = {"morris": "trajectories", "sobol": "samples"}
"""What a method counts."""
MOVED = 0.05
"""What an index may have moved by in the last doubling: as a share of the largest."""
WIDE = 0.2
"""Half of its interval at most, likewise."""


@dataclass(frozen=True, eq=False)
class Convergence:
    """The indices of a measure against the size of the sample.

    Args:
        measure: The indicator.
        method: ``morris`` or ``sobol``.
        table: A row a size and factor, or group: ``n`` (trajectories, or samples, from the first
            on), ``factor``, ``title``, ``index`` (μ* or ST), ``low``, ``high`` (its 95 % interval).
        settled: Whether no index moved by more than `MOVED` of the largest in the last doubling,
            and none has an interval wider than ± `WIDE` of it; None where there are too few sizes.
        remark: The same in words.
    """

    measure: str
    method: str
    table: pd.DataFrame = field(repr=False)
    settled: bool | None
    remark: str


def convergence(
    found: Results, measures: Sequence[str] = (), method: str | None = None
) -> list[Convergence]:
    """The indices of measures on growing parts of a sweep; of measures that can be analysed.

    Args:
        found: The sweep.
        measures: As for `sim.analysis.sensitivity.sensitivity.sensitivity`.
        method: Likewise; ``morris`` or ``sobol``.

    Raises:
        ServandaError: As there; and if the method is another.
    """
    told = sensitivity(found, measures, method)
    if told[0].method not in FEWEST:
        what = f"'{told[0].method}' has no growing sample to look at"
        raise ServandaError("--convergence", what, "it is for the designs morris and sobol")
    varied = factors(found, "sensitivity")
    return [_of(found, one, varied) for one in told if len(one.table)]


def _of(found: Results, one: Sensitivity, varied: Sequence[Varied]) -> Convergence:
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
    found: Results, measure: str, varied: Sequence[Varied]
) -> Iterator[tuple[int, pd.DataFrame]]:
    """Elementary effects of the first trajectories that are whole."""
    moved, got = units(varied), answers(found, measure)
    rows = len(moved.names) + 1
    kept = whole_paths(got.whole, rows - 1)
    shares, values = cube(found, varied)[kept], got.values[kept]
    for size in sizes(len(values) // rows, FEWEST["morris"]):
        yield size, elementary(moved, shares[: size * rows], values[: size * rows])


def _blocks(
    found: Results, measure: str, varied: Sequence[Varied]
) -> Iterator[tuple[int, pd.DataFrame]]:
    """Sobol indices of the first blocks: the beginning of a Sobol sequence is a sample itself."""
    names, values = units(varied).names, answers(found, measure).values
    samples = int(design(found, "sensitivity")["samples"])
    rows = len(values) // samples
    second = bool(design(found, "sensitivity")["second_order"])
    for size in sizes(samples, FEWEST["sobol"]):
        part = values[: size * rows]
        if np.ptp(part.mean(axis=1)) > 0.0:
            yield size, variance(names, part, second_order=second)[0]


def sizes(whole: int, least: int) -> list[int]:
    """Growing sizes, each about twice the one before, the last the whole."""
    found = [whole]
    while found[0] // 2 >= least:
        found.insert(0, found[0] // 2)
    return found


def _verdict(table: pd.DataFrame, method: str) -> tuple[bool | None, str]:
    """Whether indices have settled, and the same in words."""
    counts = sorted(table["n"].unique().tolist())
    if len(counts) < 2:
        what = f"{counts[-1]:,} {COUNTED[method]} are too few to see whether indices have settled"
        return None, what
    before, last = (table[table["n"] == size].set_index("factor") for size in counts[-2:])
    largest = float(last["index"].max())
    if largest <= 0.0:
        return True, "settled: nothing moves the measure"
    moved = (last["index"] - before["index"]).abs() / largest
    half = (last["high"] - last["low"]) / 2.0 / largest
    worst = str(np.maximum(moved / MOVED, half / WIDE).idxmax())
    how = (
        f"from {counts[-2]:,} to {counts[-1]:,} {COUNTED[method]} '{last.loc[worst, 'title']}' "
        f"moved by {moved[worst]:.0%} of the largest index, and its interval is ± {half[worst]:.0%}"
    )
    settled = bool((moved <= MOVED).all() and (half <= WIDE).all())
    return settled, f"{'settled' if settled else 'not settled'}: {how}"


# ---------------------------------------------------------------- replicates


def running(values: Sequence[float]) -> pd.DataFrame:
    """The mean of the first two values, the first three, and so on, with 95 % intervals.

    Args:
        values: Of replicates in their order, or differences of pairs; those missing are passed by.

    Returns:
        Columns ``replicates``, ``mean``, ``low``, ``high`` (see
        `sim.analysis.interval`); none with one value.
    """
    there = [float(value) for value in values if np.isfinite(value)]
    rows = []
    for count in range(2, len(there) + 1):
        found = difference(there[:count])
        rows.append((count, found.mean, found.low, found.high))
    return pd.DataFrame(rows, columns=["replicates", "mean", "low", "high"])


def by_replicates(found: Results, measure: str, base: int | None = None) -> pd.DataFrame:
    """The mean of a measure at every point of a sweep against the number of replicates.

    Args:
        found: The sweep.
        measure: An indicator that was kept.
        base: A point from which the others differ: then means are of paired differences.

    Returns:
        Columns ``point`` and those of `running`; of differences without the base itself.
    """
    values = answers(found, measure).values
    if base is not None:
        values = values - values[base]
    parts = []
    for point, row in enumerate(values):
        if point != base:
            part = running(row.tolist())
            part.insert(0, "point", point)
            parts.append(part)
    return pd.concat(parts, ignore_index=True)
