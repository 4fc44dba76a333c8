"""Claims about "Try it": it brings about the value that Why promises, or it is not offered."""

import shlex
from dataclasses import replace

import pytest

import sim
from sim import World
from sim.view.server.questions import whom, why
from sim.view.setting.setting import changed, command, from_link, scenario, start, toml, yours
from sim.view.setting.worlds import known as found
from sim.view.why.attempt import MOVED_BY_POLICY, SET_BY_POLICY, attempt
from tests.view.test_setting import run_as_parsed

MONTH = 12
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
    world = scenario(setting, known)
    mine = (yours(setting, known) or {}).get("name", "")
    evading = whom(world, MONTH)["debtors"]["evading"]
    said = (why(world, MONTH, one["who"], "en", mine)["flips"] for one in evading)
    return [lever for flips in said if flips for lever in flips["alone"]]


def in_force(scenario_or_file, path, **size):
    """The values of a lever in force in the month."""
    mode, name = path.split(".")
    world = World(scenario_or_file, **size).run_to(MONTH, before="choice")
    return world.simulation.levers[mode][name]


@pytest.mark.parametrize("query", ["", "&sanctions.late_interest=0.004&comprehensive.officers=0.9"])
def test_a_lever_that_policies_scale_is_set_so_that_they_make_it_what_was_promised(tmp_path, query):
    known, setting = opened(tmp_path, SCALES, query)
    offered = {one["lever"]: one for one in tries(setting, known) if one["set"] is not None}
    path = "sanctions.late_interest"
    one = offered[path]
    assert one["set"] != one["at"]
    now, said = changed(setting, {path: str(one["set"])}, known)
    assert said == []
    assert in_force(scenario(now, known), path) == pytest.approx(one["at"], rel=1e-9)
    # the link, the file and the command are those of the same world
    file = tmp_path / "tried.toml"
    file.write_text(toml(now, known), encoding="utf-8")
    asked = run_as_parsed(shlex.split(command(now, known))[2:])
    assert sim.load(file).policies == asked.policies == sim.load(scenario(now, known)).policies
    # and what no policy touches is set as it is
    untouched = next(one for one in offered.values() if one["lever"] not in SCALES)
    assert untouched["set"] == untouched["at"]


def test_a_lever_that_a_policy_sets_is_not_offered_because_the_page_could_not_set_it(tmp_path):
    known, setting = opened(tmp_path, SETS)
    interest = next(
        one for one in tries(setting, known) if one["lever"] == "sanctions.late_interest"
    )
    assert (interest["set"], interest["excluded"]) == (None, SET_BY_POLICY)
    now = replace(setting, levers={"sanctions.late_interest": interest["at"]})
    with pytest.raises(sim.ServandaError, match="sets this lever too"):
        sim.load(scenario(now, known))
    off = replace(setting, off=frozenset({"campaign"}))
    assert all(one["excluded"] is None for one in tries(off, known))


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


def test_the_first_world_is_tried_as_it_is():
    known = found()
    setting = replace(start(known), debtors=600, months=24, month=MONTH)
    assert all(one["set"] == one["at"] for one in tries(setting, known))
