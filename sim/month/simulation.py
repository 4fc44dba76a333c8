"""The simulation: tables, indices and sums of a world, and the kernels that run over them.

A kernel is a compiled loop over rows of a table. The simulation is built from plain values and
reads no scenario files. Each phase of the calendar receives it.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from sim.agents.claim import Claim
from sim.agents.court.court import Agency, Court, Registry
from sim.agents.court.supervisor import Supervisor
from sim.agents.creditor import Creditor
from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.agents.debtor.norm import NEIGHBOURS
from sim.agents.debtor.weigh import Ledger
from sim.agents.institutions.administrator import Administrator
from sim.agents.institutions.government import Government
from sim.agents.institutions.insurer import DISPUTES, Insurer
from sim.books.accounts import MOVEMENTS, Account, books
from sim.books.counts import LONGEST, SPANS, Count, count_names
from sim.engine.blocks import Execution, in_block_order
from sim.engine.compile import Kernel
from sim.engine.draw import Now
from sim.engine.index import Grouper, Index
from sim.engine.plain import view
from sim.engine.record import dtype, table
from sim.engine.table import Table
from sim.extension import Extension
from sim.levers.catalogue import Levers
from sim.mechanisms import MECHANISMS
from sim.mechanisms.base.connection import connect
from sim.mechanisms.prosecution.public import Prosecutor
from sim.mechanisms.relief_fund import Fund
from sim.month.debts import insurance, population
from sim.month.debts.cap import principal_cap
from sim.month.debts.lending import Credit
from sim.month.debts.obligations import lender_of
from sim.month.enforcement.docket import PLACES
from sim.month.month_end import closing
from sim.month.month_end.viability import Watch
from sim.month.shared.assignment import Assignment
from sim.month.shared.journal import (
    BANDS,
    DISTRICTS,
    DOMAINS,
    KINDS,
    OVERALL,
    Journal,
    Sums,
    Trail,
    move,
)
from sim.month.shared.state import STRETCH, State, Traits
from sim.parameters import (
    AssetTraits,
    DomainTraits,
    EvasionTraits,
    KindTraits,
    LenderTraits,
    Parameters,
)
from sim.terms import SIZE_LIMITS, Lender, Stage


class WorldInputs(NamedTuple):
    """What a simulation is built from.

    Args:
        size: Number of debtors.
        districts: Number of districts, each with one court.
        seed: Seed of all random numbers.
        month_before: The month before the first simulated month; months from 1 on are measured.
        parameters: Parameters of the world.
        kinds, domains, assets, lenders: Traits, one entry per member of the enumeration.
        evasions: Traits of dishonest options.
        court_treatment: Treatment of each court: the row of levers that applies to it.
        debtor_treatment, claim_treatment: Targets by kind and district, for claims also by domain
            and band of amount. A target is the number of a set of policies that may reach someone.
        amount_edges: Limits between the bands of amounts that policies name, yuan.
        treatments: Number of rows of levers.
        assignment: The policies assigned at random, and the row of levers for each target and arm.
            An arm is the set of these policies for which someone was drawn.
        by_case: Whether a policy chooses debtors by their oldest case.
        refresh: Function that sets the levers of a month in two tables: first those of the world,
            then those of the extension.
        extension: What the user's own files add.
    """

    size: int
    districts: int
    seed: int
    month_before: int
    parameters: Parameters
    kinds: list[KindTraits]
    domains: list[DomainTraits]
    assets: list[AssetTraits]
    lenders: list[LenderTraits]
    evasions: list[EvasionTraits]
    court_treatment: np.ndarray
    debtor_treatment: np.ndarray
    claim_treatment: np.ndarray
    amount_edges: np.ndarray
    assignment: Assignment
    treatments: int
    by_case: bool
    refresh: Callable[[np.ndarray, np.ndarray, int], None]
    extension: Extension


class Totals(NamedTuple):
    """Sums of a month over all blocks.

    Args:
        flows: Money moved, yuan; shape (flows,).
        counts: Counts in each cell; shape (cells, counts). A cell is all claims together, or those
            of one domain, kind of debtor, band of amount or district.
        inquiries: Inquiries made, inquiries answered, yuan found, inquiries stalled; shape
            (registries, 4).
    """

    flows: np.ndarray
    counts: np.ndarray
    inquiries: np.ndarray


FIRST_CELLS = np.array([[DOMAINS], [KINDS], [BANDS], [DISTRICTS]])


def cells_of(claims: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Cells in which claims are counted. A claim keeps the cells that it had when it fell due.

    Args:
        claims: The table of claims.
        rows: Rows of the claims that are counted.

    Returns:
        The cells of each claim: overall, then by domain, kind of debtor, band of amount and
        district; shape (5, rows).
    """
    cells = np.empty((5, len(rows)), np.int64)
    cells[0] = OVERALL
    cells[1] = claims["domain"][rows]
    cells[2] = claims["kind"][rows]
    cells[3] = np.searchsorted(SIZE_LIMITS, claims["principal"][rows], side="right")
    cells[4] = claims["district"][rows]
    cells[1:] += FIRST_CELLS
    return cells


class Simulation:
    """All tables of a world, and methods to run kernels over them.

    Args:
        inputs: What the world is built from.
        execution: How kernels are run.
        log: Whether every transition of every claim is recorded.
    """

    def __init__(self, inputs: WorldInputs, execution: Execution, *, log: bool = False) -> None:
        """Build the world as it stands before its first month."""
        self.inputs, self.execution, self.log = inputs, execution, log
        self.month = inputs.month_before
        self._parameters = table(Parameters, [inputs.parameters])
        self._traits = Traits(
            kinds=table(KindTraits, inputs.kinds),
            domains=table(DomainTraits, inputs.domains),
            assets=table(AssetTraits, inputs.assets),
            lenders=table(LenderTraits, inputs.lenders),
            evasions=table(EvasionTraits, inputs.evasions),
        )
        hoped = [
            inputs.lenders[lender_of(d)].expected_share if domain.credit else 0.0
            for d, domain in enumerate(inputs.domains)
        ]
        self.credit = Credit(np.array(hoped), inputs.parameters.obligations.credit_elasticity)
        self.principal_cap = principal_cap(inputs.kinds, inputs.domains)
        self.levers = np.zeros(inputs.treatments, dtype(Levers))
        added = inputs.extension
        self._added_levers = np.zeros((inputs.treatments, len(added.levers)))
        self._added_lever = {path: place for place, path in enumerate(added.levers)}
        creditors_of_kind = [
            max(1, round(t.per_thousand * inputs.size / 1000.0)) for t in inputs.lenders
        ]
        self.lender_first = np.cumsum([0, *creditors_of_kind]).astype(np.int64)
        self.debtors = Table(Debtor, inputs.size)
        self.claims = Table(Claim)
        self.creditors = Table(Creditor, int(self.lender_first[-1]))
        self.courts = Table(Court, inputs.districts)
        self.registries = Table(Registry, inputs.districts * ASSETS)
        self.agencies = Table(Agency, inputs.districts)
        for column in added.columns:
            getattr(self, column.table).add_column(column.name, column.kind)
        self.governments = Table(Government, inputs.districts)
        self.prosecutors = Table(Prosecutor, inputs.districts)
        self.administrators = Table(Administrator, inputs.districts)
        self.supervisors = Table(Supervisor, 1)
        insurable = [d for d, domain in enumerate(inputs.domains) if domain.insurable]
        self.insurers = Table(Insurer, len(insurable) + 1)
        self.insurers.rows["id"] = np.arange(len(insurable) + 1)
        self.insurers.rows["domain"] = [*insurable, DISPUTES]
        self.funds = Table(Fund, inputs.districts)
        self.neighbours = np.full((inputs.size, NEIGHBOURS), -1, np.int32)
        self.signals = np.zeros(inputs.size, np.uint8)
        self.arrivals = np.zeros(inputs.size, np.int32)
        self.rates = np.zeros((len(inputs.kinds), len(inputs.domains)))
        self.covered = np.zeros((len(inputs.kinds), inputs.districts, 1, len(insurable)))
        self.covers_change = False
        self.covers = np.zeros(inputs.size, np.int16)
        self.spent: dict[str, float] = {}
        """Yuan that each lever with a price has cost in the measured months."""
        self._keys = np.zeros(16, np.int32)
        self._stages = np.zeros(16, np.int8)
        self._places = np.zeros(inputs.size, np.int32)
        self._trail = np.zeros(16 if log else 0, dtype(Trail))
        self._by_debtor = Grouper(inputs.size)
        self._in_hand = Grouper(inputs.size)
        self._by_court = Grouper(inputs.districts * PLACES)
        self._by_creditor = Grouper(len(self.creditors))
        nothing = self._by_court.group(self._keys, 0)
        self.owned: Index = nothing
        self.hands: Index = nothing
        self.cases: Index = nothing
        self.news: Index = nothing
        blocks = max(1, execution.blocks(max(inputs.size, len(self.creditors))))
        cells = DISTRICTS + inputs.districts
        self._sums = Sums(
            flows=np.zeros((blocks, len(MOVEMENTS) + len(added.flows))),
            counts=np.zeros((blocks, cells, len(count_names()) + len(added.counts))),
            spans=np.zeros((blocks, cells, SPANS, LONGEST + 1)),
            ledgers=np.zeros((blocks, cells, 2, 1 + len(Ledger._fields))),
            inquiries=np.zeros((blocks, inputs.districts * ASSETS, 4)),
            stocks=np.zeros((blocks, len(Account))),
            premiums=np.zeros((blocks, len(insurable), len(inputs.kinds), inputs.districts, 3)),
        )
        self.shocks = np.zeros((blocks, 2, STRETCH))
        self._heads = np.zeros(cells)
        self._state: State | None = None
        inputs.refresh(self.levers, self._added_levers, self.month)
        self._settle_in()
        self.watch = Watch()
        self.books = books(added.flows)
        self.books.open(self.stocks())

    def __getstate__(self) -> dict[str, Any]:
        """What a copy contains: all but the state, whose views would refer to the old tables."""
        return {**self.__dict__, "_state": None}

    def _settle_in(self) -> None:
        """Create debtors, creditors and institutions; nobody owes anything yet."""
        district = [self.courts, self.agencies, self.governments, self.funds]
        district += [self.prosecutors, self.administrators]
        for rows in (one.rows for one in district):
            rows["id"] = rows["district"] = np.arange(self.inputs.districts)
        self.courts.rows["recovery"] = -1.0
        self.courts.rows["effort"] = 1.0
        self.courts.rows["police_room"] = 1.0
        learning = self.inputs.parameters.learning
        self.courts.rows["reputed_recovery"] = learning.prior_recovery
        self.courts.rows["reputed_listing"] = learning.prior_listing
        self.courts.rows["reputed_personal"] = learning.prior_personal
        self.courts.rows["treatment"] = self.inputs.court_treatment
        self.governments.rows["treatment"] = self.inputs.court_treatment
        registries = self.registries.rows
        registries["id"] = np.arange(len(registries))
        registries["district"], registries["asset"] = np.divmod(np.arange(len(registries)), ASSETS)
        hide = np.array([traits.hide for traits in self.inputs.assets])
        registries["hide"] = hide[registries["asset"]]
        creditors = self.creditors.rows
        creditors["id"] = np.arange(len(creditors))
        creditors["kind"] = np.repeat([k.value for k in Lender], np.diff(self.lender_first))
        creditors["trust"] = self.inputs.parameters.society.trust
        for mechanism in MECHANISMS:
            for start in mechanism.starts:
                start(self)
        self.run_kernel(population.settle, len(self.debtors))
        self.run_kernel(population.choose_neighbours, len(self.debtors))
        self._count_heads()

    def _count_heads(self) -> None:
        """Count debtors by kind and district: whoever leaves is replaced by one of the same."""
        debtors = self.debtors.rows
        self._heads[OVERALL] = len(debtors)
        for first, name in ((KINDS, "kind"), (DISTRICTS, "district")):
            heads = np.bincount(debtors[name])
            self._heads[first : first + len(heads)] = heads

    def state(self) -> State:
        """The world as kernels see it. It is rebuilt after the month or a table has changed."""
        if self._state is None:
            self._state = State(
                now=Now(self.inputs.seed, self.month),
                parameters=self._parameters,
                traits=self._traits,
                levers=self.levers,
                debtors=self.debtors.rows,
                claims=self.claims.rows,
                creditors=self.creditors.rows,
                courts=self.courts.rows,
                registries=self.registries.rows,
                governments=self.governments.rows,
                prosecutors=self.prosecutors.rows,
                administrators=self.administrators.rows,
                supervisors=self.supervisors.rows,
                insurers=self.insurers.rows,
                funds=self.funds.rows,
                neighbours=self.neighbours,
                signals=self.signals,
                rates=self.rates,
                covered=self.covered,
                covers_change=self.covers_change,
                covers=self.covers,
                arrivals=self.arrivals,
                shocks=self.shocks,
                by_debtor=self.owned,
                places=self._places,
                hands=self.hands,
                cases=self.cases,
                news=self.news,
                keys=self._keys,
                lender_first=self.lender_first,
                debtor_treatment=self.inputs.debtor_treatment,
                claim_treatment=self.inputs.claim_treatment,
                amount_edges=self.inputs.amount_edges,
                assignment=self.inputs.assignment,
                journal=self._journal(),
            )
        return self._state

    def _journal(self) -> Journal:
        """What rules write to: the sums, the stages of claims, and the event log."""
        return Journal(
            size=self.execution.block,
            block=0,
            **self._sums._asdict(),
            stages=self._stages,
            trail=self.trail,
        )

    def run_kernel(self, kernel: Kernel, rows: int) -> None:
        """Run a kernel over the first `rows` rows."""
        self.execution.run_kernel(kernel, self.state(), rows)

    def begin(self) -> None:
        """Start the next month: set its levers and rates, and reset the sums."""
        self.month += 1
        self._state = None
        before, added = self.lever_values().copy(), self._added_levers.copy()
        self.inputs.refresh(self.levers, self._added_levers, self.month)
        changed = (before != self.lever_values()).any(axis=1)
        changed |= (added != self._added_levers).any(axis=1)
        self.debtors.clear_columns(self.debtors.rows["leaving"])  # new debtors take these rows
        if changed.any():
            debtors = self.debtors.rows  # a change of policy prompts debtors to choose again
            debtors["prompted"] |= changed[debtors["treatment"]]
        for sums in self._sums:
            sums[...] = 0.0
        self._sums.counts[0, :, Count.DEBTORS] = self._heads
        obligations = self.inputs.parameters.obligations
        scale = obligations.intensity * math.exp(obligations.growth * self.month / 12.0) / 1000.0
        for d, domain in enumerate(self.inputs.domains):
            self.rates[:, d] = (
                domain.person * scale,
                domain.firm * scale,
                domain.public_body * scale,
            )
        self.rates *= self.credit.supply
        np.cumsum(self.rates, axis=1, out=self.rates)
        self._cover(changed=bool(changed.any()))

    def _cover(self, *, changed: bool) -> None:
        """Find the shares of debtors with cover, if levers have changed or this is the start."""
        self.covers_change = changed or self.month == self.inputs.month_before + 1
        if self.covers_change:
            self.covered = insurance.shares_covered(
                self.levers,
                self.insurers.rows,
                self.rates,
                self.inputs.claim_treatment,
                self.inputs.assignment.rows,
            )

    def lever(self, path: str) -> np.ndarray:
        """Values of a lever, one per row of levers. A table's `treatment` column indexes them."""
        if path in self._added_lever:
            return self._added_levers[:, self._added_lever[path]]
        mode, name = path.split(".")
        found: np.ndarray = self.levers[mode][name]
        return found

    def lever_values(self) -> np.ndarray:
        """The levers of the model as a plain table: a view, shape (rows of levers, levers)."""
        return self.levers.view(np.float64).reshape(len(self.levers), -1)

    def column(self, table: str, name: str) -> np.ndarray:
        """An extension's column: a view of the rows in use, which may be written to."""
        found: np.ndarray = getattr(self, table).column(name)
        return found

    def tally(self, what: int, amount: float, district: int | None = None) -> None:
        """Add to a count of the month, overall and, if one is given, in a district."""
        counts = self._sums.counts
        counts[0, OVERALL, what] += amount
        if district is not None:
            counts[0, DISTRICTS + district, what] += amount

    def tally_districts(self, what: int, amounts: np.ndarray) -> None:
        """Add to a count of the month in each district and overall; shape (districts,)."""
        counts = self._sums.counts[0, :, what]
        counts[DISTRICTS:] += amounts
        counts[OVERALL] += amounts.sum()

    def tally_claims(self, what: int, cells: np.ndarray, amounts: np.ndarray) -> None:
        """Add to a count of the month in all cells of claims.

        Args:
            what: Index of the count.
            cells: Cells of the claims, from `cells_of`; shape (5, claims).
            amounts: Amount that each claim adds; shape (claims,).
        """
        counts = self._sums.counts[0, :, what]
        weights = np.broadcast_to(amounts, cells.shape)
        counts += np.bincount(cells.ravel(), weights.ravel(), minlength=len(counts))

    def tally_claims_after(
        self, what: int, cells: np.ndarray, months: np.ndarray, amounts: np.ndarray
    ) -> None:
        """Add to a count split by elapsed months, in all cells of claims.

        Args:
            what: Index of the count, as in `Span`.
            cells: Cells of the claims, from `cells_of`; shape (5, claims).
            months: Elapsed months of each claim; more than `LONGEST` count as `LONGEST`.
            amounts: Amount that each claim adds; shape (claims,).
        """
        spans = self._sums.spans[0, :, what]
        places = cells * spans.shape[1] + np.minimum(months, LONGEST)
        weights = np.broadcast_to(amounts, cells.shape)
        sums = np.bincount(places.ravel(), weights.ravel(), minlength=spans.size)
        spans += sums.reshape(spans.shape)

    def book(self, flow: int, amount: float) -> None:
        """Add a movement of money to the books. The caller changes the rows of payer and payee."""
        self._sums.flows[0, flow] += amount

    def move(self, row: int, stage: Stage, amount: float) -> None:
        """Move one claim to another stage, as rules do."""
        state = view(self.state())
        move(state.journal, state.claims[row], row, stage.value, amount)

    def make_room(self) -> None:
        """Add rows for new claims. `arrivals` then has the row of each debtor's first new claim."""
        arrivals = self.arrivals
        coming = arrivals > 0
        counts = arrivals[coming]
        total = int(counts.sum())
        base = len(self.claims)
        self.claims.append(total)
        arrivals[:] = -1
        arrivals[coming] = base + np.cumsum(counts) - counts
        short = self.execution.blocks(len(self.claims)) - len(self._sums.flows)
        if short > 0:  # kernels over claims need a block of sums for each block of claims
            self._sums = Sums(
                *(np.concatenate([sums, np.zeros((short, *sums.shape[1:]))]) for sums in self._sums)
            )
        if len(self.claims) > len(self._keys):
            self._keys = np.zeros(len(self.claims) * 3 // 2, np.int32)
            self._stages = np.zeros(len(self._keys), np.int8)
        if self.log:
            if len(self.claims) > len(self._trail):
                self._trail = np.zeros(len(self.claims) * 3 // 2, self._trail.dtype)
            self._trail["steps"] = 0
        self._stages[: len(self.claims)] = self.claims.rows["stage"]
        self._state = None

    def index_claims(self) -> None:
        """Group claims by debtor, for the rest of the month."""
        claims = self.claims.rows
        self._keys[: len(claims)] = claims["debtor"]
        self.owned = self._by_debtor.group(self._keys, len(claims))
        self._places[self.owned.owners] = np.arange(len(self.owned.owners))
        self._state = None

    def index_cases(self) -> None:
        """Group cases by place in the queues of courts, from the keys that `docket.line_up` set."""
        self.cases = self._by_court.group(self._keys, len(self.claims))
        self._state = None

    def index_hands(self) -> None:
        """Group by debtor the cases served this month, from the keys that `docket.take_up` set."""
        self.hands = self._in_hand.group(self._keys, len(self.claims))
        self._state = None

    def index_news(self) -> None:
        """Group claims with news by creditor, from the keys that `learning.address` set."""
        self.news = self._by_creditor.group(self._keys, len(self.claims))
        self._state = None

    def retire_claims(self) -> np.ndarray:
        """Remove closed claims from the table and return a copy of them."""
        gone = self.claims.retire(self.claims.rows["closed"].copy())
        self._state = None
        return gone

    def totals(self) -> Totals:
        """Sums of the month so far, added in block order."""
        return Totals(
            flows=in_block_order(self._sums.flows),
            counts=in_block_order(self._sums.counts),
            inquiries=in_block_order(self._sums.inquiries),
        )

    def spans(self) -> np.ndarray:
        """Counts of the month by months passed, added in block order."""
        return in_block_order(self._sums.spans)

    def ledgers(self) -> np.ndarray:
        """Sums of the costs and gains behind the month's choices, added in block order."""
        return in_block_order(self._sums.ledgers)

    def stocks(self) -> np.ndarray:
        """Money of each account summed from the tables, yuan; shape (accounts,)."""
        self._sums.stocks[...] = 0.0
        self.run_kernel(closing.sum_debtors, len(self.debtors))
        self.run_kernel(closing.sum_claims, len(self.claims))
        self.run_kernel(closing.sum_creditors, len(self.creditors))
        self.run_kernel(closing.sum_insurers, len(self.insurers))
        self.run_kernel(closing.sum_funds, len(self.funds))
        return in_block_order(self._sums.stocks)

    def illegal_claims(self) -> np.ndarray:
        """Rows of claims that the last call of `stocks` found in an impossible state."""
        return np.flatnonzero(self._keys[: len(self.claims)] == closing.ILLEGAL)

    @property
    def trail(self) -> np.ndarray:
        """This month's transitions, one row per claim; empty unless the event log is on."""
        return self._trail[: len(self.claims)] if self.log else self._trail

    def bytes_held(self) -> dict[str, int]:
        """Bytes of each table, index and scratch array, including spare capacity."""
        tables: Iterable[tuple[str, Any]] = (
            ("debtors", self.debtors),
            ("neighbours", self.neighbours),
            ("claims", self.claims),
            ("creditors", self.creditors),
            ("signals", self.signals),
            ("arrivals", self.arrivals),
            ("covers", self.covers),
            ("shocks", self.shocks),
            ("claims by debtor", self._by_debtor),
            ("cases in hand", self._in_hand),
            ("claims by creditor", self._by_creditor),
            ("stages", self._stages),
            ("places", self._places),
            ("scratch keys", self._keys),
        )
        held = {name: int(thing.nbytes) for name, thing in tables}
        institutions = [self.courts, self.registries, self.agencies]
        institutions += [self.governments, self.prosecutors, self.supervisors]
        institutions += [self.insurers, self.funds, self.administrators]
        held["institutions"] = sum(one.nbytes for one in institutions)
        held["sums"] = sum(s.nbytes for s in self._sums)
        return held


connect()
