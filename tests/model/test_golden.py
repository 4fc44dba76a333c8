"""Every shipped scenario still gives the numbers it gave when they were last looked at."""

import pandas as pd
import pytest

from sim.scenario.reading.shipped import shipped
from tests.golden.series import FOLDER, series

CLOSE = 1e-7
"""Other processors round powers and logarithms otherwise, in the last digits."""


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_scenario_gives_its_golden_series(name):
    golden = pd.read_csv(FOLDER / f"{name}.csv", index_col="half_year")
    pd.testing.assert_frame_equal(series(name), golden, rtol=CLOSE, atol=CLOSE, check_dtype=False)


def test_each_shipped_scenario_has_a_golden_series_of_its_own():
    texts = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.csv")}
    assert texts.keys() == set(shipped())
    assert len(set(texts.values())) == len(texts)
