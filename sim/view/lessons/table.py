"""What worlds show of a lesson's claims, as a table for notebooks."""

from collections.abc import Mapping
from itertools import product

import pandas as pd

from sim.errors import ServandaError
from sim.measure.indicators import KNOWN
from sim.view.lessons.lesson import Claim, lesson
from sim.view.lessons.runs import over
from sim.world import World


def differences(name: str, worlds: Mapping[tuple[str, int], World]) -> pd.DataFrame:
    """The claims of a lesson, and what worlds that have been run show of them.

    Args:
        name: Name or number of the lesson.
        worlds: Worlds by the key of their arm and their seed; each arm of the lesson with each of
            these seeds.

    Returns:
        A row for each claim: ``indicator``; ``of``, the two arms and the months; ``claimed``, the
        bound; for each seed a column such as ``seed 1`` with the first arm less the second, in the
        unit of the indicator; and ``holds``, whether the claim holds in every seed.

    Raises:
        ServandaError: If there is no such lesson, or a world is missing.
    """
    chosen, seeds = lesson(name), sorted({seed for _, seed in worlds})
    for key, seed in product((arm.key for arm in chosen.arms), seeds):
        if (key, seed) not in worlds:
            what = f"there is no world of '{key}' with seed {seed}"
            raise ServandaError(f"lesson {chosen.number}", what, "run each arm with each seed")
    rows = []
    for claim in chosen.claims:
        one, other = claim.arms
        gaps = {
            f"seed {seed}": _value(worlds[one, seed], claim) - _value(worlds[other, seed], claim)
            for seed in seeds
        }
        row: dict[str, object] = {
            "indicator": claim.measure,
            "of": f"{one} − {other}, months {claim.months[0]} to {claim.months[1]}",
            "claimed": f"≥ {claim.by:g}" if claim.sign == "more" else f"≤ {0.0 - claim.by:g}",
            **gaps,
            "holds": all(map(claim.holds, gaps.values())),
        }
        rows.append(row)
    return pd.DataFrame(rows)


def _value(world: World, claim: Claim) -> float:
    return over(world, KNOWN[claim.measure], claim.months)
