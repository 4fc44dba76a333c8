"""Claims about a claim's id and its stages."""

from hypothesis import given
from hypothesis import strategies as st

from sim.agents.claim import claim_id, is_open
from sim.agents.debtor.debtor import debtor_id
from sim.agents.transitions import TRANSITIONS
from sim.terms import Stage

ORIGIN = st.tuples(
    st.integers(-2048, 6143), st.integers(0, 2**40 - 1), st.integers(0, 63), st.integers(0, 15)
)


def identity(origin):
    month, debtor, number, domain = origin
    return claim_id(month, debtor, domain, number)


@given(one=ORIGIN, other=ORIGIN)
def test_ids_are_ordered_as_their_origins_and_fit_into_eight_bytes(one, other):
    assert (identity(one) < identity(other)) == (one < other)
    assert (identity(one) == identity(other)) == (one == other)
    assert 0 <= identity(one) < 2**63


@given(row=st.integers(0, 2**32 - 1), generation=st.integers(0, 255))
def test_a_debtors_id_says_its_row_and_generation(row, generation):
    made = debtor_id(row, generation)
    assert (made >> 8, made & 255) == (row, generation)
    assert made < 2**40


def test_every_stage_is_reached_and_only_ended_ones_lead_nowhere():
    assert set(TRANSITIONS) == set(Stage)
    reached = {Stage.DUE}.union(*TRANSITIONS.values())
    assert reached == set(Stage)
    ended = {stage for stage, following in TRANSITIONS.items() if not following}
    assert ended == {stage for stage in Stage if not is_open(stage)}
