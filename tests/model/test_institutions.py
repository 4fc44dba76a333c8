"""Claims about institutions that weigh, on worlds that differ in one thing and share every draw."""

import numpy as np
import pytest

from sim.books.counts import Count
from sim.terms import Stage

SEEDS = range(1, 7)
WIDE = {
    "population.size": 2000,
    "run.burn_in": 24,
    "run.months": 24,
    "obligations.intensity": 2.0,
}


def sums(make, paths, seed, **more):
    """Counts of all measured months of a world."""
    world = make.village(WIDE | paths | {"run.seed": seed}, **more).run()
    return world.measured.sums()[:, 0].sum(axis=0)


def over_seeds(make, paths):
    return np.array([sums(make, paths, seed) for seed in SEEDS])


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


SPARE = {"comprehensive.officers": 0.4}


def test_pooling_shortens_the_docket_of_unevenly_burdened_courts(make):
    # One court has hours to spare, the other has far too few.
    aimed = [
        {"name": "thin", "districts": [0], "set": {"comprehensive.officers": 0.03}, "start": 1}
    ]
    gaps = []
    for seed in SEEDS:
        alone, pooled = (
            sums(make, SPARE | {"collaborative.pooling": x}, seed, policies=aimed)
            for x in (0.0, 1.0)
        )
        gaps.append(alone[Count.DOCKET] - pooled[Count.DOCKET])
        assert alone[Count.HOURS_MOVED] == 0.0 < pooled[Count.HOURS_MOVED]
    assert min(gaps) > 0.0


def test_assessment_raises_terminations_faster_than_recovery(make):
    calm = over_seeds(make, {})
    pressed = over_seeds(make, {"comprehensive.assessment": 1.0})
    ended, paid = (
        pressed[:, c].sum() / calm[:, c].sum() for c in (Count.TERMINATED, Count.RECOVERED_BY_FORCE)
    )
    assert calm[:, Count.TERMINATED_EARLY].sum() == 0.0
    assert ended > 1.2
    assert ended > paid
    audited = over_seeds(make, {"comprehensive.assessment": 1.0, "rule_of_law.supervision": 1.0})
    early = [found[:, Count.TERMINATED_EARLY].sum() for found in (pressed, audited)]
    assert early[1] < 0.1 * early[0]


PASSIVE = {"institutions.client_share": 1.0, "institutions.relationship": 0.01}


def test_liability_makes_holders_assist_and_tracing_succeed(make):
    passive = over_seeds(make, PASSIVE)
    liable = over_seeds(make, PASSIVE | {"rule_of_law.assistance_liability": 1.0})

    def hits(found):
        return found[:, Count.TRACES_HIT] / found[:, Count.TRACES]

    asked = [
        f[:, Count.INQUIRIES_STALLED].sum() / f[:, Count.TRACES].sum() for f in (passive, liable)
    ]
    assert asked[1] < 0.5 * asked[0]
    gap, error = make.paired(hits(liable), hits(passive))
    assert gap > 3.0 * error


LOCAL = {
    "institutions.local_weight": 0.05,
    "institutions.connected_firms": 1.0,
    "kinds.firm.share": 0.42,
    "kinds.person.share": 0.57,
}


def test_interference_falls_with_accountability_and_spares_only_the_connected(make):
    def share(paths):
        found = over_seeds(make, LOCAL | paths).sum(axis=0)
        return found[Count.INTERFERED] / found[Count.TAKEN_UP]

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
    rates = []
    for policies in (campaign, []):
        during, after = np.zeros(2), np.zeros(2)
        for seed in SEEDS:
            world = make.village(WIDE | bodies | {"run.seed": seed}, policies=policies).run()
            months = world.measured.sums()[:, 12]  # the cell of public bodies
            both = months[:, [Count.APPROPRIATIONS, Count.TRACES_HIT]]
            during += both[:12].sum(axis=0)
            after += both[14:].sum(axis=0)
        rates.append((during[0] / during[1], after[0] / after[1]))
    (pressed, relapsed), (calm, later) = rates
    assert pressed > 2.0 * calm
    assert relapsed < 0.5 * pressed
    assert relapsed - later < 0.25 * (pressed - calm)


def test_officers_under_supervision_work_more_hours(make):
    loose = over_seeds(make, {})
    watched = over_seeds(make, {"rule_of_law.supervision": 1.0})
    assert loose[:, Count.HOURS_UNWORKED].sum() > 0.02 * loose[:, Count.HOURS].sum()
    assert watched[:, Count.HOURS_UNWORKED].sum() < 0.01 * watched[:, Count.HOURS].sum()
    assert watched[:, Count.HOURS].sum() > loose[:, Count.HOURS].sum()


def test_bribes_stall_cases_and_leave_the_books_balanced(make):
    paths = {"institutions.bribe_share": 0.2, "institutions.corruptible": 1.0}
    bought = make.village(WIDE | paths).run()  # a month that did not balance would have stopped it
    traced = make.village(WIDE | paths | {"rule_of_law.traceability": 1.0}).run()
    paid = [world.measured.books()["bribe"].sum() for world in (bought, traced)]
    assert paid[1] < 0.75 * paid[0]
    hits = [world.measured.sums()[:, 0, Count.TRACES].sum() for world in (bought, traced)]
    assert hits[1] > hits[0]


FIRMS = {"kinds.firm.share": 0.5, "kinds.person.share": 0.49, "comprehensive.officers": 0.5}


def test_controllers_who_strip_leave_less_to_be_recovered_from_their_firms(make):
    kept, stripped = [], []
    for seed in SEEDS:
        for share, recovered in ((0.0, kept), (0.5, stripped)):
            paths = WIDE | FIRMS | {"institutions.strip_share": share, "run.seed": seed}
            world = make.village(paths).run()
            told = world.series(by="kind", counts=True)
            recovered.append(told[told["cell"] == "firm"]["n_recovered_by_force"].sum())
            assert (world.measured.books()["stripped"].sum() > 0.0) == (share > 0.0)
    gap, error = make.paired(kept, stripped)
    assert gap > 2.0 * error


def test_officers_overreach_under_assessment_and_less_where_they_are_overseen(make):
    eager = {"comprehensive.assessment": 1.0, "institutions.recovery_value": 0.1}

    def overreached(paths):
        found = over_seeds(make, eager | paths).sum(axis=0)
        return found[Count.OVERREACHED] / found[Count.SEIZURES]

    alone = overreached({"rule_of_law.supervision": 0.0})
    assert overreached({"comprehensive.assessment": 0.0}) == 0.0
    assert overreached({"rule_of_law.supervision": 1.0}) < 0.9 * alone


def test_standard_procedures_give_the_line_the_hours_that_officers_would_leave(make):
    loose, held = (over_seeds(make, {"systemic.standard_procedures": s}) for s in (0.0, 1.0))
    assert held[:, Count.HOURS_UNWORKED].sum() == 0.0 < loose[:, Count.HOURS_UNWORKED].sum()
    assert (held[:, Count.HOURS] > loose[:, Count.HOURS]).all()
    assert held[:, Count.HOURS_USED].sum() > loose[:, Count.HOURS_USED].sum()
