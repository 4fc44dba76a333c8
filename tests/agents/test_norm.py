"""Claims about standing, conscience and trust."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.debtor.norm import DISHONEST, HONEST, UNKNOWN, standing_now, trusting, wear
from sim.parameters import Society
from tests.build import debtor


@pytest.mark.parametrize("standing", [HONEST, DISHONEST])
def test_a_standing_holds_for_its_memory_and_then_nothing_is_known(standing):
    society = Society(standing_memory=24.0)
    assert standing_now(standing, 10, 34, society) == standing
    assert standing_now(standing, 10, 35, society) == UNKNOWN
    assert standing_now(UNKNOWN, 10, 10, society) == UNKNOWN


@given(
    conscience=st.floats(0.0, 5.0), own=st.booleans(), seen=st.integers(0, 8),
    hurt=st.floats(0.0, 1.0), peer=st.floats(0.0, 1.0),
)  # fmt: skip
def test_unfairness_wears_conscience_but_never_below_nothing(conscience, own, seen, hurt, peer):
    who = debtor(conscience=conscience, conscience_origin=conscience)
    wear(who, Society(crowding_out=hurt, crowding_out_seen=peer, recovery=0.0), own, seen)
    assert 0.0 <= who.conscience <= conscience
    if not own and not seen:
        assert who.conscience == conscience


def test_trust_rises_and_falls_between_none_and_all():
    society = Society(trust_gain=0.4, trust_loss=0.3, trust_recovery=0.0)
    assert trusting(0.9, society, 8, 0, 0.0) > 0.9 > trusting(0.9, society, 0, 1, 0.0)
    assert 0.0 <= trusting(0.1, society, 0, 9, 0.0) < 0.1
    assert trusting(0.9, society, 8, 0, 0.0) <= 1.0
