"""Options in real units: budgets, the population of a district, other currencies.

In: options of the command line. Out: numbers for the analysis, and a log line on how a budget was
interpreted.
"""

import logging
import math
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from sim.cli.console.numbers import number

if TYPE_CHECKING:
    from sim.analysis.comparison.district import Budget as Sum
    from sim.analysis.comparison.district import District

log = logging.getLogger("servanda.budget")

ABSURD = 10.0
"""A budget of more than this many times a package's full cost looks like a mistake."""

Budget = Annotated[
    str | None,
    typer.Option(
        metavar="NUMBER[/year|/month]",
        help="Budget of the policies: an amount such as 3e6/year with --population, otherwise a "
        "number of yuan a year per 1,000 debtors.",
    ),
]
Population = Annotated[
    int | None,
    typer.Option(
        min=1, help="Adults in a district; amounts are also shown for a district of this size."
    ),
]
Debtors1000 = Annotated[
    float | None,
    typer.Option(
        "--debtors-per-1000",
        help="Debtors of the model per 1,000 adults; by default the number at which the "
        "baseline has 4.65 new cases a year per 1,000 adults, as China had in 2016.",
    ),
]
Money = Annotated[
    str | None,
    typer.Option(
        metavar="NAME=YUAN", help="Currency of a district: EUR=7.8 means 7.8 yuan per euro."
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        min=0, help="Seed of the comparison, from which the seeds of its runs are derived."
    ),
]
"""Option of all commands that compare: the same seed and replicates give the same runs."""


class Units(NamedTuple):
    """The units given on the command line.

    Args:
        adults: Adults of the district; None without a district.
        debtors_per_1000: Debtors per 1,000 adults; None to derive it from the baseline's cases.
        currency: Name of the currency, and how many yuan one unit of it is worth.
        yearly: Budget per year; None without a budget. With a district, it is the amount for the
            whole district, in `currency`. Without one, it is in yuan per 1,000 debtors.
    """

    adults: int | None
    debtors_per_1000: float | None
    currency: tuple[str, float]
    yearly: float | None

    def district(self, cases: float) -> "District | None":
        """The district, given the baseline's new cases per 1,000 debtors and year."""
        from sim.analysis.comparison.district import Currency, district

        if self.adults is None:
            return None
        return district(
            self.adults,
            given=self.debtors_per_1000,
            intake=cases / 1000.0,
            currency=Currency(*self.currency),
            budget=self.yearly,
        )

    def per_thousand(self, cases: float) -> float:
        """The budget in yuan a year per 1,000 debtors; called only if there is a budget."""
        assert self.yearly is not None
        found = self.district(cases)
        return self.yearly if found is None else found.per_thousand(self.yearly)

    def plain(self) -> dict[str, Any]:
        """The entry ``district`` of a comparison's manifest; empty without a district."""
        if self.adults is None:
            return {}
        values = {"adults": self.adults, "debtors_per_1000": self.debtors_per_1000}
        return {"district": values | {"currency": list(self.currency), "budget": self.yearly}}


def units(
    budget: str | None,
    population: int | None,
    debtors_per_1000: float | None,
    currency: str | None,
) -> Units:
    """Check the options together; a budget without a unit is noted in the log.

    Raises:
        ServandaError: If an option is invalid, or lacks another that it needs.
    """
    from sim.analysis.comparison.district import YUAN, Currency
    from sim.analysis.comparison.district import Budget as Sum
    from sim.errors import ServandaError

    given = {"--debtors-per-1000": debtors_per_1000, "--currency": currency}
    for option, value in given.items():
        if value is not None and population is None:
            raise ServandaError(option, "needs --population", "give the number of adults")
    if debtors_per_1000 is not None and not 0.001 <= debtors_per_1000 <= 1e6:
        what = f"{debtors_per_1000:g} is out of range"
        raise ServandaError("--debtors-per-1000", what, "give 0.001 to 1,000,000")
    unit = YUAN if currency is None else Currency.of(currency)
    yearly = None if budget is None else _yearly(Sum.of(budget), population, budget)
    return Units(population, debtors_per_1000, (unit.name, unit.yuan), yearly)


def _yearly(found: "Sum", population: int | None, text: str) -> float:
    """The amount of a budget per year.

    Raises:
        ServandaError: If the budget lacks a period, or is for a population that is not given.
    """
    from sim.analysis.comparison.district import PERIODS
    from sim.errors import ServandaError

    if population is None and found.period:
        hint = f"give --population, or only the number of yuan a year per 1,000 debtors ('{text}')"
        raise ServandaError("--budget", f"{found} needs a population", hint)
    if population is not None and not found.period:
        what = f"{found} has no period"
        raise ServandaError("--budget", what, f"give {text}/year or {text}/month")
    if population is None:
        log.info("budget: read as %s yuan a year per 1,000 debtors", f"{found.amount:,.10g}")
    return found.amount * PERIODS.get(found.period, 1.0)


def warn_absurd(per_thousand: float, whole: dict[str, float]) -> None:
    """Warn if a budget is many times the cost of every package at full strength.

    Args:
        per_thousand: The budget, yuan a year per 1,000 debtors.
        whole: Full cost of each package by name, in the same unit.
    """
    dearest = max((yuan for yuan in whole.values() if math.isfinite(yuan)), default=0.0)
    if 0.0 < dearest * ABSURD < per_thousand:
        log.warning(
            "budget: %s yuan a year per 1,000 debtors is %s per debtor, %s times the cost of "
            "the most expensive of these packages at full strength",
            f"{per_thousand:,.10g}",
            number(per_thousand / 1000.0),
            f"{per_thousand / dearest:,.0f}",
        )
