"""Every lever moves something where it bites, and nothing where what it acts on is missing."""

from typing import Any

import pytest

from sim.levers.catalogue import catalogue
from sim.mechanisms import MECHANISMS

SHORT: dict[str, Any] = {"run.burn_in": 12, "run.months": 12}
BUSY = SHORT | {"obligations.intensity": 4.0}
"""Twenty-four months in which every phase has work."""
LEVERS = {entry.path: entry.lever for entry in catalogue()}

KINDS = ("person", "firm", "public_body")
CLASSES = ("bank", "online", "cash", "realty", "vehicles", "securities")
BREADTHS = ("procurement", "travel", "finance", "office", "honours")


def all_at(value: Any, pattern: str, *names: str) -> dict[str, Any]:
    """The same value at every path that a name gives."""
    return {pattern.format(name): value for name in names}


def of_kinds(value: Any, *names: str) -> dict[str, Any]:
    """The same value of all kinds."""
    return {f"kinds.{kind}.{name}": value for kind in KINDS for name in names}


UNLISTED = {"comprehensive.list_rate": 0.0}
NO_RESTRICTION = all_at(0.0, "comprehensive.{}", *BREADTHS)
NOTHING_HIDDEN = all_at(0.0, "assets.{}.hide", *CLASSES)
NOTHING_CAUGHT = {"procedure.caught": 0.0}
NO_CREDIT = all_at(False, "domains.{}.credit", "bank_loan", "trade") | of_kinds(0.0, "credit")
NO_LIVELIHOOD = all_at(False, "domains.{}.livelihood", "wages", "maintenance", "injury")
UNHELD = {"at_source.preservation": 0.0}
UNREPORTED = {"at_source.credit_reporting": 0.0}
UNCONVERTED = {"at_source.conversion": 0.0}
UNPAID_AGENTS = {"collaborative.private_agents": 0.0}
NO_FIRMS = {"kinds.firm.share": 0.0, "kinds.person.share": 0.99}
INSURED, UNINSURABLE = ({"domains.traffic.insurable": able} for able in (True, False))
UNCOVERED = INSURED | {"at_source.insurance_coverage": 0.0}
NO_OFFICER = {"comprehensive.officers": 0.0}
DUTIFUL = all_at(
    0.0,
    "institutions.{}",
    *("shirk_value", "bribe_share", "relationship", "local_weight", "recovery_value"),
)
"""No institution has anything to gain by failing."""

WITHOUT: dict[str, dict[str, Any]] = {
    "comprehensive.list_accuracy": UNLISTED,
    "comprehensive.list_latency": UNLISTED,
    "comprehensive.repair_delay": UNLISTED,
    "comprehensive.cash_control": all_at(0.0, "assets.{}.controlled", *CLASSES),
    "comprehensive.relief_fund": {"protection.relief_award": 0.0},
    "comprehensive.assessment": DUTIFUL
    | {"institutions.pace": 0.0, "institutions.closure_value": 0.0},
    "comprehensive.interference_accountability": DUTIFUL,
    "comprehensive.coordination": DUTIFUL,
    "comprehensive.police_support": {"institutions.police_hours": 0.0},
    "comprehensive.credit_repair": UNREPORTED,
    "comprehensive.automatic_listing": {"procedure.sanctions_in_hand": False},
    "systemic.skill": {"procedure.control": 1.0, "procedure.sale_rate": 1.0},
    "systemic.online_auction": {"procedure.online_sale": 0.0, "procedure.online_price": 0.0},
    "systemic.professionalism": DUTIFUL,
    "systemic.standard_procedures": DUTIFUL,
    "rule_of_law.standardisation": {"learning.dispersion": 0.0},
    "rule_of_law.value_preservation": {"procedure.value_decay": 0.0},
    "rule_of_law.proportionality": {"procedure.seize_ratio": 1.0},
    "rule_of_law.third_party_protection": NOTHING_CAUGHT,
    "rule_of_law.avoidance": {
        "procedure.dissipation": 0.0,
        "pursuit.dissipate_pending": 0.0,
        "procedure.held_by_others": 0.0,
    },
    "rule_of_law.avoidance_lookback": {"rule_of_law.avoidance": 0.0},
    "rule_of_law.proceeds_management": {"procedure.leakage": 0.0, "procedure.payout_delay": 0.0},
    "rule_of_law.live_freeze": {"choice.freeze_loss": 0.0},
    "rule_of_law.persuasion": {"choice.behaviour": "rule_of_thumb"},
    "rule_of_law.plans": of_kinds(2.0, "need")
    | of_kinds(0.0, "need_sd")
    | {"kinds.firm.zombie_need": 2.0, "economy.own_shock": 0.0, "economy.common_shock": 0.0},
    "rule_of_law.termination_standard": {
        "procedure.term_after": 120.0,
        "procedure.term_unserved": 240.0,
        "comprehensive.assessment": 0.0,
    },
    "rule_of_law.periodic_tracing": {"procedure.archive_after": 1.0, "procedure.revive": 0.0},
    "rule_of_law.supervision": DUTIFUL,
    "rule_of_law.traceability": DUTIFUL,
    "rule_of_law.assistance_liability": DUTIFUL,
    "rule_of_law.openness": of_kinds(False, "seizable"),
    "collaborative.separation": NOTHING_CAUGHT | {"procedure.debtor_objects": 0.0},
    "collaborative.private_agents_fee": UNPAID_AGENTS,
    "collaborative.private_agents_disposal": {"procedure.agent_hours": 0.0},
    "collaborative.investigation_order": {"pursuit.order_reach": 0.0},
    "collaborative.witnesses": of_kinds(0.0, *(name for name in CLASSES if name != "bank"))
    | of_kinds(1.0, "bank")
    | {"pursuit.mistaken": 0.0},
    "collaborative.bounty": {"pursuit.tips": 0.0},
    "collaborative.target_accuracy": UNLISTED
    | all_at(0.0, "sanctions.{}_rate", "fine", "detention", "prison"),
    "collaborative.vertical_designation": DUTIFUL,
    "collaborative.pooling": NO_OFFICER,
    "special.anti_evasion": NOTHING_HIDDEN | {"special.declaration": 0.0},
    "special.livelihood_priority": NO_LIVELIHOOD,
    "special.compulsory_liquidation": NO_FIRMS,
    "special.evidence": {"sanctions.prison_rate": 0.0},
    "special.private_prosecution": {"sanctions.prison_rate": 0.0},
    "special.anti_passivity": DUTIFUL,
    "special.anti_passive_assistance": DUTIFUL,
    "special.anti_interference": DUTIFUL,
    "special.public_bodies": {"institutions.evaluation_loss": 0.0},
    "special.publicity": {"learning.publicity_months": 0.0},
    "sanctions.fine_amount": {"sanctions.fine_rate": 0.0},
    "sanctions.detention_days": {"sanctions.detention_rate": 0.0},
    "sanctions.prison_months": {"sanctions.prison_rate": 0.0},
    "at_source.screening": NO_CREDIT,
    "at_source.credit_reporting": NO_CREDIT,
    "at_source.report_memory": UNREPORTED,
    "at_source.cross_sector_sharing": UNREPORTED,
    "at_source.preservation_security": UNHELD,
    "at_source.preservation_fee": UNHELD,
    "at_source.preservation_guarantee": UNHELD,
    "at_source.preservation_link": UNHELD,
    "at_source.pre_suit_preservation": UNHELD | {"pursuit.pre_suit_security": 0.0},
    "at_source.risk_notice": UNHELD,
    "at_source.clarity": {"pursuit.ambiguous": 0.0},
    "at_source.linkage": {"pursuit.handover": 0.0},
    "at_source.ex_officio": NO_LIVELIHOOD | {"domains.criminal.person": 0.0},
    "at_source.advance": NO_LIVELIHOOD,
    "at_source.reminder": {"pursuit.reminded": 0.0},
    "at_source.conversion": NO_FIRMS,
    "at_source.specialised_courts": UNCONVERTED,
    "at_source.personal_bankruptcy": {
        "procedure.bankruptcy_stigma": 60.0,
        "procedure.bankruptcy_cost": 1e6,
    },
    "at_source.discharge_years": {"at_source.personal_bankruptcy": 0.0},
    "at_source.bankruptcy_examination": {"at_source.personal_bankruptcy": 0.0},
    "at_source.bankruptcy_exempt": {"at_source.personal_bankruptcy": 0.0},
    "at_source.administrators": {"at_source.personal_bankruptcy": 0.0},
    "at_source.insurance_deductible": UNCOVERED,
    "at_source.insurance_experience_rating": UNCOVERED,
    "at_source.insurance_delay": UNCOVERED,
    "at_source.dispute_insurance": {"protection.dispute_rate": 1.0},
    "at_source.social_insurance": {"kinds.person.share": 0.0, "kinds.firm.share": 0.99},
    "at_source.integrity_education": {"society.ceiling": 0.0},
}
"""For levers worlds in which what they act on is missing."""

NO_LEVER: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    **{
        f"comprehensive.{name}": ({f"comprehensive.{name}": 0.0}, of_kinds(0.0, name))
        for name in BREADTHS
    },
    "comprehensive.visibility": (
        {"comprehensive.visibility": 0.0},
        {"comprehensive.visibility": 0.0, "choice.stigma": 2.0},
    ),
    "comprehensive.match_rate": ({"comprehensive.match_rate": 0.0}, NO_RESTRICTION),
    "comprehensive.list_rate": (
        UNLISTED,
        UNLISTED | NO_RESTRICTION | {"choice.stigma": 0.0, "sanctions.listing_income_loss": 0.0},
    ),
    "sanctions.listing_term": (
        {"sanctions.listing_term": 0.0},
        {"sanctions.listing_term": 0.0} | NO_RESTRICTION,
    ),
    "comprehensive.find_person": (
        UNHELD | {"comprehensive.find_person": 0.0},
        UNHELD | all_at(0.0, "collaborative.trace_{}", *CLASSES),
    ),
    "comprehensive.honesty_reward": (
        {"comprehensive.honesty_reward": 0.0},
        {"comprehensive.honesty_reward": 0.0, "choice.reward_months": 120.0},
    ),
    "comprehensive.officers": (NO_OFFICER, NO_OFFICER | {"systemic.it": 2.0}),
    "systemic.it": (
        {"institutions.shirk_value": 0.0, "procedure.hours": 210.0, "systemic.it": 0.0},
        {"institutions.shirk_value": 0.0, "procedure.hours": 140.0, "systemic.it": 0.5},
    ),
    "rule_of_law.added_parties": (
        {"rule_of_law.added_parties": 0.0},
        {"rule_of_law.added_parties": 0.0, "procedure.controller_wealth": 100.0},
    ),
    "collaborative.private_agents": (UNPAID_AGENTS, UNPAID_AGENTS | {"procedure.agent_reach": 1.0}),
    "collaborative.trace_frequency": (
        {"procedure.retrace": 2.0},
        {"procedure.retrace": 4.0, "collaborative.trace_frequency": 0.5},
    ),
    "special.declaration": (
        {"special.declaration": 0.0},
        {"special.declaration": 0.0, "procedure.false_detected": 1.0},
    ),
    "at_source.preservation": (
        UNHELD,
        UNHELD
        | {
            "at_source.preservation_security": 1.0,
            "at_source.preservation_fee": 0.1,
            "at_source.preservation_guarantee": 1.0,
            "at_source.preservation_link": 1.0,
        },
    ),
    **{
        f"at_source.insurance_{name}": (INSURED | {f"at_source.insurance_{name}": 0.0}, UNINSURABLE)
        for name in ("coverage", "compliance", "limit")
    },
    "institutions.inspection_cost": (
        {"rule_of_law.supervision": 0.0},
        {"rule_of_law.supervision": 0.0, "institutions.inspection_cost": 500.0},
    ),
    "choice.foresees_obstruction": (DUTIFUL, DUTIFUL | {"choice.foresees_obstruction": 1.0}),
}
"""Two worlds that are one: the lever, or its partner, is off, and its mechanism is not there."""

PAIRS = NO_LEVER | {
    path: tuple(world | {path: end} for end in (LEVERS[path].low, LEVERS[path].high))
    for path, world in WITHOUT.items()
}


TABLES = ("debtors.", "claims.", "creditors.", "courts.")
NOTED = {"claims.checks", "debtors.score"}
"""What a court has asked about is noted whether or not anything could be found, and a score is kept
whether or not anybody lends."""


@pytest.fixture(scope="module")
def busy(make):
    return make.outcomes(BUSY, SHORT["run.months"])


@pytest.mark.parametrize("path", PAIRS)
def test_a_mechanism_at_off_is_a_world_without_it(busy, path):
    assert {n for n in busy.apart(*PAIRS[path]) if n.startswith(TABLES)} <= NOTED


FLOWS = {
    "sanctions.late_interest": "claim_interest",
    "sanctions.enforcement_fee": "fee",
    "sanctions.fine_amount": "fine",
    "sanctions.listing_income_loss": "listing_loss",
}
COUNTS = {
    "sanctions.fine_rate": "fines",
    "sanctions.detention_rate": "detentions",
    "sanctions.detention_days": "detention_days",
    "sanctions.prison_rate": "prisons",
    "comprehensive.list_rate": "listings",
    "at_source.preservation": "preservations",
    "at_source.pre_suit_preservation": "preserved_before_suit",
    "at_source.mediation": "mediated",
    "at_source.advance": "advances",
    "at_source.ex_officio": "transferred",
    "comprehensive.repair_delay": "repair_months",
}
AT_WORK = {
    "population.size": 800,
    "comprehensive.officers": 1.0,
    "comprehensive.repair_delay": 12.0,
    "at_source.risk_notice": 1.0,
    **all_at(0.2, "sanctions.{}_rate", "fine", "detention", "prison"),
    **all_at(
        0.5,
        "at_source.{}",
        *("preservation", "pre_suit_preservation", "mediation", "advance", "ex_officio"),
    ),
}


@pytest.fixture(scope="module")
def at_work(make):
    return make.village(BUSY | AT_WORK).run_to(12)


@pytest.mark.parametrize("path", sorted(FLOWS.keys() | COUNTS))
def test_what_a_lever_takes_or_does_is_not_taken_or_done_at_off(make, at_work, path):
    off = make.village(BUSY | AT_WORK | {path: 0.0}).run_to(12)
    for table, column in ((FLOWS, "{}"), (COUNTS, "n_{}")):
        if path in table:
            name = column.format(table[path])
            moved = [
                (w.measured.books() if table is FLOWS else w.series(burn_in=True, counts=True))[
                    name
                ].sum()
                for w in (at_work, off)
            ]
            assert moved[0] > 0.0 == moved[1]


def test_every_lever_is_tried_at_off_but_for_the_network_which_enforcement_tries_class_by_class():
    left = LEVERS.keys() - PAIRS.keys() - FLOWS.keys() - COUNTS.keys()
    for one in MECHANISMS:  # which tests of mechanisms try
        left -= {f"{record}.{name}" for record, fields in one.fields for name in vars(fields)}
    assert left == {f"collaborative.trace_{name}" for name in CLASSES}


@pytest.fixture(scope="module")
def awake(make):
    longer = BUSY | {"run.burn_in": 24, "population.size": 800, "economy.ruin": 0.003}
    return make.outcomes(longer, SHORT["run.months"])


@pytest.mark.parametrize("path", LEVERS)
def test_every_lever_moves_something_in_the_world_in_which_it_bites(awake, path):
    lever = LEVERS[path]
    far = lever.high if lever.off < lever.high else lever.low
    assert awake.move(dict(lever.bites), path, (far, lever.off))
