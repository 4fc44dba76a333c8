"""The queue M/M/c: Poisson arrivals, c servers, exponential service (Erlang 1917).

Arrivals have rate λ, and each of c servers has rate μ. With the load a = λ / μ < c, a customer has
to wait with probability

    C(c, a) = aᶜ/c! · c/(c − a) / (Σ_{k<c} aᵏ/k! + aᶜ/c! · c/(c − a)),

and the mean wait is W = C(c, a) / (c μ − λ). The simulation gives each customer, in order of
arrival, to the server that is free first.
"""

import math
from dataclasses import dataclass

import numpy as np

from sim.classics.classic import Classic, Outcomes, Target
from sim.classics.compiled import loop
from sim.classics.estimate import BATCHES, Estimate, mean_of
from sim.classics.parameters import ParameterSet, number
from sim.engine.draw import fraction
from sim.errors import ServandaError

ARRIVAL, SERVICE = 1, 2
"""Numbers of the decisions, part of the keys of draws."""


@dataclass(frozen=True)
class Parameters(ParameterSet):
    """Parameters of the queue."""

    servers: int = number(5, "servers c", "服务台数", 1, 1000)
    arrivals: float = number(4.0, "arrival rate λ; customers a unit of time", "到达率", 1e-6, 1e6)
    service: float = number(
        1.0, "service rate μ of a server; customers a unit of time", "服务率", 1e-6, 1e6
    )
    customers: int = number(
        2_000_000, "customers measured", "测量顾客数", 1000, 100_000_000, effort=True
    )
    warm_up: int = number(20_000, "customers before", "预热顾客数", 0, 10_000_000, effort=True)

    def check(self) -> None:
        """Refuse a queue that grows without end.

        Raises:
            ServandaError: If the servers cannot keep up.
        """
        most = self.servers * self.service
        if self.arrivals >= most:
            what = f"{self.arrivals:g} is more than the servers can serve"
            raise ServandaError("arrivals", what, f"give less than servers × service = {most:g}")


@loop
def simulate(
    seed: int,
    first: int,
    last: int,
    arrivals: float,
    service: float,
    clock: np.ndarray,
    free: np.ndarray,
    sums: np.ndarray,
) -> None:
    """Serve customers `first` to `last`.

    Args:
        seed: Seed of the draws.
        first: First customer.
        last: Customer after the last.
        arrivals: Arrival rate λ.
        service: Service rate μ.
        clock: Time of the latest arrival (1); changed.
        free: Time at which each server is free, c values; changed.
        sums: Sum of waits, and number of customers who waited (2); changed.
    """
    for customer in range(first, last):
        clock[0] -= math.log(fraction(seed, ARRIVAL, customer, 0, 0)) / arrivals
        server = 0
        for other in range(1, len(free)):
            if free[other] < free[server]:
                server = other
        begun = max(clock[0], free[server])
        free[server] = begun - math.log(fraction(seed, SERVICE, customer, 0, 0)) / service
        sums[0] += begun - clock[0]
        sums[1] += begun > clock[0]


def erlang(servers: int, load: float) -> float:
    """Probability that a customer has to wait, C(c, a), by way of Erlang's loss formula.

    Args:
        servers: Number of servers c.
        load: Load a = λ / μ, less than c.
    """
    lost = 1.0
    for k in range(1, servers + 1):
        lost = load * lost / (k + load * lost)
    return lost / (1.0 - load / servers * (1.0 - lost))


def run(parameters: Parameters, seed: int) -> Outcomes:
    """Serve the customers and compute the outcomes."""
    it = parameters
    clock, free = np.zeros(1), np.zeros(it.servers)
    rules = (it.arrivals, it.service, clock, free)
    simulate(seed, 0, it.warm_up, *rules, np.zeros(2))
    length = it.customers // BATCHES
    batches = np.zeros((BATCHES, 2))
    for k, sums in enumerate(batches):
        first = it.warm_up + k * length
        simulate(seed, first, first + length, *rules, sums)
    waits, waited = batches.T / length
    waiting = erlang(it.servers, it.arrivals / it.service)
    return {
        "mean_wait": mean_of(waits),
        "waiting_share": mean_of(waited),
        "queue": mean_of(it.arrivals * waits),
        "mean_wait_erlang": Estimate(waiting / (it.servers * it.service - it.arrivals)),
        "waiting_share_erlang": Estimate(waiting),
    }


ERLANG = "Erlang (1917), formula C"

MODEL = Classic(
    name="mmc",
    title="Queue with several servers",
    zh="多服务台排队",
    source=ERLANG,
    rules=__doc__ or "",
    parameters=Parameters,
    run=run,
    outcomes={
        "mean_wait": "mean wait W; units of time",
        "waiting_share": "share of customers who wait",
        "queue": "mean number of waiting customers, λ W",
        "mean_wait_erlang": "mean wait by Erlang's formula",
        "waiting_share_erlang": "share who wait by Erlang's formula",
    },
    targets=tuple(
        Target(
            f"wait, c = {c}, λ = {rate:g}, μ = 1",
            "mean_wait",
            wait,
            {"servers": c, "arrivals": rate},
            ERLANG,
            "closed form",
            rounding=0.00005,
        )
        for c, rate, wait in ((1, 0.8, 4.0), (5, 4.0, 0.5541), (10, 9.0, 0.6687), (10, 9.5, 1.6512))
    ),
)
