"""Claims about ``servanda cost``."""

import re

import pytest

SMALL = ("--debtors", 400, "--months", 6, "--replicates", 3, "--jobs", 1)


def test_a_package_is_shown_lever_by_lever_with_its_total_and_its_interval(call):
    done = call("cost", "rule_of_law", *SMALL)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert all(len(line) <= 80 for line in lines)
    for start in ("rule_of_law.openness", "total "):
        (line,) = (line for line in lines if line.startswith(start))
        assert "±" in line
        assert line.endswith("*") or start == "total "  # what is clear has a mark
    said = " ".join(done.stdout.split())
    for words in ("mean of 3 seeds", "0.5 per head", "officers' pay", "chance between seeds only"):
        assert words in said


def test_a_budget_scales_packages_and_programs_get_doses_and_intervals(told):
    found = told("cost", "rule_of_law", "systemic", *SMALL, "--budget", 900)
    assert list(found) == ["rule_of_law", "systemic"]
    for one in found.values():
        assert 0.0 < one["dose"] < 1.0
        assert one["seeds"] == 3
        assert one["total"]["mean"] == pytest.approx(900.0, rel=0.02)
        assert one["total"]["half"] >= 0.0


def test_a_package_that_stays_whole_says_so(call):
    done = call("cost", "rule_of_law", "systemic", *SMALL, "--budget", 1e6)
    assert "rule_of_law: costs no more than the budget at dose 1.25, the largest" in done.stderr
    assert "budget: read as 1,000,000 yuan a year per 1,000 debtors" in done.stderr
    assert re.search(r"1,000 a debtor, \d+ times what the dearest", done.stderr)
    rows = [line.split()[:2] for line in done.stdout.splitlines() if "±" in line]
    assert ["rule_of_law", "1.25"] in rows
    assert ["systemic", "1.11"] in rows


def test_a_budget_of_a_district_is_shown_in_its_own_money(told, shown):
    words = ("cost", "rule_of_law", *SMALL, "--population", 800_000, "--debtors-per-1000", 250)
    words += ("--budget", "50e3/year", "--currency", "EUR=8")
    found = told(*words)["rule_of_law"]
    assert found["total"]["mean"] == pytest.approx(50e3 * 8 / 200, rel=0.02)
    assert found["district"]["total"] == pytest.approx(50e3, rel=0.02)
    said = shown(*words)
    assert "800,000 adults stand for 200,000 debtors" in said
    assert "total, EUR a year" in said


def test_a_single_seed_gives_no_interval(told, shown):
    few = ("cost", "systemic", "--debtors", 400, "--months", 2, "--replicates", 1, "--jobs", 1)
    assert told(*few)["systemic"]["total"]["half"] is None
    assert "one seed" in shown(*few)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("rule_of_law --budget 3e6/year", "needs a population"),
        ("rule_of_law --budget 1e-300", "no budget between"),
        ("rule_of_law --budget nan", "is no sum"),
        ("village", "policies: village has none"),
    ],
)
def test_what_cannot_be_costed_is_refused_in_a_line_before_anything_runs(refused, words, said):
    assert said in refused("cost", *words.split())
