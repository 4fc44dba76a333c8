"""Claims about ``servanda cost``."""

import pytest

SMALL = ("--debtors", 600, "--months", 6, "--replicates", 3, "--jobs", 1)


def test_a_package_is_shown_lever_by_lever_with_its_total_and_its_interval(call):
    done = call("cost", "rule_of_law", *SMALL)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert all(len(line) <= 80 for line in lines)
    for start in ("rule_of_law.openness", "total "):
        (line,) = (line for line in lines if line.startswith(start))
        assert "±" in line
        assert line.endswith("*") or start == "total "  # what is clear has a mark
    assert "random variation between seeds" in " ".join(done.stdout.split())


def test_a_budget_of_a_district_is_shown_in_its_own_money(told, shown):
    words = ("cost", "rule_of_law", *SMALL, "--population", 800_000, "--debtors-per-1000", 250)
    words += ("--budget", "50e3/year", "--currency", "EUR=8")
    found = told(*words)["rule_of_law"]
    assert found["total"]["mean"] == pytest.approx(50e3 * 8 / 200, rel=0.02)
    assert found["district"]["total"] == pytest.approx(50e3, rel=0.02)
    assert "total, EUR a year" in shown(*words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("rule_of_law --budget 3e6/year", "needs a population"),
        ("rule_of_law --budget nan", "is not a sum"),
        ("village", "policies: village has none"),
    ],
)
def test_what_cannot_be_costed_is_refused_in_a_line_before_anything_runs(refused, words, said):
    assert said in refused("cost", *words.split())
