"""Claims about institutions that weigh, on worlds that differ in one thing and share every draw."""

import numpy as np
import pytest

from sim.books.counts import Count
from sim.terms import Stage
from tests.model.worlds import SEEDS, WIDE, Worlds, beyond_chance


@pytest.fixture(scope="module")
def worlds(make):
    return Worlds(make, WIDE, burn_in=False)


def backlog(capacity, arrivals):
    """Mean cases left waiting each month: B' = max(0, B + A − c), A Poisson; to equilibrium."""
    size = 600
    chances = np.exp(-arrivals) * np.cumprod(np.r_[1.0, arrivals / np.arange(1, 80)])
    line = np.zeros(size)
    line[0] = 1.0
    for _ in range(3000):
        joined = np.convolve(line, chances)
        line = joined[capacity : capacity + size].copy()
        line[0] += joined[:capacity].sum()
        line /= line.sum()
    return float(line @ np.arange(size))


CAPACITY, LOAD, DISTRICTS, MONTHS = 5, 0.8, 4, 400
PARTS = 4
"""A case of the formula is so many small ones, which come together: few hours are stranded."""


def waiting(make, pooling):
    """Mean cases left waiting in all courts together, each month after fifty."""
    bench = make.bench(
        {
            "population.districts": DISTRICTS,
            "collaborative.pooling": pooling,
            "comprehensive.officers": 10.0,
            "procedure.hours": 10.0 * CAPACITY,
            "procedure.trace_hours": 1.0 / PARTS,
        },
        debtors=40,
    )
    rows = np.array([bench.claim(n % 40, stage=Stage.UNPAID) for n in range(1200)])
    claims, courts = bench.simulation.claims.rows, bench.simulation.courts.rows
    assert courts["hours"].sum() == 0.0
    rng = np.random.default_rng(1)
    seen = []
    for month in range(MONTHS):
        for district, coming in enumerate(rng.poisson(LOAD * CAPACITY, DISTRICTS)):
            free = rows[(claims["district"] == district) & (claims["stage"] == Stage.UNPAID)]
            claims["stage"][free[: PARTS * coming]] = Stage.QUEUED
        bench.play("queueing")
        courts["unused"][courts["waiting"] == 0] = 0.0  # a plain queue saves no idle hours
        claims["stage"][claims["served"]] = Stage.UNPAID
        claims["served"] = False
        if month >= 50:
            seen.append(int(courts["waiting"].sum()) / PARTS)
    assert courts["hours"].tolist() == pytest.approx([CAPACITY] * DISTRICTS)
    return float(np.mean(seen))


QUEUE_TOLERANCE = 0.25
"""Relative; a line forgets in some ten months, so that 350 are worth thirty independent ones."""


def test_pooling_shortens_waiting_as_the_queue_formula_says(make):
    split, pooled = waiting(make, 0.0), waiting(make, 1.0)
    arrivals = LOAD * CAPACITY
    lines = DISTRICTS * backlog(CAPACITY, arrivals)
    line = backlog(DISTRICTS * CAPACITY, DISTRICTS * arrivals)
    assert lines > 4.0 * line
    assert split == pytest.approx(lines, rel=QUEUE_TOLERANCE)
    assert pooled == pytest.approx(line, rel=2.0 * QUEUE_TOLERANCE, abs=0.2)
    assert split > 3.0 * pooled


def test_pooling_shortens_the_docket_of_unevenly_burdened_courts(worlds):
    # One court has hours to spare, the other has far too few.
    thin = {"name": "thin", "districts": [0], "set": {"comprehensive.officers": 0.03}, "start": 1}
    alone, pooled = (
        worlds.over_seeds(
            {"comprehensive.officers": 0.4, "collaborative.pooling": x}, policies=[thin]
        )
        for x in (0.0, 1.0)
    )
    assert (pooled["docket"] < alone["docket"]).all()
    assert (alone["hours_moved"] == 0.0).all()
    assert (pooled["hours_moved"] > 0.0).all()


def test_assessment_raises_terminations_faster_than_recovery(worlds):
    assessed = {"comprehensive.assessment": 1.0}
    calm, pressed, audited = (
        worlds.over_seeds(paths)
        for paths in ({}, assessed, assessed | {"rule_of_law.supervision": 1.0})
    )
    ended, paid = (
        pressed[name].sum() / calm[name].sum() for name in ("terminated", "recovered_by_force")
    )
    assert calm["terminated_early"].sum() == 0.0
    assert ended > 1.2
    assert ended > paid
    assert audited["terminated_early"].sum() < 0.1 * pressed["terminated_early"].sum()


def test_liability_makes_holders_assist_and_tracing_succeed(worlds):
    holders = {"institutions.client_share": 1.0, "institutions.relationship": 0.01}
    passive, liable = (
        worlds.over_seeds(holders | {"rule_of_law.assistance_liability": x}) for x in (0.0, 1.0)
    )
    stalled = [f["inquiries_stalled"].sum() / f["traces"].sum() for f in (passive, liable)]
    assert stalled[1] < 0.5 * stalled[0]
    hits, fewer = (f["traces_hit"] / f["traces"] for f in (liable, passive))
    assert beyond_chance(hits, fewer)


LOCAL = {
    "institutions.local_weight": 0.05,
    "institutions.connected_firms": 1.0,
    "kinds.firm.share": 0.42,
    "kinds.person.share": 0.57,
}


def test_interference_falls_with_accountability_and_spares_only_the_connected(worlds):
    def share(paths):
        found = worlds.over_seeds(LOCAL | paths)
        return found["interfered"].sum() / found["taken_up"].sum()

    captured = share({})
    assert captured > 0.05
    assert share({"comprehensive.interference_accountability": 1.0}) < 0.75 * captured
    assert share({"special.anti_interference": 1.0}) < 0.75 * captured
    assert share({"collaborative.vertical_designation": 1.0}) == 0.0
    assert share({"institutions.connected_firms": 0.0, "institutions.connected_bodies": 0.0}) == 0.0


def test_clearing_of_public_bodies_relapses_when_the_pressure_ends(make):
    campaign = [{"name": "clear", "set": {"special.public_bodies": 1.0}, "start": 1, "end": 12}]
    bodies = {
        "kinds.public_body.share": 0.5,
        "kinds.person.share": 0.38,
        "domains.public_debt.public_body": 10.0,
        "procedure.appropriation": 0.05,
        "run.months": 36,
    }

    def rates(policies):
        """Appropriations by hit of tracing of public bodies, during and after the campaign."""
        sums = 0.0
        for seed in SEEDS:
            world = make.village(WIDE | bodies | {"run.seed": seed}, policies=policies).run()
            sums = sums + world.measured.sums()[:, 12]  # the cell of public bodies
        months = sums[:, [Count.APPROPRIATIONS, Count.TRACES_HIT]]
        return [np.divide(*months[part].sum(axis=0)) for part in (slice(0, 12), slice(14, None))]

    (pressed, relapsed), (calm, later) = rates(campaign), rates([])
    assert pressed > 2.0 * calm
    assert relapsed < 0.5 * pressed
    assert relapsed - later < 0.25 * (pressed - calm)


def test_officers_under_supervision_or_a_standard_work_more_hours(worlds):
    loose, watched, held = (
        worlds.over_seeds(paths)
        for paths in (
            {},
            {"rule_of_law.supervision": 1.0},
            {"systemic.standard_procedures": 1.0},
        )
    )
    assert loose["hours_unworked"].sum() > 0.02 * loose["hours"].sum()
    assert watched["hours_unworked"].sum() < 0.01 * watched["hours"].sum()
    assert watched["hours"].sum() > loose["hours"].sum()
    assert held["hours_unworked"].sum() == 0.0
    assert (held["hours"] > loose["hours"]).all()
    assert held["hours_used"].sum() > loose["hours_used"].sum()


def test_bribes_stall_cases_and_leave_the_books_balanced(worlds):
    # a month that did not balance would have stopped the run
    paths = {"institutions.bribe_share": 0.2, "institutions.corruptible": 1.0}
    bought, traced = worlds.each("rule_of_law.traceability", 0.0, 1.0, common=paths)
    assert traced.yuan["bribe"] < 0.75 * bought.yuan["bribe"]
    assert traced.n["traces"] > bought.n["traces"]


def test_controllers_who_strip_leave_less_to_be_recovered_from_their_firms(make):
    firms = {"kinds.firm.share": 0.5, "kinds.person.share": 0.49, "comprehensive.officers": 0.5}
    recovered: dict[float, list[float]] = {0.0: [], 0.5: []}
    for seed in SEEDS:
        for share, found in recovered.items():
            paths = WIDE | firms | {"institutions.strip_share": share, "run.seed": seed}
            world = make.village(paths).run()
            told = world.series(by="kind", counts=True)
            found.append(told[told["cell"] == "firm"]["n_recovered_by_force"].sum())
            assert (world.measured.books()["stripped"].sum() > 0.0) == (share > 0.0)
    assert beyond_chance(*recovered.values(), errors=2.0)


def test_officers_overreach_under_assessment_and_less_where_they_are_overseen(worlds):
    def overreached(assessment, supervision):
        law = {"comprehensive.assessment": assessment, "rule_of_law.supervision": supervision}
        found = worlds.over_seeds(law | {"institutions.recovery_value": 0.1})
        return found["overreached"].sum() / found["seizures"].sum()

    assert overreached(0.0, 0.0) == 0.0
    assert overreached(1.0, 1.0) < 0.9 * overreached(1.0, 0.0)
