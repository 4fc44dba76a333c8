"""The same world gives the same bits, however and in how many pieces it is computed."""

import os
import pickle
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.books.counts import Count
from sim.engine.blocks import Execution
from sim.errors import ServandaWarning
from sim.indicator import Sum
from sim.levers.catalogue import value
from sim.mechanisms.private_agents import CASES as AGENT_CASES
from sim.mechanisms.prosecution.declaration import PRIVATE_CHARGES
from sim.month.calendar import CALENDAR

ROOT = Path(__file__).resolve().parents[2]
SHORT: dict[str, Any] = {"run.burn_in": 12, "run.months": 12}
BUSY = SHORT | {"obligations.intensity": 4.0}
"""Twenty-four months in which every phase has work."""
PHASES = [phase.__name__ for phase in CALENDAR]
FIRST = 1 - SHORT["run.burn_in"]
SMALL = BUSY | {"population.size": 150}


class Case(NamedTuple):
    """A world, and what must have happened in it for its bits to say something."""

    paths: dict[str, Any]
    happened: tuple[Sum, ...] = (Count.CLOSED,)


CASES = {
    "busy": Case(BUSY),
    "prospect": Case(SMALL | {"choice.behaviour": "prospect", "learning.updating": "asymmetric"}),
    "rule of thumb": Case(
        SMALL | {"choice.behaviour": "rule_of_thumb", "learning.updating": "none"}
    ),
    "prospect that learns nothing": Case(
        SMALL | {"choice.behaviour": "prospect", "learning.updating": "none"}
    ),
    "rule of thumb that learns": Case(
        SMALL | {"choice.behaviour": "rule_of_thumb", "learning.updating": "asymmetric"}
    ),
    # Sums stand in blocks of rows; claims can fill more of them than debtors do.
    "more claims than debtors": Case(
        SHORT
        | {
            "population.size": 60,
            "obligations.intensity": 40.0,
            "comprehensive.officers": 0.0,
        },
        (Count.DUE,),
    ),
    "bankruptcies, some abused, and too few administrators": Case(
        BUSY
        | {
            "population.size": 600,
            "obligations.intensity": 8.0,
            "at_source.personal_bankruptcy": 1.0,
            "at_source.discharge_years": 0.5,
            "at_source.conversion": 0.8,
            "at_source.administrators": 5.0,
            "at_source.bankruptcy_examination": 0.3,
            "procedure.bankruptcy_cost": 0.0,
            "procedure.bankruptcy_stigma": 0.0,
            "kinds.person.honest_share": 0.0,
            "kinds.person.conscience": 0.0,
            "economy.ruin": 0.05,
            "economy.ruin_keeps": 0.2,
            "assets.cash.hide": 1.0,
        },
        (Count.OPENINGS, Count.BANKRUPTCY_ABUSED, Count.BANKRUPTCY_ABUSE_FOUND),
    ),
    "enforcement in full": Case(
        BUSY
        | {
            "population.size": 200,
            "obligations.intensity": 6.0,
            "comprehensive.officers": 0.6,
            "evasions.conceal.cost": 0.0,
            "evasions.conceal.personal": 1.0,
            "evasions.conceal.listing": 1.0,
            "evasions.conceal.crime": 1.0,
            "procedure.seize_ratio": 2.0,
            "procedure.caught": 0.5,
            "procedure.debtor_objects": 0.3,
            "procedure.chain_exponent": 2.0,
            "procedure.hide_innovation": 0.02,
            "procedure.hide_learning": 0.02,
            "procedure.displacement": 0.1,
            "procedure.leakage": 0.02,
            "procedure.payout_delay": 2.0,
            "systemic.online_auction": 0.5,
            "rule_of_law.avoidance": 0.1,
            "rule_of_law.added_parties": 0.3,
            "special.declaration": 0.5,
            "collaborative.private_agents": 0.5,
            "collaborative.private_agents_fee": 0.2,
        },
        (Count.OBJECTIONS, Count.DISPLACED, Count.DECLARATIONS, AGENT_CASES),
    ),
    "institutions that weigh": Case(
        SHORT
        | {
            "population.size": 200,
            "obligations.intensity": 2.0,
            "sanctions.prison_rate": 0.3,
            "choice.prison_weight": 0.0,
            "collaborative.target_accuracy": 0.0,
            "special.private_prosecution": 1.0,
            "choice.foresees_obstruction": 1.0,
            "rule_of_law.supervision": 0.2,
            "rule_of_law.avoidance": 0.2,
            "rule_of_law.added_parties": 0.2,
            "institutions.prosecutors": 0.0,
            "institutions.bribe_share": 0.2,
            "institutions.corruptible": 1.0,
            "institutions.shirk_value": 8.0,
            "institutions.duty": 30_000.0,
            "institutions.inspection_cost": 200.0,
            "institutions.inspections": 0.5,
            "institutions.inspection_reach": 0.8,
            "institutions.local_weight": 0.1,
            "institutions.strip_share": 0.2,
        },
        (PRIVATE_CHARGES, Count.INSPECTIONS),
    ),
}


class Way(NamedTuple):
    """How a world is computed: on what, and where it is interrupted."""

    ranges: int = 1
    shuffle: int | None = None
    threads: int = 1
    compiled: bool = True
    stops: tuple[str, ...] = ()
    """Phases, one a month, before each of which the world is pickled and the copy goes on."""

    def world(self, make, paths):
        """The world at its end; where it is interrupted, another one lives beside it."""
        execution = Execution(block=32, **{k: v for k, v in self._asdict().items() if k != "stops"})
        world = make.village(paths, execution=execution, events=True, panel=5)
        beside = make.village(paths | {"run.seed": 2}, execution=execution) if self.stops else None
        for month, phase in enumerate(self.stops, FIRST):
            world = pickle.loads(pickle.dumps(world.run_to(month, before=phase)))
            assert (world.phase, world.month) == (phase, month - 1)
            beside.run_to(month)
        return world.run_to(12)


@pytest.fixture(scope="module")
def in_one_piece(make):
    """Each world with nothing split, shuffled or interrupted; made when it is asked for."""
    return cache(lambda name: Way().world(make, CASES[name].paths))


def same(make, one, other):
    assert make.differing(one, other) == []
    assert other.transitions.frame().equals(one.transitions.frame())
    assert other.panel.frame().equals(one.panel.frame())
    assert other.headline() == pytest.approx(one.headline(), rel=0, abs=0, nan_ok=True)


@pytest.mark.parametrize("case", CASES)
def test_plain_python_in_ranges_of_any_order_changes_no_bit(make, in_one_piece, case):
    one = in_one_piece(case)
    counts = one.measured.sums(burn_in=True)[:, 0].sum(axis=0)
    assert all(counts[what] > 0.0 for what in CASES[case].happened)
    same(make, one, Way(ranges=7, shuffle=3, compiled=False).world(make, CASES[case].paths))


@settings(derandomize=True, deadline=None, max_examples=12, database=None)
@given(
    case=st.sampled_from(sorted(CASES)),
    way=st.builds(
        Way,
        ranges=st.integers(1, 9),
        shuffle=st.none() | st.integers(0, 9),
        threads=st.integers(1, 3),
        compiled=st.just(value=True),
        stops=st.lists(st.sampled_from(PHASES), max_size=6).map(tuple),
    ),
)
@example(case="busy", way=Way(ranges=2))
@example(case="busy", way=Way(threads=2))
@example(case="busy", way=Way(stops=tuple(PHASES)))
@example(case="busy", way=Way(compiled=False))
@example(case="bankruptcies, some abused, and too few administrators", way=Way(ranges=7, shuffle=1))
@example(case="enforcement in full", way=Way(ranges=7, shuffle=1))
@example(case="institutions that weigh", way=Way(ranges=7, shuffle=1))
def test_the_way_of_computing_changes_no_bit(make, in_one_piece, case, way):
    same(make, in_one_piece(case), way.world(make, CASES[case].paths))


PROBE = """
import hashlib
from sim import World
world = World("village", **{"population.size": 100, "run.burn_in": 12, "run.months": 12,
                            "obligations.intensity": 4.0}).run_to(12)
digest = hashlib.sha256()
made = world.simulation
for table in (made.debtors, made.claims, made.creditors, made.courts):
    for field in table.rows.dtype.names:
        digest.update(table.rows[field].tobytes())
digest.update(world.measured.sums(burn_in=True).tobytes())
print(digest.hexdigest())
"""


def probed(**environment):
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_checking_bounds_changes_no_bit_and_finds_nothing():
    assert probed(NUMBA_BOUNDSCHECK="1") == probed(NUMBA_BOUNDSCHECK="0")


NUMBERING = ("debtors.treatment", "claims.treatment", "courts.treatment", "governments.treatment")
"""Which row of levers one reads: a policy renumbers them, whatever it does."""


def moved(**policy):
    return {"name": "p", "set": {"comprehensive.officers": 1.0}, "start": 2} | policy


def finished(world):
    return world.run_to(12)


def test_a_policy_before_its_start_changes_no_bit(make):
    late = finished(make.village(BUSY | {"run.months": 24}, policies=[moved(start=13)]))
    without = finished(make.village(BUSY | {"run.months": 24}))
    assert make.differing(late, without, but=NUMBERING) == []
    assert make.differing(late.run_to(14), without.run_to(14), but=NUMBERING) != []


def test_a_policy_that_reaches_nobody_changes_no_bit(make):
    empty = BUSY | {"kinds.public_body.share": 0.0, "kinds.person.share": 0.88}
    aimed = moved(kinds=["public_body"], set={"comprehensive.list_rate": 1.0})
    with pytest.warns(ServandaWarning, match="reaches nobody"):
        reached = finished(make.village(empty, policies=[aimed]))
    assert reached.simulation.inputs.treatments == 2
    assert make.differing(reached, finished(make.village(empty))) == []


def test_a_policy_that_sets_what_is_already_so_changes_no_bit(make):
    base = make.village(BUSY).setup.levers
    paths = ("sanctions.late_interest", "collaborative.trace_bank", "comprehensive.list_rate")
    same = moved(set={path: value(base, path) for path in paths})
    treated, without = finished(make.village(BUSY, policies=[same])), finished(make.village(BUSY))
    assert make.differing(treated, without, but=NUMBERING) == []


def test_a_policy_for_one_district_leaves_the_others_alone(make):
    # No neighbour lives elsewhere, creditors, who lend everywhere, always go on, and no insurer
    # asks all districts for one premium.
    apart = BUSY | {
        "society.rewiring": 0.0,
        "society.trade_links": 0.0,
        "at_source.insurance_coverage": 0.0,
        "procedure.apply_cost": 0.0,
        "procedure.suit_cost": 0.0,
        "population.districts": 3,
    }
    aimed = moved(
        districts=[1], set={"comprehensive.list_rate": 1.0, "comprehensive.officers": 2.0}
    )
    treated, without = (
        finished(make.village(apart, policies=[aimed])),
        finished(make.village(apart)),
    )
    for table in ("debtors", "claims", "courts", "registries", "agencies"):
        mine, theirs = (getattr(w.simulation, table).rows for w in (treated, without))
        for district in range(3):
            here, there = (rows[rows["district"] == district] for rows in (mine, theirs))
            same = all(
                here[f].tobytes() == there[f].tobytes()
                for f in here.dtype.names
                if f != "treatment"
            )
            assert same or district == 1, (table, district)
            if table == "debtors" and district == 1:
                assert not same


def test_another_seed_gives_another_world(make):
    one, other = (finished(make.village(BUSY | {"run.seed": s})) for s in (1, 2))
    assert {"debtors.income", "claims.due"} <= set(make.differing(one, other))


BORN = ["id", "kind", "district", "usual", "need", "buffer"]
BORN += ["optimism", "discount", "conscience_origin"]


def test_a_debtor_added_last_leaves_earlier_ids_and_draws_as_they_were(make):
    # Births, incomes, fortunes, and the claims that fall due are all compared; conduct is not,
    # because the newcomer is somebody's neighbour and a case more before the court.
    alone, joined = (make.village(BUSY | {"population.size": n}, events=True) for n in (400, 401))
    for world in (alone, joined):
        assert (world.simulation.lender_first == alone.simulation.lender_first).all()
    for field in (*BORN, "income", "assets"):
        here, there = (w.simulation.debtors.rows[field] for w in (alone, joined))
        assert here.tobytes() == there[:400].tobytes(), field
    for month in range(-11, 13):
        alone.run_to(month)
        joined.run_to(month)
        for field in (*BORN, "income", "leaving"):
            here, there = (w.simulation.debtors.rows[field] for w in (alone, joined))
            assert here.tobytes() == there[:400].tobytes(), (field, month)
    due = []
    for world in (alone, joined):
        log = world.transitions.frame()
        due.append(log[(log["stage"] == "due") & (log["debtor"] // 256 < 400)].reset_index())
    columns = ["month", "claim", "debtor", "creditor", "domain", "amount"]
    assert due[0][columns].equals(due[1][columns])
    links = joined.simulation.neighbours[:400] != alone.simulation.neighbours
    assert links.mean() < 0.02
    assert (joined.simulation.neighbours[:400][links] == 400).all()
