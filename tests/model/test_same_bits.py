"""The same world gives the same bits, however and in how many pieces it is computed."""

import pickle
from functools import cache
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.books.counts import Count
from sim.engine import index as indexing
from sim.engine import plain
from sim.engine.blocks import Execution
from sim.engine.compile import KERNELS
from sim.errors import ServandaWarning
from sim.indicator import Sum
from sim.levers.catalogue import value
from sim.mechanisms.default_judgment import LEARNT
from sim.mechanisms.earnings import ORDERS
from sim.mechanisms.judgment_register import RECORDED
from sim.mechanisms.private_agents import CASES as AGENT_CASES
from sim.mechanisms.prosecution.declaration import PRIVATE_CHARGES
from sim.mechanisms.stage_fees import CHARGES
from sim.month.calendar import CALENDAR

SHORT: dict[str, Any] = {"run.burn_in": 12, "run.months": 12}
BUSY = SHORT | {"obligations.intensity": 4.0}
"""Twenty-four months in which every phase has work."""
PHASES = [phase.__name__ for phase in CALENDAR]
FIRST = 1 - SHORT["run.burn_in"]
SMALL = BUSY | {"population.size": 150}


IDLE = {"comprehensive.officers": 0.0}


def of(section, **values):
    """Values of one section, by path."""
    return {f"{section}.{name}": value for name, value in values.items()}


class Case(NamedTuple):
    """A world, and what must have happened in it for its bits to say something."""

    paths: dict[str, Any]
    happened: tuple[Sum, ...] = (Count.CLOSED,)


PROSPECT, THUMB = ({"choice.behaviour": b} for b in ("prospect", "rule_of_thumb"))
LEARNING, DULL = ({"learning.updating": how} for how in ("asymmetric", "none"))
REGISTER = of("sanctions", register=0.5, satisfied_entry=0.4, stage_fees=0.5, earnings=0.5) | of(
    "procedure", unaware=0.3, earnings_order=0.1
)
"""What brings the kernels of another country's mechanisms to work."""
CASES = {
    "busy": Case(SMALL),
    "a register, unknown judgments, fees by stage and attached pay": Case(
        SMALL | of("population", size=300) | of("rule_of_law", plans=0.5) | REGISTER,
        (RECORDED, LEARNT, CHARGES, ORDERS),
    ),
    "prospect": Case(SMALL | PROSPECT | LEARNING),
    "prospect that learns nothing": Case(SMALL | PROSPECT | DULL),
    "rule of thumb": Case(SMALL | THUMB | DULL),
    "rule of thumb that learns": Case(SMALL | THUMB | LEARNING),
    # Sums stand in blocks of rows; claims can fill more of them than debtors do.
    "more claims than debtors": Case(
        SMALL | of("population", size=60) | of("obligations", intensity=40.0) | IDLE, (Count.DUE,)
    ),
    "bankruptcies, some abused, and too few administrators": Case(
        SMALL
        | of("population", size=300)
        | of("obligations", intensity=12.0)
        | of("at_source", personal_bankruptcy=1.0, discharge_years=0.5, conversion=0.8)
        | of("at_source", administrators=5.0, bankruptcy_examination=0.3)
        | of("procedure", bankruptcy_cost=0.0, bankruptcy_stigma=0.0)
        | of("kinds.person", honest_share=0.0, conscience=0.0)
        | of("economy", ruin=0.05, ruin_keeps=0.2)
        | of("assets.cash", hide=1.0),
        (Count.OPENINGS, Count.BANKRUPTCY_ABUSED, Count.BANKRUPTCY_ABUSE_FOUND),
    ),
    "enforcement in full": Case(
        SMALL
        | of("population", size=200)
        | of("obligations", intensity=6.0)
        | of("comprehensive", officers=0.6, relief_fund=50_000.0)
        | of("evasions.conceal", cost=0.0, personal=1.0, listing=1.0, crime=1.0)
        | of("procedure", seize_ratio=2.0, caught=0.5, debtor_objects=0.3, chain_exponent=2.0)
        | of("procedure", hide_innovation=0.02, hide_learning=0.02, displacement=0.1)
        | of("procedure", leakage=0.02, payout_delay=2.0)
        | of("learning", inquiries=4.0)
        | of("systemic", online_auction=0.5)
        | of("rule_of_law", avoidance=0.1, added_parties=0.3)
        | of("special", declaration=0.5)
        | of("collaborative", private_agents=0.5, private_agents_fee=0.2),
        (Count.OBJECTIONS, Count.DISPLACED, Count.DECLARATIONS, AGENT_CASES),
    ),
    "courts that debtors learn from": Case(
        SMALL
        | of("population", size=200)
        | of("obligations", intensity=4.0)
        | of("procedure", effort_gain=0.5, sanctions_in_hand=True, queue_by_date=True)
        | of("procedure", listing_hours=1.0, fine_hours=2.0, detention_hours=8.0)
        | of("learning", inquiries=4.0, reputation=0.1, personal="experience")
        | of("sanctions", fine_rate=0.3, detention_rate=0.3)
        | of("special", publicity=0.5),
        (Count.LISTINGS, Count.FINES, Count.DETENTIONS),
    ),
    "institutions that weigh": Case(
        SMALL
        | of("obligations", intensity=2.0)
        | of("sanctions", prison_rate=0.3)
        | of("choice", prison_weight=0.0, foresees_obstruction=1.0)
        | of("collaborative", target_accuracy=0.0)
        | of("special", private_prosecution=1.0)
        | of("rule_of_law", supervision=0.2, avoidance=0.2, added_parties=0.2)
        | of("institutions", prosecutors=0.0, bribe_share=0.2, corruptible=1.0, shirk_value=8.0)
        | of("institutions", duty=30_000.0, inspection_cost=200.0, inspections=0.5)
        | of("institutions", inspection_reach=0.8, local_weight=0.1, strip_share=0.2),
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


class StrictCells(plain.Cells):
    """Cells that take no index below zero either, which NumPy counts from the end."""

    __slots__ = ()

    def __getitem__(self, index):
        """One number, or a view of fewer dimensions."""
        within(index)
        found = self._array[index]
        return StrictCells(found) if hasattr(found, "shape") and found.shape else found.item()

    def __setitem__(self, index, value):
        """Write one number through."""
        within(index)
        self._array[index] = value


def within(index):
    """Refuse an index below zero."""
    if min(index if isinstance(index, tuple) else (index,)) < 0:
        raise IndexError(f"index {index}")


@pytest.fixture
def checked(monkeypatch):
    """Plain Python checks every index, in the counting sort too, which is compiled otherwise."""
    monkeypatch.setattr(plain, "Cells", StrictCells)
    monkeypatch.setattr(indexing, "_count", vars(indexing)["_count"].py_func)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.usefixtures("checked")
def test_plain_python_with_every_index_in_bounds_changes_no_bit(make, in_one_piece, case):
    one = in_one_piece(case)
    counts = one.measured.sums(burn_in=True)[:, 0].sum(axis=0)
    assert all(counts[what] > 0.0 for what in CASES[case].happened)
    same(make, one, Way(ranges=7, shuffle=3, compiled=False).world(make, CASES[case].paths))


@pytest.mark.usefixtures("checked")
def test_every_kernel_runs_over_rows_in_plain_python(make, monkeypatch):
    ran, run_kernel = set(), Execution.run_kernel

    def noted(self, kernel, state, rows):
        assert not self.compiled
        ran.update({kernel.__name__} if rows else ())
        run_kernel(self, kernel, state, rows)

    monkeypatch.setattr(Execution, "run_kernel", noted)
    by_case = {"name": "wages", "domains": ["wages"], "scale": {"sanctions.detention_rate": 3.0}}
    paths = CASES["enforcement in full"].paths | REGISTER
    make.village(paths, policies=[by_case], execution=make.plain).run_to(FIRST + 7)
    # the counting sort, whose signature is its own, runs whenever rows are grouped
    assert {one.__name__ for one in KERNELS if one.__name__[0] != "_"} - ran == set()


@settings(derandomize=True, deadline=None, max_examples=10, database=None)
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
@example(case="bankruptcies, some abused, and too few administrators", way=Way(ranges=7, shuffle=1))
@example(case="enforcement in full", way=Way(ranges=7, shuffle=1))
@example(case="institutions that weigh", way=Way(ranges=7, shuffle=1))
def test_the_way_of_computing_changes_no_bit(make, in_one_piece, case, way):
    same(make, in_one_piece(case), way.world(make, CASES[case].paths))


NUMBERING = ("debtors.treatment", "claims.treatment", "courts.treatment", "governments.treatment")
"""Which row of levers one reads: a policy renumbers them, whatever it does."""


def moved(**policy):
    return {"name": "p", "set": {"comprehensive.officers": 1.0}, "start": 2} | policy


def test_a_policy_before_its_start_changes_no_bit(make):
    late, without = (
        make.village(BUSY | {"run.months": 24}, policies=p).run_to(12)
        for p in ([moved(start=13)], [])
    )
    assert make.differing(late, without, but=NUMBERING) == []
    assert make.differing(late.run_to(14), without.run_to(14), but=NUMBERING) != []


def test_a_policy_that_reaches_nobody_or_sets_what_is_already_so_changes_no_bit(make):
    empty = BUSY | {"kinds.public_body.share": 0.0, "kinds.person.share": 0.88}
    aimed = moved(kinds=["public_body"], set={"comprehensive.list_rate": 1.0})
    with pytest.warns(ServandaWarning, match="reaches nobody"):
        reached = make.village(empty, policies=[aimed]).run_to(12)
    without = make.village(empty).run_to(12)
    assert reached.simulation.inputs.treatments == 2
    assert make.differing(reached, without) == []
    paths = ("sanctions.late_interest", "collaborative.trace_bank", "comprehensive.list_rate")
    as_it_is = moved(set={path: value(without.setup.levers, path) for path in paths})
    treated = make.village(empty, policies=[as_it_is]).run_to(12)
    assert make.differing(treated, without, but=NUMBERING) == []


def test_a_policy_for_one_district_leaves_the_others_alone(make):
    # No neighbour lives elsewhere, creditors, who lend everywhere, always go on, and no insurer
    # asks all districts for one premium.
    apart = BUSY | of("society", rewiring=0.0, trade_links=0.0)
    apart |= of("procedure", apply_cost=0.0, suit_cost=0.0)
    apart |= {"at_source.insurance_coverage": 0.0, "population.districts": 3}
    law = {"comprehensive.list_rate": 1.0, "comprehensive.officers": 2.0}
    aimed = moved(districts=[1], set=law)
    treated, without = (make.village(apart, policies=p).run_to(12) for p in ([aimed], []))
    for table in ("debtors", "claims", "courts", "registries", "agencies"):
        mine, theirs = (getattr(w.simulation, table).rows for w in (treated, without))
        fields = [name for name in mine.dtype.names if name != "treatment"]
        for district in range(3):
            here, there = (rows[rows["district"] == district] for rows in (mine, theirs))
            same = all(here[f].tobytes() == there[f].tobytes() for f in fields)
            assert same or district == 1, (table, district)
            if table == "debtors" and district == 1:
                assert not same


def test_another_seed_gives_another_world(make):
    one, other = (make.village(BUSY | {"run.seed": seed}).run_to(12) for seed in (1, 2))
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
