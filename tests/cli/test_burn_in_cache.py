"""Claims about ``--burn-in-cache``: the same results, and months that are not run again."""

import json

import pytest

from sim import World
from sim.runs.worker import NO_BURN_IN, _Process
from tests.experiment.small import inline

SHORT = ("run", "village", "--months", 2, "--debtors", 200, "--set", "run.burn_in=4")
EARLY, LATE = (
    f'policies=[{{name = "p", start = {month}, set = {{"sanctions.late_interest" = 0.01}}}}]'
    for month in (1, 2)
)
RECORDS = ("--events", "--panel", 4, "--choices", "--cohort", 0, "--cohort", 1, "--group", "belief")


@pytest.fixture
def months(monkeypatch):
    """The months that worlds in this process complete."""
    found, finish = [], World._finish

    def finished(world):
        finish(world)
        found.append(world.month)

    monkeypatch.setattr(World, "_finish", finished)
    return found


@pytest.fixture
def in_this_process(monkeypatch):
    """Workers are in this process; a call forgets what they have kept."""
    monkeypatch.setattr("sim.runs.sweep._local_workers", lambda jobs: inline)

    def forget():
        _Process.burn_in = NO_BURN_IN

    forget()
    return forget


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_a_run_from_a_stored_burn_in_has_the_same_tables_and_counts_its_own_months(
    call, tmp_path, months, monkeypatch
):
    cache = ("--burn-in-cache", tmp_path / "cache")
    words = (*SHORT, *RECORDS)
    assert call(*words, "--set", LATE, "--out", tmp_path / "alone").exit_code == 0
    months.clear()
    first = call(*words, "--set", EARLY, *cache, "--out", tmp_path / "first")
    assert (first.exit_code, months) == (0, [-3, -2, -1, 0, 1, 2])
    assert "stored burn-in" not in first.stderr
    months.clear()
    monkeypatch.setattr("sim.cli.console.progress.EVERY", -1.0)
    second = call(*words, "--set", LATE, *cache, "--out", tmp_path / "second")
    assert (second.exit_code, months) == (0, [1, 2])
    assert f"{tmp_path / 'cache'}: begins from a stored burn-in, in month 0" in second.stderr
    assert "months: 1 of 2" in second.stderr
    alone, found = manifest(tmp_path / "alone"), manifest(tmp_path / "second")
    assert found["seals"] == alone["seals"]
    assert "cohorts.parquet" in found["seals"]
    for part in ("identity", "headline", "reach", "warnings", "measured", "texts"):
        assert found[part] == alone[part]
    assert set(found["seconds_by_phase"]) == set(alone["seconds_by_phase"])


def test_a_run_that_is_already_there_is_neither_run_nor_read(call, tmp_path, months):
    words = (*SHORT, "--out", tmp_path / "run", "--burn-in-cache", tmp_path / "cache")
    assert call(*words).exit_code == 0
    months.clear()
    assert "already contains this run" in call(*words).stderr
    assert not months


def test_what_is_refused_alone_is_refused_with_a_store_too(call, refused, tmp_path):
    words = (*SHORT, "--cohort", 2, "--burn-in-cache", tmp_path / "cache")
    assert call(*words, "--out", tmp_path / "two").exit_code == 0
    shorter = [
        1 if word == 2 and words[at - 1] == "--months" else word for at, word in enumerate(words)
    ]
    assert "cohorts: there is no month 2" in refused(*shorter, "--out", tmp_path / "one")
    (tmp_path / "cache").chmod(0o777)
    said = refused(*SHORT, "--burn-in-cache", tmp_path / "cache")
    assert "others can write to it" in said
    assert "holds other files than worlds" in refused(*SHORT, "--burn-in-cache", tmp_path)


def test_the_burn_in_has_progress_of_its_own(call, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.cli.console.progress.EVERY", -1.0)
    said = call(*SHORT, "--burn-in-cache", tmp_path / "cache").stderr
    assert "months of the burn-in: 3 of 4" in said
    assert "months: 1 of 2" in said


SMALL = ("--debtors", 200, "--months", 2, "--replicates", 2)
EXPERIMENT = """
format = 1
title = "Two"
base = "base.toml"
replicates = 2
[design]
kind = "grid"
[factors]
"policies.p.dose" = [0.5, 1.0]
"""
BASE = """
format = 1
title = "Base"
extends = "village"
population = { size = 200 }
run = { burn_in = 4, months = 2 }
policies = [{ name = "p", set = { "comprehensive.officers" = 2.0 } }]
"""
DEAR = 10_000_000
"""A budget that no dose costs, so that none has to be searched for."""
SEARCH = '{ kind = "search", population = 4, trials = 4, confirm = 0 }'
CALLS = {
    "compare with a budget": ("compare", "base.toml", "other.toml", *SMALL, "--budget", DEAR),
    "cost": ("cost", "base.toml", *SMALL, "--jobs", 1),
    "cost with a budget": ("cost", "base.toml", *SMALL, "--jobs", 1, "--budget", DEAR),
    "effects with a budget": (
        *("effects", "--scenario", "bare.toml", "--pack", "base.toml", *SMALL, "--jobs", 1),
        *("--budget", DEAR),
    ),
    "sweep": ("sweep", "e.toml", "--out", "{}"),
    "optimise": ("optimise", "search.toml", "--out", "{}"),
}


@pytest.mark.parametrize("name", CALLS)
def test_each_command_that_shares_burn_ins_takes_them_from_the_store(
    call, tmp_path, monkeypatch, months, in_this_process, name
):
    if name == "optimise":
        pytest.importorskip("optuna")
    monkeypatch.chdir(tmp_path)
    more = BASE.replace("2.0", "3.0").replace('"p"', '"q"')
    bare = BASE.replace('policies = [{ name = "p", set = { "comprehensive.officers" = 2.0 } }]', "")
    files = {"base": BASE, "other": more, "bare": bare, "e": EXPERIMENT}
    lines = EXPERIMENT.replace('[design]\nkind = "grid"\n', f"design = {SEARCH}\n")
    files["search"] = lines.replace("[0.5, 1.0]", "{ low = 0.0, high = 1.0 }")
    for file, text in files.items():
        (tmp_path / f"{file}.toml").write_text(text, encoding="utf-8")

    def told(folder, *words):
        in_this_process()
        months.clear()
        done = call(*(folder if one == "{}" else one for one in CALLS[name]), *words, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout.replace(folder, ""))

    alone = told("alone")
    cache = ("--burn-in-cache", "cache")
    assert told("first", *cache) == alone
    assert months.count(-3) == len(list((tmp_path / "cache").iterdir())) > 0
    assert told("second", *cache) == alone
    assert min(months) == 1
