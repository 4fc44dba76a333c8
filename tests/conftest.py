"""Worlds for tests: small ones that run, and a bench on which single phases are tried by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim import World, load
from sim.agents.claim import claim_id, size_band
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.blocks import Execution
from sim.engine.plain import Row, view
from sim.levers.catalogue import catalogue
from sim.measure.chooser import Chooser
from sim.month.debts.insurance import covers_of
from sim.month.shared.state import market_of
from sim.terms import Domain, Stage

LEVERS = {entry.path for entry in catalogue()}
PLAIN = Execution(compiled=False)

NO_CHANGE = ("own_shock", "common_shock", "ruin", "windfall", "exit", "spending")
HOURS = dict.fromkeys(("trace_hours", "control_hours", "sale_hours", "payout_hours"), 0.1)
STILL = {
    "economy": dict.fromkeys(NO_CHANGE, 0.0),
    "learning": {"dispersion": 0.0},
    "procedure": {**HOURS, "grace": 1.0},
    "levers": {"comprehensive": {"officers": 10.0}},
}
"""An economy in which nothing happens by itself, and courts with all the time they need."""


def village(paths=None, *, policies=(), **options):
    """The shipped village with values put over it, not yet run."""
    scenario = {"extends": "village", "policies": list(policies)}
    return World(scenario, **options, **(paths or {}))


EVERYONE = slice(None)
"""All rows of a table."""


class Laid:
    """A claim laid by hand, read from and written to the table as it is now."""

    def __init__(self, table, at):
        self.__dict__.update(_table=table, _at=at)

    def __getattr__(self, name):
        return getattr(Row(self._table.rows, self._at), name)

    def __setattr__(self, name, value):
        setattr(Row(self._table.rows, self._at), name, value)


class Bench:
    """A world of debtors in which nothing falls due: claims are laid by hand, phases run alone.

    Args:
        paths: Values by path.
        kind: Kind of all debtors.
        debtors: How many.
        events: Whether transitions are kept.
    """

    def __init__(self, paths=None, *, kind="person", debtors=1, events=False):
        scenario = STILL | {
            "run": {"burn_in": 0, "months": 24},
            "population": {"size": debtors, "districts": 1},
            "kinds": {
                kind: {"share": 1.0, "discount_sd": 0.0, "freezes": kind == "firm"}
                | ({"seizable": False} if kind == "public_body" else {})
            },
        }
        self.world = World(scenario, execution=PLAIN, events=events, **(paths or {}))
        self.simulation = self.world.simulation
        nothing = ("exempt", "conscience", "conscience_origin", "buffer", "income", "need")
        self.set(EVERYONE, **dict.fromkeys(nothing, 0.0)).own(EVERYONE)

    def debtor(self, row=0):
        """A debtor's row."""
        return Row(self.simulation.debtors.rows, row)

    def set(self, row=0, **fields):
        """Write fields of a debtor."""
        for name, value in fields.items():
            self.simulation.debtors.rows[name][row] = value
        return self

    def own(self, row=0, **yuan):
        """Give a debtor these assets by class, and no others."""
        classes = ("bank", "online", "cash", "realty", "vehicles", "securities")
        self.simulation.debtors.rows["assets"][row] = [yuan.get(name, 0.0) for name in classes]
        return self

    def claim(self, row=0, *, stage=Stage.QUEUED, due=1000.0, domain=Domain.PRIVATE_LOAN, **fields):
        """Lay a claim against a debtor; its row in the table."""
        claims = self.simulation.claims
        at = len(claims)
        claims.append(1)
        owner = self.simulation.debtors.rows[row]
        number = sum(claims.rows["debtor"][:at] == row)
        identity = claim_id(0, int(owner["id"]), domain, int(number))
        values = {"id": identity, "debtor": row, "domain": domain, "stage": stage}
        values |= {"district": owner["district"], "kind": owner["kind"], "band": size_band(due)}
        values |= {"principal": due, "due": due, "claimed": due}
        for name, value in (values | fields).items():
            claims.rows[name][at] = value
        return at

    def lay(self, *phases, row=0, **fields):
        """Lay a claim, then run these phases; the claim."""
        at = self.claim(row, **fields)
        if phases:
            self.play(*phases)
        return self.at(at)

    def crowd(self, *phases, own=None, claim=None, **fields):
        """Give every debtor these assets, fields and, unless None, a claim; then run phases."""
        self.own(EVERYONE, **(own or {})).set(EVERYONE, **fields)
        if claim is not None:
            for row in range(len(self.simulation.debtors)):
                self.claim(row, **claim)
        return self.play(*phases) if phases else self

    def at(self, row):
        """A claim's row, wherever the table moves to as it grows."""
        return Laid(self.simulation.claims, row)

    def play(self, *phases):
        """Turn the page and run some of the month's phases, in the order of the calendar."""
        simulation = self.simulation
        if "earning" not in phases:
            simulation.begin()
        if "earning" not in phases and "new_claims" in phases:
            self._draw_claims()
        if "new_claims" not in phases:
            simulation.arrivals[:] = 0
            simulation.make_room()
            simulation.index_claims()
        if "close" in phases:
            simulation.books.open(simulation.stocks())  # what was laid by hand was there before
        for phase in self.world.calendar:
            if phase.__name__ in phases:
                phase(simulation)
        return self

    def _draw_claims(self):
        """What `earning` leaves for `new_claims`: each debtor's cover, and who may have a claim."""
        simulation = self.simulation
        state = view(simulation.state())
        for row in range(len(state.debtors)):
            state.covers[row] = covers_of(state.debtors[row], market_of(state), state.now)
        simulation.arrivals[:] = 1

    def flow(self, which):
        """Yuan moved this month by a kind of movement."""
        return float(self.simulation.totals().flows[which])

    def count(self, which):
        """A count of this month over all claims."""
        return float(self.simulation.totals().counts[0, which])

    def totals(self, *which):
        """What was moved and counted this month, by members of Flow and Count."""
        return [self.flow(w) if isinstance(w, Flow) else self.count(w) for w in which]

    def enforce(self, *steps):
        """Run steps of enforcement, a month each, in every case that waits for nothing."""
        for step in steps:
            self.play("queueing", step)
        return self

    def deliberation(self):
        """What the first debtor with claims has to choose from."""
        return Chooser(view(self.simulation.state()), 0).deliberation()

    @property
    def levers(self):
        """The levers of the untreated."""
        return Row(self.simulation.levers, 0)


TABLES = ("debtors", "claims", "creditors", "courts", "registries", "agencies")
TABLES += ("governments", "prosecutors", "administrators", "supervisors")


def bits(world, tables=TABLES):
    """Everything that a world holds, field by field, as bytes."""
    found = {
        f"{name}.{field}": getattr(world.simulation, name).rows[field].tobytes()
        for name in tables
        for field in getattr(world.simulation, name).rows.dtype.names
    }
    found["counts"] = world.measured.sums(burn_in=True).tobytes()
    found["ledgers"] = world.measured.ledgers(None).to_csv()
    found["spans"] = world.measured.spans(burn_in=True).tobytes()
    found["books"] = world.measured.books().to_numpy().tobytes()
    found["stocks"] = world.simulation.books.stocks.tobytes()
    return found


def differing(one, other, tables=None, but=()):
    """Names of what two worlds do not have in common to the last bit."""
    mine, theirs = (bits(w, tables) if tables else bits(w) for w in (one, other))
    if tables:
        but = (*but, "counts", "spans", "ledgers", "books", "stocks")
    return sorted(k for k in mine.keys() | theirs if mine.get(k) != theirs.get(k) and k not in but)


class Outcomes:
    """What small worlds come to, each computed once: a hash of every field of every table.

    Args:
        always: Values by path of all of them.
        month: The last month.
    """

    def __init__(self, always, month):
        self._always, self._month, self._found = always, month, {}
        self._usual = load("village", overrides=always)

    def of(self, paths):
        """The hashes of the village with these values; values that it has anyway change nothing."""
        said = {path: v for path, v in paths.items() if self._value(path) != v}
        key = tuple(sorted(said.items()))
        if key not in self._found:
            world = village(self._always | said).run_to(self._month)
            unpriced = world.measured.sums(burn_in=True).copy()
            unpriced[..., Count.LEVERS_COST] = 0.0  # that a lever costs money is no effect of it
            found = bits(world) | {"counts": unpriced.tobytes()}
            self._found[key] = {name: hash(held) for name, held in found.items()}
        return self._found[key]

    def _value(self, path):
        at = self._usual.levers if path in LEVERS else self._usual
        for name in path.split("."):
            at = at.get(name) if isinstance(at, dict) else getattr(at, name, None)
        return at

    def apart(self, one, other):
        """Names of what two worlds do not have in common, to the last bit."""
        mine, theirs = self.of(one), self.of(other)
        return {name for name in mine.keys() | theirs if mine.get(name) != theirs.get(name)}

    def move(self, world, path, ends):
        """Whether a value at one of these ends makes the world another than it is or at the other.

        The world as it is serves many: the second end is computed only where the first is like it.
        """
        return any(self.apart(world, world | {path: end}) for end in ends)


def case(paths=None, *phases, kind="person", own=None, who=None, **claim):
    """A bench whose one debtor has these assets and fields, and a claim on it, phases run."""
    bench = Bench(paths, kind=kind).own(**(own or {})).set(**(who or {}))
    return bench, bench.lay(*phases, **claim)


def paired(first, second):
    """Mean of paired differences and its standard error."""
    gaps = np.asarray(first, float) - np.asarray(second, float)
    return float(gaps.mean()), float(gaps.std(ddof=1) / np.sqrt(len(gaps)))


@pytest.fixture(scope="module")
def make():
    """What tests build worlds with."""
    tools = {"village": village, "outcomes": Outcomes, "bench": Bench, "bits": bits}
    return SimpleNamespace(**tools, case=case, differing=differing, paired=paired, plain=PLAIN)
