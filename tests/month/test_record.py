"""Claims about restrictions that outlast performance, and about what moves a credit score."""

import pytest

from sim.agents.debtor.score import NEUTRAL, faded
from sim.agents.debtor.weigh import breadth, felt_restriction
from sim.books.counts import Count
from sim.engine.plain import view
from sim.terms import Ability, Domain, Option, Stage

UPRIGHT = {"conscience": 100.0, "conscience_origin": 100.0, "trust": 0.5, "discount": 0.04}
CALM = {"comprehensive.list_rate": 0.0, "choice.attention": 0.0}
LISTED = {"option": Option.STALL, "ability": Ability.LIQUID, "on_list": True, "listed": 3}
MONTH = ("choice", "sanction", "leaving", "learn")


def payer(make, delay, *, term=24.0, paths=None, **fields):
    """A debtor on the list who has the money and pays this month."""
    levers = {"comprehensive.repair_delay": delay, "sanctions.listing_term": term}
    who = LISTED | UPRIGHT | {"option": Option.PAY, "income": 1.0} | fields
    return make.case(CALM | levers | (paths or {}), own={"bank": 5000.0}, who=who)[0]


def month(bench):
    bench.play(*MONTH)
    bench.simulation.retire_claims()


def felt(bench, months):
    """What restrictions are worth, month by month, to one on the list for three months."""
    state = view(bench.simulation.state())
    share, choice = breadth(state.traits.kinds[0], state.levers[0]), state.parameters[0].choice
    return [felt_restriction(share, 3 + k, choice) for k in range(months)]


@pytest.mark.parametrize(
    ("delay", "term", "on_list", "months"),
    [(6, 24, True, 6), (24, 24, True, 21), (24, 24, False, 0)],
)
def test_who_performs_bears_restrictions_until_the_delay_or_the_term_is_over(
    make, delay, term, on_list, months
):
    bench = payer(make, delay, term=term, on_list=on_list, listed=3 * on_list)
    served, harm, performed = 0.0, 0.0, []
    while not performed or bench.debtor().on_list:
        assert len(performed) <= months
        month(bench)
        served += bench.count(Count.RESTRICTION_MONTHS)
        harm += bench.count(Count.FELT_HARM)
        performed.append(bench.count(Count.LISTED_PAID))
    assert (served, harm) == (months, pytest.approx(sum(felt(bench, months))))
    assert (bench.debtor().listed, bench.debtor().repair) == (0, 0)
    assert bench.count(Count.DELISTED_PAID) == on_list
    # performance is counted when it happens and not when the wait is over
    assert performed == [float(on_list)] + [0.0] * (len(performed) - 1)


def test_the_debtor_foresees_the_restrictions_that_it_bears(make):
    bench = payer(make, 9.0, paths={"rule_of_law.plans": 0.0}, income=1000.0).play()
    expected = sum(1000.0 * f / 1.04**k for k, f in enumerate(felt(bench, 9)))
    assert bench.deliberation().way.cost == pytest.approx(expected)


# ---------------------------------------------------------------- score

KEPT = {"at_source.credit_reporting": 1.0}


@pytest.mark.parametrize(
    ("paths", "conscience", "moved"), [(KEPT, 100.0, 5), (KEPT, -100.0, -25), ({}, -100.0, 0)]
)
def test_a_score_rises_with_performance_in_time_and_falls_with_refusal(
    make, paths, conscience, moved
):
    who = {"conscience": conscience, "trust": 0.5, "discount": 0.04, "income": 1000.0}
    claim = {"stage": Stage.DUE, "domain": Domain.TRADE}
    paths = paths | {"domains.trade.disputed": 0.0}
    bench, _ = make.case(paths, "performing", own={"bank": 50_000.0}, who=who, **claim)
    assert bench.debtor().score == NEUTRAL + moved


def test_a_judgment_unpaid_as_grace_ends_and_an_entry_on_the_list_are_on_record(make):
    paths = KEPT | {"comprehensive.list_rate": 1.0}
    bench, _ = make.case(paths, "choice", stage=Stage.GRACE, months=1)
    assert bench.debtor().score == NEUTRAL - 15  # it could not pay: a default all the same
    bench, _ = make.case(paths, "sanction", who={"option": Option.STALL, "income": 1000.0})
    assert bench.debtor().score == 0


@pytest.mark.parametrize(("option", "fades"), [(Option.NONE, True), (Option.STALL, False)])
def test_nothing_is_forgotten_while_a_debtor_evades(make, option, fades):
    bench = make.bench(KEPT | {"at_source.report_memory": 10.0}).set(option=option, score=0)
    for _ in range(10):
        bench.play("learn")
    assert (bench.debtor().score == NEUTRAL) == fades


@pytest.mark.parametrize(
    ("share", "on_list", "wait", "repaired"),
    [(0.5, False, 1, 30), (0.5, True, 6, 31), (1.0, False, 1, NEUTRAL), (1.0, True, 6, NEUTRAL)],
)
def test_performance_repairs_credit_at_once_or_when_the_wait_is_over(
    make, share, on_list, wait, repaired
):
    paths = KEPT | {"comprehensive.credit_repair": share, "at_source.report_memory": 120.0}
    bench = payer(make, 6.0, paths=paths, on_list=on_list, listed=0, score=10)
    score = 10
    for _ in range(wait):
        assert bench.debtor().score == score
        month(bench)
        score = faded(score, bench.simulation.month, 120.0)
    # a score of 10 fades to 12 in the months before the last; repair closes half of the gap or all
    assert bench.debtor().score == repaired
