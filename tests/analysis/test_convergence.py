"""Claims about convergence: what the first part of a sample says, and when indices have settled."""

import numpy as np
import pytest

from sim.analysis.sensitivity.convergence import by_replicates, convergence, running
from sim.analysis.sensitivity.sensitivity import sensitivity
from sim.errors import ServandaError
from tests.analysis.filled import PATHS, UNIT, fill, ishigami


def swept(folder, kind, answer=ishigami, **size):
    factors = dict.fromkeys(PATHS, UNIT)
    return fill(folder, lambda row, _: {"recovery": answer(*row.values())}, factors, kind, **size)


def by_factor(table, index):
    return table.set_index("factor")[index].to_dict()


def test_the_last_size_is_the_whole_sweep_and_the_others_its_first_part(tmp_path):
    table = convergence(swept(tmp_path / "64", "sobol", samples=64))[0].table
    assert sorted(table["n"].unique()) == [8, 16, 32, 64]
    for size in (32, 64):  # the beginning of a sequence is the same sample, only smaller
        (whole,) = sensitivity(swept(tmp_path / f"alone_{size}", "sobol", samples=size))
        part = by_factor(table[table["n"] == size], "index")
        assert part == pytest.approx(by_factor(whole.table, "ST"))


@pytest.mark.parametrize(
    ("kind", "size", "answer", "settled", "remark"),
    [
        ("sobol", {"samples": 32}, ishigami, False, "not settled: from 16 to 32 samples '"),
        ("sobol", {"samples": 1024}, ishigami, True, "settled: from 512 to 1,024 samples"),
        ("morris", {"trajectories": 8}, lambda a, b, c: 3.0 * a + b, True, "settled: from 4 to 8"),
        ("morris", {"trajectories": 6}, ishigami, None, "6 trajectories are too few to judge whe"),
    ],
)
def test_many_samples_settle_few_do_not_and_a_linear_measure_does_at_once(
    tmp_path, kind, size, answer, settled, remark
):
    (found,) = convergence(swept(tmp_path, kind, answer, **size))
    assert found.settled is settled
    assert found.remark.startswith(remark)


def test_designs_without_a_growing_sample_are_refused(tmp_path):
    with pytest.raises(ServandaError, match="with the designs morris and sobol"):
        convergence(swept(tmp_path, "latin_hypercube", points=60))


def test_running_means_are_those_of_the_first_values_with_students_intervals():
    told = running([1.0, 3.0, np.nan, 5.0])
    assert told["replicates"].tolist() == [2, 3]
    assert told["mean"].tolist() == [2.0, 3.0]
    # t of one degree of freedom, times the standard error 1
    assert told["high"][0] - told["mean"][0] == pytest.approx(12.7062, rel=1e-4)


def test_means_against_replicates_are_of_points_or_of_paired_differences(tmp_path):
    answer = lambda row, replicate: {"recovery": row[PATHS[0]] + 100.0 * replicate}
    found = fill(tmp_path, answer, {PATHS[0]: [0.1, 0.2, 0.4]}, replicates=4)
    told = by_replicates(found, "recovery")
    assert told["point"].tolist() == [0] * 3 + [1] * 3 + [2] * 3
    assert told["mean"].tolist()[:3] == pytest.approx([50.1, 100.1, 150.1])
    apart = by_replicates(found, "recovery", base=0)
    assert sorted(apart["point"].unique()) == [1, 2]
    assert apart["mean"].tolist() == pytest.approx([0.1] * 3 + [0.3] * 3)
