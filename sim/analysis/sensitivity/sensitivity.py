"""Sensitivity indices of a sweep, by the method that fits its design.

In: a sweep. Out: for each measure, a table of factors, the strongest first, and remarks on
limitations. The table has intervals, and for each index a threshold: if a factor had no effect, its
index would exceed the threshold by chance in 5 % of cases.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sim.analysis.factors import Factor, design, factors
from sim.analysis.measures import chosen
from sim.analysis.sensitivity import pawn as distributions
from sim.analysis.sensitivity.morris import Units, elementary_effects, whole_paths
from sim.analysis.sensitivity.responses import Responses, chance, refuse_unfinished, responses
from sim.analysis.sensitivity.sobol import independent, sobol_indices
from sim.errors import ServandaError
from sim.runs.results import Results
from sim.scenario.checking.fault import meant

RANKS = {"morris": "mu_star", "sobol": "ST", "pawn": "median"}
"""The column by which each method ranks factors."""
FITTING = {
    "morris": ("morris",),
    "sobol": ("sobol", "pawn"),
    "latin_hypercube": ("pawn",),
    "grid": ("pawn",),
    "factorial": ("pawn",),
    "fractional_factorial": ("pawn",),
    "points": ("pawn",),
}
"""The methods for each kind of design, the default first."""
NOISY = 0.1
"""A remark is made if chance causes more than this share of the variance between points."""
ROUGH = 0.1
"""A remark is made if the interval of a Sobol index has a half-width above this."""
FEW_PATHS = 10
FEW_POINTS = 100


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """The sensitivity of a measure to the factors.

    Args:
        measure: The indicator; the mean over replicates is analysed.
        method: ``morris``, ``sobol`` or ``pawn``.
        table: A row per factor, or per group of factors that moved together, the strongest first:
            ``factor``, ``title``, then the columns of `elementary_effects`, `sobol_indices` or
            `pawn`. All have ``low`` and ``high``, the 95 % interval of the ranking index, and
            ``by_chance``, which the index of a factor without effect exceeds in 5 % of cases. The
            table is empty if the measure is unknown at too many points. For Sobol indices and PAWN
            it is also empty if the measure is the same at all points.
        pairs: Second-order Sobol indices: ``factor``, ``other``, ``S2``, ``low``, ``high``; None if
            there are none.
        points: Number of points used.
        left_out: Number of points left out. A point is left out if a run or the measure is missing
            at this point. In the design of Morris, one such point excludes its whole trajectory.
            PAWN also leaves out points of Saltelli's blocks that depend on others.
        replicates: Number of runs of each point.
        mean: Mean of the measure over the points. For Sobol indices, `mean`, `sd` and `chance` come
            only from the points of the two independent samples.
        sd: Standard deviation of the measure over the points.
        chance: Share of the variance between points due to chance; NaN with one replicate.
        remarks: Limitations to be aware of.
    """

    measure: str
    method: str
    table: pd.DataFrame = field(repr=False)
    pairs: pd.DataFrame | None = field(repr=False)
    points: int
    left_out: int
    replicates: int
    mean: float
    sd: float
    chance: float
    remarks: tuple[str, ...]

    @property
    def rank(self) -> str:
        """The column by which factors are ranked."""
        return RANKS[self.method]

    @property
    def clear(self) -> pd.Series:
        """For each row, whether the index exceeds `by_chance`.

        If `by_chance` is unknown (Morris or Sobol, one replicate), the interval must exclude 0.
        """
        known = self.table["by_chance"]
        return self.table[self.rank].where(known.notna(), self.table["low"]) > known.fillna(0.0)


def sensitivity(
    found: Results, measures: Sequence[str] = (), method: str | None = None
) -> list[Sensitivity]:
    """The sensitivity of measures to the factors of a sweep.

    Args:
        found: The sweep.
        measures: Names of indicators; for the default see `sim.analysis.measures.chosen`.
        method: ``morris``, ``sobol`` or ``pawn``; by default the one that fits the design.

    Raises:
        ServandaError: If the method does not fit the design, if needed runs are missing, if a
            measure was not recorded, if points are too few, or if no measure can be analysed.
    """
    way = fitting(design(found, "sensitivity")["kind"], method)
    varied = factors(found, "sensitivity")
    if way == "sobol":
        refuse_unfinished(found, "sensitivity", "Sobol indices need every point")
    names = chosen(found, measures, "sensitivity")
    analyse = {"morris": _morris, "sobol": _sobol, "pawn": _pawn}[way]
    results = [analyse(found, name, varied) for name in names]
    if all(one.table.empty for one in results):
        refuse_unfinished(found, "sensitivity", results[0].remarks[0])
        raise ServandaError("sensitivity", results[0].remarks[0], "give another --measure")
    return results


def fitting(kind: str, method: str | None = None) -> str:
    """The method for a design.

    Args:
        kind: Kind of the design.
        method: The requested method, if any.

    Raises:
        ServandaError: If the method does not fit the design.
    """
    if method is not None and method not in RANKS:
        hint = meant(method, RANKS) or f"choose {' or '.join(RANKS)}"
        raise ServandaError("--method", f"unknown method '{method}'", hint)
    known = FITTING.get(kind)
    if known is None:
        what = f"the design '{kind}' does not spread points over the factors"
        hint = 'sensitivity needs a design such as "morris", "sobol" or "latin_hypercube"'
        raise ServandaError("sensitivity", what, hint)
    if method is None or method in known:
        return method or known[0]
    if method == "pawn":
        what = f"PAWN needs independent points; those of the design '{kind}' depend on each other"
        raise ServandaError("--method", what, f"use {' or '.join(known)}")
    what = f"the points of the design '{kind}' do not suit the method '{method}'"
    raise ServandaError("--method", what, f'use {known[0]}, or sweep kind = "{method}"')


def _morris(found: Results, measure: str, varied: Sequence[Factor]) -> Sensitivity:
    shares, moved = cube(found, varied), units(varied)
    got, count = responses(found, measure), len(moved.names)
    kept = whole_paths(got.whole, count)
    remarks = []
    paths, lost = int(kept.sum()) // (count + 1), int((~kept).sum()) // (count + 1)
    if lost:
        remarks.append(f"{lost} of {paths + lost} trajectories are incomplete and left out")
    if got.infinite.any():
        remarks.append(f"{measure} is {got.lacking()}")
    if paths < 2:
        why = "fewer than two trajectories are complete"
        lacking = f"{got.lacking()}: {why}" if got.infinite.any() else why
        return _unanalysed(measure, "morris", got, lacking)
    if paths < FEW_PATHS:
        remarks.append(f"{paths} trajectories are few: 10 to 50 are usual")
    values = got.values[kept]
    table = elementary_effects(moved, shares[kept], values)
    return _ranked(measure, "morris", table, varied, values, kept, remarks)


def _sobol(found: Results, measure: str, varied: Sequence[Factor]) -> Sensitivity:
    got = responses(found, measure)
    cube(found, varied)
    if not got.whole.all():
        return _unanalysed(measure, "sobol", got, f"{got.lacking()}; Sobol indices need all points")
    second, names = bool(design(found, "sensitivity")["second_order"]), units(varied).names
    apart = got.values[independent(len(got.values), len(names), second_order=second)]
    if np.ptp(apart.mean(axis=1)) == 0.0:
        return _unanalysed(measure, "sobol", got, "it is the same at all points")
    table, pairs = sobol_indices(names, got.values, second_order=second)
    remarks = []
    half = float((table["high"] - table["ST"]).max())
    if half > ROUGH:
        samples = len(apart) // 2
        remarks.append(f"intervals reach ± {half:.2f}: {samples:,} samples are few")
    whole = np.ones(len(got.values), dtype=bool)
    return _ranked(measure, "sobol", table, varied, apart, whole, remarks, pairs)


def _pawn(found: Results, measure: str, varied: Sequence[Factor]) -> Sensitivity:
    got = responses(found, measure)
    points, plan = found.points.sort_values("point"), design(found, "sensitivity")
    apart = np.ones(len(got.whole), dtype=bool)
    if plan["kind"] == "sobol":
        cube(found, varied)
        moved = len(units(varied).names)
        apart = independent(len(apart), moved, second_order=bool(plan["second_order"]))
    least = 2 * distributions.FULL
    if (laid := int(apart.sum())) < least:
        what = f"PAWN can use {laid} point{'s' * (laid != 1)} of the design, but needs"
        raise ServandaError("sensitivity", f"{what} {least}", "sweep a design with more points")
    kept = got.whole & apart
    count = int(kept.sum())
    if count < least:
        why = f"known at {count} of {laid} points; PAWN needs {least}"
        why = f"{got.lacking()}; {why}" if got.infinite.any() else why
        return _unanalysed(measure, "pawn", got, why)
    values = got.values[kept]
    if np.ptp(values.mean(axis=1)) == 0.0:
        return _unanalysed(measure, "pawn", got, "it is the same at all points")
    remarks = []
    if lost := int((~got.whole).sum()):
        remarks.append(
            f"{lost} of {len(got.values)} points lack the measure in some run and are left out"
        )
    if got.infinite.any():
        remarks.append(f"{measure} is {got.lacking()}")
    if count < FEW_POINTS:
        remarks.append(f"{count} points are few: weak factors may not be detected")
    table = distributions.pawn(varied, points[kept], values.mean(axis=1))
    return _ranked(measure, "pawn", table, varied, values, kept, remarks)


def units(varied: Sequence[Factor]) -> Units:
    """The units that move: groups of factors that move together, and factors without a group."""
    moved = [one.moved for one in varied]
    known = {name: number for number, name in enumerate(dict.fromkeys(moved))}
    ordered = np.array([one.number for one in varied])
    return Units(tuple(known), np.array([known[name] for name in moved]), ordered)


def cube(found: Results, varied: Sequence[Factor]) -> np.ndarray:
    """The points in the unit cube, a column per factor.

    Raises:
        ServandaError: If the folder lacks them, or a factor of the design does not vary.
    """
    frame = found.shares
    if frame is None or len(frame) != int(found.manifest["points"]):
        what = "the folder does not record the points in the unit cube"
        raise ServandaError("sensitivity", what, "run `servanda sweep` on it again")
    paths = [str(name) for name in frame if name != "point"]
    if still := set(paths) - {one.path for one in varied}:
        what = f"'{min(still)}' has one value at all points"
        raise ServandaError("sensitivity", what, "remove it from the experiment's factors")
    return frame.sort_values("point")[paths].to_numpy(float)


def _unanalysed(measure: str, method: str, got: Responses, why: str) -> Sensitivity:
    """The result for a measure that cannot be analysed."""
    points, replicates = got.values.shape
    columns = ["factor", "title", RANKS[method], "low", "high", "by_chance"]
    return Sensitivity(
        measure=measure,
        method=method,
        table=pd.DataFrame(columns=columns),
        pairs=None,
        points=0,
        left_out=points,
        replicates=replicates,
        mean=math.nan,
        sd=math.nan,
        chance=math.nan,
        remarks=(f"{measure}: {why}",),
    )


def _ranked(
    measure: str,
    method: str,
    table: pd.DataFrame,
    varied: Sequence[Factor],
    values: np.ndarray,
    kept: np.ndarray,
    remarks: list[str],
    pairs: pd.DataFrame | None = None,
) -> Sensitivity:
    """The result of a method: the table ranked and titled, with common statistics and remarks.

    `kept` is true for the points used. `values` is the measure at these points or, for Sobol
    indices, at the points of the two independent samples.
    """
    titles = {one.path: one.title for one in varied}
    table.insert(1, "title", [titles.get(name, name) for name in table["factor"]])
    order = np.argsort(-table[RANKS[method]].to_numpy(), kind="stable")
    share, replicates = chance(values), values.shape[1]
    if replicates < 2:
        remarks = [*remarks, "one replicate: the share of variance due to chance is unknown"]
    elif share > NOISY:
        hint = "more replicates would sharpen all indices"
        remarks = [*remarks, f"{share:.0%} of the variance between points is due to chance: {hint}"]
    means = values.mean(axis=1)
    return Sensitivity(
        measure=measure,
        method=method,
        table=table.iloc[order].reset_index(drop=True),
        pairs=pairs,
        points=int(kept.sum()),
        left_out=int((~kept).sum()),
        replicates=replicates,
        mean=float(means.mean()),
        sd=float(means.std(ddof=1)),
        chance=share,
        remarks=tuple(remarks),
    )
