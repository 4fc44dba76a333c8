"""Claims about what is planned and what is run: one world, whatever happens in between."""

import pandas as pd
import pytest

import sim
from sim.errors import ServandaError
from sim.experiment.task import Task
from sim.runs.run_plan import planned
from sim.runs.storage.writing import failure
from sim.runs.sweep import retry, sweep
from sim.runs.worker import Chunk, run_chunk
from tests.experiment.small import TELLS, Inline, Small, inline

BASE = """
format = 1
title = "Base"
extends = "village"
[population]
size = {size}
[run]
burn_in = 0
months = 2
"""
EXTENSION = """
def extend(model):
    \"\"\"Add nothing.\"\"\"
"""


class Own(Small):
    """Points of one factor in a world of a user's own file."""

    source = ""

    def tasks(self):
        return [
            Task(one.point, one.replicate, one.seed, self.source, one.values[-1:])
            for one in super().tasks()
        ]


class Meddled(Inline):
    """Workers beside whom somebody edits a file before the second chunk."""

    def __init__(self, edit):
        super().__init__()
        self.edit = edit

    def wait(self):
        if len(self.sizes) == 2:
            self.edit()
        return super().wait()


def own(file, **more):
    made = Own(**more)
    made.source = str(file)
    return made


def test_a_sweep_names_its_worlds_as_they_name_themselves(tmp_path):
    made = Small(count=2, replicates=2, breakdowns=("all", "domain"), panel=3)
    sweep(made, tmp_path, workers=inline)
    found = sim.results(tmp_path)
    worlds = [sim.World(task.scenario()).identity for task in made.tasks()]
    assert sorted(found.runs["identity"]) == sorted(worlds)
    assert set(found.series["identity"]) == set(found.panel["identity"]) == set(worlds)


def test_what_is_kept_decides_whether_a_run_is_there_already(tmp_path):
    made = Small(count=1, replicates=1)
    assert sweep(made, tmp_path, workers=inline).done == 1
    assert sweep(made, tmp_path, workers=inline).done == 0
    first = sim.results(tmp_path).runs["identity"].tolist()
    assert sweep(Small(count=1, replicates=1, panel=2), tmp_path, workers=inline).done == 1
    again = sim.results(tmp_path)
    assert again.runs["identity"].tolist() == first
    assert len(again.panel) == 4
    assert sweep(made, tmp_path, workers=inline).done == 0
    assert sim.results(tmp_path).panel.empty


@pytest.mark.parametrize("later", [BASE.format(size=140), "no TOML at all = ", None])
def test_a_base_that_is_edited_meanwhile_stops_the_sweep(tmp_path, later):
    file, folder = tmp_path / "base.toml", tmp_path / "runs"
    file.write_text(BASE.format(size=70), encoding="utf-8")

    def edit():
        file.unlink() if later is None else file.write_text(later, encoding="utf-8")

    with pytest.raises(ServandaError, match=r"base.toml: this scenario, .* has changed since"):
        sweep(own(file), folder, workers=lambda _: Meddled(edit))
    runs = sim.results(folder).runs
    assert runs["status"].tolist() == ["ok"]
    file.write_text(BASE.format(size=140), encoding="utf-8")
    assert sweep(own(file), folder, workers=inline).done == 6
    worlds = {sim.World(task.scenario()).identity for task in own(file).tasks()}
    assert set(sim.results(folder).runs["identity"]) == worlds


def test_an_extension_that_is_edited_meanwhile_stops_the_sweep(tmp_path):
    file, code = tmp_path / "base.toml", tmp_path / "mine.py"
    head, _, tail = BASE.format(size=70).partition("[population]")
    file.write_text(f'{head}extensions = ["mine.py"]\n[population]{tail}', encoding="utf-8")
    code.write_text(EXTENSION, encoding="utf-8")
    sim.allow_code(code)

    def edit():
        code.write_text(EXTENSION.replace("nothing", "nothing at all"), encoding="utf-8")
        sim.allow_code(code)

    with pytest.raises(ServandaError, match=r"an extension of it .* has changed since"):
        sweep(own(file), tmp_path / "runs", workers=lambda _: Meddled(edit))


def test_a_point_that_was_invalid_when_it_was_planned_fails_and_stops_nothing(tmp_path):
    made = Small(count=2, replicates=1, unsound=(1,))
    assert sweep(made, tmp_path, workers=inline).failed == 1
    assert retry(tmp_path, workers=inline).failed == 1


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


def chunk(plan, folder):
    """What a worker makes of these runs in one go."""
    folder.mkdir()
    run_chunk(Chunk(str(folder), tuple(plan)))
    (runs,) = folder.glob("*.runs.parquet")
    return pd.read_parquet(runs).drop(columns=TELLS).set_index("identity").sort_index()


def test_runs_that_share_a_burn_in_are_what_they_are_alone(tmp_path, monkeypatch):
    values = tuple(WORLD.items())
    files = []
    for officers in (0.1, 0.3, 0.9):
        files.append(tmp_path / f"{officers}.toml")
        files[-1].write_text(TRIGGERED.format(officers=officers), encoding="utf-8")
    tasks = [Task(p, 0, 5, str(file), values, tables=("warming",)) for p, file in enumerate(files)]
    plan = planned(tasks)
    built = []
    world = sim.World
    monkeypatch.setattr("sim.runs.worker.World", lambda *a, **k: built.append(a) or world(*a, **k))
    together = chunk(plan, tmp_path / "together")
    assert len(built) == 1
    alone = pd.concat(chunk([one], tmp_path / f"{n}") for n, one in enumerate(plan)).sort_index()
    assert len(built) == 4
    pd.testing.assert_frame_equal(together, alone)
    assert together["public_outlay"].nunique() == 3
    for one in plan:
        own_world = world(one.task.scenario()).run().headline()
        assert together.loc[one.identity, "public_outlay"] == own_world["public_outlay"]


def test_runs_of_other_seeds_or_worlds_share_nothing(tmp_path, monkeypatch):
    values = tuple(WORLD.items())
    other = (*values[1:], ("population.size", 151))
    first = [Task(0, replicate, 5 + replicate, "village", values) for replicate in (0, 1)]
    second = [Task(1, 1, 6, "village", other, panel=panel) for panel in (0, 2)]
    plan = planned([*first, *second])
    built = []
    world = sim.World
    monkeypatch.setattr("sim.runs.worker.World", lambda *a, **k: built.append(a) or world(*a, **k))
    assert len(chunk(plan, tmp_path / "together")) == len(built) == 4


def test_a_run_that_fails_leaves_the_others_of_its_chunk(tmp_path, monkeypatch):
    plan = planned(Small(count=1, replicates=2).tasks())
    world = sim.World

    def failing(setup, **more):
        if setup.run.seed == plan[0].task.seed:
            raise ValueError("it broke")
        return world(setup, **more)

    monkeypatch.setattr("sim.runs.worker.World", failing)
    found = chunk(plan, tmp_path / "both")
    assert found["status"].to_dict() == {plan[0].identity: "failed", plan[1].identity: "ok"}
    assert found.loc[plan[0].identity, "error"] == "ValueError: it broke"
    assert failure(plan[0], "x", None, None).row["status"] == "failed"
