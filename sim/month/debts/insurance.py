"""Liability cover and social insurance: who is covered, premiums, payouts and benefits.

In: levers that apply to a claim, and premiums. Out: payments booked, claims reduced.
"""

import numpy as np

from sim.agents.claim import FIRST_MONTH, NUMBER_SHIFT, Claim
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
from sim.engine.compile import inlined, rule
from sim.engine.draw import Now, happens, uniform
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.month.shared.journal import (
    DISTRICTS,
    DOMAINS,
    KINDS,
    OVERALL,
    Journal,
    book,
    count,
    count_in,
)
from sim.month.shared.payment import credit
from sim.month.shared.state import Market
from sim.parameters import DomainTraits, Protection
from sim.terms import Asset, Decision, Kind

INSTALMENT = 100.0
"""Smallest monthly repayment of a debt to an insurer, yuan."""


@inlined
def levers_of_domain(debtor: Debtor, domain: int, market: Market) -> Levers:
    """Levers that decide how claims of one domain against a debtor are covered."""
    target = market.claim_treatment[debtor.kind, debtor.district, domain, 0]
    return market.treatments[market.assignment.rows[target, debtor.arm]]


@inlined
def is_covered(debtor: Debtor, k: int, market: Market, now: Now) -> bool:
    """Whether a debtor who can become liable has cover from the `k`-th insurer (ODD eq. 41).

    This is drawn once per debtor and domain. So debtors keep their cover when cover is extended to
    others.
    """
    domain = market.insurers[k].domain
    if domain == DISPUTES:
        return False
    share = covered_share(levers_of_domain(debtor, domain, market))
    if share <= 0.0 or rate_of(debtor.kind, domain, market.rates) <= 0.0:
        return False
    return uniform(Now(now.seed, 0), Decision.INSURED, debtor.id, domain) < share


@rule
def rate_of(kind: int, domain: int, rates: np.ndarray) -> float:
    """Expected claims of one domain without cover, per month and debtor of one kind."""
    before = 0.0 if domain == 0 else rates[kind, domain - 1]
    return float(rates[kind, domain] - before)


@rule
def until_renewal(debtor: Debtor, protection: Protection, now: Now) -> int:
    """Months until a debtor's cover is renewed. Renewals are spread over time."""
    months = int(protection.bonus_months)
    return months - (now.month + (debtor.id >> 8)) % months


@rule
def more_accidents(
    debtor: Debtor,
    k: int,
    market: Market,
    domains: Records[DomainTraits],
    protection: Protection,
    now: Now,
) -> float:
    """Claims per month added by the `k`-th insurer's cover, because care falls (ODD eq. 43)."""
    if not is_covered(debtor, k, market, now):
        return 0.0
    domain = market.insurers[k].domain
    levers = levers_of_domain(debtor, domain, market)
    at_stake = premiums_at_stake(
        debtor.malus,
        until_renewal(debtor, protection, now),
        market.insurers[k].premium,
        levers.at_source.insurance_experience_rating,
        debtor.discount,
        protection,
    )
    factor = accidents(domains[domain].median, at_stake, levers, protection)
    return rate_of(debtor.kind, domain, market.rates) * (factor - 1.0)


@rule
def covered_yuan(
    debtor: Debtor,
    domain: int,
    principal: float,
    levers: Levers,
    market: Market,
    now: Now,
) -> float:
    """Sum that an insurer will pay on a new claim before the debtor does, yuan.

    `levers` are those of the claim.
    """
    for k in range(len(market.insurers)):
        if market.insurers[k].domain == domain and is_covered(debtor, k, market, now):
            return cover(principal, levers)
    return 0.0


@inlined
def pay_premiums(
    debtor: Debtor, market: Market, protection: Protection, now: Now, journal: Journal
) -> None:
    """A covered debtor pays its premiums, then repays debt to insurers (ODD eq. 47 and 123).

    The malus is the class that decides the premium. Each renewal lowers it by one.
    """
    if debtor.malus > 0 and until_renewal(debtor, protection, now) == int(protection.bonus_months):
        debtor.malus -= 1
    insurers = len(market.insurers) if market.covered else 0  # spares most worlds the search
    for k in range(insurers):
        if not is_covered(debtor, k, market, now):
            continue
        insurer = market.insurers[k]
        levers = levers_of_domain(debtor, insurer.domain, market)
        rating = levers.at_source.insurance_experience_rating
        factor = class_factor(debtor.malus, rating, protection)
        paid = take_money(debtor, factor * insurer.premium)
        book(journal, Flow.PREMIUM, paid)
        for cell in (
            OVERALL,
            DOMAINS + insurer.domain,
            KINDS + debtor.kind,
            DISTRICTS + debtor.district,
        ):
            count_in(journal, cell, Count.INSURED, 1.0)
            count_in(journal, cell, Count.INSURED_WEIGHT, factor)
            count_in(journal, cell, Count.PREMIUM_YUAN, paid)
    if debtor.surcharge > 0.0:
        months = protection.repay_months
        paid = take_money(debtor, min(debtor.surcharge, max(INSTALMENT, debtor.surcharge / months)))
        debtor.surcharge -= paid
        book(journal, Flow.SURCHARGE, paid)


@inlined
def pay_first(
    debtor: Debtor, claim: Claim, levers: Levers, protection: Protection, now: Now, journal: Journal
) -> None:
    """The insurer pays after a delay and raises the debtor's malus class (ODD eq. 41 and 123).

    In a case of recourse, the debtor owes the payout to the insurer (ODD eq. 47).
    """
    if claim.insured <= 0.0:
        return
    due_since = now.month - ((claim.id >> NUMBER_SHIFT) + FIRST_MONTH)
    if due_since < levers.at_source.insurance_delay:
        return
    amount = min(claim.insured, claim.due - claim.escrow)
    claim.insured = 0.0
    if amount <= 0.0:
        return
    credit(claim, amount, now, journal)
    book(journal, Flow.INSURED_PAID, amount)
    count(journal, claim, Count.INSURED_CLAIMS, 1.0)
    count(journal, claim, Count.INSURED_PAID, amount)
    debtor.malus = class_after_claim(debtor.malus, protection)
    if happens(now, Decision.RECOURSE, claim.id, protection.recourse):
        debtor.surcharge += amount


@inlined
def support(
    debtor: Debtor, lost: float, levers: Levers, protection: Protection, journal: Journal
) -> None:
    """Social insurance pays a person a share of missed income or of ruined assets (ODD eq. 45).

    Args:
        debtor: The debtor who earned less than usual or lost assets.
        lost: Assets lost in ruin, yuan; 0 if the benefit is for missed income.
        levers: Levers of the debtor.
        protection: Parameters: `benefit_months` is the largest loss that counts, in months of need.
        journal: Where the benefit is booked.
    """
    if levers.at_source.social_insurance <= 0.0 or debtor.kind != Kind.PERSON:
        return
    if lost > 0.0:
        most = protection.benefit_months * debtor.need
        benefit = levers.at_source.social_insurance * min(lost, most)
    else:
        benefit = social_benefit(debtor.usual, debtor.income, levers)
    debtor.assets[Asset.BANK] += benefit
    book(journal, Flow.SOCIAL, benefit)


def settle_accounts(
    insurers: np.ndarray, sums: np.ndarray, back: float, month: int, loading: float
) -> None:
    """Insurers record the month and set the next premium (ODD eq. 47).

    Premium of class 0 = (1 + loading)·payouts / covered debtor-months, both of twelve months. A
    debtor-month has the weight of the premium factor of its malus class.

    `back` is what debtors have repaid to insurers this month, yuan. Insurers share it in proportion
    to their payouts. `sums` are the counts of the month, in which each row from `DOMAINS` on
    belongs to one domain. The last insurer is left out, because cover of disputes has its own
    accounts.
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
