"""Effects of the arms of a field experiment, with 95 % intervals.

In: an outcome in both arms, with and without the policy, by replicate. Out: the estimate of a
target (`sim.analysis.paired.Difference`).

The difference between treated and controls is that of the experiment. From it the difference
between the same two halves without the policy is subtracted, which is chance.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.analysis.field.outcome import Half, Halves
from sim.analysis.field.spec import Effect
from sim.analysis.paired import Difference, difference, level


class Compared(NamedTuple):
    """An outcome in the world of an arm, and in the same world without its policy."""

    treated: Halves
    untreated: Halves


def estimate(effect: Effect, arm: Compared, less: Sequence[Compared] = ()) -> Difference:
    """The estimate of an effect.

    Args:
        effect: What is computed; see `sim.analysis.field.spec.Target.effect`.
        arm: The outcome for the arm.
        less: The outcome for each arm whose effect is subtracted.
    """
    if effect == "level":
        return level(arm.untreated.together.share)
    if effect == "spillover":
        there, without = arm.treated, arm.untreated
        spilled = _gained(there.control, without.control)
        return ratio(spilled, _gained(there.treated, without.treated))
    one = _effect if effect == "difference" else _relative
    found = one(arm)
    for other in less:
        found = found - one(other)
    return difference(found)


def _effect(arm: Compared) -> np.ndarray:
    """Treated less controls, less the same without the policy; shape (replicates,)."""
    found: np.ndarray = arm.treated.gap - arm.untreated.gap
    return found


def _relative(arm: Compared) -> np.ndarray:
    """The effect as a share of the controls' outcome; shape (replicates,)."""
    return linearised(_effect(arm), arm.treated.control.share)


def _gained(there: Half, without: Half) -> np.ndarray:
    """Claims that count, more than without the policy; shape (replicates,)."""
    found: np.ndarray = there.counted - without.counted
    return found


def ratio(above: np.ndarray, below: np.ndarray) -> Difference:
    """The ratio of two means, with its interval; NaN if the lower mean is 0."""
    return difference(linearised(above, below))


def linearised(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Values whose mean is the ratio R of two means, and whose spread is that of the ratio.

    They are R + (a − R·b)/mean(b), the ratio to first order in the deviations (delta method;
    Cochran 1977, Sampling Techniques, section 6.4). NaN in all replicates if mean(b) is 0.

    Args:
        above: a, by replicate.
        below: b, by replicate.
    """
    known = ~np.isnan(above + below)
    mean = float(below[known].mean()) if known.any() else 0.0
    if mean == 0.0:
        return np.full(above.shape, np.nan)
    r = float(above[known].mean()) / mean
    found: np.ndarray = r + (above - r * below) / mean
    return found
