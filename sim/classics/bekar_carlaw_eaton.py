"""Deterrence with limited capacity to investigate (Bekar, Carlaw and Eaton 2022).

Each period every one of N agents draws the gain g of a violation from N(μ, σ). All share one
belief about the probability of being apprehended, from the last z periods:

    q = (α + Σ a) / (α + β + Σ v),

where v are violations and a apprehensions. An agent violates if g ≥ q F. With capacity R each
violator is apprehended with probability p = γ min(1, R / v), so a ~ Binomial(v, p).

The cost of a period is C = ρ R + (λ − 1) Σ g, the sum over violators. In a crackdown the capacity
is R_GB after at most B_E violations, and otherwise R_BB.

The text of the publication says that R randomly chosen violators are investigated, so that
a ~ Binomial(min(v, R), γ). Its numbers follow only from the rule above; ``investigation = chosen``
computes the other.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.classics.classic import Classic, Outcomes, Target
from sim.classics.compiled import loop
from sim.classics.estimate import BATCHES, deviation_of, mean_of
from sim.classics.parameters import ParameterSet, Value, number, word
from sim.engine.draw import binomial, fraction, normal_quantile, normal_share

GAIN, APPREHENSION = 1, 2
"""Numbers of the decisions, part of the keys of draws."""
SUMS = 6
"""What is summed: violations, their square, apprehensions per violation, gains, capacity, high."""
HIGH = 50
"""Violations per 100 agents from which a period counts as unruly."""


@dataclass(frozen=True)
class Parameters(ParameterSet):
    """Parameters of the model, by default those of the publication at R = 43."""

    capacity: int = number(
        43, "capacity R, or R_GB with crackdowns; cases a period", "每期查处能力", 0, 1000
    )
    limit: int = number(
        1000, "B_E: violations up to which there is no crackdown", "启动专项行动的违规数", 0, 1000
    )
    crackdown_capacity: int = number(
        57, "R_BB: capacity after more violations; cases a period", "专项行动期查处能力", 0, 1000
    )
    agents: int = number(100, "agents N", "主体数", 1, 1000)
    gain_mean: float = number(0.6, "mean gain μ of a violation", "违规收益均值", -10.0, 10.0)
    gain_sd: float = number(0.2, "standard deviation σ of the gain", "违规收益标准差", 0.001, 10.0)
    sanction: float = number(1.0, "sanction F", "制裁", 0.0, 100.0)
    effectiveness: float = number(
        0.8, "γ: probability that an investigation apprehends", "查处成功率", 0.0, 1.0
    )
    prior_apprehended: float = number(
        1.0, "α: prior weight of apprehensions", "先验查获权重", 0.001, 1000.0
    )
    prior_escaped: float = number(0.25, "β: prior weight of escapes", "先验逃脱权重", 0.0, 1000.0)
    memory: int = number(2, "z: periods remembered", "记忆期数", 1, 100)
    unit_cost: float = number(2.0, "ρ: cost of a unit of capacity", "单位能力成本", 0.0, 100.0)
    harm: float = number(
        5.0, "λ: harm of a violation per unit of gain", "单位收益的损害", 0.0, 100.0
    )
    investigation: str = word("shared", ("shared", "chosen"), "rule of investigation", "查处规则")
    periods: int = number(400_000, "periods measured", "测量期数", 1000, 20_000_000, effort=True)
    warm_up: int = number(2000, "periods before", "预热期数", 0, 1_000_000, effort=True)


class Law(NamedTuple):
    """The parameters that a period needs, as the compiled loop takes them."""

    capacity: int
    limit: int
    crackdown_capacity: int
    agents: int
    gain_mean: float
    gain_sd: float
    sanction: float
    effectiveness: float
    prior_apprehended: float
    prior_escaped: float
    chosen: bool


@loop
def simulate(
    law: Law, seed: int, first: int, last: int, memory: np.ndarray, sums: np.ndarray
) -> None:
    """Run periods `first` to `last` and add what happens to `sums`.

    Args:
        law: The parameters.
        seed: Seed of the draws.
        first: First period.
        last: Period after the last.
        memory: Apprehensions and violations of the last z periods, (2, z), and in their last column
            the sums of all; changed.
        sums: Sums over the periods; changed.
    """
    z = memory.shape[1] - 1
    for t in range(first, last):
        before = memory[1, (t + z - 1) % z]
        calm = before <= law.limit
        R = law.capacity if calm else law.crackdown_capacity
        q = (law.prior_apprehended + memory[0, z]) / (
            law.prior_apprehended + law.prior_escaped + memory[1, z]
        )
        honest = normal_share((q * law.sanction - law.gain_mean) / law.gain_sd)
        v, gains = 0, 0.0
        for agent in range(law.agents):
            u = fraction(seed, GAIN, agent, t, 0)
            if u >= honest:  # the same as g ≥ q F
                v += 1
                gains += law.gain_mean + law.gain_sd * normal_quantile(u)
        trials, p = v, law.effectiveness
        if law.chosen:
            trials = min(v, R)
        elif v > R:
            p *= R / v
        a = binomial(fraction(seed, APPREHENSION, 0, t, 0), trials, p)
        for row, count in ((0, a), (1, v)):
            memory[row, z] += count - memory[row, t % z]
            memory[row, t % z] = count
        sums[0] += v
        sums[1] += v * v
        sums[2] += a
        sums[3] += gains
        sums[4] += R
        sums[5] += 100 * v >= HIGH * law.agents


def run(parameters: Parameters, seed: int) -> Outcomes:
    """Run the periods and compute the outcomes."""
    it = parameters
    law = Law(
        *(it.capacity, it.limit, it.crackdown_capacity, it.agents, it.gain_mean, it.gain_sd),
        *(it.sanction, it.effectiveness, it.prior_apprehended, it.prior_escaped),
        it.investigation == "chosen",
    )
    memory = np.zeros((2, it.memory + 1), np.int64)
    simulate(law, seed, 0, it.warm_up, memory, np.zeros(SUMS))
    length = it.periods // BATCHES
    batches = np.zeros((BATCHES, SUMS))
    for k, sums in enumerate(batches):
        first = it.warm_up + k * length
        simulate(law, seed, first, first + length, memory, sums)
    v, squares, a, gains, R, high = batches.T / length
    return {
        "mean_violations": mean_of(v),
        "sd_violations": deviation_of(v, squares),
        "mean_apprehended": mean_of(a),
        "mean_capacity": mean_of(R),
        "mean_cost": mean_of(it.unit_cost * R + (it.harm - 1.0) * gains),
        "unruly_share": mean_of(high),
    }


# Capacity R, mean and standard deviation of violations.
TABLE = (
    *((20, 98.42, 1.37), (30, 95.56, 2.59), (38, 88.89, 8.26), (40, 60.50, 34.30)),
    *((41, 35.02, 31.20), (43, 18.33, 14.08), (44, 17.27, 11.77), (50, 16.46, 9.79)),
    (100, 16.26, 9.53),
)
# Capacity R, mean cost and its standard error.
COSTS = ((43, 148.74, 0.03), (44, 148.23, 0.02), (45, 149.23, 0.01))
FILES = "Bekar, Carlaw and Eaton (2022), file fig35_mean_v.npy of their repository (commit 6065815)"
PAPER = "Bekar, Carlaw and Eaton (2022), A Dynamic Theory of Deterrence and Compliance"
SLOW, LONG = (38, 40, 41), 1_600_000
"""Capacities at which a regime lasts long, and the number of periods that are run there."""


def _table(R: int, outcome: str, title: str, published: float) -> Target:
    """A number of the table. Near the cliff, the tolerance is 2.5 violations."""
    settings: dict[str, Value] = {"capacity": R}
    if R in SLOW:
        settings["periods"] = LONG
    tolerance = 2.5 if R in {40, 41} else None
    title = f"{title}, R = {R}"
    return Target(title, outcome, published, settings, FILES, tolerance=tolerance, rounding=0.005)


MODEL = Classic(
    name="bekar_carlaw_eaton",
    title="Deterrence with limited capacity",
    zh="查处能力有限下的威慑",
    source=PAPER,
    rules=__doc__ or "",
    parameters=Parameters,
    run=run,
    outcomes={
        "mean_violations": "mean violations a period",
        "sd_violations": "standard deviation of violations",
        "mean_apprehended": "mean apprehensions a period",
        "mean_capacity": "mean capacity",
        "mean_cost": "mean cost C a period",
        "unruly_share": "share of periods in which at least half violate",
    },
    targets=(
        *(_table(R, "mean_violations", "violations", mean) for R, mean, _ in TABLE),
        *(_table(R, "sd_violations", "SD of violations", sd) for R, _, sd in TABLE),
        *(
            Target(
                f"cost, R = {R}",
                "mean_cost",
                cost,
                {"capacity": R},
                PAPER,
                published_error=error,
                rounding=0.005,
            )
            for R, cost, error in COSTS
        ),
        Target(
            "cost, best crackdown (34, 30, 56)",
            "mean_cost",
            130.33,
            {"limit": 34, "capacity": 30, "crackdown_capacity": 56},
            PAPER,
            rounding=0.005,
        ),
    ),
)
