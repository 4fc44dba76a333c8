"""Claims about who chooses when, what follows, and what no sanction can move."""

import numpy as np
import pytest

from sim.agents.debtor.belief import PAID_UP, PUNISHED, RECOVERED, WAS_LISTED
from sim.month.shared.accounts import Flow
from sim.month.shared.counts import Count
from sim.terms import Ability, Asset, Option, Stage

ASLEEP = {"choice.attention": 0.0, "choice.event_change": 10.0}
UPRIGHT = {"conscience": 100.0, "conscience_origin": 100.0, "trust": 0.5}


def settled(make, paths=None, **fields):
    """A bench with one stalling debtor who has chosen before and has no reason to choose anew."""
    bench = make.bench(ASLEEP | (paths or {})).own(bank=1000.0, realty=1e5)
    bench.set(income=1000.0, income_then=1000.0, need=1000.0, wealth_then=1e5, discount=0.04)
    bench.set(option=Option.STALL, ability=Ability.ILLIQUID, spell=1, **(UPRIGHT | fields))
    bench.claim(due=50_000.0, stage=Stage.QUEUED)
    return bench


def chose(bench):
    before = bench.debtor().renewals
    bench.play("choice")
    return bench.debtor().renewals > before


def test_without_event_or_attention_nobody_chooses_anew(make):
    assert not chose(settled(make))


def test_attention_alone_makes_one_choose(make):
    assert chose(settled(make, {"choice.attention": 1.0}))


def test_the_share_that_attends_is_the_attention_of_the_world(make):
    bench = make.bench(ASLEEP | {"choice.attention": 0.3}, debtors=600)
    for row in range(600):
        bench.own(row, bank=1000.0, realty=1e5)
        bench.set(row, option=Option.STALL, ability=Ability.ILLIQUID, spell=1, discount=0.04)
        bench.set(row, wealth_then=1e5, income_then=0.0)
        bench.claim(row, due=50_000.0)
    bench.play("choice")
    share = bench.simulation.debtors.rows["renewals"].mean()
    assert abs(share - 0.3) < 5 * np.sqrt(0.3 * 0.7 / 600)  # five standard deviations


@pytest.mark.parametrize(
    ("fields", "prompted"),
    [
        ({"prompted": True}, True),
        ({"income_then": 700.0}, True),
        ({"income_then": 900.0}, False),
        ({"wealth_then": 60_000.0}, True),
        ({"option": Option.UNABLE}, True),
        ({"ability": Ability.EMPTY}, True),
    ],
)
def test_events_and_changes_of_fortune_make_one_choose(make, fields, prompted):
    bench = settled(make, {"choice.event_change": 0.2})
    bench.set(wealth_then=101_000.0).set(**fields)
    assert chose(bench) == prompted


def test_a_new_judgment_makes_one_choose_at_the_end_of_grace(make):
    bench = settled(make, {"procedure.grace": 3.0})
    ripe = bench.claim(due=10.0, stage=Stage.GRACE, months=1)
    assert not chose(bench)
    bench.simulation.claims.rows["months"][ripe] = 2
    assert chose(bench)
    assert bench.at(ripe).stage != Stage.GRACE


SEEN = {RECOVERED: True, WAS_LISTED: True, PUNISHED: True, PAID_UP: True, 0: False}


@pytest.mark.parametrize("event", SEEN)
def test_what_befalls_a_neighbour_makes_one_choose_the_month_after(make, event):
    bench = make.bench(debtors=3)
    bench.simulation.neighbours[:] = -1
    bench.simulation.neighbours[0, 3] = 1
    bench.set(1, events=event)
    bench.play("learn")
    assert [bool(bench.debtor(r).prompted) for r in (0, 2)] == [SEEN[event], False]


def test_the_first_choice_opens_a_spell_with_a_taste_of_its_own(make):
    bench = make.bench(ASLEEP).own(bank=1e5).set(discount=0.04)
    bench.claim(due=500.0, stage=Stage.GRACE, months=5)
    bench.play("choice")
    first = bench.debtor()
    assert (first.spell, first.renewals) == (1, 0)
    assert first.taste != 0.0


def test_taste_persists_from_choice_to_choice(make):
    bench = make.bench(ASLEEP | {"choice.attention": 1.0, "choice.noise": 0.0}, debtors=400)
    for row in range(400):
        bench.own(row, bank=1000.0, realty=1e5).set(row, discount=0.04)
        bench.claim(row, due=50_000.0)
    tastes = []
    for _ in range(2):
        bench.play("choice")
        tastes.append(bench.simulation.debtors.rows["taste"].copy())
    # the sampling error of a correlation of .8 among 400 is some .02
    assert np.corrcoef(*tastes)[0, 1] == pytest.approx(0.8, abs=0.1)
    assert tastes[1].std() == pytest.approx(1.0, abs=0.2)


def test_who_chooses_to_pay_pays_the_oldest_claim_first_and_sells_for_it(make):
    bench = make.bench(ASLEEP | {"assets.realty.own_price": 0.8, "assets.realty.own_sale": 1.0})
    bench.own(bank=300.0, realty=1000.0).set(income=0.0, discount=0.04, **UPRIGHT)
    old, young = bench.claim(due=700.0), bench.claim(due=500.0)
    bench.play("choice")
    assert bench.debtor().option == Option.PAY
    assert [bench.at(r).stage for r in (old, young)] == [Stage.PAID, Stage.QUEUED]
    assert bench.at(young).due == pytest.approx(100.0)
    assert bench.flow(Flow.OWN_SALE) == pytest.approx(200.0)
    assert bench.flow(Flow.PAID_VOLUNTARILY) == pytest.approx(1100.0)


def test_a_sale_that_does_not_succeed_leaves_the_debt_for_another_month(make):
    bench = make.bench(ASLEEP | {"assets.realty.own_sale": 0.01}).own(realty=1e5)
    bench.set(discount=0.04, **UPRIGHT)
    at = bench.claim(due=500.0, stage=Stage.GRACE, months=5)
    bench.play("choice")
    assert bench.debtor().option == Option.PAY
    assert (bench.at(at).stage, bench.at(at).due) == (Stage.UNPAID, 500.0)


def test_the_unwilling_pays_nothing_and_its_grace_ends(make):
    bench = make.bench(ASLEEP | {"choice.noise": 0.0, "society.norm": 0.0}).own(bank=1e6)
    bench.set(income=0.0, discount=0.04)
    at = bench.claim(due=5000.0, stage=Stage.GRACE, months=5)
    bench.play("choice")
    assert bench.debtor().option >= Option.STALL
    assert (bench.at(at).stage, bench.at(at).able) == (Stage.UNPAID, True)
    assert bench.flow(Flow.PAID_VOLUNTARILY) == 0.0


def test_hiding_costs_once_when_it_is_taken_up(make):
    evasions = {"conceal": {"option": 6, "cost": 0.1, "hides": True}}
    bench = make.bench(
        ASLEEP | {"choice.attention": 1.0, "evasions": evasions, "choice.noise": 0.0}
    )
    bench.own(bank=1e6).set(discount=0.04)
    bench.claim(due=5000.0)
    bench.play("choice")
    assert bench.debtor().option == Option.CONCEAL
    assert bench.flow(Flow.CONCEALMENT) == pytest.approx(500.0)
    bench.play("choice")
    assert bench.flow(Flow.CONCEALMENT) == 0.0


# ---------------------------------------------------------------- ability apart from will


@pytest.mark.parametrize(
    ("own", "income", "state"),
    [
        ({}, 0.0, Ability.EMPTY),
        ({"bank": 49.0}, 0.0, Ability.EMPTY),
        ({"bank": 51.0}, 0.0, Ability.PARTLY),
        ({"realty": 899.0}, 0.0, Ability.PARTLY),
        ({"bank": 100.0, "realty": 500.0}, 150.0, Ability.INCOME_ONLY),
        ({"bank": 100.0, "realty": 800.0}, 0.0, Ability.ILLIQUID),
        ({"bank": 900.0}, 0.0, Ability.LIQUID),
    ],
)
def test_ability_is_what_could_be_paid_in_truth(make, own, income, state):
    bench = make.bench(ASLEEP).own(**own).set(income=income, discount=0.04)
    bench.claim(due=1000.0)
    bench.play("choice")
    assert bench.debtor().ability == state
    assert (bench.debtor().option == Option.UNABLE) == (state == Ability.EMPTY)


def test_hidden_assets_count_as_ability_and_the_exempt_minimum_does_not(make):
    bench = make.bench(ASLEEP).own(cash=950.0).set(discount=0.04)
    bench.claim(due=1000.0)
    bench.play("choice")
    assert bench.debtor().ability == Ability.LIQUID
    bench.set(exempt=945.0)
    bench.play("choice")
    assert bench.debtor().ability == Ability.EMPTY


HARSH = {
    "sanctions.fine_rate": 1.0,
    "sanctions.fine_amount": 36.0,
    "sanctions.detention_rate": 1.0,
    "sanctions.detention_days": 180.0,
    "sanctions.prison_rate": 1.0,
    "sanctions.prison_months": 84.0,
    "sanctions.late_interest": 0.05,
    "sanctions.listing_term": 60.0,
    "comprehensive.list_rate": 1.0,
    "comprehensive.match_rate": 1.0,
}


def test_no_sanction_moves_the_payment_of_the_empty_in_its_month(make):
    policy = {"name": "harsh", "start": 2, "set": HARSH}
    paths = {"obligations.intensity": 6.0, "economy.ruin": 0.05, "procedure.win": 1.0}
    harsh, mild = (make.village(paths, policies=p) for p in ([policy], []))
    for world in (harsh, mild):
        world.run_to(2, before="choice")
    before = harsh.simulation.debtors.rows.copy()
    # who paid a claim when it fell due, under the harsher law only, has less to choose with
    alike = (before["assets"] == mild.simulation.debtors.rows["assets"]).all(axis=1)
    paid = [w.simulation.claims.rows["received"].copy() for w in (harsh, mild)]
    for world in (harsh, mild):
        world.run_to(2, before="queueing")
    rows = harsh.simulation.debtors.rows
    empty = (rows["ability"] == Ability.EMPTY) & (rows["option"] != Option.NONE)
    assert empty.sum() > 5
    assert (rows["option"][empty] == Option.UNABLE).all()
    assert (rows["assets"][empty] == before["assets"][empty]).all()
    claims = [w.simulation.claims.rows for w in (harsh, mild)]
    assert (claims[0]["id"] == claims[1]["id"]).all()
    theirs = empty[claims[0]["debtor"]] & (claims[0]["stage"] >= Stage.UNPAID)
    assert theirs.any()
    for table, was in zip(claims, paid, strict=True):
        assert (table["received"][theirs] == was[theirs]).all()
    others = rows["option"] != mild.simulation.debtors.rows["option"]
    assert others.any()  # the same sanctions do move those who have something
    assert not (others & empty & alike).any()


def test_the_factors_of_an_option_that_nobody_wants_change_nobodys_choice(make):
    bad, worse = (
        make.village(
            {
                "obligations.intensity": 4.0,
                "evasions.resist.cost": 1.0,
                "evasions.resist.recovery": 1.0,
                "evasions.resist.listing": listing,
            }
        ).run_to(24)
        for listing in (5.0, 10.0)
    )
    options = set(bad.simulation.debtors.rows["option"].tolist())
    assert {Option.STALL, Option.CONCEAL} <= options
    assert Option.RESIST not in options
    assert make.differing(bad, worse) == []


# ---------------------------------------------------------------- the null model


def test_sanctions_do_not_change_who_pays_by_rule_of_thumb(make):
    null = {"choice.behaviour": "rule_of_thumb", "obligations.intensity": 6.0}
    policy = {"name": "harsh", "start": 2, "set": HARSH}

    # a policy is news whatever it says, so one that says next to nothing stands beside it
    news = {"name": "news", "start": 2, "set": {"sanctions.fine_amount": 1.9}}

    def payers(paths, policy):
        world = make.village(paths, policies=[policy]).run_to(2, before="queueing")
        return world.simulation.debtors.rows["option"] == Option.PAY

    assert (payers(null, policy) == payers(null, news)).all()
    weighing = null | {"choice.behaviour": "expected_utility"}
    assert (payers(weighing, policy) != payers(weighing, news)).any()


@pytest.mark.parametrize("share", [0.2, 0.65])
def test_by_rule_of_thumb_the_share_that_pays_is_given(make, share):
    paths = {"choice.behaviour": "rule_of_thumb", "choice.thumb_share": share}
    bench = make.bench(ASLEEP | paths, debtors=600)
    for row in range(600):
        bench.own(row, bank=1e5).set(row, discount=0.04)
        bench.claim(row, due=1000.0, stage=Stage.GRACE, months=5)
    bench.play("choice")
    paid = (bench.simulation.debtors.rows["option"] == Option.PAY).sum()
    assert abs(paid / 600 - share) < 5 * np.sqrt(0.25 / 600)  # five standard deviations at most
    assert bench.count(Count.GRACE_PAID) == paid


def test_the_minimum_that_is_exempt_is_not_paid_either(make):
    bench = make.bench(ASLEEP).own(bank=1000.0).set(discount=0.04, exempt=400.0, **UPRIGHT)
    bench.claim(due=5000.0)
    bench.play("choice")
    assert bench.debtor().assets[Asset.BANK] == pytest.approx(400.0)


# ---------------------------------------------------------------- news


@pytest.mark.parametrize(
    ("month", "news"), [(2, False), (3, True), (4, False), (5, True), (6, False)]
)
def test_a_policy_is_news_to_those_it_reaches_when_it_begins_and_when_it_has_ended(
    make, month, news
):
    fines = {"sanctions.fine_amount": 3.0}
    policy = {"name": "p", "start": 3, "end": 4, "districts": [1], "set": fines}
    world = make.village(policies=[policy]).run_to(month, before="new_claims")
    rows = world.simulation.debtors.rows
    reached = rows["district"] == 1
    assert rows["prompted"][reached].all() == news
    assert not rows["prompted"][~reached].all()
