"""Liability cover and social insurance: who is covered, premiums, payouts and benefits.

In: levers that apply to a claim, and premiums. Out: payments booked, claims reduced.
"""

import numpy as np

from sim.agents.claim import FIRST_MONTH, NUMBER_SHIFT, Claim
from sim.agents.debtor.debtor import Debtor, take_money
from sim.agents.institutions.insurer import (
    YEAR,
    Insurer,
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
from sim.engine.draw import Now, happens, poisson, uniform
from sim.engine.plain import view
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
from sim.parameters import Parameters, Protection
from sim.terms import Asset, Decision, Kind

MOST = 60
"""Largest number of claims against one debtor that can arise in a month."""
INSTALMENT = 100.0
"""Smallest monthly repayment of a debt to an insurer, yuan."""


@inlined
def levers_of_domain(debtor: Debtor, domain: int, market: Market) -> Levers:
    """Levers that decide how claims of one domain against a debtor are covered."""
    target = market.claim_treatment[debtor.kind, debtor.district, domain, 0]
    return market.treatments[market.assignment.rows[target, debtor.arm]]


def shares_covered(
    levers: np.ndarray,
    insurers: np.ndarray,
    rates: np.ndarray,
    claim_treatment: np.ndarray,
    rows_of: np.ndarray,
) -> np.ndarray:
    """Share with cover among debtors who can become liable (ODD eq. 41); 0 for all others.

    Args:
        levers: Levers of the month, one row per treatment.
        insurers: Rows of insurers; the last one insures disputes.
        rates: See `Market.rates`.
        claim_treatment: Target of claims by kind, district, domain and band of amount.
        rows_of: Row of levers by target and arm.

    Returns:
        Shape (kinds, districts, arms, insurers - 1).
    """
    domains = insurers["domain"][:-1]
    share = np.array([covered_share(row) for row in view(levers)])
    found = share[rows_of[claim_treatment[:, :, domains, 0]]].swapaxes(2, 3)
    liable = np.diff(rates, prepend=0.0)[:, domains] > 0.0
    return np.array(found * liable[:, None, None, :], order="C")


@rule
def covers_of(debtor: Debtor, market: Market, now: Now) -> int:
    """A bit for each insurer from which a debtor has cover (ODD eq. 41).

    This is drawn once per debtor and domain. So debtors keep their cover when cover is extended to
    others.
    """
    covers = 0
    for k in range(len(market.insurers) - 1):  # the last one insures disputes
        share = market.covered[debtor.kind, debtor.district, debtor.arm, k]
        domain = market.insurers[k].domain
        if uniform(Now(now.seed, 0), Decision.INSURED, debtor.id, domain) < share:
            covers |= 1 << k
    return covers


@inlined
def is_covered(covers: int, k: int) -> bool:
    """Whether a debtor with these covers (from `covers_of`) has cover from the `k`-th insurer."""
    return (covers >> k) & 1 != 0


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
    covers: int,
    k: int,
    market: Market,
    protection: Protection,
    now: Now,
) -> float:
    """Claims per month added by the `k`-th insurer's cover, because care falls (ODD eq. 43)."""
    if not is_covered(covers, k):
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
    factor = accidents(market.domains[domain].median, at_stake, levers, protection)
    return rate_of(debtor.kind, domain, market.rates) * (factor - 1.0)


@inlined
def rate_against(debtor: Debtor, market: Market, parameters: Parameters) -> float:
    """Expected claims per month against a debtor without cover."""
    rate = float(market.rates[debtor.kind, len(market.domains) - 1])
    if debtor.zombie:
        rate *= parameters.obligations.zombie
    return rate


@inlined
def may_arrive(debtor: Debtor, market: Market, parameters: Parameters, now: Now) -> bool:
    """Whether a claim can arise this month: false for most, from one draw; `arriving` decides.

    Claims are a Poisson count. With rate λ, there is none if the draw is at most exp(-λ), which is
    never less than 1 - λ. Whatever cover a debtor has, λ is at most the rate without any care.
    """
    most = rate_against(debtor, market, parameters) * (1.0 / (1.0 - parameters.protection.care))
    return uniform(now, Decision.ARRIVAL, debtor.id) > 1.0 - most


@rule
def arriving(debtor: Debtor, covers: int, market: Market, parameters: Parameters, now: Now) -> int:
    """Number of claims against a debtor that arise this month, before lenders refuse any."""
    rate = rate_against(debtor, market, parameters)
    if covers:
        scale = rate / market.rates[debtor.kind, len(market.domains) - 1]
        for k in range(len(market.insurers)):
            rate += scale * more_accidents(debtor, covers, k, market, parameters.protection, now)
    return min(MOST, poisson(uniform(now, Decision.ARRIVAL, debtor.id), rate))


@rule
def covered_yuan(
    covers: int, domain: int, principal: float, levers: Levers, insurers: Records[Insurer]
) -> float:
    """Sum that an insurer will pay on a new claim before the debtor does, yuan.

    `covers` are those of the debtor, `levers` those of the claim.
    """
    for k in range(len(insurers)):
        if insurers[k].domain == domain and is_covered(covers, k):
            return cover(principal, levers)
    return 0.0


COVERED, WEIGHT, YUAN = 0, 1, 2
"""Places on the last axis of `Sums.premiums`."""


@inlined
def pay_premiums(
    debtor: Debtor,
    covers: int,
    market: Market,
    protection: Protection,
    now: Now,
    journal: Journal,
) -> None:
    """A covered debtor pays its premiums, then repays debt to insurers (ODD eq. 47 and 123).

    The malus is the class that decides the premium. Each renewal lowers it by one. Premiums are
    counted when `count_premiums` adds those of a whole block.
    """
    if debtor.malus > 0 and until_renewal(debtor, protection, now) == int(protection.bonus_months):
        debtor.malus -= 1
    insurers = len(market.insurers) if covers else 0
    for k in range(insurers):
        if not is_covered(covers, k):
            continue
        insurer = market.insurers[k]
        factor = 1.0
        if debtor.malus > 0:
            levers = levers_of_domain(debtor, insurer.domain, market)
            rating = levers.at_source.insurance_experience_rating
            factor = class_factor(debtor.malus, rating, protection)
        paid = take_money(debtor, factor * insurer.premium)
        book(journal, Flow.PREMIUM, paid)
        for what, amount in ((COVERED, 1.0), (WEIGHT, factor), (YUAN, paid)):
            journal.premiums[journal.block, k, debtor.kind, debtor.district, what] += amount
    if debtor.surcharge > 0.0:
        months = protection.repay_months
        paid = take_money(debtor, min(debtor.surcharge, max(INSTALMENT, debtor.surcharge / months)))
        debtor.surcharge -= paid
        book(journal, Flow.SURCHARGE, paid)


@rule
def count_premiums(
    insurers: Records[Insurer], kinds: int, districts: int, journal: Journal
) -> None:
    """Add the premiums of a block to its counts: overall, by domain, kind and district.

    A debtor adds to one cell of `Sums.premiums`, which is far less work than four cells of counts.

    Args:
        insurers: Insurers; the last one insures disputes and has no premiums here.
        kinds: Number of kinds of debtors.
        districts: Number of districts.
        journal: Where the premiums are.
    """
    premiums, block = journal.premiums, journal.block
    for k in range(len(insurers) - 1):
        for kind in range(kinds):
            for district in range(districts):
                if premiums[block, k, kind, district, COVERED] == 0.0:
                    continue
                for cell in (
                    OVERALL,
                    DOMAINS + insurers[k].domain,
                    KINDS + kind,
                    DISTRICTS + district,
                ):
                    for what, place in (
                        (Count.INSURED, COVERED),
                        (Count.INSURED_WEIGHT, WEIGHT),
                        (Count.PREMIUM_YUAN, YUAN),
                    ):
                        amount = premiums[block, k, kind, district, place]
                        count_in(journal, cell, what, amount)


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
