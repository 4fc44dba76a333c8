"""Every number that a scenario sets for everyone changes something, or it has no place there."""

from dataclasses import fields
from typing import Any, cast

import pytest

from sim.agents.parameters import Setting
from sim.engine.record import quantity

SECTIONS = [(section.name, cast("type[Any]", section.type)) for section in fields(Setting)]
NUMBERS = [
    (f"{name}.{item.name}", declared)
    for name, section in SECTIONS
    for item in fields(section)
    if (declared := quantity(section, item.name))
]
PROSPECT = {"choice.behaviour": "prospect", "comprehensive.honesty_reward": 0.2}
RELIEF = {"comprehensive.relief_fund": 200_000.0}
NEEDS: dict[str, dict[str, Any]] = {
    "choice.thumb_share": {"choice.behaviour": "rule_of_thumb"},
    "choice.curvature": PROSPECT,
    "choice.loss_aversion": PROSPECT,
    "choice.weight_gain": PROSPECT,
    "choice.weight_loss": PROSPECT,
    "choice.reward_months": {"comprehensive.honesty_reward": 0.2},
    "choice.prison_weight": {"sanctions.prison_rate": 0.01},
    "learning.rise": {"learning.updating": "asymmetric"},
    "learning.fall": {"learning.updating": "asymmetric"},
    "society.trust_loss": {"comprehensive.list_accuracy": 0.0},
    "economy.windfall_months": {"economy.windfall": 0.05},
    "obligations.credit_elasticity": {"procedure.term_after": 2.0},
    "learning.publicity": {"special.publicity": 0.5},
    "society.ceiling": {"at_source.integrity_education": 0.05},
    "protection.repay_months": {"protection.recourse": 1.0},
    "protection.benefit_months": {"at_source.social_insurance": 0.5},
    "protection.relief_award": RELIEF,
    "protection.relief_wait": RELIEF,
    "protection.relief_slack": RELIEF,
    "protection.subrogation": RELIEF,
    "procedure.appropriation": {"kinds.public_body.share": 0.2, "kinds.person.share": 0.68},
    "procedure.archive_after": {"procedure.term_after": 1.0},
    "procedure.term_unserved": {"comprehensive.officers": 0.0},
}
"""What must be so for a number to matter."""
SMALL: dict[str, Any] = {
    "obligations.intensity": 4.0,
    "population.size": 600,
    "run.burn_in": 24,
    "run.months": 12,
}


@pytest.mark.parametrize(("path", "declared"), NUMBERS, ids=[path for path, _ in NUMBERS])
def test_every_parameter_moves_something(make, path, declared):
    paths = SMALL | NEEDS.get(path, {})
    low, high = (make.village(paths | {path: v}).run() for v in (declared.low, declared.high))
    assert make.differing(low, high) != []


@pytest.mark.parametrize(("path", "declared"), NUMBERS, ids=[path for path, _ in NUMBERS])
def test_every_default_lies_in_its_range(path, declared):
    section, name = path.split(".")
    assert declared.low <= getattr(getattr(Setting(), section), name) <= declared.high
