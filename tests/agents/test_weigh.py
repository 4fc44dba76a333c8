"""Claims about the ledger of one dishonest option."""

import math
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.agents.debtor.belief import law_as_written
from sim.agents.debtor.perceived import Penalties
from sim.agents.debtor.score import months_withheld
from sim.agents.debtor.weigh import breadth, net, restriction_months, weigh
from sim.levers.catalogue import catalogue
from sim.parameters import Choice, EvasionTraits, KindTraits, Parameters, Society
from sim.terms import Behaviour, Kind
from tests import build
from tests.build import law
from tests.build import position as at

EXACT = 1e-11
"""Closed forms and sums of up to 60 terms differ by rounding only."""

KIND = KindTraits(procurement=0.5, travel=0.5, finance=0.5, office=0.5, honours=0.5)


debtor = partial(build.debtor, income=3000.0, discount=0.04, trust=0.5)
ALPHA = 0.04 + Choice().death + 0.05
"""Discount rate, risk to end and hazard of recovery of the usual debtor, 1/month."""


def ledger(position=None, who=None, *, evasion=None, kind=KIND, choice=None, norm=0.14, **values):
    """A ledger in which these levers have values; a point is written ``__``."""
    levers = law(**values)
    parameters = Parameters(choice=choice or Choice(), society=Society(norm=norm))
    here = position or at()
    if here.personal < 0.0:  # who has seen nothing expects the law as it is written
        here = here._replace(personal=law_as_written(levers))
    written = levers.sanctions
    rates = Penalties(written.fine_rate, written.detention_rate, written.prison_rate)
    here = here._replace(penalties=rates)
    return weigh(here, who or debtor(), evasion or EvasionTraits(), kind, levers, parameters)


@given(
    age=st.integers(0, 40), term=st.floats(0.0, 60.0), hazard=st.floats(0.0, 1.0),
    discount=st.floats(0.0001, 0.5), lasting=st.floats(0.0, 1.0), habituation=st.floats(1.0, 120.0),
)  # fmt: skip
def test_restriction_months_is_the_sum_over_the_months_left(
    age, term, hazard, discount, lasting, habituation
):
    choice = Choice(lasting=lasting, habituation=habituation)
    direct = math.fsum(
        (lasting + (1.0 - lasting) * math.exp(-(age + k) / habituation))
        / (1.0 + discount + hazard) ** k
        for k in range(max(0, math.floor(term - age)))
    )
    found = restriction_months(age, term, hazard, discount, choice)
    assert found == pytest.approx(direct, rel=EXACT, abs=EXACT)


def test_gain_interest_and_fine_are_bounded_by_what_there_is():
    assert ledger().gain == pytest.approx(50_000.0 * (1.0 - 0.05 / ALPHA), rel=EXACT)
    free, bound = (
        ledger(at(wealth=w), sanctions__late_interest=0.05).late_interest for w in (1e9, 50_100.0)
    )
    assert free == pytest.approx(50_000.0 * 0.05 * 0.05 / ALPHA**2, rel=EXACT)
    assert bound == pytest.approx(100.0 * 0.05 / ALPHA, rel=EXACT)
    assert ledger(at(wealth=50_000.0)).late_interest == 0.0
    rich, poor = (
        ledger(at(wealth=w, payable=w), sanctions__fine_amount=36.0).fine for w in (1e9, 1000.0)
    )
    assert poor == pytest.approx(rich * 1000.0 / (36.0 * 3000.0), rel=EXACT)


def test_a_seizure_costs_the_fee_and_the_loss_of_a_forced_sale_as_likely_as_it_is():
    found = ledger(at(forced_loss=0.3), sanctions__enforcement_fee=0.02).seizure_loss
    assert found == pytest.approx(0.05 / ALPHA * 50_000.0 * (0.02 + 0.3), rel=EXACT)


def test_breadth_counts_what_is_closed_used_and_matched_with_diminishing_returns():
    values = {"match_rate": 0.5, "travel": 0.0, "office": 0.25}
    levers = law({f"comprehensive.{name}": value for name, value in values.items()})
    kind = KindTraits(procurement=0.1, travel=0.9, finance=0.3, office=0.4, honours=0.0)
    assert breadth(kind, levers) == pytest.approx(0.5 * (0.1 + 0.3 + 0.25 * 0.4), rel=EXACT)

    def cost(exponent, *names):
        off = {f"comprehensive__{n}": 0.0 for n in DOMAINS if n not in names}
        return ledger(choice=Choice(breadth_exponent=exponent), **off).restrictions

    for exponent, low, high in ((0.45, 0.0, 0.6), (1.0, 1.0 - EXACT, 1.0 + EXACT)):
        alone = sum(cost(exponent, name) for name in DOMAINS)
        assert low * alone <= cost(exponent, *DOMAINS) <= high * alone
        assert cost(exponent) == 0.0


DOMAINS = ("procurement", "travel", "finance", "office", "honours")


def test_who_is_listed_bears_restrictions_for_sure_and_who_is_not_by_their_chance():
    known, feared = ledger(at(listed=0)), ledger(at(listed=-1))
    share = 0.08 / (ALPHA + 0.08)
    assert feared.restrictions == pytest.approx(share * known.restrictions, rel=EXACT)
    assert feared.stigma == pytest.approx(share * known.stigma, rel=EXACT)


def test_conscience_norm_stigma_and_reward():
    scaled = [ledger(who=debtor(conscience=0.3, trust=t)).conscience for t in (0.5, 1.0)]
    assert scaled == pytest.approx([15_000.0, 22_500.0], rel=EXACT)
    assert ledger(at(honest=Society().prior_honest)).norm == 0.0
    assert ledger(at(honest=1.0)).norm > 0.0 > ledger(at(honest=0.0)).norm
    assert ledger(at(due=500.0, payable=500.0)).stigma == ledger().stigma > 0.0
    worth = 0.1 * 3000.0 * sum(1.04**-k for k in range(1, 13))
    for eligible in (True, False):
        found = ledger(at(eligible=eligible), comprehensive__honesty_reward=0.1).reward_forgone
        assert found == pytest.approx(worth * eligible, rel=EXACT)


def test_frozen_use_is_lost_to_firms_only_and_spared_by_a_live_freeze():
    firm = replace(KIND, freezes=True)
    full = 50_000.0 * Choice().freeze_loss * 0.05 / ((ALPHA + 0.05) * ALPHA)
    assert ledger(kind=firm).freeze_loss == pytest.approx(full, rel=EXACT)
    half = ledger(kind=firm, rule_of_law__live_freeze=0.5).freeze_loss
    assert half == pytest.approx(full / 2, rel=EXACT)
    assert ledger().freeze_loss == 0.0


def test_compulsory_liquidation_threatens_firms_only():
    worth = 0.1 / (ALPHA + 0.1) * Choice().firm_value * 3000.0
    for kind, found in ((Kind.FIRM, worth), (Kind.PERSON, 0.0)):
        of = ledger(who=debtor(kind=kind), special__compulsory_liquidation=0.1)
        assert of.liquidation == pytest.approx(found, rel=EXACT)


def test_hiding_lowers_the_hazard_of_recovery_by_what_can_be_hidden():
    conceal = EvasionTraits(option=6, hides=True)
    assert ledger(at(recovery=0.05, hidable=0.4), evasion=conceal) == ledger(at(recovery=0.03))
    assert ledger(at(hidable=0.0), evasion=conceal) == ledger()


ROUGH = EvasionTraits(option=7, recovery=0.8, listing=1.5, personal=4.0, crime=8.0, cost=0.05)


def test_each_trait_of_an_option_raises_its_term():
    terms = {"listing": "stigma", "personal": "fine", "crime": "prison", "cost": "concealment"}
    for trait, term in terms.items():
        calm = replace(ROUGH, **{trait: getattr(EvasionTraits(), trait)})
        assert getattr(ledger(evasion=ROUGH), term) > getattr(ledger(evasion=calm), term), trait


RELIES = replace(KIND, credit=0.1)
REPORTING = {"at_source__credit_reporting": 0.8, "at_source__cross_sector_sharing": 0.5}


def test_a_record_costs_the_credit_that_it_closes_as_long_as_it_lasts():
    lost = partial(ledger, kind=RELIES, **REPORTING, comprehensive__list_rate=0.0)
    keeping = at(listing=0.0, withheld=0.5)
    months = 0.5 / ALPHA + 0.05 / ALPHA * months_withheld(0.5, 0.04, 60.0)
    access = 0.1 * 3000.0 * 0.8 * (0.6 + 0.4 * 0.5)
    assert lost(keeping).credit == pytest.approx(access * months, rel=EXACT)
    already = lost(keeping._replace(withheld_anyway=0.5)).credit
    spared = access * months_withheld(0.5, 0.04, 60.0)
    assert already == pytest.approx(access * months - spared, rel=EXACT)
    assert lost(at(listing=0.08)).credit > lost(at(listing=0.0)).credit == 0.0
    assert ledger(keeping, **REPORTING).credit == 0.0  # who relies on no credit loses none
    assert lost(keeping, at_source__report_memory=0.0).credit == 0.0


@pytest.mark.parametrize(("withheld", "discount", "memory"), [(1.0, 0.04, 60.0), (0.3, 0.01, 12.0)])
def test_a_record_fades_linearly(withheld, discount, memory):
    fine = np.arange(0.0, withheld * memory, 1e-3) + 5e-4
    direct = ((withheld - fine / memory) * np.exp(-discount * fine)).sum() * 1e-3
    assert months_withheld(withheld, discount, memory) == pytest.approx(direct, rel=1e-4)


HARSHER = [
    e.path for e in catalogue() if e.mode == "sanctions" and e.name != "listing_income_loss"
] + [f"comprehensive.{name}" for name in ("match_rate", "honesty_reward", *DOMAINS)]


@pytest.mark.parametrize("path", HARSHER)
@settings(max_examples=15)
@given(share=st.floats(0.0, 1.0), more=st.floats(0.0, 1.0), listed=st.integers(-1, 30))
def test_no_harsher_law_makes_dishonesty_cheaper(path, share, more, listed):
    lever = next(e.lever for e in catalogue() if e.path == path)
    mild, harsh = sorted(lever.low + s * (lever.high - lever.low) for s in (share, more))
    assume(mild < harsh)
    here = at(listed=listed, eligible=listed < 0)
    nets = [net(ledger(here, **{path.replace(".", "__"): v})) for v in (mild, harsh)]
    assert nets[0] <= nets[1] + EXACT * abs(nets[1])


@given(
    recovery=st.floats(0.0, 1.0), wealth=st.floats(1e3, 1e7), share=st.floats(0.01, 1.0),
    listed=st.integers(-1, 30), personal=st.floats(0.0, 0.5),
)  # fmt: skip
def test_prospects_without_curve_and_weights_are_expected_utility(
    recovery, wealth, share, listed, personal
):
    of = {"recovery": recovery, "listed": listed, "personal": personal}
    plain = Choice(behaviour=Behaviour.PROSPECT, curvature=1.0, weight_loss=1.0, loss_aversion=1.0)
    prospect, expected = (
        net(ledger(at(wealth=wealth, payable=share * wealth, **of), choice=choice,
                   comprehensive__honesty_reward=0.1))
        for choice in (plain, Choice())
    )  # fmt: skip
    assert prospect == pytest.approx(expected, rel=1e-9, abs=1e-9 * wealth)  # w(p) rounds
