"""Claims about the table of money: every flow in one line, and what one pays another receives."""

import numpy as np
import pytest

import sim
from sim.analysis.comparison.compare import comparison
from sim.analysis.comparison.money import by_point, intake, money, net_of
from sim.analysis.comparison.payments import CLAIMS, EVERYDAY, LINES, PARTIES
from sim.books.accounts import MOVEMENTS, Account
from sim.runs.sweep import sweep
from tests.experiment.small import inline


def test_every_flow_stands_in_one_line_with_its_parties_or_apart():
    placed = [flow for line in LINES for flow in line.flows]
    assert sorted([*placed, *EVERYDAY, *CLAIMS]) == sorted(MOVEMENTS)
    for line in LINES:
        ends = {MOVEMENTS[flow][:2] for flow in line.flows}
        assert ends <= {(line.payer, line.receiver)}, line.name
    parties = {party for line in LINES for party in (line.payer, line.receiver)}
    assert parties == set(PARTIES) == set(Account) - {Account.CLAIMS}


def test_fees_and_fines_are_the_states_and_proceeds_the_creditors():
    parties = {line.name: (line.payer, line.receiver) for line in LINES}
    assert parties["enforcement_fees"] == (Account.ESCROW, Account.STATE)
    assert parties["court_fees"] == (Account.CREDITORS, Account.STATE)
    assert parties["fines"] == (Account.DEBTORS, Account.STATE)
    assert parties["distributed"] == (Account.ESCROW, Account.CREDITORS)


SIZE = {"replicates": 3, "debtors": 200, "months": 8}


@pytest.fixture(scope="module")
def insured(tmp_path_factory):
    """Compulsory cover of injuries beside the baseline, where many claims arise."""
    room = tmp_path_factory.mktemp("insured")
    head = 'format = 1\ntitle = "{}"\nextends = "{}"\nobligations.intensity = 20.0\n'
    small = "run.burn_in = 4\npopulation.districts = 2\n"
    for name, parent in (("base", "china_2016"), ("cover", "insurance_only")):
        (room / f"{name}.toml").write_text(head.format(name, parent) + small, encoding="utf-8")
    asked = comparison([str(room / f"{name}.toml") for name in ("base", "cover")], **SIZE)
    sweep(asked, room / "out", workers=inline)
    return sim.results(room / "out")


def test_what_one_pays_another_receives(insured):
    for table in by_point(insured).values():
        assert np.allclose(net_of(table).sum(axis=1), 0.0, atol=1e-6)


def test_the_table_agrees_with_the_books(insured):
    task = comparison([str(n) for n in insured.points["scenario"]], **SIZE)
    world = sim.World(task.tasks()[0].scenario()).run()
    flows = world.measured.books().query("month >= 1")
    years = world.series(counts=True)["n_debtors"].sum() / 12.0
    row = by_point(insured)[0].loc[0]
    assert row["premiums"] == pytest.approx(flows["premium"].sum() / years)
    # The state's account is carried by its flows; its costs of policy stand beside the books.
    spent = [line.name for line in LINES if line.costs]
    received = net_of(by_point(insured)[0]).loc[0, Account.STATE] + row[spent].sum()
    before = world.measured.books().query("month == 0")["stock_state"].sum()
    assert received == pytest.approx((flows["stock_state"].iloc[-1] - before) / years)


def test_public_cost_is_what_the_state_spends_on_officers_custody_and_measures(insured):
    runs = insured.runs.set_index(["point", "replicate"])["public_outlay"]
    for point, table in by_point(insured).items():
        spent = table[["officers_pay", "custody", "levers"]].sum(axis=1)
        assert np.allclose(spent, runs.loc[point])


def test_cover_that_looks_free_is_paid_by_premiums(insured):
    base, cover = money(insured)
    assert cover.lines["premiums"].mean > 0.5 * base.paid["premiums"] > 0.0
    assert cover.parties[Account.DEBTORS].base == pytest.approx(base.levels[Account.DEBTORS])


def test_new_cases_are_counted_and_a_folder_without_accounts_has_no_table(insured, monkeypatch):
    assert intake(insured) > 0.0
    monkeypatch.setattr(insured, "accounts", insured.accounts.iloc[:0][["point", "replicate"]])
    assert money(insured) == []
    assert np.isnan(intake(insured))
