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


def test_it_shows_itself_in_a_few_lines(shown):
    lines = repr(shown).splitlines()
    assert 4 <= len(lines) <= 9
    assert max(map(len, lines)) <= 120
    assert lines[0] == f"{type(shown).__name__} '<A & B>'"
    assert str(shown) == repr(shown)


def test_a_notebook_gets_a_table_in_which_nothing_acts(shown):
    html = shown._repr_html_()
    assert "<table>" in html
    assert "&lt;A &amp; B&gt;" in html
    assert "<A" not in html


def test_what_it_can_be_asked_is_there(shown):
    *_, last = repr(shown).splitlines()
    names = last.split("look at")[1].replace("(SQL)", "").replace("()", "").split(",")
    assert names
    there = set(dir(shown))
    assert {name.strip(" .") for name in names} <= there


def test_a_world_says_where_it_stands(world):
    assert "1 of 2; earning comes next" in repr(world)
    assert "40 in 2 districts" in repr(world)


def test_a_fact_without_a_text_is_left_out():
    assert About("World", "W", (("policies", ""), ("seed", "1")), (".run()",)).text() == (
        "World 'W'\n  seed     1\n  look at  .run()"
    )


def test_the_public_names_are_seen_before_they_are_loaded():
    assert [name for name in dir(sim) if not name.startswith("_")] == sim.__all__
    told = pydoc.render_doc(sim, renderer=pydoc.plaintext)
    assert not [name for name in sim.__all__ if name not in told]
    assert "sim.World(" in sim.__doc__


@pytest.mark.parametrize("table", ["series", "survival", "ledgers"])
def test_a_breakdown_that_there_is_not_is_refused_with_those_there_are(world, table):
    with pytest.raises(ServandaError, match=r"no breakdown 'kinds'; did you mean 'kind'\? there"):
        getattr(world, table)("kinds")
    with pytest.raises(ServandaError, match="all, domain, kind, size, district"):
        getattr(world, table)("nonsense")
    assert len(getattr(world, table)(None)) > len(getattr(world, table)("kind"))


def test_a_code_shows_its_word_and_stays_a_number(world):
    someone = world.debtor(0)
    kind = someone.kind
    assert (str(kind), repr(kind), f"{kind}", f"{kind:>8}") == (
        "person",
        "person",
        "person",
        "  person",
    )
    assert kind == Kind.PERSON == 0
    assert f"{kind:d}" == json.dumps(kind) == "0"
    assert someone.option in set(Option)


def test_a_field_that_there_is_not_is_refused_with_the_nearest(world):
    for ask in (
        lambda: world.debtor(0).incme,
        lambda: world.debtors.get("incme"),
        lambda: world.debtors.select("incme"),
        lambda: world.debtors.agg("incme", max),
    ):
        with pytest.raises(
            AttributeError, match="a debtor has no field 'incme'; did you mean 'inc"
        ):
            ask()


def test_a_set_says_how_many_of_what(world):
    assert repr(world.debtors).startswith("<40 debtors: .select(…)")
