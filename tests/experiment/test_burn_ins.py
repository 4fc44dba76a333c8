"""Claims about stored burn-ins: a run that begins from one is the run that it would be alone."""

import errno
import os
import pickle
import subprocess
import sys
import time
import warnings
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import sim
from sim import permission
from sim.engine.blocks import Execution
from sim.errors import ServandaError, ServandaWarning
from sim.experiment.reading.file import load_experiment
from sim.month.calendar import CALENDAR
from sim.runs.output.atomic import PART
from sim.runs.run_tables import TABLES
from sim.runs.storage import burn_ins
from sim.runs.storage.burn_ins import ABANDONED_AFTER, ENDING, BurnIns, key_of, recorded
from sim.runs.sweep import retry, sweep
from sim.runs.worker import NO_BURN_IN, _Process
from tests.experiment.small import TELLS, Inline, inline

ROOT = Path(__file__).resolve().parents[2]
SMALL = {"population.size": 200, "run.burn_in": 4, "run.months": 2, "obligations.intensity": 4.0}
POLICIES = """
format = 1
title = "Two policies"
extends = "village"
population = { size = 200 }
run = { burn_in = 4, months = 2 }
obligations = { intensity = 4.0 }
[[policies]]
name = "officers"
set = { "comprehensive.officers" = 2.0 }
[[policies]]
name = "interest"
set = { "sanctions.late_interest" = 0.01 }
[[policies]]
name = "answer"
set = { "comprehensive.list_rate" = 0.9 }
trigger = { indicator = "honest_share", on = 0.1, off = 0.05 }
"""
DOSES = {f"policies.{name}.dose": {"low": 0.0, "high": 1.0} for name in ("officers", "interest")}
DESIGNS = {
    "none": {},
    "scenarios": {"names": ["two.toml", "village"]},
    "grid": {},
    "one_at_a_time": {},
    "latin_hypercube": {"points": 3},
    "sobol": {"samples": 2},
    "morris": {"trajectories": 2},
    "factorial": {"policies": ["officers", "interest"]},
    "fractional_factorial": {"policies": "all", "resolution": 3},
    "points": {"file": "points.csv"},
}
"""Options of every kind of design but the search, which is tested with its own command."""
NO_FACTORS = ("none", "scenarios", "factorial", "fractional_factorial")
LEVELS = ("grid", "one_at_a_time")

CODE = """
import warnings
from sim.errors import ServandaWarning

def strain(world):
    if world.month == -1:
        warnings.warn("a hard winter", ServandaWarning)

def extend(model):
    model.phase(strain, after="earning")
"""
EXTENDED = POLICIES.replace('extends = "village"', 'extends = "village"\nextensions = ["own.py"]')


@pytest.fixture(autouse=True)
def process(monkeypatch):
    """A process that has kept nothing of other tests."""
    monkeypatch.setattr(_Process, "burn_in", NO_BURN_IN)
    monkeypatch.setattr(_Process, "stores", {})
    monkeypatch.setattr(_Process, "remarks", [])


@pytest.fixture
def months(monkeypatch):
    """The months that worlds in this process complete."""
    found, finish = [], sim.World._finish

    def finished(world):
        finish(world)
        found.append(world.month)

    monkeypatch.setattr(sim.World, "_finish", finished)
    return found


@pytest.fixture
def base(tmp_path, monkeypatch):
    """The scenario of two policies, in the working folder."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "two.toml"
    file.write_text(POLICIES, encoding="utf-8")
    return file


@pytest.fixture
def extended(base):
    """A scenario whose extension warns in the burn-in."""
    (base.parent / "own.py").write_text(CODE, encoding="utf-8")
    file = base.parent / "extended.toml"
    file.write_text(EXTENDED, encoding="utf-8")
    return file


class Forgetful(Inline):
    """Workers that keep no burn-in from one chunk to the next."""

    def wait(self):
        _Process.burn_in = NO_BURN_IN
        return super().wait()


def apart(experiment, folder, **options):
    """Do each run in a chunk of its own, as if in a process of its own."""
    return sweep(experiment, folder, workers=lambda _: Forgetful(), seconds=0.0, **options)


def tables(folder):
    """All tables of a sweep, without what tells when and where it was done."""
    found = sim.results(folder)
    kept = {name: getattr(found, name) for name in TABLES}
    return kept | {"runs": found.runs.drop(columns=TELLS)}


def assert_same(*folders):
    """Whether sweeps hold the same bits."""
    first, *others = map(tables, folders)
    for name, table in first.items():
        for other in others:
            pd.testing.assert_frame_equal(other[name], table, check_exact=True)


def small(**more):
    return sim.load("village", overrides=SMALL | more)


def only(folder):
    (file,) = Path(folder).glob(f"*{ENDING}")
    return file


def files(folder):
    return {path.name for path in Path(folder).iterdir()}


def test_recorded_says_the_same_as_a_world_with_nothing_but_a_panel():
    from sim.runs.output.manifest import measured

    assert measured(sim.World(small(), panel=3), 3) == recorded(panel=3)
    assert measured(sim.World(small()), 0) == recorded()


# ---------------------------------------------------------------- the same bits


@pytest.mark.parametrize("kind", DESIGNS)
def test_runs_of_every_design_are_the_same_from_stored_burn_ins(base, months, kind):
    Path("points.csv").write_text("policies.officers.dose\n0.5\n0.25\n", encoding="utf-8")
    factors = {} if kind in NO_FACTORS or kind == "points" else DOSES
    if kind in LEVELS:
        factors = {path: {"values": [0.0, 0.5]} for path in factors}
    seeds = 2 if kind in ("none", "grid") else 1
    given = {"base": "two.toml", "replicates": seeds, "panel": 2, "factors": factors}
    if kind == "scenarios":
        del given["base"]
        given |= {"debtors": 200, "months": 2, "burn_in": 4}
    design = {"design": {"kind": kind} | DESIGNS[kind]}
    text = given | design if factors else {k: v for k, v in (given | design).items() if v}
    made = load_experiment(written_out(text))
    apart(made, "alone")
    runs = len(sim.results("alone").runs)
    assert sim.results("alone").runs["status"].eq("ok").all()
    burnt = len(months)
    months.clear()
    _Process.burn_in = NO_BURN_IN
    sweep(made, "first", workers=inline, burn_ins="store")
    assert months.count(-3) == len(files("store")) == (2 if kind == "scenarios" else seeds)
    assert len(months) <= burnt
    months.clear()
    apart(made, "second", burn_ins="store")
    assert sorted(months) == [1] * runs + [2] * runs
    assert_same("alone", "first", "second")


def written_out(values):
    """An experiment file with these values, beside the scenario."""
    lines = [f"{key} = {toml(value)}" for key, value in values.items()]
    file = Path("e.toml")
    file.write_text('format = 1\ntitle = "E"\n' + "\n".join(lines), encoding="utf-8")
    return file


def toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {toml(one)}' for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def test_another_process_stores_and_finds_the_same_worlds(base, months):
    made = load_experiment({"base": str(base), "replicates": 2, "design": {"kind": "none"}})
    sweep(made, "there", jobs=1, burn_ins="store")
    assert not months
    assert len(files("store")) == 2
    sweep(made, "here", workers=inline, burn_ins="store")
    assert months == [1, 2, 1, 2]
    assert_same("there", "here")


def test_a_failed_run_that_is_tried_again_begins_from_the_store(base, monkeypatch, months):
    made = load_experiment({"base": str(base), "replicates": 1, "design": {"kind": "none"}})

    def burst(simulation):
        if simulation.month == 2:
            raise ValueError("burst")

    with monkeypatch.context() as changed:
        changed.setattr("sim.world.CALENDAR", (*CALENDAR[:-1], burst, CALENDAR[-1]))
        assert sweep(made, "runs", workers=inline, burn_ins="store").failed == 1
    months.clear()
    _Process.burn_in = NO_BURN_IN
    assert retry("runs", workers=inline, burn_ins="store").failed == 0
    assert months == [1, 2]


SEEN = {
    "nothing": {},
    "panel": {"panel": 5},
    "events": {"events": True},
    "choices": {"choices": True},
    "cohorts": {"cohorts": [-1, 0, 2]},
    "groups": {"groups": ["belief", "preserved"]},
}


@pytest.mark.parametrize("asked", SEEN)
def test_what_is_recorded_of_a_world_goes_on_where_the_burn_in_ended(base, make, months, asked):
    scenario, more = sim.load(base), SEEN[asked]
    alone = sim.World(scenario, **more).run()
    store = BurnIns("store")
    store.world(sim.load(base, overrides={"policies.0.set.comprehensive.officers": 3.0}))
    first = store.world(scenario, **more).run()
    months.clear()
    second = store.world(scenario, execution=Execution(2), **more)
    assert (second.month, second.phase, second.simulation.execution.threads) == (0, "earning", 2)
    second.run()
    assert months == [1, 2]
    assert len(files("store")) == (1 if asked == "nothing" else 2)
    for world in (first, second):
        assert make.differing(world, alone) == []
        assert world.identity == alone.identity
        assert world.headline() == pytest.approx(alone.headline(), rel=0, abs=0, nan_ok=True)
        assert world.reach() == alone.reach()
        for kept in (lambda w: w.transitions, lambda w: w.panel, lambda w: w.observed.choices):
            if kept(alone) is not None:
                assert kept(world).frame().equals(kept(alone).frame())
        if asked == "cohorts":
            assert world.cohorts().equals(alone.cohorts())
        if asked == "groups":
            assert world.series("belief", burn_in=True).equals(alone.series("belief", burn_in=True))


def test_a_world_without_burn_in_is_not_stored(tmp_path):
    store, world = BurnIns(tmp_path / "store"), sim.World(small(**{"run.burn_in": 0}))
    assert store.burnt_in(world) is world
    assert not files(store.folder)


# ---------------------------------------------------------------- what is found


def test_only_what_begins_in_the_same_way_is_found(base, monkeypatch):
    scenario = sim.load(base)

    def key(one=scenario, *, panel=0, block=8192):
        return key_of(one, recorded(panel=panel), block)

    others = [{"name": name, "add": {"sanctions.late_interest": 0.01}} for name in ("a", "b")]
    same = {"run.months": 9, "title": "Another", "policies": others}
    assert {key(sim.load(base, overrides={path: one})) for path, one in same.items()} == {key()}
    others = {"run.seed": 2, "population.size": 201, "run.burn_in": 5, "economy.exit": 0.001}
    others |= {"population.districts": 3, "comprehensive.officers": 0.5}
    found = [key(sim.load(base, overrides={path: one})) for path, one in others.items()]
    found += [key(), key(panel=1), key(block=32)]
    reach = [{"name": "p", "kinds": ["firm"], "set": {"sanctions.late_interest": 0.01}}]
    found.append(key(sim.load(base, overrides={"policies": reach})))
    found.append(key(sim.load(base, overrides={"policies": []})))
    for name, value in (
        ("source_hash", lambda _: "other code"),
        ("version", lambda _: "0.0"),
        ("cpu", lambda: "another processor"),
        ("platform", SimpleNamespace(python_version=lambda: "3.0", machine=lambda: "pdp11")),
    ):
        with monkeypatch.context() as changed:
            changed.setattr(burn_ins, name, value)
            burn_ins._made_by.cache_clear()
            found.append(key())
    burn_ins._made_by.cache_clear()
    assert len(set(found)) == len(found) == 15


def test_an_edited_extension_is_another_world_and_its_warnings_come_again(extended, months):
    def world(store):
        scenario = sim.load(extended, allow_code=True)
        with pytest.warns(ServandaWarning) as caught:
            found = store.world(scenario)
        assert [str(one.message) for one in caught] == ["a hard winter"]
        return found

    store = BurnIns("store")
    alone = world(store).run()
    months.clear()
    assert world(store).run().headline() == pytest.approx(alone.headline(), nan_ok=True)
    assert min(months) == 1
    text = CODE.replace("earning", "performing")
    (extended.parent / "own.py").write_text(text, encoding="utf-8")
    assert world(store).calendar[3].__name__ != alone.calendar[3].__name__
    assert months.count(-3) == 1
    assert len(files("store")) == 2


def test_warnings_of_the_burn_in_are_in_the_rows_of_runs_that_did_not_burn_in(extended, months):
    sim.allow_code(extended.parent / "own.py")
    made = load_experiment({"base": str(extended), "replicates": 2, "design": {"kind": "none"}})
    for folder in ("first", "second"):
        apart(made, folder, burn_ins="store")
        assert sim.results(folder).runs["warnings"].tolist() == ["a hard winter"] * 2
    assert months.count(-3) == 2


def test_a_stored_world_gives_no_permission_to_run_code(extended, monkeypatch):
    store, said = BurnIns("store"), []
    scenario = sim.load(extended, allow_code=True)
    with pytest.warns(ServandaWarning):
        store.world(scenario)
    monkeypatch.setattr(permission, "_GRANTED", permission._Granted())
    world = BurnIns("store", say=said.append).find(only("store").stem, scenario, recorded())
    assert world is None
    assert "is code and was not run" in said[0]
    assert permission.granted() == ()
    assert only("store").exists()
    with pytest.raises(ServandaError, match="is code and was not run"):
        sim.load(extended)


def test_a_world_whose_extension_changes_while_it_is_loaded_is_not_used(extended, monkeypatch):
    store, scenario = BurnIns("store"), sim.load(extended, allow_code=True)
    with pytest.warns(ServandaWarning):
        store.world(scenario)
    key, load = only("store").stem, pickle.load

    def edited(stream):
        (extended.parent / "own.py").write_text(CODE + "\n# edited\n", encoding="utf-8")
        sim.allow_code(extended.parent / "own.py")
        return load(stream)

    monkeypatch.setattr(burn_ins.pickle, "load", edited)
    assert store.find(key, scenario, recorded()) is None


# ---------------------------------------------------------------- what is not trusted


class Harmful:
    """Leaves a file if it is unpickled."""

    def __reduce__(self):
        return Path.touch, (Path("harm"),)


@pytest.mark.parametrize(
    "harm", ["cut", "bit", "warnings", "empty", "another", "harmful", "digest"]
)
def test_a_damaged_file_is_noticed_and_made_again(base, make, months, harm):
    scenario, said = sim.load(base), []
    store = BurnIns("store", say=said.append)
    alone = store.world(scenario).run()
    file = only("store")
    sound = file.read_bytes()
    head, first, rest = sound[:84], sound[84:200], sound[200:]
    if harm == "another":
        store.world(sim.load(base, overrides={"run.seed": 2}))
        (other,) = {file.parent / name for name in files("store")} - {file}
        other.replace(file)
    else:
        bit = bytes([rest[5000] ^ 1])
        file.write_bytes(
            {
                "cut": sound[:-1000],
                "bit": head + first + rest[:5000] + bit + rest[5001:],
                "warnings": head + b'["none"]' + first[2:] + rest,
                "empty": b"",
                "harmful": head + b"[]\n" + pickle.dumps(Harmful()),
                "digest": sound[:30] + (b"0" if sound[30:31] != b"0" else b"1") + sound[31:],
            }[harm]
        )
    months.clear()
    again = store.world(scenario).run()
    assert months == [-3, -2, -1, 0, 1, 2]
    assert len(said) == 1
    assert "not used, since it is damaged (it is cut off or altered)" in said[0]
    assert not Path("harm").exists()
    assert make.differing(again, alone) == []
    months.clear()
    store.world(scenario)
    assert (months, len(said)) == ([], 1)
    assert only("store") == file


def test_a_file_that_is_whole_but_no_world_is_made_again_too(base):
    scenario, said = sim.load(base), []
    store = BurnIns("store", say=said.append)
    key = key_of(scenario, recorded())
    store.keep(key, Path("no world"))
    assert store.find(key, scenario, recorded()) is None
    assert "not used, since it is damaged" in said[0]
    assert not files("store")


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="permissions are those of POSIX")
def test_a_folder_that_others_can_write_or_that_holds_other_files_is_refused(base, tmp_path):
    store = BurnIns("store").folder
    assert store.stat().st_mode & 0o777 == 0o700
    store.chmod(0o777)
    words = "store: worlds are read from here and run with your rights, but others can write to it"
    with pytest.raises(ServandaError, match=f"{words}; .* --burn-in-cache DIR"):
        BurnIns("store")
    made = load_experiment({"base": str(base), "replicates": 1, "design": {"kind": "none"}})
    with pytest.raises(ServandaError, match="others can write to it"):
        sweep(made, "runs", workers=inline, burn_ins="store")
    assert not Path("runs").exists()
    store.chmod(0o700)
    (store / f"a{ENDING}").symlink_to(base)
    with pytest.raises(ServandaError, match="it is a link or something other than a file"):
        BurnIns("store")
    mode = tmp_path.stat().st_mode
    with pytest.raises(ServandaError, match="holds other files than worlds"):
        BurnIns(tmp_path)
    assert tmp_path.stat().st_mode == mode
    with pytest.raises(ServandaError, match="it is a link or a file"):
        BurnIns(base)


# ---------------------------------------------------------------- room


def test_the_folder_keeps_its_bound_and_what_was_used_last(base, months):
    store = BurnIns("store")
    scenarios = [sim.load(base, overrides={"run.seed": seed}) for seed in (1, 2, 3)]
    names = [f"{key_of(one, recorded())}{ENDING}" for one in scenarios]
    for place, one in enumerate(scenarios[:2]):
        store.world(one)
        os.utime(store.folder / names[place], (place, place))
    store.world(scenarios[0])  # used again: the second is now the oldest
    size = (store.folder / names[0]).stat().st_size
    left = store.folder / f"{PART}old"
    left.touch()
    os.utime(left, (time.time() - ABANDONED_AFTER - 60,) * 2)
    being_written = store.folder / f"{PART}new"
    being_written.touch()
    store.most = int(2.5 * size)
    store.world(scenarios[2])
    assert files("store") == {names[0], names[2], being_written.name}
    months.clear()
    store.world(scenarios[1])
    assert months.count(-3) == 1


def test_a_world_larger_than_the_bound_is_not_stored_and_that_is_said(base, months):
    scenario = sim.load(base)
    store = BurnIns("store", most=10_000)
    what = "takes more than the 10,000 bytes that the folder may hold"
    with pytest.warns(ServandaWarning, match=what):
        store.world(scenario)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        store.world(scenario)  # said once
    assert not files("store")
    assert months.count(-3) == 2


def test_a_full_disk_is_said_once_for_a_sweep_and_stops_no_run(base, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(burn_ins, "part_of", full)
    made = load_experiment({"base": str(base), "replicates": 3, "design": {"kind": "none"}})
    with pytest.warns(ServandaWarning) as caught:
        done = apart(made, "runs", burn_ins="store")
    assert (done.done, done.failed) == (3, 0)
    (said,) = (str(one.message) for one in caught)
    assert said.endswith(
        "the world is not stored at the end of its burn-in: no space left on device"
    )
    assert sim.results("runs").runs["warnings"].isna().all()


def test_a_world_that_cannot_be_pickled_is_run_and_that_is_said(base, months):
    store, world = BurnIns("store"), sim.World(sim.load(base))
    world.added_by_the_user = lambda: None
    with pytest.warns(ServandaWarning, match="store: the world is not stored .*: can't"):
        assert store.burnt_in(world) is world
    assert months == [-3, -2, -1, 0]
    assert not files("store")


SCRIPT = """
import sys
import sim
from sim.runs.storage.burn_ins import BurnIns
folder, base, most = sys.argv[1], sys.argv[2], int(sys.argv[3])
for turn in range(2):
    store = BurnIns(folder, most=most)
    for seed in (1, 2, 3):
        world = store.world(sim.load(base, overrides={"run.seed": seed}))
        print(seed, repr(world.run().headline()["received"]))
"""


def test_two_processes_use_one_folder_at_the_same_time(base, tmp_path):
    BurnIns("measure").world(sim.load(base))
    most = int(2.2 * only("measure").stat().st_size)  # less than the three need
    call = [sys.executable, "-W", "error", "-c", SCRIPT, "store", str(base), str(most)]
    place = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [
        subprocess.Popen(call, env=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in "ab"
    ]
    told = [one.communicate(timeout=120) for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    assert [said for _, said in told] == ["", ""]
    found = {tuple(line.split()) for out, _ in told for line in out.splitlines()}
    alone = {
        (
            str(seed),
            repr(
                sim.World(sim.load(base, overrides={"run.seed": seed})).run().headline()["received"]
            ),
        )
        for seed in (1, 2, 3)
    }
    assert found == alone
    sizes = [path.stat().st_size for path in Path("store").iterdir()]
    assert 0 < sum(sizes) <= most
