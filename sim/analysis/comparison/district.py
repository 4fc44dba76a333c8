"""Real units: how many debtors a district's people stand for, budgets, and other currencies.

In: what a user says of a district and of money. Out: yuan a year per 1,000 debtors, which is what
the model reckons in, and back. A debtor of the model is anyone who may fall into debt, so
that adults are no debtors: the two are brought together by the cases that courts enforce, of which
a district has so many for 1,000 adults and a world so many for 1,000 debtors.
"""

import math
import re
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from sim.errors import ServandaError

CASES = 4.65
"""New enforcement cases a year per 1,000 people of 16 and over: 5.292 of 1,138.33 million in China,
2016 (A3, A23)."""
PERIODS = {"year": 1.0, "month": 12.0}
"""How often a sum of a period is paid in a year."""
_AMOUNT = re.compile(r"(?P<number>[^/\s]+)(?:/(?P<period>year|month))?")
_CURRENCY = re.compile(r"(?P<name>[^\W\d_]{1,12})=(?P<yuan>\S+)")


class Currency(NamedTuple):
    """A currency in which sums for a district are given.

    Args:
        name: What it is called.
        yuan: Yuan of the model's prices for one unit of it.
    """

    name: str = "yuan"
    yuan: float = 1.0

    @classmethod
    def of(cls, text: str) -> Self:
        """A currency as a user writes it: ``EUR=7.8`` is 7.8 yuan for a euro.

        Raises:
            ServandaError: If it is written otherwise.
        """
        found = _CURRENCY.fullmatch(text.strip())
        yuan = _number(found["yuan"]) if found else math.nan
        if found is None or not 1e-6 <= yuan <= 1e9:
            hint = "give its name and the yuan for one unit: EUR=7.8, say"
            raise ServandaError("--currency", f"'{text}' is no currency", hint)
        return cls(found["name"], yuan)


class Budget(NamedTuple):
    """A sum of money that a user has named.

    Args:
        amount: The number.
        period: ``year`` or ``month``; empty where none was named.
    """

    amount: float
    period: str = ""

    @classmethod
    def of(cls, text: str) -> Self:
        """A budget as a user writes it: ``NUMBER``, ``NUMBER/year`` or ``NUMBER/month``.

        Raises:
            ServandaError: If it is written otherwise, or is not above 0.
        """
        found = _AMOUNT.fullmatch(text.strip().replace(",", "").replace("_", ""))
        hint = "give NUMBER/year or NUMBER/month: 3e6/year, say"
        amount = _number(found["number"]) if found else math.nan
        if found is None or not math.isfinite(amount):
            raise ServandaError("--budget", f"'{text}' is no sum", hint)
        if not LEAST <= amount <= MOST:
            what = f"{text} is no budget between {LEAST:g} and {MOST:g}"
            raise ServandaError("--budget", what, hint)
        return cls(amount, found["period"] or "")

    def __str__(self) -> str:
        """As it is written."""
        return f"{self.amount:,.10g}{f' a {self.period}' if self.period else ''}"


LEAST, MOST = 1e-3, 1e15
"""Between which a budget can be meant."""


YUAN = Currency()


@dataclass(frozen=True)
class District:
    """People for whom results are scaled up.

    Args:
        adults: How many they are.
        debtors_per_1000: Debtors of the model for 1,000 of them.
        measured: Whether that follows from cases (`CASES`) and the baseline's own intake; else
            the user has said it.
        currency: The currency of their money.
        budget: What a year of policies may cost them, in that currency; None where none was given.
    """

    adults: int
    debtors_per_1000: float
    measured: bool
    currency: Currency = YUAN
    budget: float | None = None

    @property
    def debtors(self) -> float:
        """How many debtors they stand for."""
        return self.adults * self.debtors_per_1000 / 1000.0

    def money(self, yuan: float) -> float:
        """A yearly sum for the whole district, in its currency, from yuan a debtor and year."""
        return yuan * self.debtors / self.currency.yuan

    def per_thousand(self, yearly: float) -> float:
        """A yearly sum for the whole district, in yuan a year per 1,000 debtors."""
        return yearly * self.currency.yuan / self.debtors * 1000.0

    def people(self, per_thousand: float) -> float:
        """How many people a number per 1,000 debtors stands for."""
        return per_thousand * self.debtors / 1000.0


def district(
    adults: int,
    *,
    given: float | None,
    intake: float,
    currency: Currency = YUAN,
    budget: float | None = None,
) -> District:
    """A district of so many adults.

    Args:
        adults: How many.
        given: Debtors for 1,000 of them, where the user says so.
        intake: New cases a year for each debtor of the baseline, revived ones included.
        currency: The currency of money.
        budget: Its budget a year, in that currency.

    Raises:
        ServandaError: If nothing says how many debtors they stand for.
    """
    if given is not None:
        return District(adults, given, False, currency, budget)
    if not intake > 0.0:
        what = "no case came to enforcement in these runs, so nothing says what a debtor stands for"
        hint = "give --debtors-per-1000, or more debtors and months"
        raise ServandaError("--population", what, hint)
    return District(adults, CASES / intake, True, currency, budget)


def restored(about: dict[str, Any] | None, intake: float) -> District | None:
    """The district of which a sweep's manifest speaks; None where it speaks of none.

    Args:
        about: What the manifest holds under ``district``.
        intake: As for `district`.
    """
    if not about:
        return None
    return district(
        int(about["adults"]),
        given=about["debtors_per_1000"],
        intake=intake,
        currency=Currency(*about["currency"]),
        budget=about["budget"],
    )


def _number(text: str) -> float:
    try:
        return float(text.replace("−", "-"))
    except ValueError:
        return math.nan
