"""Claims about ``servanda sensitivity`` and ``servanda discover``: what they show and refuse."""

import csv
import io
import json
import math
import re

import pytest

from sim.cli.analyse.sensitivity import spread
from sim.experiment.reading.file import load_experiment
from tests.analysis.filled import filled

OFFICERS, NOISE = "comprehensive.officers", "choice.noise"
FACTORS = {
    OFFICERS: {"low": 0.04, "high": 0.16, "scale": "log", "title": "Officers"},
    NOISE: {"low": 0.1, "high": 0.2},
    "scenario": {"values": ["village", "special"], "title": "World"},
}


def made(folder, design, answer, factors=(OFFICERS, NOISE), **more):
    told = {name: FACTORS[name] for name in factors}
    asked = {"base": "village", "replicates": 2, "design": design, "factors": told}
    filled(folder, load_experiment(asked), answer, **more)
    return folder


def answer(row, replicate):
    few = row[OFFICERS] < 0.08 and row.get("scenario") != "special"
    return {"recovery": 0.1 if few else 0.9, "harm": 100 * row[NOISE] + replicate, "backlog": 1.0}


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    design = {"kind": "morris", "trajectories": 10}
    return made(tmp_path_factory.mktemp("morris"), design, answer)


@pytest.fixture(scope="module")
def cube(tmp_path_factory):
    design = {"kind": "latin_hypercube", "points": 120}
    return made(tmp_path_factory.mktemp("cube"), design, answer, tuple(FACTORS))


# ---------------------------------------------------------------- sensitivity


def test_people_see_factors_by_title_the_strongest_first_with_intervals(call, paths):
    done = call("sensitivity", paths, "--measure", "harm")
    assert done.exit_code == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "harm"
    assert "elementary effects (Morris), 30 points × 2" in lines[1]
    assert "0% of the variance due to chance" in " ".join(map(str.strip, lines))
    heads = next(place for place, line in enumerate(lines) if "μ*" in line)
    for head in ("μ*", "μ", "σ", "by chance"):
        assert head in lines[heads]
    one, two = lines[heads + 2 : heads + 4]
    assert one.split()[:2] == ["10", "*"]
    assert one.endswith(NOISE)
    assert two.endswith("Officers")
    assert max(map(len, lines)) <= 80
    assert "exceeds once in twenty" in done.stdout


def test_tiny_indices_stand_in_columns_of_their_own(call, tmp_path):
    factors = (OFFICERS, NOISE)

    def tiny(row, replicate):
        return {"recovery": row[OFFICERS] + 1e-6 * row[NOISE] ** 2 + 1e-9 * replicate * row[NOISE]}

    made(tmp_path, {"kind": "sobol", "samples": 16}, tiny, factors)
    lines = call("sensitivity", tmp_path).stdout.splitlines()
    row = next(line for line in lines if line.endswith(NOISE))
    index, _, rest = row.partition(" ± ")
    assert float(index.strip().replace("−", "-")) < 1e-9
    assert re.fullmatch(r"\S+( \*)? {2,}\S+ ± \S+ {2,}\S+ +choice\.noise", rest), row


@pytest.mark.parametrize(
    ("value", "half", "told"),
    [
        (0.1234, 0.056, "0.123 ± 0.056"),
        (1234.5, 67.0, "1,234 ± 67"),
        (-3e-9, 1.2e-9, "−3.0e−09 ± 1.2e−09"),
        (2.6544, 1e-13, "2.65"),
        (0.0, 0.0, "0"),
        (1.0, math.nan, "1"),
    ],
)
def test_a_number_and_its_interval_are_written_in_as_many_digits_as_they_have(value, half, told):
    assert spread(value, half) == told


def test_convergence_is_shown_and_told_to_programs(call, paths):
    shown = call("sensitivity", paths, "--measure", "harm", "--convergence")
    assert shown.exit_code == 0, shown.stderr
    assert "harm: μ* of the first …" in shown.stdout
    assert "settled: from 5 to 10 trajectories" in " ".join(shown.stdout.split())
    (told,) = json.loads(
        call("sensitivity", paths, "--measure", "harm", "--convergence", "--json").stdout
    )
    assert told["settled"] is True
    assert {row["n"] for row in told["sizes"]} == {5, 10}
    table = call("sensitivity", paths, "--convergence", "--csv", "--measure", "harm").stdout
    assert len(list(csv.DictReader(io.StringIO(table)))) == 4


def test_the_headline_measures_that_were_kept_are_shown_unless_some_are_named(call, paths):
    told = json.loads(call("sensitivity", paths, "--json").stdout)
    assert [one["measure"] for one in told] == ["recovery", "backlog", "harm"]
    named = call("sensitivity", paths, "--json", "--measure", "harm", "--measure", "recovery")
    assert [one["measure"] for one in json.loads(named.stdout)] == ["harm", "recovery"]


def test_programs_get_every_number_and_null_for_what_is_missing(call, cube):
    told = json.loads(call("sensitivity", cube, "--json").stdout)
    recovery, backlog = told[0], told[1]
    assert recovery["method"] == "pawn"
    assert recovery["factors"][0]["factor"] == OFFICERS
    assert set(recovery["factors"][0]) == {
        *("factor", "title", "median", "low", "high", "by_chance", "maximum", "parts")
    }
    assert (recovery["points"], recovery["replicates"], recovery["pairs"]) == (120, 2, None)
    assert (backlog["factors"], backlog["mean"]) == ([], None)
    assert "the same at all points" in backlog["remarks"][0]


def test_a_table_for_other_programs_has_a_row_a_measure_and_factor(call, paths):
    done = call("sensitivity", paths, "--csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["measure"], row["title"]) for row in rows][:2] == [
        ("recovery", "Officers"),
        ("recovery", NOISE),
    ]
    assert float(rows[0]["mu_star"]) > 0.0
    assert len(rows) == 6


def test_pairs_are_shown_with_second_order(call, tmp_path):
    folder = made(tmp_path, {"kind": "sobol", "samples": 16, "second_order": True}, answer)
    shown = call("sensitivity", folder, "--measure", "harm").stdout
    assert "S2  pair" in shown
    assert f"Officers × {NOISE}" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--method", "sobol"), "do not suit the method 'sobol'"),
        (("--method", "pawn"), "PAWN needs independent points"),
        (("--measure", "hram"), "did you mean 'harm'"),
    ],
)
def test_what_cannot_be_ranked_is_said_in_a_line(call, paths, words, said):
    done = call("sensitivity", paths, *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


# ---------------------------------------------------------------- discover


def test_people_see_boxes_in_their_own_units_and_how_they_do_on_what_was_held_out(call, cube):
    done = call("discover", cube, "--where", "recovery < 0.5")
    assert done.exit_code == 0, done.stderr
    shown = " ".join(done.stdout.split())
    for word in (
        "recovery < 0.5",
        "of 240 runs",
        "at 0 of 120 points replicates disagree",
        "box 1",
        "Officers: at most 0.0",
        "officers per 1,000 debtors; quasi-p < 0.001)",
        "World: village (of special, village; quasi-p < 0.001)",
        "found on",
        "held out",
        "100%",
    ):
        assert word in shown


def test_programs_get_boxes_with_limits_and_scores(call, cube):
    told = json.loads(call("discover", cube, "--where", "recovery < 0.5", "--json").stdout)
    assert (told["method"], told["unit"], told["runs"], told["mixed"]) == ("prim", "run", 240, 0)
    (box,) = told["boxes"]
    officers, world = box["limits"]
    assert officers["low"] is None
    assert officers["high"] == pytest.approx(0.08, rel=0.05)
    assert world["values"] == ["village"]
    assert world["span"] == ["special", "village"]
    assert set(world["quasi_p"]) == {"values"}
    assert box["held_out"]["density"] > 0.9
    assert box["found"]["coverage"] == 1.0


def test_leaves_and_points_can_be_asked_for(call, cube):
    done = call(
        *("discover", cube, "--where", "recovery < 0.5", "--method", "cart", "--by", "point"),
        *("--hold-out", 0),
    )
    assert done.exit_code == 0, done.stderr
    assert "of 120 points" in done.stdout
    assert "leaf 1" in done.stdout
    assert "held out" not in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--where", "recovry < 0.5"), "did you mean 'recovery'"),
        (("--where", "recovery < 0"), "holds in none of the 240 runs"),
        (("--where", "recovery"), "is not a comparison"),
        (("--where", "recovery < 0.5", "--method", "tree"), "known are prim, cart"),
        (("--where", "recovery < 0.5", "--density", 2), "--density"),
    ],
)
def test_what_cannot_be_discovered_is_said_in_a_line(call, cube, words, said):
    done = call("discover", cube, *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
