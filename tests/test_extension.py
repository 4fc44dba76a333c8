"""Claims about extensions: the example on the page, and what can go wrong."""

import pickle
import re
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.experiment.reading.file import load_experiment
from sim.world import beginning

PAGE = (Path(__file__).parent.parent / "docs" / "extensions.md").read_text(encoding="utf-8")
CODE, TOML = (
    re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)[0] for kind in ("python", "toml")
)
BUSY = {"obligations.intensity": 8.0, "run.burn_in": 0, "population.size": 1200}
SOME = {"bounty.share": 0.5}


@pytest.fixture
def scenario(tmp_path):
    return written(tmp_path)


def written(folder, code=CODE):
    """The example of the page as files; its scenario."""
    (folder / "bounty.py").write_text(code, encoding="utf-8")
    (folder / "bounty.toml").write_text(TOML, encoding="utf-8")
    return folder / "bounty.toml"


def load(scenario, **options):
    """A scenario whose code this test has written itself."""
    return sim.load(scenario, allow_code=True, **options)


def run(scenario, months=24, **paths):
    return sim.World(load(scenario, overrides=BUSY | paths)).run_to(months)


def test_the_example_does_what_it_says_where_the_policy_reaches(scenario):
    none = run(scenario)
    told = none.series("district", counts=True)
    tips = told.groupby(["cell", told["month"] >= 13])["n_tips"].sum()
    assert tips["0"].tolist() == [0.0, tips["0", True]]
    assert tips["0", True] > 5
    assert tips["1"].tolist() == [0.0, 0.0]
    assert told["tipped"].max() > 0.0
    # its lever is set like any other, and more of it finds more
    some = run(scenario, **SOME)
    found = [world.series(counts=True)["n_tips"].sum() for world in (none, some)]
    assert found[1] > 1.5 * found[0]


def test_at_off_it_changes_no_bit_and_it_belongs_to_its_own_worlds_only(scenario, make):
    with_it = run(scenario, 12)
    without = sim.World("village", **BUSY).run_to(12)
    row_of_levers = ("debtors.treatment", "claims.treatment", "courts.treatment")
    tables = ("debtors", "claims", "creditors", "courts")
    assert make.differing(with_it, without, tables=tables, but=row_of_levers) == []
    found = ["tipping" in [phase.__name__ for phase in w.calendar] for w in (with_it, without)]
    assert found == [True, False]
    with pytest.raises(sim.ServandaError, match="extensions: "):
        sim.load(written(scenario.parent, CODE + "# not yet read\n"))  # not run unless allowed


def test_a_column_moves_with_its_rows_and_newcomers_begin_at_nought(scenario):
    world = run(scenario, 12, **SOME)
    column = world.simulation.column("claims", "tips")
    assert len(column) == len(world.simulation.claims)
    kept = dict(zip(world.simulation.claims.rows["id"].tolist(), column.tolist(), strict=True))
    assert sum(kept.values()) > 0
    world.step()
    ids, now = world.simulation.claims.rows["id"], world.simulation.column("claims", "tips")
    assert all(now[i] >= kept.get(int(ids[i]), 0) for i in range(len(ids)))
    assert set(now[~np.isin(ids, list(kept))].tolist()) <= {0, 1}


def test_a_world_with_it_can_be_pickled_in_the_middle_of_a_month(scenario, make):
    world = sim.World(load(scenario, overrides=BUSY | SOME)).run_to(6, before="tipping")
    copy = pickle.loads(pickle.dumps(world))
    assert copy.phase == "tipping"
    assert make.differing(world.run_to(12), copy.run_to(12)) == []


def test_a_runs_identity_knows_its_text_and_not_its_place(scenario, tmp_path):
    before = sim.World(load(scenario)).identity
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert sim.World(load(written(elsewhere))).identity == before
    assert sim.World(load(written(elsewhere, CODE + "\n# another\n"))).identity != before


def test_runs_before_and_after_an_edit_of_it_share_no_burn_in(scenario, tmp_path):
    before, same = beginning(load(scenario)), beginning(load(scenario))
    written(tmp_path, CODE + "\n# another word\n")
    assert before == same != beginning(load(scenario))


def test_a_movement_of_its_own_is_in_the_books_and_money_from_nothing_stops_the_run(tmp_path):
    own = 'paid = model.flow("bounties", Account.CREDITORS, Account.OUTSIDE)\n    '
    code = CODE.replace("tips = model.count", f"{own}tips = model.count")
    code = code.replace("Flow.APPLICATION", "paid")
    code = code.replace("accounts import Flow", "accounts import Account")
    books = run(written(tmp_path, code), 12, **SOME).measured.books()
    assert books["bounties"].sum() > 0.0
    free = CODE.replace("world.book(Flow.APPLICATION, fee)", "pass")
    with pytest.raises(sim.ServandaError, match="money appeared or vanished"):
        run(written(tmp_path, free), 12, **SOME)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("import numpy", "import numpyy", "cannot be run: ModuleNotFoundError"),
        ('"bounty.share",', '"share",', "a lever's path is a group and a name"),
        ('"claims", "tips"', '"claim", "tips"', "there is no such table; the tables are debtors"),
    ],
)
def test_what_is_wrong_with_the_file_is_refused_at_the_line_that_names_it(tmp_path, old, new, said):
    with pytest.raises(sim.ServandaError) as caught:
        load(written(tmp_path, CODE.replace(old, new)))
    first = str(caught.value).splitlines()[0]
    assert f"{tmp_path / 'bounty.toml'}:4: extensions: " in first
    assert said in first


def test_a_file_or_a_phase_that_is_not_there_is_named(scenario, tmp_path):
    written(tmp_path, CODE.replace('after="trace"', 'after="tracing"'))
    with pytest.raises(sim.ServandaError, match="no phase 'tracing' in the month"):
        run(scenario, 1)
    (tmp_path / "bounty.py").unlink()
    with pytest.raises(sim.ServandaError, match=r"bounty.toml:4: extensions: .*bounty.py"):
        load(scenario)


def test_a_value_of_its_lever_is_checked_and_its_indicator_takes_no_name_of_results(scenario):
    scenario.write_text(f"{TOML}\n[levers.bounty]\nshare = 2\n", encoding="utf-8")
    line = len(TOML.splitlines()) + 3
    with pytest.raises(sim.ServandaError, match=rf":{line}: levers\.bounty\.share: 2 is out of"):
        load(scenario)
    written(scenario.parent, CODE.replace('name="tipped"', 'name="recovery"'))
    experiment = {"format": 1, "title": "T", "base": str(scenario)}
    with pytest.raises(sim.ServandaError, match="names an indicator 'recovery', but results"):
        load_experiment(experiment, allow_code=True)
