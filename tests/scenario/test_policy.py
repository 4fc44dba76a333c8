"""Claims about policies: their strength over time, and which of them make no sense."""

import math

import pytest

from sim.errors import ServandaWarning
from sim.scenario.policy import Policy, Trigger
from sim.scenario.reading.file import load

ADD = {"sanctions.fine_rate": 0.1}
P, Q = (f"[[policies]]\nname = '{name}'\n" for name in "pq")
TRACE = "set = { collaborative.trace_bank = 0.1 }\n"
FINE = "set = { sanctions.fine_rate = 0.1 }\n"


def policy(**given) -> Policy:
    return Policy(**({"name": "p", "add": ADD} | given))


@pytest.mark.parametrize(
    ("given", "strengths"),
    [
        ({"start": 3}, {-5: 0, 2: 0, 3: 1, 1000: 1}),
        ({"start": 2, "ramp": 3}, {1: 0, 2: 0.25, 3: 0.5, 4: 0.75, 5: 1, 6: 1}),
        ({"end": 4, "decay": 3}, {3: 1, 4: 1, 5: 0.75, 6: 0.5, 7: 0.25, 8: 0}),
        ({"ramp": 3, "end": 2, "decay": 1}, {1: 0.25, 2: 0.5, 3: 0.25, 4: 0}),
        ({"end": 2, "decay": 1, "routine": 0.4}, {2: 1, 3: 0.7, 4: 0.4, 500: 0.4}),
    ],
)
def test_a_policy_rises_holds_and_fades_as_declared_at_any_dose(given, strengths) -> None:
    for dose in (1.0, 0.5):
        found = [policy(dose=dose, **given).strength(month) for month in strengths]
        assert found == pytest.approx([dose * one for one in strengths.values()], abs=1e-15)
    assert (policy(**given).last() == math.inf) == (list(strengths.values())[-1] > 0)


def test_a_trigger_holds_between_its_two_values() -> None:
    above = Trigger(indicator="backlog", on=12.0, off=8.0)
    assert [above.flips(v, in_force=False) for v in (7.0, 10.0, 12.0)] == [False, False, True]
    assert [above.flips(v, in_force=True) for v in (13.0, 10.0, 8.0)] == [False, False, True]
    below = Trigger(indicator="clearance", on=0.7, off=0.9)
    assert [below.flips(v, in_force=False) for v in (0.8, 0.7)] == [False, True]
    assert not any(above.flips(math.nan, in_force=now) for now in (False, True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", ""),
        ("end = 3\ndecay = 2", "start = 5"),
        ("districts = [1]", "districts = [2, 1]"),
        ("districts = [1]", "kinds = ['firm']"),
    ],
)
def test_two_values_for_one_lever_at_once_are_refused(complaints, one, other) -> None:
    (said,) = complaints(f"{P}{FINE}{one}\n{Q}{FINE}{other}\n")
    assert "policies.1.set.sanctions.fine_rate: policy 'p' sets this lever too" in said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{FINE}end = 3\ndecay = 2", f"{FINE}start = 6"),
        (f"{FINE}districts = [1]", f"{FINE}districts = [2]"),
        (f"{TRACE}amount = [0, 5]", f"{TRACE}amount = [5, 9]"),
    ],
)
def test_values_that_never_meet_are_allowed(write, one, other) -> None:
    assert len(load(write(f"{P}{one}\n{Q}{other}\n")).policies) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("start = 73", "'p' starts in month 73; the run ends after month 72"),
        ("kinds = ['public_body']\n[domains.trade]\nperson = 1.0", "'p' reaches nobody: no debtor"),
    ],
)
def test_a_policy_that_can_do_nothing_is_odd(write, text, told) -> None:
    path = write(f"{P}{FINE}{text}")
    with pytest.warns(ServandaWarning, match=told):
        load(path)
