"""Claims about extensions: the example on the page, and what can go wrong."""

import pickle
import re
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.experiment.reading.file import load_experiment

PAGE = (Path(__file__).parent.parent / "docs" / "extensions.md").read_text(encoding="utf-8")
CODE, TOML = (
    re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)[0] for kind in ("python", "toml")
)
BUSY = {"obligations.intensity": 8.0, "run.burn_in": 0, "population.size": 1200}


@pytest.fixture
def scenario(tmp_path):
    (tmp_path / "bounty.py").write_text(CODE, encoding="utf-8")
    file = tmp_path / "bounty.toml"
    file.write_text(TOML, encoding="utf-8")
    return file


def load(scenario, **options):
    """A scenario whose code this test has written itself."""
    return sim.load(scenario, allow_code=True, **options)


def run(scenario, months=24, **paths):
    return sim.World(load(scenario, overrides=BUSY | paths)).run_to(months)


def test_the_example_does_what_it_says_where_the_policy_reaches(scenario):
    told = run(scenario).series("district", counts=True)
    tips = told.groupby(["cell", told["month"] >= 13])["n_tips"].sum()
    assert tips["0"].tolist() == [0.0, tips["0", True]]
    assert tips["0", True] > 5
    assert tips["1"].tolist() == [0.0, 0.0]
    assert told["tipped"].max() > 0.0


def test_its_lever_is_set_like_any_other_and_more_of_it_finds_more(scenario):
    none, some = (run(scenario, 24, **{"bounty.share": s}) for s in (0.0, 0.5))
    assert none.series(counts=True)["n_tips"].head(12).sum() == 0.0  # then comes the policy
    assert some.series(counts=True)["n_tips"].sum() > 5
    seized = [w.series(counts=True)["n_seizures"].sum() for w in (none, some)]
    assert seized[1] > seized[0]


def test_at_off_it_changes_no_bit(scenario, make):
    with_it = run(scenario, 12)
    without = sim.World("village", **BUSY).run_to(12)
    row_of_levers = ("debtors.treatment", "claims.treatment", "courts.treatment")
    tables = ("debtors", "claims", "creditors", "courts")
    assert make.differing(with_it, without, tables=tables, but=row_of_levers) == []


def test_a_column_moves_with_its_rows_and_newcomers_begin_at_nought(scenario):
    world = run(scenario, 12, **{"bounty.share": 0.5})
    column = world.simulation.column("claims", "tips")
    assert len(column) == len(world.simulation.claims)
    kept = dict(zip(world.simulation.claims.rows["id"].tolist(), column.tolist(), strict=True))
    assert sum(kept.values()) > 0
    world.step()
    ids, now = world.simulation.claims.rows["id"], world.simulation.column("claims", "tips")
    assert all(now[i] >= kept.get(int(ids[i]), 0) for i in range(len(ids)))
    assert set(now[~np.isin(ids, list(kept))].tolist()) <= {0, 1}


def test_its_moves_are_in_the_log(scenario):
    setup = load(scenario, overrides=BUSY | {"bounty.share": 0.5, "at_source.preservation": 0.0})
    world = sim.World(setup, events=True).run_to(12)
    traced = (world.transitions.frame()["stage"] == "traced").sum()
    counted = world.series(counts=True, burn_in=True)
    assert traced == counted["n_traces_hit"].sum() + counted["n_tips"].sum()


def test_a_world_with_it_can_be_pickled_in_the_middle_of_a_month(scenario, make):
    setup = load(scenario, overrides=BUSY | {"bounty.share": 0.5})
    world = sim.World(setup).run_to(6, before="tipping")
    copy = pickle.loads(pickle.dumps(world))
    assert copy.phase == "tipping"
    assert make.differing(world.run_to(12), copy.run_to(12)) == []


def test_it_belongs_to_its_own_worlds_only(scenario):
    assert "tipping" in [phase.__name__ for phase in run(scenario, 1).calendar]
    assert "tipping" not in [phase.__name__ for phase in sim.World("village").calendar]


def test_a_runs_identity_knows_its_text_and_not_its_place(scenario, tmp_path):
    before = sim.World(load(scenario)).identity
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("bounty.py", "bounty.toml"):
        (elsewhere / name).write_bytes((tmp_path / name).read_bytes())
    assert sim.World(load(elsewhere / "bounty.toml")).identity == before
    (elsewhere / "bounty.py").write_text(CODE + "\n# another\n", encoding="utf-8")
    assert sim.World(load(elsewhere / "bounty.toml")).identity != before


def test_money_from_nothing_stops_the_run(scenario, tmp_path):
    free = CODE.replace("world.book(Flow.APPLICATION, fee)", "pass")
    (tmp_path / "bounty.py").write_text(free, encoding="utf-8")
    with pytest.raises(sim.ServandaError, match="money appeared or vanished"):
        run(scenario, 12, **{"bounty.share": 0.5})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("def extend(model)", "def expand(simulation)", "has no function 'extend'"),
        ("import numpy", "import numpyy", "cannot be run: ModuleNotFoundError"),
        ('"bounty.share",', '"share",', "a lever's path is a group and a name"),
        ('"claims", "tips"', '"claim", "tips"', "there is no such table; the tables are debtors"),
    ],
)
def test_what_is_wrong_with_the_file_is_told_at_the_line_that_names_it(
    scenario, tmp_path, old, new, said
):
    (tmp_path / "bounty.py").write_text(CODE.replace(old, new), encoding="utf-8")
    with pytest.raises(sim.ServandaError) as caught:
        load(scenario)
    first = str(caught.value).splitlines()[0]
    assert f"{scenario}:4: extensions: " in first
    assert said in first


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("shere = 0.1", "levers.bounty.shere: unknown lever; did you mean 'bounty.share'?"),
        ("share = 2", "levers.bounty.share: 2 is out of range; give 0 to 0.5"),
        ("share = true", "levers.bounty.share: should be a number, not true"),
    ],
)
def test_a_value_of_its_lever_is_checked_like_any_other(scenario, line, said):
    scenario.write_text(f"{TOML}\n[levers.bounty]\n{line}\n", encoding="utf-8")
    with pytest.raises(sim.ServandaError) as caught:
        load(scenario)
    assert said in str(caught.value)
    assert f"{scenario}:{len(TOML.splitlines()) + 3}: " in str(caught.value)


def test_a_file_that_is_not_there_is_named(scenario, tmp_path):
    (tmp_path / "bounty.py").unlink()
    with pytest.raises(sim.ServandaError, match=r"bounty.toml:4: extensions: .*bounty.py"):
        load(scenario)


def test_a_phase_after_none_is_refused(scenario, tmp_path):
    (tmp_path / "bounty.py").write_text(CODE.replace('after="trace"', 'after="tracing"'))
    with pytest.raises(sim.ServandaError, match="no phase 'tracing' in the month"):
        run(scenario, 1)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '"bounty.share",',
            '"sanctions.share",',
            "'sanctions' is a group of the model's own levers",
        ),
        ('name="tipped"', 'name="Status"', "an extension calls an indicator 'Status', as results"),
        (
            'name="tipped"',
            'name="recovery"',
            "an extension calls an indicator 'recovery', as results",
        ),
    ],
)
def test_it_takes_no_name_that_is_taken(scenario, tmp_path, old, new, told):
    (tmp_path / "bounty.py").write_text(CODE.replace(old, new), encoding="utf-8")
    file = tmp_path / "e.toml"
    file.write_text('format = 1\ntitle = "T"\nbase = "bounty.toml"\n', encoding="utf-8")
    with pytest.raises(sim.ServandaError) as caught:
        load_experiment(file, allow_code=True)
    assert told in str(caught.value)
