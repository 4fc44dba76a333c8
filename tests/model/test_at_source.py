"""Claims about governance at the source, on against off under common draws."""

import pytest

from tests.model.worlds import Worlds

SMALL = {
    "population.size": 2000,
    "run.burn_in": 24,
    "run.months": 36,
    "obligations.intensity": 3.0,
    "comprehensive.officers": 0.4,
}
UNHELD = {"at_source.preservation": 0.0}
HELD = {"at_source.preservation": 1.0, "at_source.risk_notice": 1.0, "pursuit.leads": 1.0}
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def worlds(make):
    return Worlds(make, SMALL)


def of_lenders(name, value):
    return {f"lenders.{kind}.{name}": value for kind in ("bank", "trade", "private")}


@pytest.mark.parametrize("seed", SEEDS)
def test_preservation_stops_dissipation_and_more_judgments_are_performed(worlds, seed):
    moving = {"pursuit.dissipate_pending": 0.1, "procedure.dissipation": 0.0}
    held, unheld = (worlds(moving | paths, seed=seed) for paths in (HELD, UNHELD))
    assert held.yuan["dissipation"] < unheld.yuan["dissipation"]
    # by number: in yuan a few very large claims decide
    held, unheld = (worlds(paths, seed=seed) for paths in (HELD, UNHELD))
    assert held.ratio("grace_paid", "grace_left") > unheld.ratio("grace_paid", "grace_left")


def test_dear_security_keeps_creditors_from_asking_and_a_guarantee_brings_them_back(worlds):
    dear = HELD | of_lenders("capital_cost", 0.05)
    asked = [
        worlds(
            dear
            | {
                "at_source.preservation_security": security,
                "at_source.preservation_guarantee": guarantee,
            }
        ).n["preservations_asked"]
        for security, guarantee in ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0))
    ]
    assert asked[1] < asked[2] <= asked[0]


DARK = {
    f"collaborative.trace_{name}": 0.0
    for name in ("bank", "online", "cash", "realty", "vehicles", "securities")
}
ONLY_WITH = {
    "at_source.preservation_link": (HELD | {"pursuit.leads": 0.0}, "preservations", 1.0),
    "at_source.ex_officio": ({"procedure.apply": 0.0}, "entered", 1.0),
    "collaborative.investigation_order": (DARK, "traces_hit", 1.0),
    "pursuit.ambiguous": ({"at_source.clarity": 0.0}, "unclear", 0.3),
}


@pytest.mark.parametrize("path", ONLY_WITH)
def test_what_a_measure_brings_is_not_there_without_it(worlds, path):
    common, what, value = ONLY_WITH[path]
    without, with_it = worlds.each(path, 0.0, value, common=common)
    assert without.n[what] == 0.0 < with_it.n[what]


def test_clear_judgments_return_to_no_trial_court(worlds):
    unclear = {"pursuit.ambiguous": 0.3, "at_source.clarity": 1.0}
    assert worlds(unclear).n["unclear"] == 0.0


def test_mediation_keeps_suits_out_of_the_docket_and_preserved_ones_settle_more_often(worlds):
    for seed in SEEDS:
        without, mediated = worlds.each("at_source.mediation", 0.0, 1.0, seed=seed)
        assert mediated.ratio("entered", "filed") < without.ratio("entered", "filed")
    # an outcome of the ledgers: no chance of settling is put in
    found = worlds(HELD | {"at_source.mediation": 1.0}).n
    others = (found["mediated"] - found["settled_preserved"]) / (
        found["filed"] - found["preservations"]
    )
    assert found["settled_preserved"] / found["preservations"] > others


def test_parties_who_talk_and_awards_need_fewer_suits_and_who_has_no_trust_none(worlds):
    awarded = {f"domains.{name}.award": 1.0 for name in ("trade", "bank_loan", "private_loan")}
    shy = of_lenders("trust_floor", 1.0)
    plain, talking, by_award, without_trust = (
        worlds(paths).n["filed"]
        for paths in ({"pursuit.negotiate": 0.0}, {"pursuit.negotiate": 0.5}, awarded, shy)
    )
    assert talking < plain
    assert 0.0 < by_award < 0.5 * worlds().n["filed"]
    assert without_trust == 0.0


def test_what_is_handed_over_sooner_waits_less_outside_the_docket(make):
    def waiting(linkage):
        paths = {"pursuit.handover": 6.0, "at_source.linkage": linkage}
        stages = make.village(SMALL | paths, events=True).run().transitions.frame()
        unpaid, queued = (
            stages[stages["stage"] == name].groupby("claim")["month"].min()
            for name in ("unpaid", "queued")
        )
        return float((queued - unpaid).mean())

    assert waiting(1.0) + 3.0 < waiting(0.0)


RAISING = {"at_source.reminder": 1.0, "rule_of_law.persuasion": 0.2, "lenders.trade.repeated": 1.0}


@pytest.mark.parametrize("path", RAISING)
def test_messages_and_standing_partners_raise_performance_when_due(worlds, path):
    for seed in SEEDS:
        less, more = worlds.each(path, 0.0, RAISING[path], seed=seed)
        assert less.ratio("due_paid", "due") < more.ratio("due_paid", "due")


def test_creditors_who_know_of_their_risk_preserve_more_often(worlds):
    granted = {"at_source.preservation": 1.0}
    asked = worlds.each("at_source.risk_notice", 0.0, 1.0, common=granted)
    assert asked[0].n["preservations_asked"] < asked[1].n["preservations_asked"]


def test_lenders_who_see_records_lend_less_to_those_who_refused_before(worlds):
    seen = {"at_source.credit_reporting": 1.0, "at_source.cross_sector_sharing": 1.0}
    for seed in SEEDS:
        blind, sighted = (worlds(paths, seed=seed) for paths in ({}, seen))
        assert sighted.n["due"] < blind.n["due"]
        assert blind.ratio("due_paid", "due") < sighted.ratio("due_paid", "due")


def test_petitions_push_old_cases_ahead_and_cost_hours(worlds):
    few = {"comprehensive.officers": 0.1, "pursuit.petition_after": 6.0}
    few |= {"pursuit.petition_hours": 8.0}
    idle, loud = worlds.each("pursuit.petition", 0.0, 0.5, common=few)
    assert idle.n["petitions"] == 0.0 < loud.n["petitions"]
    assert loud.n["closed"] < idle.n["closed"]


@pytest.mark.parametrize("seed", SEEDS)
def test_wider_preservation_strikes_more_who_owe_nothing_and_they_are_paid_for_it(worlds, seed):
    doubtful = HELD | {"procedure.win": 0.8, "at_source.preservation_link": 1.0}
    few, many = worlds.each("at_source.preservation", 0.2, 1.0, common=doubtful, seed=seed)
    assert many.n["preserved_wrongly"] > 1.5 * few.n["preserved_wrongly"] > 0.0
    assert many.yuan["wrongful_damages"] > few.yuan["wrongful_damages"] > 0.0
