"""Tax evasion on a square lattice, with audits (Zaklan, Westerhoff and Stauffer 2009).

Each agent is honest (S = +1) or evades (S = −1); at the beginning all are honest. In each period
the agents decide one after another. With temperature T and the sum of the four neighbours' S, an
agent evades with probability (heat bath)

    1 / (1 + exp(2 Σ S / T)).

Each evader is audited with probability p, and is then honest for the next k periods. Without audits
this is the Ising model, with a critical temperature of 2 / ln(1 + √2) ≈ 2.269.

At high temperature neighbours do not matter, and a free agent evades every other period. An audit
follows after 2 / p free periods on average and is followed by k forced ones, so the share of
evaders is

    E = ½ / (1 + ½ p k).

Below the critical temperature and without audits, E = (1 − m) / 2 with the magnetisation
m = (1 − sinh(2 / T)⁻⁴)^⅛ (Yang 1952).
"""

import math
from dataclasses import dataclass

import numpy as np

from sim.classics.classic import Classic, Outcomes, Target
from sim.classics.compiled import loop
from sim.classics.estimate import BATCHES, Estimate, mean_of
from sim.classics.parameters import ParameterSet, number
from sim.engine.draw import fraction

DECISION, AUDIT = 1, 2
"""Numbers of the decisions, part of the keys of draws."""
SHORT = 50
"""Periods of the short run."""


@dataclass(frozen=True)
class Parameters(ParameterSet):
    """Parameters of the model."""

    temperature: float = number(25.0, "temperature T", "温度", 0.01, 1e9)
    audit: float = number(0.0, "probability p that an evader is audited", "查税概率", 0.0, 1.0)
    forced: int = number(10, "k: periods of honesty after an audit", "查税后守法期数", 0, 10_000)
    side: int = number(100, "side of the lattice; agents", "格点边长", 3, 1000, effort=True)
    periods: int = number(2000, "periods measured", "测量期数", 40, 1_000_000, effort=True)
    warm_up: int = number(500, "periods before", "预热期数", SHORT, 1_000_000, effort=True)


@loop
def simulate(
    seed: int,
    first: int,
    last: int,
    chance: np.ndarray,
    audit: float,
    forced: int,
    honest: np.ndarray,
    held: np.ndarray,
    evaders: np.ndarray,
) -> None:
    """Run periods `first` to `last`.

    Args:
        seed: Seed of the draws.
        first: First period.
        last: Period after the last.
        chance: Probability to evade, by number of honest neighbours (5).
        audit: Probability p of an audit.
        forced: Periods k of honesty after an audit.
        honest: Whether each agent is honest, (side, side); changed.
        held: Forced periods left, (side, side); changed.
        evaders: Number of evaders, by period from `first` on; changed.
    """
    side = honest.shape[0]
    for t in range(first, last):
        evading = 0
        for i in range(side):
            for j in range(side):
                if held[i, j] > 0:
                    held[i, j] -= 1
                    honest[i, j] = 1
                    continue
                around = honest[i - 1, j] + honest[(i + 1) % side, j]
                around += honest[i, j - 1] + honest[i, (j + 1) % side]
                agent = i * side + j
                honest[i, j] = fraction(seed, DECISION, agent, t, 0) >= chance[around]
                if not honest[i, j]:
                    evading += 1
                    if fraction(seed, AUDIT, agent, t, 0) < audit:
                        held[i, j] = forced
        evaders[t - first] = evading


def chances(temperature: float) -> np.ndarray:
    """Probability to evade by number of honest neighbours, 0 to 4; the sum of S is 2 n − 4."""
    sums = 2.0 * np.arange(5) - 4.0
    exponents = np.minimum(2.0 * sums / temperature, 700.0)  # beyond it the probability is 0
    evade: np.ndarray = 1.0 / (1.0 + np.exp(exponents))
    return evade


def at_high_temperature(audit: float, forced: int) -> float:
    """E = ½ / (1 + ½ p k)."""
    return 0.5 / (1.0 + 0.5 * audit * forced)


def without_audits(temperature: float) -> float:
    """Share of evaders below the critical temperature; ½ above it."""
    inverse = math.sinh(2.0 / temperature) ** -4
    return 0.5 * (1.0 - float(max(0.0, 1.0 - inverse) ** 0.125))


def run(parameters: Parameters, seed: int) -> Outcomes:
    """Run the periods and compute the outcomes."""
    it = parameters
    honest = np.ones((it.side, it.side), np.int64)
    held = np.zeros((it.side, it.side), np.int64)
    last = it.warm_up + it.periods // BATCHES * BATCHES
    evaders = np.zeros(last, np.int64)
    rules = (chances(it.temperature), it.audit, it.forced, honest, held)
    for first in range(0, last, SHORT):
        end = min(first + SHORT, last)
        simulate(seed, first, end, *rules, evaders[first:end])
    shares = evaders / it.side**2
    batches = shares[it.warm_up :].reshape(BATCHES, -1).mean(axis=1)
    return {
        "evaders": mean_of(batches),
        "fewest_evaders": Estimate(float(shares[1:SHORT].min())),
    }


PAPER = "Zaklan, Westerhoff and Stauffer (2009), arXiv 0801.2980"
HOT = 1e6
"""A temperature at which neighbours do not matter."""


def _closed(audit: float, forced: int) -> Target:
    return Target(
        f"evaders, p = {audit:g}, k = {forced}, T → ∞",
        "evaders",
        at_high_temperature(audit, forced),
        {"temperature": HOT, "audit": audit, "forced": forced},
        "E = ½ / (1 + ½ p k)",
        "closed form",
    )


MODEL = Classic(
    name="zaklan_westerhoff_stauffer",
    title="Tax evasion on a lattice, with audits",
    zh="格点上的逃税与查税",
    source=PAPER,
    rules=__doc__ or "",
    parameters=Parameters,
    run=run,
    outcomes={
        "evaders": "share of evaders",
        "fewest_evaders": f"smallest share of evaders in periods 2 to {SHORT}",
    },
    targets=(
        Target("evaders, no audits, T = 25", "evaders", 0.5, {}, PAPER, "reported", rounding=0.005),
        Target(
            "evaders, p = 0.9, k = 10, T = 25",
            "evaders",
            0.10,
            {"audit": 0.9, "forced": 10},
            f"{PAPER}; about 10 %",
            "reported",
            tolerance=0.02,
        ),
        Target(
            "fewest evaders in the short run, p = 0.9, k = 50, T = 25",
            "fewest_evaders",
            0.0,
            {"audit": 0.9, "forced": 50},
            f"{PAPER}; 0 in the short run",
            "reported",
            tolerance=0.005,
        ),
        *(_closed(*point) for point in ((0.05, 10), (0.1, 10), (0.9, 10), (0.9, 50))),
        Target(
            "evaders, no audits, T = 2",
            "evaders",
            without_audits(2.0),
            {"temperature": 2.0},
            "Yang (1952), Phys. Rev. 85:808",
            "closed form",
        ),
    ),
)
