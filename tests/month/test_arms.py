"""Claims about the arms race and about money that flees to where tracing does not reach."""

import pytest

from sim.books.counts import Count
from sim.terms import Asset, Option

COVER = {
    "collaborative.trace_bank": 0.9,
    "collaborative.trace_online": 0.5,
    "collaborative.trace_cash": 0.1,
    "assets.bank.hide": 0.5,
    "procedure.dissipation": 0.0,
}


def test_each_registry_learns_as_far_as_it_covers_and_concealers_learn_to_hide(make):
    paths = COVER | {"procedure.hide_learning": 0.1, "comprehensive.find_person": 1.0}
    who = {"option": Option.STALL, "ability": 4}
    phases = ("queueing", "trace", "close")
    bench, _ = make.case(paths, *phases, own={"bank": 1.0}, who=who)
    hide = bench.simulation.registries.rows["hide"]
    assert hide[Asset.BANK] == pytest.approx(0.5 - 0.1 * 0.9)
    assert hide[Asset.CASH] == pytest.approx(0.5 - 0.1 * 0.1)
    bench = make.bench(COVER | {"procedure.hide_innovation": 0.1}, debtors=2)
    bench.crowd(claim={}, option=Option.STALL).set(0, option=Option.CONCEAL).play("close")
    assert bench.simulation.registries.rows["hide"][Asset.BANK] == pytest.approx(0.55)


@pytest.mark.parametrize(("option", "moved"), [(Option.CONCEAL, 200.0), (Option.STALL, 0.0)])
def test_who_conceals_moves_money_to_the_class_traced_least(make, option, moved):
    own, paths = {"bank": 1000.0, "realty": 500.0}, COVER | {"procedure.displacement": 0.2}
    bench, _ = make.case(paths, "sanction", own=own, who={"option": option})
    assets = [bench.debtor().assets[k] for k in (Asset.BANK, Asset.CASH, Asset.REALTY)]
    assert assets == [1000.0 - moved, moved, 500.0]
    assert bench.count(Count.DISPLACED) == moved
