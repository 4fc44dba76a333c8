"""Claims about policies: their strength over time, and which of them make no sense."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.errors import ServandaWarning
from sim.scenario.policy import Policy, Trigger
from sim.scenario.reading.file import load

ADD = {"sanctions.fine_rate": 0.1}
P = "[[policies]]\nname = 'p'\n"
TRACE = "set = { collaborative.trace_bank = 0.1 }\n"
FINE = "set = { sanctions.fine_rate = 0.1 }\n"


def policy(**given) -> Policy:
    return Policy(**({"name": "p", "add": ADD} | given))


def test_a_policy_without_a_ramp_works_in_full_at_once() -> None:
    whole = policy(start=3)
    assert [whole.strength(month) for month in (-5, 2, 3, 1000)] == [0.0, 0.0, 1.0, 1.0]


def test_a_ramp_of_three_months_climbs_by_quarters() -> None:
    ramp = policy(start=2, ramp=3)
    assert [ramp.strength(month) for month in range(1, 7)] == [0.0, 0.25, 0.5, 0.75, 1.0, 1.0]


def test_the_last_month_is_in_force_and_decay_follows_it() -> None:
    fading = policy(start=1, end=4, decay=3)
    assert [fading.strength(m) for m in range(3, 9)] == [1.0, 1.0, 0.75, 0.5, 0.25, 0.0]


def test_what_ends_before_it_has_risen_fades_from_where_it_stands() -> None:
    brief = policy(start=1, ramp=3, end=2, decay=1)
    assert [brief.strength(month) for month in range(1, 5)] == [0.25, 0.5, 0.25, 0.0]


@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 9), st.integers(0, 9), st.integers())
def test_strength_is_a_share_and_nothing_outside_the_window(
    start: int, length: int, ramp: int, decay: int, month: int
) -> None:
    measure = policy(start=start, end=start + length, ramp=ramp, decay=decay)
    strength = measure.strength(month)
    assert 0.0 <= strength <= 1.0
    assert (strength > 0.0) == (start <= month <= measure.last())


def test_what_becomes_routine_stays_at_its_share_for_good() -> None:
    lasting = policy(start=1, end=2, decay=1, routine=0.4)
    assert [lasting.strength(m) for m in (2, 3, 4, 500)] == pytest.approx([1.0, 0.7, 0.4, 0.4])
    assert lasting.last() == math.inf


def test_half_a_dose_is_half_of_every_months_strength() -> None:
    whole, half = (policy(ramp=3, end=9, decay=2, dose=dose) for dose in (1.0, 0.5))
    for month in range(1, 14):
        assert half.strength(month) == whole.strength(month) / 2


def test_a_trigger_holds_between_its_two_values() -> None:
    above = Trigger(indicator="backlog", on=12.0, off=8.0)
    assert [above.flips(v, in_force=False) for v in (7.0, 10.0, 12.0)] == [False, False, True]
    assert [above.flips(v, in_force=True) for v in (13.0, 10.0, 8.0)] == [False, False, True]
    below = Trigger(indicator="clearance", on=0.7, off=0.9)
    assert [below.flips(v, in_force=False) for v in (0.9, 0.8, 0.7)] == [False, False, True]
    assert [below.flips(v, in_force=True) for v in (0.6, 0.8, 0.9)] == [False, False, True]
    assert not above.flips(math.nan, in_force=False)
    assert not above.flips(math.nan, in_force=True)


@pytest.mark.parametrize(
    ("target", "lever"),
    [
        ("kinds = ['firm']", "comprehensive.list_rate"),
        ("districts = [1]", "comprehensive.officers"),
        ("domains = ['trade']", "collaborative.trace_bank"),
    ],
)
def test_a_lever_within_reach_is_allowed(write, target, lever) -> None:
    assert load(write(f"{P}add = {{ {lever} = 0.1 }}\n{target}")).policies


SECOND = "[[policies]]\nname = 'q'\n" + FINE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", ""),
        ("end = 3", "start = 3"),
        ("end = 3\ndecay = 2", "start = 5"),
        ("districts = [1]", "districts = [2, 1]"),
        ("districts = [1]", "kinds = ['firm']"),
    ],
)
def test_two_values_for_one_lever_at_once_are_refused(complaints, one, other) -> None:
    (said,) = complaints(f"{P}{FINE}{one}\n{SECOND}{other}\n")
    assert "policies.1.set.sanctions.fine_rate: policy 'p' sets this lever too" in said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("end = 3", "start = 4"),
        ("end = 3\ndecay = 2", "start = 6"),
        ("districts = [1]", "districts = [2]"),
        ("kinds = ['firm']", "kinds = ['person']"),
    ],
)
def test_values_that_never_meet_are_allowed(write, one, other) -> None:
    assert len(load(write(f"{P}{FINE}{one}\n{SECOND}{other}\n")).policies) == 2


def test_adjoining_amounts_do_not_meet(write) -> None:
    text = f"{P}{TRACE}amount = [0, 5]\n[[policies]]\nname = 'q'\n{TRACE}amount = [5, 9]\n"
    assert len(load(write(text)).policies) == 2


def test_a_policy_after_the_end_of_the_run_is_odd(write) -> None:
    path = write(f"{P}{FINE}start = 73")
    with pytest.warns(ServandaWarning, match="'p' starts in month 73; the run ends after 72"):
        load(path)


def test_a_policy_that_reaches_nobody_is_odd(write) -> None:
    path = write(f"{P}{FINE}kinds = ['public_body']\n[domains.trade]\nperson = 1.0")
    with pytest.warns(ServandaWarning, match="'p' reaches nobody: no debtor of its kinds owes"):
        load(path)


def test_a_policy_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        policy().start = 2  # type: ignore[misc]
