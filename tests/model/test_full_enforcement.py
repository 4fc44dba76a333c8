"""Claims about enforcement in full, each on against off under common draws."""

import pytest

from sim.terms import LIQUID, Asset, Option, label
from tests.model.worlds import Worlds

BUSY = {
    "run.burn_in": 12,
    "run.months": 24,
    "population.size": 800,
    "obligations.intensity": 6.0,
    "comprehensive.officers": 0.6,
}


@pytest.fixture(scope="module")
def worlds(make):
    return Worlds(make, BUSY)


def hits(found):
    return found.ratio("traces_hit", "traces")


def test_two_rounds_sell_more_at_a_lower_price_and_auctions_online_more_at_a_higher_one(worlds):
    offered = {"procedure.sale_rate": 0.5, "procedure.sell_off": 0.0, "procedure.in_kind": 0.0}
    one, two = worlds.each("procedure.rounds", 1.0, 2.0, common=offered)
    sold = [f.ratio("auctions_sold", "auctions_sold", "goods_returned") for f in (one, two)]
    assert sold[1] > sold[0] + 0.1  # a quarter of what is offered is left after one round
    off, on = worlds.each("systemic.online_auction", 0.0, 1.0)
    assert on.ratio("auctions_sold", "auctions") > off.ratio("auctions_sold", "auctions")
    price = [f.yuan["auction_price"] / f.yuan["auctioned"] for f in (one, two, off, on)]
    assert price[1] < price[0]
    assert price[3] > price[2]


LIVE = {"kinds.firm.share": 0.5, "kinds.person.share": 0.49, "choice.freeze_loss": 0.05}
MONEY = {f"assets.{name}.controlled": 1.0 for name in map(label, Asset)}
"""Limits on cash reach all that a debtor owns."""
ENDED_BY = {
    "rule_of_law.proportionality": ({"procedure.seize_ratio": 2.0}, "over_seized"),
    "rule_of_law.third_party_protection": ({"procedure.caught": 0.5}, "wrongfully_attached"),
    "rule_of_law.proceeds_management": ({"procedure.leakage": 0.1}, "leakage"),
    "rule_of_law.live_freeze": (LIVE, "freeze_loss"),
    "comprehensive.cash_control": (MONEY, "debtors_concealing"),
}
HIDING = {"evasions.conceal.cost": 0.0}
HIDING |= {f"evasions.conceal.{name}": 1.0 for name in ("personal", "listing", "crime")}
"""Concealing costs no more than stalling, so that many conceal."""


@pytest.mark.parametrize("path", ENDED_BY)
def test_a_measure_lessens_what_it_is_against_and_in_full_ends_it(worlds, path):
    common, what = ENDED_BY[path]
    found = worlds.each(path, 0.0, 0.8, 1.0, common=HIDING | common)
    none, most, full = (world.yuan.get(what, world.n.get(what)) for world in found)
    assert none > most > full == 0.0
    assert path == "comprehensive.cash_control" or most < 0.5 * none


def test_preserving_value_leaves_more_to_be_sold(worlds):
    decaying = {"procedure.value_decay": 0.05}
    none, most = worlds.each("rule_of_law.value_preservation", 0.0, 0.8, common=decaying)
    assert 0.0 < most.yuan["value_decay"] < 0.5 * none.yuan["value_decay"]


CATCH = {
    "procedure.caught": 0.5,
    "procedure.objection_error": 0.3,
    "procedure.debtor_objects": 0.0,
}


def test_objections_delay_and_protect_third_parties_the_more_where_review_stands_apart(worlds):
    silent, heard = worlds.each("procedure.third_objects", 0.0, 1.0, common=CATCH)
    sold = [f.ratio("wrongfully_sold", "wrongfully_attached") for f in (silent, heard)]
    assert heard.n["wrongfully_freed"] > 0.0 == silent.n["wrongfully_freed"]
    assert sold[1] < 0.8 * sold[0]  # some are not believed
    assert heard.ratio("docket_age", "docket") > silent.ratio("docket_age", "docket")
    plain, apart = worlds.each("collaborative.separation", 0.0, 1.0, common=CATCH)
    upheld = [f.ratio("objections_upheld", "objections") for f in (plain, apart)]
    assert upheld[1] > upheld[0]


def test_a_large_exponent_makes_the_weakest_link_matter_less(worlds):
    lost = []
    for exponent in (0.0, 8.0):
        chain = {"procedure.chain_exponent": exponent}
        found = worlds.each("comprehensive.find_person", 0.9, 0.2, common=chain)
        strong, weak = (f.ratio("seizures", "traces") for f in found)
        lost.append(1.0 - weak / strong)
    assert lost[0] > 0.5  # the product: with a person found so rarely little is seized
    assert lost[1] < 0.5 * lost[0]


def in_cash(make, paths):
    """Share of the money of those who conceal that is cash, the class traced least."""
    debtors = make.village(BUSY | HIDING | paths).run_to(24).simulation.debtors.rows
    assets = debtors["assets"][debtors["option"] == Option.CONCEAL]
    return assets[:, Asset.CASH].sum() / assets[:, :LIQUID].sum()


def test_concealment_moves_to_asset_classes_that_are_not_covered(make):
    moving = {"procedure.displacement": 0.2}
    # in the last world cash is what tracing covers
    covered = {f"collaborative.trace_{name}": float(name == "cash")
               for name in ("bank", "online", "cash")}  # fmt: skip
    none, cash, elsewhere = (
        in_cash(make, paths)
        for paths in ({"procedure.displacement": 0.0}, moving, moving | covered)
    )
    assert cash > none + 0.1
    assert elsewhere < none


def test_who_resists_is_seized_from_less_often(worlds):
    rough = {f"evasions.resist.{name}": 1.0 for name in ("listing", "personal", "crime")}
    rough |= {"evasions.resist.cost": 0.0, "evasions.conceal.cost": 1.0}
    resisted, open_to_all = worlds.each("evasions.resist.recovery", 0.2, 1.0, common=rough)
    assert resisted.ratio("seizures", "traces_hit") < (
        0.75 * open_to_all.ratio("seizures", "traces_hit")
    )


def test_without_innovation_and_learning_what_can_be_hidden_stays(make):
    hidden = []
    for innovation, learning in ((0.0, 0.0), (0.05, 0.0), (0.0, 0.5)):
        race = {"procedure.hide_innovation": innovation, "procedure.hide_learning": learning}
        world = make.village(BUSY | HIDING | race).run_to(24)
        hidden.append(world.simulation.registries.rows["hide"].copy())
    first = [t.hide for t in world.simulation.inputs.assets]
    assert (hidden[0].reshape(-1, 6) == first).all()
    assert hidden[1].mean() > hidden[0].mean() > hidden[2].mean()


def test_avoidance_brings_transfers_back_and_deters_them(worlds):
    law = HIDING | {"rule_of_law.avoidance_lookback": 3.0}
    off, weak, strong = (
        found.yuan for found in worlds.each("rule_of_law.avoidance", 0.0, 0.1, 0.6, common=law)
    )
    assert off["avoided"] == 0.0 < weak["avoided"]
    assert strong["dissipation"] < 0.5 * off["dissipation"]


def test_the_duty_to_declare_finds_what_tracing_does_not(worlds):
    off, on = worlds.each("special.declaration", 0.0, 1.0)
    assert off.n["declarations"] == 0.0 < on.n["declared_falsely"] < on.n["declarations"]
    assert hits(on) > hits(off)


def test_adding_parties_recovers_from_those_behind_a_firm(worlds):
    off, on = worlds.each("rule_of_law.added_parties", 0.0, 0.5)
    assert off.yuan["added_party"] == 0.0 < on.yuan["added_party"]


def test_private_agents_find_more_and_abuse_more_the_higher_their_fee(worlds):
    none, low, high = (
        worlds({"collaborative.private_agents": share, "collaborative.private_agents_fee": fee})
        for share, fee in ((0.0, 0.5), (1.0, 0.05), (1.0, 0.5))
    )
    assert hits(none) < hits(low) < hits(high)
    abuses = [found.ratio("agent_abuses", "seizures") for found in (none, low, high)]
    assert abuses[0] == 0.0
    assert abuses[1] < abuses[2]


def test_witnesses_find_what_the_network_does_not_and_err(worlds):
    none, sure, rash = (
        worlds({"collaborative.witnesses": share, "pursuit.mistaken": mistaken})
        for share, mistaken in ((0.0, 0.2), (1.0, 0.0), (1.0, 0.8))
    )
    assert hits(sure) > hits(none) + 0.02
    assert sure.n["witnessed"] > 2.0 * rash.n["witnessed"] > 0.0 == none.n["witnessed"]
    wrongly = [found.n["witnessed_wrongly"] for found in (none, sure, rash)]
    assert wrongly[0] == wrongly[1] == 0.0 < wrongly[2]
