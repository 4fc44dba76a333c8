"""Claims about sensitivity: published indices, designs and their methods, holes, and chance."""

import math

import numpy as np
import pytest

import sim
from sim.analysis.sensitivity.responses import chance
from sim.analysis.sensitivity.sensitivity import fitting, sensitivity
from sim.errors import ServandaError
from tests.analysis.filled import PATHS, PUBLISHED, UNIT, fill, ishigami

UNITS = {path: UNIT | {"title": path[-5:]} for path in PATHS}
MORRIS, SOBOL = {"kind": "morris", "trajectories": 20}, {"kind": "sobol", "samples": 16}
HYPERCUBE = {"kind": "latin_hypercube", "points": 80}


def answered(folder, design, answer=lambda *values: ishigami(*values[:3]), **more):
    """A sweep whose measure `recovery` is a function of three levers and the replicate."""
    told = lambda row, replicate: {"recovery": answer(*row.values(), replicate)}
    return fill(folder, told, UNITS, **design, **more)


def read(folder, answer, factors, design, **more):
    """The table, by factor, of a measure that is a function of a point's values by factor."""
    told = lambda row, _: {"recovery": answer(row)}
    return sensitivity(fill(folder, told, factors, **design, **more))[0].table.set_index("factor")


def by_path(one):
    return one.table.set_index("factor").loc[list(PATHS)]


def within(values):
    """Noise that follows from the values alone, as a run's follows from its seed and scenario."""
    return np.random.default_rng(abs(hash(values)) % 2**32).normal()


def test_many_samples_give_the_published_indices_of_pairs_too(tmp_path):
    design = {"kind": "sobol", "samples": 1024, "second_order": True}
    (told,) = sensitivity(answered(tmp_path, design))
    table = by_path(told)
    for index in ("S1", "ST"):
        assert table[index].tolist() == pytest.approx(PUBLISHED[index], abs=0.04)
    first = told.pairs.iloc[0]
    assert (first["factor"], first["other"]) == (PATHS[0], PATHS[2])
    assert first["S2"] == pytest.approx(PUBLISHED["S2"], abs=0.05)
    assert told.pairs["S2"][1:].abs().max() < 0.05
    assert (told.pairs["low"] < told.pairs["high"]).all()


@pytest.mark.parametrize(
    ("method", "design"),
    [("morris", MORRIS), ("sobol", SOBOL | {"samples": 128}), ("pawn", HYPERCUBE)],
)
def test_the_more_a_factor_matters_the_higher_it_stands_whatever_the_method(
    tmp_path, method, design
):
    found = answered(tmp_path, design, lambda a, b, c, _: a + 8 * b + 4 * c)
    (told,) = sensitivity(found)
    assert told.method == method
    assert told.table["factor"].tolist() == [PATHS[1], PATHS[2], PATHS[0]]


WAGE, NOISE, OFFICERS = "institutions.wage", "choice.noise", "comprehensive.officers"
NARROW = {"low": 0.1, "high": 0.2}
BEHAVIOUR = "choice.behaviour"


def test_effects_are_over_the_whole_range_on_the_scale_of_the_factor(tmp_path):
    """A measure that is linear in the logarithm has the same effect everywhere."""
    factors = {OFFICERS: {"low": 0.01, "high": 1.0, "scale": "log"}, NOISE: NARROW}
    table = read(tmp_path, lambda row: math.log10(row[OFFICERS]), factors, MORRIS)
    assert table.loc[OFFICERS, "mu_star"] == pytest.approx(2.0)  # two powers of ten
    assert table.loc[OFFICERS, "sigma"] == pytest.approx(0.0, abs=1e-9)
    assert table.loc[NOISE, "mu_star"] == 0.0


@pytest.mark.parametrize(
    "wage",
    [{"low": 20.0, "high": 40.0}, {"values": [20.0, 30.0, 40.0]}, {"values": [20.0, 40.0]}],
)
@pytest.mark.filterwarnings("ignore:.*an odd number")
def test_a_factor_has_the_same_effect_whether_its_values_are_listed_or_between_limits(
    tmp_path, wage
):
    factors = {WAGE: wage, NOISE: NARROW}
    table = read(tmp_path, lambda row: 0.13272 * row[WAGE], factors, MORRIS | {"levels": 4})
    assert table.loc[WAGE, "mu_star"] == pytest.approx(2.6544)
    assert table.loc[WAGE, "sigma"] == pytest.approx(0.0, abs=1e-9)


@pytest.mark.filterwarnings("ignore:.*an odd number")
def test_the_effect_of_whole_numbers_switches_and_words_is_that_of_their_whole_change(tmp_path):
    words = {"expected_utility": 0.0, "prospect": 1.0, "rule_of_thumb": 2.0}
    districts, special = "population.districts", "policies.special"
    factors = {districts: {"low": 2, "high": 4}, special: {}, BEHAVIOUR: [*words], NOISE: NARROW}
    answer = lambda row: 3 * row[districts] + 5 * row[special] + 0.3 * words[row[BEHAVIOUR]]
    table = read(tmp_path, answer, factors, MORRIS | {"trajectories": 60}, base="special")
    assert table.loc[districts, "mu_star"] == pytest.approx(6.0)  # from 2 to 4
    assert table.loc[special, "mu"] == pytest.approx(5.0)
    # two pairs of words are .3 apart, and one .6; 60 draws leave an error near .02
    assert table.loc[BEHAVIOUR, "mu_star"] == pytest.approx(0.4, abs=0.07)


LIST = UNITS | {path: UNITS[path] | {"group": "list"} for path in (PATHS[0], PATHS[2])}
PROBLEM = {"num_vars": 3, "names": list(PATHS), "bounds": [[0, 1]] * 3}


def of_salib(method, found, *given, **options):
    """What the library says of the same values."""
    analyze = pytest.importorskip(f"SALib.analyze.{method}").analyze
    y = found.runs.sort_values("point")["recovery"].to_numpy()
    return analyze(options.pop("problem", PROBLEM), *given, y, seed=1, **options)


@pytest.mark.parametrize("factors", [UNITS, LIST], ids=["alone", "grouped"])
def test_elementary_effects_are_those_of_salib_of_groups_too(tmp_path, factors):
    answer = lambda row, _: {"recovery": ishigami(*row.values())}
    found = fill(tmp_path, answer, factors, "morris", trajectories=30)
    (told,) = sensitivity(found)
    names = [factors[path].get("group", path) for path in PATHS]
    shares = found.shares[list(PATHS)].to_numpy()
    other = of_salib("morris", found, shares, num_levels=4, problem=PROBLEM | {"groups": names})
    table = told.table.set_index("factor").loc[list(other["names"])]
    assert table["mu_star"].tolist() == pytest.approx(list(other["mu_star"]))
    # both draw trajectories again a thousand times
    half = (table["high"] - table["mu_star"]).tolist()
    assert half == pytest.approx(list(other["mu_star_conf"]), rel=0.1, abs=1e-9)
    if factors is UNITS:
        other = of_salib("morris", found, shares, num_levels=4)
        for index in ("mu", "sigma"):
            assert table[index].tolist() == pytest.approx(list(other[index]))
        # on four levels every step of the second moves 7 sin² by 7 · 3/4 over 2/3 of its range
        assert table.loc[PATHS[1], "mu_star"] == pytest.approx(7 * 0.75 * 1.5)
    assert (told.points, told.left_out) == (30 * (len(table) + 1), 0)


def test_indices_of_groups_are_those_of_salib_and_published(tmp_path):
    answer = lambda row, _: {"recovery": ishigami(*row.values())}
    found = fill(tmp_path, answer, LIST, "sobol", samples=1024)
    table = sensitivity(found)[0].table.set_index("factor")
    problem = PROBLEM | {"groups": ["list", PATHS[1], "list"]}
    other = of_salib("sobol", found, problem=problem, calc_second_order=False)["ST"]
    assert table.loc[["list", PATHS[1]], "ST"].tolist() == pytest.approx(list(other))
    # the first and the third have together all that the second has not
    assert table.loc["list", ["S1", "ST"]].tolist() == pytest.approx([0.5576] * 2, abs=0.05)


def test_the_share_of_chance_is_that_of_the_residual_in_points_and_replicates():
    rng = np.random.default_rng(1)
    points, shifts = rng.normal(size=(2000, 1)), 50 * rng.normal(size=(1, 4))
    noise = 2 * rng.normal(size=(2000, 4))
    # means of four: the noise is a half of all that varies, and shifts of a replicate are no noise
    assert chance(points + shifts + noise) == pytest.approx(0.5, abs=0.04)
    assert chance(points + shifts) == pytest.approx(0.0, abs=1e-12)
    assert chance(noise) == pytest.approx(1.0, abs=0.05)
    assert math.isnan(chance(points))


@pytest.mark.parametrize(
    "design",
    [{"kind": "morris", "trajectories": 200, "levels": 50}, {"kind": "sobol", "samples": 512}],
)
def test_a_factor_that_only_stirs_chance_stays_within_what_chance_shows(tmp_path, design):
    answer = lambda a, b, c, replicate: 3.0 * a + within((a, b, c, replicate))
    (told,) = sensitivity(answered(tmp_path, design, answer, replicates=3))
    assert told.clear.sum() >= 1
    assert told.table["factor"][0] == PATHS[0]
    idle = by_path(told).iloc[1:]
    # what chance is expected to show, not just what it seldom exceeds
    assert (idle[told.rank] / idle["by_chance"]).tolist() == pytest.approx([0.9, 0.9], abs=0.15)


def test_a_factor_that_is_inert_shows_nothing_beside_noise_that_it_does_not_touch(tmp_path):
    """Runs that share their draws and do not differ are the same to the last bit."""
    answer = lambda a, b, c, replicate: a + within((a, b, replicate))
    found = answered(tmp_path, MORRIS, answer, replicates=2)
    inert = by_path(sensitivity(found)[0]).loc[PATHS[2]]
    assert (inert["mu_star"], inert["by_chance"], inert["sigma"]) == (0.0, 0.0, 0.0)


def test_trajectories_with_a_hole_are_dropped_and_told(tmp_path):
    answer = lambda a, b, c, _: 1000.0 if a == b == c else 5 * b + a
    found = answered(tmp_path, MORRIS, answer, fails=lambda point, replicate: point in {4, 21})
    (told,) = sensitivity(found)
    assert (told.points, told.left_out) == (72, 8)
    assert "2 of 20 trajectories are incomplete and left out" in told.remarks


def test_sobol_refuses_failed_runs_with_a_hint_and_pawn_goes_without_them(tmp_path):
    design = SOBOL | {"samples": 32}
    found = answered(tmp_path, design, fails=lambda point, replicate: point == 5)
    with pytest.raises(ServandaError, match=r"1 of 160 runs failed.*servanda retry"):
        sensitivity(found)
    (told,) = sensitivity(found, method="pawn")
    assert told.points == 63
    found.runs = found.runs[found.runs["status"] == "ok"]
    with pytest.raises(ServandaError, match=r"1 are missing.*servanda sweep"):
        sensitivity(found)


def test_a_measure_that_cannot_be_analysed_is_told_beside_those_that_can(tmp_path):
    def answer(row, _):
        harm = ishigami(*row.values())
        return {"recovery": math.nan if harm > 5 else harm, "harm": harm, "backlog": 1.0}

    found = fill(tmp_path, answer, UNITS, **SOBOL)
    told = {one.measure: one for one in sensitivity(found)}
    assert len(told["harm"].table) == 3
    assert told["recovery"].table.empty
    assert "where a run has no case to measure" in told["recovery"].remarks[0]
    assert "the same at all points" in told["backlog"].remarks[0]


@pytest.mark.parametrize("design", [SOBOL, HYPERCUBE])
def test_a_measure_that_is_infinite_somewhere_is_refused_and_never_averaged(tmp_path, design):
    found = answered(tmp_path, design, lambda a, b, c, _: math.inf if a < 0.55 else b)
    with pytest.raises(ServandaError, match=r"recovery: not finite at \d+ of 80 points"):
        sensitivity(found)


def test_a_sweep_that_has_hardly_begun_is_said_to_lack_runs_and_not_measures(tmp_path):
    found = answered(tmp_path, MORRIS)
    whole = found.runs
    for runs, said in (
        (whole[:1], r"\d+ are missing; .*`servanda sweep` runs them"),
        (whole.assign(status="failed"), r"no run succeeded: \d+ failed; `servanda status`"),
    ):
        found.runs = runs
        with pytest.raises(ServandaError, match=said):
            sensitivity(found)


@pytest.mark.parametrize(
    ("kind", "method", "said"),
    [
        ("latin_hypercube", "sobol", "do not suit the method 'sobol'"),
        ("morris", "pawn", "PAWN needs independent points"),
        ("one_at_a_time", None, "does not spread points"),
        ("sobol", "sobel", "did you mean 'sobol'"),
    ],
)
def test_a_method_that_does_not_suit_the_design_is_refused(kind, method, said):
    with pytest.raises(ServandaError, match=said):
        fitting(kind, method)


def test_a_measure_that_was_not_kept_and_lost_points_of_the_unit_cube_are_refused(tmp_path):
    found = answered(tmp_path, MORRIS)
    for name, said in (
        (PATHS[0], "this is a factor"),
        ("backlog", "did not record this indicator; it recorded recovery$"),
    ):
        with pytest.raises(ServandaError, match=said):
            sensitivity(found, [name])
    (tmp_path / "shares.parquet").unlink()
    said = r"shares\.parquet: there is no such file.*`servanda sweep`"
    with pytest.raises(ServandaError, match=said):
        sensitivity(sim.results(tmp_path))
