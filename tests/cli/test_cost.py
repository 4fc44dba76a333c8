"""Claims about ``servanda cost``."""

import json

import pytest

SMALL = ("--debtors", 400, "--months", 6, "--replicates", 3, "--jobs", 1)


def test_a_package_is_told_lever_by_lever_with_its_total_and_how_sure_that_is(call):
    shown = call("cost", "rule_of_law", *SMALL)
    assert shown.exit_code == 0
    assert "Mean of 3 seeds" in shown.stdout
    assert "0.5 per head" in shown.stdout
    for what in ("rule_of_law.openness", " total "):
        (line,) = (line for line in shown.stdout.splitlines() if what in line)
        assert "±" in line
    assert "officers' pay" in shown.stdout


def test_a_budget_scales_packages_and_programs_are_told_doses_and_intervals(call):
    done = call("cost", "rule_of_law", "systemic", *SMALL, "--budget", 900, "--json")
    told = json.loads(done.stdout)
    assert list(told) == ["rule_of_law", "systemic"]
    assert all(0.0 < one["dose"] < 1.0 and one["seeds"] == 3 for one in told.values())
    assert all(one["total"]["mean"] == pytest.approx(900.0, rel=0.02) for one in told.values())
    assert all(one["total"]["half"] >= 0.0 for one in told.values())


def test_a_package_that_stays_whole_says_so(call):
    done = call("cost", "rule_of_law", "systemic", *SMALL, "--budget", 1e6)
    assert "rule_of_law: costs no more than the budget at full strength" in done.stderr
    rows = [line.split() for line in done.stdout.splitlines() if "±" in line]
    assert [row[:2] for row in rows if row[0] != "Mean"] == [
        ["rule_of_law", "1"],
        ["systemic", "1"],
    ]


def test_of_one_seed_nobody_knows_how_sure_it_is(call):
    few = ("--debtors", 400, "--months", 2, "--replicates", 1, "--jobs", 1)
    told = json.loads(call("cost", "systemic", *few, "--json").stdout)
    assert told["systemic"]["total"]["half"] is None
    assert "One seed" in call("cost", "systemic", *few).stdout


def test_a_world_without_policies_is_refused_in_one_line(call):
    done = call("cost", "village")
    assert done.exit_code == 2
    assert done.stderr.startswith("policies: village has none")
