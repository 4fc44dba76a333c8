"""Claims about recommendations: a body that stalled receives one and stalls less for a while."""

import pytest

from sim.mechanisms.judicial_recommendations import SENT
from sim.terms import Asset

CLIENTS = {"institutions.client_share": 1.0, "institutions.relationship": 0.05}
MOVES = {"special.judicial_recommendations": (1.0, "n_recommendations", CLIENTS)}
"""A lever, its value, the count that it changes, and in which world; see `test_declaring`."""

STALLING = CLIENTS | {
    "choice.noise": 0.0,
    "comprehensive.find_person": 1.0,
    "collaborative.trace_bank": 1.0,
}


def heeded(make, liability, months=1):
    """Recommendations sent in a month of stalling, and what registries heed after quiet months."""
    paths = {"special.judicial_recommendations": 1.0, "special.leaders_liability": liability}
    bench, _ = make.case(STALLING | paths, own={"bank": 1e5}, due=5e4)
    bench.play("queueing", "trace", "institutions")
    sent = bench.count(SENT)
    for _ in range(months - 1):
        bench.play("institutions")
    return sent, bench.simulation.registries.rows["heeded"]


def test_a_body_that_stalled_stalls_less_the_more_so_if_its_leaders_are_liable(make):
    (sent, free), (_, liable) = heeded(make, 0.0), heeded(make, 0.5)
    assert sent == 1.0
    assert free[Asset.BANK] == pytest.approx(0.3)
    assert liable[Asset.BANK] == pytest.approx(0.65)
    assert free[Asset.REALTY] == 0.0  # nothing was stalled there
    _, later = heeded(make, 0.0, months=13)
    assert later[Asset.BANK] == pytest.approx(0.3 * (5.0 / 6.0) ** 12)


@pytest.mark.parametrize(("given_up", "stalled"), [(0.0, 1), (1.0, 0)])
def test_what_is_heeded_finds_assets(make, given_up, stalled):
    bench, claim = make.case(STALLING, own={"bank": 1e5}, due=5e4)
    bench.simulation.registries.rows["heeded"] = given_up
    bench.enforce("trace")
    assert (claim.found == 0) == stalled
