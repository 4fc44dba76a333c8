"""Claims about preservation at suit: who asks, what is held, who answers for it."""

import pytest

from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import Asset, Domain, Option, Stage

CLASSES = ("bank", "online", "cash", "realty", "vehicles", "securities")
SEEN = {f"collaborative.trace_{name}": 1.0 for name in CLASSES}
ASKED = SEEN | {
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


def sued(make, paths=None, due=1e4, kind="person", **fields):
    bench = make.bench(ASKED | (paths or {}), kind=kind).own(bank=4000.0, realty=1e5)
    at = bench.claim(stage=Stage.OVERDUE, due=due, **fields)
    return bench, at


def test_what_is_preserved_leaves_the_debtors_hands_and_is_held_for_the_claim(make):
    bench, at = sued(make, {"assets.realty.auction_price": 0.5})
    bench.play("suing")
    claim = bench.at(at)
    assert claim.preserved
    assert claim.stage == Stage.FILED
    assert claim.escrow == 4000.0
    assert claim.attached[0] == pytest.approx(12_000.0)
    assert bench.debtor().assets[Asset.BANK] == 0.0
    assert bench.debtor().frozen == pytest.approx(12_000.0)
    assert bench.count(Count.PRESERVED_YUAN) == pytest.approx(16_000.0)


def test_fee_and_security_are_the_creditors_cost(make):
    bench, at = sued(make, {"lenders.bank.capital_cost": 0.001})
    bench.play("suing")
    months = 60.0 + 1.0  # trial and the bench's grace
    assert bench.flow(Flow.PRESERVATION_FEE) == pytest.approx(100.0)
    assert bench.flow(Flow.SECURITY_COST) == pytest.approx(0.3 * 1e4 * 0.001 * months)
    assert bench.at(at).spent == pytest.approx(100.0 + 0.3 * 1e4 * 0.001 * months)


def test_a_guarantee_replaces_the_security_by_a_premium(make):
    bench, _ = sued(make, {"at_source.preservation_guarantee": 1.0})
    bench.play("suing")
    assert bench.flow(Flow.SECURITY_COST) == 0.0
    assert bench.flow(Flow.GUARANTEE_PREMIUM) == pytest.approx(0.3 * 1e4 * 0.01)


@pytest.mark.parametrize(
    "paths",
    [
        {"at_source.preservation": 0.0},
        {"at_source.risk_notice": 0.0, "pursuit.aware": 0.0},
        {"lenders.bank.capital_cost": 0.2},
        {"kinds.person.seizable": False},
    ],
    ids=["mechanism off", "unaware", "security too dear", "out of reach"],
)
def test_nothing_is_preserved_without_court_knowledge_worth_and_property(make, paths):
    bench, at = sued(make, paths)
    bench.play("suing")
    assert not bench.at(at).preserved
    assert bench.count(Count.PRESERVATIONS) == 0.0


def test_without_the_network_only_own_leads_are_found(make):
    bench, at = sued(make, {"at_source.preservation_link": 0.0, "pursuit.leads": 0.0})
    bench.play("suing")
    assert not bench.at(at).preserved


def test_who_loses_the_suit_returns_what_was_held_and_pays_damages(make):
    lost = {"procedure.win": 0.0, "pursuit.damages": 0.1, "procedure.trial_months": 1.0}
    bench, _ = sued(make, lost)
    at = bench.claim(stage=Stage.FILED, due=1e4, preserved=True, escrow=3000.0, months=1)
    bench.play("judging")
    assert bench.at(at).stage == Stage.DISMISSED
    assert bench.flow(Flow.WRONGFUL_DAMAGES) == pytest.approx(0.1 * 3000.0 * 2.0)
    assert bench.debtor().assets[Asset.BANK] == pytest.approx(4000.0 + 3000.0 + 600.0)
    assert bench.at(at).spent == pytest.approx(600.0)
    assert bench.count(Count.PRESERVED_WRONGLY) == 1.0


def test_what_is_preserved_counts_as_seized_in_the_docket(make):
    paths = {"procedure.apply": 1.0, "procedure.apply_cost": 0.0, "pursuit.handover": 0.0}
    for goods, stage in ((0.0, Stage.SOLD), (500.0, Stage.SEIZED)):
        bench, _ = sued(make, paths)
        at = bench.claim(
            stage=Stage.UNPAID, preserved=True, escrow=300.0, attached=[goods, 0.0, 0.0], months=1
        )
        bench.play("suing")
        claim = bench.at(at)
        assert (claim.stage, claim.seized, claim.preserved) == (stage, True, False)
        assert bench.count(Count.SEIZURES) == 1.0


def test_what_is_preserved_counts_as_collectable_at_entry(make):
    bench, _ = sued(make, {"procedure.apply": 1.0})
    bench.own()
    bench.claim(stage=Stage.UNPAID, preserved=True, escrow=1e4, months=1, due=1e4)
    bench.play("suing")
    assert bench.count(Count.ENTERED_COLLECTABLE) == pytest.approx(1e4)
    assert bench.count(Count.ENTERED_UNABLE) == 0.0


def test_who_has_everything_held_keeps_nothing_back_and_pays(make):
    taken = {"procedure.grace": 1.0, "sanctions.enforcement_fee": 0.05}
    options = []
    for held in (0.0, 1e4):
        bench, _ = sued(make, taken)
        bench.own(bank=1e4 - held + 10.0)
        at = bench.claim(stage=Stage.GRACE, preserved=held > 0.0, escrow=held, due=1e4)
        bench.play("choice")
        options.append(bench.debtor().option)
        if held > 0.0:
            assert bench.at(at).stage == Stage.PAID
            assert bench.flow(Flow.PRESERVED_PAID) == pytest.approx(1e4)
    assert options[0] >= Option.STALL
    assert options[1] == Option.PAY


def test_who_will_not_pay_moves_assets_away_while_a_suit_is_pending(make):
    left = []
    for refused in (False, True):
        bench, _ = sued(make, {"pursuit.dissipate_pending": 0.1})
        bench.claim(stage=Stage.FILED, refused=refused, months=1)
        bench.play("judging")
        left.append(float(bench.debtor().assets[Asset.BANK]))
        assert bench.flow(Flow.DISSIPATION) == (pytest.approx(10_400.0) if refused else 0.0)
    assert left == pytest.approx([4000.0, 3600.0])


def test_preserved_goods_lose_value_while_they_are_held(make):
    bench, _ = sued(make, {"procedure.value_decay": 0.1})
    bench.set(frozen=1000.0)
    at = bench.claim(stage=Stage.FILED, preserved=True, attached=[1000.0, 0.0, 0.0])
    bench.play("sanction", "leaving")
    assert bench.at(at).attached[0] == pytest.approx(900.0)
    assert bench.debtor().frozen == pytest.approx(900.0)


def test_books_balance_when_assets_are_held_and_given_back(make):
    lost = {"procedure.win": 0.0, "procedure.trial_months": 1.0, "pursuit.damages": 0.1}
    bench, _ = sued(make, lost)
    bench.claim(stage=Stage.FILED, preserved=True, escrow=300.0, months=1)
    bench.play("judging", "choice", "sanction", "leaving", "learn", "close")
    assert bench.count(Count.PRESERVED_WRONGLY) == 1.0


# ---------------------------------------------------------------- titles, advances, handover


def test_an_advance_supports_who_sues_for_a_living_and_is_returned_by_who_loses(make):
    paths = {"at_source.advance": 1.0, "pursuit.advanced": 0.25, "procedure.trial_months": 1.0}
    bench, _ = sued(make, paths | {"procedure.win": 0.0})
    at = bench.claim(stage=Stage.FILED, due=1000.0, livelihood=True, domain=Domain.WAGES)
    bench.play("judging")
    assert bench.flow(Flow.ADVANCED) == bench.flow(Flow.ADVANCE_RETURNED) == 250.0
    assert bench.debtor().assets[Asset.BANK] == 4000.0
    assert (bench.at(at).received, bench.at(at).spent) == (250.0, 250.0)


def test_only_livelihood_suits_are_advanced(make):
    bench, _ = sued(make, {"at_source.advance": 1.0})
    bench.claim(stage=Stage.FILED)
    bench.play("judging")
    assert bench.flow(Flow.ADVANCED) == 0.0


def test_the_court_itself_transfers_livelihood_claims(make):
    bench, _ = sued(make, {"at_source.ex_officio": 1.0, "procedure.apply": 0.0})
    mine = bench.claim(stage=Stage.UNPAID, livelihood=True, months=9)
    other = bench.claim(stage=Stage.UNPAID, months=9)
    bench.play("suing")
    assert (bench.at(mine).stage, bench.at(other).stage) == (Stage.QUEUED, Stage.UNPAID)
    assert bench.flow(Flow.APPLICATION) == 0.0


@pytest.mark.parametrize(("linkage", "stage"), [(0.0, Stage.UNPAID), (1.0, Stage.QUEUED)])
def test_linkage_saves_the_time_of_handover(make, linkage, stage):
    paths = {"pursuit.handover": 2.0, "at_source.linkage": linkage, "procedure.apply": 1.0}
    bench, _ = sued(make, paths)
    at = bench.claim(stage=Stage.UNPAID, months=1, due=1e4)
    bench.play("suing")
    assert bench.at(at).stage == stage


def test_an_award_needs_no_trial(make):
    from sim.terms import EnforceableTitle

    bench, _ = sued(make)
    rows = [
        bench.claim(stage=Stage.OVERDUE, title=t)
        for t in (EnforceableTitle.JUDGMENT, EnforceableTitle.AWARD)
    ]
    bench.play("suing")
    assert [bench.at(r).stage for r in rows] == [Stage.FILED, Stage.GRACE]


def test_an_unclear_judgment_waits_for_the_trial_court(make):
    bench, _ = sued(make, {"comprehensive.find_person": 1.0, "pursuit.clarify": 2.0})
    rows = [bench.claim(ambiguous=flag, due=1000.0) for flag in (True, False)]
    bench.play("queueing", "trace")
    assert [bench.at(r).stage for r in rows] == [Stage.QUEUED, Stage.TRACED]
    assert (bench.at(rows[0]).wait, bench.at(rows[0]).ambiguous) == (2, False)
    assert bench.count(Count.UNCLEAR) == 1.0


@pytest.mark.parametrize(("clarity", "unclear"), [(0.0, True), (1.0, False)])
def test_clear_judgments_need_no_second_look(make, clarity, unclear):
    paths = {"pursuit.ambiguous": 1.0, "at_source.clarity": clarity}
    bench, _ = sued(make, paths | {"procedure.trial_months": 1.0})
    at = bench.claim(stage=Stage.FILED, months=1)
    bench.play("judging")
    assert bench.at(at).ambiguous == unclear
