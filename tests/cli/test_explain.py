"""Claims about ``servanda explain``."""

import pytest

WHERE = ("explain", "village", "--month", 6, "--debtors", 2000)
CONNECTED = ("--set", "institutions.client_share=1", "--set", "institutions.connected_firms=1")
ON = ("institutions.inspection_cost=500", "rule_of_law.supervision=0.3")
ON += ("special.private_prosecution=0.5", "institutions.strip_share=0.2")
ON += ("rule_of_law.avoidance=0.3", "rule_of_law.added_parties=0.2", "kinds.firm.share=0.45")
ON += ("kinds.person.share=0.35", "kinds.public_body.share=0.2", "special.public_bodies=0.5")
ON += ("obligations.intensity=4", "domains.public_debt.public_body=10")


def test_an_explanation_shows_the_ledger_and_the_levers(shown, told):
    said = shown(*WHERE, "--seed", 1)
    assert "net: costs less gain" in said
    assert "comprehensive.list_rate" in said
    found = told(*WHERE)
    assert found["decision"] == found["outcome"]
    assert found["outcome"] in {"stall", "conceal", "resist"}
    nets = found["weighing"]["nets"]
    assert found["weighing"]["net"] == min(nets.values())


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("--month 0", "month 0: there is no such month in this scenario; months 1 to 60"),
        ("--debtor 255", "debtor 255: there is no such debtor in month 6; debtor "),
        ("--actor king", "actor king: there is no such actor; choose one of officer, bank"),
        ("--actor officer --id 2", "officer 2: there is none with this id; ids go from 0 to 1"),
    ],
)
def test_what_cannot_be_explained_is_refused_in_one_line(refused, more, why):
    assert refused(*WHERE, *more.split()).startswith(why)


@pytest.mark.parametrize(
    ("actor", "term"),
    [
        ("bank", "gain: the client kept"),
        ("prosecutor", "gain: a conviction"),
        ("creditor", "gain: money hoped for"),
    ],
)
def test_other_actors_have_ledgers_too(shown, told, actor, term):
    words = (*WHERE, "--actor", actor, *CONNECTED)
    assert term in shown(*words)
    for act in told(*words)["acts"]:
        gain, *costs = act["terms"].values()
        assert act["net"] == pytest.approx(gain - sum(costs))
        assert 0.0 <= act["chance"] <= 1.0


@pytest.mark.parametrize(
    ("actor", "term"),
    [
        ("supervisor", "gain: failings that the supervisor would answer for"),
        ("private_prosecutor", "gathering evidence"),
        ("public_body", "gain: a better evaluation"),
        ("controller", "part recovered by actio pauliana"),
    ],
)
def test_those_whose_mechanism_is_on_have_ledgers(shown, actor, term):
    more = [part for spec in ON for part in ("--set", spec)]
    said = shown("explain", "village", "--month", 6, "--debtors", 3000, "--actor", actor, *more)
    assert term in said
    assert "It does so with probability" in said


def test_an_explanation_is_in_the_money_of_its_scenario(shown):
    usual = shown(*WHERE, "--seed", 1)
    pounds = shown(*WHERE, "--seed", 1, "--set", "currency=pound")
    assert "yuan" in usual
    assert "yuan" not in pounds
    again = pounds.replace("pounds", "yuan").replace("pound", "yuan")
    assert sorted(again.replace("─", "").split()) == sorted(usual.replace("─", "").split())
