"""Claims about outcomes by group: every claim and debtor is in one group, and in the right one."""

import numpy as np
import pytest

from sim import ServandaError
from sim.books.counts import Count, Span
from sim.measure.group_records import GROUPS
from sim.measure.groups import KEPT
from sim.terms import Stage

BUSY = {"obligations.intensity": 8.0, "run.burn_in": 12, "run.months": 24}


@pytest.fixture(scope="module")
def grouped(make):
    return make.village(BUSY, groups=[*GROUPS]).run()


@pytest.mark.parametrize("by", GROUPS)
def test_the_groups_together_are_the_whole_world(grouped, by):
    groups = grouped.series(by, burn_in=True, counts=True)
    whole = grouped.series(burn_in=True, counts=True)
    assert set(groups["cell"]) == set(GROUPS[by])
    for one in KEPT:
        name = f"n_{one.name.lower()}"
        assert groups.groupby("month")[name].sum().tolist() == whole[name].tolist()
    spans = grouped.observed.groups.counted(by)[1].sum(axis=1)
    for span in (Span.PERFORMED, Span.PERFORMED_VOLUNTARILY):
        assert (spans[:, span] == grouped.measured.spans(burn_in=True)[:, 0, span]).all()


def test_a_claim_preserved_before_judgment_counts_as_such_from_its_due_date(make):
    world = make.village(BUSY | {"at_source.preservation": 1.0}, groups=["preserved"]).run_to(-12)
    held = set()
    for month in range(-11, 25):
        world.run_to(month, before="judging")
        rows = world.simulation.claims.rows
        held |= set(rows["id"][rows["preserved"] & (rows["intake"] == 0)].tolist())
        world.step()
    groups = world.series("preserved", burn_in=True, counts=True).groupby("cell")["n_due"].sum()
    assert groups["preserved"] == len(held) > 20
    assert groups["not_preserved"] > len(held)


def test_ability_is_that_of_the_month_for_debtors(grouped):
    told = grouped.series("ability", counts=True).groupby("cell").sum(numeric_only=True)
    assert told.loc["able", "n_debtors_able"] == told.loc["able", "n_debtors_enforceable"] > 0
    assert told.loc[["empty", "partly"], "n_debtors_able"].tolist() == [0.0, 0.0]
    assert told.loc["empty", "n_debtors_unable"] == told["n_debtors_unable"].sum() > 0


def test_belief_is_the_first_of_the_spell_and_in_thirds_at_the_end_of_the_burn_in(grouped):
    records = grouped.observed.groups.records
    claims, _, owing = records.tables()
    first = dict(zip(claims["id"].tolist(), claims["belief"].tolist(), strict=True))
    alone = claims["id"][np.isin(claims["debtor"], _once(claims["debtor"]))]
    mine = owing[np.isin(owing["id"], alone)]
    assert len(mine) > 50
    assert all(first[row["id"]] == row["belief"] for row in mine)
    spells = claims[claims["month"] <= 0]
    shares = [(spells["belief"] <= limit).mean() for limit in records.limits]
    assert 0.1 < shares[0] < shares[1] < 0.9
    told = grouped.series("belief", counts=True).groupby("cell")["n_due"].sum()
    after = claims["belief"][claims["month"] >= 1]
    assert told["low"] == (after <= records.limits[0]).sum()
    assert told["high"] == (after > records.limits[1]).sum()


def _once(ids):
    """Ids that occur once."""
    found, times = np.unique(ids, return_counts=True)
    return found[times == 1]


def test_the_class_of_assets_is_that_of_which_the_debtor_has_most(make):
    world = make.village(BUSY, groups=["asset"]).run_to(0)
    world.run_to(1, before="performing")
    claims, debtors = world.simulation.claims.rows, world.simulation.debtors.rows
    new = claims["debtor"][claims["stage"] == Stage.DUE]
    owned = debtors["assets"][new]
    most = owned.argmax(axis=1)[owned.sum(axis=1) > 0.0]
    world.step()
    told = world.series("asset", counts=True)["n_due"].tolist()
    assert told[:6] == np.bincount(most, minlength=6).tolist()
    assert sum(n > 0 for n in told) > 1
    assert sum(told) == world.measured.sums()[0, 0, Count.DUE]


def test_groups_that_there_are_not_are_refused_with_those_that_there_are(make):
    with pytest.raises(ServandaError, match="there are preserved, ability, belief, asset"):
        make.village(groups=["colour"])
    world = make.village(BUSY, groups=["asset"])
    with pytest.raises(ServandaError, match=r"were not counted.*groups=\['belief'\]"):
        world.series("belief")
    with pytest.raises(ServandaError, match=r"size, district, .* also arm, preserved, ability"):
        world.series("colour")
    with pytest.raises(ServandaError, match="there is no breakdown 'belief'"):
        world.survival("belief")
