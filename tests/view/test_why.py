"""Claims about why an actor decides as it does, as data for a page."""

import json
import pickle

import numpy as np
import pytest

from sim import World
from sim.agents.debtor.belief import PAID_UP, PUNISHED
from sim.agents.debtor.norm import DISHONEST
from sim.agents.debtor.weigh import Ledger
from sim.errors import ServandaError
from sim.terms import Option, Stage, label
from sim.view.why.debtor import COMES_FROM
from sim.view.why.why import whom, why

MONTH = 12


@pytest.fixture(scope="module")
def stopped():
    """A world just before its debtors choose, with all records of debtors, pickled."""
    setup = {"run.seed": 1, "population.size": 2000}
    world = World("china_2016", events=True, choices=True, panel=2000, **setup)
    return pickle.dumps(world.run_to(MONTH, before="choice"))


@pytest.fixture
def world(stopped):
    return pickle.loads(stopped)


@pytest.fixture(scope="module")
def offered(stopped):
    return whom(pickle.loads(stopped))


def test_debtors_offered_are_what_their_group_says_and_do_what_is_said_of_them(world, offered):
    assert offered["month"] == MONTH
    groups = offered["debtors"]
    assert all(groups.values())
    table = world.simulation.debtors.rows.copy()
    rows = {one["who"]: int(one["who"].split()[1]) >> 8 for g in groups.values() for one in g}
    assert all(table["on_list"][rows[one["who"]]] for one in groups["listed"])
    dues = [one["due"] for one in groups["largest_debt"]]
    assert dues == sorted(dues, reverse=True)
    world.run_to(MONTH, before="queueing")
    done = world.simulation.debtors.rows["option"]
    for group in groups.values():
        for one in group:
            assert one["decision"] == label(Option(done[rows[one["who"]]]))
    assert {one["decision"] for one in groups["evading"]} <= {"stall", "conceal", "resist"}
    assert {one["decision"] for one in groups["unable"]} <= {"unable", "bankrupt"}
    assert {one["decision"] for one in groups["barely_paying"]} == {"pay"}


def test_of_those_who_pay_those_with_the_smallest_margin_are_offered_first(world, offered):
    paying = offered["debtors"]["barely_paying"]
    margins = [why(world, one["who"], pair=False)["weighing"]["net"] for one in paying]
    assert margins == sorted(margins)
    assert margins[0] >= 0.0


def test_asking_does_not_move_the_world_and_everything_can_be_written_as_json(world, offered):
    before = world.simulation.debtors.rows.tobytes()
    kinds = {one["kind"]: one["who"] for one in offered["institutions"]}
    assert set(kinds) == {"court", "bank", "government", "prosecutor", "supervisor"}
    everyone = [group[0]["who"] for group in offered["debtors"].values()]
    for who in (*everyone, *kinds.values(), "officer 0"):
        said = why(world, who)
        assert said["month"] == MONTH
        assert json.loads(json.dumps(said, allow_nan=False)) == said
    assert (world.month, world.phase) == (MONTH - 1, "choice")
    assert world.simulation.debtors.rows.tobytes() == before


def test_the_terms_are_the_ledger_and_net_and_taste_together_are_the_decision(world, offered):
    for group in ("evading", "barely_paying"):
        on = why(world, offered["debtors"][group][0]["who"])["weighing"]
        assert sum(term["yuan"] for term in on["terms"]) == pytest.approx(on["cost"])
        assert on["net"] == pytest.approx(on["cost"] - on["honest_cost"])
        assert on["honest"] == (on["net"] + on["pull"] >= 0.0)
        assert next(t["yuan"] for t in on["terms"] if t["term"] == "gain") < 0.0


def test_every_term_of_a_ledger_comes_from_someone():
    assert set(COMES_FROM) == set(Ledger._fields)


def test_a_debtor_who_cannot_pay_weighs_nothing_and_nothing_would_change_its_mind(world, offered):
    said = why(world, offered["debtors"]["unable"][0]["who"])
    assert said["ability"] == "empty"
    assert said["weighing"] is said["flips"] is said["risk"]["perceived"] is None


def test_neighbours_are_those_it_sees_with_what_it_saw_of_them(world, offered):
    who = offered["debtors"]["evading"][0]["who"]
    simulation = world.simulation
    others = simulation.neighbours[int(who.split()[1]) >> 8]
    others = others[others >= 0]
    simulation.signals[others] = 0
    simulation.signals[others[0]] = PAID_UP | PUNISHED
    simulation.debtors.rows["standing"][others[0]] = DISHONEST
    simulation.debtors.rows["standing_since"][others[0]] = MONTH - 1
    first, *rest = why(world, who, pair=False)["neighbours"]
    assert [one["who"] for one in (first, *rest)] == [
        f"debtor {simulation.debtors.rows['id'][other]}" for other in others
    ]
    assert (first["seen"], first["standing"]) == (["paid", "punished"], "dishonest")
    assert all(one["seen"] == [] for one in rest)


def test_true_risk_is_what_happened_in_the_district_in_twelve_months(world, offered):
    who = offered["debtors"]["evading"][0]["who"]
    said = why(world, who, pair=False)
    court = world.simulation.courts.rows[said["who"]["district"]]
    exposed = court["exposed_year"].sum()
    assert exposed > 0.0
    assert said["risk"]["true"]["recovery"] == pytest.approx(
        court["recovered_year"].sum() / exposed
    )
    punished = sum(court[f"{name}_year"].sum() for name in ("fined", "detained", "imprisoned"))
    assert said["risk"]["true"]["personal"] == pytest.approx(punished / exposed)
    assert 0.0 < said["risk"]["perceived"]["recovery"] < 1.0


def test_history_is_what_the_world_has_recorded_and_none_if_it_records_nothing(world, offered):
    who = offered["debtors"]["evading"][0]["who"]
    identity = int(who.split()[1])
    past = why(world, who, pair=False)["history"]
    panel = world.panel.frame()
    months = panel.loc[panel["debtor"] == identity]
    assert [one["month"] for one in past["months"]] == months["month"].tolist()
    assert [one["option"] for one in past["months"]] == months["option"].astype(str).tolist()
    chosen = world.choices()
    assert len(past["choices"]) == (chosen["debtor"] == identity).sum()
    steps = world.transitions.frame()
    steps = steps.loc[steps["debtor"] == identity]
    assert [one["stage"] for one in past["claims"]] == steps["stage"].astype(str).tolist()
    assert isinstance(past["claims"][0]["claim"], str)  # too long for a browser's numbers
    world.panel = world.transitions = world.observed.choices = None
    bare = why(world, who, pair=False)["history"]
    assert bare == {"choices": None, "claims": None, "months": None}


def test_a_court_shows_its_docket_by_age_and_what_its_officers_weigh(world):
    said = why(world, "court 1")
    at = pickle.loads(pickle.dumps(world)).run_to(MONTH, before="trace")
    claims = at.simulation.claims.rows
    stages = [Stage.QUEUED, Stage.TRACED, Stage.SEIZED, Stage.OBJECTED, Stage.SOLD]
    ages = claims["docket"][(claims["district"] == 1) & np.isin(claims["stage"], stages)]
    assert sum(part["cases"] for part in said["docket"]) == len(ages) > 0
    assert said["docket"][0]["cases"] == (ages < 3).sum()
    assert "leave hours unworked" in {act["what"] for act in said["acts"]}
    for act in said["acts"]:
        assert act["net"] == pytest.approx(sum(term["yuan"] for term in act["terms"]))


@pytest.mark.parametrize(
    ("who", "month", "why_not"),
    [
        ("king 1", None, "who 'king 1': is not the name of an actor; give a kind and an id"),
        ("debtor", None, "who 'debtor': is not the name of an actor"),
        ("debtor 255", None, "debtor 255: there is no such debtor in month 12"),
        ("debtor 256", 3, "month 3: its phase choice is past: the world is in month 12"),
        ("debtor 256", 999, "month 999: there is no such month"),
    ],
)
def test_what_cannot_be_asked_is_refused(world, who, month, why_not):
    with pytest.raises(ServandaError) as refused:
        why(world, who, month)
    assert str(refused.value).startswith(why_not)


def test_a_world_past_the_choice_is_asked_about_the_next_month(world):
    world.run_to(MONTH, before="trace")
    assert whom(world)["month"] == MONTH + 1
    assert why(world, "court 0")["month"] == MONTH
