"""Claims about ``servanda sensitivity`` and ``servanda discover``: what they show and refuse."""

import pytest

from sim.experiment.reading.file import load_experiment
from tests.analysis.filled import filled

OFFICERS, NOISE = "comprehensive.officers", "choice.noise"
FACTORS = {
    OFFICERS: {"low": 0.04, "high": 0.16, "scale": "log", "title": "Officers"},
    NOISE: {"low": 0.1, "high": 0.2},
    "scenario": {"values": ["village", "special"], "title": "World"},
}


def made(folder, design, answer, factors=(OFFICERS, NOISE), replicates=2, **more):
    chosen = {name: FACTORS[name] for name in factors}
    asked = {"base": "village", "replicates": replicates, "design": design, "factors": chosen}
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
    assert "elementary effects (Morris), 30 points × 2" in lines[1]
    heads = next(place for place, line in enumerate(lines) if "μ*" in line)
    one, two = lines[heads + 2 : heads + 4]
    assert one.split()[:2] == ["10", "*"]
    assert one.endswith(NOISE)
    assert two.endswith("Officers")
    assert max(map(len, lines)) <= 80


def test_programs_get_every_number_and_null_for_what_is_missing(told, cube):
    found = {one["measure"]: one for one in told("sensitivity", cube)}
    recovery, backlog = found["recovery"], found["backlog"]
    assert recovery["method"] == "pawn"
    assert recovery["factors"][0]["factor"] == OFFICERS
    assert (recovery["points"], recovery["replicates"], recovery["pairs"]) == (120, 2, None)
    assert (backlog["factors"], backlog["mean"]) == ([], None)
    assert "the same at all points" in backlog["remarks"][0]


def test_what_cannot_be_ranked_is_refused_in_a_line(refused, paths):
    assert "do not suit the method" in refused("sensitivity", paths, "--method", "sobol")
    assert "did you mean 'harm'" in refused("sensitivity", paths, "--measure", "hram")


# ---------------------------------------------------------------- discover


def test_programs_get_boxes_with_limits_and_scores(told, cube):
    found = told("discover", cube, "--where", "recovery < 0.5")
    about = (found["method"], found["unit"], found["runs"], found["mixed"])
    assert about == ("prim", "run", 240, 0)
    (box,) = found["boxes"]
    officers, world = box["limits"]
    assert officers["high"] == pytest.approx(0.08, rel=0.05)
    assert world["values"] == ["village"]
    assert box["held_out"]["density"] > 0.9
    assert box["found"]["coverage"] == 1.0


def test_what_cannot_be_discovered_is_refused_in_a_line(refused, cube):
    words = ("discover", cube, "--where")
    assert "did you mean 'recovery'" in refused(*words, "recovry < 0.5")
    assert "--density" in refused(*words, "recovery < 0.5", "--density", 2)


def test_a_star_says_what_it_stands_for(shown, tmp_path):
    for replicates, words in ((1, "*: the interval excludes 0"), (2, "*: above it")):
        design = {"kind": "morris", "trajectories": 4}
        folder = made(tmp_path / str(replicates), design, answer, replicates=replicates)
        assert words in " ".join(shown("sensitivity", folder, "--measure", "harm").split())
