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

# ---------------------------------------------------------------- dominance


def table(cost, harm, received):
    noise = 0.1 * np.random.default_rng(7).normal(size=8)
    return pd.DataFrame(
        {"public_outlay": cost + noise, "harm": harm + noise, "received": received + noise}
    )


def test_what_costs_and_harms_no_less_and_brings_no_more_is_beaten():
    beaten, shares = standing(
        {
            "base": table(1.0, 1.0, 1.0),
            "waste": table(2.0, 1.0, 1.0),
            "dear but good": table(5.0, 1.0, 3.0),
            "bad": table(6.0, 2.0, 3.0),
        }
    )
    assert beaten == {
        "base": (),
        "waste": ("base",),
        "dear but good": (),
        "bad": ("dear but good",),
    }
    assert shares == {"base": 1.0, "waste": 0.0, "dear but good": 1.0, "bad": 0.0}


def test_equals_do_not_beat_each_other():
    beaten, shares = standing({"a": table(1.0, 1.0, 1.0), "b": table(1.0, 1.0, 1.0)})
    assert set(beaten.values()) == {()}
    assert set(shares.values()) == {1.0}


def test_the_frontier_is_as_sure_as_the_runs_are():
    near = table(1.0, 1.0, 1.0)
    near["public_outlay"] += 0.01 + 0.1 * np.random.default_rng(8).normal(size=8)
    _, shares = standing({"a": table(1.0, 1.0, 1.0), "b": near})
    assert 0.0 < shares["b"] < 1.0
    assert shares["b"] * RESAMPLES == pytest.approx(round(shares["b"] * RESAMPLES))


def test_without_a_measure_there_is_no_frontier():
    lost = table(1.0, 1.0, 1.0).assign(harm=math.nan)
    beaten, shares = standing({"a": table(1.0, 1.0, 1.0), "b": lost})
    assert beaten == {"a": (), "b": ()}
    assert all(math.isnan(share) for share in shares.values())


# ---------------------------------------------------------------- a sweep


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """Three small worlds, one of them the first under another name."""
    room = tmp_path_factory.mktemp("compared")
    base, dear = room / "base.toml", room / "dear.toml"
    # Many claims, so that the policy reaches enough of them in few months.
    head = 'format = 1\ntitle = "{}"\nextends = "village"\nobligations.intensity = 20.0\n'
    base.write_text(head.format("Base"), encoding="utf-8")
    moves = '[[policies]]\nname = "more"\n[policies.scale]\n"comprehensive.officers" = 3.0\n'
    dear.write_text(head.format("Dear") + moves, encoding="utf-8")
    same = room / "same.toml"
    same.write_text(head.format("Same"), encoding="utf-8")
    asked = comparison([str(base), str(dear), str(same)], replicates=4, debtors=150, months=4)
    sweep(asked, room / "out", workers=inline)
    return asked, room / "out"


def test_a_sweep_is_compared_pair_by_pair(swept):
    _, folder = swept
    found = sim.results(folder)
    base, dear, same = compare(found)
    assert not base.differences
    assert list(dear.differences) == [*HEADLINE, NET, *PEOPLE]
    runs = found.runs.pivot_table(index="replicate", columns="point", values="public_outlay")
    cost = dear.differences["public_outlay"]
    assert cost.mean == pytest.approx((runs[1] - runs[0]).mean())
    assert cost.mean > 0.0
    assert cost.clear
    assert all(one.mean == 0.0 or math.isnan(one.mean) for one in same.differences.values())
    assert base.beaten_by == same.beaten_by == ()


def test_runs_say_how_many_cases_each_indicator_rests_on(swept):
    _, folder = swept
    found = sim.results(folder)
    closed = cases(found.runs, "completion")
    assert (closed > 0).all()
    assert (cases(found.runs, "recovery") == closed).all()
    assert (cases(found.runs, "harm") > closed).all()  # months of debtors
    assert cases(found.runs, "of_an_extension") is None
    assert cases(found.runs.drop(columns="cases_behind"), "completion") is None


def test_money_received_net_is_the_social_return_without_the_publics_cost(swept):
    _, folder = swept
    told = compare(sim.results(folder))[1].differences
    social, cost = told["social_return"].mean, told["public_outlay"].mean
    assert told[NET].mean == pytest.approx(social + cost, abs=1e-6)  # yuan


def test_a_price_is_told_only_where_more_is_paid_and_more_is_had(swept, monkeypatch):
    _, folder = swept
    found = sim.results(folder)
    runs = found.runs.copy()
    dear = runs["point"] == 1
    base = runs[runs["point"] == 0]
    runs.loc[dear, "public_outlay"] = base["public_outlay"].to_numpy() + 30.0
    runs.loc[dear, NET] = base[NET].to_numpy() + 90.0
    found.runs = runs
    assert compare(found)[1].price == pytest.approx(30.0 / 90.0)
    runs.loc[dear, NET] = base[NET].to_numpy() - 30.0
    assert compare(found)[1].price is None


def test_each_scenario_tells_whom_its_policies_reached(swept):
    _, folder = swept
    base, dear, same = compare(sim.results(folder))
    (more,) = dear.reach
    assert (more.policy, more.replicates, more.courts, more.months) == ("more", 4, 2.0, 4.0)
    assert more.in_all == pytest.approx(4 * more.claims)
    assert more.claims >= more.cases > 0.0
    assert base.reach == same.reach == ()
    assert not any(one.few for one in (base, dear, same))


def test_a_scenario_whose_policies_reached_too_few_has_no_intervals(swept):
    _, folder = swept
    found = sim.results(folder)
    found.reach = found.reach.assign(claims=1)
    _, dear, same = compare(found)
    assert dear.few
    assert all(math.isnan(one.low) and not one.clear for one in dear.differences.values())
    assert dear.price is None
    assert math.isnan(dear.frontier)
    assert not same.few


def test_other_worlds_are_refused_unless_asked_for():
    with pytest.raises(ServandaError, match=r"population\.size 10,000 against 400.*across-worlds"):
        comparison(["village", "special"])
    asked = comparison(["village", "special"], across_worlds=True)
    assert {one["path"] for one in asked.described()["unlike"]} >= {"run.burn_in"}


def test_scenarios_at_equal_cost_run_at_their_doses(tmp_path):
    for name, more in (("two", 2.0), ("three", 3.0)):
        text = f'format = 1\ntitle = "T"\nextends = "village"\n[[policies]]\nname = "{name}"\n'
        moves = f'[policies.scale]\n"comprehensive.officers" = {more}\n'
        (tmp_path / f"{name}.toml").write_text(text + moves, encoding="utf-8")
    names = ["village", *(str(tmp_path / f"{name}.toml") for name in ("two", "three"))]
    asked = comparison(names, replicates=2, debtors=100, months=2)
    seen = []
    budget = 0.158 * 3.0 / 2.0 * 1000.0
    dosed, costs = at_equal_cost(asked, lambda cases: seen.append(cases) or budget)
    assert seen
    two, three = (costs[name] for name in names[1:])
    assert two.total.mean == pytest.approx(budget, rel=TOLERANCE)
    assert two.dose == pytest.approx(2.0 * three.dose, rel=TOLERANCE)
    sweep(dosed, tmp_path / "out", workers=inline)
    found = sim.results(tmp_path / "out")
    assert [*found.points["dose"]] == [1.0, two.dose, three.dose]
    for one in compare(found)[1:]:
        assert 1000.0 * one.differences["public_outlay"].mean == pytest.approx(budget, rel=0.05)
        assert one.dose == costs[one.name].dose


def test_a_budget_pays_for_no_scenario_without_policies(tmp_path):
    same = tmp_path / "same.toml"
    same.write_text('format = 1\ntitle = "T"\nextends = "village"\n', encoding="utf-8")
    with pytest.raises(ServandaError, match="has no policies other than the baseline's"):
        at_equal_cost(comparison(["village", str(same)]), 100.0)


def test_a_scenario_that_fails_is_told_and_the_others_are_compared(swept):
    _, folder = swept
    found = sim.results(folder)
    runs = found.runs.copy()
    runs.loc[runs["point"] == 1, ["status", "error"]] = ["failed", "it broke"]
    found.runs = runs
    _, dear, same = compare(found)
    assert "it broke" in dear.error
    assert not dear.differences
    assert same.differences
    runs.loc[runs["point"] == 0, ["status", "error"]] = ["failed", "it broke"]
    with pytest.raises(ServandaError, match="the baseline failed"):
        compare(found)
    found.runs = runs[:-1]
    with pytest.raises(ServandaError, match="1 of 12 runs are missing"):
        compare(found)


def test_runs_that_are_kept_are_not_done_again(swept):
    asked, folder = swept
    # The baseline under two names runs once.
    assert sweep(asked, folder, workers=inline)[1:3] == (8, 0)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["village"], "cannot be compared"),
        (["village", "special", "village"], "named twice"),
        (["village", "specal"], "did you mean 'special'?"),
    ],
)
def test_what_cannot_be_compared_is_refused(names, said):
    with pytest.raises(ServandaError, match=said.replace("?", r"\?")):
        comparison(names)
