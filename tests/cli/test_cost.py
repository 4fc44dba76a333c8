"""Claims about ``servanda cost``."""

import json

SMALL = ("--debtors", 400, "--months", 6)


def test_a_package_is_told_lever_by_lever_with_its_total(call):
    shown = call("cost", "rule_of_law", *SMALL)
    assert shown.exit_code == 0
    assert "rule_of_law.openness" in shown.stdout
    assert "0.5 per head" in shown.stdout
    assert "officers' pay" in shown.stdout
    assert "total" in shown.stdout


def test_a_budget_scales_packages_and_json_tells_the_doses(call):
    told = json.loads(
        call("cost", "rule_of_law", "at_source", *SMALL, "--budget", 500, "--json").stdout
    )
    assert list(told) == ["rule_of_law", "at_source"]
    assert all(0.0 < one["dose"] < 1.0 for one in told.values())
    assert all(abs(one["total"] - 500.0) < 60.0 for one in told.values())


def test_a_world_without_policies_is_refused_in_one_line(call):
    done = call("cost", "village")
    assert done.exit_code == 2
    assert done.stderr.startswith("policies: this scenario has none")
