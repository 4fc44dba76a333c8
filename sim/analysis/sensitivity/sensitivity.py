"""Which factor matters: sensitivity indices of a sweep, after the method that its design is for.

In: a sweep. Out: for each measure a table of factors, the strongest first, with intervals and with
what chance alone would show; and words on what to beware of.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sim.analysis.factors import Varied, design, factors
from sim.analysis.measures import chosen
from sim.analysis.sensitivity import pawn as distributions
from sim.analysis.sensitivity.morris import Units, elementary, whole_paths
from sim.analysis.sensitivity.responses import Answers, answers, chance, refuse_unfinished
from sim.analysis.sensitivity.sobol import independent, variance
from sim.errors import ServandaError
from sim.runs.results import Results
from sim.scenario.checking.fault import meant

RANKS = {"morris": "mu_star", "sobol": "ST", "pawn": "median"}
"""The methods, and the column after which each ranks factors."""
FITTING = {
    "morris": ("morris",),
    "sobol": ("sobol", "pawn"),
    "latin_hypercube": ("pawn",),
    "grid": ("pawn",),
    "factorial": ("pawn",),
    "fractional_factorial": ("pawn",),
    "points": ("pawn",),
}
"""The methods that read the points of a design, its own first."""
NOISY = 0.1
"""Share of chance in the variance of points that is worth a word."""
ROUGH = 0.1
"""Half-width of a Sobol index that is worth a word."""
FEW_PATHS = 10
FEW_POINTS = 100


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What a measure hangs on.

    Args:
        measure: The indicator; the mean over replicates is analysed.
        method: ``morris``, ``sobol`` or ``pawn``.
        table: A row a factor, or a group of factors that moved together, the strongest first:
            ``factor``, ``title``, then the columns of `elementary`, `variance` or `pawn`; all have
            ``low`` and ``high``, the 95 % interval of the index that ranks, and ``by_chance``.
            Empty where too much of the measure is missing.
        pairs: Of Sobol indices of second order: ``factor``, ``other``, ``S2``, ``low``, ``high``.
        points: Points behind it.
        left_out: Points left out: a run or the measure is missing there or on their trajectory, or
            they depend on others (PAWN on Saltelli's blocks).
        replicates: Runs of each point.
        mean: Mean of the measure over the points.
        sd: Its standard deviation over them.
        chance: Share of that variance that is chance; missing with one replicate.
        remarks: What to beware of.
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
        """The column after which factors are ranked."""
        return RANKS[self.method]

    @property
    def clear(self) -> pd.Series:
        """By row, whether the factor shows more than chance would.

        With one replicate chance is not known, and the interval has to exclude 0.
        """
        known = self.table["by_chance"]
        return self.table[self.rank].where(known.notna(), self.table["low"]) > known.fillna(0.0)


def sensitivity(
    found: Results, measures: Sequence[str] = (), method: str | None = None
) -> list[Sensitivity]:
    """The sensitivity of measures to the factors of a sweep.

    Args:
        found: The sweep.
        measures: Indicators; those of a comparison that were kept unless named.
        method: ``morris``, ``sobol`` or ``pawn``; that of the design unless named.

    Raises:
        ServandaError: If the design is for no such method, runs are missing that it needs, or a
            measure was not kept; or if there are too few points to tell anything.
    """
    way = fitting(design(found, "sensitivity")["kind"], method)
    varied = factors(found, "sensitivity")
    if way == "sobol":
        refuse_unfinished(found, "sensitivity", "Sobol indices need every point")
    names = chosen(found, measures, "sensitivity")
    analyse = {"morris": _morris, "sobol": _sobol, "pawn": _pawn}[way]
    told = [analyse(found, name, varied) for name in names]
    if all(one.table.empty for one in told):
        refuse_unfinished(found, "sensitivity", told[0].remarks[0])
        raise ServandaError("sensitivity", told[0].remarks[0], "choose others with --measure")
    return told


def fitting(kind: str, method: str | None = None) -> str:
    """The method for a design.

    Args:
        kind: Kind of the design.
        method: The method asked for, if any.

    Raises:
        ServandaError: If they do not go together.
    """
    if method is not None and method not in RANKS:
        hint = meant(method, RANKS) or f"known are {', '.join(RANKS)}"
        raise ServandaError("--method", f"unknown method '{method}'", hint)
    known = FITTING.get(kind)
    if known is None:
        what = f"the design '{kind}' spreads no points over the factors"
        hint = 'sensitivity needs kind = "morris", "sobol" or "latin_hypercube", say'
        raise ServandaError("sensitivity", what, hint)
    if method is None or method in known:
        return method or known[0]
    if method == "pawn":
        what = f"the points of the design '{kind}' depend on each other, and PAWN needs them apart"
        raise ServandaError("--method", what, f"take {' or '.join(known)}")
    what = f"the points of the design '{kind}' do not stand as '{method}' needs them"
    raise ServandaError("--method", what, f'take {known[0]}, or sweep kind = "{method}"')


def _morris(found: Results, measure: str, varied: Sequence[Varied]) -> Sensitivity:
    shares, moved = cube(found, varied), units(varied)
    got, count = answers(found, measure), len(moved.names)
    kept = whole_paths(got.whole, count)
    remarks = []
    paths, lost = int(kept.sum()) // (count + 1), int((~kept).sum()) // (count + 1)
    if lost:
        remarks.append(f"{lost} of {paths + lost} trajectories have holes and are left out")
    if got.infinite.any():
        remarks.append(f"{measure} is {got.lacking()}")
    if paths < 2:
        why = "fewer than two trajectories are whole"
        lacking = f"{got.lacking()}: {why}" if got.infinite.any() else why
        return _nothing(measure, "morris", got, lacking)
    if paths < FEW_PATHS:
        remarks.append(f"{paths} trajectories are few: 10 to 50 are usual")
    values = got.values[kept]
    table = elementary(moved, shares[kept], values)
    return _told(measure, "morris", table, varied, values, kept, remarks)


def _sobol(found: Results, measure: str, varied: Sequence[Varied]) -> Sensitivity:
    got = answers(found, measure)
    cube(found, varied)
    if not got.whole.all():
        return _nothing(measure, "sobol", got, f"{got.lacking()}; Sobol indices need all")
    second, names = bool(design(found, "sensitivity")["second_order"]), units(varied).names
    apart = got.values[independent(len(got.values), len(names), second_order=second)]
    if np.ptp(apart.mean(axis=1)) == 0.0:
        return _nothing(measure, "sobol", got, "it is the same at all points")
    table, pairs = variance(names, got.values, second_order=second)
    remarks = []
    half = float((table["high"] - table["ST"]).max())
    if half > ROUGH:
        samples = len(apart) // 2
        remarks.append(f"intervals reach ± {half:.2f}: {samples:,} samples are few")
    whole = np.ones(len(got.values), dtype=bool)
    return _told(measure, "sobol", table, varied, apart, whole, remarks, pairs)


def _pawn(found: Results, measure: str, varied: Sequence[Varied]) -> Sensitivity:
    got = answers(found, measure)
    points, plan = found.points.sort_values("point"), design(found, "sensitivity")
    apart = np.ones(len(got.whole), dtype=bool)
    if plan["kind"] == "sobol":
        cube(found, varied)
        moved = len(units(varied).names)
        apart = independent(len(apart), moved, second_order=bool(plan["second_order"]))
    least = 2 * distributions.FULL
    if (laid := int(apart.sum())) < least:
        what = f"the design has {laid} point{'s' * (laid != 1)} that PAWN can use, and it needs"
        raise ServandaError("sensitivity", f"{what} {least}", "sweep a design with more points")
    kept = got.whole & apart
    count = int(kept.sum())
    if count < least:
        why = f"known at {count} of {laid} points; PAWN needs {least}"
        why = f"{got.lacking()}; {why}" if got.infinite.any() else why
        return _nothing(measure, "pawn", got, why)
    values = got.values[kept]
    if np.ptp(values.mean(axis=1)) == 0.0:
        return _nothing(measure, "pawn", got, "it is the same at all points")
    remarks = []
    if lost := int((~got.whole).sum()):
        remarks.append(f"{lost} of {len(got.values)} points lack it in some run and are left out")
    if got.infinite.any():
        remarks.append(f"{measure} is {got.lacking()}")
    if count < FEW_POINTS:
        remarks.append(f"{count} points are few: a factor needs some strength to be seen")
    table = distributions.pawn(varied, points[kept], values.mean(axis=1))
    return _told(measure, "pawn", table, varied, values, kept, remarks)


def units(varied: Sequence[Varied]) -> Units:
    """What moves together: groups of factors, and those that are in none."""
    moved = [one.moved for one in varied]
    known = {name: number for number, name in enumerate(dict.fromkeys(moved))}
    ordered = np.array([one.number for one in varied])
    return Units(tuple(known), np.array([known[name] for name in moved]), ordered)


def cube(found: Results, varied: Sequence[Varied]) -> np.ndarray:
    """The points in the unit cube, a column a factor.

    Raises:
        ServandaError: If the folder lacks them, or a factor stands still and has left the design.
    """
    frame = found.shares
    if frame is None or len(frame) != int(found.manifest["points"]):
        what = "the folder does not hold the points in the unit cube"
        raise ServandaError("sensitivity", what, "call `servanda sweep` on it again")
    paths = [str(name) for name in frame if name != "point"]
    if still := set(paths) - {one.path for one in varied}:
        what = f"'{min(still)}' has one value at all points"
        raise ServandaError("sensitivity", what, "take it out of the experiment's factors")
    return frame.sort_values("point")[paths].to_numpy(float)


def _nothing(measure: str, method: str, got: Answers, why: str) -> Sensitivity:
    """What is told of a measure that cannot be analysed."""
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


def _told(
    measure: str,
    method: str,
    table: pd.DataFrame,
    varied: Sequence[Varied],
    values: np.ndarray,
    kept: np.ndarray,
    remarks: list[str],
    pairs: pd.DataFrame | None = None,
) -> Sensitivity:
    """A table ranked and named, with what holds for all methods.

    `values` are those of independent points, `kept` says by point whether it counted.
    """
    titles = {one.path: one.title for one in varied}
    table.insert(1, "title", [titles.get(name, name) for name in table["factor"]])
    order = np.argsort(-table[RANKS[method]].to_numpy(), kind="stable")
    share, replicates = chance(values), values.shape[1]
    if replicates < 2:
        remarks = [*remarks, "one replicate: what is chance is not known"]
    elif share > NOISY:
        hint = "more replicates would sharpen all of it"
        remarks = [*remarks, f"{share:.0%} of the variance between points is chance: {hint}"]
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
