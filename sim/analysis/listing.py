"""The effect of listing: two worlds with the same random draws, with and without the list.

The two worlds are compared debtor by debtor in every month, just before beliefs are updated.
Tables of finished runs do not record debtors at that moment. The worlds are therefore run here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.comparison.interventions import held
from sim.analysis.paired import Difference, difference
from sim.engine.blocks import Execution
from sim.indicator import divided
from sim.measure.listing import at_risk, performing
from sim.scenario.reading.file import load
from sim.scenario.scenario import Scenario
from sim.world import World

LIST_RATE = "comprehensive.list_rate"


@dataclass(frozen=True)
class EffectOfListing:
    """Effect of listing on the hazard that a listed, able debtor performs (indicator 20), 1/month.

    Args:
        effect: Mean over seeds of the hazard with listing minus the hazard without it, with an
            interval.
        with_listing: Hazard of performing while on the list, mean over seeds.
        without_listing: Hazard of the same debtors in the same months with listing off, mean over
            seeds.
        seeds: One row per seed: ``seed``; ``months`` (debtor-months at risk); ``performed`` and
            ``performed_without`` (how many of them ended in performance with listing and without
            it); ``with_listing`` and ``without_listing`` (the hazards); ``effect``. The hazards of
            a seed without listed debtors are NaN.
    """

    effect: Difference
    with_listing: float
    without_listing: float
    seeds: pd.DataFrame


def without_listing(scenario: Scenario) -> dict[str, Any]:
    """The scenario as a mapping, without listing from the first measured month on.

    Its policies no longer move the rate of listing.
    """
    return held(scenario, {LIST_RATE: 0.0})


def effect_of_listing(
    scenario: Scenario | str | Path | Mapping[str, Any] | None = None,
    seeds: Iterable[int] = range(1, 6),
    *,
    execution: Execution | None = None,
    **overrides: Any,
) -> EffectOfListing:
    """The effect of being listed: the same debtors, months and draws with and without the list.

    A debtor-month counts if at its beginning the debtor is able to pay, is on the list in the first
    world but not in the second, and owes an enforceable debt in both. Debtors listed before the
    first measured month stay on the list in both worlds and are not counted.

    Args:
        scenario: A `Scenario`, the name of a shipped one, a file, or a mapping; by default the
            baseline.
        seeds: One seed for each pair of worlds.
        execution: How kernels (loops over rows of tables) are run; see `Execution`.
        overrides: Values that replace the scenario's own, by path.

    Raises:
        ServandaError: If the scenario is invalid.
    """
    if isinstance(scenario, Scenario):
        scenario = scenario.model_dump()
    rows = []
    for seed in seeds:
        setup = load(
            "china_2016" if scenario is None else scenario,
            overrides=overrides | {"run.seed": int(seed)},
        )
        rows.append([int(seed), *_paired(setup, execution)])
    counts = np.array(rows, float).reshape(-1, 4)
    hazards = divided(counts[:, 2:], counts[:, 1:2])
    frame = pd.DataFrame(counts, columns=["seed", "months", "performed", "performed_without"])
    frame = frame.astype(dict.fromkeys(frame, int))
    frame["with_listing"], frame["without_listing"] = hazards.T
    frame["effect"] = frame["with_listing"] - frame["without_listing"]
    known = frame.dropna()
    return EffectOfListing(
        effect=difference(*hazards.T),
        with_listing=float(known["with_listing"].mean()),
        without_listing=float(known["without_listing"].mean()),
        seeds=frame,
    )


def _paired(setup: Scenario, execution: Execution | None) -> tuple[int, int, int]:
    """Debtor-months at risk in a pair of worlds, and how many ended in performance in each."""
    worlds = [World(one, execution=execution) for one in (setup, without_listing(setup))]
    months = performed = otherwise = 0
    for month in range(1, setup.run.months + 1):
        simulations = [world.run_to(month - 1).simulation for world in worlds]
        risk = at_risk(*simulations)
        with_it, without_it = (
            performing(world.run_to(month, before="learn").simulation) for world in worlds
        )
        months += int(risk.sum())
        performed += int((risk & with_it).sum())
        otherwise += int((risk & without_it).sum())
    return months, performed, otherwise
