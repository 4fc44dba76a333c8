"""Obligations: new claims fall due, unless lender or trade partner screened them out."""

import math

from sim.agents.claim import claim_id, size_band
from sim.agents.debtor.debtor import Debtor, ability, means, rank_of_means
from sim.agents.debtor.score import objectionable
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens, member, normal, poisson, uniform
from sim.mechanisms.base.points import claim_due
from sim.month.debts.insurance import covered_yuan, more_accidents
from sim.month.sanctions.credit_and_listing import keeps_records
from sim.month.shared.state import (
    BANDS,
    DISTRICTS,
    DOMAINS,
    KINDS,
    OVERALL,
    State,
    book,
    count,
    move,
)
from sim.parameters import DomainTraits
from sim.terms import Ability, Decision, Domain, Lender, Stage, Title

MOST = 60
"""Most claims of one debtor that can fall due in a month."""


@rule
def arriving(state: State, debtor: Debtor) -> int:
    """How many claims against this debtor arise this month, before screening."""
    rate = state.rates[debtor.kind, len(state.domains) - 1]
    if debtor.zombie:
        rate *= state.parameters[0].obligations.zombie
    u = uniform(state.now, Decision.ARRIVAL, debtor.id)
    if len(state.insurers) > 1:
        # only for the few who would have a claim without any care is cover looked at
        if u <= 1.0 - rate / (1.0 - state.parameters[0].protection.care):
            return 0
        scale = rate / state.rates[debtor.kind, len(state.domains) - 1]
        for k in range(len(state.insurers)):
            rate += scale * more_accidents(state, debtor, k)
    if u <= 1.0 - rate:  # 1 - rate <= exp(-rate): most debtors end here without an exponential
        return 0
    return min(MOST, poisson(u, rate))


@rule
def domain_of(state: State, debtor: Debtor, number: int) -> int:
    """Domain of the debtor's `number`-th new claim, in proportion to the rates of its kind.

    Accidents that cover adds come last, so that those of a world without cover keep their domain.
    """
    last = len(state.domains) - 1
    among = state.rates[debtor.kind, last]
    for k in range(len(state.insurers)):
        among += more_accidents(state, debtor, k)
    target = uniform(state.now, Decision.DOMAIN, debtor.id, number) * among
    beyond = target - state.rates[debtor.kind, last]
    if beyond >= 0.0:  # one of the accidents that cover adds
        for k in range(len(state.insurers)):
            beyond -= more_accidents(state, debtor, k)
            if beyond < 0.0:
                return int(state.insurers[k].domain)
    domain = 0
    while domain < last and state.rates[debtor.kind, domain] <= target:
        domain += 1
    return domain


@rule
def principal_of(state: State, debtor: Debtor, domain: DomainTraits, identity: int) -> float:
    """Size of a claim, yuan: lognormal, larger for those of larger means (ODD eq. 13)."""
    tie = state.parameters[0].obligations.size_by_means
    rank = rank_of_means(debtor, state.kinds[debtor.kind])
    z = tie * rank + math.sqrt(1.0 - tie * tie) * normal(state.now, Decision.PRINCIPAL, identity)
    return domain.median * math.exp(domain.sd * z)


@rule
def reported(state: State, debtor: Debtor, domain: int, identity: int) -> bool:
    """Whether the lender looks at the debtor's record, and refuses for it (ODD eq. 36 and 122)."""
    if not keeps_records(state.levers[debtor.treatment]):
        return False
    levers = state.levers[debtor.treatment].at_source
    seen = levers.credit_reporting
    if lender_of(domain) != Lender.BANK:
        seen *= levers.cross_sector_sharing
    against = 1.0 if debtor.on_list else objectionable(debtor.score)
    return happens(state.now, Decision.CREDIT_REPORT, identity, seen * against)


@rule
def screened(state: State, debtor: Debtor, domain: int, principal: float, identity: int) -> bool:
    """Whether lender or partner refuses: only credit, to the listed, the empty and the reported."""
    if not state.domains[domain].credit:
        return False
    if reported(state, debtor, domain, identity):
        return True
    refusing = state.levers[debtor.treatment].at_source.screening
    if refusing <= 0.0:
        return False
    empty = ability(principal, means(debtor, state.assets)) == Ability.EMPTY
    return (debtor.on_list or empty) and happens(state.now, Decision.SCREENED, identity, refusing)


@rule
def note_request(
    state: State, debtor: Debtor, domain: int, principal: float, refused: bool, block: int
) -> None:
    """Count credit sought that would fall due this month, and refused."""
    for cell in (
        OVERALL,
        DOMAINS + domain,
        KINDS + debtor.kind,
        BANDS + size_band(principal),
        DISTRICTS + debtor.district,
    ):
        state.sums[block, cell, Count.CREDIT_SOUGHT] += 1.0
        if refused:
            state.sums[block, cell, Count.CREDIT_REFUSED] += 1.0


@rule
def lender_of(domain: int) -> int:
    """What kind of creditor claims of a domain have."""
    if domain == Domain.BANK_LOAN:
        return Lender.BANK.value
    if domain == Domain.TRADE or domain == Domain.PUBLIC_DEBT:
        return Lender.TRADE.value
    return Lender.PRIVATE.value


@rule
def title_of(state: State, domain: int, identity: int) -> int:
    """What a claim can be enforced by: an award or a notarised document by chance, else a court."""
    if domain == Domain.CRIMINAL:
        return Title.CRIMINAL.value
    traits = state.domains[domain]
    u = uniform(Now(state.now.seed, 0), Decision.TITLE, identity)
    if u < traits.award:
        return Title.AWARD.value
    if u < traits.award + traits.notarised:
        return Title.NOTARISED.value
    return Title.JUDGMENT.value


@kernel
def arise(state: State, first: int, last: int) -> None:
    """Count each debtor's new claims."""
    for row in range(first, last):
        debtor = state.debtors[row]
        coming = arriving(state, debtor)
        kept = 0
        for number in range(coming):
            domain = domain_of(state, debtor, number)
            identity = claim_id(state.now.month, debtor.id, domain, number)
            principal = principal_of(state, debtor, state.domains[domain], identity)
            refused = screened(state, debtor, domain, principal, identity)
            if state.domains[domain].credit:
                note_request(state, debtor, domain, principal, refused, row // state.block)
            if not refused:
                kept += 1
        state.arrivals[row] = kept


@kernel
def fall_due(state: State, first: int, last: int) -> None:
    """Write the new claims, from the row in `arrivals` on; -1 where a debtor has none."""
    for row in range(first, last):
        at = state.arrivals[row]
        if at < 0:
            continue
        debtor = state.debtors[row]
        block = row // state.block
        for number in range(arriving(state, debtor)):
            domain = domain_of(state, debtor, number)
            identity = claim_id(state.now.month, debtor.id, domain, number)
            principal = principal_of(state, debtor, state.domains[domain], identity)
            if screened(state, debtor, domain, principal, identity):
                continue
            write(state, row, at, domain, identity, principal, block)
            at += 1


@rule
def write(
    state: State, row: int, at: int, domain: int, identity: int, principal: float, block: int
) -> None:
    """Fill the row of a new claim; the table gives it zeroed."""
    debtor = state.debtors[row]
    claim = state.claims[at]
    claim.id = identity
    claim.debtor = row
    claim.district = debtor.district
    claim.domain = domain
    claim.kind = debtor.kind
    claim.band = size_band(principal)
    claim.livelihood = state.domains[domain].livelihood
    claim.principal = principal
    claim.due = principal
    lender = lender_of(domain)
    base = state.lender_first[lender]
    among = state.lender_first[lender + 1] - base
    claim.creditor = base + member(state.now, Decision.CREDITOR, identity, 0, among)
    never = Now(state.now.seed, 0)
    claim.partner = happens(never, Decision.RELATION, identity, state.lenders[lender].repeated)
    claim.title = title_of(state, domain, identity)
    cut = 0
    while cut < len(state.amount_edges) and principal >= state.amount_edges[cut]:
        cut += 1
    claim.treatment = state.claim_treatment[debtor.kind, debtor.district, domain, cut]
    claim.insured = covered_yuan(state, debtor, domain, principal, claim.treatment)
    move(state, at, Stage.DUE, principal)
    book(state, block, Flow.CLAIM_NEW, principal)
    count(state, block, claim, Count.DUE, 1.0)
    count(state, block, claim, Count.DUE_YUAN, principal)
    claim_due(state, claim, block)
