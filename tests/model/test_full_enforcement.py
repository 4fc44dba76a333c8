"""Claims about enforcement in full, each on against off under common draws."""

import pytest

from sim.books.counts import Count
from sim.engine.blocks import Execution
from sim.terms import LIQUID, Asset, Option

BUSY = {
    "run.burn_in": 12,
    "run.months": 24,
    "population.size": 800,
    "obligations.intensity": 6.0,
    "comprehensive.officers": 0.6,
}


@pytest.fixture(scope="module")
def run(make):
    """A busy village to its end, with values put over it: its summed counts and books."""

    def done(paths):
        world = make.village(BUSY | paths, execution=Execution(block=64)).run_to(24)
        series = world.series(burn_in=True, counts=True)
        counts = {name[2:]: series[name].sum() for name in series if name.startswith("n_")}
        return counts, world.measured.books().sum()

    return done


def test_two_rounds_sell_more_at_a_lower_price(run):
    offered, loss = [], []
    for rounds in (1.0, 2.0):
        counts, books = run(
            {
                "procedure.rounds": rounds,
                "procedure.sale_rate": 0.5,
                "procedure.sell_off": 0.0,
                "procedure.in_kind": 0.0,
            }
        )
        ended = counts["auctions_sold"] + counts["goods_returned"]
        offered.append(counts["auctions_sold"] / ended)
        loss.append(1.0 - books["auction_price"] / books["auctioned"])
    assert offered[1] > offered[0] + 0.1  # a quarter of what is offered is left after one round
    assert loss[1] > loss[0]


def test_auctions_online_sell_more_at_a_higher_price(run):
    (off, off_books), (on, on_books) = (run({"systemic.online_auction": v}) for v in (0.0, 1.0))
    assert on["auctions_sold"] / on["auctions"] > off["auctions_sold"] / off["auctions"]
    prices = [b["auction_price"] / b["auctioned"] for b in (off_books, on_books)]
    assert prices[1] > prices[0]


def test_preserving_value_leaves_more_to_be_sold(run):
    lost = [
        run({"procedure.value_decay": 0.05, "rule_of_law.value_preservation": v})[1]["value_decay"]
        for v in (0.0, 0.8)
    ]
    assert 0.0 < lost[1] < 0.5 * lost[0]


def test_proportionality_ends_seizure_beyond_the_claim(run):
    (off, _), (on, _) = (
        run({"procedure.seize_ratio": 2.0, "rule_of_law.proportionality": v}) for v in (0.0, 1.0)
    )
    assert on["over_seized"] == 0.0 < off["over_seized"]


CATCH = {
    "procedure.caught": 0.5,
    "procedure.objection_error": 0.3,
    "procedure.debtor_objects": 0.0,
}


def test_objections_delay_and_protect_third_parties(run):
    (silent, _), (heard, _) = (run(CATCH | {"procedure.third_objects": v}) for v in (0.0, 1.0))
    sold = [c["wrongfully_sold"] / c["wrongfully_attached"] for c in (silent, heard)]
    assert heard["wrongfully_freed"] > 0.0 == silent["wrongfully_freed"]
    assert sold[1] < 0.8 * sold[0]  # some are not believed
    ages = [c["docket_age"] / c["docket"] for c in (silent, heard)]
    assert ages[1] > ages[0]


def test_third_parties_are_spared_by_protection_and_by_a_review_that_stands_apart(run):
    plain, protected, apart = (
        run(CATCH | paths)[0]
        for paths in (
            {},
            {"rule_of_law.third_party_protection": 1.0},
            {"collaborative.separation": 1.0},
        )
    )
    assert protected["wrongfully_attached"] == 0.0 < plain["wrongfully_attached"]
    assert apart["objections_upheld"] / apart["objections"] > (
        plain["objections_upheld"] / plain["objections"]
    )


def test_a_large_exponent_makes_the_weakest_link_matter_less(run):
    lost = []
    for exponent in (0.0, 8.0):
        strong, weak = (
            run({"procedure.chain_exponent": exponent, "comprehensive.find_person": v})[0]
            for v in (0.9, 0.2)
        )
        hits = [c["seizures"] / c["traces"] for c in (strong, weak)]
        lost.append(1.0 - hits[1] / hits[0])
    assert lost[0] > 0.5  # the product: with a person found so rarely little is seized
    assert lost[1] < 0.5 * lost[0]


HIDING = {
    "evasions.conceal.cost": 0.0,
    "evasions.conceal.personal": 1.0,
    "evasions.conceal.listing": 1.0,
    "evasions.conceal.crime": 1.0,
}
"""Concealing costs no more than stalling, so that many conceal."""


def in_cash(make, paths):
    """Share of the money of those who conceal that is cash, the class traced least."""
    world = make.village(BUSY | HIDING | paths, execution=Execution(block=64)).run_to(24)
    debtors = world.simulation.debtors.rows
    assets = debtors["assets"][debtors["option"] == Option.CONCEAL]
    return assets[:, Asset.CASH].sum() / assets[:, :LIQUID].sum()


def test_concealment_moves_to_asset_classes_that_are_not_covered(make):
    shares = [in_cash(make, {"procedure.displacement": v}) for v in (0.0, 0.2)]
    assert shares[1] > shares[0] + 0.1
    # and to others where cash is what tracing covers
    open_books = dict.fromkeys((f"collaborative.trace_{n}" for n in ("bank", "online")), 0.0)
    open_books["collaborative.trace_cash"] = 1.0
    away = in_cash(make, {"procedure.displacement": 0.2} | open_books)
    assert away < shares[0]


def test_control_of_cash_leaves_nothing_to_conceal(make):
    concealing = [
        make.village(BUSY | HIDING | {"comprehensive.cash_control": v}).run().measured.sums()
        for v in (0.0, 0.5, 1.0)
    ]
    found = [sums[:, 0, Count.DEBTORS_CONCEALING].sum() for sums in concealing]
    assert found[0] > found[1] > found[2] == 0.0


def test_a_live_freeze_leaves_firms_their_use_of_what_is_frozen(run):
    firms = {"kinds.firm.share": 0.5, "kinds.person.share": 0.49, "choice.freeze_loss": 0.05}
    lost = [run(firms | {"rule_of_law.live_freeze": v})[0]["freeze_loss"] for v in (0.0, 0.8, 1.0)]
    assert lost[0] > 0.0 == lost[2]
    assert lost[1] < 0.5 * lost[0]


def test_who_resists_is_seized_from_less_often(make):
    rough = {f"evasions.resist.{name}": 1.0 for name in ("listing", "personal", "crime")}
    rough |= {"evasions.resist.cost": 0.0, "evasions.conceal.cost": 1.0}
    seized = []
    for recovery in (0.2, 1.0):
        paths = BUSY | rough | {"evasions.resist.recovery": recovery}
        sums = make.village(paths).run_to(24).measured.sums(burn_in=True)[:, 0].sum(axis=0)
        seized.append(sums[Count.SEIZURES] / sums[Count.TRACES_HIT])
    assert seized[0] < 0.75 * seized[1]


def test_without_innovation_and_learning_what_can_be_hidden_stays(make):
    hidden = []
    for innovation, learning in ((0.0, 0.0), (0.05, 0.0), (0.0, 0.5)):
        race = {"procedure.hide_innovation": innovation, "procedure.hide_learning": learning}
        world = make.village(BUSY | HIDING | race, execution=Execution(block=64)).run_to(24)
        hidden.append(world.simulation.registries.rows["hide"].copy())
    first = [t.hide for t in world.simulation.inputs.assets]
    assert (hidden[0].reshape(-1, 6) == first).all()
    assert hidden[1].mean() > hidden[0].mean() > hidden[2].mean()


def test_avoidance_brings_transfers_back_and_deters_them(run):
    off, weak, strong = (
        run(HIDING | {"rule_of_law.avoidance": v, "rule_of_law.avoidance_lookback": 3.0})
        for v in (0.0, 0.1, 0.6)
    )
    assert off[1]["avoided"] == 0.0 < weak[1]["avoided"]
    assert strong[1]["dissipation"] < 0.5 * off[1]["dissipation"]


def test_the_duty_to_declare_finds_what_tracing_does_not(run):
    off, on = (run({"special.declaration": v})[0] for v in (0.0, 1.0))
    assert on["declared_falsely"] > 0.0 == off["declarations"]
    assert on["declarations"] > on["declared_falsely"]
    hits = [c["traces_hit"] / c["traces"] for c in (off, on)]
    assert hits[1] > hits[0]


def test_adding_parties_recovers_from_those_behind_a_firm(run):
    books = [run({"rule_of_law.added_parties": v})[1]["added_party"] for v in (0.0, 0.5)]
    assert books[1] > 0.0 == books[0]


def test_private_agents_find_more_and_abuse_more_the_higher_their_fee(run):
    none, low, high = (
        run({"collaborative.private_agents": share, "collaborative.private_agents_fee": fee})[0]
        for share, fee in ((0.0, 0.5), (1.0, 0.05), (1.0, 0.5))
    )
    hits = [c["traces_hit"] / c["traces"] for c in (none, low, high)]
    assert hits[0] < hits[1] < hits[2]
    abuses = [c["agent_abuses"] / c["seizures"] for c in (none, low, high)]
    assert abuses[0] == 0.0
    assert abuses[1] < abuses[2]


def test_managed_proceeds_do_not_leak(run):
    leaky = {"procedure.leakage": 0.1}
    books = [run(leaky | {"rule_of_law.proceeds_management": v})[1]["leakage"] for v in (0.0, 1.0)]
    assert books[0] > 0.0 == books[1]


def test_witnesses_find_what_the_network_does_not_and_err(run):
    none, sure, rash = (
        run({"collaborative.witnesses": share, "pursuit.mistaken": mistaken})[0]
        for share, mistaken in ((0.0, 0.2), (1.0, 0.0), (1.0, 0.8))
    )
    hits = [c["traces_hit"] / c["traces"] for c in (none, sure, rash)]
    assert hits[1] > hits[0] + 0.02
    assert sure["witnessed"] > 2.0 * rash["witnessed"] > 0.0 == none["witnessed"]
    assert none["witnessed_wrongly"] == sure["witnessed_wrongly"] == 0.0 < rash["witnessed_wrongly"]
