"""Words of doubt: what to beware of before a box is believed.

In: what was counted, and boxes with how they do. Out: a line for each reason to doubt.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import fisher_exact

from sim.analysis.discovery.box import SURE, Box, Score, Unit

FEW_RUNS, FEW_HITS, FEW_POINTS = 100, 10, 50
"""Below these a box is mostly chance."""


def cautions(kind: str, frame: pd.DataFrame, hits: np.ndarray, unit: Unit) -> list[str]:
    """What to beware of before anything is found, given the kind of the design."""
    told = []
    few = min(int(hits.sum()), int((~hits).sum()))
    if len(hits) < FEW_RUNS:
        told.append(f"{len(hits)} {unit}s are few: a box needs some {FEW_RUNS} to be trusted")
    if few < FEW_HITS:
        side = "hits" if hits.sum() <= few else "others"
        told.append(f"{few} {side} are few: where they lie is mostly chance")
    if (points := frame["point"].nunique()) < FEW_POINTS:
        told.append(f"{points} points are few: between them nothing is known of where a limit lies")
    if kind == "one_at_a_time":
        told.append("one factor moves at a time: what only several do together is not seen")
    if unit == "run" and len(frame) > points:
        text = "runs of one point differ by chance alone: p-values and intervals, which take all"
        told.append(f"{text} runs for independent, are too sure")
    return told


def _worse(held: Score, found: Score) -> float:
    """How likely chance alone were to make runs held out do so much worse (Fisher's exact test)."""
    table = [[one.hits, one.runs - one.hits] for one in (held, found)]
    return float(fisher_exact(table, alternative="less").pvalue)


def doubts(boxes: Sequence[Box], density: float, unit: Unit, kind: str) -> list[str]:
    """What to beware of in what was found."""
    if not boxes or not boxes[0].limits:
        return [f"no {kind} is denser than chance would make it"]
    told = []
    if boxes[0].found.density < density:
        rest = "; the densest is shown" if kind == "box" else ""
        told.append(f"no {kind} reaches a density of {density:g}{rest}")
    for number, box in enumerate(boxes, 1):
        held = box.held
        if held is None or not box.limits:
            continue
        if held.runs == 0:
            told.append(f"{kind} {number} holds none of the {unit}s held out")
        elif _worse(held, box.found) < SURE:
            there = f"{box.found.density:.0%} where it was found, {held.density:.0%} held out"
            told.append(f"{kind} {number} owes part of its density to chance: {there}")
    return told
