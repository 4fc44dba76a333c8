"""Cover, relief, publicity and open statistics do what they are for, and what comes with it."""

from typing import Any

import pytest

from sim.books.accounts import Flow
from sim.mechanisms.legal_cost_insurance import PAID, PREMIUM
from sim.mechanisms.relief_fund import RELIEF

WORLD: dict[str, Any] = {
    "population.size": 600,
    "run.burn_in": 12,
    "run.months": 24,
    "obligations.intensity": 4.0,
}


def done(make, paths, **options):
    return make.village(WORLD | paths, **options).run()


def booked(world, flow):
    return world.measured.books()[flow.name.lower()].sum()


def of_traffic(world, name):
    frame = world.series(by="domain", burn_in=True, counts=True)
    return frame[frame["cell"] == "traffic"][f"n_{name}"].sum()


TRAFFIC = {
    "domains.traffic.person": 8.0,
    "protection.care": 0.5,
    "at_source.insurance_compliance": 1.0,
}
"""Enough accidents to count, and much care to lose."""


def test_cover_pays_victims_and_raises_accidents_less_so_with_experience_rating(make):
    bare = done(make, TRAFFIC | {"at_source.insurance_coverage": 0.0})
    flat = done(make, TRAFFIC)
    rated = done(make, TRAFFIC | {"at_source.insurance_experience_rating": 1.0})
    accidents = [of_traffic(world, "due") for world in (bare, rated, flat)]
    assert accidents[0] < accidents[1] < accidents[2]
    entered = [of_traffic(world, "entered") for world in (flat, bare)]
    assert entered[0] < 0.6 * entered[1]  # the median claim lies below the limit
    assert booked(flat, Flow.INSURED_PAID) > 0.0 == booked(bare, Flow.INSURED_PAID)
    assert booked(flat, Flow.PREMIUM) > 0.0 == booked(bare, Flow.PREMIUM)


FUND = {"comprehensive.relief_fund": 300_000.0}


def test_relief_pays_victims_and_changes_no_debtor_while_creditors_do_not_slacken(make):
    closed = {"protection.relief_slack": 0.0}
    none, paid = (done(make, closed | paths) for paths in ({}, FUND))
    assert booked(paid, RELIEF) > 0.0 == booked(none, RELIEF)
    assert make.differing(none, paid, tables=("debtors", "courts")) == []
    assert paid.creditors.column("cash").sum() > none.creditors.column("cash").sum()


def test_creditors_who_expect_relief_apply_later(make):
    slack = FUND | {"protection.relief_slack": 1.0, "procedure.apply": 0.2}
    entered = [
        done(make, paths).series(burn_in=True, counts=True)["n_entered"].sum()
        for paths in ({"procedure.apply": 0.2}, slack)
    ]
    assert entered[1] < entered[0]


def test_publicity_frightens_those_never_sanctioned_and_is_forgotten(make):
    campaign = {"name": "p", "set": {"special.publicity": 1.0}, "start": 1, "end": 12}
    law = {"sanctions.detention_rate": 0.1}
    world = make.village(WORLD | law | {"run.months": 60}, policies=[campaign]).run_to(12)
    heard = world.debtors.column("heard").mean()
    able = world.headline()["grace_performance_able"]
    quiet = make.village(WORLD | law | {"run.months": 60}).run_to(12)
    assert heard > 1.0
    assert quiet.debtors.column("heard").mean() == 0.0
    assert able > quiet.headline()["grace_performance_able"]
    forgotten = 0.97**48  # of what was heard four years ago
    assert world.run_to(60).debtors.column("heard").mean() == pytest.approx(
        forgotten * heard, rel=0.1
    )


@pytest.mark.parametrize(("prior", "sign"), [(0.002, 1), (0.9, -1)])
def test_open_statistics_correct_a_belief_in_either_direction(make, prior, sign):
    held = {"learning.prior_recovery": prior, "learning.updating": "none"}
    closed, opened = (
        done(make, held | {"rule_of_law.openness": share}).series(counts=True) for share in (0, 0.8)
    )
    perceived = [s["n_log_perceived"].sum() / s["n_exposed"].sum() for s in (closed, opened)]
    assert (perceived[1] - perceived[0]) * sign > 0.1  # in logs: ten per cent


def test_poor_recovery_shrinks_lending_where_lenders_respond(make):
    courts_without_officers = {"comprehensive.officers": 0.0, "procedure.term_unserved": 3.0}
    due = [
        done(make, courts_without_officers | {"obligations.credit_elasticity": e})
        for e in (0.0, 1.0)
    ]
    lent, other = (
        [
            frame[frame["cell"].isin(cells)]["n_due"].sum()
            for frame in (w.series(by="domain", counts=True) for w in due)
        ]
        for cells in (["bank_loan", "trade"], ["wages", "maintenance"])
    )
    assert lent[1] < 0.7 * lent[0]  # hardly anything is recovered, against the half hoped for
    assert other[1] > 0.7 * other[0]


def test_trade_links_join_firms_to_firms(make):
    shares = []
    for links in (0.0, 6.0):
        simulation = make.village(
            WORLD | {"society.trade_links": links}, execution=make.plain
        ).simulation
        kinds = simulation.debtors.rows["kind"]
        seen = simulation.neighbours[kinds == 1]
        shares.append((kinds[seen] == 1)[seen >= 0].mean())
    assert shares[1] > 0.75 > shares[0]  # six of eight, and half of the rest by homophily


def test_social_insurance_leaves_fewer_who_cannot_pay(make):
    ruin = {"economy.ruin": 0.02}
    bare, held = (done(make, ruin | {"at_source.social_insurance": share}) for share in (0.0, 1.0))
    assert held.headline()["inability"] < bare.headline()["inability"]
    assert booked(held, Flow.SOCIAL) > 0.0 == booked(bare, Flow.SOCIAL)


COSTLY = {
    "procedure.suit_cost": 0.2,
    "procedure.apply_cost": 10_000.0,
    "comprehensive.officers": 0.2,
}
"""Suits that are dear, so that many are not brought, and courts short of hours."""


@pytest.mark.parametrize("seed", [1, 2])
def test_insured_creditors_sue_more_and_lose_less_before_premiums_and_the_court_is_busier(
    make, seed
):
    bare, insured = (
        done(make, COSTLY | {"run.seed": seed, "at_source.dispute_insurance": share})
        for share in (0.0, 1.0)
    )
    counts = [world.series(burn_in=True, counts=True) for world in (bare, insured)]
    due, covered, filed, docket = (
        [found[f"n_{name}"].sum() for found in counts]
        for name in ("due", "disputes_covered", "filed", "docket")
    )
    assert due[0] == due[1]
    assert covered[0] == 0.0 < 0.5 * due[1] < covered[1]
    assert filed[1] > 1.1 * filed[0]  # a tenth: far beyond a suit or two that fall otherwise
    assert docket[1] > 1.1 * docket[0]
    cash = [world.creditors.column("cash").sum() for world in (bare, insured)]
    # What goes back to the insurer is taken off; whether cover is worth its price is left open.
    assert cash[1] + booked(insured, PREMIUM) > cash[0]
    assert booked(insured, PAID) > 0.0 == booked(bare, PAID)
