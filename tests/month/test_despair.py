"""Claims about despair: broad restrictions push debtors out of the formal economy (eq. 163)."""

import pytest

from sim.agents.debtor.weigh import weigh
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.plain import view
from sim.month.decision.position import left_to_bear
from sim.terms import Ability, Option

MANY = 400
FULL = {f"comprehensive.{name}": 1.0 for name in ("procurement", "travel", "finance", "office")}
BROAD = FULL | {"comprehensive.honours": 1.0, "comprehensive.match_rate": 1.0}
QUIET = {"economy.own_shock": 0.0, "economy.common_shock": 0.0, "economy.ruin": 0.0}
QUIET |= {
    "procedure.dissipation": 0.0,
    "economy.windfall": 0.0,
    "economy.exit": 0.0,
    "sanctions.listing_income_loss": 0.0,
}
DESPAIR = {"economy.despair": 0.5, "economy.despair_floor": 0.2, "economy.informal_loss": 0.25}
EXPOSED = dict.fromkeys(("procurement", "travel", "finance", "office", "honours"), 0.2)


def listed(make, months, paths, debtors=MANY):
    """Debtors with an income of 1,000 who have been on the list for `months` months."""
    bench = make.bench(
        QUIET | {f"kinds.person.{k}": v for k, v in EXPOSED.items()} | paths, debtors=debtors
    )
    rows = slice(None)
    bench.set(rows, usual=1000.0, deviation=0.0, income=1000.0, on_list=True, listed=months)
    bench.set(rows, option=Option.STALL, ability=Ability.LIQUID, discount=0.04)
    for row in range(debtors):
        bench.claim(row, due=1e5)
    return bench.play("earning", "sanction")


def outside(bench):
    """Share of debtors who are paid in cash."""
    return float((bench.simulation.debtors.rows["assets"][:, 2] > 0.0).mean())


def test_the_share_pushed_out_grows_with_time_under_broad_restrictions(make):
    for months in (0, 1, 3):
        bench = listed(make, months, BROAD | DESPAIR)
        share = 1.0 - (1.0 - 0.5 * 0.8) ** months
        assert outside(bench) == pytest.approx(share, abs=0.08)
        assert bench.count(Count.INFORMAL_MONTHS) == MANY * outside(bench)
    narrow = dict.fromkeys(FULL, 0.2) | {"comprehensive.honours": 0.2}
    for paths in (BROAD | narrow | DESPAIR, BROAD, BROAD | DESPAIR | {"economy.despair": 0.0}):
        bench = listed(make, 24, paths)
        assert bench.totals(Count.INFORMAL_MONTHS, Flow.LISTING_LOSS) == [0.0, 0.0]


def test_who_is_pushed_out_earns_less_in_cash_is_harmed_and_does_not_respond(make):
    inside, out = (
        listed(
            make,
            12,
            BROAD | DESPAIR | {"economy.despair": rate, "comprehensive.repair_delay": 6.0},
            1,
        )
        for rate in (0.0, 1.0)
    )
    money = out.debtor().assets
    assert (out.debtor().income, money[0], money[2]) == (750.0, 0.0, 750.0)
    assert out.flow(Flow.LISTING_LOSS) == 250.0
    harm = inside.count(Count.FELT_HARM)
    assert out.count(Count.FELT_HARM) == pytest.approx(0.75 * harm + 250.0)
    costs, terms = [], []
    for bench in (inside, out):
        case = bench.deliberation()
        state = view(bench.simulation.state())
        parameters = state.parameters[0]
        at = case.position
        assert at.outside == (bench is out)
        evasion = state.traits.evasions[0]
        it = weigh(at, bench.debtor(), evasion, state.traits.kinds[0], state.levers[0], parameters)
        terms.append(it.restrictions)
        costs.append(
            left_to_bear(
                bench.debtor(), at, state.traits.kinds[0], state.levers[0], parameters.choice
            )
        )
    assert costs[0] > 0.0 == costs[1]
    assert terms[0] > 0.0 == terms[1]
