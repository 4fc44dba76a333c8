"""Claims about the books: money neither appears nor vanishes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.books import TOLERANCE, Books, BooksError, Flow
from tests.engine.loops import untimed

DEBTORS, CREDITORS, COURT, ABROAD = 0, 1, 2, -1
ACCOUNTS = ["debtors", "creditors", "court"]
FLOWS = [
    Flow("income", ABROAD, DEBTORS),
    Flow("payment", DEBTORS, CREDITORS),
    Flow("sale", DEBTORS, COURT),
    Flow("distribution", COURT, CREDITORS),
    Flow("consumption", CREDITORS, ABROAD),
    Flow("exchange", DEBTORS, DEBTORS),
]
MONEY = st.floats(0.0, 1e9)


def after(stocks: np.ndarray, flows: np.ndarray) -> np.ndarray:
    """Stocks moved one flow after another, as kernels move them."""
    moved = stocks.copy()
    for flow, money in zip(FLOWS, flows, strict=True):
        if flow.source >= 0:
            moved[flow.source] -= money
        if flow.target >= 0:
            moved[flow.target] += money
    return moved


def opened(stocks: np.ndarray, derived: tuple[int, ...] = ()) -> Books:
    """Books that start from these stocks."""
    books = Books(ACCOUNTS, FLOWS, derived)
    books.open(stocks)
    return books


OPENING = np.array([1000.0, 200.0, 0.0])
MOVED = np.array([50.0, 30.0, 20.0, 5.0, 10.0, 7.0])


@untimed
@given(st.tuples(MONEY, MONEY, MONEY), st.lists(st.lists(MONEY, min_size=6, max_size=6)))
def test_months_that_balance_pass(opening: tuple[float, ...], months: list[list[float]]) -> None:
    stocks = np.array(opening)
    books = opened(stocks)
    for month in months:
        stocks = after(stocks, np.array(month))
        assert books.close(stocks, np.array(month)).tolist() == stocks.tolist()


UNBALANCED = [
    ([0.01, 0.0, -0.01], [0.0] * 6, r"debtors [^;]*\(\+0\.010000\); court holds [^;]*-0\.01"),
    ([0.0, -0.01, 0.0], [0.0] * 6, r"vanished: creditors [^;]*-0\.01"),
    # a movement counted twice is found in both accounts
    ([0.0] * 3, [0.0, 30.0, 0.0, 0.0, 0.0, 0.0], r"debtors .*\+30\.0+.*creditors .*-30\.0+"),
    ([0.0, np.nan, 0.0], [0.0] * 6, "creditors"),
    ([0.0, np.inf, 0.0], [0.0] * 6, "creditors"),
    ([0.0] * 3, [np.nan] * 6, "debtors"),
]


@pytest.mark.parametrize(("more", "moved", "message"), UNBALANCED)
def test_every_account_that_does_not_balance_is_named_and_the_month_is_not_carried(
    more: list[float], moved: list[float], message: str
) -> None:
    books = opened(OPENING)
    with pytest.raises(BooksError, match=message):
        books.close(after(OPENING, MOVED) + more, MOVED + moved)
    assert books.stocks.tolist() == OPENING.tolist()
    books.close(after(OPENING, MOVED), MOVED)


def test_a_derived_account_opens_at_zero_and_is_carried_by_its_flows() -> None:
    books = opened(OPENING + 3.0, derived=(COURT,))
    assert books.stocks.tolist() == [*(OPENING[:COURT] + 3.0), 0.0]
    stocks = OPENING + 3.0
    for month in (1, 2, 3):
        stocks = after(stocks, MOVED)
        unseen = stocks.copy()
        unseen[COURT] = -99.0  # no rows hold it, so what the tables say does not matter
        assert books.close(unseen, MOVED)[COURT] == month * (20.0 - 5.0)


@pytest.mark.parametrize("turnover", [0.0, 1e6, 1e12])
def test_the_tolerance_scales_with_what_moved_and_not_with_wealth(turnover: float) -> None:
    flows = np.array([turnover, 0.0, 0.0, 0.0, 0.0, 0.0])
    allowed = TOLERANCE * (turnover + 1.0)
    closing = np.array([turnover, 0.0, 0.0])
    # Half and twice the tolerance: rounding of `closing + allowed` cannot cross it.
    opened(np.zeros(3)).close(closing + np.array([0.5 * allowed, 0.0, 0.0]), flows)
    with pytest.raises(BooksError):
        opened(np.zeros(3)).close(closing + np.array([2.0 * allowed, 0.0, 0.0]), flows)
    rich = np.array([1e12, 0.0, 0.0])
    with pytest.raises(BooksError, match="debtors"):
        opened(rich).close(rich + 0.01 * (np.arange(3) == 0), np.zeros(6))
