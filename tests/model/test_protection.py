"""Cover and relief do what they are for, and what comes with it."""

from tests.model.worlds import totals

WORLD = {"population.size": 600, "run.burn_in": 12, "run.months": 24, "obligations.intensity": 4.0}
FUND = {"comprehensive.relief_fund": 300_000.0}


def in_domains(world, name, *domains):
    """A count of all measured months in some domains."""
    frame = world.series(by="domain", counts=True)
    return frame[frame["cell"].isin(domains)][f"n_{name}"].sum()


TRAFFIC = {
    "domains.traffic.person": 8.0,
    "protection.care": 0.5,
    "at_source.insurance_compliance": 1.0,
}
"""Enough accidents to count, and much care to lose."""


def test_cover_pays_victims_and_raises_accidents_less_so_with_experience_rating(make):
    bare, rated, flat = (
        make.village(WORLD | TRAFFIC | paths).run()
        for paths in (
            {"at_source.insurance_coverage": 0.0},
            {"at_source.insurance_experience_rating": 1.0},
            {},
        )
    )
    accidents = [in_domains(world, "due", "traffic") for world in (bare, rated, flat)]
    assert accidents[0] < accidents[1] < accidents[2]
    entered = [in_domains(world, "entered", "traffic") for world in (bare, flat)]
    assert entered[1] < 0.6 * entered[0]  # the median claim lies below the limit
    for flow in ("insured_paid", "premium"):
        without, with_it = (world.measured.books()[flow].sum() for world in (bare, flat))
        assert without == 0.0 < with_it


def test_relief_pays_victims_and_changes_no_debtor_while_creditors_do_not_slacken(make):
    none, paid = (
        make.village(WORLD | {"protection.relief_slack": 0.0} | paths).run() for paths in ({}, FUND)
    )
    relief = [world.measured.books()["relief"].sum() for world in (none, paid)]
    assert relief[0] == 0.0 < relief[1]
    assert make.differing(none, paid, tables=("debtors", "courts")) == []
    assert paid.creditors.column("cash").sum() > none.creditors.column("cash").sum()


def test_poor_recovery_shrinks_lending_where_lenders_respond(make):
    idle = {"comprehensive.officers": 0.0, "procedure.term_unserved": 3.0}
    steady, wary = (
        make.village(WORLD | idle | {"obligations.credit_elasticity": e}).run() for e in (0.0, 1.0)
    )
    lent, other = (
        [in_domains(world, "due", *domains) for world in (steady, wary)]
        for domains in (("bank_loan", "trade"), ("wages", "maintenance"))
    )
    assert lent[1] < 0.7 * lent[0]  # hardly anything is recovered, against the half hoped for
    assert other[1] > 0.7 * other[0]


def test_trade_links_join_firms_to_firms(make):
    shares = []
    for links in (0.0, 6.0):
        paths = WORLD | {"society.trade_links": links}
        simulation = make.village(paths, execution=make.plain).simulation
        kinds = simulation.debtors.rows["kind"]
        seen = simulation.neighbours[kinds == 1]
        shares.append((kinds[seen] == 1)[seen >= 0].mean())
    assert shares[1] > 0.75 > shares[0]  # six of eight, and half of the rest by homophily


def test_insured_creditors_sue_more_and_lose_less_before_premiums_and_the_court_is_busier(make):
    # suits are dear, so that many are not brought, and courts short of hours
    costly = {"procedure.suit_cost": 0.2, "procedure.apply_cost": 10_000.0}
    costly |= {"comprehensive.officers": 0.2, "population.size": 4000}
    cover = "at_source.dispute_insurance"
    worlds = [make.village(WORLD | costly | {cover: x}).run() for x in (0.0, 1.0)]
    bare, insured = (totals(world) for world in worlds)
    assert insured.n["due"] == bare.n["due"]
    assert bare.n["disputes_covered"] == 0.0
    assert insured.n["disputes_covered"] > 0.5 * insured.n["due"]
    for name in ("filed", "docket"):  # a tenth: far beyond a suit or two that fall otherwise
        assert insured.n[name] > 1.1 * bare.n[name]
    cash = [world.creditors.column("cash") for world in worlds]
    # What goes back to the insurer is taken off; whether cover is worth its price is left open.
    assert cash[1].sum() + insured.yuan["dispute_premium"] > cash[0].sum()
    assert bare.yuan["dispute_paid"] == 0.0 < insured.yuan["dispute_paid"]
