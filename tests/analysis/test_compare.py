"""Claims about comparisons: price, dominance, refusals."""

import math

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.cases import cases
from sim.analysis.comparison.compare import HEADLINE, NET, PEOPLE, compare, comparison, standing
from sim.analysis.comparison.comparison_experiment import at_equal_cost
from sim.analysis.comparison.dose import TOLERANCE
from sim.analysis.paired import RESAMPLES
from sim.errors import ServandaError
from sim.runs.sweep import sweep
from tests.experiment.small import inline


def scenario(folder, name, text=""):
    """The name of a file that changes the village."""
    file = folder / f"{name}.toml"
    head = f'format = 1\ntitle = "{name}"\nextends = "village"\n'
    file.write_text(head + text, encoding="utf-8")
    return str(file)


def officers(times):
    return f'[[policies]]\nname = "more"\nscale."comprehensive.officers" = {times}\n'


def table(cost, harm, received):
    noise = 0.1 * np.random.default_rng(7).normal(size=8)
    return pd.DataFrame(
        {"public_outlay": cost + noise, "harm": harm + noise, "received": received + noise}
    )


LIKE = table(1.0, 1.0, 1.0)


def test_what_costs_and_harms_no_less_and_brings_no_more_is_beaten_but_not_by_its_equal():
    waste, good, bad = table(2.0, 1.0, 1.0), table(5.0, 1.0, 3.0), table(6.0, 2.0, 3.0)
    beaten, shares = standing({"base": LIKE, "waste": waste, "good": good, "bad": bad})
    assert beaten == {"base": (), "waste": ("base",), "good": (), "bad": ("good",)}
    assert shares == {"base": 1.0, "waste": 0.0, "good": 1.0, "bad": 0.0}
    assert standing({"a": LIKE, "b": LIKE}) == ({"a": (), "b": ()}, {"a": 1.0, "b": 1.0})


def test_the_frontier_is_as_sure_as_the_runs_are_and_unknown_without_a_measure():
    more = 0.01 + 0.1 * np.random.default_rng(8).normal(size=8)
    _, shares = standing({"a": LIKE, "b": LIKE.assign(public_outlay=LIKE["public_outlay"] + more)})
    assert 0.0 < shares["b"] < 1.0
    assert shares["b"] * RESAMPLES == pytest.approx(round(shares["b"] * RESAMPLES))
    beaten, shares = standing({"a": LIKE, "b": LIKE.assign(harm=math.nan)})
    assert beaten == {"a": (), "b": ()}
    assert all(math.isnan(share) for share in shares.values())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three small worlds, one of them the first under another name."""
    room = tmp_path_factory.mktemp("compared")
    many = "obligations.intensity = 20.0\n"  # so that the policy reaches enough in few months
    texts = {"base": many, "dear": many + officers(3.0), "same": many}
    names = [scenario(room, name, text) for name, text in texts.items()]
    asked = comparison(names, replicates=4, debtors=150, months=4)
    sweep(asked, room / "out", workers=inline)
    return room / "out"


@pytest.fixture
def found(folder):
    return sim.results(folder)


def test_a_sweep_is_compared_pair_by_pair_and_tells_whom_policies_reached(found):
    base, dear, same = compare(found)
    assert not base.differences
    assert list(dear.differences) == [*HEADLINE, NET, *PEOPLE]
    runs = found.runs.pivot_table(index="replicate", columns="point", values="public_outlay")
    cost = dear.differences["public_outlay"]
    assert cost.mean == pytest.approx((runs[1] - runs[0]).mean())
    assert cost.mean > 0.0
    assert cost.clear
    social = dear.differences["social_return"].mean
    assert dear.differences[NET].mean == pytest.approx(social + cost.mean, abs=1e-6)  # yuan
    assert all(one.mean == 0.0 or math.isnan(one.mean) for one in same.differences.values())
    assert base.beaten_by == same.beaten_by == ()
    (more,) = dear.reach
    assert (more.policy, more.replicates, more.courts, more.months) == ("more", 4, 2.0, 4.0)
    assert more.in_all == pytest.approx(4 * more.claims)
    assert more.claims >= more.cases > 0.0


def test_runs_say_how_many_cases_each_indicator_rests_on(found):
    closed = cases(found.runs, "completion")
    assert closed.sum() > 100
    assert (cases(found.runs, "harm") > closed).all()  # months of debtors
    assert cases(found.runs, "of_an_extension") is None


def test_a_price_is_told_only_where_more_is_paid_and_more_is_had(found):
    runs = found.runs = found.runs.copy()
    dear, base = runs["point"] == 1, runs[runs["point"] == 0]
    runs.loc[dear, "public_outlay"] = base["public_outlay"].to_numpy() + 30.0
    runs.loc[dear, NET] = base[NET].to_numpy() + 90.0
    assert compare(found)[1].price == pytest.approx(30.0 / 90.0)
    runs.loc[dear, NET] = base[NET].to_numpy() - 30.0
    assert compare(found)[1].price is None


def test_a_scenario_whose_policies_reached_too_few_has_no_intervals(found):
    found.reach = found.reach.assign(claims=1)
    _, dear, same = compare(found)
    assert dear.few
    assert all(math.isnan(one.low) and not one.clear for one in dear.differences.values())
    assert not same.few


def test_a_scenario_that_fails_is_told_and_the_others_are_compared(found):
    runs = found.runs = found.runs.copy()
    runs.loc[runs["point"] == 1, ["status", "error"]] = ["failed", "it broke"]
    _, dear, same = compare(found)
    assert "it broke" in dear.error
    assert not dear.differences
    assert same.differences
    for runs_left, said in (
        (runs.assign(status="failed", error="it broke"), "the baseline failed"),
        (runs[:-1], "1 of 12 runs are missing"),
    ):
        found.runs = runs_left
        with pytest.raises(ServandaError, match=said):
            compare(found)


def test_scenarios_at_equal_cost_run_at_their_doses(tmp_path):
    names = [scenario(tmp_path, f"times_{n:g}", officers(n)) for n in (2.0, 3.0)]
    asked = comparison(["village", *names], replicates=2, debtors=100, months=2)
    budget = 0.158 * 3.0 / 2.0 * 1000.0
    dosed, costs = at_equal_cost(asked, budget)
    two, three = (costs[name] for name in names)
    assert two.total.mean == pytest.approx(budget, rel=TOLERANCE)
    assert two.dose == pytest.approx(2.0 * three.dose, rel=TOLERANCE)
    sweep(dosed, tmp_path / "out", workers=inline)
    found = sim.results(tmp_path / "out")
    for one in compare(found)[1:]:
        assert 1000.0 * one.differences["public_outlay"].mean == pytest.approx(budget, rel=0.05)
        assert one.dose == costs[one.name].dose
    with pytest.raises(ServandaError, match="has no policies other than the baseline's"):
        at_equal_cost(comparison(["village", scenario(tmp_path, "same")]), 100.0)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["village", "special", "village"], "named twice"),
        (["village", "specal"], r"did you mean 'special'\?"),
        (["village", "special"], r"population\.size 10,000 against 400.*across-worlds"),
    ],
)
def test_what_cannot_be_compared_is_refused(names, said):
    with pytest.raises(ServandaError, match=said):
        comparison(names)
    asked = comparison(["village", "special"], across_worlds=True)
    assert {one["path"] for one in asked.described()["unlike"]} >= {"run.burn_in"}
