"""Caveats on discovered boxes.

In: the sample, and boxes with their scores. Out: a sentence per reason for doubt.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import fisher_exact

from sim.analysis.discovery.box import SIGNIFICANCE, Box, Score, Unit

FEW_RUNS, FEW_HITS, FEW_POINTS = 100, 10, 50
"""With fewer runs, hits or points there is a caveat."""


def sample_caveats(kind: str, frame: pd.DataFrame, hits: np.ndarray, unit: Unit) -> list[str]:
    """Caveats that follow from the sample and the kind of the design."""
    remarks = []
    few = min(int(hits.sum()), int((~hits).sum()))
    if len(hits) < FEW_RUNS:
        remarks.append(f"{len(hits)} {unit}s are few: a reliable box needs about {FEW_RUNS}")
    if few < FEW_HITS:
        side = "hits" if hits.sum() <= few else "misses"
        remarks.append(
            f"the number of {side} is small ({few}): where they are is mostly due to chance"
        )
    if (points := frame["point"].nunique()) < FEW_POINTS:
        remarks.append(
            f"the number of points is small ({points}): limits between them are imprecise"
        )
    if kind == "one_at_a_time":
        remarks.append("one factor moves at a time: interactions of factors cannot be detected")
    if unit == "run" and len(frame) > points:
        text = "replicates of a point are not independent, so p-values are too small and intervals"
        remarks.append(f"{text} too narrow: both treat all runs as independent")
    return remarks


def _worse(held: Score, found: Score) -> float:
    """P-value of a lower density in runs held out than in runs in which the box was found.

    One-sided exact test of Fisher.
    """
    table = [[one.hits, one.runs - one.hits] for one in (held, found)]
    return float(fisher_exact(table, alternative="less").pvalue)


def box_caveats(boxes: Sequence[Box], density: float, unit: Unit, kind: str) -> list[str]:
    """Caveats on the boxes that were found; `kind` is the word for them: box or leaf."""
    if not boxes or not boxes[0].limits:
        return [f"no {kind} is denser than expected by chance"]
    remarks = []
    if boxes[0].training.density < density:
        rest = "; the densest is shown" if kind == "box" else ""
        remarks.append(f"no {kind} reaches a density of {density:g}{rest}")
    for number, box in enumerate(boxes, 1):
        held = box.held_out
        if held is None or not box.limits:
            continue
        if held.runs == 0:
            remarks.append(f"{kind} {number} contains none of the {unit}s held out")
        elif _worse(held, box.training) < SIGNIFICANCE:
            there = f"{box.training.density:.0%} where it was found, {held.density:.0%} on the rest"
            remarks.append(f"part of the density of {kind} {number} is chance: {there}")
    return remarks
