"""Real units: the budget of a district, its currency, and how many debtors of the model it has.

In: population, budget and currency, as a user gives them. Out: conversions between sums of money in
the district and in the model. Those in the model are yuan a year, per debtor or per 1,000 debtors.

A debtor of the model is any person or firm that may fall into debt. How many there are per 1,000
adults is derived from enforcement cases: cases per 1,000 adults in China, divided by cases per
debtor in the baseline.
"""

import math
import re
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from sim.errors import ServandaError

CASES = 4.65
"""New enforcement cases a year per 1,000 people aged 16 and over. In 2016, China had 5.292 million
cases and 1,138.33 million people of this age (A3 and A23 in docs/facts.md)."""
PERIODS = {"year": 1.0, "month": 12.0}
"""Number of periods in a year."""
_AMOUNT = re.compile(r"(?P<number>[^/\s]+)(?:/(?P<period>year|month))?")
_CURRENCY = re.compile(r"(?P<name>[^\W\d_]{1,12})=(?P<yuan>\S+)")


class Currency(NamedTuple):
    """A currency in which sums for a district are given.

    Args:
        name: Its name.
        yuan: Yuan of the model that one unit of the currency is worth.
    """

    name: str = "yuan"
    yuan: float = 1.0

    @classmethod
    def of(cls, text: str) -> Self:
        """A currency as a user writes it: ``EUR=7.8`` is 7.8 yuan for a euro.

        Raises:
            ServandaError: If it does not have this form.
        """
        found = _CURRENCY.fullmatch(text.strip())
        yuan = _number(found["yuan"]) if found else math.nan
        if found is None or not 1e-6 <= yuan <= 1e9:
            hint = "give its name and the yuan for one unit, for example EUR=7.8"
            raise ServandaError("--currency", f"'{text}' is not a currency", hint)
        return cls(found["name"], yuan)


class Budget(NamedTuple):
    """A sum of money that a user has given.

    Args:
        amount: The number.
        period: ``year`` or ``month``; empty if none was given.
    """

    amount: float
    period: str = ""

    @classmethod
    def of(cls, text: str) -> Self:
        """A budget as a user writes it: ``NUMBER``, ``NUMBER/year`` or ``NUMBER/month``.

        Raises:
            ServandaError: If it does not have this form, or is not between `LEAST` and `MOST`.
        """
        found = _AMOUNT.fullmatch(text.strip().replace(",", "").replace("_", ""))
        hint = "give NUMBER/year or NUMBER/month, for example 3e6/year"
        amount = _number(found["number"]) if found else math.nan
        if found is None or not math.isfinite(amount):
            raise ServandaError("--budget", f"'{text}' is not a sum of money", hint)
        if not LEAST <= amount <= MOST:
            what = f"{text} is not a budget between {LEAST:g} and {MOST:g}"
            raise ServandaError("--budget", what, hint)
        return cls(amount, found["period"] or "")

    def __str__(self) -> str:
        """Amount and period as messages show them, such as ``3,000,000 a year``."""
        return f"{self.amount:,.10g}{f' a {self.period}' if self.period else ''}"


LEAST, MOST = 1e-3, 1e15
"""Smallest and largest budget that is accepted."""


YUAN = Currency()


@dataclass(frozen=True)
class District:
    """A district to whose size results are scaled.

    Args:
        adults: Number of adults.
        debtors_per_1000: Debtors of the model per 1,000 adults.
        measured: Whether `debtors_per_1000` is derived from `CASES` and the new cases of the
            baseline; otherwise the user has given it.
        currency: The currency of the district.
        budget: Yearly budget for policies, in that currency; None if none is given.
    """

    adults: int
    debtors_per_1000: float
    measured: bool
    currency: Currency = YUAN
    budget: float | None = None

    @property
    def debtors(self) -> float:
        """Number of debtors of the model in the district."""
        return self.adults * self.debtors_per_1000 / 1000.0

    def money(self, yuan: float) -> float:
        """A yearly sum for the whole district, in its currency, from yuan per debtor and year."""
        return yuan * self.debtors / self.currency.yuan

    def per_thousand(self, yearly: float) -> float:
        """Yuan a year per 1,000 debtors, from a yearly sum of the district in its currency."""
        return yearly * self.currency.yuan / self.debtors * 1000.0

    def people(self, per_thousand: float) -> float:
        """Number of people in the district, from a number per 1,000 debtors."""
        return per_thousand * self.debtors / 1000.0


def district(
    adults: int,
    *,
    given: float | None,
    intake: float,
    currency: Currency = YUAN,
    budget: float | None = None,
) -> District:
    """A district. The number of its debtors is derived if it is not given.

    Args:
        adults: Number of adults.
        given: Debtors per 1,000 adults, if the user gives that number.
        intake: New and revived enforcement cases per debtor and year in the baseline.
        currency: The currency of the district.
        budget: Yearly budget for policies, in that currency; None if none is given.

    Raises:
        ServandaError: If the number of debtors is not given and cannot be derived.
    """
    if given is not None:
        return District(adults, given, False, currency, budget)
    if not intake > 0.0:
        what = "no case came to enforcement in these runs, so the number of debtors is unknown"
        hint = "give --debtors-per-1000, or more debtors and months"
        raise ServandaError("--population", what, hint)
    return District(adults, CASES / intake, True, currency, budget)


def restored(about: dict[str, Any] | None, intake: float) -> District | None:
    """The district recorded in the manifest of a sweep; None if none is recorded.

    Args:
        about: The entry ``district`` of the manifest.
        intake: New and revived enforcement cases per debtor and year in the baseline.
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
