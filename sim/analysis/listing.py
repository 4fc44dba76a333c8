"""Two worlds of the same draws, one measure apart: what the measure does to the same debtors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.comparison.interventions import held
from sim.engine.blocks import Execution
from sim.indicator import divided
from sim.measure.listing import at_risk, performing
from sim.scenario.reading.file import load
from sim.scenario.scenario import Scenario
from sim.world import World

LIST_RATE = "comprehensive.list_rate"


@dataclass(frozen=True)
class EffectOfListing:
    """What listing adds to the performance of the listed who are able (indicator 20), 1/month.

    Args:
        effect: Mean over seeds of hazard with listing less hazard without.
        error: Its standard error over seeds; missing with one seed.
        with_listing: Mean hazard of performing while on the list.
        without_listing: Mean hazard of the same debtors in the same months, listing switched off.
        seeds: One row a seed: seed, months of debtors at risk, who performed with and without,
            both hazards and the effect. A seed in which nobody was listed has no hazard.
    """

    effect: float
    error: float
    with_listing: float
    without_listing: float
    seeds: pd.DataFrame


def without_listing(scenario: Scenario) -> dict[str, Any]:
    """The scenario with nobody listed from the first measured month on, whatever policies say."""
    return held(scenario, {LIST_RATE: 0.0})


def effect_of_listing(
    scenario: Scenario | str | Path | Mapping[str, Any] | None = None,
    seeds: Iterable[int] = range(1, 6),
    *,
    execution: Execution | None = None,
    **overrides: Any,
) -> EffectOfListing:
    """What being listed does: the same debtors, months and draws with and without the list.

    A debtor-month counts if the debtor stands on the list as it begins, is able, and owes what can
    be enforced in both worlds. Who was listed before the first measured month stays on the list in
    both and counts in neither.

    Args:
        scenario: As for `World`; the baseline unless given.
        seeds: Seeds of the pairs of worlds.
        execution: How kernels are run.
        overrides: Values by path.

    Raises:
        ServandaError: If the scenario is wrong.
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
    told = np.array(rows, float).reshape(-1, 4)
    hazards = divided(told[:, 2:], told[:, 1:2])
    gaps = hazards[:, 0] - hazards[:, 1]
    known = gaps[~np.isnan(gaps)]
    frame = pd.DataFrame(told, columns=["seed", "months", "performed", "performed_without"])
    frame = frame.astype(dict.fromkeys(frame, int))
    frame["with_listing"], frame["without_listing"], frame["effect"] = (*hazards.T, gaps)
    return EffectOfListing(
        effect=float(known.mean()) if len(known) else np.nan,
        error=float(known.std(ddof=1) / np.sqrt(len(known))) if len(known) > 1 else np.nan,
        with_listing=float(np.nanmean(hazards[:, 0])) if len(known) else np.nan,
        without_listing=float(np.nanmean(hazards[:, 1])) if len(known) else np.nan,
        seeds=frame,
    )


def _paired(setup: Scenario, execution: Execution | None) -> tuple[int, int, int]:
    """Months at risk of a pair of worlds, and in how many of them was performed in each."""
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
