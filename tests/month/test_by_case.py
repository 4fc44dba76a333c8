"""Claims about sanctions for a domain or an amount: they follow the oldest case (eq. 161)."""

import numpy as np

from sim.books.counts import Count
from sim.terms import Ability, Domain, Option, Stage

WAGES, TRADE = Domain.WAGES, Domain.TRADE
STERN = {"name": "stern", "set": {"sanctions.fine_rate": 1.0, "comprehensive.list_rate": 1.0}}
MILD = {"sanctions.fine_rate": 0.0, "comprehensive.list_rate": 0.0, "comprehensive.list_latency": 0}
MILD |= {"sanctions.detention_rate": 0.0, "sanctions.prison_rate": 0.0}


def sanctioned(make, cases, **target):
    """Which debtors are listed, given stage, domain and sum of each one's cases, oldest first."""
    bench = make.bench(MILD | {"policies": [STERN | target]}, debtors=len(cases))
    treatments = bench.simulation.inputs
    bench.set(slice(None), option=Option.STALL, ability=Ability.LIQUID, income=100.0)
    for row, claims in enumerate(cases):
        for stage, domain, due in claims:
            band = np.searchsorted(treatments.amount_edges, due, side="right")
            reached = treatments.claim_treatment[0, 0, domain, band]
            bench.claim(row, stage=stage, domain=domain, due=due, treatment=reached)
    bench.play("new_claims", "judging", "sanction")
    listed = bench.simulation.debtors.rows["on_list"].tolist()
    assert bench.count(Count.FINES) == sum(listed)
    return listed


def test_a_domain_is_stern_to_debtors_whose_oldest_case_is_in_it(make):
    case, plan, waiting = Stage.QUEUED, Stage.PLAN, Stage.OVERDUE
    cases = [
        [(case, WAGES, 1e3)],
        [(case, TRADE, 1e3)],
        [(case, TRADE, 1e3), (case, WAGES, 1e3)],
        [(plan, TRADE, 1e3), (case, WAGES, 1e3)],  # a claim in a plan is not enforced
        [(waiting, TRADE, 1e3), (case, WAGES, 1e3)],
    ]
    assert sanctioned(make, cases, domains=["wages"]) == [True, False, False, True, True]
    assert sanctioned(make, cases, kinds=["person"]) == [True] * 5


def test_large_claims_can_be_sanctioned_apart_from_small_ones(make):
    cases = [[(Stage.QUEUED, TRADE, due)] for due in (1e3, 1e5)]
    assert sanctioned(make, cases, amount=[5e4, 1e9]) == [False, True]


def test_who_owes_nothing_any_more_is_reached_by_kind_and_district_again(make):
    bench = make.bench(MILD | {"policies": [STERN | {"domains": ["wages"]}]})
    usual = bench.debtor().treatment
    reached = bench.simulation.inputs.claim_treatment[0, 0, WAGES, 0]
    claim = bench.at(bench.claim(stage=Stage.QUEUED, domain=WAGES, treatment=reached))
    bench.play("new_claims")
    assert bench.debtor().treatment == reached != usual
    bench.simulation.move(0, Stage.PAID, 0.0)
    assert claim.stage == Stage.PAID
    bench.play("new_claims")
    assert bench.debtor().treatment == usual
