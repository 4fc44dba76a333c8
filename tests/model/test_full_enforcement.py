"""Claims about enforcement in full, each on against off under common draws."""

import pytest

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
