"""Claims about ``servanda sensitivity`` and ``servanda discover``: what they show and refuse."""

import csv
import io
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
    chosen = {name: FACTORS[name] for name in factors}
    asked = {"base": "village", "replicates": 2, "design": design, "factors": chosen}
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


def test_tiny_indices_and_pairs_stand_in_columns_of_their_own(call, tmp_path):
    def tiny(row, replicate):
        return {"recovery": row[OFFICERS] + 1e-6 * row[NOISE] ** 2 + 1e-9 * replicate * row[NOISE]}

    made(tmp_path, {"kind": "sobol", "samples": 16, "second_order": True}, tiny)
    text = call("sensitivity", tmp_path).stdout
    assert "S2  pair" in text
    assert f"Officers × {NOISE}" in text
    row = next(line for line in text.splitlines() if line.endswith(NOISE))
    index, _, rest = row.partition(" ± ")
    assert float(index.strip().replace("−", "-")) < 1e-9
    assert re.fullmatch(r"\S+( \*)? {2,}\S+ ± \S+ {2,}\S+ +choice\.noise", rest), row


@pytest.mark.parametrize(
    ("value", "half", "text"),
    [
        (0.1234, 0.056, "0.123 ± 0.056"),
        (1234.5, 67.0, "1,234 ± 67"),
        (-3e-9, 1.2e-9, "−3.0e−09 ± 1.2e−09"),
        (2.6544, 1e-13, "2.65"),
        (0.0, 0.0, "0"),
        (1.0, math.nan, "1"),
    ],
)
def test_a_number_and_its_interval_are_written_in_as_many_digits_as_they_have(value, half, text):
    assert spread(value, half) == text


def test_convergence_is_shown_and_given_to_programs(call, shown, told, paths):
    words = ("sensitivity", paths, "--measure", "harm", "--convergence")
    said = shown(*words)
    assert "harm: μ* of the first …" in said
    assert "settled: from 5 to 10 trajectories" in said
    (found,) = told(*words)
    assert found["settled"] is True
    assert {row["n"] for row in found["sizes"]} == {5, 10}
    assert len(list(csv.DictReader(io.StringIO(call(*words, "--csv").stdout)))) == 4


def test_the_headline_measures_that_were_kept_are_shown_unless_some_are_named(told, paths):
    measures = [one["measure"] for one in told("sensitivity", paths)]
    assert measures == ["recovery", "backlog", "harm"]
    named = told("sensitivity", paths, "--measure", "harm", "--measure", "recovery")
    assert [one["measure"] for one in named] == ["harm", "recovery"]


def test_programs_get_every_number_and_null_for_what_is_missing(told, cube):
    recovery, backlog, *_ = told("sensitivity", cube)
    assert recovery["method"] == "pawn"
    assert recovery["factors"][0]["factor"] == OFFICERS
    names = "factor title median low high by_chance maximum parts"
    assert set(recovery["factors"][0]) == set(names.split())
    assert (recovery["points"], recovery["replicates"], recovery["pairs"]) == (120, 2, None)
    assert (backlog["factors"], backlog["mean"]) == ([], None)
    assert "the same at all points" in backlog["remarks"][0]


def test_a_table_for_other_programs_has_a_row_a_measure_and_factor(call, paths):
    rows = list(csv.DictReader(io.StringIO(call("sensitivity", paths, "--csv").stdout)))
    first = [(row["measure"], row["title"]) for row in rows][:2]
    assert first == [("recovery", "Officers"), ("recovery", NOISE)]
    assert float(rows[0]["mu_star"]) > 0.0
    assert len(rows) == 6


def test_what_cannot_be_ranked_is_refused_in_a_line(refused, paths):
    assert "do not suit the method" in refused("sensitivity", paths, "--method", "sobol")
    assert "did you mean 'harm'" in refused("sensitivity", paths, "--measure", "hram")


# ---------------------------------------------------------------- discover


def test_people_see_boxes_in_units_and_their_scores_on_runs_held_out(shown, cube):
    said = shown("discover", cube, "--where", "recovery < 0.5")
    for word in (
        *("recovery < 0.5", "of 240 runs", "at 0 of 120 points replicates disagree", "box 1"),
        *("Officers: at most 0.0", "officers per 1,000 debtors; quasi-p < 0.001)"),
        "World: village (of special, village; quasi-p < 0.001)",
        *("found on", "held out", "100%"),
    ):
        assert word in said


def test_programs_get_boxes_with_limits_and_scores(told, cube):
    found = told("discover", cube, "--where", "recovery < 0.5")
    about = (found["method"], found["unit"], found["runs"], found["mixed"])
    assert about == ("prim", "run", 240, 0)
    (box,) = found["boxes"]
    officers, world = box["limits"]
    assert officers["low"] is None
    assert officers["high"] == pytest.approx(0.08, rel=0.05)
    assert (world["values"], world["span"]) == (["village"], ["special", "village"])
    assert set(world["quasi_p"]) == {"values"}
    assert box["held_out"]["density"] > 0.9
    assert box["found"]["coverage"] == 1.0


def test_leaves_and_points_can_be_chosen(shown, cube):
    words = ("--method", "cart", "--by", "point", "--hold-out", 0)
    said = shown("discover", cube, "--where", "recovery < 0.5", *words)
    assert "of 120 points" in said
    assert "leaf 1" in said
    assert "held out" not in said


def test_what_cannot_be_discovered_is_refused_in_a_line(refused, cube):
    words = ("discover", cube, "--where")
    assert "did you mean 'recovery'" in refused(*words, "recovry < 0.5")
    assert "--density" in refused(*words, "recovery < 0.5", "--density", 2)
