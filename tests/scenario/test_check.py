"""Claims about error messages: each names its line, what is wrong, and what was meant."""

import pickle

import pytest

from sim.scenario.checking.check import ScenarioErrors
from sim.scenario.reading.file import load
from tests.bad_files import agree, bad_files


@pytest.mark.parametrize(
    ("text", "expected"),
    [*bad_files("whole.toml"), *bad_files("scenario.toml"), *bad_files("policy.toml")],
)
def test_a_mistake_is_told_with_its_line(complaints, text: str, expected: list[str]) -> None:
    assert agree(complaints(text, head=""), expected), complaints(text, head="")


def test_all_errors_come_at_once_in_the_order_of_lines(complaints) -> None:
    text = (
        "[choice]\nnoise = -1\nbehaviour = 'x'\n[run]\nmonths = 0\n"
        "[[policies]]\nname = 'p'\nset = { 'sanctions.fine' = 1.0 }\n[zzz]\n"
    )
    lines = [line.split(":")[1] for line in complaints(text)]
    assert lines == ["6", "7", "9", "12", "13"]


def test_errors_travel_between_processes() -> None:
    with pytest.raises(ScenarioErrors) as caught:
        load({"zzz": 1})
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert len(again.errors) == 2


def test_of_many_errors_the_first_are_told_and_the_rest_counted(write) -> None:
    text = "".join(f"k{n} = 1\n" for n in range(50))
    with pytest.raises(ScenarioErrors) as caught:
        load(write(text, head='format = 1\ntitle = "T"\nextends = "village"\n'))
    lines = str(caught.value).splitlines()
    assert lines[0] == "w.toml:4: k0: unknown key"
    assert (len(lines), lines[-1]) == (21, "and 30 more; fix these first")
    assert len(caught.value.errors) == 50
