"""Claims about ``servanda warmup``, and about what a run says of stocks that still drift."""

import pandas as pd
import pytest

from sim.analysis import warmup
from sim.analysis.warmup import Drift, Settled, Warmup

SMALL = ("--debtors", 60, "--months", 20, "--replicates", 2)


def test_each_stock_is_shown_with_the_month_from_which_on_it_is_settled(shown, told):
    assert "44 months, no policy in force, mean of 2 runs" in shown("warmup", "village", *SMALL)
    found = told("warmup", "village", *SMALL)
    assert (found["burn_in"], found["months"], found["replicates"]) == (24, 44, 2)
    assert len(found["series"]["month"]) == 44


@pytest.mark.parametrize(
    ("months", "verdict"),
    [
        ((10, 20), "the burn-in of 24 months suffices: 20 are needed"),
        ((10, 40), "burn-in of 24 months is too short: 40 are needed; set run.burn_in = 40"),
        ((10, None), "not settled in 84 months: stock_1; run longer with --months"),
    ],
)
def test_a_burn_in_suffices_is_too_short_or_unknown(shown, monkeypatch, months, verdict):
    stocks = tuple(Settled(f"stock_{n}", month, 1.0, 2.0) for n, month in enumerate(months))
    made = Warmup("A world", 24, 84, 3, stocks, pd.DataFrame({"month": [1]}))
    monkeypatch.setattr(warmup, "warmup", lambda *_, **__: made)
    said = shown("warmup", "village")
    assert verdict in said
    assert ("not yet" in said) == (None in months)


def test_a_run_warns_of_stocks_that_drift_before_any_policy(shown, monkeypatch):
    small = ("run", "village", "--debtors", 50, "--months", 1)
    assert "still drift" not in shown(*small)
    monkeypatch.setattr(warmup, "still_drifting", lambda world: [Drift("backlog", 0.31)])
    assert "without policies stocks still drift: backlog by +31% a year" in shown(*small)
