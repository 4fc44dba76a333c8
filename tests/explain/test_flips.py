"""Claims about what would change a debtor's mind."""

import pickle

import pytest

from sim import World
from sim.engine.plain import view
from sim.explain import explain
from sim.explain.flips import flips
from sim.explain.words import change
from sim.measure.chooser import Chooser
from sim.month.decision.deliberation import Prompt

MONTH = 12


@pytest.fixture(scope="module")
def stopped():
    """A world just before its debtors choose, pickled."""
    it = World("china_2016", **{"run.seed": 1, "population.size": 2000})
    return pickle.dumps(it.run_to(MONTH, before="choice"))


@pytest.fixture(scope="module")
def table(stopped):
    """A table of levers that the `choosers` read."""
    return pickle.loads(stopped).simulation.levers.copy()


@pytest.fixture(scope="module")
def choosers(stopped, table):
    """The debtors that have something to weigh, by id."""
    state = view(pickle.loads(stopped).simulation.state()._replace(levers=table))
    every = (Chooser(state, k) for k in range(len(state.by_debtor.owners)))
    return {one.debtor.id: one for one in every if one.weighs}


@pytest.fixture(scope="module")
def found(choosers, table):
    """What would change the minds of the first debtors who choose this month."""
    untouched = table.tobytes()
    choosing = [who for who, one in choosers.items() if one.prompt != Prompt.NONE][:10]
    made = {who: flips(choosers[who], table) for who in choosing}
    assert table.tobytes() == untouched
    return made


def decision(stopped, debtor, *levers, back=None):
    """Whether a debtor is honest, and what it does, in a world with levers at the values found.

    `back` is a lever whose value is moved nearer to today's by a hundredth of its range.
    """
    world = pickle.loads(stopped)
    for flip in levers:
        at = flip.at
        if flip is back:
            step = 0.01 * (flip.high - flip.low)
            at = max(flip.now, at - step) if at > flip.now else min(flip.now, at + step)
        mode, name = flip.lever.split(".")
        world.simulation.levers[mode][name] = at
    said = explain(world, MONTH, debtor, pair=False)
    assert said.outcome == said.decision  # the compiled phase does the same
    return said.weighing.honest, said.decision


@pytest.mark.parametrize("honest", [True, False])
def test_a_lever_at_the_value_found_changes_the_decision_and_nearer_to_today_s_does_not(
    stopped, found, honest
):
    who, it = next((who, it) for who, it in found.items() if it.honest == honest and it.alone)
    for flip in (it.alone[0], it.alone[-1]):
        assert decision(stopped, who, flip) == (not honest, flip.then)
        assert decision(stopped, who, flip, back=flip)[0] == honest
        assert flip.share == pytest.approx(abs(flip.at - flip.now) / (flip.high - flip.low))
    assert [one.share for one in it.alone] == sorted(one.share for one in it.alone)


def test_a_pair_changes_a_decision_that_neither_of_its_levers_changes(stopped, found):
    who, it = next((who, it) for who, it in found.items() if not it.alone and it.pair)
    first, second = it.pair.levers
    assert decision(stopped, who, first, second) == (not it.honest, it.pair.then)
    for lever in (first, second):
        assert decision(stopped, who, lever)[0] == it.honest
        assert decision(stopped, who, first, second, back=lever)[0] == it.honest
    assert it.pair.share == pytest.approx(first.share + second.share)


def test_a_lever_that_never_changes_the_decision_does_not_at_any_of_many_values(
    choosers, table, found
):
    who, it = next((who, it) for who, it in found.items() if it.never and it.alone)
    chooser = choosers[who]
    for flip in it.never:
        mode, name = flip.lever.split(".")
        for part in range(51):
            table[mode][name] = flip.low + part / 50 * (flip.high - flip.low)
            assert chooser.prefers_honesty(chooser.deliberation()) == it.honest
        table[mode][name] = flip.now


def test_the_search_is_on_the_decision_and_not_on_the_bargain(choosers, table):
    """One who evades although honesty is the better bargain is not moved by a worse bargain."""
    torn = [one for one in choosers.values() if one.balance().net > 0.0]
    torn = [one for one in torn if not one.prefers_honesty(one.deliberation())]
    moved = [(one, flips(one, table, pair=False)) for one in torn]
    assert any(it.alone for _, it in moved)
    for one, it in moved:
        for flip in it.alone:
            mode, name = flip.lever.split(".")
            table[mode][name] = flip.at
            assert one.prefers_honesty(one.deliberation())
            table[mode][name] = flip.now


def test_the_sentence_names_levers_values_and_what_it_would_do_then(stopped, found):
    who, it = next((who, it) for who, it in found.items() if it.honest and it.alone)
    said = change(explain(pickle.loads(stopped), MONTH, who))
    flip = it.alone[0]
    assert f"{flip.lever} from {flip.now:.6g} to {flip.at:.6g} ({flip.unit})" in said
    assert "pair" not in said  # one lever is enough
    who, it = next((who, it) for who, it in found.items() if not it.alone and it.pair)
    said = change(explain(pickle.loads(stopped), MONTH, who))
    assert f"no single one of {it.levers} levers would" in said
    assert "The smallest pair found: " in said


def test_today_s_value_is_the_one_that_applies_to_the_debtor():
    """A policy in one district: elsewhere the lever starts from another value."""
    fees = {"name": "fees", "districts": [1], "set": {"sanctions.enforcement_fee": 0.05}}
    setup = {"run.seed": 1, "population.size": 2000}
    world = World({"extends": "china_2016", "policies": [fees]}, **setup)
    world.run_to(MONTH, before="choice")
    table = world.simulation.levers.copy()
    state = view(world.simulation.state()._replace(levers=table))
    choosers = (Chooser(state, k) for k in range(len(state.by_debtor.owners)))
    now = {}
    for one in (one for one in choosers if one.weighs and one.debtor.district not in now):
        said = flips(one, table, pair=False)
        for flip in (*said.alone, *said.never):
            if flip.lever == "sanctions.enforcement_fee":
                now[one.debtor.district] = flip.now
    usual = now[0]
    assert usual != 0.05
    assert now == {0: usual, 1: 0.05, 2: usual, 3: usual}
