"""Crime and social interactions (Glaeser, Sacerdote and Scheinkman 1996).

n agents live on a ring. An agent is fixed with probability π; it then acts with probability p,
independently of all others. Every other agent does what its neighbour on the left does. The share
of those who act has the same mean for any π, but with fewer fixed agents it varies more from one
place to another:

    n Var(share) = p (1 − p) (2 − π) / π

for n that is large compared with 1 / π. The variance between places therefore gives an estimate of
the share of fixed agents, π = 2 / (1 + n Var / (p (1 − p))).
"""

from dataclasses import dataclass

import numpy as np

from sim.classics.classic import Classic, Outcomes, Target
from sim.classics.compiled import loop
from sim.classics.estimate import BATCHES, Estimate, mean_of
from sim.classics.parameters import ParameterSet, number
from sim.engine.draw import fraction

FIXED, ACTS, ALL = 1, 2, 3
"""Numbers of the decisions, part of the keys of draws."""


@dataclass(frozen=True)
class Parameters(ParameterSet):
    """Parameters of the model."""

    acting: float = number(
        0.3, "p: probability that a fixed agent acts", "固定主体行动概率", 0.0, 1.0
    )
    fixed: float = number(0.1, "π: share of fixed agents", "固定主体比例", 0.001, 1.0)
    agents: int = number(1000, "agents n of a place", "每地主体数", 1, 1_000_000, effort=True)
    places: int = number(8000, "places", "地点数", 40, 1_000_000, effort=True)


@loop
def simulate(
    seed: int, first: int, acting: float, fixed: float, agents: int, shares: np.ndarray
) -> None:
    """Fill `shares` with the share of those who act in each place.

    The ring is walked once. Agents before the first fixed one copy the last fixed one.

    Args:
        seed: Seed of the draws.
        first: Number of the first place.
        acting: Probability p.
        fixed: Probability π.
        agents: Number of agents n.
        shares: Share by place; changed.
    """
    for row in range(len(shares)):
        place = first + row
        acts, leading, total, found = False, 0, 0, False
        for agent in range(agents):
            if fraction(seed, FIXED, agent, place, 0) < fixed:
                acts, found = fraction(seed, ACTS, agent, place, 0) < acting, True
            if found:
                total += acts
            else:
                leading += 1
        if not found:  # all are alike
            acts = fraction(seed, ALL, 0, place, 0) < acting
        shares[row] = (total + leading * acts) / agents


def scaled_variance(acting: float, fixed: float) -> float:
    """N Var = p (1 − p) (2 − π) / π."""
    return acting * (1.0 - acting) * (2.0 - fixed) / fixed


def implied_fixed(variance: Estimate, acting: float) -> Estimate:
    """The share of fixed agents that a scaled variance implies; NaN if all or none act."""
    single = acting * (1.0 - acting)
    if single <= 0.0:
        return Estimate(float("nan"), float("nan"))
    ratio = 1.0 + variance.value / single
    return Estimate(2.0 / ratio, 2.0 / ratio**2 * variance.standard_error / single)


def run(parameters: Parameters, seed: int) -> Outcomes:
    """Compute the share in every place, and the outcomes."""
    it = parameters
    batches = np.zeros((BATCHES, it.places // BATCHES))
    for k, shares in enumerate(batches):
        simulate(seed, k * len(shares), it.acting, it.fixed, it.agents, shares)
    variance = mean_of(it.agents * ((batches - it.acting) ** 2).mean(axis=1))
    return {
        "mean_share": mean_of(batches.mean(axis=1)),
        "scaled_variance": variance,
        "scaled_variance_formula": Estimate(scaled_variance(it.acting, it.fixed)),
        "implied_fixed": implied_fixed(variance, it.acting),
    }


PAPER = "Glaeser, Sacerdote and Scheinkman (1996), Quarterly Journal of Economics 111:507"

MODEL = Classic(
    name="glaeser_sacerdote_scheinkman",
    title="Crime and social interactions",
    zh="犯罪与社会互动",
    source=PAPER,
    rules=__doc__ or "",
    parameters=Parameters,
    run=run,
    outcomes={
        "mean_share": "mean share of those who act",
        "scaled_variance": "variance of the share between places, times n",
        "scaled_variance_formula": "the same by the formula",
        "implied_fixed": "share of fixed agents that the variance implies",
    },
    targets=tuple(
        Target(
            f"n Var, p = {p:g}, π = {fixed:g}",
            "scaled_variance",
            scaled_variance(p, fixed),
            {"acting": p, "fixed": fixed},
            f"{PAPER}; p (1 − p) (2 − π) / π",
            "closed form",
        )
        for p, fixed in ((0.3, 0.1), (0.3, 0.5), (0.1, 0.2))
    ),
)
