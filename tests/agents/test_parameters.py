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
    (f"{name}.{item.name}", declared)
    for name, section in SECTIONS
    for item in fields(section)
    if (declared := quantity(section, item.name))
]
PROSPECT = {"choice.behaviour": "prospect", "comprehensive.honesty_reward": 0.2}
BODIES = {"kinds.public_body.share": 0.2, "kinds.person.share": 0.68}
ASSESSED = {"comprehensive.assessment": 1.0}
BRIBED = {"institutions.bribe_share": 0.2, "institutions.corruptible": 1.0}
CLIENTS = {"institutions.client_share": 1.0, "institutions.relationship": 0.01}
CONNECTED = {"institutions.connected_firms": 1.0, "institutions.local_weight": 0.1}
CHARGED = {"sanctions.prison_rate": 0.3, "institutions.charge_cost": 5_000.0}
HELD = {"at_source.preservation": 1.0, "at_source.risk_notice": 0.5}
ORDERED = {"collaborative.investigation_order": 1.0}
UNSOLD = {"procedure.sale_rate": 0.1, "procedure.sell_off": 0.0, "comprehensive.officers": 0.6}
ONLINE = {"systemic.online_auction": 0.5}
CAUGHT = {
    "procedure.caught": 0.5,
    "procedure.debtor_objects": 0.5,
    "comprehensive.officers": 0.6,
}
CONTESTED = CAUGHT | {"procedure.objection_error": 1.0, "procedure.objection_suit": 1.0}
AGENTS = {
    "collaborative.private_agents": 1.0,
    "collaborative.private_agents_fee": 0.3,
    "comprehensive.officers": 0.6,
}
CONVERTING = {"at_source.conversion": 1.0, "kinds.firm.share": 0.5, "kinds.person.share": 0.49}
INSURED = {"at_source.dispute_insurance": 1.0}
RATED = {"at_source.insurance_experience_rating": 1.0}
REPORTED = {"at_source.credit_reporting": 1.0}
RELIEF = {"comprehensive.relief_fund": 200_000.0}
ACCUSED = {
    "special.private_prosecution": 1.0,
    "sanctions.prison_rate": 0.3,
    "institutions.prosecutors": 0.0,
    "collaborative.target_accuracy": 0.0,
}
INSPECTED = {
    "institutions.inspection_cost": 1_000.0,
    "institutions.inspections": 1.0,
    "institutions.shirk_value": 2.0,
    "rule_of_law.supervision": 0.1,
    "pursuit.petition": 0.5,
    "pursuit.petition_after": 0.0,
}
NEEDS: dict[str, dict[str, Any]] = {
    "institutions.private_cost": ACCUSED,
    "institutions.private_error": ACCUSED,
    "institutions.inspection_cost": INSPECTED | {"institutions.wage": 10_000.0},
    "institutions.inspections": INSPECTED,
    "institutions.inspection_reach": INSPECTED,
    "institutions.complaint_weight": INSPECTED,
    "choice.foresees_obstruction": BRIBED,
    "obligations.score_refusal": REPORTED,
    "obligations.score_default": REPORTED,
    "obligations.score_listing": REPORTED,
    "obligations.score_performed": REPORTED,
    "protection.malus_step": RATED,
    "protection.malus_up": RATED,
    "protection.malus_most": RATED,
    "protection.bonus_months": RATED,
    "protection.dispute_share": INSURED,
    "protection.dispute_rate": INSURED,
    "protection.feared_default": INSURED,
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
    "procedure.sell_off": {"procedure.sale_rate": 0.1, "comprehensive.officers": 0.6},
    "procedure.in_kind": UNSOLD,
    "procedure.online_sale": ONLINE,
    "procedure.online_price": ONLINE,
    "procedure.caught_size": CAUGHT,
    "procedure.third_objects": CAUGHT,
    "procedure.objection_months": CAUGHT,
    "procedure.objection_hours": CAUGHT,
    "procedure.objection_error": CAUGHT,
    "procedure.objection_suit": CAUGHT | {"procedure.objection_error": 1.0},
    "procedure.objection_suit_months": CONTESTED,
    "procedure.objection_suit_error": CONTESTED,
    "procedure.held_by_others": {"rule_of_law.avoidance": 0.5},
    "procedure.controller_wealth": {"rule_of_law.added_parties": 1.0},
    "procedure.false_detected": {"special.declaration": 1.0},
    "procedure.agent_reach": AGENTS,
    "procedure.agent_scale": AGENTS,
    "procedure.agent_abuse": AGENTS,
    "procedure.agent_harm": AGENTS,
    "procedure.term_unserved": {"comprehensive.officers": 0.0},
    "institutions.duty": {"systemic.professionalism": 0.5},
    "institutions.recovery_value": ASSESSED | {"rule_of_law.supervision": 0.0},
    "institutions.excess": ASSESSED | {"institutions.recovery_value": 1.0},
    "institutions.objection": ASSESSED | {"institutions.recovery_value": 0.01},
    "institutions.corruptible": BRIBED,
    "institutions.bribe_share": BRIBED,
    "institutions.bribe_penalty": BRIBED,
    "institutions.bribe_months": BRIBED,
    "institutions.client_share": CLIENTS,
    "institutions.relationship": CLIENTS,
    "institutions.proof": CLIENTS,
    "institutions.assist_fine": CLIENTS,
    "institutions.assist_delay": CLIENTS,
    "institutions.local_weight": CONNECTED,
    "institutions.blame": CONNECTED,
    "institutions.recorded": CONNECTED,
    "institutions.interference_penalty": CONNECTED,
    "institutions.interference_months": CONNECTED,
    "institutions.closure_value": ASSESSED,
    "institutions.audit": ASSESSED,
    "institutions.audit_penalty": ASSESSED,
    "institutions.pace": ASSESSED,
    "institutions.evidence": CHARGED,
    "institutions.conviction_value": CHARGED,
    "institutions.charge_cost": CHARGED,
    "institutions.budget_weight": BODIES | {"special.public_bodies": 0.5},
    "institutions.evaluation_loss": BODIES | {"special.public_bodies": 0.5},
    "institutions.strip_liability": {"institutions.strip_share": 0.2},
    "pursuit.aware": HELD,
    "pursuit.leads": HELD,
    "pursuit.fee_cap": HELD,
    "pursuit.pre_suit_security": HELD | {"at_source.pre_suit_preservation": 1.0},
    "pursuit.premium": HELD | {"at_source.preservation_guarantee": 1.0},
    "pursuit.damages": HELD,
    "pursuit.held_recovery": HELD,
    "pursuit.promise": {"pursuit.negotiate": 0.5},
    "pursuit.advanced": {"at_source.advance": 1.0},
    "pursuit.reminded": {"at_source.reminder": 1.0},
    "pursuit.order_fee": ORDERED,
    "pursuit.order_reach": ORDERED,
    "pursuit.tips": {"collaborative.bounty": 0.2},
    "pursuit.mistaken": {"collaborative.witnesses": 1.0, "comprehensive.officers": 0.6},
    "pursuit.petition": {"pursuit.petition_after": 0.0},
    "pursuit.petition_after": {"pursuit.petition": 0.5},
    "pursuit.petition_hours": {"pursuit.petition": 0.5, "pursuit.petition_after": 0.0},
    "procedure.hearing_hours": {"rule_of_law.termination_standard": 1.0},
    "pursuit.relation": {"lenders.trade.repeated": 1.0},
    "choice.firm_value": {"special.compulsory_liquidation": 0.1},
    "choice.plan_breach": {"rule_of_law.plans": 1.0, "economy.own_shock": 0.3},
    "procedure.insolvency_months": CONVERTING,
    "procedure.administrator_fee": CONVERTING | {"at_source.personal_bankruptcy": 1.0},
    "procedure.specialised_saving": CONVERTING | {"at_source.specialised_courts": 1.0},
    "procedure.bankruptcy_cost": {"at_source.personal_bankruptcy": 1.0},
    "procedure.bankruptcy_stigma": {"at_source.personal_bankruptcy": 1.0},
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
    assert declared.low <= getattr(getattr(Parameters(), section), name) <= declared.high


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
    "kinds.person.freezes": {"choice.freeze_loss": 0.1, "comprehensive.officers": 0.6},
    "kinds.firm.freezes": {"choice.freeze_loss": 0.1, "comprehensive.officers": 0.6},
    "domains.trade.insurable": {"at_source.insurance_compliance": 1.0},
    "domains.trade.livelihood": {"special.livelihood_priority": 1.0},
    "domains.trade.credit": {"at_source.screening": 1.0},
    "domains.trade.public_body": {"kinds.public_body.share": 0.2, "kinds.person.share": 0.68},
    "lenders.trade.capital_cost": HELD,
    "lenders.trade.risk_aversion": INSURED,
}


@pytest.mark.parametrize("path", TRAITS)
def test_every_trait_moves_something(make, path):
    row, name = path.rsplit(".", 1)
    traits, needed = ROWS[row]
    declared = quantity(traits, name)
    paths = SMALL | needed | FOR_TRAITS.get(path, {})
    ends = (declared.low, declared.high) if declared else (False, True)
    if path.startswith(("domains.trade.p", "domains.trade.f")):
        ends = (0.0, 5.0)  # a thousand times more claims than usual are another test
    one, other = (make.village(paths | {path: end}).run() for end in ends)
    assert make.differing(one, other) != []
