"""The folder of a run or sweep opens: its worlds are those that were run, with its report."""

from pathlib import Path

import pytest

from sim import World, load
from sim.errors import ServandaError
from sim.experiment.task import replicate_seed
from sim.runs.results import results
from sim.view.results_folder import MONTHS, SEED, SIZE, is_results, points, report_page
from sim.view.setting import from_link, of_world, scenario, start, to_link
from sim.view.worlds import known

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


def test_a_run_opens_as_the_world_that_was_run(folders: Path, tmp_path: Path) -> None:
    (one,) = points(folders / "one", tmp_path)
    there = results(folders / "one").manifest
    assert World(load(one.source)).identity == there["identity"]
    opened = start(known(str(folders / "one")))
    assert (opened.world, opened.seed, opened.debtors, opened.months) == ("run", 4, 300, 13)


def test_a_comparison_opens_as_its_points(folders: Path, tmp_path: Path) -> None:
    found = points(folders / "two", tmp_path)
    assert [one.name for one in found] == ["china_2016", "special"]
    seed = replicate_seed(1, 0)
    assert [one.values for one in found] == [{SIZE: 300, MONTHS: 13, SEED: seed}] * 2
    there = known(str(folders / "two"))
    assert (there.first, there.report) == ("china_2016", "two")
    setting = of_world(start(there), "special", there)
    assert (setting.debtors, setting.months, setting.seed) == (300, 13, seed)
    again = World(scenario(setting, there)).setup
    assert (again.population.size, again.run.seed) == (300, seed)
    assert from_link(to_link(setting, there), there) == (setting, [])


def test_points_that_set_values_become_files(folders: Path, tmp_path: Path) -> None:
    from sim.experiment.task import Task
    from sim.view import results_folder

    tasks = [Task(3, 0, 1, "village", (("sanctions.fine_rate", 0.05), (SIZE, 50)))]
    planned = [type("Planned", (), {"task": task}) for task in tasks]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(results_folder.Store, "plan", lambda self: planned)
        (one,) = points(folders / "two", tmp_path)
    world = load(one.source)
    assert world.levers.sanctions.fine_rate == 0.05
    assert world.title == "sanctions.fine_rate 0.05"
    assert one.name == "village_3"
    assert one.values == {SIZE: 50, SEED: 1}


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
