"""Claims about preservation at suit: who asks, what is held, who answers for it."""

import pytest

from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import Asset, Domain, Option, Stage

CLASSES = ("bank", "online", "cash", "realty", "vehicles", "securities")
ASKED = {f"collaborative.trace_{name}": 1.0 for name in CLASSES} | {
    "at_source.preservation": 1.0,
    "at_source.preservation_link": 1.0,
    "at_source.risk_notice": 1.0,
    "procedure.sue": 1.0,
    "procedure.suit_cost": 0.0,
    "procedure.trial_months": 60.0,
    "procedure.win": 1.0,
    "pursuit.damages": 0.0,
    "choice.noise": 0.0,
    "sanctions.late_interest": 0.0,
    "sanctions.enforcement_fee": 0.0,
}
"""Everyone sues, asks, is heard and finds; suits last, and nothing is added to the claim."""
LOST = {"procedure.win": 0.0, "pursuit.damages": 0.1, "procedure.trial_months": 1.0}
OWN = {"bank": 4000.0, "realty": 1e5}


def case(make, paths=None, *phases, **claim):
    return make.case(ASKED | (paths or {}), *phases, own=OWN, **claim)


def sued(make, paths=None):
    """A creditor of 10,000 yuan sues."""
    return case(make, paths, "suing", stage=Stage.OVERDUE, due=1e4)


def test_what_is_preserved_leaves_the_debtors_hands_and_is_held_for_the_claim(make):
    bench, claim = sued(make, {"assets.realty.auction_price": 0.5})
    assert (claim.preserved, claim.stage, claim.escrow) == (True, Stage.FILED, 4000.0)
    assert claim.attached[0] == bench.debtor().frozen == pytest.approx(12_000.0)
    assert bench.debtor().assets[Asset.BANK] == 0.0
    assert bench.count(Count.PRESERVED_YUAN) == pytest.approx(16_000.0)


@pytest.mark.parametrize("guaranteed", [0.0, 1.0])
def test_fee_and_security_or_a_guarantees_premium_are_the_creditors_cost(make, guaranteed):
    paths = {"lenders.bank.capital_cost": 0.001, "at_source.preservation_guarantee": guaranteed}
    bench, claim = sued(make, paths)
    months = 60.0 + 1.0  # trial and the bench's grace
    costs = [100.0, 0.3 * 1e4 * 0.001 * months, 0.0] if not guaranteed else [100.0, 0.0, 30.0]
    booked = bench.totals(Flow.PRESERVATION_FEE, Flow.SECURITY_COST, Flow.GUARANTEE_PREMIUM)
    assert booked == pytest.approx(costs)
    assert claim.spent == pytest.approx(sum(costs))


@pytest.mark.parametrize(
    "paths",
    [
        {"at_source.risk_notice": 0.0, "pursuit.aware": 0.0},
        {"lenders.bank.capital_cost": 0.2},
        {"kinds.person.seizable": False},
        {"at_source.preservation_link": 0.0, "pursuit.leads": 0.0},
    ],
    ids=["unaware", "security too dear", "out of reach", "no network or leads"],
)
def test_nothing_is_preserved_without_court_knowledge_worth_and_property(make, paths):
    bench, claim = sued(make, paths)
    assert not claim.preserved
    assert bench.count(Count.PRESERVATIONS) == 0.0


def test_who_loses_the_suit_returns_what_was_held_and_pays_damages(make):
    held = {"stage": Stage.FILED, "due": 1e4, "preserved": True, "escrow": 3000.0, "months": 1}
    bench, claim = case(make, LOST, "judging", **held)
    assert claim.stage == Stage.DISMISSED
    assert bench.flow(Flow.WRONGFUL_DAMAGES) == claim.spent == pytest.approx(0.1 * 3000.0 * 2.0)
    assert bench.debtor().assets[Asset.BANK] == pytest.approx(4000.0 + 3000.0 + 600.0)
    assert bench.count(Count.PRESERVED_WRONGLY) == 1.0
    phases = ("judging", "choice", "sanction", "leaving", "learn", "close")
    bench, _ = case(make, LOST, *phases, **held)  # closing refuses what does not balance
    assert bench.count(Count.PRESERVED_WRONGLY) == 1.0


@pytest.mark.parametrize(
    ("goods", "due", "stage"), [(0.0, 300.0, Stage.SOLD), (500.0, 1e4, Stage.SEIZED)]
)
def test_what_is_preserved_counts_as_seized_in_the_docket_and_collectable_at_entry(
    make, goods, due, stage
):
    paths = {"procedure.apply": 1.0, "procedure.apply_cost": 0.0, "pursuit.handover": 0.0}
    held = {"preserved": True, "escrow": due, "attached": [goods, 0.0, 0.0], "months": 1}
    bench, claim = make.case(ASKED | paths, "suing", stage=Stage.UNPAID, due=due, **held)
    assert (claim.stage, claim.seized, claim.preserved) == (stage, True, False)
    entered = bench.totals(Count.SEIZURES, Count.ENTERED_COLLECTABLE, Count.ENTERED_UNABLE)
    assert entered == pytest.approx([1.0, due, 0.0])


@pytest.mark.parametrize("held", [0.0, 1e4])
def test_who_has_everything_held_keeps_nothing_back_and_pays(make, held):
    paths = ASKED | {"procedure.grace": 1.0, "sanctions.enforcement_fee": 0.05}
    fields = {"stage": Stage.GRACE, "preserved": held > 0.0, "escrow": held, "due": 1e4}
    bench, claim = make.case(paths, "choice", own={"bank": 1e4 - held + 10.0}, **fields)
    if held:
        assert (bench.debtor().option, claim.stage) == (Option.PAY, Stage.PAID)
        assert bench.flow(Flow.PRESERVED_PAID) == pytest.approx(1e4)
    else:
        assert bench.debtor().option >= Option.STALL


@pytest.mark.parametrize(("living", "advanced"), [(True, 250.0), (False, 0.0)])
def test_an_advance_supports_who_sues_for_a_living_and_is_returned_by_who_loses(
    make, living, advanced
):
    paths = LOST | {"at_source.advance": 1.0, "pursuit.advanced": 0.25}
    fields = {"stage": Stage.FILED, "livelihood": living, "domain": Domain.WAGES}
    bench, claim = case(make, paths, "judging", **fields)
    assert bench.totals(Flow.ADVANCED, Flow.ADVANCE_RETURNED) == [advanced] * 2
    assert bench.debtor().assets[Asset.BANK] == 4000.0
    assert (claim.received, claim.spent) == (advanced, advanced)


def test_an_unclear_judgment_waits_for_the_trial_court(make):
    paths = {"comprehensive.find_person": 1.0, "pursuit.clarify": 2.0}
    bench, unclear = case(make, paths, ambiguous=True)
    clear = bench.lay("queueing", "trace", ambiguous=False)
    assert (unclear.stage, clear.stage) == (Stage.QUEUED, Stage.TRACED)
    assert (unclear.wait, unclear.ambiguous, bench.count(Count.UNCLEAR)) == (2, False, 1.0)
