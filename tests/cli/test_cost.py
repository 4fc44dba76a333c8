"""Claims about ``servanda cost``."""

import json
import re

import pytest

SMALL = ("--debtors", 400, "--months", 6, "--replicates", 3, "--jobs", 1)


def test_a_package_is_told_lever_by_lever_with_its_total_and_how_sure_that_is(call):
    shown = call("cost", "rule_of_law", *SMALL)
    assert shown.exit_code == 0
    assert "mean of 3 seeds" in " ".join(shown.stdout.split())
    assert "0.5 per head" in shown.stdout
    for what in ("rule_of_law.openness", "total "):
        (line,) = (line for line in shown.stdout.splitlines() if line.startswith(what))
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
    assert "rule_of_law: costs no more than the budget at dose 1.25, the largest" in done.stderr
    assert "budget: read as 1,000,000 yuan a year per 1,000 debtors" in done.stderr
    assert re.search(r"1,000 a debtor, \d+ times what the dearest", done.stderr)
    rows = [line.split() for line in done.stdout.splitlines() if "±" in line]
    assert [row[:2] for row in rows if row[0] in {"rule_of_law", "systemic"}] == [
        ["rule_of_law", "1.25"],
        ["systemic", "1.11"],
    ]


def test_a_budget_of_a_district_is_told_in_its_own_money(call):
    words = ("--population", 800_000, "--debtors-per-1000", 250, "--budget", "50e3/year")
    done = call("cost", "rule_of_law", *SMALL, *words, "--currency", "EUR=8", "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)["rule_of_law"]
    assert told["total"]["mean"] == pytest.approx(50e3 * 8 / 200, rel=0.02)
    assert told["district"]["total"] == pytest.approx(50e3, rel=0.02)
    shown = call("cost", "rule_of_law", *SMALL, *words, "--currency", "EUR=8").stdout
    assert "800,000 adults stand for 200,000 debtors" in " ".join(shown.split())
    assert "total, EUR a year" in shown


def test_what_is_clear_has_a_mark_and_lines_fit_a_pipe(call):
    shown = call("cost", "rule_of_law", *SMALL).stdout
    (row,) = (line for line in shown.splitlines() if "rule_of_law.openness" in line)
    assert row.rstrip().endswith("*")
    assert "covers chance between seeds only" in " ".join(shown.split())
    assert all(len(line) <= 80 for line in shown.splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--budget", "3e6/year"), "needs a population"),
        (("--budget", "1e-300"), "no budget between"),
        (("--budget", "nan"), "is no sum"),
    ],
)
def test_a_budget_that_cannot_be_read_is_refused_before_anything_runs(call, words, said):
    done = call("cost", "rule_of_law", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_of_one_seed_nobody_knows_how_sure_it_is(call):
    few = ("--debtors", 400, "--months", 2, "--replicates", 1, "--jobs", 1)
    told = json.loads(call("cost", "systemic", *few, "--json").stdout)
    assert told["systemic"]["total"]["half"] is None
    assert "one seed" in call("cost", "systemic", *few).stdout


def test_a_world_without_policies_is_refused_in_one_line(call):
    done = call("cost", "village")
    assert done.exit_code == 2
    assert done.stderr.startswith("policies: village has none")
