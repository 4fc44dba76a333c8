"""Threshold models of collective behaviour (Granovetter 1978).

Each person in a crowd of n has a threshold τ: it riots once at least τ others do. Those with
threshold 0 begin, and the number of rioters grows until nobody else's threshold is reached.

Uniform thresholds 0, 1, …, n − 1 lead to n rioters; if one person with threshold 1 has 2 instead,
there is one. With normal thresholds of mean μ and standard deviation s, the number r in a large
crowd is the smallest solution of

    r = n Φ((r − μ) / s).

For n = 100 and μ = 25 it grows slowly with s, and jumps to nearly 100 at s ≈ 12.2. There the
two smallest solutions meet and vanish.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from sim.classics.classic import Classic, Outcomes, Target
from sim.classics.estimate import BATCHES, Estimate, mean_of
from sim.classics.parameters import ParameterSet, number, word
from sim.engine.draw import Now, normal

THRESHOLD = 1
"""Number of the decision, part of the keys of draws."""
STEPS = 20_000
"""Steps of the grid on which the smallest equilibrium is sought."""


@dataclass(frozen=True)
class Parameters(ParameterSet):
    """Parameters of the model."""

    thresholds: str = word("normal", ("normal", "uniform", "one_changed"), "thresholds", "阈值分布")
    crowd: int = number(100, "persons n", "人数", 3, 1000)
    mean: float = number(25.0, "mean μ of normal thresholds; persons", "阈值均值", 0.0, 10_000.0)
    sd: float = number(
        12.2, "standard deviation s of normal thresholds; persons", "阈值标准差", 0.001, 10_000.0
    )
    crowds: int = number(200, "crowds with normal thresholds", "人群数", 40, 2000, effort=True)


def rioters(thresholds: np.ndarray) -> int:
    """Number of rioters: the smallest r such that exactly r persons have a threshold of at most r.

    Args:
        thresholds: Threshold of each person, in any order.
    """
    ordered = np.sort(thresholds)
    stops = np.flatnonzero(ordered > np.arange(len(ordered)))
    return int(stops[0]) if len(stops) else len(ordered)


def equilibrium(crowd: int, mean: float, sd: float) -> float:
    """Smallest solution of r = n Φ((r − μ) / s), to a thousandth of the grid's step."""
    r = np.linspace(0.0, crowd, STEPS + 1)
    excess = crowd * ndtr((r - mean) / sd) - r
    place = int(np.argmax(excess <= 0.0))
    if place == 0:  # nobody begins, or all riot
        return 0.0 if excess[0] <= 0.0 else float(crowd)
    before, here = excess[place - 1], excess[place]
    return float(r[place - 1] + (r[place] - r[place - 1]) * before / (before - here))


def jump(crowd: int, mean: float) -> float:
    """Standard deviation at which the equilibrium jumps beyond half of the crowd; NaN if none."""
    low, high = 0.001, float(crowd)
    if not equilibrium(crowd, mean, low) < crowd / 2.0 < equilibrium(crowd, mean, high):
        return float("nan")
    while high - low > 1e-6:
        middle = (low + high) / 2.0
        if equilibrium(crowd, mean, middle) < crowd / 2.0:
            low = middle
        else:
            high = middle
    return high


def run(parameters: Parameters, seed: int) -> Outcomes:
    """Count rioters, and solve for the equilibrium of a large crowd with normal thresholds."""
    it = parameters
    if it.thresholds != "normal":
        thresholds = np.arange(it.crowd)
        thresholds[1] += it.thresholds == "one_changed"
        return {"rioters": Estimate(float(rioters(thresholds)))}
    counts = np.array(
        [
            rioters(it.mean + it.sd * np.array([_score(seed, k, one) for one in range(it.crowd)]))
            for k in range(it.crowds // BATCHES * BATCHES)
        ]
    )
    return {
        "rioters": mean_of(counts.reshape(BATCHES, -1).mean(axis=1)),
        "equilibrium": Estimate(equilibrium(it.crowd, it.mean, it.sd)),
        "jump": Estimate(jump(it.crowd, it.mean)),
    }


def _score(seed: int, crowd: int, person: int) -> float:
    """Standard normal draw for a person of a crowd."""
    return normal(Now(seed, crowd), THRESHOLD, person)


PAPER = "Granovetter (1978), American Journal of Sociology 83:1420"

MODEL = Classic(
    name="granovetter",
    title="Thresholds of collective behaviour",
    zh="集体行为的阈值",
    source=PAPER,
    rules=__doc__ or "",
    parameters=Parameters,
    run=run,
    outcomes={
        "rioters": "rioters, mean of the crowds",
        "equilibrium": "rioters in a large crowd, per n persons",
        "jump": "standard deviation at which the equilibrium jumps",
    },
    targets=(
        Target(
            "rioters, thresholds 0 to 99",
            "rioters",
            100.0,
            {"thresholds": "uniform"},
            PAPER,
            "by hand",
        ),
        Target(
            "rioters, one threshold changed",
            "rioters",
            1.0,
            {"thresholds": "one_changed"},
            PAPER,
            "by hand",
        ),
        Target(
            "standard deviation at the jump, μ = 25",
            "jump",
            12.2,
            {},
            PAPER,
            "recalled",
            rounding=0.05,
        ),
        Target(
            "rioters just below the jump, s = 12.2",
            "equilibrium",
            6.0,
            {},
            PAPER,
            "recalled",
            tolerance=1.0,
        ),
    ),
)
