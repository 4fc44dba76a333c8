"""Claims about assets preserved before the suit: when, on what terms, and what follows."""

import pytest

from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import EnforceableTitle, Stage

CLASSES = ("bank", "online", "cash", "realty", "vehicles", "securities")
MANY = 60
ASKED = {f"collaborative.trace_{name}": 1.0 for name in CLASSES} | {
    "at_source.preservation": 1.0,
    "at_source.preservation_link": 1.0,
    "at_source.risk_notice": 1.0,
    "at_source.pre_suit_preservation": 1.0,
    "procedure.sue": 0.5,
    "lenders.bank.litigiousness": 1.0,
    "procedure.suit_cost": 0.0,
    "procedure.trial_months": 60.0,
    "procedure.win": 1.0,
    "pursuit.damages": 0.1,
    "choice.noise": 0.0,
    "lenders.bank.capital_cost": 0.0,
    "sanctions.late_interest": 0.0,
    "sanctions.enforcement_fee": 0.0,
}
"""Everyone knows, asks, is heard and finds; about half of the creditors sue each month."""
OFF = {"at_source.pre_suit_preservation": 0.0}
WHOLE_MONTH = ("suing", "judging", "sanction", "leaving", "learn", "close")


def overdue(make, paths=None, *phases, own=None, **fields):
    """A claim on each of many debtors, all of whom refused; and all these claims."""
    bench = make.bench(ASKED | (paths or {}), debtors=MANY)
    claim = {"stage": Stage.OVERDUE, "due": 1e4, "refused": True} | fields
    bench.crowd(*phases, own=own or {"bank": 8000.0}, claim=claim)
    return bench, [bench.at(row) for row in range(MANY)]


def held(claims):
    return [claim for claim in claims if claim.preserved and claim.stage == Stage.OVERDUE]


def test_who_will_sue_next_month_has_assets_held_this_month(make):
    bench, claims = overdue(make, {}, "suing")
    early = held(claims)
    assert 5 < len(early) < MANY
    assert all(claim.escrow == 8000.0 for claim in early)
    suits = (Count.PRESERVED_BEFORE_SUIT, Count.PRESERVATIONS)
    # those who sue at once ask at once
    assert bench.totals(*suits) == [len(early), bench.count(Count.FILED)]
    bench.play("suing")
    assert all(claim.stage == Stage.FILED and claim.preserved for claim in early)
    assert bench.count(Count.PRESERVATIONS) == bench.count(Count.FILED) >= len(early)


SHORT = {"procedure.trial_months": 6.0}
DEAR = {"lenders.bank.capital_cost": 0.08}


@pytest.mark.parametrize(
    ("paths", "title"),
    [
        (OFF, EnforceableTitle.JUDGMENT),
        (SHORT | DEAR, EnforceableTitle.JUDGMENT),
        ({}, EnforceableTitle.AWARD),  # there is nothing to sue for
    ],
)
def test_without_the_mechanism_worth_or_a_suit_to_come_nothing_is_held_early(make, paths, title):
    bench, claims = overdue(make, paths, "suing", title=title)
    assert held(claims) == []
    if title == EnforceableTitle.JUDGMENT:
        assert bench.count(Count.PRESERVATIONS) == bench.count(Count.FILED) > 0.0


def secured(make, paths, moving):
    """Yuan held after two months for claims whose creditors sue in the second."""
    paths = paths | {"pursuit.dissipate_overdue": moving}
    bench, claims = overdue(make, paths, "suing", "judging")
    late = [claim for claim in claims if claim.stage == Stage.OVERDUE]
    bench.play("suing", "judging")
    return [claim.escrow for claim in late if claim.stage == Stage.FILED]


def test_what_is_held_before_the_suit_cannot_be_moved_away_until_it(make):
    before, at_suit = secured(make, {}, 0.3), secured(make, OFF, 0.3)
    assert len(before) == len(at_suit) > 5
    assert before == pytest.approx([8000.0] * len(before))
    assert at_suit == pytest.approx([0.7 * 8000.0] * len(at_suit))
    # where nobody moves anything, nothing is gained by haste
    assert secured(make, {}, 0.0) == secured(make, OFF, 0.0)


def test_before_a_suit_security_is_given_in_full_and_a_month_longer(make):
    _, claims = overdue(make, SHORT | {"lenders.bank.capital_cost": 0.001}, "suing")
    months, fee = 6.0 + 1.0, 0.01 * 1e4  # trial and the bench's grace
    early, filed = held(claims), [claim for claim in claims if claim.stage == Stage.FILED]
    assert early
    spent = fee + 1.0 * 1e4 * 0.001 * (months + 1.0)
    assert [claim.spent for claim in early] == pytest.approx([spent] * len(early))
    spent = fee + 0.3 * 1e4 * 0.001 * months
    assert [claim.spent for claim in filed] == pytest.approx([spent] * len(filed))


def test_no_suit_within_the_month_gives_the_assets_back_with_damages(make):
    bench, claims = overdue(make, {"lenders.bank.trust_floor": 0.2}, "suing", "learn")
    early = held(claims)
    bench.simulation.creditors.rows["trust"] = 0.0
    bench.play(*WHOLE_MONTH)
    for claim in early:
        assert (claim.stage, claim.preserved, claim.escrow) == (Stage.OVERDUE, False, 0.0)
        assert bench.debtor(claim.debtor).assets[0] == pytest.approx(8000.0 + 0.1 * 8000.0)
    assert bench.count(Count.PRESERVATIONS_LAPSED) == len(early) > 0
    assert bench.flow(Flow.WRONGFUL_DAMAGES) == pytest.approx(800.0 * len(early))
