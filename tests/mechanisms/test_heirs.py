"""Claims about heirs: what they pay, in which order, what they give back, and what they keep."""

import pytest

from sim.books.accounts import Flow
from sim.mechanisms.heirs import ESTATES, OWED_YUAN, PAID, PAID_YUAN, RETURNED
from sim.terms import Stage

MOVES = {"rule_of_law.heirs": (1.0, "paid_by_heirs", {"economy.exit": 0.05})}
"""A lever, its value, the money that it moves, and in which world; see `test_declaring`."""

LIABLE = {"rule_of_law.heirs": 1.0, "rule_of_law.avoidance": 1.0}
STAGES = (Stage.QUEUED, Stage.UNPAID, Stage.FILED)


def estate(make, paths, bank, away=(0.0, 0.0, 0.0), kind="person", **who):
    """A debtor who leaves with three claims, the last a livelihood claim; the month after that."""
    bench = make.bench(paths, kind=kind)
    bench.set(leaving=True, transferred=away, **who).own(bank=bank)
    claims = [bench.lay(due=due, stage=s) for due, s in zip((600.0, 300.0), STAGES, strict=False)]
    claims.append(bench.lay(due=100.0, stage=STAGES[2], livelihood=True))
    bench.play("leaving", "learn", "close")  # close raises if the books do not balance
    return bench, claims


def moved(bench, *flows):
    """Yuan moved by each of these kinds of movement."""
    return [bench.flow(one) for one in flows]


def test_livelihood_comes_first_and_others_share_in_proportion(make):
    bench, claims = estate(make, LIABLE, 400.0, exempt=250.0)
    assert [c.paid for c in claims] == pytest.approx([200.0, 100.0, 100.0])
    assert [c.stage for c in claims] == [Stage.WRITTEN_OFF, Stage.WRITTEN_OFF, Stage.PAID]
    assert bench.totals(ESTATES, OWED_YUAN, PAID_YUAN) == pytest.approx([1.0, 1000.0, 400.0])
    assert moved(bench, PAID, Flow.PAID_VOLUNTARILY) == pytest.approx([400.0, 0.0])


def test_heirs_are_not_liable_beyond_what_they_inherited_and_keep_the_rest(make):
    bench, claims = estate(make, LIABLE, 1500.0, away=(500.0, 0.0, 0.0))
    assert all(c.stage == Stage.PAID for c in claims)
    assert moved(bench, PAID, RETURNED, Flow.ESTATE) == pytest.approx([1000.0, 0.0, 500.0])


@pytest.mark.parametrize(
    ("lookback", "avoidance", "returned"), [(0.0, 1.0, 0.0), (5.0, 0.0, 0.0), (5.0, 1.0, 350.0)]
)
def test_what_was_moved_away_comes_back_within_the_look_back(make, lookback, avoidance, returned):
    law = {"rule_of_law.avoidance_lookback": lookback, "rule_of_law.avoidance": avoidance}
    bench, _ = estate(make, LIABLE | law, 400.0, away=(100.0, 150.0, 100.0))
    assert bench.flow(RETURNED) == pytest.approx(returned)
    assert bench.flow(PAID) == pytest.approx(400.0 + returned)


@pytest.mark.parametrize(("share", "kind"), [(0.0, "person"), (1.0, "firm")])
def test_otherwise_the_oldest_claim_is_paid_first_and_transfers_are_gone(make, share, kind):
    paths = LIABLE | {"rule_of_law.heirs": share}
    bench, claims = estate(make, paths, 400.0, away=(500.0, 0.0, 0.0), kind=kind)
    assert [c.paid for c in claims] == [400.0, 0.0, 0.0]
    assert moved(bench, PAID, RETURNED) == [0.0, 0.0]
