"""Claims about conditions: what they say is read, never executed, and mistakes are told."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.discovery.condition import parsed
from sim.errors import ServandaError

KNOWN = ("recovery", "harm", "backlog")
FRAME = pd.DataFrame({"recovery": [0.2, 0.3, 0.4, np.nan], "harm": [-1.0, 400.0, 600.0, 5.0]})


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("recovery < 0.3", [0]),
        ("recovery > 3e-1", [2]),
        ("recovery >= 0.3 and harm < 500", [1]),
        ("recovery >= 0.3 && harm != 400", [2]),
        ("harm == -1 and recovery < 1", [0]),
    ],
)
def test_a_condition_holds_where_all_its_comparisons_do_and_never_where_one_is_missing(text, rows):
    assert np.flatnonzero(parsed(text, KNOWN).holds(FRAME)).tolist() == rows


def test_a_condition_says_itself_and_what_it_asks_for():
    found = parsed("  recovery<0.30 and harm>=5 and recovery > 0 ", KNOWN)
    assert str(found) == "recovery < 0.3 and harm >= 5 and recovery > 0"
    assert found.names == ["recovery", "harm"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no condition is given"),
        ("recovery", "'recovery' is not a comparison"),
        ("recovery < harm", "'harm' is not a number"),
        ("recovry < 0.3", "did you mean 'recovery'"),
        ("0.3 > recovery", "put the indicator first"),
        ("recovery < 0.3 or harm > 5", "'or' is not supported"),
        ("recovery < __import__('os').getpid()", "is not a number"),
    ],
)
def test_what_is_no_condition_is_refused_in_a_line(text, said):
    with pytest.raises(ServandaError, match=said) as caught:
        parsed(text, KNOWN, ["choice.noise"])
    assert "\n" not in str(caught.value)
