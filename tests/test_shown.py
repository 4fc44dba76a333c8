"""Claims about what Python shows of worlds, scenarios and results, and how it refuses names."""

import json

import pytest

import sim
from sim import ServandaError
from sim.runs.results import Results
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
    html = shown._repr_html_()  # in which nothing acts
    assert "&lt;A &amp; B&gt;" in html
    assert "<A" not in html


def test_a_world_says_where_it_stands_and_a_set_how_many_it_holds(world):
    assert "1 of 2; earning comes next" in repr(world)
    assert repr(world.debtors).startswith("<40 debtors: .select(…)")


def test_unknown_breakdowns_and_fields_are_refused_with_the_nearest(world):
    for by in (world.series, world.survival, world.ledgers):
        with pytest.raises(ServandaError, match=r"no breakdown 'kinds'; did you mean 'kind'\?"):
            by("kinds")
    for look in (lambda: world.debtor(0).incme, lambda: world.debtors.get("incme")):
        with pytest.raises(AttributeError, match="a debtor has no field 'incme'; did you mean"):
            look()


def test_a_code_shows_its_word_and_stays_a_number(world):
    someone = world.debtor(0)
    kind = someone.kind
    assert [str(kind), repr(kind), f"{kind}", f"{kind:>8}"] == [*["person"] * 3, "  person"]
    assert kind == Kind.PERSON == 0
    assert f"{kind:d}" == json.dumps(kind) == "0"
    assert someone.option in set(Option)
