"""Claims about ``servanda warmup``, and about what a run says of stocks that still drift."""

import json

import pandas as pd

from sim.analysis import warmup
from sim.analysis.warmup import Drift, Settled, Warmup

SMALL = ("--debtors", 60, "--months", 20, "--replicates", 2)


def told(monkeypatch, burn_in, *months):
    stocks = tuple(Settled(f"stock_{n}", month, 1.0, 2.0) for n, month in enumerate(months))
    made = Warmup("A world", burn_in, 84, 3, stocks, pd.DataFrame({"month": [1]}))
    monkeypatch.setattr(warmup, "warmup", lambda *_, **__: made)


def test_each_stock_is_told_with_the_month_from_which_on_it_is_settled(call):
    done = call("warmup", "village", *SMALL)
    assert done.exit_code == 0, done.stderr
    for word in ("backlog", "settled after", "44 months, no policy in force, mean of 2 runs"):
        assert word in done.stdout
    found = json.loads(call("warmup", "village", *SMALL, "--json").stdout)
    assert (found["burn_in"], found["months"], found["replicates"]) == (24, 44, 2)
    assert len(found["series"]["month"]) == 44


def test_a_burn_in_is_said_to_suffice_to_be_too_short_or_not_to_be_seen(call, monkeypatch):
    told(monkeypatch, 24, 10, 20)
    assert "the burn-in of 24 months suffices: 20 are needed" in call("warmup", "village").stdout
    told(monkeypatch, 24, 10, 40)
    shown = " ".join(call("warmup", "village").stdout.split())
    assert "the burn-in of 24 months is too short: 40 are needed; set run.burn_in = 40" in shown
    told(monkeypatch, 24, 10, None)
    shown = call("warmup", "village").stdout
    assert "not yet" in shown
    assert "not settled in 84 months: stock_1; run longer with --months" in shown


def test_a_run_warns_of_stocks_that_drift_before_any_policy(call, monkeypatch):
    small = ("run", "village", "--debtors", 50, "--months", 1)
    assert "still drift" not in call(*small).stdout
    monkeypatch.setattr(warmup, "still_drifting", lambda world: [Drift("backlog", 0.31)])
    shown = " ".join(call(*small).stdout.split())
    assert "without policies stocks still drift: backlog by +31% a year" in shown
