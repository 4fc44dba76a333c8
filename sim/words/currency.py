"""The money of a world in texts: what is written in yuan, in the currency of the scenario.

Units and sentences are written once, with the yuan of the baseline. A scenario names its currency
(`currency = "pound"`), and where its texts are shown, that word takes the place of the yuan. The
word changes no number: sums are in the money of the scenario from the start.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from sim.terms import Currency


class Money(NamedTuple):
    """The names of a currency: one unit, several, and in Chinese."""

    one: str
    several: str
    zh: str


CURRENCIES: dict[Currency, Money] = {
    "yuan": Money("yuan", "yuan", "元"),
    "pound": Money("pound", "pounds", "英镑"),
    "euro": Money("euro", "euros", "欧元"),
    "dollar": Money("dollar", "dollars", "美元"),
}
"""The currencies that a scenario can name."""

ONE, SEVERAL = re.compile(r"\b(per|a|one more) yuan\b"), re.compile(r"\byuan\b")

_IN_USE: ContextVar[Currency] = ContextVar("currency", default="yuan")


def in_currency(text: str, currency: Currency | None = None) -> str:
    """A text in English or Chinese with the yuan replaced by a currency.

    Args:
        text: The text; ``yuan per yuan recovered`` becomes ``pounds per pound recovered``.
        currency: The currency; by default that of the `money_in` in which this is called.
    """
    currency = currency or _IN_USE.get()
    if currency == "yuan":
        return text
    money = CURRENCIES[currency]
    text = ONE.sub(rf"\1 {money.one}", text)
    return SEVERAL.sub(money.several, text).replace(CURRENCIES["yuan"].zh, money.zh)


def use(currency: Currency) -> None:
    """Show money in a currency from now on, for a program that is about one scenario."""
    _IN_USE.set(currency)


@contextmanager
def money_in(currency: Currency) -> Iterator[None]:
    """Let everything that is written inside show money in a currency."""
    before = _IN_USE.set(currency)
    try:
        yield
    finally:
        _IN_USE.reset(before)
