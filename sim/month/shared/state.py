"""The state that every kernel sees, and the parts of it that kernels pass to rules.

A kernel is a compiled loop with the signature ``(state, first, last)``. Its phase names the table
or index. The kernel loops over the rows from `first` to `last - 1`, which lie in one block. It
writes only to these rows and to rows that belong to them. If it writes a field, it reads that field
only in these rows.

Rules do not see the state. They receive rows of tables, levers and parameters. Things that belong
together come as one of the named tuples below.
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
from sim.month.shared.assignment import Assignment
from sim.month.shared.journal import Journal
from sim.parameters import (
    AssetTraits,
    DomainTraits,
    EvasionTraits,
    KindTraits,
    LenderTraits,
    Parameters,
)

STRETCH = 64
"""Debtors whose month is begun together: few, so that their records stay in the fastest cache."""


class Traits(NamedTuple):
    """Traits of the members of each enumeration, by their number; set by the scenario."""

    kinds: Records[KindTraits]
    domains: Records[DomainTraits]
    assets: Records[AssetTraits]
    lenders: Records[LenderTraits]
    evasions: Records[EvasionTraits]


class State(NamedTuple):
    """The world in one month, as kernels see it.

    Args:
        now: Seed and month.
        parameters: Parameters of the world; one row.
        traits: Traits of kinds, domains, assets, lenders and dishonest options.
        levers: Levers of this month, one row per treatment (the policies that reach an agent).
        debtors, claims, creditors, courts, registries, governments, prosecutors,
            administrators, supervisors, insurers, funds: The tables.
        neighbours: Rows of the debtors that each debtor sees; -1 for nobody; shape (debtors, 8).
        signals: What happened to each debtor this month, as bits; shape (debtors,).
        rates: Expected claims per debtor and month, by kind, cumulative over domains; shape (3, 9).
        covered: Share of debtors with cover; see `insurance.shares_covered`.
        covers_change: Whether `covered` may be another than in the month before.
        covers: The insurers from which each debtor has cover, as bits; shape (debtors,).
        arrivals: Of each debtor, in the course of the month: whether it may meet fortune or a new
            claim, the number of its new claims, the row of the first one (-1 for none), and a mark
            if its state is impossible; shape (debtors,).
        shocks: Scratch array for drawing incomes; shape (blocks, 2, `STRETCH`).
        by_debtor: Claims by debtor.
        places: For each debtor with claims, its position in `by_debtor.owners`; shape (debtors,).
        hands: Cases that officers serve this month, by debtor.
        cases: Cases in the queue, by court and place; see `sim.month.enforcement.docket.place`.
        news: Claims with news for their creditor, by creditor.
        keys: Scratch array for grouping claims; shape (rows,), with a row for each claim.
        lender_first: Row of the first creditor of each kind, then the number of all creditors;
            shape (4,).
        debtor_treatment, claim_treatment: Targets: which policies may reach a debtor or a claim.
            `assignment` gives their rows of `levers`.
        amount_edges: Limits between the bands of amounts that policies name, yuan.
        assignment: Policies assigned at random.
        journal: Journal of the month.
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
    covered: np.ndarray
    covers_change: bool
    covers: np.ndarray
    arrivals: np.ndarray
    shocks: np.ndarray
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
    assignment: Assignment
    journal: Journal


class Setting(NamedTuple):
    """What is the same for all agents this month.

    Args:
        now: Seed and month, which all draws share.
        parameters: Parameters of the world.
        traits: Traits of kinds, domains, assets, lenders and dishonest options.
        treatments: Levers, one row per treatment: ``treatments[claim.treatment]``.
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
    """The claims against one debtor, oldest first: rows ``order[first]`` to ``order[last - 1]``.

    Args:
        claims: All claims.
        stages: Stage of each of them; see `Journal`.
        order: Rows of claims, by debtor.
        first, last: Where the debtor's claims begin in `order`, and the place after the last one.
    """

    claims: Records[Claim]
    stages: np.ndarray
    order: np.ndarray
    first: int
    last: int


@inlined
def owned_by(state: State, k: int) -> Owned:
    """The claims against the `k`-th of the debtors that have claims."""
    return Owned(
        claims=state.claims,
        stages=state.journal.stages,
        order=state.by_debtor.order,
        first=state.by_debtor.starts[k],
        last=state.by_debtor.starts[k + 1],
    )


@inlined
def oldest_of(owned: Owned) -> Claim:
    """The oldest of the claims against one debtor."""
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
        debtors, districts: Numbers of debtors and districts in the world. The size of offices
            depends on them.
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
    """The district of a debtor, which is also the district of the claims against it."""
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
    """The debtors that one debtor sees.

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
    """The debtors that the debtor in a row sees."""
    return Neighbourhood(row=row, neighbours=state.neighbours, debtors=state.debtors)


class Surroundings(NamedTuple):
    """What a debtor sees around it: its district and its neighbours."""

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
    """Rates at which claims against debtors arise, and the insurance against them.

    Args:
        rates: Expected claims per debtor and month, by kind, cumulative over domains; shape (3, 9).
        insurers: Insurers of domains; the last one insures creditors' disputes.
        treatments: Levers, one row per treatment.
        claim_treatment: Target (which policies may reach a claim) by kind, district, domain and
            band of amount.
        assignment: Policies assigned at random. It gives the row of levers for a target.
        domains: Traits of domains.
        covered: Share of debtors with cover; see `insurance.shares_covered`.
    """

    rates: np.ndarray
    insurers: Records[Insurer]
    domains: Records[DomainTraits]
    treatments: Records[Levers]
    claim_treatment: np.ndarray
    assignment: Assignment
    covered: np.ndarray


@inlined
def market_of(state: State) -> Market:
    """The market of the month."""
    return Market(
        rates=state.rates,
        insurers=state.insurers,
        domains=state.traits.domains,
        treatments=state.levers,
        claim_treatment=state.claim_treatment,
        assignment=state.assignment,
        covered=state.covered,
    )
