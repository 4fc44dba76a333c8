"""Claims about honest ways out of debt, each held against a world without them."""

import pytest

from sim.books.counts import Count

YEARS = {"run.burn_in": 12, "run.months": 36, "obligations.intensity": 4.0}


def ran(make, paths, size=800):
    return make.village(YEARS | {"population.size": size} | paths).run()


def total(world, what):
    """A count over all months."""
    return float(world.measured.sums(burn_in=True)[:, 0, what].sum())


def flow(world, name):
    return float(world.measured.books()[name].sum())


@pytest.fixture(scope="module")
def with_and_without_plans(make):
    return tuple(ran(make, {"rule_of_law.plans": share}) for share in (1.0, 0.0))


def test_plans_let_debtors_pay_out_of_income_and_most_instalments_are_kept(with_and_without_plans):
    on, off = with_and_without_plans
    assert flow(off, "instalment") == 0.0 < flow(on, "instalment")
    assert total(on, Count.PLANS_COMPLETED) > 0.0
    assert total(on, Count.INSTALMENTS_KEPT) > 0.5 * total(on, Count.INSTALMENTS_DUE)


def test_who_has_a_conscience_keeps_its_plan_and_who_has_none_less_often(make):
    def kept(conscience):
        paths = {"rule_of_law.plans": 1.0, "economy.own_shock": 0.02}
        paths |= {f"kinds.{k}.honest_share": 0.0 for k in ("person", "firm")}
        paths |= {f"kinds.{k}.conscience": conscience for k in ("person", "firm")}
        world = ran(make, paths)
        return 1.0 - total(world, Count.PLANS_BROKEN) / max(1.0, total(world, Count.PLANS))

    assert kept(2.0) > kept(0.2)


def test_conversion_frees_officers_and_clears_the_shadow_of_terminated_cases(make):
    firms = {"kinds.firm.share": 0.5, "kinds.person.share": 0.49}
    # more hours than work, so that hours used say how much work there is
    firms |= {"comprehensive.officers": 2.0}
    on, off = (ran(make, firms | {"at_source.conversion": share}) for share in (1.0, 0.0))
    assert total(on, Count.HOURS_USED) < total(off, Count.HOURS_USED)
    assert total(on, Count.SHADOW) < total(off, Count.SHADOW)
    assert flow(on, "collective") > 0.0 == flow(off, "collective")


def test_personal_bankruptcy_spares_those_who_cannot_pay_restrictions(make):
    on, off = (
        ran(make, {"at_source.personal_bankruptcy": share, "procedure.bankruptcy_cost": 0.0})
        for share in (1.0, 0.0)
    )
    assert total(on, Count.DISCHARGED) + total(on, Count.INSOLVENT) > 0.0
    assert total(off, Count.DISCHARGED) == 0.0
    spared = Count.RESTRICTION_MONTHS_UNABLE
    assert total(on, spared) < total(off, spared)


def test_the_threat_of_liquidation_makes_firms_that_can_pay_perform(make):
    firms = {"kinds.firm.share": 0.5, "kinds.person.share": 0.49}
    on, off = (
        ran(make, firms | {"special.compulsory_liquidation": rate}, 2000) for rate in (0.1, 0.0)
    )
    assert total(on, Count.LIQUIDATED) > total(off, Count.LIQUIDATED)
    # what liquidation itself takes away, it takes after grace: those who leave grace are all there
    paid = [
        total(world, Count.GRACE_PAID_ABLE) / total(world, Count.GRACE_LEFT_ABLE)
        for world in (on, off)
    ]
    assert paid[0] > paid[1] + 0.03


def test_the_more_is_exempt_in_bankruptcy_the_more_of_those_with_something_to_share_ask(make):
    law = {"at_source.personal_bankruptcy": 1.0, "procedure.bankruptcy_cost": 0.0}
    law |= {"procedure.bankruptcy_stigma": 0.0}
    none, some, most = (
        ran(make, law | {"at_source.bankruptcy_exempt": x}, 2000) for x in (0.0, 24.0, 60.0)
    )
    asked = [total(world, Count.DISCHARGE_ASKED) for world in (none, some, most)]
    assert asked[0] < asked[1] < asked[2]
    assert flow(most, "collective") > 1.2 * flow(none, "collective")  # not by the poorest, that is


def test_few_administrators_make_bankruptcies_wait(make):
    paths = {"kinds.firm.share": 0.5, "kinds.person.share": 0.49, "at_source.conversion": 1.0}
    paths |= {"at_source.personal_bankruptcy": 1.0, "procedure.bankruptcy_cost": 0.0}
    few, free = (ran(make, paths | {"at_source.administrators": limit}) for limit in (0.25, 1000.0))
    months = few.measured.sums(burn_in=True).shape[0]
    capacity = 0.25 * 0.8 * months
    assert total(free, Count.OPENINGS) == total(free, Count.OPENINGS_WANTED) > 2.0 * capacity
    # what is opened scatters about the capacity; four standard deviations of a Poisson count
    assert 0.0 < total(few, Count.OPENINGS) < capacity + 4.0 * capacity**0.5
    assert total(few, Count.OPENINGS_WANTED) > 2.0 * total(few, Count.OPENINGS)


def test_an_administrator_who_looks_finds_abuse_and_deters_it(make):
    law = {"at_source.personal_bankruptcy": 1.0, "procedure.bankruptcy_cost": 0.0}
    law |= {"procedure.bankruptcy_stigma": 0.0, "at_source.discharge_years": 2.0}
    law |= {"kinds.person.honest_share": 0.0, "kinds.person.conscience": 0.0}
    law |= {"economy.ruin": 0.02, "economy.ruin_keeps": 0.2}
    none, some, all_of_it = (
        ran(make, law | {"at_source.bankruptcy_examination": e}, 2000) for e in (0.0, 0.5, 1.0)
    )
    abused = [total(w, Count.BANKRUPTCY_ABUSED) for w in (none, some, all_of_it)]
    assert abused[0] > abused[2]
    assert abused == sorted(abused, reverse=True)
    assert total(none, Count.BANKRUPTCY_ABUSE_FOUND) == 0.0


def test_sanctions_on_those_without_anything_bring_harm_and_no_money(make):
    # nobody owns or saves anything, and no list is accurate
    poor = {"economy.windfall": 0.0, "economy.ruin": 0.0, "comprehensive.list_accuracy": 0.0}
    for kind in ("person", "firm", "public_body"):
        poor |= {f"kinds.{kind}.wealth": 0.1, f"kinds.{kind}.need": 2.0}
        poor |= {f"kinds.{kind}.need_sd": 0.0, f"kinds.{kind}.zombie": 0.0}
    poor |= {"economy.own_shock": 0.0, "economy.common_shock": 0.0}
    on, off = (ran(make, poor | {"comprehensive.list_rate": r}, 400) for r in (0.5, 0.0))
    assert total(on, Count.FELT_HARM) > total(off, Count.FELT_HARM)
    got = [
        flow(w, "paid_voluntarily") + flow(w, "distributed") + flow(w, "instalment")
        for w in (on, off)
    ]
    assert got[0] <= got[1]
