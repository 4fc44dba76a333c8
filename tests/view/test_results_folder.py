"""The folder of a run or sweep opens: its worlds are those that were run, with its report."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from sim import World, load
from sim.errors import ServandaError
from sim.experiment.task import Task, replicate_seed
from sim.runs.results import results
from sim.runs.storage.store import MANIFEST, Store
from sim.view.setting import results_folder
from sim.view.setting.results_folder import (
    MONTHS_PATH,
    SEED_PATH,
    SIZE_PATH,
    is_results,
    points,
    report_page,
)
from sim.view.setting.setting import (
    command,
    from_link,
    of_world,
    scenario,
    start,
    to_link,
    to_save,
    toml,
)
from sim.view.setting.worlds import known

SMALL = ("--debtors", "300", "--months", "13")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from typer.testing import CliRunner

    from sim.cli import app

    out = tmp_path_factory.mktemp("results")
    extra = ("--set", "sanctions.fine_rate=0.05", "--seed", "4")
    for arguments in (
        ["run", "special", *SMALL, *extra, "--out", str(out / "one")],
        [
            "compare",
            "china_2016",
            "special",
            *SMALL,
            "--replicates",
            "2",
            "--out",
            str(out / "two"),
        ],
    ):
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, done.output
    return out


def test_a_run_opens_as_the_world_that_was_run(folders: Path) -> None:
    (one,), _ = points(folders / "one")
    there = results(folders / "one").manifest
    assert World(load(one.source)).identity == there["identity"]
    opened = start(known(str(folders / "one")))
    assert (opened.world, opened.seed, opened.debtors, opened.months) == ("run", 4, 300, 13)


def test_a_comparison_opens_as_its_points(folders: Path) -> None:
    found, number = points(folders / "two")
    assert number == 2
    assert [one.name for one in found] == ["china_2016", "special"]
    seed = replicate_seed(1, 0)
    assert [one.values for one in found] == [{SIZE_PATH: 300, MONTHS_PATH: 13, SEED_PATH: seed}] * 2
    there = known(str(folders / "two"))
    assert (there.first, there.report) == ("china_2016_2", "two")
    setting = of_world(start(there), "special_2", there)
    assert (setting.debtors, setting.months, setting.seed) == (300, 13, seed)
    again = World(scenario(setting, there)).setup
    assert (again.population.size, again.run.seed) == (300, seed)
    assert from_link(to_link(setting, there), there) == (setting, [])


@pytest.fixture
def sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[Task]], str]:
    """Makes the folder of a sweep with these tasks."""

    def made(tasks: list[Task]) -> str:
        (tmp_path / MANIFEST).touch()
        planned = [SimpleNamespace(task=task) for task in tasks]
        monkeypatch.setattr(Store, "plan", lambda self: planned)
        return str(tmp_path)

    return made


def test_a_point_that_sets_values_is_its_whole_scenario(
    sweep: Callable[[list[Task]], str], tmp_path: Path
) -> None:
    values = (("sanctions.fine_rate", 0.05), (SIZE_PATH, 50))
    there = known(sweep([Task(3, 0, 8, "special", values), Task(3, 1, 9, "special", values)]))
    assert there.first == "special_3"
    for moved in ({}, {"sanctions.detention_rate": 0.01}):
        setting = replace(start(there), levers=moved)
        shown = load(scenario(setting, there))
        assert (shown.levers.sanctions.fine_rate, shown.title) == (0.05, "sanctions.fine_rate 0.05")
        assert (shown.run.seed, shown.population.size) == (8, 50)
        assert [one.name for one in shown.policies] == ["special", *(["yours"] if moved else [])]
        name = to_save(setting, there)
        assert command(setting, there).startswith("servanda run special_3.toml --seed 8 ")
        (tmp_path / name).write_text(toml(setting, there), encoding="utf-8")
        assert load(tmp_path / name) == shown
    assert "extends" not in toml(start(there), there)
    assert to_save(of_world(start(there), "special", there), there) == ""


def test_points_of_one_name_stay_apart_and_points_beyond_the_most_are_told(
    sweep: Callable[[list[Task]], str],
) -> None:
    tasks = [
        Task(k, 0, 1, "village", ((SIZE_PATH, 50 + k),)) for k in range(results_folder.MOST + 2)
    ]
    there = known(sweep(tasks))
    own = [one for name, one in there.worlds.items() if name.startswith("village_")]
    assert [one["debtors"] for one in own] == [50 + k for k in range(results_folder.MOST)]
    assert own[1]["title"][0] == "A village, 51 debtors, 60 months"
    assert there.worlds["village"]["debtors"] == 400
    ((english, chinese),) = there.left_out
    assert english == "2 of 42 points; the page offers the first 40."
    assert "42" in chinese


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_is_one_page_and_the_folder_stays_as_it_is(folders: Path, lang: str) -> None:
    before = sorted(folders.rglob("*"))
    page = report_page(folders / "two", lang)
    assert "<svg" in page
    assert sorted(folders.rglob("*")) == before


def test_other_folders_are_not_results(tmp_path: Path) -> None:
    assert not is_results(tmp_path)
    with pytest.raises(ServandaError, match="contains no scenario"):
        known(str(tmp_path))
