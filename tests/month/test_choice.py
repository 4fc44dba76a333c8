"""Claims about who chooses when, what follows, and what no sanction can move."""

import numpy as np
import pytest

from sim.agents.debtor.belief import PAID_UP, RECOVERED
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import Ability, Option, Stage

ASLEEP = {"choice.attention": 0.0, "choice.event_change": 10.0}
UPRIGHT = {"conscience": 100.0, "conscience_origin": 100.0, "trust": 0.5, "discount": 0.04}
STALLING = {"option": Option.STALL, "ability": Ability.ILLIQUID, "spell": 1, "discount": 0.04}
RIPE = {"stage": Stage.GRACE, "months": 5}


def settled(make, paths=None):
    """A bench with one stalling debtor who has chosen before and has no reason to choose anew."""
    bench = make.bench(ASLEEP | (paths or {})).own(bank=1000.0, realty=1e5)
    bench.set(income=1000.0, income_then=1000.0, need=1000.0, wealth_then=1e5)
    bench.set(**UPRIGHT | STALLING).claim(due=50_000.0)
    return bench


def chose(bench):
    before = bench.debtor().renewals
    bench.play("choice")
    return bench.debtor().renewals > before


@pytest.mark.parametrize(
    ("attention", "fields", "choice"),
    [
        (0.0, {}, False),
        (1.0, {}, True),
        (0.0, {"prompted": True}, True),
        (0.0, {"income_then": 700.0}, True),
        (0.0, {"income_then": 900.0}, False),
        (0.0, {"wealth_then": 60_000.0}, True),
        (0.0, {"option": Option.UNABLE}, True),
    ],
)
def test_attention_events_and_changes_of_fortune_make_one_choose(make, attention, fields, choice):
    bench = settled(make, {"choice.event_change": 0.2, "choice.attention": attention})
    assert chose(bench.set(**{"wealth_then": 101_000.0} | fields)) == choice


def test_a_new_judgment_makes_one_choose_at_the_end_of_grace(make):
    bench = settled(make, {"procedure.grace": 3.0})
    ripe = bench.lay(due=10.0, stage=Stage.GRACE, months=1)
    assert not chose(bench)
    ripe.months = 2
    assert chose(bench)
    assert ripe.stage != Stage.GRACE


@pytest.mark.parametrize("event", [RECOVERED, PAID_UP, 0])
def test_what_befalls_a_neighbour_makes_one_choose_the_month_after(make, event):
    bench = make.bench(debtors=3)
    bench.simulation.neighbours[:] = -1
    bench.simulation.neighbours[0, 3] = 1
    bench.set(1, events=event).play("learn")
    assert [bool(bench.debtor(r).prompted) for r in (0, 2)] == [event != 0, False]


def test_a_taste_of_its_own_opens_the_first_spell_and_persists_from_choice_to_choice(make):
    bench = make.bench(ASLEEP | {"choice.attention": 1.0, "choice.noise": 0.0}, debtors=400)
    bench.crowd(own={"bank": 1000.0, "realty": 1e5}, claim={"due": 50_000.0}, discount=0.04)
    tastes = []
    rows = bench.simulation.debtors.rows
    for renewals in range(2):
        bench.play("choice")
        tastes.append(rows["taste"].copy())
        assert (rows["spell"] == 1).all()
        assert (rows["renewals"] == renewals).all()
    # the sampling error of a correlation of .8 among 400 is some .02
    assert np.corrcoef(*tastes)[0, 1] == pytest.approx(0.8, abs=0.1)
    assert tastes[1].std() == pytest.approx(1.0, abs=0.2)


def test_who_chooses_to_pay_pays_the_oldest_claim_first_and_sells_for_it(make):
    bench = make.bench(ASLEEP | {"assets.realty.own_price": 0.8, "assets.realty.own_sale": 1.0})
    bench.own(bank=300.0, realty=1000.0).set(**UPRIGHT)
    old, young = bench.lay(due=700.0), bench.lay("choice", due=500.0)
    assert bench.debtor().option == Option.PAY
    assert (old.stage, young.stage) == (Stage.PAID, Stage.QUEUED)
    assert young.due == pytest.approx(100.0)
    assert bench.totals(Flow.OWN_SALE, Flow.PAID_VOLUNTARILY) == pytest.approx([200.0, 1100.0])


def test_hiding_costs_once_when_it_is_taken_up(make):
    paths = ASLEEP | {"choice.attention": 1.0, "choice.noise": 0.0}
    paths |= {"evasions": {"conceal": {"option": 6, "cost": 0.1, "hides": True}}}
    bench, _ = make.case(paths, own={"bank": 1e6}, who={"discount": 0.04}, due=5000.0)
    for cost in (500.0, 0.0):
        bench.play("choice")
        assert bench.debtor().option == Option.CONCEAL
        assert bench.flow(Flow.CONCEALMENT) == pytest.approx(cost)


# ---------------------------------------------------------------- ability apart from will


@pytest.mark.parametrize(
    ("own", "fields", "state"),
    [
        ({"bank": 49.0}, {}, Ability.EMPTY),
        ({"bank": 51.0}, {}, Ability.PARTLY),
        ({"realty": 899.0}, {}, Ability.PARTLY),
        ({"bank": 100.0, "realty": 500.0}, {"income": 150.0}, Ability.INCOME_ONLY),
        ({"bank": 100.0, "realty": 800.0}, {}, Ability.ILLIQUID),
        ({"cash": 950.0}, {}, Ability.LIQUID),  # hidden or not
        ({"cash": 950.0}, {"exempt": 945.0}, Ability.EMPTY),
    ],
)
def test_ability_is_what_could_be_paid_in_truth(make, own, fields, state):
    bench, _ = make.case(ASLEEP, "choice", own=own, who={"discount": 0.04} | fields)
    assert bench.debtor().ability == state
    assert (bench.debtor().option == Option.UNABLE) == (state == Ability.EMPTY)


HARSH = {
    "sanctions.fine_rate": 1.0,
    "sanctions.fine_amount": 36.0,
    "sanctions.prison_rate": 1.0,
    "sanctions.prison_months": 84.0,
    "sanctions.late_interest": 0.05,
    "comprehensive.list_rate": 1.0,
}


def test_no_sanction_moves_the_payment_of_the_empty_in_its_month(make):
    policy = {"name": "harsh", "start": 2, "set": HARSH}
    paths = {"obligations.intensity": 6.0, "economy.ruin": 0.05, "procedure.win": 1.0}
    worlds = [make.village(paths, policies=p).run_to(2, before="choice") for p in ([policy], [])]
    before, others = (w.simulation.debtors.rows.copy() for w in worlds)
    # who paid a claim when it fell due, under the harsher law only, has less to choose with
    alike = (before["assets"] == others["assets"]).all(axis=1)
    paid = [w.simulation.claims.rows["received"].copy() for w in worlds]
    rows, mild = (w.run_to(2, before="queueing").simulation.debtors.rows for w in worlds)
    empty = (rows["ability"] == Ability.EMPTY) & (rows["option"] != Option.NONE)
    assert empty.sum() > 5
    assert (rows["option"][empty] == Option.UNABLE).all()
    assert (rows["assets"][empty] == before["assets"][empty]).all()
    claims = [w.simulation.claims.rows for w in worlds]
    assert (claims[0]["id"] == claims[1]["id"]).all()
    theirs = empty[claims[0]["debtor"]] & (claims[0]["stage"] >= Stage.UNPAID)
    assert theirs.any()
    for table, was in zip(claims, paid, strict=True):
        assert (table["received"][theirs] == was[theirs]).all()
    moved = rows["option"] != mild["option"]
    assert moved.any()  # the same sanctions do move those who have something
    assert not (moved & empty & alike).any()


def test_sanctions_do_not_change_who_pays_by_rule_of_thumb(make):
    # a policy is news whatever it says, so one that says next to nothing stands beside it
    harsh = {"name": "harsh", "start": 2, "set": HARSH}
    news = {"name": "news", "start": 2, "set": {"sanctions.fine_amount": 1.9}}
    for behaviour, alike in (("rule_of_thumb", True), ("expected_utility", False)):
        paths = {"choice.behaviour": behaviour, "obligations.intensity": 6.0}
        worlds = [make.village(paths, policies=[p]) for p in (harsh, news)]
        one, other = (
            w.run_to(2, before="queueing").simulation.debtors.rows["option"] == Option.PAY
            for w in worlds
        )
        assert (one == other).all() == alike


def test_by_rule_of_thumb_the_share_that_pays_is_given(make):
    paths = {"choice.behaviour": "rule_of_thumb", "choice.thumb_share": 0.2}
    bench = make.bench(ASLEEP | paths, debtors=600)
    bench.crowd("choice", own={"bank": 1e5}, claim=RIPE, discount=0.04)
    paid = (bench.simulation.debtors.rows["option"] == Option.PAY).sum()
    assert abs(paid / 600 - 0.2) < 5 * np.sqrt(0.2 * 0.8 / 600)  # five standard deviations
    assert bench.count(Count.GRACE_PAID) == paid


def test_a_policy_is_news_to_those_it_reaches_when_it_begins_and_when_it_has_ended(make):
    fines = {"sanctions.fine_amount": 3.0}
    policy = {"name": "p", "start": 3, "end": 4, "districts": [1], "set": fines}
    world = make.village(policies=[policy])
    for month in range(2, 7):
        rows = world.run_to(month, before="new_claims").simulation.debtors.rows
        reached = rows["district"] == 1
        assert rows["prompted"][reached].all() == (month in {3, 5})
        assert not rows["prompted"][~reached].all()
