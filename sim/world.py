"""`World`: a scenario as a Mesa model that is run month by month and can be inspected."""

import hashlib
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd

from sim.agents.views import RowAgent, TableSet
from sim.collector import Collector
from sim.engine.blocks import Execution
from sim.engine.source import COMPILED, source_hash
from sim.errors import RunError, ServandaError
from sim.extension import fingerprint
from sim.machine.memory import memory_free
from sim.measure.events import Events
from sim.measure.groups import Arm
from sim.measure.observed import GROUPED, Observed
from sim.measure.panel import Panel, sample
from sim.measure.series import BREAKDOWNS, Series
from sim.measure.triggers import refuse_unknown
from sim.month.calendar import CALENDAR, extended, position
from sim.month.shared.assignment import Assignment
from sim.month.simulation import Simulation, WorldInputs
from sim.scenario.checking.fault import meant
from sim.scenario.checking.sections import rows
from sim.scenario.identity import WORDS, identity
from sim.scenario.levers_by_month import Treatments
from sim.scenario.reach import Reach, Reached
from sim.scenario.reading.file import load
from sim.scenario.scenario import Scenario
from sim.shown import About, Shown, listed

DECIDING = (*COMPILED, "extension.py", "indicator.py", "measure", "scenario", "world.py")
"""Files and folders of the package that determine the results of a run."""

BYTES_A_DEBTOR = 530
"""Memory that a run needs per debtor, bytes; measured by `python -m benchmarks`, rounded up."""


class Institution(mesa.Agent):
    """An institution as a Mesa agent; its attributes are the fields of its row in a table."""

    def __init__(self, model: "World", kind: str, row: int) -> None:
        """Register the institution in this row of its table."""
        super().__init__(model)
        self.kind, self.row = kind, row

    def __getattr__(self, name: str) -> Any:
        """A field of the row."""
        if name.startswith("_") or name in ("model", "kind", "row"):
            raise AttributeError(name)
        return getattr(RowAgent(getattr(self.model.simulation, self.kind), self.row), name)


class Court(Institution):
    """A court with the hours of its officers and its docket, the cases that wait there."""


class Registry(Institution):
    """The tracing network for one class of assets in one district."""


class Agency(Institution):
    """The credit agency of a district."""


class Government(Institution):
    """The local government of a district."""


class Prosecutor(Institution):
    """The prosecutor's office of a district."""


class Administrator(Institution):
    """The insolvency administrators of a district."""


class Supervisor(Institution):
    """The higher court, which audits and assesses the courts and pools their hours."""


class Insurer(Institution):
    """The liability insurer of one domain, or the insurer of creditors' legal disputes."""


class Fund(Institution):
    """The relief fund of a district."""


INSTITUTIONS: dict[str, type[Institution]] = {
    "courts": Court,
    "registries": Registry,
    "agencies": Agency,
    "governments": Government,
    "prosecutors": Prosecutor,
    "administrators": Administrator,
    "supervisors": Supervisor,
    "insurers": Insurer,
    "funds": Fund,
}
"""Tables of institutions, with the Mesa agent class of their rows."""


class World(Shown, mesa.Model):
    """A world of debtors, creditors and institutions.

    `world.agents` lists only the institutions. Debtors, creditors and claims are in
    `world.debtors`, `world.creditors` and `world.claims`. These sets make a view of a row when it
    is asked for.

    Args:
        scenario: A `Scenario`, the name of a shipped one, a file, or a mapping; by default the
            baseline.
        execution: How loops over rows are run; by default compiled, on one thread.
        events: Whether each change of stage of every claim is recorded.
        panel: Number of debtors that are recorded month by month.
        choices: Whether each choice of a debtor is recorded, with the gain and the costs weighed.
        cohorts: Months at whose end the debtors with enforceable debt form a cohort, a group that
            is followed; 0 is the end of the burn-in (the months before the measured ones).
        groups: Groups by which outcomes are counted; names in `sim.measure.group_records.GROUPS`.
        allow_code: Whether all Python files that the scenario names may run. If not, only
            files that `sim.allow_code` has allowed may run.
        overrides: Values by path, such as ``**{"sanctions.late_interest": 0.01}``. The seed can
            also be set by Mesa's ``rng``: a whole number, or None for the scenario's own seed.

    Raises:
        ServandaError: If the scenario is invalid, or the world would not fit into memory.
    """

    def __init__(
        self,
        scenario: Scenario | str | Path | Mapping[str, Any] | None = None,
        *,
        execution: Execution | None = None,
        events: bool = False,
        panel: int = 0,
        choices: bool = False,
        cohorts: int | Iterable[int] = (),
        groups: Sequence[str] = (),
        allow_code: bool = False,
        **overrides: Any,
    ) -> None:
        """Build the world as it is before its first month."""
        given = overrides.pop("rng", None)
        if given is not None and overrides.setdefault("run.seed", _seed(given)) != given:
            raise ServandaError("rng", "differs from run.seed", "give only one of the two")
        if isinstance(scenario, Scenario) and overrides:
            scenario = scenario.model_dump()
        if not isinstance(scenario, Scenario):
            source = "china_2016" if scenario is None else scenario
            scenario = load(source, overrides=overrides, allow_code=allow_code)
        super().__init__(rng=scenario.run.seed)
        self.setup: Scenario = scenario
        fits(scenario.population.size)
        added = scenario.added
        refuse_unknown(scenario.triggers(), added)
        self.calendar = extended(CALENDAR, added.phases)
        self._next_phase = 0
        self.phase_seconds: dict[str, float] = {}
        self._begins = ""
        self.treatments = Treatments(scenario)
        self._reached = Reached(self.treatments)
        self.simulation = Simulation(
            inputs_of(scenario, self.treatments), execution or Execution(), log=events
        )
        self.measured = Series(
            scenario.population.districts, scenario.run.burn_in + scenario.run.months, added
        )
        self.transitions = Events() if events else None
        self.panel = self._panel(panel) if panel else None
        self.observed = Observed(
            self.simulation,
            self.treatments.arms,
            choices=choices,
            cohorts=cohorts,
            groups=groups,
            months=scenario.run.months,
        )
        for kind, cls in INSTITUTIONS.items():
            for row in range(len(getattr(self.simulation, kind))):
                cls(self, kind, row)
        self.datacollector = self._collector = Collector(self.measured)

    def _about(self) -> About:
        """Facts on the state of the world, and attributes to look at."""
        run, month = self.setup.run, self.month
        when = f"{month} of {run.months}" if month >= 0 else f"{month}, in the burn-in"
        facts = (
            ("debtors", f"{len(self.debtors):,} in {self.setup.population.districts} districts"),
            ("claims", f"{len(self.claims):,} open"),
            ("month", f"{when}; {self.phase} comes next"),
            ("seed", str(run.seed)),
            ("policies", listed(policy.name for policy in self.setup.policies)),
        )
        more = ("run()", "headline()", "series()", "survival()", "debtors", "claims", "setup")
        return About("World", self.setup.title, facts, tuple(f".{name}" for name in more))

    def __getstate__(self) -> dict[str, Any]:
        """The state to pickle. The calendar is left out: its phases may be from extension files."""
        return {k: v for k, v in super().__getstate__().items() if k != "calendar"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Restore the state and build the calendar again."""
        self.__dict__.update(state)
        self.calendar = extended(CALENDAR, self.setup.added.phases)

    def _panel(self, size: int) -> Panel:
        ids = self.simulation.debtors.rows["id"]
        return Panel(sample(self.setup.run.seed, ids, min(size, len(ids))))

    @property
    def month(self) -> int:
        """The last complete month; months up to 0 are burn-in."""
        return self.simulation.month - (1 if self._next_phase else 0)

    @property
    def phase(self) -> str:
        """Name of the next phase."""
        return self.calendar[self._next_phase].__name__

    def step(self) -> None:
        """Run the rest of the month."""
        self._advance(len(self.calendar))
        self._finish()

    def _advance(self, until: int) -> None:
        while self._next_phase < until:
            phase = self.calendar[self._next_phase]
            self.observed.before(phase.__name__, self.simulation)
            begun = time.perf_counter()
            try:
                phase(self.simulation)
            except (ServandaError, ArithmeticError, ValueError, IndexError) as error:
                month, seed = self.simulation.month, self.setup.run.seed
                where = f"month {month}, phase {phase.__name__}, seed {seed}"
                raise RunError(
                    where, f"{error}", "the run stopped here; no results of this month were kept"
                ) from error
            spent = time.perf_counter() - begun
            self.phase_seconds[phase.__name__] = self.phase_seconds.get(phase.__name__, 0.0) + spent
            self._next_phase += 1

    def _finish(self) -> None:
        simulation = self.simulation
        totals = simulation.totals()
        self.measured.add(
            simulation.month,
            totals.counts,
            simulation.spans(),
            simulation.ledgers(),
            totals.flows,
            simulation.books.stocks,
        )
        if self.transitions is not None:
            self.transitions.add(
                simulation.month, simulation.claims.rows, simulation.debtors.rows, simulation.trail
            )
        if self.panel is not None:
            self.panel.add(simulation.month, simulation.debtors.rows)
        if simulation.month > 0:
            self._reached.add(
                simulation.month,
                simulation.courts.rows,
                simulation.debtors.rows,
                simulation.claims.rows,
            )
        self.observed.at_end(simulation)
        simulation.retire_claims()
        self._observe_triggers()
        self._next_phase = 0
        self.running = simulation.month < self.setup.run.months
        # A user who has replaced the collector has to call the new one.
        if self.datacollector is self._collector:
            self._collector.collect(self)

    def _observe_triggers(self) -> None:
        """Decide from the past month which triggered policies are in force in the next."""
        if watched := self.treatments.watched():
            self.treatments.observe(self.simulation.month + 1, self.measured.latest(watched))

    def run_to(self, month: int, before: str | None = None) -> "World":
        """Run until a month is complete, or until one of its phases is next.

        Args:
            month: Measured month; 1 is the first after the burn-in.
            before: Name of the phase of that month to stop before.

        Raises:
            ServandaError: If that point is in the past, or the phase does not exist.
        """
        place = position(self.calendar, before) if before else 0
        whole = month - 1 if before else month
        if (self.simulation.month, self._next_phase) > (
            month,
            place if before else len(self.calendar),
        ) or self.month > whole:
            raise ServandaError(
                "run_to",
                f"month {month} is in the past",
                f"the world has completed month {self.month}",
            )
        if self.month < whole:
            self.run_for(whole - self.month)
        if before:
            self._advance(place)
        return self

    def run(self) -> "World":
        """Run burn-in and all measured months of the scenario."""
        return self.run_to(self.setup.run.months)

    def under(self, scenario: Scenario) -> "World":
        """Continue with policies and length of another scenario; only before month 1 has begun.

        In this way, worlds that differ only in these can share one burn-in. The results are the
        same as if the other scenario had been run from the start.

        Args:
            scenario: The same scenario with other policies or another number of months. The
                policies must be able to reach the same courts, debtors and claims.

        Raises:
            ServandaError: If a measured month has begun, or more than that differs.
        """
        self._begins = self._begins or beginning(self.setup)
        treatments = Treatments(scenario)
        begun = (self.simulation.month, self._next_phase) > (0, 0)
        if begun or beginning(scenario, treatments) != self._begins:
            what = (
                "only policies that reach the same people can be exchanged, and only before month 1"
            )
            raise ServandaError("under", what, "build another World")
        refuse_unknown(scenario.triggers(), scenario.added)
        self.setup, self.treatments = scenario, treatments
        self._reached = Reached(self.treatments)
        self.simulation.inputs = self.simulation.inputs._replace(refresh=self.treatments.refresh)
        if self.setup.run.burn_in > 0 and self.simulation.month == 0:
            self._observe_triggers()
        return self

    def series(
        self, by: str | None = "all", *, burn_in: bool = False, counts: bool = False
    ) -> pd.DataFrame:
        """Indicators month by month; see `sim.measure.series.Series.frame`.

        ``by="arm"`` gives the outcomes of policies assigned at random. A name in
        `sim.measure.group_records.GROUPS` gives those of the groups asked for. For both see
        `sim.measure.groups.Groups.frame`.

        Raises:
            ServandaError: If there is no such breakdown, or it was not asked for.
        """
        _refuse_breakdown(by, GROUPED)
        if by in GROUPED:
            return self.observed.grouped(by, burn_in=burn_in, counts=counts)
        return self.measured.frame(by, burn_in=burn_in, counts=counts)

    def choices(self) -> pd.DataFrame:
        """Each choice of a debtor with means; see `sim.measure.choices.Choices.frame`.

        Raises:
            ServandaError: If the world was built without ``choices=True``.
        """
        return self.observed.chosen()

    def cohorts(self) -> pd.DataFrame:
        """What became of each cohort; see `sim.measure.frozen_cohorts`.

        Raises:
            ServandaError: If the world was built without cohorts.
        """
        return self.observed.followed()

    def headline(self) -> dict[str, float]:
        """Each indicator over all measured months together."""
        return self.measured.headline()

    def lever_costs(self) -> dict[str, float]:
        """Public cost of each lever that has a price: yuan per year, mean of measured months."""
        years = max(1, self.month) / 12.0
        return {path: yuan / years for path, yuan in self.simulation.spent.items()}

    def reach(self) -> list[Reach]:
        """Courts, debtors and claims reached by each policy so far; see `sim.scenario.reach`."""
        return self._reached.found()

    def arms(self) -> list[Arm]:
        """Outcomes of each policy assigned at random, for the treated and the controls."""
        return self.observed.groups.found()

    def survival(self, by: str | None = "all") -> pd.DataFrame:
        """Life tables of cases, with competing risks; see `sim.measure.survival`.

        Raises:
            ServandaError: If there is no such breakdown.
        """
        _refuse_breakdown(by)
        return self.measured.survival(by)

    def ledgers(self, by: str | None = "all") -> pd.DataFrame:
        """Mean costs and gains of evading, as seen by debtors who pay and by evaders who can pay.

        See `sim.measure.series.Series.ledgers`.

        Raises:
            ServandaError: If there is no such breakdown.
        """
        _refuse_breakdown(by)
        return self.measured.ledgers(by)

    @property
    def debtors(self) -> TableSet:
        """All debtors."""
        return TableSet(self.simulation.debtors)

    @property
    def creditors(self) -> TableSet:
        """All creditors."""
        return TableSet(self.simulation.creditors)

    @property
    def claims(self) -> TableSet:
        """All open claims."""
        return TableSet(self.simulation.claims)

    def debtor(self, identity: int) -> RowAgent:
        """The debtor with this id.

        Raises:
            ServandaError: If there is none.
        """
        row = identity >> 8
        table = self.simulation.debtors
        if not 0 <= row < len(table) or table.rows["id"][row] != identity:
            raise ServandaError(
                "debtor",
                f"there is no debtor {identity} in month {self.month}",
                "see world.debtors",
            )
        return RowAgent(table, row)

    @property
    def identity(self) -> str:
        """Hash of everything that determines the results; see `sim.scenario.identity`.

        The hash does not depend on events and a panel, because these only observe the world.
        """
        return identity_of(self.setup)


def _refuse_breakdown(by: str | None, grouped: Sequence[str] = ()) -> None:
    """Refuse an unknown breakdown.

    Args:
        by: The breakdown, such as ``district``; None stands for all in `BREAKDOWNS`.
        grouped: Breakdowns by group. They exist as well, but None does not include them.

    Raises:
        ServandaError: With the breakdowns that exist.
    """
    known = (*BREAKDOWNS, *grouped)
    if by is not None and by not in known:
        there = f"the breakdowns are {', '.join(BREAKDOWNS)}, and None for all of them"
        there += f"; where they are counted, also {', '.join(grouped)}" if grouped else ""
        hint = f"{meant(str(by), known)} {there}".strip()
        raise ServandaError("by", f"there is no breakdown '{by}'", hint)


def _seed(given: object) -> int:
    """The seed of a scenario from Mesa's argument ``rng``.

    Raises:
        ServandaError: If it is not a whole number, because the keys of random draws require one.
    """
    if isinstance(given, bool) or not isinstance(given, int | np.integer):
        what = f"a seed is a whole number, not a {type(given).__name__}"
        raise ServandaError("rng", what, "give rng=3, for example, or None for the scenario's seed")
    return int(given)


def identity_of(scenario: Scenario) -> str:
    """The identity of the world that a scenario describes, without building it."""
    return identity(scenario, scenario.run.months, scenario.run.seed, code_hash())


def beginning(scenario: Scenario, treatments: Treatments | None = None) -> str:
    """Hash of what determines a burn-in, and whom policies reach.

    It depends neither on what policies do nor on the number of measured months. `treatments` are
    those of the scenario, if they have been made.
    """
    tables = scenario.model_dump(
        exclude={**dict.fromkeys((*WORDS, "policies"), True), "run": {"months"}}
    )
    made = treatments or Treatments(scenario)
    digest = hashlib.sha256(repr(tables).encode())
    digest.update(repr([fingerprint(path) for path in scenario.extensions]).encode())
    digest.update(repr(bool(made.by_case)).encode())
    digest.update(repr(list(made.arms)).encode())
    draws = (made.shares, made.keys, made.by_claim, made.rows_of)
    for part in (made.court, made.debtor, made.claim, made.edges, *draws):
        digest.update(repr(part.shape).encode() + part.tobytes())
    return digest.hexdigest()


def code_hash() -> str:
    """Hash of the sources that determine results (`DECIDING`)."""
    return source_hash(DECIDING)


def inputs_of(scenario: Scenario, treatments: Treatments) -> WorldInputs:
    """The inputs of a simulation, from a scenario and the treatments of its policies."""
    return WorldInputs(
        size=scenario.population.size,
        districts=scenario.population.districts,
        seed=scenario.run.seed,
        month_before=-scenario.run.burn_in,
        parameters=scenario.parameters,
        kinds=rows(scenario.kinds),
        domains=rows(scenario.domains),
        assets=rows(scenario.assets),
        lenders=rows(scenario.lenders),
        evasions=list(scenario.evasions.values()),
        court_treatment=treatments.court,
        debtor_treatment=treatments.debtor,
        claim_treatment=treatments.claim,
        amount_edges=treatments.edges,
        assignment=Assignment(
            treatments.shares, treatments.keys, treatments.by_claim, treatments.rows_of
        ),
        treatments=treatments.count,
        by_case=bool(treatments.by_case),
        refresh=treatments.refresh,
        extension=scenario.added,
    )


def fits(size: int) -> None:
    """Refuse a world that would need more than 80 % of the free memory.

    Raises:
        ServandaError: With the size that would fit.
    """
    free = memory_free()
    if free is None:
        return  # the system does not report its free memory
    need = size * BYTES_A_DEBTOR
    if need > 0.8 * free:
        fitting = int(0.8 * free / BYTES_A_DEBTOR)
        raise ServandaError(
            "population.size",
            f"{size:,} debtors need about {need / 1e9:.1f} GB; {free / 1e9:.1f} GB are free",
            f"at most {fitting:,} would fit",
        )
