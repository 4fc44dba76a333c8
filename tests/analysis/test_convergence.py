"""Claims about convergence: what the first part of a sample says, and when indices have settled."""

import numpy as np
import pytest

from sim.analysis.sensitivity.convergence import by_replicates, convergence, running, sizes
from sim.analysis.sensitivity.sensitivity import sensitivity
from sim.errors import ServandaError
from sim.experiment.reading.file import load_experiment
from tests.analysis.filled import filled, ishigami

PATHS = ("comprehensive.list_rate", "comprehensive.match_rate", "comprehensive.list_accuracy")
"""Three levers that go from 0 to 1."""


def swept(folder, design, answer=ishigami, replicates=1):
    factors = {path: {"low": 0.0, "high": 1.0} for path in PATHS}
    asked = {"base": "village", "design": design, "factors": factors, "replicates": replicates}
    return filled(
        folder, load_experiment(asked), lambda row, _: {"recovery": answer(*row.values())}
    )


def test_sizes_are_halves_of_the_whole_as_long_as_they_say_something():
    assert sizes(64, 8) == [8, 16, 32, 64]
    assert sizes(20, 4) == [5, 10, 20]
    assert sizes(7, 8) == [7]


@pytest.mark.parametrize(
    ("design", "wanted"),
    [
        ({"kind": "sobol", "samples": 64}, [8, 16, 32, 64]),
        ({"kind": "morris", "trajectories": 20}, [5, 10, 20]),
    ],
)
def test_the_last_size_is_the_whole_sweep_and_the_others_its_first_part(tmp_path, design, wanted):
    found = swept(tmp_path / "whole", design)
    (told,) = convergence(found)
    assert sorted(told.table["n"].unique()) == wanted
    last = told.table[told.table["n"] == wanted[-1]].set_index("factor")
    (whole,) = sensitivity(found)
    assert last["index"].to_dict() == whole.table.set_index("factor")[whole.rank].to_dict()
    if design["kind"] == "sobol":  # the beginning of a sequence is the same sample, only smaller
        half = swept(tmp_path / "half", design | {"samples": 32})
        first = told.table[told.table["n"] == 32].set_index("factor")["index"].to_dict()
        assert first == pytest.approx(
            sensitivity(half)[0].table.set_index("factor")["ST"].to_dict()
        )


def test_few_samples_have_not_settled_and_the_factor_is_named(tmp_path):
    (told,) = convergence(swept(tmp_path, {"kind": "sobol", "samples": 32}))
    assert told.settled is False
    assert told.remark.startswith("not settled: from 16 to 32 samples '")


def test_many_samples_have_settled(tmp_path):
    (told,) = convergence(swept(tmp_path, {"kind": "sobol", "samples": 1024}))
    assert told.settled is True
    assert told.remark.startswith("settled: from 512 to 1,024 samples")


def test_a_linear_measure_settles_at_once(tmp_path):
    design = {"kind": "morris", "trajectories": 8}
    (told,) = convergence(swept(tmp_path, design, lambda a, b, c: 3.0 * a + b))
    assert told.settled is True


def test_a_single_size_says_nothing_about_settling(tmp_path):
    (told,) = convergence(swept(tmp_path, {"kind": "morris", "trajectories": 6}))
    assert told.settled is None
    assert "6 trajectories are too few to judge whether indices have settled" in told.remark


def test_designs_without_a_growing_sample_are_refused(tmp_path):
    found = swept(tmp_path, {"kind": "latin_hypercube", "points": 60})
    with pytest.raises(ServandaError, match="with the designs morris and sobol"):
        convergence(found)


# ---------------------------------------------------------------- replicates


def test_running_means_are_those_of_the_first_values_with_students_intervals():
    told = running([1.0, 3.0, np.nan, 5.0])
    assert told["replicates"].tolist() == [2, 3]
    assert told["mean"].tolist() == [2.0, 3.0]
    # t of one degree of freedom, times the standard error 1
    assert told["high"][0] - told["mean"][0] == pytest.approx(12.7062, rel=1e-4)
    assert running([1.0]).empty


def test_means_against_replicates_are_of_points_or_of_paired_differences(tmp_path):
    factors = {PATHS[0]: [0.1, 0.2, 0.4]}
    asked = {"base": "village", "design": {"kind": "grid"}, "factors": factors, "replicates": 4}
    found = filled(
        tmp_path,
        load_experiment(asked),
        lambda row, replicate: {"recovery": row[PATHS[0]] + 100.0 * replicate},
    )
    told = by_replicates(found, "recovery")
    assert told["point"].tolist() == [0] * 3 + [1] * 3 + [2] * 3
    assert told["mean"].tolist()[:3] == pytest.approx([50.1, 100.1, 150.1])
    apart = by_replicates(found, "recovery", base=0)
    assert sorted(apart["point"].unique()) == [1, 2]
    assert apart["mean"].tolist() == pytest.approx([0.1] * 3 + [0.3] * 3)
