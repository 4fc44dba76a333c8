"""Tax evasion with three states and kinetic exchange (Crokidakis 2014).

Each agent is honest (+1), undecided (0) or evades (−1); at the beginning all are honest. In an
interaction an agent i meets an agent j at random and changes its state to

    o_i + μ o_j, limited to −1 … +1, where μ = −1 with probability q and otherwise +1.

A period has as many interactions as agents. At its end each evader is audited with probability p
and is then honest for the next k periods.

Without audits the stationary shares are known for many agents (Biswas, Chatterjee and Sen 2012).
Below the critical noise q_c = ¼,

    f₀ = q / (1 − q),  O = f₊ − f₋ = √(1 − 4 q) / (1 − q),

and above it all three shares are ⅓. A measured O therefore gives an estimate of the critical noise,
q / (1 − O² (1 − q)²).
"""

from dataclasses import dataclass

import numpy as np

from sim.classics.classic import Classic, Outcomes, Target
from sim.classics.compiled import loop
from sim.classics.estimate import BATCHES, Estimate, mean_of
from sim.classics.parameters import ParameterSet, number
from sim.engine.draw import fraction

WHO, WHOM, NOISE, AUDIT = 1, 2, 3, 4
"""Numbers of the decisions, part of the keys of draws."""


@dataclass(frozen=True)
class Parameters(ParameterSet):
    """Parameters of the model."""

    noise: float = number(0.2, "q: probability of a negative interaction", "负向互动概率", 0.0, 1.0)
    audit: float = number(0.0, "probability p that an evader is audited", "查税概率", 0.0, 1.0)
    forced: int = number(10, "k: periods of honesty after an audit", "查税后守法期数", 0, 10_000)
    agents: int = number(20_000, "agents N", "主体数", 10, 10_000_000, effort=True)
    periods: int = number(1000, "periods measured", "测量期数", 40, 1_000_000, effort=True)
    warm_up: int = number(200, "periods before", "预热期数", 0, 1_000_000, effort=True)


@loop
def simulate(
    seed: int,
    first: int,
    last: int,
    noise: float,
    audit: float,
    forced: int,
    states: np.ndarray,
    held: np.ndarray,
    counts: np.ndarray,
) -> None:
    """Run periods `first` to `last`.

    Args:
        seed: Seed of the draws.
        first: First period.
        last: Period after the last.
        noise: Probability q.
        audit: Probability p of an audit.
        forced: Periods k of honesty after an audit.
        states: State of each agent, −1, 0 or 1 (N); changed.
        held: Forced periods left, by agent (N); changed.
        counts: Sums over periods of agents in the states −1, 0 and 1 (3); changed.
    """
    n = len(states)
    for t in range(first, last):
        for meeting in range(n):
            i = int(n * fraction(seed, WHO, meeting, t, 0))
            j = int((n - 1) * fraction(seed, WHOM, meeting, t, 0))
            j += j >= i  # anyone but i
            if held[i] == 0:
                sign = -1 if fraction(seed, NOISE, meeting, t, 0) < noise else 1
                states[i] = min(1, max(-1, states[i] + sign * states[j]))
        for i in range(n):
            counts[states[i] + 1] += 1
            if held[i] > 0:
                held[i] -= 1
            elif states[i] == -1 and fraction(seed, AUDIT, i, t, 0) < audit:
                states[i], held[i] = 1, forced


def shares(noise: float) -> tuple[float, float, float]:
    """Stationary shares of honest, undecided and evading agents without audits."""
    if noise >= 0.25:
        return (1.0 / 3.0,) * 3
    undecided = noise / (1.0 - noise)
    order = (1.0 - 4.0 * noise) ** 0.5 / (1.0 - noise)
    return (1.0 - undecided + order) / 2.0, undecided, (1.0 - undecided - order) / 2.0


def critical_noise(order: Estimate, noise: float) -> Estimate:
    """The critical noise that an order parameter O implies, q / (1 − O² (1 − q)²)."""
    left = 1.0 - (order.value * (1.0 - noise)) ** 2
    if left <= 0.0:
        return Estimate(float("nan"), float("nan"))
    slope = 2.0 * noise * abs(order.value) * (1.0 - noise) ** 2 / left**2
    return Estimate(noise / left, slope * order.standard_error)


def run(parameters: Parameters, seed: int) -> Outcomes:
    """Run the periods and compute the outcomes."""
    it = parameters
    states = np.ones(it.agents, np.int64)
    held = np.zeros(it.agents, np.int64)
    rules = (it.noise, it.audit, it.forced, states, held)
    simulate(seed, 0, it.warm_up, *rules, np.zeros(3, np.int64))
    length = it.periods // BATCHES
    counts = np.zeros((BATCHES, 3), np.int64)
    for k, batch in enumerate(counts):
        first = it.warm_up + k * length
        simulate(seed, first, first + length, *rules, batch)
    evading, undecided, honest = counts.T / (length * it.agents)
    order = mean_of(honest - evading)
    return {
        "honest": mean_of(honest),
        "undecided": mean_of(undecided),
        "evaders": mean_of(evading),
        "order": order,
        "critical_noise": critical_noise(order, it.noise),
    }


PAPER = "Crokidakis (2014), arXiv 1407.5220"
EXACT = "Biswas, Chatterjee and Sen (2012), Physica A 391:3257"
STATES = ("honest", "undecided", "evaders")

MODEL = Classic(
    name="crokidakis",
    title="Tax evasion with three states",
    zh="三状态逃税模型",
    source=PAPER,
    rules=__doc__ or "",
    parameters=Parameters,
    run=run,
    outcomes={
        "honest": "share of honest agents",
        "undecided": "share of undecided agents",
        "evaders": "share of evaders",
        "order": "order parameter O, honest less evading",
        "critical_noise": "critical noise that the order implies",
    },
    targets=(
        *(
            Target(f"{state}, q = {q:g}", state, share, {"noise": q}, EXACT, "closed form")
            for q in (0.1, 0.2, 0.3)
            for state, share in zip(STATES, shares(q), strict=True)
        ),
        *(
            Target(f"critical noise, from O at q = {q:g}", "critical_noise", 0.25, {"noise": q})
            for q in (0.1, 0.2)
        ),
    ),
)
