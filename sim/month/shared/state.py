"""What every kernel sees, and the parts of it that kernels hand to rules.

A kernel has the signature ``(state, first, last)`` and loops over rows of what its phase names.
It writes only rows of its own range or rows that those own, and never reads in another row a field
that it writes. Rules do not see the state: they take records, levers, parameters, and where one
needs several things that belong together, one of the named tuples below.
"""

from typing import NamedTuple

import numpy as np

from sim.agents.claim import Claim
from sim.agents.court.court import Court, Registry
from sim.agents.court.supervisor import Supervisor
from sim.agents.creditor import Creditor
from sim.agents.debtor.debtor import Debtor
from sim.agents.institutions.administrator import Administrator
from sim.agents.institutions.government import Government
from sim.agents.institutions.insurer import Insurer
from sim.engine.compile import inlined
from sim.engine.draw import Now
from sim.engine.index import Index
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.mechanisms.prosecution.public import Prosecutor
from sim.mechanisms.relief_fund import Fund
from sim.month.shared.journal import Journal
from sim.parameters import (
    AssetTraits,
    DomainTraits,
    EvasionTraits,
    KindTraits,
    LenderTraits,
    Parameters,
)


class Traits(NamedTuple):
    """What the members of each enumeration are like, by their number; set by the scenario."""

    kinds: Records[KindTraits]
    domains: Records[DomainTraits]
    assets: Records[AssetTraits]
    lenders: Records[LenderTraits]
    evasions: Records[EvasionTraits]


class State(NamedTuple):
    """The world in one month, as kernels see it.

    Args:
        now: Seed and month.
        parameters: What holds for everyone; one row.
        traits: What kinds, domains, assets, lenders and dishonest options are like.
        levers: Levers as they are this month, a row per treatment.
        debtors, claims, creditors, courts, registries, governments, prosecutors,
            administrators, supervisors, insurers, funds: The tables.
        neighbours: Rows of the debtors that each debtor sees; -1 for nobody; shape (debtors, 8).
        signals: What happened to each debtor this month, as bits; shape (debtors,).
        rates: Cumulative due claims per debtor and month by kind and domain; shape (3, 9).
        arrivals: New claims of each debtor; then where its first one stands; shape (debtors,).
        by_debtor: Claims by debtor.
        places: Where each debtor stands in `by_debtor.owners`, if it has claims; shape (debtors,).
        hands: Cases in officers' hands this month, by debtor.
        cases: Cases to serve, by court and class of priority.
        news: Claims with news for their creditor, by creditor.
        keys: Scratch for grouping claims; shape (at least claims,).
        lender_first: First creditor of each kind, and their number; shape (4,).
        debtor_treatment, claim_treatment, amount_edges: Rows of `levers`; see
            `sim.scenario.treatment`.
        journal: What the month writes down.
    """

    now: Now
    parameters: Records[Parameters]
    traits: Traits
    levers: Records[Levers]
    debtors: Records[Debtor]
    claims: Records[Claim]
    creditors: Records[Creditor]
    courts: Records[Court]
    registries: Records[Registry]
    governments: Records[Government]
    prosecutors: Records[Prosecutor]
    administrators: Records[Administrator]
    supervisors: Records[Supervisor]
    insurers: Records[Insurer]
    funds: Records[Fund]
    neighbours: np.ndarray
    signals: np.ndarray
    rates: np.ndarray
    arrivals: np.ndarray
    by_debtor: Index
    places: np.ndarray
    hands: Index
    cases: Index
    news: Index
    keys: np.ndarray
    lender_first: np.ndarray
    debtor_treatment: np.ndarray
    claim_treatment: np.ndarray
    amount_edges: np.ndarray
    journal: Journal


class Setting(NamedTuple):
    """What holds for everyone this month: for rules that need three or four of these.

    Args:
        now: Seed and month, which every draw shares.
        parameters: What the world is like.
        traits: What kinds, domains, assets, lenders and dishonest options are like.
        treatments: Levers, a row per treatment: ``treatments[claim.treatment]``.
    """

    now: Now
    parameters: Parameters
    traits: Traits
    treatments: Records[Levers]


@inlined
def setting_of(state: State) -> Setting:
    """The setting of the month."""
    return Setting(
        now=state.now,
        parameters=state.parameters[0],
        traits=state.traits,
        treatments=state.levers,
    )


class Owned(NamedTuple):
    """The claims on one debtor, oldest first: rows ``order[first]`` to ``order[last - 1]``.

    Args:
        claims: All claims.
        stages: Stage of each of them; see `Journal`.
        order: Rows of claims, by debtor.
        first, last: Where the debtor's begin in `order`, and where the next one's do.
    """

    claims: Records[Claim]
    stages: np.ndarray
    order: np.ndarray
    first: int
    last: int


@inlined
def owned_by(state: State, k: int) -> Owned:
    """The claims on the `k`-th debtor that has any."""
    return Owned(
        claims=state.claims,
        stages=state.journal.stages,
        order=state.by_debtor.order,
        first=state.by_debtor.starts[k],
        last=state.by_debtor.starts[k + 1],
    )


@inlined
def oldest_of(owned: Owned) -> Claim:
    """The oldest of the claims on one debtor."""
    return owned.claims[owned.order[owned.first]]


class District(NamedTuple):
    """The offices of one district.

    Args:
        court: Its court.
        levers: Levers of its court.
        registries: Registries of all districts; see `sim.month.shared.evasion.hidden`.
        administrator: Its insolvency administrators.
        prosecutor: Its prosecutor's office.
        fund: Its relief fund.
        debtors, districts: How many there are in the world: offices are sized by them.
    """

    court: Court
    levers: Levers
    registries: Records[Registry]
    administrator: Administrator
    prosecutor: Prosecutor
    fund: Fund
    debtors: int
    districts: int


@inlined
def district_of(state: State, debtor: Debtor) -> District:
    """The district of a debtor, which is that of its claims."""
    court = state.courts[debtor.district]
    return District(
        court=court,
        levers=state.levers[court.treatment],
        registries=state.registries,
        administrator=state.administrators[debtor.district],
        prosecutor=state.prosecutors[debtor.district],
        fund=state.funds[debtor.district],
        debtors=len(state.debtors),
        districts=len(state.courts),
    )


class Neighbourhood(NamedTuple):
    """Whom one debtor sees.

    Args:
        row: The debtor's row.
        neighbours: Rows of the debtors that each debtor sees; -1 for nobody; shape (debtors, 8).
        debtors: All debtors.
    """

    row: int
    neighbours: np.ndarray
    debtors: Records[Debtor]


@inlined
def neighbourhood_of(state: State, row: int) -> Neighbourhood:
    """Whom the debtor in a row sees."""
    return Neighbourhood(row=row, neighbours=state.neighbours, debtors=state.debtors)


class Surroundings(NamedTuple):
    """What a debtor sees around it: its district, and whom it knows."""

    district: District
    neighbourhood: Neighbourhood


@inlined
def surroundings_of(state: State, row: int) -> Surroundings:
    """What the debtor in a row sees around it."""
    return Surroundings(
        district=district_of(state, state.debtors[row]),
        neighbourhood=neighbourhood_of(state, row),
    )


class Market(NamedTuple):
    """What can befall a debtor, and who insures it.

    Args:
        rates: Cumulative due claims per debtor and month by kind and domain; shape (3, 9).
        insurers: Insurers of domains; the last one insures creditors' disputes.
        treatments: Levers, a row per treatment.
        claim_treatment: Row of levers by kind, district, domain and band of amount.
    """

    rates: np.ndarray
    insurers: Records[Insurer]
    treatments: Records[Levers]
    claim_treatment: np.ndarray


@inlined
def market_of(state: State) -> Market:
    """The market of the month."""
    return Market(
        rates=state.rates,
        insurers=state.insurers,
        treatments=state.levers,
        claim_treatment=state.claim_treatment,
    )
