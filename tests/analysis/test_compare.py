"""Claims about comparisons: pairs, intervals, savings, price, dominance, refusals."""

import math

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.compare import (
    HEADLINE,
    NET,
    RESAMPLES,
    compare,
    comparison,
    difference,
    interval,
    needed,
    standing,
)
from sim.analysis.pairs import effect
from sim.errors import ServandaError
from sim.experiment.sweep import sweep
from tests.experiment.small import inline

DRAWS = np.random.default_rng(4)
NOISE = DRAWS.normal(size=30)
GAPS = 0.2 + 0.05 * DRAWS.normal(size=30)


# ---------------------------------------------------------------- differences


def test_a_difference_is_the_mean_of_pairs_and_its_interval_that_of_student_nearly():
    found = difference(10.0 + NOISE + GAPS, 10.0 + NOISE)
    student = effect((gap, 0.0) for gap in GAPS)
    assert found.mean == pytest.approx(GAPS.mean())
    assert found.base == pytest.approx(10.0 + NOISE.mean())
    assert found.high - found.low == pytest.approx(2.0 * student.half, rel=0.15)
    assert found.low < found.mean < found.high
    assert found.clear
    assert (found.pairs, found.dropped) == (30, 0)


def test_common_draws_save_what_the_pairs_share_and_nothing_where_they_share_nothing():
    shared = difference(NOISE + GAPS, NOISE)
    apart = (NOISE + GAPS).var(ddof=1) + NOISE.var(ddof=1)
    assert shared.saved == pytest.approx(1.0 - GAPS.var(ddof=1) / apart)
    assert shared.saved > 0.99
    other = np.random.default_rng(5).normal(size=4000)
    assert difference(other[:2000], other[2000:]).saved == pytest.approx(0.0, abs=0.05)
    assert difference(-NOISE, NOISE).saved == pytest.approx(-1.0)
    assert math.isnan(difference(np.full(3, 2.0), np.ones(3)).saved)


def test_what_never_varies_has_an_interval_of_no_width():
    found = difference(NOISE + 0.0, NOISE)
    assert (found.mean, found.low, found.high, found.clear) == (0.0, 0.0, 0.0, False)
    assert found.needed == 2


def test_a_measure_that_is_missing_in_one_run_costs_its_pair():
    one, base = NOISE + GAPS, NOISE.copy()
    one[0], base[1] = math.nan, math.nan
    found = difference(one, base)
    assert (found.pairs, found.dropped) == (28, 2)
    assert found.mean == pytest.approx(GAPS[2:].mean())
    nothing = difference(np.full(3, math.nan), np.ones(3))
    assert (nothing.pairs, nothing.dropped, nothing.needed) == (0, 3, None)
    assert math.isnan(nothing.mean)
    alone = difference(np.array([3.0]), np.array([1.0]))
    assert alone.mean == 2.0
    assert math.isnan(alone.low)
    assert not alone.clear


def test_the_same_runs_give_the_same_interval_and_few_runs_give_one_too():
    assert interval(GAPS) == interval(GAPS)
    low, high = interval(np.array([1.0, 2.0]))
    assert 1.0 <= low < high <= 2.0
    skewed = np.exp(2.0 * NOISE)
    low, high = interval(skewed)
    assert high - skewed.mean() > skewed.mean() - low


def test_as_many_replicates_are_needed_as_make_the_interval_narrow_enough():
    few = needed(1.0, 0.5)
    halves = [effect(zip(_spread(n), np.zeros(n), strict=True)).half for n in (few - 1, few)]
    assert halves[0] > 0.5 >= halves[1]
    assert needed(1.0, 0.05) == pytest.approx((1.96 / 0.05) ** 2, rel=0.01)
    assert needed(1.0, 0.0) is None
    assert needed(0.0, 0.0) == 2
    assert needed(1.0, 1e-9) is None


def _spread(n):
    """Values whose standard deviation is 1."""
    values = np.arange(n, dtype=float)
    return values / values.std(ddof=1)


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
    dear = room / "dear.toml"
    head = 'format = 1\ntitle = "{}"\nextends = "village"\n'
    moves = '[[policies]]\nname = "more"\n[policies.scale]\n"comprehensive.officers" = 3.0\n'
    dear.write_text(head.format("Dear") + moves, encoding="utf-8")
    same = room / "same.toml"
    same.write_text(head.format("Same"), encoding="utf-8")
    asked = comparison(["village", str(dear), str(same)], replicates=4, debtors=150, months=4)
    sweep(asked, room / "out", crew=inline)
    return asked, room / "out"


def test_a_sweep_is_compared_pair_by_pair(swept):
    _, folder = swept
    found = sim.results(folder)
    base, dear, same = compare(found)
    assert not base.differences
    assert list(dear.differences) == [*HEADLINE, NET]
    runs = found.runs.pivot_table(index="replicate", columns="point", values="public_outlay")
    cost = dear.differences["public_outlay"]
    assert cost.mean == pytest.approx((runs[1] - runs[0]).mean())
    assert cost.mean > 0.0
    assert cost.clear
    assert all(one.mean == 0.0 or math.isnan(one.mean) for one in same.differences.values())
    assert base.beaten_by == same.beaten_by == ()


def test_money_received_net_is_welfare_without_the_publics_cost(swept):
    _, folder = swept
    told = compare(sim.results(folder))[1].differences
    welfare, cost = told["welfare"].mean, told["public_outlay"].mean
    assert told[NET].mean == pytest.approx(12.0 * welfare + cost)


def test_a_price_is_told_only_where_more_is_paid_and_more_is_had(swept, monkeypatch):
    _, folder = swept
    found = sim.results(folder)
    runs = found.runs.copy()
    dear = runs["point"] == 1
    base = runs[runs["point"] == 0]
    runs.loc[dear, "public_outlay"] = base["public_outlay"].to_numpy() + 30.0
    runs.loc[dear, "welfare"] = base["welfare"].to_numpy() + 5.0
    found.runs = runs
    assert compare(found)[1].price == pytest.approx(30.0 / (12.0 * 5.0 + 30.0))
    runs.loc[dear, "welfare"] = base["welfare"].to_numpy() - 5.0
    assert compare(found)[1].price is None


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
    assert sweep(asked, folder, crew=inline)[1:3] == (12, 0)


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
