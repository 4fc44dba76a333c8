"""Claims about life tables of cases."""

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter

from sim import World
from sim.books.counts import LONGEST, SPANS, Count, Span
from sim.measure.survival import life_table
from sim.terms import Ending, label

EXACT = 1e-12
"""The same counts divided in another order."""


@pytest.fixture(scope="module")
def world(make):
    paths = {"obligations.intensity": 8.0, "run.burn_in": 0, "procedure.revive": 0.2}
    return make.village(paths, events=True).run_to(40)


def test_all_cases_closed_have_ended_in_one_of_the_ways(world):
    ends = world.survival()[[f"ends_{label(e)}" for e in Ending]].to_numpy().sum()
    assert ends == world.measured.sums()[:, 0, Count.CLOSED].sum()
    for by in ("all", "kind", "size"):
        table = world.survival(by)
        known = table[table["at_risk"] > 0.0]
        whole = known["survival"] + sum(known[f"incidence_{label(e)}"] for e in Ending)
        assert whole.to_numpy() == pytest.approx(1.0, abs=EXACT)


def test_a_termination_censors_nothing_and_a_revived_case_enters_at_its_age(world):
    table = world.survival().query("at_risk > 0")
    first = table.query("proceeding == 'first'").iloc[-1]
    assert first["incidence_terminated"] > 0.1
    assert first["incidence_paid"] < 1.0 - first["incidence_terminated"] + EXACT
    # not at its birth: termination and sleep come before
    assert table.query("proceeding == 'revived'")["months"].min() > 2
    assert world.measured.sums()[:, 0, Count.REVIVED].sum() > 10


def test_a_gap_in_ages_ends_nothing():
    spans = np.zeros((SPANS, LONGEST + 1))
    spans[Span.OPEN_FIRST, [0, 3]] = [4, 1]
    spans[Span.PAID_FIRST, [0, 3]] = [1, 1]
    table = life_table(spans, False)
    assert table["survival"][:4].tolist() == pytest.approx([0.8, 0.8, 0.8, 0.4])
    assert table["survival"][4:].isna().all()
    assert table["survival_se"][0] == pytest.approx(0.8 * np.sqrt(1 / (5 * 4)))


DOCKET = {"queued", "traced", "seized", "objected", "sold"}
HOW = {"paid": "paid", "plan_completed": "settled", "terminated": "terminated"} | dict.fromkeys(
    ("insolvent", "liquidated", "discharged"), "bankrupt"
)


def proceedings(log):
    """First proceedings of a log: months of entry and end since intake, and how they end."""
    first, last = 1, int(log["month"].max())
    rows = []
    for _, steps in log.groupby("claim", sort=False):
        intake = end = None
        way = ""
        for month, stage in zip(steps["month"], steps["stage"], strict=True):
            if intake is None:
                intake = month if stage == "queued" else None
            elif stage not in DOCKET and stage != "plan":
                end, way = month, HOW.get(stage, "dropped")
                break
        if intake is None or (end is not None and end < first):
            continue
        entry = max(first, intake) - intake
        rows.append((entry, (last if end is None else end) - intake + 1, way))
    return pd.DataFrame(rows, columns=["entry", "lasted", "way"])


@pytest.fixture(scope="module")
def planned():
    """A world in which cases in enforcement end in instalment plans, burn-in included."""
    paths = {"rule_of_law.plans": 1.0, "obligations.intensity": 8.0, "run.burn_in": 24}
    return World("village", events=True, rng=3, **paths, **{"run.months": 36}).run()


def test_life_tables_are_those_that_lifelines_makes_of_the_log(planned):
    cases = proceedings(planned.transitions.frame())
    table = planned.survival().query("proceeding == 'first'").set_index("months")
    known = table[table["at_risk"] > 0.0].index
    fitted = KaplanMeierFitter().fit(cases["lasted"], cases["way"] != "", entry=cases["entry"])
    curve = fitted.survival_function_["KM_estimate"]
    expected = [float(curve[curve.index <= age + 1].iloc[-1]) for age in known]
    assert table.loc[known, "survival"].to_numpy() == pytest.approx(expected, abs=1e-9)
    # Aalen and Johansen by hand: lifelines' own jitters ties and knows no late entry.
    before = np.concatenate([[1.0], expected[:-1]])
    ends = [((cases["way"] == "settled") & (cases["lasted"] == age + 1)).sum() for age in known]
    risk = [((cases["entry"] <= age) & (cases["lasted"] > age)).sum() for age in known]
    incidence = np.cumsum(before * np.array(ends) / np.array(risk))
    assert incidence[-1] > 0.01
    assert table.loc[known, "incidence_settled"].to_numpy() == pytest.approx(incidence, abs=1e-9)


def test_ledgers_of_payers_and_evaders_lie_on_either_side(make):
    sharp = {"choice.noise": 0.0, "obligations.intensity": 4.0, "run.burn_in": 0}
    told = make.village(sharp).run_to(24).ledgers().set_index("group")
    costs = [c for c in told.columns if c not in ("breakdown", "cell", "choices", "gain")]
    nets = told[costs].sum(axis=1) - told["gain"]
    assert (told["choices"] > 20).all()
    assert nets["payers"] > 0.0 > nets["evaders"]
