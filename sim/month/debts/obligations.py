"""New claims fall due, unless a lender or trade partner refused the credit."""

import math
from typing import NamedTuple

import numpy as np

from sim.agents.claim import Claim, claim_id, size_band
from sim.agents.court.court import Court
from sim.agents.creditor import Creditor
from sim.agents.debtor.debtor import Debtor, ability, is_able, means, rank_of_means
from sim.agents.debtor.score import keeps_records, objectionable
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens, member, normal, uniform
from sim.levers.catalogue import Levers
from sim.mechanisms.base.points import claim_due, credit_refused, entry_kept
from sim.month.debts.insurance import arriving, covered_yuan, more_accidents
from sim.month.shared.assignment import arm_of
from sim.month.shared.journal import (
    BANDS,
    DISTRICTS,
    DOMAINS,
    KINDS,
    OVERALL,
    Journal,
    at_row,
    book,
    count,
    count_in,
    move,
)
from sim.month.shared.state import Market, Setting, State, Traits, market_of, setting_of
from sim.parameters import DomainTraits, KindTraits, Obligations, Protection
from sim.terms import Ability, Decision, Domain, EnforceableTitle, Lender, Stage


class NewClaim(NamedTuple):
    """A claim that arises this month: domain, id, and principal in yuan."""

    domain: int
    identity: int
    principal: float


@rule
def domain_of(
    debtor: Debtor,
    covers: int,
    number: int,
    market: Market,
    protection: Protection,
    now: Now,
) -> int:
    """Domain of the debtor's `number`-th new claim, drawn in proportion to the rates of claims.

    Accidents that happen only because of insurance cover come last. So all other claims have the
    same domain as in a world without cover.
    """
    last = len(market.domains) - 1
    among = market.rates[debtor.kind, last]
    for k in range(len(market.insurers)):
        among += more_accidents(debtor, covers, k, market, protection, now)
    target = uniform(now, Decision.DOMAIN, debtor.id, number) * among
    beyond = target - market.rates[debtor.kind, last]
    if beyond >= 0.0:  # an accident that happens only because of cover
        for k in range(len(market.insurers)):
            beyond -= more_accidents(debtor, covers, k, market, protection, now)
            if beyond < 0.0:
                return int(market.insurers[k].domain)
    domain = 0
    while domain < last and market.rates[debtor.kind, domain] <= target:
        domain += 1
    return domain


@rule
def principal_of(
    debtor: Debtor,
    domain: DomainTraits,
    identity: int,
    kind: KindTraits,
    obligations: Obligations,
    now: Now,
) -> float:
    """Principal of a claim, yuan: lognormal, and larger if the debtor has more means (eq. 13)."""
    tie = obligations.size_by_means
    rank = rank_of_means(debtor, kind)
    z = tie * rank + math.sqrt(1.0 - tie * tie) * normal(now, Decision.PRINCIPAL, identity)
    return domain.median * math.exp(domain.sd * z)


@rule
def new_claim(
    debtor: Debtor, covers: int, number: int, market: Market, setting: Setting
) -> NewClaim:
    """The debtor's `number`-th new claim of the month; `covers` are those of the debtor."""
    parameters, traits, now = setting.parameters, setting.traits, setting.now
    domain = domain_of(debtor, covers, number, market, parameters.protection, now)
    identity = claim_id(now.month, debtor.id, domain, number)
    principal = principal_of(
        debtor,
        traits.domains[domain],
        identity,
        traits.kinds[debtor.kind],
        parameters.obligations,
        now,
    )
    return NewClaim(domain, identity, principal)


@rule
def looking(domain: int, levers: Levers) -> float:
    """Share of the lenders of a domain who look at a debtor's credit record (ODD eq. 36)."""
    if not keeps_records(levers):
        return 0.0
    seen = levers.at_source.credit_reporting
    if lender_of(domain) != Lender.BANK:
        seen *= levers.at_source.cross_sector_sharing
    return seen


@rule
def refused_share(debtor: Debtor, levers: Levers) -> float:
    """Share of the lenders who look at a debtor's record that refuse it (ODD eq. 36, 122 and 170).

    All of them refuse a debtor on the list. A satisfied entry that stays on it counts in part.
    """
    against = objectionable(debtor.score)
    if not debtor.on_list:
        return against
    kept = entry_kept(0.0, levers)
    return max(against, kept) if debtor.repair > 0 and kept > 0.0 else 1.0


@rule
def reported(debtor: Debtor, domain: int, identity: int, levers: Levers, now: Now) -> bool:
    """Whether the lender refuses because of the debtor's credit record (ODD eq. 36 and 122).

    For a debtor on the list see `refused_share`.
    """
    seen = looking(domain, levers)
    if seen <= 0.0:
        return False
    against = refused_share(debtor, levers)
    return happens(now, Decision.CREDIT_REPORT, identity, seen * against)


@rule
def screened(debtor: Debtor, new: NewClaim, traits: Traits, levers: Levers, now: Now) -> bool:
    """Whether credit is refused because of the list, a lack of means or the credit record."""
    if not traits.domains[new.domain].credit:
        return False
    if reported(debtor, new.domain, new.identity, levers, now):
        return True
    refusing = levers.at_source.screening
    if refusing <= 0.0:
        return False
    empty = ability(new.principal, means(debtor, traits.assets)) == Ability.EMPTY
    return (debtor.on_list or empty) and happens(now, Decision.SCREENED, new.identity, refusing)


@rule
def refuses(
    debtor: Debtor, new: NewClaim, creditor: Creditor, court: Court, setting: Setting
) -> bool:
    """Whether credit for a new claim is refused; never for a claim that involves no credit."""
    if not setting.traits.domains[new.domain].credit:
        return False
    levers = setting.treatments[debtor.treatment]
    refused = screened(debtor, new, setting.traits, levers, setting.now)
    return credit_refused(refused, debtor, new, creditor, court, setting)


@rule
def note_request(
    debtor: Debtor, new: NewClaim, refused: bool, setting: Setting, journal: Journal
) -> None:
    """Count a request for credit that would fall due this month, and whether it was refused."""
    traits, levers = setting.traits, setting.treatments[debtor.treatment]
    able = is_able(ability(new.principal, means(debtor, traits.assets)))
    unpromising = refused and not screened(debtor, new, traits, levers, setting.now)
    for cell in (
        OVERALL,
        DOMAINS + new.domain,
        KINDS + debtor.kind,
        BANDS + size_band(new.principal),
        DISTRICTS + debtor.district,
    ):
        count_in(journal, cell, Count.CREDIT_SOUGHT, 1.0)
        if refused:
            count_in(journal, cell, Count.CREDIT_REFUSED, 1.0)
        if able:
            count_in(journal, cell, Count.CREDIT_SOUGHT_ABLE, 1.0)
        if able and refused:
            count_in(journal, cell, Count.CREDIT_REFUSED_ABLE, 1.0)
        if unpromising:
            count_in(journal, cell, Count.CREDIT_UNPROMISING, 1.0)


@rule
def lender_of(domain: int) -> int:
    """Kind of creditor for claims of a domain."""
    if domain == Domain.BANK_LOAN:
        return Lender.BANK.value
    if domain == Domain.TRADE or domain == Domain.PUBLIC_DEBT:
        return Lender.TRADE.value
    return Lender.PRIVATE.value


@rule
def title_of(domain: int, identity: int, traits: DomainTraits, now: Now) -> int:
    """Enforceable title of a claim: fixed in criminal cases, otherwise drawn at random."""
    if domain == Domain.CRIMINAL:
        return EnforceableTitle.CRIMINAL.value
    u = uniform(Now(now.seed, 0), Decision.TITLE, identity)
    if u < traits.award:
        return EnforceableTitle.AWARD.value
    if u < traits.award + traits.notarised:
        return EnforceableTitle.NOTARISED.value
    return EnforceableTitle.JUDGMENT.value


@rule
def creditor_of(new: NewClaim, lender_first: np.ndarray, now: Now) -> int:
    """Row of the creditor of a new claim, drawn from the kind of creditor for the domain.

    Args:
        new: The claim.
        lender_first: Row of the first creditor of each kind, then the number of all creditors;
            shape (4,).
        now: Seed and month.
    """
    lender = lender_of(new.domain)
    base = lender_first[lender]
    among = lender_first[lender + 1] - base
    return int(base + member(now, Decision.CREDITOR, new.identity, 0, among))


@rule
def amount_class(principal: float, edges: np.ndarray) -> int:
    """Band of amounts of a principal; `edges` are the limits between the bands, yuan."""
    cut = 0
    while cut < len(edges) and principal >= edges[cut]:
        cut += 1
    return cut


@rule
def describe(claim: Claim, new: NewClaim, debtor: Debtor, traits: Traits, now: Now) -> None:
    """Fill in the fields of a new claim that do not depend on policy.

    Args:
        claim: The new claim, with all fields 0.
        new: Domain, id and principal of the claim.
        debtor: The debtor who owes it.
        traits: Traits of domains and lenders.
        now: Seed and month.
    """
    lasting = Now(now.seed, 0)
    domain = traits.domains[new.domain]
    lender = traits.lenders[lender_of(new.domain)]
    claim.id = new.identity
    claim.district = debtor.district
    claim.domain = new.domain
    claim.kind = debtor.kind
    claim.band = size_band(new.principal)
    claim.livelihood = domain.livelihood
    claim.principal = new.principal
    claim.due = new.principal
    claim.partner = happens(lasting, Decision.RELATION, new.identity, lender.repeated)
    claim.title = title_of(new.domain, new.identity, domain, now)


@kernel
def arise(state: State, first: int, last: int) -> None:
    """Write the number of each debtor's new claims to `arrivals`, without those refused.

    Only debtors for whom `economy.live` has drawn a claim are looked at.
    """
    market, setting = market_of(state), setting_of(state)
    domains = state.traits.domains
    journal = at_row(state.journal, first)
    for row in range(first, last):
        if state.arrivals[row] == 0:
            continue
        debtor = state.debtors[row]
        covers = state.covers[row]
        kept = 0
        for number in range(arriving(debtor, covers, market, setting.parameters, state.now)):
            new = new_claim(debtor, covers, number, market, setting)
            creditor = state.creditors[creditor_of(new, state.lender_first, state.now)]
            court = state.courts[debtor.district]
            refused = refuses(debtor, new, creditor, court, setting)
            if domains[new.domain].credit:
                note_request(debtor, new, refused, setting, journal)
            if not refused:
                kept += 1
        state.arrivals[row] = kept


@kernel
def fall_due(state: State, first: int, last: int) -> None:
    """Write each debtor's new claims. They begin at the row in `arrivals`; -1 means none."""
    market, setting = market_of(state), setting_of(state)
    journal = at_row(state.journal, first)
    for row in range(first, last):
        at = state.arrivals[row]
        if at < 0:
            continue
        debtor = state.debtors[row]
        court = state.courts[debtor.district]
        covers = state.covers[row]
        for number in range(arriving(debtor, covers, market, setting.parameters, state.now)):
            new = new_claim(debtor, covers, number, market, setting)
            lender = creditor_of(new, state.lender_first, state.now)
            creditor = state.creditors[lender]
            if refuses(debtor, new, creditor, court, setting):
                continue
            claim = state.claims[at]
            describe(claim, new, debtor, state.traits, state.now)
            claim.debtor = row
            claim.creditor = lender
            target = state.claim_treatment[
                debtor.kind,
                debtor.district,
                new.domain,
                amount_class(new.principal, state.amount_edges),
            ]
            arm = arm_of(new.identity, True, state.assignment, state.now.seed) | debtor.arm
            claim.treatment = state.assignment.rows[target, arm]
            claim_levers = state.levers[claim.treatment]
            claim.insured = covered_yuan(
                covers, new.domain, new.principal, claim_levers, state.insurers
            )
            move(journal, claim, at, Stage.DUE, new.principal)
            book(journal, Flow.CLAIM_NEW, new.principal)
            count(journal, claim, Count.DUE, 1.0)
            count(journal, claim, Count.DUE_YUAN, new.principal)
            claim_due(claim, creditor, state.insurers, setting, journal)
            at += 1
