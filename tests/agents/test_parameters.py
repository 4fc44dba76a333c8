"""Every number that a scenario sets for everyone changes something, or it has no place there."""

from dataclasses import fields
from typing import Any, cast

import pytest

from sim.engine.record import quantity
from sim.parameters import (
    AssetTraits,
    DomainTraits,
    EvasionTraits,
    KindTraits,
    LenderTraits,
    Parameters,
)
from sim.terms import Asset, label

SECTIONS = [(section.name, cast("type[Any]", section.type)) for section in fields(Parameters)]
NUMBERS = [
    pytest.param(f"{name}.{item.name}", declared, id=f"{name}.{item.name}")
    for name, section in SECTIONS
    for item in fields(section)
    if (declared := quantity(section, item.name))
]
SMALL: dict[str, Any] = {
    "economy.ruin": 0.003,
    "obligations.intensity": 4.0,
    "population.size": 600,
    "run.burn_in": 24,
    "run.months": 12,
}


@pytest.fixture(scope="module")
def small(make):
    return make.outcomes(SMALL, SMALL["run.months"])


@pytest.mark.parametrize(("path", "declared"), NUMBERS)
def test_every_parameter_moves_something_in_the_world_in_which_it_bites(small, path, declared):
    section, name = path.split(".")
    assert declared.low <= getattr(getattr(Parameters(), section), name) <= declared.high
    assert small.move(dict(declared.bites), path, (declared.high, declared.low))


SHARES = {"share", *(label(asset) for asset in Asset)}
"""What has to add up to one, so that none of them moves alone."""
ROWS: dict[str, tuple[type[Any], dict[str, Any]]] = {
    "kinds.person": (KindTraits, {}),
    "kinds.firm": (KindTraits, {}),
    "domains.trade": (DomainTraits, {}),
    "assets.realty": (AssetTraits, {"comprehensive.officers": 0.6}),
    "lenders.trade": (LenderTraits, {}),
    "evasions.conceal": (EvasionTraits, {"evasions.conceal.cost": 0.0}),
}
TRAITS = [
    f"{row}.{item.name}"
    for row, (traits, _) in ROWS.items()
    for item in fields(traits)
    if item.name not in SHARES and item.name != "option"
]
FOR_TRAITS: dict[str, dict[str, Any]] = {
    "kinds.person.zombie_need": {"kinds.person.zombie": 0.3},
    "kinds.person.zombie_wealth": {"kinds.person.zombie": 0.3},
    "kinds.person.credit": {"at_source.credit_reporting": 1.0},
    "assets.realty.controlled": {"comprehensive.cash_control": 1.0, "evasions.conceal.cost": 0.0},
    "assets.realty.uncovered": {"special.anti_evasion": 1.0, "evasions.conceal.cost": 0.0},
    "kinds.firm.credit": {"at_source.credit_reporting": 1.0},
    "kinds.person.freezes": {"choice.freeze_loss": 0.1, "comprehensive.officers": 0.6},
    "kinds.firm.freezes": {"choice.freeze_loss": 0.1, "comprehensive.officers": 0.6},
    "domains.trade.insurable": {"at_source.insurance_compliance": 1.0},
    "domains.trade.livelihood": {"special.livelihood_priority": 1.0},
    "domains.trade.credit": {"at_source.screening": 1.0},
    "domains.trade.public_body": {"kinds.public_body.share": 0.2, "kinds.person.share": 0.68},
    "lenders.trade.capital_cost": {"at_source.preservation": 1.0, "at_source.risk_notice": 0.5},
    "lenders.trade.risk_aversion": {
        "at_source.dispute_insurance": 1.0,
        "protection.feared_default": 0.05,
    },
}
"""What a trait of a row needs to matter: a class serves many rows, so it cannot say it itself."""


@pytest.mark.parametrize("path", TRAITS)
def test_every_trait_moves_something(small, path):
    row, name = path.rsplit(".", 1)
    traits, needed = ROWS[row]
    declared = quantity(traits, name)
    ends = (declared.low, declared.high) if declared else (False, True)
    if path.startswith(("domains.trade.p", "domains.trade.f")):
        ends = (0.0, 5.0)  # a thousand times more claims than usual are another test
    assert small.move(needed | FOR_TRAITS.get(path, {}), path, ends[::-1])
