"""Claims about "Try it": it brings about the value that Why promises, or it is not offered."""

import shlex
from dataclasses import replace

import pytest

import sim
from sim import World
from sim.view.setting.setting import changed, command, from_link, scenario, toml, yours
from sim.view.setting.worlds import known as found
from sim.view.why.attempt import MOVED_BY_POLICY, SET_BY_POLICY, attempt
from sim.view.why.why import whom, why
from tests.view.test_setting import run_as_parsed

MONTH, INTEREST = 12, "sanctions.late_interest"
HEAD = 'format = 1\ntitle = "Campaign"\nextends = "china_2016"\n'
SCALES = """
[[policies]]
name = "campaign"
start = 6
ramp = 11
scale = { "comprehensive.officers" = 2.0, "sanctions.late_interest" = 1.5 }

[[policies]]
name = "more"
add = { "sanctions.late_interest" = 0.001 }
"""
SETS = """
[[policies]]
name = "campaign"
start = 20
end = 24
set = { "comprehensive.officers" = 1.5, "sanctions.late_interest" = 0.01 }
"""


def opened(tmp_path, policies, query=""):
    """What can be chosen, and the setting of a link to a world with these policies."""
    path = tmp_path / "campaign.toml"
    path.write_text(HEAD + policies, encoding="utf-8")
    known = found(str(path))
    return known, from_link(f"world=campaign&debtors=600&months=24&month={MONTH}{query}", known)[0]


def tries(setting, known):
    """Every lever that would change the mind of one who could pay, each with what it says."""
    world = World(scenario(setting, known), events=True).run_to(MONTH, before="choice")
    mine = (yours(setting, known) or {}).get("name", "")
    for one in whom(world)["debtors"]["evading"]:
        if flips := why(world, one["who"], pair=False, mine=mine)["flips"]:
            yield from flips["alone"]


def named(path, setting, known):
    """The first of these for a lever."""
    return next(one for one in tries(setting, known) if one["lever"] == path)


def in_force(tree, path):
    """The values of a lever in force in the month; the first row of the table is read by nobody."""
    mode, name = path.split(".")
    world = World(tree).run_to(MONTH, before="choice")
    return world.simulation.levers[mode][name][1:]


@pytest.mark.parametrize("query", ["", "&sanctions.late_interest=0.004&comprehensive.officers=0.9"])
def test_a_lever_that_policies_scale_is_set_so_that_they_make_it_what_was_promised(tmp_path, query):
    known, setting = opened(tmp_path, SCALES, query)
    one = named(INTEREST, setting, known)
    assert one["set"] != one["at"]
    now, said = changed(setting, {INTEREST: str(one["set"])}, known)
    assert said == []
    assert in_force(scenario(now, known), INTEREST) == pytest.approx(one["at"], rel=1e-9)
    # the link, the file and the command are those of the same world
    file = tmp_path / "tried.toml"
    file.write_text(toml(now, known), encoding="utf-8")
    asked = run_as_parsed(shlex.split(command(now, known))[2:])
    assert sim.load(file).policies == asked.policies == sim.load(scenario(now, known)).policies


def test_a_lever_that_a_policy_sets_is_not_offered_because_the_page_could_not_set_it(tmp_path):
    known, setting = opened(tmp_path, SETS)
    interest = named(INTEREST, setting, known)
    assert (interest["set"], interest["excluded"]) == (None, SET_BY_POLICY)
    now = replace(setting, levers={INTEREST: interest["at"]})
    with pytest.raises(sim.ServandaError, match="sets this lever too"):
        sim.load(scenario(now, known))
    off = replace(setting, off=frozenset({"campaign"}))
    one = named(INTEREST, off, known)  # and what no policy touches is set as it is
    assert one["set"] == one["at"]


@pytest.mark.parametrize(
    "policy",
    [
        'scale = { "sanctions.fine_rate" = 0.0 }',
        'add = { "sanctions.fine_rate" = 0.9 }',
        'districts = [0]\nscale = { "sanctions.fine_rate" = 2.0 }',
        (
            'scale = { "sanctions.fine_rate" = 2.0 }\n'
            'trigger = { indicator = "backlog", on = 1e9, off = 0.0 }'
        ),
    ],
    ids=["to nothing", "beyond the range", "for some only", "by a trigger"],
)
def test_no_value_is_named_where_none_is_sure_to_be_in_force(policy):
    text = {"policies": [sim.reading.toml.parse(f'name = "p"\n{policy}', "p")]}
    small = {"population.size": 100, "run.months": 2}
    world = World({"extends": "village"} | text, **small).run_to(1, before="choice")
    rows = range(world.treatments.count)
    said = attempt(world, "sanctions.fine_rate", rows, 0.2)
    assert said == {"set": None, "excluded": MOVED_BY_POLICY}
    assert attempt(world, "sanctions.fine_rate", rows, 0.2, mine="p")["set"] == 0.2
