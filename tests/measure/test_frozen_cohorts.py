"""Claims about cohorts frozen at a month: who belongs to them, and what becomes of them."""

import pytest

from sim import ServandaError
from sim.measure.frozen_cohorts import FrozenCohorts
from sim.terms import Option, Stage, label

BUSY = {"obligations.intensity": 6.0, "run.burn_in": 12, "run.months": 24}
ENFORCEABLE = {label(stage) for stage in Stage if Stage.UNPAID <= stage <= Stage.TERMINATED}
PERFORMED = {"paid", "plan_completed"}


def stages_by_month(world):
    """For each claim of the log its steps: month and stage."""
    log = world.transitions.frame()
    return {
        claim: list(zip(steps["month"], steps["stage"], strict=True))
        for claim, steps in log.groupby("claim", sort=False)
    }


def test_a_cohort_is_what_a_recount_from_the_log_of_events_finds(make):
    world = make.village(BUSY, events=True, cohorts=[3, 0]).run()
    told = world.cohorts().set_index(["cohort", "month"])
    assert told.index.get_level_values("cohort").unique().tolist() == [0, 3]
    steps = stages_by_month(world)

    def last(claim, month):
        return [stage for at, stage in steps[claim] if at <= month][-1]

    def stages(claim):
        return [stage for _, stage in steps[claim]]

    forced = {"seized", "sold", "insolvent"}  # money that is seized waits for distribution
    for frozen in (0, 3):
        begun = [claim for claim, taken in steps.items() if taken[0][0] <= frozen]
        mine = [claim for claim in begun if last(claim, frozen) in ENFORCEABLE]
        assert len(mine) > 10
        for month in range(frozen, 25):
            now = [last(claim, month) for claim in mine]
            row = told.loc[(frozen, month)]
            assert row["claims"] == len(mine)
            performed = sum(stage in PERFORMED for stage in now)
            terminated = sum(stage == "terminated" for stage in now)
            still = sum(stage in ENFORCEABLE | {"insolvent"} for stage in now) - terminated
            assert row["performed"] == pytest.approx(performed / len(mine))
            assert row["terminated"] == pytest.approx(terminated / len(mine))
            assert row["open"] == pytest.approx(still / len(mine))
            shares = row[["performed", "open", "terminated", "ended"]]
            assert shares.sum() == pytest.approx(1.0)
            freely = sum(forced.isdisjoint(stages(c)) for c in mine if last(c, month) in PERFORMED)
            assert row["unforced"] == pytest.approx(freely / len(mine))
    end = told.loc[(0, 24)]
    assert 0.0 < end["unforced"] < end["performed"] < 1.0


def test_money_recovered_is_every_yuan_paid_on_the_claims_of_the_cohort(make):
    """`paid` of each claim, looked at after every phase, begins again when a case is opened."""
    world = make.village(BUSY | {"run.months": 18}, cohorts=[0]).run_to(0)
    rows = world.simulation.claims.rows
    mine = (rows["stage"] >= Stage.UNPAID) & (rows["stage"] <= Stage.TERMINATED)
    paid = dict(zip(rows["id"][mine].tolist(), rows["paid"][mine].tolist(), strict=True))
    debt, total = rows["due"][mine].sum(), 0.0
    phases = [phase.__name__ for phase in world.calendar]
    for month in range(1, 19):
        for name in [*phases[1:], None]:
            if name:
                world.run_to(month, before=name)
            else:
                world.run_to(month)
            rows = world.simulation.claims.rows
            for claim, now in zip(rows["id"].tolist(), rows["paid"].tolist(), strict=True):
                if claim in paid:
                    total += now - paid[claim] if now >= paid[claim] else now
                    paid[claim] = now
    told = world.cohorts()
    assert told["yuan"].unique().tolist() == [pytest.approx(debt)]
    assert 0.1 < told["recovered"].iloc[-1] == pytest.approx(total / debt)


def test_a_small_cohort_counted_by_hand(make):
    bench = make.bench(debtors=5)
    for row, stage in enumerate((Stage.QUEUED, Stage.UNPAID, Stage.TERMINATED, Stage.FILED)):
        bench.claim(row, stage=stage, due=1000.0)
    bench.claim(0, stage=Stage.QUEUED, due=3000.0)
    simulation, cohorts = bench.simulation, FrozenCohorts([0])
    cohorts.add(simulation)
    bench.set(0, option=Option.STALL, on_list=True).set(1, option=Option.UNABLE)
    bench.set(3, option=Option.RESIST, on_list=True)  # owes nothing that can be enforced
    claims = simulation.claims.rows
    claims["received"][:] = (1000.0, 400.0, 0.0, 77.0, 0.0)
    claims["paid"][:] = claims["received"]
    claims["closed"][0], claims["stage"][0] = True, Stage.PAID
    cohorts.note_payments(simulation)
    claims["stage"][2], claims["paid"][1] = Stage.QUEUED, 0.0  # revived; opened anew
    simulation.month = 1
    cohorts.add(simulation)
    simulation.retire_claims()
    bench.claim(4, stage=Stage.QUEUED, due=9.0)  # takes a row that a claim of the cohort has left
    claims = simulation.claims.rows
    claims["closed"][-1], claims["stage"][-1] = True, Stage.PAID
    seized = claims["due"] == 3000.0
    claims["seized"][seized], claims["closed"][seized], claims["stage"][seized] = (
        *(True, True),
        Stage.PAID,
    )
    simulation.debtors.rows["id"][1] += 1  # another debtor has taken its place
    cohorts.note_payments(simulation)
    simulation.month = 2
    cohorts.add(simulation)
    told = cohorts.frame().set_index("month")
    assert told[["claims", "debtors", "yuan"]].to_numpy().tolist() == [[4, 3, 6000.0]] * 3
    assert told["performed"].tolist() == [0.0, 0.25, 0.5]
    assert told["unforced"].tolist() == [0.0, 0.25, 0.25]
    assert told["open"].tolist() == [0.75, 0.75, 0.5]
    assert told["terminated"].tolist() == [0.25, 0.0, 0.0]
    assert told["recovered"].iloc[1] == pytest.approx(1400.0 / 6000.0)
    assert told["listed"].tolist() == [0, 1, 1]
    assert told["evading"].tolist() == [0, 1, 1]
    assert told["unable"].tolist() == [0, 1, 0]
    assert told["gone"].tolist() == [0, 0, 1]


def test_two_worlds_that_differ_after_a_month_share_its_cohort(make):
    policy = {"name": "p", "start": 7, "scale": {"comprehensive.officers": 4.0}}
    one = make.village(BUSY, cohorts=[6]).run().cohorts()
    other = make.village(BUSY, policies=[policy], cohorts=[6]).run().cohorts()
    assert one.iloc[0].equals(other.iloc[0])
    assert not one.iloc[-1].equals(other.iloc[-1])


@pytest.mark.parametrize("month", [-12, 25])
def test_a_cohort_of_a_month_that_does_not_come_is_refused(make, month):
    with pytest.raises(ServandaError, match=r"no month .*months -11 to 24"):
        make.village(BUSY, cohorts=[month])
    with pytest.raises(ServandaError, match="none was frozen"):
        make.village(BUSY).cohorts()
