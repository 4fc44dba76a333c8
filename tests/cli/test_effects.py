"""Claims about ``servanda effects``: rows, the page, and what is refused before anything runs."""

import re

import pytest

SMALL = ("--scenario", "village", "--debtors", 200, "--months", 6, "--set", "run.burn_in=6")
QUICK = (*SMALL, "--replicates", 2, "--jobs", 1)
BUSY = (
    *("--scenario", "village", "--debtors", 400, "--months", 6, "--replicates", 3, "--jobs", 1),
    *("--set", "run.burn_in=6", "--set", "obligations.intensity=8"),
)
"""A world of which enough claims are reached for intervals."""
OFFICERS = "comprehensive.officers"


def test_levers_and_packs_are_rows_for_programs(told):
    rows = told("effects", OFFICERS, "--pack", "special@0.5", *QUICK)
    assert [(r["name"], r["end"], r["to"]) for r in rows] == [
        *((OFFICERS, "low", 0.0), (OFFICERS, "high", 10.0), ("special@0.5", None, None))
    ]
    measures = ["refusal", "harm", "cost", "performance", "recovery", "backlog"]
    assert all(list(r["effects"]) == measures for r in rows)
    assert all(one["pairs"] + one["dropped"] == 2 for r in rows for one in r["effects"].values())
    assert rows[1]["effects"]["cost"]["mean"] > 0.0


def test_people_see_paths_whole_units_signs_and_a_mark_at_what_is_clear(call):
    text = call("effects", OFFICERS, "special.publicity", "--biting", *BUSY).stdout
    assert all(len(line) <= 80 for line in text.splitlines())
    assert re.search(r"± \S+\*", text)
    said = " ".join(text.split())
    for words in (
        OFFICERS,
        "where sanctions.detention_rate 0.05",
        "random variation between seeds",
    ):
        assert words in said


def test_the_page_is_written_whole_and_names_its_command(call, tmp_path):
    out = tmp_path / "effects.md"
    words = ("effects", OFFICERS, "special.publicity", "--pack", "special@0.5", "--biting")
    done = call(*words, *QUICK, "--out", out)
    assert (done.exit_code, done.stdout) == (0, "")
    text = out.read_text(encoding="utf-8")
    assert "servanda effects comprehensive.officers special.publicity" in text
    assert "| `special@0.5` |" in text
    assert "{" not in text
    assert text.count(f"\n| `{OFFICERS}`") == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("comprehensive.officer", "did you mean 'comprehensive.officers'?"),
        ("--pack special@2", "'2' is not a dose"),
        ("--months 0", "months"),
        ("--out no/such/folder.md", "cannot be written"),
    ],
)
def test_what_is_wrong_is_refused_before_anything_runs(refused, monkeypatch, words, said):
    monkeypatch.setattr("sim.analysis.comparison.effects.effects", None)
    assert said in refused("effects", *words.split())
