"""Claims about sensitivity: published indices, designs and their methods, holes, and chance."""

import math

import numpy as np
import pytest

import sim
from sim.analysis.sensitivity.responses import chance
from sim.analysis.sensitivity.sensitivity import fitting, sensitivity
from sim.errors import ServandaError
from sim.experiment.reading.file import load_experiment
from sim.runs.sweep import sweep
from tests.analysis.filled import PUBLISHED, filled, ishigami
from tests.experiment.small import Small, inline

PATHS = ("comprehensive.list_rate", "comprehensive.match_rate", "comprehensive.list_accuracy")
"""Three levers that go from 0 to 1."""


def asked(design, paths=PATHS, **more):
    factors = {path: {"low": 0.0, "high": 1.0, "title": path[-5:]} for path in paths}
    return load_experiment({"base": "village", "design": design, "factors": factors} | more)


def answered(folder, design, answer, **more):
    """A sweep whose measure `recovery` is a function of its levers and the replicate."""
    fails = more.pop("fails", lambda point, replicate: False)
    experiment = asked(design, **more)
    count = len(experiment.design_points.names)

    def told(row, replicate):
        return {"recovery": answer(*list(row.values())[:count], replicate)}

    return filled(folder, experiment, told, fails=fails)


def of_ishigami(one, two, three, replicate):
    return ishigami(one, two, three)


def by_path(one):
    return one.table.set_index("factor").loc[list(PATHS)]


def within(values):
    """Noise that follows from the values alone, as a run's follows from its seed and scenario."""
    return np.random.default_rng(abs(hash(values)) % 2**32).normal()


# ---------------------------------------------------------------- Ishigami's function

EXTENSION = '''
"""Ishigami and Homma's function as an indicator, of three levers from 0 to 1."""

import math

from sim.levers.lever import Lever
from sim.indicator import Ratio

PATHS = ("ishigami.x1", "ishigami.x2", "ishigami.x3")


def extend(model):
    for path in PATHS:
        model.lever(path, Lever(title=f"The {path[-1]}.", zh="变量", unit="share", low=0.0,
                                high=1.0, off=0.0, reads="court", expected="R±"))
    told, months = model.count("told"), model.count("months")

    def telling(world):
        """The month's value."""
        x, y, z = (math.pi * (2.0 * world.lever(path)[0] - 1.0) for path in PATHS)
        value = math.sin(x) + 7.0 * math.sin(y) ** 2 + 0.1 * z**4 * math.sin(x)
        world.tally(told, value, 0)
        world.tally(months, 1.0, 0)

    model.phase(telling, after="trace")
    model.indicator(Ratio(name="ishigami", title="Ishigami", zh="石神", unit="1",
                          numerator=(told,), denominator=(months,)))
'''
SCENARIO = """
format = 1
title = "Ishigami"
extensions = ["ishigami.py"]
kinds.person.share = 1.0
"""


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """A sweep of worlds that answer with Ishigami's function, by design."""
    place = tmp_path_factory.mktemp("ishigami")
    (place / "ishigami.py").write_text(EXTENSION, encoding="utf-8")
    sim.allow_code(place / "ishigami.py")
    (place / "ishigami.toml").write_text(SCENARIO.lstrip(), encoding="utf-8")

    def made(design):
        folder = place / design["kind"]
        if not folder.exists():
            factors = {f"ishigami.x{n}": {"low": 0.0, "high": 1.0} for n in (1, 2, 3)}
            world = {"base": str(place / "ishigami.toml"), "debtors": 20, "months": 1}
            more = {"burn_in": 0, "indicators": ["ishigami"]}
            sweep(
                load_experiment(world | more | {"design": design, "factors": factors}),
                folder,
                workers=inline,
            )
        return sim.results(folder)

    return made


def test_worlds_that_answer_with_ishigami_give_its_published_indices(swept):
    found = swept({"kind": "sobol", "samples": 64})
    at = found.points[[f"ishigami.x{n}" for n in (1, 2, 3)]].to_numpy()
    assert found.runs["ishigami"].tolist() == pytest.approx([ishigami(*row) for row in at])
    (told,) = sensitivity(found, ["ishigami"])
    table = told.table.sort_values("factor")
    assert (told.method, told.points, told.replicates) == ("sobol", 320, 1)
    # 64 samples leave an error near .1; many samples stand below
    assert table["S1"].tolist() == pytest.approx(PUBLISHED["S1"], abs=0.15)
    assert table["ST"].tolist() == pytest.approx(PUBLISHED["ST"], abs=0.15)
    for index, low, high in (("S1", "S1_low", "S1_high"), ("ST", "low", "high")):
        published = np.array(PUBLISHED[index])
        assert ((table[low] < published) & (published < table[high])).all()
    assert table["title"].tolist() == ["The 1.", "The 2.", "The 3."]


def test_pawn_reads_the_same_sweep_by_its_independent_points(swept):
    (told,) = sensitivity(swept({"kind": "sobol", "samples": 64}), method="pawn")
    assert (told.method, told.points, told.left_out) == ("pawn", 128, 192)
    assert told.table["factor"].tolist()[-1] == "ishigami.x3"
    assert told.clear.tolist()[:2] == [True, True]


def test_worlds_that_answer_with_ishigami_give_its_elementary_effects(swept):
    (told,) = sensitivity(swept({"kind": "morris", "trajectories": 20}))
    table = told.table.set_index("factor")
    # on four levels every step of the second moves 7 sin² by 7 · 3/4 over 2/3 of its range
    assert table.loc["ishigami.x2", "mu_star"] == pytest.approx(7 * 0.75 * 1.5)
    assert table.loc["ishigami.x2", "high"] == pytest.approx(table.loc["ishigami.x2", "low"])
    # the first always pushes up, by what the third decides; the third either way
    assert table.loc["ishigami.x1", "mu"] == pytest.approx(table.loc["ishigami.x1", "mu_star"])
    assert abs(table.loc["ishigami.x3", "mu"]) < table.loc["ishigami.x3", "mu_star"] / 2
    assert table.loc["ishigami.x3", "sigma"] > table.loc["ishigami.x3", "mu_star"]


def test_many_samples_give_the_published_indices_of_pairs_too(tmp_path):
    design = {"kind": "sobol", "samples": 1024, "second_order": True}
    (told,) = sensitivity(answered(tmp_path, design, of_ishigami))
    table = by_path(told)
    assert table["S1"].tolist() == pytest.approx(PUBLISHED["S1"], abs=0.04)
    assert table["ST"].tolist() == pytest.approx(PUBLISHED["ST"], abs=0.04)
    first = told.pairs.iloc[0]
    assert (first["factor"], first["other"]) == (PATHS[0], PATHS[2])
    assert first["S2"] == pytest.approx(PUBLISHED["S2"], abs=0.05)
    assert told.pairs["S2"][1:].abs().max() < 0.05
    assert (told.pairs["low"] < told.pairs["high"]).all()


def test_the_more_a_factor_matters_the_higher_it_stands_whatever_the_method(tmp_path):
    designs = {
        "morris": {"kind": "morris", "trajectories": 20},
        "sobol": {"kind": "sobol", "samples": 128},
        "pawn": {"kind": "latin_hypercube", "points": 200},
    }
    for method, design in designs.items():
        found = answered(tmp_path / method, design, lambda a, b, c, _: a + 8 * b + 4 * c)
        (told,) = sensitivity(found)
        assert told.method == method
        assert told.table["factor"].tolist() == [PATHS[1], PATHS[2], PATHS[0]]
        assert (told.table["low"] <= told.table[told.rank]).all()
        assert (told.table[told.rank] <= told.table["high"]).all()


# ---------------------------------------------------------------- the unit cube


def test_effects_are_over_the_whole_range_on_the_scale_of_the_factor(tmp_path):
    """A measure that is linear in the logarithm has the same effect everywhere."""
    experiment = load_experiment(
        {
            "base": "village",
            "design": {"kind": "morris", "trajectories": 5},
            "factors": {
                "comprehensive.officers": {"low": 0.01, "high": 1.0, "scale": "log"},
                "choice.noise": {"low": 0.1, "high": 0.2},
            },
        }
    )

    def answer(row, _):
        return {"recovery": math.log10(row["comprehensive.officers"])}

    (told,) = sensitivity(filled(tmp_path, experiment, answer))
    officers, noise = told.table.iloc[0], told.table.iloc[1]
    assert officers["mu_star"] == pytest.approx(2.0)  # two powers of ten
    assert officers["sigma"] == pytest.approx(0.0, abs=1e-9)
    assert noise["mu_star"] == 0.0


def test_words_and_switches_are_factors_like_any_other(tmp_path):
    experiment = load_experiment(
        {
            "base": "village",
            "design": {"kind": "grid"},
            "replicates": 1,
            "factors": {
                "choice.behaviour": ["expected_utility", "prospect"],
                "scenario": ["village", "china_2016", "special"],
                "choice.noise": {"low": 0.1, "high": 0.2, "steps": 10},
            },
        }
    )

    def answer(row, _):
        return {"recovery": ord(row["scenario"][0]) + row["choice.noise"]}

    (told,) = sensitivity(filled(tmp_path, experiment, answer))
    assert told.table["factor"].tolist()[0] == "scenario"
    assert dict(zip(told.table["factor"], told.table["parts"], strict=True)) == {
        "scenario": 3,
        "choice.behaviour": 2,
        "choice.noise": 3,
    }
    assert told.clear.tolist() == [True, False, False]


WAGE, RATE = "institutions.wage", "choice.noise"


@pytest.mark.parametrize(
    "wage",
    [
        {"low": 20.0, "high": 40.0},
        {"values": [20.0, 40.0]},
        {"values": [20.0, 30.0, 40.0]},
        {"values": [20.0, 25.0, 30.0, 35.0, 40.0]},
        {"values": [20.0, 26.0, 34.0, 40.0]},
    ],
)
@pytest.mark.filterwarnings("ignore:.*an odd number")
def test_a_factor_has_the_same_effect_whether_its_values_are_listed_or_between_limits(
    tmp_path, wage
):
    factors = {WAGE: wage, RATE: {"low": 0.1, "high": 0.2}}
    design = {"kind": "morris", "trajectories": 20, "levels": 4}
    experiment = load_experiment({"base": "village", "design": design, "factors": factors})
    found = filled(tmp_path, experiment, lambda row, _: {"recovery": 0.13272 * row[WAGE]})
    table = sensitivity(found)[0].table.set_index("factor")
    assert table.loc[WAGE, "mu_star"] == pytest.approx(2.6544)
    assert table.loc[WAGE, "sigma"] == pytest.approx(0.0, abs=1e-9)


@pytest.mark.filterwarnings("ignore:.*an odd number")
def test_the_effect_of_whole_numbers_switches_and_words_is_that_of_their_whole_change(tmp_path):
    factors = {
        "population.districts": {"low": 2, "high": 4},
        "policies.special": {},
        "choice.behaviour": ["expected_utility", "prospect", "rule_of_thumb"],
        RATE: {"low": 0.1, "high": 0.2},
    }
    design = {"kind": "morris", "trajectories": 60, "levels": 4}
    experiment = load_experiment({"base": "special", "design": design, "factors": factors})
    words = {"expected_utility": 0.0, "prospect": 1.0, "rule_of_thumb": 2.0}

    def answer(row, _):
        places = 3.0 * row["population.districts"] + 5.0 * row["policies.special"]
        return {"recovery": places + 0.3 * words[row["choice.behaviour"]]}

    table = sensitivity(filled(tmp_path, experiment, answer))[0].table.set_index("factor")
    assert table.loc["population.districts", "mu_star"] == pytest.approx(6.0)  # from 2 to 4
    assert table.loc["policies.special", "mu"] == pytest.approx(5.0)
    # two pairs of words are .3 apart, and one .6; 60 draws leave an error near .02
    assert table.loc["choice.behaviour", "mu_star"] == pytest.approx(0.4, abs=0.07)


def test_elementary_effects_are_those_of_salib(tmp_path):
    analyze = pytest.importorskip("SALib.analyze.morris").analyze
    found = answered(tmp_path, {"kind": "morris", "trajectories": 30}, of_ishigami)
    table = by_path(sensitivity(found)[0])
    problem = {"num_vars": 3, "names": list(PATHS), "bounds": [[0, 1]] * 3}
    y = found.runs.sort_values("point")["recovery"].to_numpy()
    other = analyze(problem, found.shares[list(PATHS)].to_numpy(), y, num_levels=4, seed=1)
    for mine, theirs in (("mu_star", "mu_star"), ("mu", "mu"), ("sigma", "sigma")):
        assert table[mine].tolist() == pytest.approx(list(other[theirs]))
    half = (table["high"] - table["mu_star"]).tolist()
    # both draw trajectories again a thousand times
    assert half == pytest.approx(list(other["mu_star_conf"]), rel=0.1, abs=1e-9)


# ---------------------------------------------------------------- groups

UNIT = {path: {"low": 0.0, "high": 1.0} for path in PATHS}
LIST = UNIT | {
    PATHS[0]: UNIT[PATHS[0]] | {"group": "list"},
    PATHS[2]: UNIT[PATHS[2]] | {"group": "list"},
}


def grouped(folder, design, answer, factors=None):
    """A sweep in which the first and the third lever are a group, or one of other factors."""
    experiment = load_experiment(
        {"base": "village", "design": design, "factors": factors or LIST, "replicates": 2}
    )
    return filled(folder, experiment, lambda row, _: {"recovery": answer(*row.values())})


def test_effects_of_groups_are_those_of_salib(tmp_path):
    analyze = pytest.importorskip("SALib.analyze.morris").analyze
    found = grouped(tmp_path, {"kind": "morris", "trajectories": 25}, ishigami)
    (told,) = sensitivity(found)
    table = told.table.set_index("factor")
    names = ["list", PATHS[1], "list"]
    problem = {"num_vars": 3, "names": list(PATHS), "bounds": [[0, 1]] * 3, "groups": names}
    y = found.runs[found.runs["replicate"] == 0].sort_values("point")["recovery"].to_numpy()
    other = analyze(problem, found.shares[list(PATHS)].to_numpy(), y, num_levels=4, seed=1)
    wanted = dict(zip(other["names"], map(float, other["mu_star"]), strict=True))
    assert table["mu_star"].to_dict() == pytest.approx(wanted)
    assert math.isnan(table.loc["list", "mu"])
    assert table.loc["list", "title"] == "list"
    assert table.loc[PATHS[1], "sigma"] > 0.0
    assert (told.points, told.left_out) == (75, 0)


def test_indices_of_groups_are_those_of_salib_and_published(tmp_path):
    analyze = pytest.importorskip("SALib.analyze.sobol").analyze
    found = grouped(tmp_path, {"kind": "sobol", "samples": 1024}, ishigami)
    table = sensitivity(found)[0].table.set_index("factor")
    problem = {"num_vars": 3, "names": list(PATHS), "bounds": [[0, 1]] * 3}
    problem["groups"] = ["list", PATHS[1], "list"]
    y = found.runs[found.runs["replicate"] == 0].sort_values("point")["recovery"].to_numpy()
    other = analyze(problem, y, calc_second_order=False, seed=1)
    assert table.loc[["list", PATHS[1]], "ST"].tolist() == pytest.approx(list(other["ST"]))
    # the first and the third have together all that the second has not
    assert table.loc["list", ["S1", "ST"]].tolist() == pytest.approx([0.5576] * 2, abs=0.05)


def test_members_of_a_group_may_be_of_any_kind(tmp_path):
    factors = {
        PATHS[0]: {"low": 0.0, "high": 1.0, "group": "courts"},
        "choice.behaviour": {"values": ["expected_utility", "prospect"], "group": "courts"},
        PATHS[1]: {"low": 0.0, "high": 1.0},
    }
    design = {"kind": "morris", "trajectories": 10}
    answer = lambda rate, word, match: 4.0 * (word == "prospect") + match
    table = sensitivity(grouped(tmp_path, design, answer, factors))[0].table.set_index("factor")
    # over the mean of a step of 2/3 and a whole change
    assert table.loc["courts", "mu_star"] == pytest.approx(4.0 / (5 / 6))
    assert table.loc[PATHS[1], "mu"] == pytest.approx(1.0)


# ---------------------------------------------------------------- chance


def test_the_share_of_chance_is_that_of_the_residual_in_points_and_replicates():
    rng = np.random.default_rng(1)
    points, shifts = rng.normal(size=(2000, 1)), 50 * rng.normal(size=(1, 4))
    noise = 2 * rng.normal(size=(2000, 4))
    # means of four: the noise is a half of all that varies, and shifts of a replicate are no noise
    assert chance(points + shifts + noise) == pytest.approx(0.5, abs=0.04)
    assert chance(points + shifts) == pytest.approx(0.0, abs=1e-12)
    assert chance(noise) == pytest.approx(1.0, abs=0.05)
    assert math.isnan(chance(points))
    assert math.isnan(chance(np.ones((5, 2))))


@pytest.mark.parametrize(
    "design",
    [{"kind": "morris", "trajectories": 200, "levels": 50}, {"kind": "sobol", "samples": 512}],
)
def test_a_factor_that_only_stirs_chance_stays_within_what_chance_shows(tmp_path, design):
    def answer(a, b, c, replicate):
        return 3.0 * a + within((a, b, c, replicate))

    (told,) = sensitivity(answered(tmp_path, design, answer, replicates=3))
    table = by_path(told)
    assert told.clear.sum() >= 1
    assert told.table["factor"][0] == PATHS[0]
    idle = table.iloc[1:]
    # what chance is expected to show, not just what it seldom exceeds
    assert (idle[told.rank] / idle["by_chance"]).tolist() == pytest.approx([0.9, 0.9], abs=0.15)
    assert any("of the variance between points is chance" in remark for remark in told.remarks)


def test_a_factor_that_is_inert_shows_nothing_beside_noise_that_it_does_not_touch(tmp_path):
    """Runs that share their draws and do not differ are the same to the last bit."""

    def answer(a, b, c, replicate):
        return a + within((a, b, replicate))

    found = answered(tmp_path, {"kind": "morris", "trajectories": 10}, answer, replicates=2)
    inert = by_path(sensitivity(found)[0]).loc[PATHS[2]]
    assert (inert["mu_star"], inert["by_chance"], inert["sigma"]) == (0.0, 0.0, 0.0)


def test_one_replicate_says_nothing_of_chance_and_that_is_said(tmp_path):
    (told,) = sensitivity(answered(tmp_path, {"kind": "sobol", "samples": 64}, of_ishigami))
    assert math.isnan(told.chance)
    assert told.table["by_chance"].isna().all()
    assert any("one replicate" in remark for remark in told.remarks)
    assert any("64 samples are few" in remark for remark in told.remarks)


def test_the_same_runs_give_the_same_table(tmp_path):
    found = answered(tmp_path, {"kind": "latin_hypercube", "points": 60}, of_ishigami)
    one, other = (sensitivity(found)[0].table for _ in range(2))
    assert one.equals(other)


# ---------------------------------------------------------------- holes


def test_trajectories_with_a_hole_are_dropped_and_told(tmp_path):
    found = answered(
        tmp_path,
        {"kind": "morris", "trajectories": 12},
        lambda a, b, c, _: 1000.0 if a == b == c else 5 * b + a,
        fails=lambda point, replicate: point in {4, 21},
    )
    (told,) = sensitivity(found)
    assert (told.points, told.left_out) == (40, 8)
    assert "2 of 12 trajectories are incomplete and left out" in told.remarks


def test_sobol_refuses_failed_runs_with_a_hint_and_pawn_goes_without_them(tmp_path):
    found = answered(
        tmp_path,
        {"kind": "sobol", "samples": 32},
        of_ishigami,
        fails=lambda point, replicate: point == 5,
    )
    with pytest.raises(ServandaError, match=r"1 of 160 runs failed.*servanda retry"):
        sensitivity(found)
    (told,) = sensitivity(found, method="pawn")
    assert told.points == 63
    found.runs = found.runs[found.runs["status"] == "ok"]
    with pytest.raises(ServandaError, match=r"1 are missing.*servanda sweep"):
        sensitivity(found)


def test_a_measure_that_cannot_be_analysed_is_told_beside_those_that_can(tmp_path):
    experiment = asked({"kind": "sobol", "samples": 8})

    def answer(row, _):
        harm = ishigami(*(row[path] for path in PATHS))
        return {"recovery": math.nan if harm > 5 else harm, "harm": harm, "backlog": 1.0}

    found = filled(tmp_path, experiment, answer)
    told = {one.measure: one for one in sensitivity(found)}
    assert len(told["harm"].table) == 3
    assert told["recovery"].table.empty
    assert told["recovery"].clear.tolist() == []
    assert "with nothing to divide by" in told["recovery"].remarks[0]
    assert "the same at all points" in told["backlog"].remarks[0]
    with pytest.raises(ServandaError, match="the same at all points"):
        sensitivity(found, ["backlog"])


@pytest.mark.parametrize(
    ("design", "count"),
    [
        ({"kind": "sobol", "samples": 16}, 80),
        ({"kind": "morris", "trajectories": 20}, 80),
        ({"kind": "latin_hypercube", "points": 80}, 80),
    ],
)
def test_a_measure_that_is_infinite_somewhere_is_refused_and_never_averaged(
    tmp_path, design, count
):
    found = answered(tmp_path, design, lambda a, b, c, _: math.inf if a < 0.55 else b)
    with pytest.raises(ServandaError, match=rf"recovery: not finite at \d+ of {count} points"):
        sensitivity(found)


def test_a_few_infinite_points_are_left_out_and_told_where_a_method_can_do_without_them(tmp_path):
    design = {"kind": "latin_hypercube", "points": 80}
    found = answered(tmp_path, design, lambda a, b, c, _: math.inf if a < 0.1 else b)
    (told,) = sensitivity(found)
    assert (told.points, told.left_out) == (72, 8)
    assert "recovery is not finite at 8 of 80 points" in told.remarks
    assert math.isfinite(told.mean)


@pytest.mark.parametrize(
    "design",
    [{"kind": "latin_hypercube", "points": 60}, {"kind": "morris", "trajectories": 4}],
)
def test_a_sweep_that_has_hardly_begun_is_said_to_lack_runs_and_not_measures(tmp_path, design):
    found = answered(tmp_path, design, of_ishigami)
    whole = found.runs
    found.runs = whole[:1]
    with pytest.raises(ServandaError, match=r"\d+ are missing; .*`servanda sweep` runs them"):
        sensitivity(found)
    found.runs = whole[:0]
    with pytest.raises(ServandaError, match=r"no run is done; `servanda sweep` runs them"):
        sensitivity(found)
    found.runs = whole.assign(status="failed")
    with pytest.raises(ServandaError, match=r"no run succeeded: \d+ failed; `servanda status`"):
        sensitivity(found)


@pytest.mark.parametrize(
    ("design", "said"),
    [
        ({"kind": "latin_hypercube", "points": 30}, "has 30 points that PAWN can use"),
        ({"kind": "sobol", "samples": 16}, "has 32 points that PAWN can use"),
    ],
)
def test_a_design_of_too_few_points_is_said_to_be_one(tmp_path, design, said):
    found = answered(tmp_path, design, of_ishigami)
    with pytest.raises(ServandaError, match=f"{said}.*needs 40; sweep a design with more points"):
        sensitivity(found, method="pawn")


# ---------------------------------------------------------------- designs and methods


@pytest.mark.parametrize(
    ("kind", "method", "wanted"),
    [
        ("morris", None, "morris"),
        ("sobol", None, "sobol"),
        ("sobol", "pawn", "pawn"),
        ("latin_hypercube", None, "pawn"),
        ("grid", None, "pawn"),
        ("points", "pawn", "pawn"),
    ],
)
def test_the_method_follows_from_the_design(kind, method, wanted):
    assert fitting(kind, method) == wanted


@pytest.mark.parametrize(
    ("kind", "method", "said"),
    [
        ("latin_hypercube", "sobol", "do not suit the method 'sobol'"),
        ("sobol", "morris", "do not suit the method 'morris'"),
        ("morris", "pawn", "PAWN needs independent points"),
        ("one_at_a_time", None, "does not spread points"),
        ("scenarios", "pawn", "does not spread points"),
        ("sobol", "sobel", "did you mean 'sobol'"),
        ("sobol", "fast", "known are morris, sobol, pawn"),
    ],
)
def test_what_does_not_go_together_is_refused(kind, method, said):
    with pytest.raises(ServandaError, match=said) as caught:
        fitting(kind, method)
    assert "\n" not in str(caught.value)


def test_replicates_of_the_base_alone_are_refused_as_a_design(tmp_path):
    experiment = load_experiment({"base": "village", "replicates": 3})
    found = filled(tmp_path, experiment, lambda row, replicate: {"recovery": float(replicate)})
    with pytest.raises(ServandaError, match="'none' does not spread points over the factors"):
        sensitivity(found)


def test_a_folder_that_does_not_tell_its_design_is_refused_with_what_to_do(tmp_path):
    sweep(Small(count=2, replicates=1), tmp_path, workers=inline)
    with pytest.raises(ServandaError, match=r"does not record the design.*servanda sweep"):
        sensitivity(sim.results(tmp_path))


def test_a_measure_that_was_not_kept_is_refused_with_the_nearest(tmp_path):
    found = answered(tmp_path, {"kind": "morris", "trajectories": 4}, of_ishigami)
    with pytest.raises(ServandaError, match="did you mean 'recovery'"):
        sensitivity(found, ["recovry"])
    with pytest.raises(ServandaError, match="this is a factor"):
        sensitivity(found, [PATHS[0]])
    with pytest.raises(ServandaError, match=r"has not kept this indicator; kept are recovery$"):
        sensitivity(found, ["backlog"])
    with pytest.raises(ServandaError, match=r"no such indicator; kept are recovery$"):
        sensitivity(found, ["zzz"])


def test_a_missing_library_is_named_with_what_installs_it(tmp_path, monkeypatch):
    import sys

    found = answered(tmp_path, {"kind": "sobol", "samples": 8}, of_ishigami)
    monkeypatch.setitem(sys.modules, "SALib.analyze.sobol", None)
    with pytest.raises(ServandaError, match=r'pip install "servanda\[analysis\]"'):
        sensitivity(found)


def test_points_of_a_file_are_read_by_pawn_without_labels_and_what_stands_still(tmp_path):
    rng = np.random.default_rng(1)
    lines = [f"{n},{rng.random():.3f},0.15,{rng.random():.3f}" for n in range(80)]
    head = f"who,{PATHS[0]},choice.noise,{PATHS[1]}"
    (tmp_path / "p.csv").write_text("\n".join([head, *lines]), encoding="utf-8")
    (tmp_path / "e.toml").write_text(
        'format = 1\ntitle = "E"\nbase = "village"\n'
        '[design]\nkind = "points"\nfile = "p.csv"\nlabels = ["who"]\n',
        encoding="utf-8",
    )

    def answer(row, _):
        return {"recovery": row[PATHS[1]] ** 2}

    found = filled(tmp_path / "out", load_experiment(tmp_path / "e.toml"), answer)
    (told,) = sensitivity(found)
    assert (told.method, told.measure) == ("pawn", "recovery")
    assert told.table["factor"].tolist() == [PATHS[1], PATHS[0]]


def test_a_factor_of_one_value_is_refused_where_the_design_counts_on_it(tmp_path):
    experiment = load_experiment(
        {
            "base": "village",
            "design": {"kind": "sobol", "samples": 4},
            "factors": {PATHS[0]: {"low": 0.0, "high": 1.0}, "choice.noise": [0.15]},
        }
    )
    found = filled(tmp_path, experiment, lambda row, _: {"recovery": row[PATHS[0]]})
    with pytest.raises(ServandaError, match=r"'choice\.noise' has one value at all points"):
        sensitivity(found)


def test_a_folder_that_has_lost_its_points_in_the_unit_cube_is_refused(tmp_path):
    found = answered(tmp_path, {"kind": "morris", "trajectories": 4}, of_ishigami)
    (tmp_path / "shares.parquet").unlink()
    with pytest.raises(
        ServandaError, match=r"shares\.parquet: there is no such file.*`servanda sweep`"
    ):
        sensitivity(found)
