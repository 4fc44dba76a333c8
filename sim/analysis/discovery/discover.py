"""Scenario discovery: for which values of the factors a condition on indicators often holds.

In: a sweep, and a condition on its indicators. Out: boxes (limits on factors) in which the
condition holds often. They are found on one part of the points and checked on the rest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from sim.analysis.discovery.box import Box, Limit, Unit, inside, score
from sim.analysis.discovery.cart import leaves
from sim.analysis.discovery.caveats import box_caveats, sample_caveats
from sim.analysis.discovery.condition import Condition, parsed
from sim.analysis.discovery.prim import peeled
from sim.analysis.factors import Factor, design, factors
from sim.analysis.measures import kept
from sim.analysis.sensitivity.responses import refuse_unfinished
from sim.errors import ServandaError
from sim.runs.results import Results

Method = Literal["prim", "cart"]

DENSITY, COVERAGE, BOXES = 0.8, 0.8, 3
LEAST = 20
"""Smallest number of runs, or points, for a discovery: enough for two of the smallest boxes."""
HELD = 0.5
"""Share of the points held out. Boxes are found without them, then checked on them."""
SEED = 20170101
"""Seed of the split. It is fixed, because the same runs must give the same boxes."""


@dataclass(frozen=True, eq=False)
class Discovery:
    """The result of a discovery.

    Args:
        condition: The condition.
        method: ``prim`` or ``cart``.
        unit: What is counted: each ``run``, or each ``point`` by its mean over replicates.
        runs: Number of units counted.
        hits: Number of units in which the condition holds.
        left_out: Number of runs left out: failed, missing, or without a value of an indicator.
        points: Number of points to which these units belong.
        mixed: Number of points at which the condition holds in some replicates and not in others.
        held: Number of units held out.
        factors: The factors that vary.
        spans: By path of a factor, the smallest and the largest value; all values if these are not
            numbers.
        boxes: For PRIM, the boxes in the order in which they were found. For CART, all leaves, the
            densest first.
        wanted: The requested density: share of hits in a box.
        remarks: Caveats.
    """

    condition: Condition
    method: Method
    unit: Unit
    runs: int
    hits: int
    left_out: int
    points: int
    mixed: int
    held: int
    factors: tuple[Factor, ...]
    spans: dict[str, tuple[object, ...]]
    boxes: tuple[Box, ...]
    wanted: float
    remarks: tuple[str, ...]


def discover(
    found: Results,
    where: str,
    *,
    method: Method = "prim",
    density: float = DENSITY,
    coverage: float = COVERAGE,
    boxes: int = BOXES,
    unit: Unit = "run",
    held: float = HELD,
) -> Discovery:
    """Find boxes in the space of the factors in which a condition on indicators holds often.

    Args:
        found: The sweep.
        where: The condition, such as ``recovery < 0.3 and harm > 500``.
        method: ``prim`` for boxes, ``cart`` for the leaves of a tree.
        density: Share of the units in a PRIM box that must be hits. Of the boxes that reach this
            share, the one with the largest coverage (share of all hits) is taken. If none reaches
            it, the densest is taken.
        coverage: PRIM stops once its boxes contain this share of the hits.
        boxes: Largest number of PRIM boxes.
        unit: ``run`` counts every run and shows differences by chance. ``point`` counts every point
            once, by the mean of its replicates.
        held: Share of the points held out; 0 for none.

    Raises:
        ServandaError: If the condition is invalid, or holds always or never; if the folder lacks
            the factors; if a library is not installed.
    """
    _check(method, unit, density, coverage, boxes, held)
    varied = factors(found, "discover")
    paths = [one.path for one in varied]
    condition = parsed(where, kept(found), set(map(str, found.points)))
    frame, left_out, lacking = _cases(found, condition, paths, unit)
    hits = condition.holds(frame)
    _refuse_all_or_none(condition, hits, unit)
    apart = _apart(_groups(found, frame["point"].to_numpy()), hits, held)
    kind = str(design(found, "discover")["kind"])
    remarks = lacking + sample_caveats(kind, frame, hits, unit)
    if held > 0.0 and not apart.any():
        remarks.append(
            "no points could be held out (too few points, hits or misses): "
            "the boxes are not checked"
        )
    mine, mine_hits = frame[~apart], hits[~apart]
    if method == "prim":
        limits = peeled(varied, mine, mine_hits, density, coverage, boxes)
    else:
        limits = leaves(varied, mine, mine_hits)
    made = _boxes(limits, frame, hits, apart, shared=method == "cart")
    by_point = pd.Series(hits).groupby(frame["point"].to_numpy()).mean()
    return Discovery(
        condition=condition,
        method=method,
        unit=unit,
        runs=len(frame),
        hits=int(hits.sum()),
        left_out=left_out,
        points=len(by_point),
        mixed=int(((by_point > 0.0) & (by_point < 1.0)).sum()),
        held=int(apart.sum()),
        factors=tuple(varied),
        spans={one.path: _span(one, frame[one.path]) for one in varied},
        boxes=tuple(made),
        wanted=density,
        remarks=(
            *remarks,
            *box_caveats(made, density, unit, "box" if method == "prim" else "leaf"),
        ),
    )


def _check(
    method: str, unit: str, density: float, coverage: float, boxes: int, held: float
) -> None:
    """Refuse options that are unknown or out of range."""
    for name, word, known in (("method", method, Method), ("by", unit, Unit)):
        if word not in get_args(known):
            hint = f"choose {' or '.join(get_args(known))}"
            raise ServandaError(f"--{name}", f"unknown value '{word}'", hint)
    for name, value in (("density", density), ("coverage", coverage)):
        if not 0.0 < value <= 1.0:
            what = f"{value:g} is out of range"
            raise ServandaError(f"--{name}", what, "give a share above 0 and at most 1")
    if not 0.0 <= held < 1.0:
        raise ServandaError(
            "--hold-out", f"{held:g} is out of range", "give a share of at least 0 and less than 1"
        )
    if boxes < 1:
        raise ServandaError("--boxes", f"{boxes} is out of range", "give 1 or more")


# ---------------------------------------------------------------- runs


def _cases(
    found: Results, condition: Condition, paths: Sequence[str], unit: Unit
) -> tuple[pd.DataFrame, int, list[str]]:
    """The units counted (a row each), the number of runs left out, remarks on missing values.

    Raises:
        ServandaError: If too few units are left.
    """
    names = ["point", *paths, *condition.names]
    done = found.runs.loc[found.runs["status"] == "ok", names]
    lacking = list(_lacking(done, condition.names))
    whole = np.isfinite(done[condition.names].to_numpy(float)).all(axis=1)
    left_out = int(found.manifest["runs"]) - int(whole.sum())
    left = done[whole]
    if unit == "point":
        means = left.groupby("point", as_index=False)[condition.names].mean()
        left = means.merge(left.drop_duplicates("point")[["point", *paths]], on="point")
    if len(left) < LEAST:
        refuse_unfinished(found, "discover", f"{len(left)} {unit}s can be used")
        what = f"{len(left)} {unit}{'s' * (len(left) != 1)} can be used, but {LEAST} are needed"
        reasons = f": {'; '.join(lacking)}" if lacking else ""
        hint = "choose another indicator, or sweep more points"
        raise ServandaError("discover", f"{what}{reasons}", hint)
    return left.reset_index(drop=True), left_out, lacking


def _lacking(done: pd.DataFrame, names: Sequence[str]) -> Iterator[str]:
    """A line for each indicator with missing or infinite values in finished runs."""
    for name in names:
        values = done[name].to_numpy(float)
        for word, lost in (
            ("missing", np.isnan(values)),
            ("not finite", np.isinf(values)),
        ):
            if lost.any():
                yield f"{name} is {word} in {int(lost.sum()):,} of {len(done):,} finished runs"


def _refuse_all_or_none(condition: Condition, hits: np.ndarray, unit: Unit) -> None:
    """Refuse a condition that holds in all units or in none."""
    if hits.all() or not hits.any():
        how = "holds in all" if hits.all() else "holds in none of the"
        what = f"'{condition}' {how} {len(hits):,} {unit}s"
        raise ServandaError(
            "--where", what, "change a limit in the condition: `servanda query` shows the values"
        )


def _groups(found: Results, points: np.ndarray) -> np.ndarray:
    """By unit, the number of its group: Morris trajectory, Sobol block or, in other designs, point.

    Points of a group share most values of the factors. They are held out together or not at all.
    """
    plan = design(found, "discover")
    count = len({one.get("group") or one["path"] for one in found.manifest["factors"]})
    rows = {"morris": count + 1, "sobol": count * (1 + bool(plan.get("second_order"))) + 2}
    groups: np.ndarray = points // rows.get(str(plan["kind"]), 1)
    return groups


def _apart(groups: np.ndarray, hits: np.ndarray, held: float) -> np.ndarray:
    """By unit, whether it is held out.

    Whole groups are held out, chosen so that both parts have a similar share of hits. If the rest
    would have no hits, or only hits, nothing is held out.
    """
    codes, _ = pd.factorize(groups)
    share = np.bincount(codes, hits) / np.bincount(codes)
    order = np.random.default_rng(SEED).permutation(len(share))
    order = order[np.argsort(share[order], kind="stable")]
    place = np.arange(len(order))
    out = np.empty(len(order), dtype=bool)
    out[order] = np.floor((place + 1) * held) > np.floor(place * held)
    found: np.ndarray = out[codes]
    left = hits[~found]
    return found if left.any() and not left.all() else np.zeros(len(hits), dtype=bool)


def _span(factor: Factor, column: pd.Series) -> tuple[object, ...]:
    if factor.number:
        return float(column.min()), float(column.max())
    return tuple(sorted(column.unique().tolist(), key=str))


# ---------------------------------------------------------------- boxes


def _boxes(
    limits: Sequence[tuple[Limit, ...]],
    frame: pd.DataFrame,
    hits: np.ndarray,
    apart: np.ndarray,
    *,
    shared: bool,
) -> list[Box]:
    """Boxes with their scores. If `shared`, they are leaves of a tree and sorted by density."""
    made, left = [], np.ones(len(frame), dtype=bool)
    for one in limits:
        within = inside(one, frame) & left
        held = score(within[apart], hits[apart]) if apart.any() else None
        made.append(Box(one, score(within[~apart], hits[~apart]), held))
        left &= ~within
    if shared:
        made.sort(key=lambda box: (-box.training.density, -box.training.coverage))
    return made
