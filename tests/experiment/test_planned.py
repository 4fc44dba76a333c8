"""Claims about what is planned and what is run: one world, whatever happens in between."""

from dataclasses import replace

import pandas as pd
import pytest

import sim
from sim.errors import ServandaError
from sim.experiment.task import Task
from sim.runs.run_plan import planned
from sim.runs.worker import NO_BURN_IN, Chunk, _Process, run_chunk
from tests.experiment.small import TELLS, Inline, Small, swept

BASE = """
format = 1
title = "Base"
extends = "village"
extensions = []
[population]
size = 70
[run]
burn_in = 0
months = 2
"""
OTHER = BASE.replace("70", "140")


class Own(Small):
    """Points of one factor in a world of a user's own file."""

    def tasks(self):
        return [replace(one, values=one.values[-1:]) for one in super().tasks()]


def meddled(edit):
    """Makes workers beside whom somebody edits a file before the second chunk."""
    return lambda _: Inline(lambda task: edit() if task.replicate else None)


@pytest.fixture
def base(tmp_path):
    file = tmp_path / "base.toml"
    file.write_text(BASE, encoding="utf-8")
    return file


def identities(made):
    """What the worlds of an experiment call themselves."""
    return {sim.World(task.scenario()).identity for task in made.tasks()}


def test_a_sweep_names_its_worlds_as_they_name_themselves(tmp_path):
    made = Small(count=2, replicates=2, breakdowns=("all", "domain"), panel=3)
    swept(tmp_path, made)
    found = sim.results(tmp_path)
    assert len(found.runs) == found.runs["identity"].nunique() == 4
    for table in (found.runs, found.series, found.panel):
        assert set(table["identity"]) == identities(made)


@pytest.mark.parametrize("later", [OTHER, None])
def test_a_base_that_is_edited_meanwhile_stops_the_sweep(tmp_path, base, later):
    folder = tmp_path / "runs"

    def edit():
        base.unlink(missing_ok=True)
        if later is not None:
            base.write_text(later, encoding="utf-8")

    with pytest.raises(ServandaError, match=r"base.toml: this scenario, .* has changed since"):
        swept(folder, Own(source=str(base)), workers=meddled(edit))
    assert sim.results(folder).runs["status"].tolist() == ["ok"]
    base.write_text(OTHER, encoding="utf-8")
    assert swept(folder, Own(source=str(base))).done == 6
    assert set(sim.results(folder).runs["identity"]) == identities(Own(source=str(base)))


# ---------------------------------------------------------------- shared burn-ins

WORLD = {"population.size": 150, "run.burn_in": 8, "run.months": 4, "obligations.intensity": 4.0}
TRIGGERED = """
format = 1
title = "Triggered"
extends = "village"
[[policies]]
name = "answer"
set = {{ "comprehensive.officers" = {officers} }}
trigger = {{ indicator = "honest_share", on = 0.1, off = 0.05 }}
"""


@pytest.fixture
def built(monkeypatch):
    """The worlds that workers build; at first this process has kept nothing."""
    monkeypatch.setattr(_Process, "burn_in", NO_BURN_IN)
    found, world = [], sim.World
    monkeypatch.setattr("sim.runs.worker.World", lambda *a, **k: found.append(a) or world(*a, **k))
    return found


def chunk(plan, folder, *, anew=True):
    """What a worker makes of these runs in one go; anew: it has kept nothing of earlier ones."""
    if anew:
        _Process.burn_in = NO_BURN_IN
    folder.mkdir()
    run_chunk(Chunk(str(folder), tuple(plan)))
    (runs,) = folder.glob("*.runs.parquet")
    return pd.read_parquet(runs).drop(columns=TELLS).set_index("identity").sort_index()


def test_runs_that_share_a_burn_in_are_what_they_are_alone(tmp_path, built):
    tasks = []
    for point, officers in enumerate((0.1, 0.3, 0.9)):
        file = tmp_path / f"{officers}.toml"
        file.write_text(TRIGGERED.format(officers=officers), encoding="utf-8")
        tasks.append(Task(point, 0, 5, str(file), tuple(WORLD.items()), tables=("warming",)))
    plan = planned(tasks)
    together = chunk(plan, tmp_path / "together")
    assert len(built) == 1
    alone = pd.concat(chunk([one], tmp_path / f"{n}") for n, one in enumerate(plan)).sort_index()
    assert len(built) == 4
    pd.testing.assert_frame_equal(together, alone)
    assert together["public_outlay"].nunique() == 3
    for one in plan:
        own = sim.World(one.task.scenario()).run().headline()
        assert together.loc[one.identity, "public_outlay"] == own["public_outlay"]


def test_a_worker_goes_on_from_the_burn_in_of_its_last_chunk(tmp_path, built):
    tasks = []
    for point, months in enumerate((4, 2, 7)):
        values = tuple((WORLD | {"run.months": months}).items())
        tasks.append(Task(point, 0, 5, "village", values, tables=("warming",)))
    plan = planned(tasks)
    parts = [chunk([one], tmp_path / f"{n}", anew=n == 0) for n, one in enumerate(plan)]
    assert len(built) == 1
    alone = [chunk([one], tmp_path / f"alone {n}") for n, one in enumerate(plan)]
    assert len(built) == 4
    pd.testing.assert_frame_equal(pd.concat(parts), pd.concat(alone))
    for n in range(3):
        (warming,) = (tmp_path / f"{n}").glob("*.warming.parquet")
        (own,) = (tmp_path / f"alone {n}").glob("*.warming.parquet")
        pd.testing.assert_frame_equal(pd.read_parquet(warming), pd.read_parquet(own))


def test_a_worker_keeps_no_copy_of_a_large_world_for_a_run_that_may_not_come(
    tmp_path, built, monkeypatch
):
    monkeypatch.setattr("sim.runs.worker.SMALL", 149)
    (plan,) = planned([Task(0, 0, 5, "village", tuple(WORLD.items()))])
    chunk([plan], tmp_path / "first")
    assert _Process.burn_in == NO_BURN_IN


def test_runs_of_other_seeds_or_worlds_share_nothing(tmp_path, built):
    values = tuple(WORLD.items())
    other = (*values[1:], ("population.size", 151))
    first = [Task(0, replicate, 5 + replicate, "village", values) for replicate in (0, 1)]
    second = [Task(1, 1, 6, "village", other, panel=panel) for panel in (0, 2)]
    assert len(chunk(planned([*first, *second]), tmp_path / "together")) == len(built) == 4
