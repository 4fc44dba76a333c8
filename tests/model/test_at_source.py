"""Claims about governance at the source, on against off under common draws."""

import pytest

SMALL = {
    "population.size": 2000,
    "run.burn_in": 24,
    "run.months": 36,
    "obligations.intensity": 3.0,
    "comprehensive.officers": 0.4,
}
HELD = {"at_source.preservation": 1.0, "at_source.risk_notice": 1.0, "pursuit.leads": 1.0}
SEEDS = (1, 2, 3)


def counts(make, paths, seed=1):
    world = make.village(SMALL | paths | {"run.seed": seed}).run()
    series = world.series(burn_in=True, counts=True)
    return {name[2:]: float(series[name].sum()) for name in series if name.startswith("n_")}


def ratio(found, above, *below):
    return found[above] / sum(found[name] for name in below)


def test_preservation_stops_dissipation_while_a_suit_is_pending(make):
    moving = {"pursuit.dissipate_pending": 0.1, "procedure.dissipation": 0.0}
    for seed in SEEDS:
        gone = [
            make.village(SMALL | moving | paths | {"run.seed": seed}).run().measured.books()
            for paths in (HELD, {"at_source.preservation": 0.0})
        ]
        assert gone[0]["dissipation"].sum() < gone[1]["dissipation"].sum()


def test_more_judgments_are_performed_when_assets_are_preserved(make):
    # by number: in yuan a few very large claims decide
    for seed in SEEDS:
        performed = [
            ratio(counts(make, paths, seed), "grace_paid", "grace_left")
            for paths in (HELD, {"at_source.preservation": 0.0})
        ]
        assert performed[0] > performed[1]


def test_dear_security_keeps_creditors_from_asking_and_a_guarantee_brings_them_back(make):
    dear = HELD | {f"lenders.{kind}.capital_cost": 0.05 for kind in ("bank", "trade", "private")}
    asked = [
        counts(make, dear | paths)["preservations_asked"]
        for paths in (
            {"at_source.preservation_security": 0.0},
            {"at_source.preservation_security": 0.5},
            {"at_source.preservation_security": 0.5, "at_source.preservation_guarantee": 1.0},
        )
    ]
    assert asked[1] < asked[2] <= asked[0]


def test_the_network_finds_what_creditors_do_not_know_of(make):
    blind = HELD | {"pursuit.leads": 0.0}
    held = [
        counts(make, blind | {"at_source.preservation_link": link})["preservations"]
        for link in (0.0, 1.0)
    ]
    assert held[0] == 0.0 < held[1]


def test_creditors_who_are_told_of_their_risk_preserve_more_often(make):
    asked = [
        counts(make, {"at_source.preservation": 1.0, "at_source.risk_notice": told})[
            "preservations_asked"
        ]
        for told in (0.0, 1.0)
    ]
    assert asked[0] < asked[1]


def test_mediation_keeps_suits_out_of_the_docket(make):
    for seed in SEEDS:
        entered = [
            ratio(counts(make, {"at_source.mediation": share}, seed), "entered", "filed")
            for share in (0.0, 1.0)
        ]
        assert entered[1] < entered[0]


def test_preserved_suits_are_mediated_more_often_than_others(make):
    # an outcome of the ledgers: no chance of settling is put in
    found = counts(make, HELD | {"at_source.mediation": 1.0})
    held = found["settled_preserved"] / found["preservations"]
    others = (found["mediated"] - found["settled_preserved"]) / (
        found["filed"] - found["preservations"]
    )
    assert held > others


def test_parties_who_talk_need_fewer_suits(make):
    filed = [counts(make, {"pursuit.negotiate": rate})["filed"] for rate in (0.0, 0.5)]
    assert filed[1] < filed[0]


def test_clear_judgments_return_to_no_trial_court(make):
    unclear = [
        counts(make, {"pursuit.ambiguous": 0.3, "at_source.clarity": clarity})["unclear"]
        for clarity in (0.0, 1.0)
    ]
    assert unclear[0] > 0.0 == unclear[1]


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


def test_advances_bring_money_during_the_suit(make):
    paid = []
    for share in (0.0, 1.0):
        world = make.village(SMALL | {"at_source.advance": share}).run()
        paid.append(float(world.measured.books()["advanced"].sum()))
    assert paid[0] == 0.0 < paid[1]


def test_the_court_brings_livelihood_claims_to_enforcement_that_nobody_applied_for(make):
    entered = []
    for rate in (0.0, 1.0):
        idle = {"procedure.apply": 0.0, "at_source.ex_officio": rate}
        entered.append(counts(make, idle)["entered"])
    assert entered[0] == 0.0 < entered[1]


@pytest.mark.parametrize("lever", ["at_source.reminder", "rule_of_law.persuasion"])
def test_a_message_raises_performance_when_due(make, lever):
    high = {"at_source.reminder": 1.0, "rule_of_law.persuasion": 0.2}[lever]
    for seed in SEEDS:
        paid = [
            ratio(counts(make, {lever: value}, seed), "due_paid", "due") for value in (0.0, high)
        ]
        assert paid[0] < paid[1]


def test_standing_partners_are_paid_when_due(make):
    paid = [
        ratio(counts(make, {"lenders.trade.repeated": share}), "due_paid", "due")
        for share in (0.0, 1.0)
    ]
    assert paid[0] < paid[1]


def test_awards_need_no_suit(make):
    awarded = {f"domains.{name}.award": 1.0 for name in ("trade", "bank_loan", "private_loan")}
    filed = [counts(make, paths)["filed"] for paths in ({}, awarded)]
    assert 0.0 < filed[1] < 0.5 * filed[0]


def test_creditors_without_trust_stay_away_from_the_courts(make):
    shy = {f"lenders.{kind}.trust_floor": 1.0 for kind in ("bank", "trade", "private")}
    assert counts(make, shy)["filed"] == 0.0 < counts(make, {})["filed"]


def test_lenders_who_see_records_lend_less_to_those_who_refused_before(make):
    seen = {"at_source.credit_reporting": 1.0, "at_source.cross_sector_sharing": 1.0}
    for seed in SEEDS:
        blind, sighted = (counts(make, paths, seed) for paths in ({}, seen))
        assert sighted["due"] < blind["due"]
        assert ratio(blind, "due_paid", "due") < ratio(sighted, "due_paid", "due")


def test_an_order_finds_what_the_network_did_not(make):
    dark = {f"collaborative.trace_{name}": 0.0 for name in ("bank", "online", "cash")}
    dark |= {f"collaborative.trace_{name}": 0.0 for name in ("realty", "vehicles", "securities")}
    hits = []
    for share in (0.0, 1.0):
        found = counts(make, dark | {"collaborative.investigation_order": share})
        hits.append(found["traces_hit"])
    assert hits[0] == 0.0 < hits[1]


def test_a_bounty_brings_tips_and_is_paid_out_of_what_they_bring(make):
    for share in (0.0, 0.2):
        world = make.village(SMALL | {"collaborative.bounty": share}).run()
        tips = world.series(burn_in=True, counts=True)["n_tips"].sum()
        paid = world.measured.books()["bounty"].sum()
        assert (tips > 0.0, paid > 0.0) == (share > 0.0, share > 0.0)


def test_petitions_push_old_cases_ahead_and_cost_hours(make):
    few = {"comprehensive.officers": 0.1, "pursuit.petition_after": 6.0}
    idle, loud = (
        counts(make, few | {"pursuit.petition": rate, "pursuit.petition_hours": 8.0})
        for rate in (0.0, 0.5)
    )
    assert idle["petitions"] == 0.0 < loud["petitions"]
    assert loud["closed"] < idle["closed"]


def test_wider_preservation_strikes_more_who_owe_nothing_and_they_are_paid_for_it(make):
    doubtful = {"procedure.win": 0.8, "at_source.preservation_link": 1.0}
    few, many = (HELD | doubtful | {"at_source.preservation": granted} for granted in (0.2, 1.0))
    for seed in SEEDS:
        wrongly, paid = [], []
        for paths in (few, many):
            wrongly.append(counts(make, paths, seed)["preserved_wrongly"])
            world = make.village(SMALL | paths | {"run.seed": seed}).run()
            paid.append(world.measured.books()["wrongful_damages"].sum())
        assert wrongly[1] > 1.5 * wrongly[0] > 0.0
        assert paid[1] > paid[0] > 0.0
