"""Claims about interest, loss while frozen, personal sanctions and the list."""

import numpy as np
import pytest

from sim.agents.debtor.belief import EXPOSED, FAIR, PUNISHED, UNFAIR, WAS_LISTED
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import Option, Stage

MANY = 600
FIVE_SD = 5 * np.sqrt(0.25 / MANY)
"""Five standard deviations of a share of 600 draws at most."""
RATES = [f"sanctions.{name}_rate" for name in ("fine", "detention", "prison")]
RATES += ["comprehensive.list_rate"]
CALM = dict.fromkeys(RATES, 0.0)


def crowd(make, paths, option):
    """Debtors in enforcement with this option; and the events of each."""
    bench = make.bench(CALM | paths, debtors=MANY)
    bench.crowd("sanction", own={"bank": 1e6}, claim={}, option=option, income=1000.0)
    return bench, bench.simulation.debtors.rows["events"]


INTEREST = CALM | {"sanctions.late_interest": 0.01}


@pytest.mark.parametrize("stage", [Stage.OVERDUE, Stage.GRACE, Stage.UNPAID, Stage.QUEUED])
@pytest.mark.parametrize(("due", "interest"), [(1500.0, 10.0), (400.0, 4.0)])
def test_late_interest_accrues_on_what_can_be_enforced_and_is_still_owed(
    make, stage, due, interest
):
    bench, claim = make.case(INTEREST, "sanction", stage=stage, due=due, principal=1000.0)
    borne = interest if stage >= Stage.UNPAID else 0.0
    assert claim.due == pytest.approx(due + borne)
    assert bench.flow(Flow.CLAIM_INTEREST) == pytest.approx(borne)


@pytest.mark.parametrize(
    ("kind", "live", "loss"), [("person", 0.0, 0.0), ("firm", 0.0, 40.0), ("firm", 0.75, 10.0)]
)
def test_frozen_goods_lose_value_and_firms_their_use_unless_it_is_left_to_them(
    make, kind, live, loss
):
    paths = CALM | {"procedure.value_decay": 0.02, "choice.freeze_loss": 0.04}
    paths |= {"rule_of_law.live_freeze": live}
    held = {"stage": Stage.SEIZED, "attached": [1000.0, 0.0, 0.0]}
    bench, claim = make.case(
        paths, "sanction", kind=kind, own={"bank": 1e6}, who={"frozen": 1000.0}, **held
    )
    assert claim.attached[0] == bench.debtor().frozen == pytest.approx(980.0)
    assert bench.totals(Flow.VALUE_DECAY, Flow.FREEZE_LOSS) == pytest.approx([20.0, loss])


@pytest.mark.parametrize("option", [Option.PAY, Option.UNABLE, Option.STALL, Option.RESIST])
@pytest.mark.parametrize("stage", [Stage.UNPAID, Stage.QUEUED])
def test_only_those_who_keep_money_back_and_are_pursued_move_it_away_and_are_listed(
    make, option, stage
):
    paths = CALM | {"procedure.dissipation": 0.1, "comprehensive.list_rate": 1.0}
    own = {"bank": 1000.0, "realty": 1000.0}
    bench, _ = make.case(paths, "sanction", own=own, who={"option": option}, stage=stage)
    gone = option >= Option.STALL and stage == Stage.QUEUED
    assert bench.flow(Flow.DISSIPATION) == (200.0 if gone else 0.0)
    assert bool(bench.debtor().events & EXPOSED) == gone
    assert option == Option.UNABLE or bench.debtor().on_list == gone


FACTORS = {Option.STALL: 1.0, Option.CONCEAL: 1.5, Option.RESIST: 4.0}


@pytest.mark.parametrize("option", FACTORS)
@pytest.mark.parametrize(("sanction", "what"), [("fine", "FINES"), ("detention", "DETENTIONS")])
def test_personal_sanctions_fall_on_evaders_by_their_conduct(make, option, sanction, what):
    bench, events = crowd(make, {f"sanctions.{sanction}_rate": 0.1}, option)
    assert abs(bench.count(Count[what]) / MANY - 0.1 * FACTORS[option]) < FIVE_SD
    assert (events & PUNISHED != 0).sum() == bench.count(Count[what])
    assert not (events & UNFAIR).any()


@pytest.mark.parametrize("option", [Option.PAY, Option.NONE])
def test_who_pays_is_not_punished(make, option):
    assert not (crowd(make, dict.fromkeys(RATES, 1.0), option)[1] & (PUNISHED | WAS_LISTED)).any()


@pytest.mark.parametrize("accuracy", [0.6, 1.0])
def test_classified_measures_and_an_accurate_list_spare_those_who_cannot_pay(make, accuracy):
    paths = {"sanctions.detention_rate": 0.5, "collaborative.target_accuracy": accuracy}
    bench, events = crowd(make, paths, Option.UNABLE)
    assert abs(bench.count(Count.DETENTIONS) / MANY - 0.5 * (1.0 - accuracy)) < FIVE_SD
    assert bench.count(Count.DETENTION_DAYS_UNABLE) == bench.count(Count.DETENTION_DAYS)
    assert ((events & UNFAIR != 0) == (events & PUNISHED != 0)).all()
    paths = {"comprehensive.list_rate": 0.6, "comprehensive.list_accuracy": accuracy}
    bench, events = crowd(make, paths, Option.UNABLE)
    assert abs(bench.count(Count.LISTINGS) / MANY - 0.6 * (1.0 - accuracy)) < FIVE_SD
    assert (events[bench.simulation.debtors.rows["on_list"]] & UNFAIR != 0).all()


def test_a_fine_is_money_and_detention_is_felt(make):
    fined, _ = crowd(make, {RATES[0]: 1.0, "sanctions.fine_amount": 2.0}, Option.STALL)
    assert fined.totals(Flow.FINE, Count.FELT_HARM) == pytest.approx([2000.0 * MANY, 0.0])
    held, _ = crowd(make, {RATES[1]: 1.0}, Option.STALL)
    felt = 15 / 30 * 1000.0 * 3.0 * MANY
    assert held.totals(Flow.FINE, Count.FELT_HARM) == pytest.approx([0.0, felt])


@pytest.mark.parametrize(
    ("option", "factor"), [(Option.STALL, 1.0), (Option.CONCEAL, 1.2), (Option.RESIST, 1.5)]
)
def test_evaders_are_listed_by_their_conduct(make, option, factor):
    bench, events = crowd(make, {"comprehensive.list_rate": 0.4}, option)
    assert abs(bench.count(Count.LISTINGS) / MANY - 0.4 * factor) < FIVE_SD
    on_list = bench.simulation.debtors.rows["on_list"]
    assert (on_list == (events & WAS_LISTED != 0)).all()
    assert (events[on_list] & FAIR != 0).all()


@pytest.mark.parametrize(("docket", "listed"), [(5, False), (6, True)])
def test_nobody_is_listed_before_the_latency_of_the_list(make, docket, listed):
    paths = {"comprehensive.list_rate": 1.0, "comprehensive.list_latency": 6.0}
    who = {"option": Option.STALL, "income": 1000.0}
    assert make.case(paths, "sanction", who=who, docket=docket)[0].debtor().on_list == listed
