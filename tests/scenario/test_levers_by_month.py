"""Claims about treatments: who is reached by what, and what the levers are in a month."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import ServandaWarning
from sim.scenario.levers_by_month import Treatments
from sim.scenario.reading.file import load
from sim.terms import Domain, Kind

RATE = "sanctions.fine_rate"
TRACE = "collaborative.trace_bank"
TRIGGER = {"indicator": "backlog", "on": 10.0, "off": 5.0}


def treatments(*policies: dict, **overrides: object) -> Treatments:
    """Of a world with three districts and the policies given."""
    named = [{"name": f"p{place}"} | policy for place, policy in enumerate(policies)]
    world = {"kinds": {"person": {"share": 1}}, "population": {"districts": 3}, "policies": named}
    return Treatments(load(world, overrides=overrides))


def refreshed(treated: Treatments, month: int) -> np.ndarray:
    """The levers of all rows in a month."""
    rows = treated.rows()
    treated.refresh(rows, np.zeros((treated.count, 0)), month)
    return rows


def at(treated: Treatments, month: int, path: str = RATE) -> list[float]:
    """One lever in every row."""
    mode, name = path.split(".")
    return refreshed(treated, month)[mode][name].tolist()


def test_before_a_policy_after_it_and_in_row_0_all_is_the_base_bit_for_bit() -> None:
    ending = {"scale": {RATE: 1.7}, "start": 7, "end": 8, "decay": 2}
    treated = treatments(ending, {"add": {TRACE: 0.1}, "start": 9, "end": 9, "districts": [1]})
    base = treatments().rows()[0].tobytes()
    for month in (6, 11):
        assert {row.tobytes() for row in refreshed(treated, month)} == {base}
    for month in range(7, 11):
        rows = refreshed(treated, month)
        assert rows[0].tobytes() == base != rows[-1].tobytes()


def test_rows_are_the_distinct_sets_of_policies() -> None:
    none = treatments()
    assert none.count == 1
    assert none.claim.shape == (len(Kind), 3, len(Domain), 1)
    # None, the first, the second, both: and not one row for each cell.
    treated = treatments(
        {"set": {RATE: 0.5}, "districts": [0, 1]}, {"add": {TRACE: 0.1}, "districts": [1, 2]}
    )
    assert treated.count == 4
    assert len(set(treated.court.tolist())) == 3
    assert 0 not in treated.court


def test_a_policy_reaches_courts_and_debtors_unless_its_target_is_narrower() -> None:
    targets = ({"districts": [1]}, {"kinds": ["firm"]}, {"domains": ["wages"]})
    district, firms, wages = (treatments({"set": {TRACE: 0.5}} | target) for target in targets)
    assert district.court.tolist() == district.debtor[Kind.FIRM].tolist() == [0, 1, 0]
    assert not any(rows.any() for rows in (firms.court, wages.court, wages.debtor))
    assert firms.debtor[Kind.FIRM].all()
    assert not firms.debtor[Kind.PERSON].any()


@pytest.mark.parametrize(("verb", "whole"), [("set", 0.6), ("scale", 3.0), ("add", 0.4)])
def test_a_ramp_sets_scales_and_adds_in_proportion(verb: str, whole: float) -> None:
    treated = treatments({verb: {RATE: whole}, "ramp": 3}, **{RATE: 0.2})
    found = [at(treated, month)[1] for month in (1, 2, 3, 4)]
    assert found == pytest.approx([0.3, 0.4, 0.5, 0.6], abs=1e-15)
    full = {"set": whole, "scale": 0.2 * whole, "add": 0.2 + whole}
    assert found[-1] == full[verb]  # exact at full strength


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_set_comes_before_scale_and_scale_before_add(order: Sequence[int]) -> None:
    # Neither the place in the file nor an earlier start changes that.
    moves: list[dict] = [{"add": {RATE: 0.1}}, {"scale": {RATE: 2.0}}]
    moves.append({"set": {RATE: 0.2}, "start": 3})
    treated = treatments(*(moves[place] for place in order))
    assert at(treated, 3)[treated.court[0]] == pytest.approx(0.2 * 2.0 + 0.1, abs=1e-15)


@pytest.mark.parametrize("factor", [1.2, 2.0])
def test_a_campaign_brings_more_officers_while_it_lasts(factor: float) -> None:
    more = {"scale": {"comprehensive.officers": factor}, "start": 3, "end": 5}
    treated = treatments(more, **{"comprehensive.officers": 0.1})
    path = "comprehensive.officers"
    found = [at(treated, month, path)[treated.court[0]] / 0.1 for month in (2, 3, 5, 6)]
    assert found == pytest.approx([1.0, factor, factor, 1.0])


def test_a_lever_stays_in_its_range_with_one_warning_a_run() -> None:
    treated = treatments({"scale": {RATE: 100.0, TRACE: 100.0}}, **{RATE: 0.5})
    with pytest.warns(
        ServandaWarning, match="out of its range, 0 to 1, in month 1; it stays"
    ) as caught:
        assert at(treated, 1)[1] == 1.0
    assert len(caught) == 1
    assert at(treated, 2)[1] == 1.0


@pytest.mark.parametrize(
    ("window", "backlog", "levers"),
    [
        # from the month after it was crossed
        ({"start": 3}, (20, 20, 20, 7, 5, 9, 11, 11), [0.1, 0.1, 0.5, 0.5, 0.5, 0.1, 0.1, 0.5]),
        # ends with its window and fades
        ({"end": 2, "decay": 1}, (20, 20, 20, 20), [0.1, 0.5, 0.3, 0.1]),
    ],
)
def test_a_trigger_moves_the_levers_within_its_window(window, backlog, levers) -> None:
    treated = treatments({"set": {RATE: 0.5}, "trigger": TRIGGER} | window, **{RATE: 0.1})
    seen = []
    for month, value in enumerate(backlog, 1):
        seen.append(at(treated, month)[1])
        treated.observe(month + 1, {"backlog": value})
    assert seen == pytest.approx(levers, abs=1e-15)


@given(
    st.lists(
        st.fixed_dictionaries(
            {"districts": st.lists(st.integers(0, 2), max_size=2)},
            optional={
                "kinds": st.lists(st.sampled_from(["person", "firm", "public_body"]), max_size=2),
                "domains": st.lists(st.sampled_from(["trade", "wages"]), max_size=2),
                "amount": st.sampled_from([[0, 10], [5, 20], [10, 30]]),
            },
        ),
        max_size=4,
    )
)
def test_every_claim_reads_exactly_the_policies_that_name_it(targets: list[dict]) -> None:
    # Each policy adds its own power of two, so a sum tells which have worked.
    moves = [{"add": {TRACE: 2.0**-place / 16}} for place in range(len(targets))]
    treated = treatments(*(m | t for m, t in zip(moves, targets, strict=True)), **{TRACE: 0.0})
    found = np.array(at(treated, 1, TRACE))

    def named(target: dict, kind: Kind, district: int, domain: Domain, amount: float) -> bool:
        low, high = target.get("amount", (0, 1e9))
        return (
            district in (target["districts"] or range(3))
            and kind.name.lower() in (target.get("kinds") or [kind.name.lower()])
            and domain.name.lower() in (target.get("domains") or [domain.name.lower()])
            and low <= amount < high
        )

    domains, amounts = (Domain.TRADE, Domain.WAGES, Domain.TRAFFIC), (0.0, 4.9, 5, 10, 29.9, 30)
    for cell in product(Kind, range(3), domains, amounts):
        band = np.searchsorted(treated.edges, cell[3], side="right")
        works = [named(target, *cell) for target in targets]
        expected = sum(2.0**-place / 16 for place, works_here in enumerate(works) if works_here)
        assert found[treated.claim[*cell[:3], band]] == expected
