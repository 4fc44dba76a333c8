"""Claims about ``servanda explain``."""

import json

import pytest

WHERE = ("explain", "village", "--month", 6, "--debtors", 2000)


def test_an_explanation_shows_the_ledger_and_the_levers(call):
    done = call(*WHERE, "--seed", 1)
    assert done.exit_code == 0
    assert not done.stderr
    for part in ("net: costs less gain", "It can pay but will not", "It did:", "sanctions.fine_"):
        assert part in done.stdout


def test_json_on_stdout_is_pure(call):
    said = json.loads(call(*WHERE, "--json").stdout)
    assert said["decision"] == said["outcome"]
    assert said["ability"] in {"income_only", "illiquid", "liquid"}
    assert said["outcome"] in {"stall", "conceal", "resist"}
    assert said["weighing"]["net"] == min(said["weighing"]["nets"].values())


def test_what_cannot_be_explained_is_said_in_one_line(call):
    for more, why in [
        (("--month", 0), "month 0: there is no such month in this scenario; months 1 to 60"),
        (("--month", 61), "month 61: there is no such month"),
        (("--debtor", 10**9), "debtor 1000000000: there is no such debtor in month 6; ids go from"),
        (("--debtor", 255), "debtor 255: there is no such debtor in month 6; debtor "),
    ]:
        done = call(*WHERE, *more)
        assert done.exit_code == 2
        assert done.stderr.startswith(why)
        assert done.stderr.count("\n") == 1


def test_a_debtor_without_debt_has_nothing_to_choose(call):
    from sim import World

    world = World({"extends": "village", "population": {"size": 2000}}).run_to(6, before="choice")
    row = next(i for i in range(2000) if i not in set(world.simulation.owned.owners))
    done = call(*WHERE, "--debtor", world.simulation.debtors.rows["id"][row])
    assert done.exit_code == 0
    assert "owes nothing that can be enforced" in done.stdout.replace("\n", " ")


@pytest.mark.parametrize(
    ("actor", "term"),
    [
        ("officer", "gain: hours not worked"),
        ("bank", "gain: the client kept"),
        ("government", "gain: jobs and taxes kept"),
        ("prosecutor", "gain: a conviction"),
        ("creditor", "gain: money hoped for"),
    ],
)
def test_others_show_their_ledgers_too(call, actor, term):
    asked = (*WHERE, "--actor", actor)
    more = ("--set", "institutions.client_share=1", "--set", "institutions.connected_firms=1")
    done = call(*asked, *more)
    assert done.exit_code == 0
    assert term in done.stdout
    assert "net: gain less costs" in done.stdout
    said = json.loads(call(*asked, *more, "--json").stdout)
    for act in said["acts"]:
        gain, *costs = act["terms"].values()
        assert act["net"] == pytest.approx(gain - sum(costs))
        assert 0.0 <= act["chance"] <= 1.0


ON = ("institutions.inspection_cost=500", "rule_of_law.supervision=0.3")
ON += ("special.private_prosecution=0.5", "institutions.strip_share=0.2")
ON += ("rule_of_law.avoidance=0.3", "rule_of_law.added_parties=0.2", "kinds.firm.share=0.45")
ON += ("kinds.person.share=0.35", "kinds.public_body.share=0.2", "special.public_bodies=0.5")
ON += ("obligations.intensity=4", "domains.public_debt.public_body=10")


@pytest.mark.parametrize(
    ("actor", "terms"),
    [
        ("supervisor", ("gain: failings that supervision answers for", "the inspection")),
        ("private_prosecutor", ("gain: money hoped for after", "gathering evidence")),
        ("public_body", ("gain: standing in the evaluation", "budget given up")),
        ("controller", ("gain: money taken out", "returned by actio pauliana", "own money, as")),
    ],
)
def test_those_whose_mechanism_is_on_show_their_ledgers(call, actor, terms):
    more = [part for spec in ON for part in ("--set", spec)]
    done = call("explain", "village", "--month", 6, "--debtors", 3000, "--actor", actor, *more)
    assert done.exit_code == 0
    assert actor.replace("_", " ").capitalize() in done.stdout
    for term in terms:
        assert term in done.stdout
    assert "It does so with probability" in done.stdout


@pytest.mark.parametrize("actor", ["supervisor", "private_prosecutor", "controller"])
def test_whose_mechanism_is_off_has_nothing_to_weigh(call, actor):
    done = call(*WHERE, "--actor", actor)
    assert done.exit_code == 0
    assert "nothing to weigh" in done.stdout.replace("\n", " ")


def test_an_actor_that_there_is_not_is_refused_in_one_line(call):
    for more, why in [
        (
            ("--actor", "king"),
            "actor king: there is no such actor; choose one of officer, bank",
        ),
        (
            ("--actor", "officer", "--id", 2),
            "officer 2: there is none with this id; ids go from 0 to 1",
        ),
        (
            ("--actor", "controller", "--id", 255),
            "controller 255: there is none with this id; ",
        ),
    ]:
        done = call(*WHERE, *more)
        assert done.exit_code == 2
        assert done.stderr.startswith(why)


def test_cash_has_no_holder_who_could_stall(call):
    done = call(*WHERE, "--actor", "bank", "--id", 2)
    assert "nothing to weigh" in done.stdout.replace("\n", " ")
