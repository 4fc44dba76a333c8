"""Every scenario still gives the numbers it gave when they were last looked at."""

import pandas as pd
import pytest

from tests.golden.series import FOLDER, WORLDS, series

CLOSE = 1e-7
"""Other processors round powers and logarithms otherwise, in the last digits."""


@pytest.mark.parametrize("name", WORLDS)
def test_a_scenario_gives_its_golden_series(name):
    golden = pd.read_csv(FOLDER / f"{name}.csv", index_col="half_year")
    pd.testing.assert_frame_equal(series(name), golden, rtol=CLOSE, atol=CLOSE, check_dtype=False)


def test_each_scenario_has_a_golden_series_of_its_own():
    texts = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.csv")}
    assert texts.keys() == set(WORLDS)
    assert len(set(texts.values())) == len(texts)
