"""Where does it fail: the conditions under which a measure falls into a region, as boxes.

In: a sweep, and a condition on its indicators. Out: boxes in the space of the factors in which the
condition holds often, found on one half of the points and held against the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy.stats import fisher_exact

from sim.analysis.box import Limit, Score, inside, needed, score
from sim.analysis.cart import leaves
from sim.analysis.condition import Condition, parsed
from sim.analysis.measures import kept
from sim.analysis.prim import trajectory
from sim.analysis.varied import Varied, design, factors
from sim.errors import ServandaError
from sim.experiment.results import Results

Method = Literal["prim", "cart"]
Unit = Literal["run", "point"]

DENSITY, COVERAGE, BOXES = 0.8, 0.8, 3
HELD = 0.5
"""Share of the points that boxes are not found on, but held against."""
MASS = 0.05
"""Share of the runs that a box holds at least; half of the share of hits where those are fewer."""
SMALLEST = 10
"""Runs that a box holds at least."""
SURE = 0.05
"""The largest quasi p-value of an end that stays."""
FEW_RUNS, FEW_HITS, FEW_POINTS = 100, 10, 50
SEED = 20170101
"""Of the halves: the same runs give the same boxes."""


@dataclass(frozen=True)
class Box:
    """Conditions under which the condition holds often.

    Args:
        limits: What it asks of factors; of all others it asks nothing.
        found: How it does on the runs on which it was found; of PRIM's second and third box, on
            those in no earlier box.
        held: How it does on the runs held out; None if there are none.
    """

    limits: tuple[Limit, ...]
    found: Score
    held: Score | None


@dataclass(frozen=True, eq=False)
class Discovery:
    """What came of a search.

    Args:
        condition: What had to hold.
        method: ``prim`` or ``cart``.
        unit: What is counted: each ``run``, or each ``point`` by its mean over replicates.
        runs: How many of these.
        hits: In how many the condition holds.
        left_out: Runs left out: failed, missing, or without one of the measures.
        points: Points behind them.
        mixed: Points at which the condition holds in some replicates and not in others.
        held: Of the runs, how many were held out.
        factors: What varied.
        spans: Of each factor by path, its smallest and largest value, or all its values.
        boxes: PRIM's boxes in the order in which they were found; of CART all leaves, the densest
            first.
        wanted: The density asked for.
        remarks: What to beware of.
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
    factors: tuple[Varied, ...]
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
    """The conditions under which indicators fall into a region.

    Args:
        found: The sweep.
        where: The region, such as ``recovery < 0.3 and harm > 500``.
        method: ``prim`` for boxes, ``cart`` for the leaves of a tree.
        density: Share of hits that a box of PRIM shall have; of those that have it the one with
            most of the hits is taken, else the densest.
        coverage: PRIM goes on until its boxes hold this share of the hits.
        boxes: Boxes of PRIM at most.
        unit: ``run`` counts every run, so that chance is seen; ``point`` the mean of replicates.
        held: Share of the points held out; 0 for none.

    Raises:
        ServandaError: If the condition is none, or holds always or never; if the folder does not
            tell the factors; if a library is missing.
    """
    _check(method, unit, density, coverage, boxes, held)
    varied = factors(found, "discover")
    paths = [one.path for one in varied]
    condition = parsed(where, kept(found, paths), paths)
    frame, left_out = _cases(found, condition, paths, unit)
    hits = condition.holds(frame)
    _refuse_all_or_none(condition, hits, unit)
    apart = _apart(_groups(found, frame["point"].to_numpy()), hits, held)
    remarks = _cautions(found, frame, hits, unit)
    if held > 0.0 and not apart.any():
        remarks.append("hits stand at too few points to hold any out: nothing checks the boxes")
    mine, mine_hits = frame[~apart], hits[~apart]
    if method == "prim":
        limits = _prim(varied, mine, mine_hits, density, coverage, boxes)
    else:
        limits = leaves(varied, mine, mine_hits, max(SMALLEST, int(MASS * len(mine))))
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
        remarks=(*remarks, *_doubts(made, density, unit)),
    )


def _check(
    method: str, unit: str, density: float, coverage: float, boxes: int, held: float
) -> None:
    """Refuse what makes no sense."""
    for name, word, known in (("method", method, Method), ("by", unit, Unit)):
        if word not in get_args(known):
            hint = f"known are {', '.join(get_args(known))}"
            raise ServandaError(f"--{name}", f"unknown word '{word}'", hint)
    for name, value in (("density", density), ("coverage", coverage)):
        if not 0.0 < value <= 1.0:
            what = f"{value:g} is out of range"
            raise ServandaError(f"--{name}", what, "give a share above 0, 1 at most")
    if not 0.0 <= held < 1.0:
        raise ServandaError("--hold-out", f"{held:g} is out of range", "give 0 to 0.9, say")
    if boxes < 1:
        raise ServandaError("--boxes", f"{boxes} is out of range", "give 1 or more")


# ---------------------------------------------------------------- runs


def _cases(
    found: Results, condition: Condition, paths: Sequence[str], unit: Unit
) -> tuple[pd.DataFrame, int]:
    """What is counted, a row each: point, factors and indicators; and how many runs are left out.

    Raises:
        ServandaError: If nothing is left.
    """
    names = ["point", *paths, *condition.names]
    done = found.runs.loc[found.runs["status"] == "ok", names].dropna(subset=condition.names)
    if done.empty:
        raise ServandaError("discover", "no run is finished and has this", "see `servanda status`")
    left_out = int(found.manifest["runs"]) - len(done)
    if unit == "point":
        means = done.groupby("point", as_index=False)[condition.names].mean()
        done = means.merge(done.drop_duplicates("point")[["point", *paths]], on="point")
    return done.reset_index(drop=True), left_out


def _refuse_all_or_none(condition: Condition, hits: np.ndarray, unit: Unit) -> None:
    """Refuse a condition that divides nothing."""
    if hits.all() or not hits.any():
        how = "holds in all" if hits.all() else "holds in none of the"
        what = f"'{condition}' {how} {len(hits):,} {unit}s"
        raise ServandaError("--where", what, "move the limit; `servanda query` shows the values")


def _groups(found: Results, points: np.ndarray) -> np.ndarray:
    """What must not be torn apart: points of one trajectory or block share most coordinates."""
    plan = design(found, "discover")
    count = len(found.manifest["factors"])
    rows = {"morris": count + 1, "sobol": count * (1 + bool(plan.get("second_order"))) + 2}
    groups: np.ndarray = points // rows.get(str(plan["kind"]), 1)
    return groups


def _apart(groups: np.ndarray, hits: np.ndarray, held: float) -> np.ndarray:
    """By run, whether it is held out: whole groups, with as many hits as the others in both parts.

    None are where the rest would be left without hits, or with nothing else.
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


def _span(factor: Varied, column: pd.Series) -> tuple[object, ...]:
    if factor.number:
        return float(column.min()), float(column.max())
    return tuple(sorted(column.unique().tolist(), key=str))


# ---------------------------------------------------------------- boxes


def _prim(
    varied: Sequence[Varied],
    frame: pd.DataFrame,
    hits: np.ndarray,
    density: float,
    coverage: float,
    most: int,
) -> list[tuple[Limit, ...]]:
    """PRIM's boxes, each found among the runs in none before; the first may fall short."""
    made: list[tuple[Limit, ...]] = []
    left = np.ones(len(frame), dtype=bool)
    share = float(hits.mean())
    smallest = max(SMALLEST, len(frame) * min(MASS, share / 2))
    while len(made) < most and hits[~left].sum() < coverage * hits.sum():
        here, mine = frame[left], hits[left]
        if mine.all() or not mine.any() or len(mine) < 2 * smallest:
            break
        limits, reached = _best(varied, here, mine, density, smallest / len(here))
        if not limits or (made and reached < density):
            break
        made.append(limits)
        left &= ~inside(limits, frame)
    return made


def _best(
    varied: Sequence[Varied], frame: pd.DataFrame, hits: np.ndarray, density: float, smallest: float
) -> tuple[tuple[Limit, ...], float]:
    """Of the boxes on the way, freed of ends that say nothing, the one to show; and its density."""
    best: tuple[tuple[float, ...], tuple[Limit, ...], float] = ((), (), 0.0)
    for peeled in trajectory(varied, frame, hits, smallest):
        limits = needed(peeled, frame, hits, SURE)
        told = score(inside(limits, frame), hits)
        if not limits or told.density <= hits.mean():
            continue
        enough = told.density >= density
        merit = (told.coverage, told.density) if enough else (told.density, told.coverage)
        ranked = (float(enough), *merit, -float(len(limits)))
        if ranked > best[0]:
            best = (ranked, limits, told.density)
    return best[1], best[2]


def _boxes(
    limits: Sequence[tuple[Limit, ...]],
    frame: pd.DataFrame,
    hits: np.ndarray,
    apart: np.ndarray,
    *,
    shared: bool,
) -> list[Box]:
    """Boxes with how they do; of leaves, which share the runs out, the densest first."""
    made, left = [], np.ones(len(frame), dtype=bool)
    for one in limits:
        within = inside(one, frame) & left
        held = score(within[apart], hits[apart]) if apart.any() else None
        made.append(Box(one, score(within[~apart], hits[~apart]), held))
        left &= ~within
    if shared:
        made.sort(key=lambda box: (-box.found.density, -box.found.coverage))
    return made


# ---------------------------------------------------------------- words


def _cautions(found: Results, frame: pd.DataFrame, hits: np.ndarray, unit: Unit) -> list[str]:
    """What to beware of before anything is found."""
    told = []
    few = min(int(hits.sum()), int((~hits).sum()))
    if len(hits) < FEW_RUNS:
        told.append(f"{len(hits)} {unit}s are few: a box needs some {FEW_RUNS} to be trusted")
    if few < FEW_HITS:
        side = "hits" if hits.sum() <= few else "others"
        told.append(f"{few} {side} are few: where they lie is mostly chance")
    if (points := frame["point"].nunique()) < FEW_POINTS:
        told.append(f"{points} points are few: between them nothing is known of where a limit lies")
    if design(found, "discover")["kind"] == "one_at_a_time":
        told.append("one factor moves at a time: what only several do together is not seen")
    if unit == "run" and len(frame) > points:
        text = "runs of one point differ by chance alone: p-values and intervals, which take all"
        told.append(f"{text} runs for independent, are too sure")
    return told


def _worse(held: Score, found: Score) -> float:
    """How likely chance alone were to make runs held out do so much worse (Fisher's exact test)."""
    table = [[one.hits, one.runs - one.hits] for one in (held, found)]
    return float(fisher_exact(table, alternative="less").pvalue)


def _doubts(boxes: Sequence[Box], density: float, unit: Unit) -> list[str]:
    """What to beware of in what was found."""
    if not boxes or not boxes[0].limits:
        return ["no box is denser than chance would make it"]
    told = []
    if boxes[0].found.density < density:
        told.append(f"no box reaches a density of {density:g}; the densest is shown")
    for number, box in enumerate(boxes, 1):
        held = box.held
        if held is None or not box.limits:
            continue
        if held.runs == 0:
            told.append(f"box {number} holds none of the {unit}s held out")
        elif _worse(held, box.found) < SURE:
            there = f"{box.found.density:.0%} where it was found, {held.density:.0%} held out"
            told.append(f"box {number} owes part of its density to chance: {there}")
    return told
