"""Liability cover and social insurance: who is covered, premiums, and claims that are paid first.

In: levers of the claim's domain, the insurers' premiums. Out: money booked, claims lowered.
"""

import numpy as np

from sim.agents.claim import FIRST_MONTH, NUMBER_SHIFT
from sim.agents.debtor.debtor import Debtor, take_money
from sim.agents.institutions.insurer import (
    DISPUTES,
    YEAR,
    accidents,
    class_after_claim,
    class_factor,
    cover,
    covered_share,
    premiums_at_stake,
    social_benefit,
)
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens, uniform
from sim.month.shared.payment import credit
from sim.month.shared.state import DISTRICTS, DOMAINS, KINDS, OVERALL, State, book, count
from sim.terms import Asset, Decision, Kind

INSTALMENT = 100.0
"""Yuan a month below which a debt to an insurer is not stretched."""


@rule
def is_covered(state: State, debtor: Debtor, k: int) -> bool:
    """Whether a debtor who can become liable has cover from the `k`-th insurer (ODD eq. 41).

    One draw for each debtor and domain, kept for life, so that wider cover keeps who had it.
    """
    domain = state.insurers[k].domain
    if domain == DISPUTES:
        return False
    share = covered_share(
        state.levers[state.claim_treatment[debtor.kind, debtor.district, domain, 0]]
    )
    if share <= 0.0 or rate_of(state, debtor.kind, domain) <= 0.0:
        return False
    return uniform(Now(state.now.seed, 0), Decision.INSURED, debtor.id, domain) < share


@rule
def rate_of(state: State, kind: int, domain: int) -> float:
    """Due claims of one domain for a debtor of a kind and a month, without cover."""
    before = 0.0 if domain == 0 else state.rates[kind, domain - 1]
    return float(state.rates[kind, domain] - before)


@rule
def until_renewal(state: State, debtor: Debtor) -> int:
    """Months until a debtor's cover is renewed: debtors take turns."""
    months = int(state.parameters[0].protection.bonus_months)
    return months - (state.now.month + (debtor.id >> 8)) % months


@rule
def more_accidents(state: State, debtor: Debtor, k: int) -> float:
    """Claims a month that the `k`-th insurer's cover adds, because care falls (ODD eq. 43)."""
    if not is_covered(state, debtor, k):
        return 0.0
    domain = state.insurers[k].domain
    levers = state.levers[state.claim_treatment[debtor.kind, debtor.district, domain, 0]]
    protection = state.parameters[0].protection
    at_stake = premiums_at_stake(
        debtor.malus,
        until_renewal(state, debtor),
        state.insurers[k].premium,
        levers.at_source.insurance_experience_rating,
        debtor.discount,
        protection,
    )
    factor = accidents(state.domains[domain].median, at_stake, levers, protection)
    return rate_of(state, debtor.kind, domain) * (factor - 1.0)


@rule
def covered_yuan(state: State, debtor: Debtor, domain: int, principal: float, row: int) -> float:
    """Yuan of a new claim that an insurer will pay first; 0 without cover."""
    for k in range(len(state.insurers)):
        if state.insurers[k].domain == domain and is_covered(state, debtor, k):
            return cover(principal, state.levers[row])
    return 0.0


@rule
def pay_premiums(state: State, debtor: Debtor, block: int) -> None:
    """A covered debtor pays its premiums, then on what it owes insurers (ODD eq. 47 and 123).

    A renewal takes a class of malus off.
    """
    protection = state.parameters[0].protection
    if debtor.malus > 0 and until_renewal(state, debtor) == int(protection.bonus_months):
        debtor.malus -= 1
    for k in range(len(state.insurers)):
        if not is_covered(state, debtor, k):
            continue
        insurer = state.insurers[k]
        row = state.claim_treatment[debtor.kind, debtor.district, insurer.domain, 0]
        rating = state.levers[row].at_source.insurance_experience_rating
        factor = class_factor(debtor.malus, rating, protection)
        paid = take_money(debtor, factor * insurer.premium)
        book(state, block, Flow.PREMIUM, paid)
        for cell in (
            OVERALL,
            DOMAINS + insurer.domain,
            KINDS + debtor.kind,
            DISTRICTS + debtor.district,
        ):
            state.sums[block, cell, Count.INSURED] += 1.0
            state.sums[block, cell, Count.INSURED_WEIGHT] += factor
            state.sums[block, cell, Count.PREMIUM_YUAN] += paid
    if debtor.surcharge > 0.0:
        months = protection.repay_months
        paid = take_money(debtor, min(debtor.surcharge, max(INSTALMENT, debtor.surcharge / months)))
        debtor.surcharge -= paid
        book(state, block, Flow.SURCHARGE, paid)


@rule
def pay_first(state: State, debtor: Debtor, at: int, block: int) -> None:
    """The insurer pays once its delay is over, and raises the debtor's class (ODD eq. 41 and 123).

    In cases of recourse the payout is owed to the insurer (ODD eq. 47).
    """
    claim = state.claims[at]
    if claim.insured <= 0.0:
        return
    levers = state.levers[claim.treatment]
    due_since = state.now.month - ((claim.id >> NUMBER_SHIFT) + FIRST_MONTH)
    if due_since < levers.at_source.insurance_delay:
        return
    amount = min(claim.insured, claim.due - claim.escrow)
    claim.insured = 0.0
    if amount <= 0.0:
        return
    credit(state, claim, amount, block)
    book(state, block, Flow.INSURED_PAID, amount)
    count(state, block, claim, Count.INSURED_CLAIMS, 1.0)
    count(state, block, claim, Count.INSURED_PAID, amount)
    protection = state.parameters[0].protection
    debtor.malus = class_after_claim(debtor.malus, protection)
    if happens(state.now, Decision.RECOURSE, claim.id, protection.recourse):
        debtor.surcharge += amount


@rule
def support(state: State, debtor: Debtor, lost: float, block: int) -> None:
    """Social insurance pays a person a share of income missed or of ruin (ODD eq. 45).

    Args:
        state: The world.
        debtor: Who earned less than usual, or lost its assets.
        lost: Assets lost in ruin, yuan; 0 for a month's income.
        block: Block of sums.
    """
    levers = state.levers[debtor.treatment]
    if levers.at_source.social_insurance <= 0.0 or debtor.kind != Kind.PERSON:
        return
    if lost > 0.0:
        most = state.parameters[0].protection.benefit_months * debtor.need
        benefit = levers.at_source.social_insurance * min(lost, most)
    else:
        benefit = social_benefit(debtor.usual, debtor.income, levers)
    debtor.assets[Asset.BANK] += benefit
    book(state, block, Flow.SOCIAL, benefit)


def settle_accounts(
    insurers: np.ndarray, sums: np.ndarray, back: float, month: int, loading: float
) -> None:
    """Insurers take note of their month and set the next premium (ODD eq. 47).

    Premium of class 0 = (1 + loading)·payouts of twelve months / covered debtor-months, each as
    many times as its class multiplies the premium. What debtors pay `back` is shared by the
    payouts. The last row, the insurer of disputes, keeps books of its own.
    """
    insurers = insurers[:-1]
    if not len(insurers):
        return
    rows = DOMAINS + insurers["domain"]
    slot = month % YEAR
    insurers["payouts"][:, slot] = sums[rows, Count.INSURED_PAID]
    insurers["heads"][:, slot] = sums[rows, Count.INSURED_WEIGHT]
    payouts, heads = insurers["payouts"].sum(axis=1), insurers["heads"].sum(axis=1)
    total = payouts.sum()
    share = payouts / total if total > 0.0 else np.full(len(insurers), 1.0 / len(insurers))
    insurers["reserve"] += (
        sums[rows, Count.PREMIUM_YUAN] + back * share - sums[rows, Count.INSURED_PAID]
    )
    insurers["premium"] = (1.0 + loading) * payouts / np.maximum(heads, 1.0)
