"""Claims about what Python shows of worlds, scenarios and results, and how it refuses names."""

import json
import pydoc

import pytest

import sim
from sim import ServandaError
from sim.runs.results import Results
from sim.shown import About
from sim.terms import Kind, Option

TINY = {"population.size": 40, "run.burn_in": 1, "run.months": 2}


@pytest.fixture(scope="module")
def world(make):
    return sim.World(
        {"extends": "village", "title": "<A & B>"}, execution=make.plain, **TINY
    ).run_to(1)


class Told:
    """A folder that says only what it is."""

    def manifest(self):
        factors = [{"path": "run.seed"}]
        return {"title": "<A & B>", "design": {"kind": "grid"}, "factors": factors, "runs": 1200}


@pytest.fixture(params=["world", "scenario", "results"])
def shown(request, world):
    return {"world": world, "scenario": world.setup, "results": Results(Told())}[request.param]


def test_an_object_shows_itself_in_a_few_lines_and_names_what_it_has(shown):
    lines = repr(shown).splitlines()
    assert 4 <= len(lines) <= 9
    assert max(map(len, lines)) <= 120
    assert lines[0] == f"{type(shown).__name__} '<A & B>'"
    assert str(shown) == repr(shown)
    names = lines[-1].split("look at")[1].replace("(SQL)", "").replace("()", "").split(",")
    assert names
    assert {name.strip(" .") for name in names} <= set(dir(shown))


def test_a_notebook_gets_a_table_in_which_nothing_acts(shown):
    html = shown._repr_html_()
    assert "<table>" in html
    assert "&lt;A &amp; B&gt;" in html
    assert "<A" not in html


def test_a_world_says_where_it_stands_and_a_set_how_many_it_holds(world):
    assert "1 of 2; earning comes next" in repr(world)
    assert "40 in 2 districts" in repr(world)
    assert repr(world.debtors).startswith("<40 debtors: .select(…)")


def test_a_fact_without_a_text_is_left_out():
    about = About("World", "W", (("policies", ""), ("seed", "1")), (".run()",))
    assert about.text() == "World 'W'\n  seed     1\n  look at  .run()"


def test_the_public_names_are_seen_before_they_are_loaded():
    assert [name for name in dir(sim) if not name.startswith("_")] == sim.__all__
    page = pydoc.render_doc(sim, renderer=pydoc.plaintext)
    assert not [name for name in sim.__all__ if name not in page]
    assert "sim.World(" in sim.__doc__


@pytest.mark.parametrize("table", ["series", "survival", "ledgers"])
def test_an_unknown_breakdown_is_refused_with_the_known_ones(world, table):
    by = getattr(world, table)
    with pytest.raises(ServandaError, match=r"no breakdown 'kinds'; did you mean 'kind'\? there"):
        by("kinds")
    with pytest.raises(ServandaError, match="all, domain, kind, size, district"):
        by("nonsense")
    assert len(by(None)) > len(by("kind"))


def test_a_code_shows_its_word_and_stays_a_number(world):
    someone = world.debtor(0)
    kind = someone.kind
    assert [str(kind), repr(kind), f"{kind}", f"{kind:>8}"] == [*["person"] * 3, "  person"]
    assert kind == Kind.PERSON == 0
    assert f"{kind:d}" == json.dumps(kind) == "0"
    assert someone.option in set(Option)


@pytest.mark.parametrize(
    "ask",
    [
        lambda world: world.debtor(0).incme,
        lambda world: world.debtors.get("incme"),
        lambda world: world.debtors.select("incme"),
        lambda world: world.debtors.agg("incme", max),
    ],
)
def test_an_unknown_field_is_refused_with_the_nearest(world, ask):
    with pytest.raises(AttributeError, match="a debtor has no field 'incme'; did you mean 'inc"):
        ask(world)
