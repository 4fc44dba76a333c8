"""Claims about ``servanda explain``."""

import pytest

from sim import World

WHERE = ("explain", "village", "--month", 6, "--debtors", 2000)
CONNECTED = ("--set", "institutions.client_share=1", "--set", "institutions.connected_firms=1")
ON = ("institutions.inspection_cost=500", "rule_of_law.supervision=0.3")
ON += ("special.private_prosecution=0.5", "institutions.strip_share=0.2")
ON += ("rule_of_law.avoidance=0.3", "rule_of_law.added_parties=0.2", "kinds.firm.share=0.45")
ON += ("kinds.person.share=0.35", "kinds.public_body.share=0.2", "special.public_bodies=0.5")
ON += ("obligations.intensity=4", "domains.public_debt.public_body=10")


def test_an_explanation_shows_the_ledger_and_the_levers(shown, told):
    said = shown(*WHERE, "--seed", 1)
    for part in ("net: costs less gain", "It can pay but will not", "It did:", "sanctions.fine_"):
        assert part in said
    found = told(*WHERE)
    assert found["decision"] == found["outcome"]
    assert found["ability"] in {"income_only", "illiquid", "liquid"}
    assert found["outcome"] in {"stall", "conceal", "resist"}
    nets = found["weighing"]["nets"]
    assert found["weighing"]["net"] == min(nets.values())
    row = said[said.index("net: costs less gain") :].split()[4 : 4 + len(nets)]
    assert row == [f"{net:,.{0 if abs(net) >= 100 else 2}f}" for net in nets.values()]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("--month 0", "month 0: there is no such month in this scenario; months 1 to 60"),
        ("--month 61", "month 61: there is no such month"),
        ("--debtor 1000000000", "debtor 1000000000: there is no such debtor in month 6; ids go"),
        ("--debtor 255", "debtor 255: there is no such debtor in month 6; debtor "),
        ("--actor king", "actor king: there is no such actor; choose one of officer, bank"),
        ("--actor officer --id 2", "officer 2: there is none with this id; ids go from 0 to 1"),
        ("--actor controller --id 255", "controller 255: there is none with this id; "),
    ],
)
def test_what_cannot_be_explained_is_refused_in_one_line(refused, more, why):
    assert refused(*WHERE, *more.split()).startswith(why)


def test_a_debtor_without_debt_has_nothing_to_choose(shown):
    world = World({"extends": "village", "population": {"size": 2000}}).run_to(6, before="choice")
    row = next(i for i in range(2000) if i not in set(world.simulation.owned.owners))
    said = shown(*WHERE, "--debtor", world.simulation.debtors.rows["id"][row])
    assert "owes nothing that can be enforced" in said


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
def test_other_actors_have_ledgers_too(shown, told, actor, term):
    words = (*WHERE, "--actor", actor, *CONNECTED)
    said = shown(*words)
    assert term in said
    assert "net: gain less costs" in said
    for act in told(*words)["acts"]:
        gain, *costs = act["terms"].values()
        assert act["net"] == pytest.approx(gain - sum(costs))
        assert 0.0 <= act["chance"] <= 1.0


@pytest.mark.parametrize(
    ("actor", "terms"),
    [
        ("supervisor", ("gain: failings that supervision answers for", "the inspection")),
        ("private_prosecutor", ("gain: money hoped for after", "gathering evidence")),
        ("public_body", ("gain: standing in the evaluation", "budget given up")),
        ("controller", ("gain: money taken out", "returned by actio pauliana", "own money, as")),
    ],
)
def test_those_whose_mechanism_is_on_have_ledgers(shown, actor, terms):
    more = [part for spec in ON for part in ("--set", spec)]
    said = shown("explain", "village", "--month", 6, "--debtors", 3000, "--actor", actor, *more)
    for part in (actor.replace("_", " ").capitalize(), *terms, "It does so with probability"):
        assert part in said


@pytest.mark.parametrize(
    "actor",
    ["supervisor", "private_prosecutor", "controller", "bank --id 2"],  # cash has no bank
)
def test_an_actor_whose_mechanism_is_off_has_nothing_to_weigh(shown, actor):
    assert "nothing to weigh" in shown(*WHERE, "--actor", *actor.split())
