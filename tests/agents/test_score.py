"""Claims about the credit score: bounds, what fades, what repair restores, who refuses."""

from hypothesis import given
from hypothesis import strategies as st

from sim.agents.debtor.score import BEST, NEUTRAL, faded, moved, objectionable, restored

SCORES = st.integers(0, BEST)


@given(score=SCORES, by=st.floats(-1.0, 1.0))
def test_a_score_stays_within_its_bounds(score, by):
    after = moved(score, by)
    assert 0 <= after <= BEST
    assert (after >= score) if by > 0.0 else (after <= score)


@given(score=SCORES, memory=st.integers(1, 120), start=st.integers(-60, 300))
def test_after_its_memory_nothing_is_left_of_a_record(score, memory, start):
    for month in range(start + 1, start + 1 + memory):
        before, score = score, faded(score, month, float(memory))
        assert abs(score - NEUTRAL) <= abs(before - NEUTRAL)
    assert score == NEUTRAL


def test_half_of_the_worst_record_is_left_after_half_its_memory_and_repair_restores_a_share():
    score = 0
    for month in range(1, 31):
        score = faded(score, month, 60.0)
    assert score == 25
    assert [restored(0, share) for share in (0.0, 0.5, 1.0)] == [0, 25, NEUTRAL]
    assert restored(80, 1.0) == 80


@given(one=SCORES, other=SCORES)
def test_a_lower_score_is_never_refused_less(one, other):
    low, high = sorted((one, other))
    assert 1.0 >= objectionable(low) >= objectionable(high) >= 0.0
    assert (objectionable(low) > 0.0) == (low < NEUTRAL)
