"""Claims about enforcement in full, each on against off under common draws."""

import pytest

from sim.engine.blocks import Execution

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
    assert sold[1] < 0.6 * sold[0]
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
