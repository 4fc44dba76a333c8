"""Claims about treatments: who is reached by what, and what the levers are in a month."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.record import dtype
from sim.errors import ServandaWarning
from sim.levers.catalogue import Levers
from sim.scenario.reading.file import load
from sim.scenario.treatment import Treatments
from sim.terms import Domain, Kind

RATE = "sanctions.fine_rate"
TRACE = "collaborative.trace_bank"


def treatments(*policies: dict, **overrides: object) -> Treatments:
    """Of a world with three districts and the policies given."""
    named = [{"name": f"p{place}"} | policy for place, policy in enumerate(policies)]
    world = {"kinds": {"person": {"share": 1}}, "population": {"districts": 3}, "policies": named}
    return Treatments(load(world, overrides=overrides))


def at(treated: Treatments, month: int, path: str = RATE) -> list[float]:
    """One lever in every row."""
    rows = treated.rows()
    treated.refresh(rows, np.zeros((treated.count, 0)), month)
    mode, name = path.split(".")
    return rows[mode][name].tolist()


def test_without_policies_there_is_one_row_for_all() -> None:
    none = treatments()
    assert none.count == 1
    assert none.edges.size == 0
    assert none.claim.shape == (len(Kind), 3, len(Domain), 1)
    assert not none.court.any()
    assert not none.debtor.any()
    assert not none.claim.any()


def test_rows_are_numbered_in_sixteen_bits() -> None:
    treated = treatments({"set": {RATE: 0.5}})
    assert {treated.court.dtype, treated.debtor.dtype, treated.claim.dtype} == {np.dtype("i2")}
    assert treated.edges.dtype == np.float64


def test_before_a_policy_every_row_is_the_base_bit_for_bit() -> None:
    treated = treatments({"set": {RATE: 0.5}, "start": 7}, {"scale": {TRACE: 1.3}, "start": 9})
    rows = treated.rows()
    treated.refresh(rows, np.zeros((treated.count, 0)), 6)
    assert {row.tobytes() for row in rows} == {treatments().rows()[0].tobytes()}
    assert rows.dtype == dtype(Levers)


def test_after_its_last_month_a_policy_leaves_nothing_behind() -> None:
    treated = treatments({"scale": {RATE: 1.7}, "end": 5, "decay": 2})
    rows = treated.rows()
    before = rows.tobytes()
    treated.refresh(rows, np.zeros((treated.count, 0)), 7)
    assert rows.tobytes() != before
    treated.refresh(rows, np.zeros((treated.count, 0)), 8)
    assert rows.tobytes() == before


def test_row_0_is_never_treated() -> None:
    treated = treatments({"set": {RATE: 0.5}}, {"add": {TRACE: 0.1}, "districts": [1]})
    rows = treated.rows()
    before = rows[0].tobytes()
    treated.refresh(rows, np.zeros((treated.count, 0)), 5)
    assert rows[0].tobytes() == before


def test_a_policy_for_one_district_leaves_the_others() -> None:
    treated = treatments({"set": {RATE: 0.5}, "districts": [1]})
    assert treated.count == 2
    assert treated.court.tolist() == [0, 1, 0]
    assert treated.debtor[Kind.FIRM].tolist() == [0, 1, 0]
    assert treated.claim[:, 1].all()
    assert not treated.claim[:, [0, 2]].any()
    assert at(treated, 1) == [treated.base.sanctions.fine_rate, 0.5]


def test_a_policy_for_firms_reaches_no_court() -> None:
    treated = treatments({"set": {RATE: 0.5}, "kinds": ["firm"]})
    assert not treated.court.any()
    assert treated.debtor[Kind.FIRM].all()
    assert not treated.debtor[Kind.PERSON].any()
    assert treated.claim[Kind.FIRM].all()


def test_a_policy_for_a_domain_reaches_claims_only() -> None:
    treated = treatments({"set": {TRACE: 0.5}, "domains": ["wages"]})
    assert not treated.court.any()
    assert not treated.debtor.any()
    assert treated.claim[:, :, Domain.WAGES].all()
    assert treated.claim.sum() == treated.claim[:, :, Domain.WAGES].sum()


def test_amounts_cut_claims_into_bands_closed_below() -> None:
    treated = treatments({"set": {TRACE: 0.5}, "amount": [1000, 5000]})
    assert treated.edges.tolist() == [1000.0, 5000.0]
    bands = np.searchsorted(treated.edges, [999.0, 1000.0, 4999.0, 5000.0], side="right")
    assert treated.claim[0, 0, 0, bands].tolist() == [0, 1, 1, 0]


def test_rows_are_the_distinct_sets_of_policies() -> None:
    # None, the first, the second, both: and not one row for each cell.
    treated = treatments(
        {"set": {RATE: 0.5}, "districts": [0, 1]}, {"add": {TRACE: 0.1}, "districts": [1, 2]}
    )
    assert treated.count == 4
    assert len(set(treated.court.tolist())) == 3
    assert 0 not in treated.court


def test_a_ramp_sets_scales_and_adds_in_proportion() -> None:
    base = 0.2
    for verb, whole in (("set", 0.6), ("scale", 3.0), ("add", 0.4)):
        treated = treatments({verb: {RATE: whole}, "ramp": 3}, **{RATE: base})
        found = [at(treated, month)[1] for month in (1, 2, 3, 4)]
        assert found == pytest.approx([0.3, 0.4, 0.5, 0.6], abs=1e-15)


@pytest.mark.parametrize(("verb", "whole"), [("set", 0.7), ("scale", 0.7), ("add", 0.7)])
def test_at_full_strength_the_arithmetic_is_exact(verb: str, whole: float) -> None:
    base = 0.1
    expected = {"set": whole, "scale": base * whole, "add": base + whole}[verb]
    treated = treatments({verb: {RATE: whole}}, **{RATE: base})
    assert at(treated, 1)[1] == expected


def test_set_comes_before_scale_and_scale_before_add() -> None:
    # Neither the place in the file nor an earlier start changes that.
    moves: list[dict] = [
        {"add": {RATE: 0.1}},
        {"scale": {RATE: 2.0}},
        {"set": {RATE: 0.2}, "start": 3},
    ]
    for order in ([0, 1, 2], [2, 1, 0]):
        treated = treatments(*(moves[place] for place in order))
        full = treated.court[0]
        assert at(treated, 3)[full] == pytest.approx(0.2 * 2.0 + 0.1, abs=1e-15)


def test_a_lever_stays_in_its_range_with_one_warning_a_run() -> None:
    treated = treatments({"scale": {RATE: 100.0, TRACE: 100.0}}, **{RATE: 0.5})
    with pytest.warns(ServandaWarning, match="out of 0 to 1 in month 1; it stays") as caught:
        assert at(treated, 1)[1] == 1.0
    assert len(caught) == 1
    assert at(treated, 2)[1] == 1.0


def test_a_trigger_moves_the_levers_from_the_month_after_it_was_crossed() -> None:
    trigger = {"indicator": "backlog", "on": 10.0, "off": 5.0}
    treated = treatments({"set": {RATE: 0.5}, "trigger": trigger, "start": 3}, **{RATE: 0.1})
    seen = []
    for month, backlog in enumerate((20.0, 20.0, 20.0, 7.0, 5.0, 9.0, 11.0), 1):
        seen.append(at(treated, month)[1])
        treated.observe(month + 1, {"backlog": backlog})
    assert seen == [0.1, 0.1, 0.5, 0.5, 0.5, 0.1, 0.1]
    assert at(treated, 8)[1] == 0.5


def test_a_triggered_policy_ends_with_its_window_and_fades() -> None:
    trigger = {"indicator": "backlog", "on": 10.0, "off": 5.0}
    window = {"start": 1, "end": 2, "decay": 1}
    treated = treatments({"set": {RATE: 0.5}, "trigger": trigger} | window, **{RATE: 0.1})
    for month in (0, 1, 2, 3, 4):
        treated.observe(month + 1, {"backlog": 20.0})
    assert [at(treated, month)[1] for month in (2, 3, 4)] == pytest.approx([0.5, 0.3, 0.1])


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
    for kind in Kind:
        for district in range(3):
            for domain in (Domain.TRADE, Domain.WAGES, Domain.TRAFFIC):
                for amount in (0.0, 4.9, 5.0, 10.0, 29.9, 30.0):
                    band = np.searchsorted(treated.edges, amount, side="right")
                    expected = sum(
                        2.0**-place / 16
                        for place, target in enumerate(targets)
                        if district in (target["districts"] or range(3))
                        and kind.name.lower() in (target.get("kinds") or [kind.name.lower()])
                        and domain.name.lower() in (target.get("domains") or [domain.name.lower()])
                        and target.get("amount", [0, 1e9])[0]
                        <= amount
                        < target.get("amount", [0, 1e9])[1]
                    )
                    assert found[treated.claim[kind, district, domain, band]] == expected
