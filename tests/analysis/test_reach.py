"""Claims about the reach of a sweep's policies, and when it is too small to say anything."""

from types import SimpleNamespace

import pandas as pd
import pytest

from sim.analysis.comparison.reach import MIN_CLAIMS, few_of, most_reached, reached, too_few

COLUMNS = ["point", "replicate", "policy", "months", "courts", "debtors", "claims", "cases"]


def sweep(*rows):
    return SimpleNamespace(reach=pd.DataFrame(rows, columns=COLUMNS))


TWO = sweep(
    (0, 0, "old", 6, 2, 100, 50, 9),
    (1, 0, "old", 6, 2, 100, 50, 9),
    (1, 0, "wages", 4, 0, 0, 2, 1),
    (1, 1, "old", 6, 2, 102, 60, 9),
    (1, 1, "wages", 2, 0, 0, 1, 0),
)


def test_reach_is_a_mean_over_runs_and_claims_are_also_summed():
    old, wages = reached(TWO, 1)
    assert (old.debtors, old.claims, old.in_all) == (101.0, 55.0, 110)
    assert (wages.months, wages.claims, wages.cases, wages.replicates) == (3.0, 1.5, 0.5, 2)
    assert wages.few
    assert not old.few
    assert [one.policy for one in reached(TWO, 1, {"old"})] == ["wages"]


def test_a_scenario_has_too_few_only_where_all_its_policies_have_and_counts_where_it_has_most():
    old, wages = reached(TWO, 1)
    assert not too_few([old, wages])
    assert too_few([wages])
    assert most_reached(TWO, "old").in_all == 110


@pytest.mark.parametrize("factor", ["policies.wages", "policies.wages.dose"])
def test_factors_that_are_policies_are_told_when_they_reached_too_few(factor):
    found = few_of(TWO, [factor, "policies.old", "comprehensive.officers"])
    assert list(found) == [factor]
    assert found[factor].in_all < MIN_CLAIMS
