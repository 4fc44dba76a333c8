"""Claims about names that are taken: they are those of the columns that results have."""

from sim.experiment.reading.reserved import RUNS, taken
from sim.measure.indicators import INDICATORS
from sim.runs.storage.writing import FIXED


def test_every_column_of_the_runs_is_taken() -> None:
    columns = [*FIXED.names, "point", "replicate", *(one.name for one in INDICATORS)]
    assert list(taken(columns)) == columns
    assert set(FIXED.names) <= set(RUNS)


def test_capitals_make_no_other_name_and_a_name_is_taken_by_the_one_before_it() -> None:
    assert list(taken(["STATUS", "a", "A", "b"], ["B"])) == ["STATUS", "A", "b"]
