"""Claims about cohorts by due month: they are what a recount from the log of events finds."""

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.books.counts import Count
from sim.measure.indicators import KNOWN
from sim.month.debts.cap import CAPPED, principal_cap
from sim.parameters import DomainTraits, KindTraits
from sim.terms import SIZE_LIMITS

MONTHS = 40
BUSY = {"obligations.intensity": 4.0, "run.burn_in": 12, "run.months": MONTHS}
SHARES = ("performed", "voluntary", "performed_capped")


@pytest.fixture(scope="module")
def busy(make):
    return make.village(BUSY, events=True).run()


def recounted(world):
    """Each claim of the log: month due, principal, month performed, and whether without force."""
    table = []
    for _, steps in world.transitions.frame().groupby("claim", sort=False):
        stages = list(steps["stage"])
        due, principal = int(steps["month"].iloc[0]), float(steps["amount"].iloc[0])
        ended = stages[-1] in ("paid", "plan_completed")
        after = int(steps["month"].iloc[-1]) - due if ended else math.inf
        forced = "queued" in stages or stages[-2:] == ["insolvent", "paid"]
        table.append((due, principal, after, ended and not forced))
    return [np.array(column) for column in zip(*table, strict=True)]


def test_every_cohort_is_what_a_recount_from_the_log_of_events_finds(busy):
    due, principal, after, freely = recounted(busy)
    cap = busy.simulation.principal_cap
    yuan = np.minimum(principal, cap)
    bands = {"all": np.full(len(due), True), "above_1m": principal >= SIZE_LIMITS[2]}
    series = {
        by: busy.series(by).set_index(["cell", "month"]).sort_index() for by in ("all", "size")
    }
    for cell, of in bands.items():
        found = series["all" if cell == "all" else "size"].loc[cell]
        for month in range(1, MONTHS + 1):
            in_cohort = of & (due == month)
            for within in (12, 36):
                done = in_cohort & (after <= within)
                expected = {
                    f"performed_{within}": done.sum() / max(1, in_cohort.sum()),
                    f"voluntary_{within}": (done & freely).sum() / max(1, in_cohort.sum()),
                    f"performed_capped_{within}": yuan[done].sum()
                    / max(1.0, yuan[in_cohort].sum()),
                }
                for name, value in expected.items():
                    known = in_cohort.any() and month + within <= MONTHS
                    wanted = value if known else math.nan
                    got = found.loc[month, name]
                    assert got == pytest.approx(wanted, rel=1e-12, nan_ok=True), (name, month)
            if in_cohort.any() and month + 36 <= MONTHS:
                months = np.minimum(after[in_cohort], 36.0).mean()
                assert found.loc[month, "months_to_money"] == pytest.approx(months)
    head = busy.headline()
    whole = (due >= 1) & (due <= MONTHS - 12)
    done = whole & (after <= 12)
    assert head["performed_12"] == pytest.approx(done.sum() / whole.sum())
    assert 0.0 < head["voluntary_12"] < head["performed_12"] < 1.0
    assert ((due >= 1) & (after == 0)).any()  # paid when due
    assert (principal > cap).any()


def test_a_policy_leaves_the_cohorts_of_the_months_before_it_as_they_were(make):
    start = 13
    policy = {"name": "screening", "start": start, "set": {"at_source.screening": 1.0}}
    plain = make.village(BUSY | {"run.months": 24}).run()
    with_policy = make.village(BUSY | {"run.months": 24}, policies=[policy]).run()
    bases = [
        world.measured.sums()[:, :, [Count.DUE, Count.DUE_CAPPED]] for world in (plain, with_policy)
    ]
    assert (bases[0][: start - 1] == bases[1][: start - 1]).all()
    assert (bases[0][start - 1 :] != bases[1][start - 1 :]).any()
    assert plain.simulation.principal_cap == with_policy.simulation.principal_cap


def test_a_measure_is_missing_in_a_run_that_no_cohort_of_it_fits_into(busy):
    sums, spans = busy.measured.sums()[:, :1], busy.measured.spans()[:, :1]
    for name in (*(f"{share}_{w}" for share in SHARES for w in (12, 36)), "months_to_money"):
        one = KNOWN[name]
        fewest = one.fewest_months
        assert fewest == (37 if name.endswith(("36", "money")) else 13)
        for months, known in ((fewest - 1, False), (fewest, True)):
            value = one.evaluate(sums[:months], spans[:months])[0]
            assert math.isnan(value) != known, name


def test_the_cap_is_the_principal_that_one_claim_in_a_hundred_exceeds(busy):
    person = [KindTraits(share=1.0), KindTraits(), KindTraits()]
    small = DomainTraits(person=1.0, median=1e4, sd=1.5)
    z = 2.3263478740408408  # standard normal quantile of .99
    assert principal_cap(person, [small]) == pytest.approx(1e4 * math.exp(1.5 * z))
    never = DomainTraits(firm=9.0, median=1e9, sd=1.5)  # there are no firms
    assert principal_cap(person, [small, never]) == principal_cap(person, [small])
    large = replace(small, person=3.0, median=1e6, sd=0.0)
    assert principal_cap(person, [small, large]) == pytest.approx(1e6)
    assert principal_cap(person, [DomainTraits()]) == math.inf
    principal = recounted(busy)[1]
    share = (principal > busy.simulation.principal_cap).mean()
    assert share == pytest.approx(1.0 - CAPPED, abs=3.0 * math.sqrt(0.01 / len(principal)))
