"""A tape tells the same as the world it was recorded from."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import World
from sim.errors import ServandaError
from sim.terms import Option, Stage
from sim.view.tape.conduct import DOCKET, GONE, STAGES, Conduct, Place, conduct_of, place_of
from sim.view.tape.packing import columns, packed, stays, unpacked
from sim.view.tape.recorder import (
    Recorder,
    ledgers_over_the_year,
    over_the_year,
    packed_ledgers,
    record,
)

SMALL: dict[str, Any] = {"population.size": 400, "run.burn_in": 6, "run.months": 8}


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_numbers_survive_packing(numbers: list[int]) -> None:
    assert unpacked(packed(np.array(numbers, np.int64))).tolist() == numbers


@pytest.mark.parametrize("number", [-1, 2**32])
def test_other_numbers_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="between 0 and"):
        packed(np.array([number]))


def test_every_stage_has_one_place() -> None:
    assert sorted(stage for stages in STAGES.values() for stage in stages) == sorted(Stage)


@given(st.lists(st.lists(st.integers(0, 3), min_size=9, max_size=9)))
def test_stays_hold_every_code_of_every_month(rows: list[list[int]]) -> None:
    codes = np.array(rows, int).reshape(-1, 9)
    changes = []
    for k in range(1, 9):
        moved = np.flatnonzero(codes[:, k] != codes[:, k - 1])
        changes.append((5 + k, moved, codes[moved, k]))
    now, found = np.zeros(len(codes), int), []
    for moved, new in months(stays(5, codes[:, 0], changes), first=5, last=13):
        now[moved] = new
        found.append(now.tolist())
    assert np.transpose(found).tolist() == codes.tolist()


@given(st.lists(st.lists(st.integers(-(2**20), 2**20), min_size=3, max_size=3), min_size=1))
def test_columns_hold_every_number(rows: list[list[int]]) -> None:
    assert table(packed(columns(rows))).tolist() == rows


def months(numbers: np.ndarray, first: int, last: int) -> list[tuple[list[int], list[int]]]:
    """Rows and new codes of each month, from `stays`, as the player takes them."""
    left = numbers.tolist()
    codes, left = left[1 : 1 + left[0]], left[1 + left[0] :]
    kinds = []
    while left:
        lasted, left = left[1 : 1 + left[0]], left[1 + left[0] :]
        ends = np.count_nonzero(lasted)
        kinds.append((iter(lasted), iter(left[:ends])))
        left = left[ends:]
    found: list[tuple[list[int], list[int]]] = [([], []) for _ in range(last - first + 1)]
    for row, code in enumerate(codes):
        month, now = 0, code
        while True:
            found[month][0].append(row)
            found[month][1].append(now)
            lasted, follows = kinds[now]
            if not (long := next(lasted)):
                break
            month, now = month + long, next(follows)
    assert not any(list(one) for kind in kinds for one in kind)
    return found


def stepped(numbers: np.ndarray) -> list[tuple[list[int], list[int]]]:
    """Rows and new codes of each month, from `steps`, as the player takes them."""
    left, found = numbers.tolist(), []
    while left:
        n = left[0]
        found.append((np.cumsum(left[1 : n + 1], dtype=int).tolist(), left[n + 1 : 2 * n + 1]))
        left = left[2 * n + 1 :]
    return found


class Replay:
    """Moves through a tape as the player does."""

    def __init__(self, tape: dict) -> None:
        self.debtors, self.last = tape["debtors"], tape["last"]
        self.owners = self._owners(tape)
        self.claims = months(unpacked(tape["claims"]), tape["first"], self.last)
        self.people = months(unpacked(tape["people"]), tape["first"], self.last)
        self.place = np.full(len(self.owners), GONE)
        self.conduct = np.zeros(tape["debtors"], int)

    def append(self, more: dict) -> None:
        owners = self._owners(more)
        self.owners += owners
        self.place = np.append(self.place, np.full(len(owners), GONE))
        self.claims += stepped(unpacked(more["claims"]))
        self.people += stepped(unpacked(more["people"]))
        self.last = more["last"]

    def month(self) -> None:
        self.place[self.place >= Place.PERFORMED] = GONE
        for changes, into in ((self.claims, self.place), (self.people, self.conduct)):
            rows, codes = changes.pop(0)
            into[rows] = codes

    def _owners(self, part: dict) -> list[int]:
        return (np.cumsum(unpacked(part["owners"])) % self.debtors).tolist()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_tape_has_every_claim_and_every_conduct_in_every_month(seed: int) -> None:
    world = World("china_2016", events=True, **(SMALL | {"run.seed": seed})).run_to(0)
    recorder, seen = Recorder(world), []
    while True:
        claims, debtors = world.simulation.claims.rows, world.simulation.debtors.rows
        seen.append(
            (
                np.bincount(place_of(claims["stage"]), minlength=len(Place)),
                np.sort(claims["debtor"]),
                np.array(conduct_of(debtors)),
            )
        )
        if not world.running:
            break
        world.step()
        recorder.look()
    tape = recorder.tape(["backlog"])
    replay = Replay(tape)
    assert (tape["first"], tape["last"], len(seen)) == (0, 8, 9)
    for places, owners, conduct in seen:
        replay.month()
        is_open = replay.place < Place.PERFORMED
        found = np.bincount(replay.place[is_open], minlength=len(Place))
        assert found.tolist() == places.tolist()
        assert np.sort(np.array(replay.owners)[is_open]).tolist() == owners.tolist()
        assert replay.conduct.tolist() == conduct.tolist()
    assert not replay.claims
    assert not replay.people


def test_the_tape_knows_how_long_cases_have_been_in_the_docket() -> None:
    world = World("china_2016", events=True, **(SMALL | {"run.burn_in": 24})).run_to(0)
    claims = world.simulation.claims.rows
    ages = unpacked(Recorder(world).tape(["backlog"])["ages"])
    inside = np.isin(place_of(claims["stage"]), DOCKET)
    assert ages[inside].tolist() == claims["docket"][inside].tolist()
    assert ages[inside].max() > 0
    assert not ages[~inside].any()


def test_a_world_without_burn_in_has_no_curves_and_ledgers_in_month_0() -> None:
    tape = record("china_2016", ["backlog"], **(SMALL | {"run.burn_in": 0}))
    assert (tape["first"], tape["last"]) == (0, 8)
    assert len(tape["curves"]["backlog"]) == len(table(tape["ledger"]["payers"])) == 9
    assert tape["curves"]["backlog"][0] is None
    assert table(tape["ledger"]["payers"])[0].tolist() == [0] * (1 + len(tape["ledger"]["terms"]))


def test_debtors_on_the_list_who_cannot_pay_are_kept_apart() -> None:
    rows = np.zeros(4, [("option", "u1"), ("on_list", "?")])
    rows["option"] = [Option.UNABLE, Option.UNABLE, Option.STALL, Option.BANKRUPT]
    rows["on_list"] = [False, True, True, True]
    marks = [Conduct.UNABLE, Conduct.LISTED_UNABLE, Conduct.LISTED, Conduct.BANKRUPT]
    assert conduct_of(rows).tolist() == marks


def test_closed_claims_are_shown_in_the_month_in_which_they_closed() -> None:
    tape = record("china_2016", ["backlog"], **SMALL)
    replay, performed = Replay(tape), 0
    for month in range(9):
        replay.month()
        performed += int((replay.place == Place.PERFORMED).sum()) if month else 0
    world = World("china_2016", events=True, **SMALL).run()
    assert world.transitions is not None
    log = world.transitions.frame()
    paid = log[(log["month"] >= 1) & log["stage"].isin(["paid", "plan_completed"])]
    assert performed == len(paid) > 0


def test_curves_are_indicators_over_the_last_twelve_months() -> None:
    world = World("china_2016", **SMALL | {"run.months": 30}).run()
    found = over_the_year(world, ["backlog", "performed_12"], 0)
    counts = world.series(counts=True)
    last = counts[counts["month"].between(19, 30)]
    assert found["backlog"][30] == pytest.approx(
        1000 * last["n_docket"].sum() / last["n_debtors"].sum(), rel=1e-4
    )
    cohorts = counts[counts["month"].between(7, 18)]  # the twelve that can be judged in month 30
    expected = (cohorts["performed_12"] * cohorts["n_due"]).sum() / cohorts["n_due"].sum()
    assert found["performed_12"][30] == pytest.approx(expected, rel=1e-4)
    assert found["performed_12"][0] is None  # six months of burn-in are too few for a cohort


def test_ledgers_are_means_over_choices() -> None:
    world = World("china_2016", events=True, **SMALL).run_to(0)
    ledger = ledgers_over_the_year(Recorder(world).run().world, 0)
    means = world.ledgers().set_index("group")
    sums = world.measured.ledger_sums()[-8:].sum(axis=0)
    assert sums[1, 0] == means["choices"]["evaders"]
    assert sums[1, 0] > 0
    assert len(ledger["evaders"]) == 9
    assert len(ledger["evaders"][-1]) == len(ledger["terms"])
    last = table(packed_ledgers(ledger)["evaders"])[-1]
    assert last[0] == ledger["choices"][-1][1]
    assert last[1:] == pytest.approx(ledger["evaders"][-1], abs=0.5)


def table(text: str) -> np.ndarray:
    """The rows of packed columns."""
    n, *numbers = unpacked(text).tolist()
    change = [-(one + 1) // 2 if one % 2 else one // 2 for one in numbers]
    return np.cumsum(np.reshape(change, (-1, n)), axis=1).T


def test_a_world_without_events_and_an_unknown_curve_are_refused() -> None:
    with pytest.raises(ServandaError, match="events=True"):
        Recorder(World("china_2016", **SMALL).run_to(0))
    with pytest.raises(ServandaError, match="no indicator 'backlock'"):
        record("china_2016", ["backlock"], **SMALL)
