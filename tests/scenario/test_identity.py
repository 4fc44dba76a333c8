"""Claims about identity: what makes two runs the same, and what does not."""

import json
from typing import Any

import pytest

from sim.levers.catalogue import catalogue
from sim.scenario.identity import Seedless, canonical, identity, record_key, world_of
from sim.scenario.reading.file import load
from sim.scenario.scenario import Scenario
from sim.world import World, identity_of

POLICY = "[[policies]]\nname = 'p'\nset = { sanctions.fine_rate = 0.1 }\n"
WORLD = {
    "kinds": {"person": {"share": 1.0}},
    "policies": [{"name": "p", "add": {"sanctions.fine_rate": 0.1}}],
}
PLAIN = load(WORLD)


def of(scenario: Scenario, **other) -> str:
    given: dict[str, Any] = {"months": 72, "seed": 1, "code": "c"} | other
    return identity(scenario, **given)


@pytest.mark.parametrize(
    "text",
    [
        POLICY + "# a comment\n",
        POLICY + "title = 'x'\nauthor = 'y'\nreference = 'z'\n",
        POLICY + "[choice]\nnoise = 0.13\n",
        POLICY + "[run]\nmonths = 5\nseed = 9\n",
    ],
)
def test_what_moves_no_number_changes_no_identity(write, text: str) -> None:
    assert of(load(write(text))) == of(load(write(POLICY)))


@pytest.mark.parametrize(
    "text",
    [
        POLICY + "start = 2\n",
        POLICY.replace("0.1", "0.11"),
        POLICY + "[choice]\nnoise = 0.13000000000000003\n",
        POLICY + "[run]\nburn_in = 5\n",
        "",
    ],
)
def test_what_moves_a_number_changes_the_identity(write, text: str) -> None:
    assert of(load(write(text))) != of(load(write(POLICY)))


def test_length_seed_and_code_are_part_of_it_and_replicates_share_all_but_the_seed() -> None:
    others: list[dict[str, Any]] = [{}, {"months": 71}, {"seed": 2}, {"code": "d"}]
    assert len({of(PLAIN, **other) for other in others}) == 4
    point = Seedless(PLAIN, 72, "c")
    assert [point.identity(seed) for seed in (1, 2)] == [of(PLAIN, seed=s) for s in (1, 2)]


def test_what_is_kept_is_part_of_a_records_key_and_not_of_the_identity() -> None:
    one, other = (record_key(of(PLAIN), kept) for kept in (("a", "b"), ("a",)))
    assert one != other
    assert world_of(one) == world_of(other) == of(PLAIN)
    assert record_key(of(PLAIN), ("b", "a", "b")) == one
    small = {"population.size": 50, "run.months": 1, "run.burn_in": 0}
    bare = World("village", **small)
    assert bare.identity == World("village", events=True, panel=5, **small).identity
    assert bare.identity == identity_of(load("village", overrides=small))


def test_a_world_comes_back_from_its_canonical_text() -> None:
    change = {"choice.behaviour": "prospect", "policies.p.kinds": ["firm"], "policies.p.end": 9}
    change |= {entry.path: entry.lever.high for entry in catalogue()}
    change |= {"kinds.person.income": 100 / 3, "title": "é\u3000“", "run.seed": 2**53}
    world = load(WORLD, overrides=change)
    again = load(json.loads(canonical(world)))
    assert again == world
    assert canonical(again) == canonical(world)
    assert canonical({"b": 0.1, "a": [1, True, None, "é"]}) == '{"a":[1,true,null,"é"],"b":0.1}'
