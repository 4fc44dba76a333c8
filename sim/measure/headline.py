"""Lists the indicators at the head of every table of results; finds those that need a longer run.

In: names of indicators, and the number of measured months. Out: those that can be computed,
and a sentence about those that cannot.
"""

from collections.abc import Iterable

from sim.indicator import Indicator
from sim.measure.indicators import INDICATORS, KNOWN

HEADLINE: tuple[str, ...] = (
    *("performed_12", "performed_36", "voluntary_12", "voluntary_36", "months_to_money"),
    *("refusal", "harm", "public_outlay"),
)
"""The indicators that head the tables of commands and reports, in their order."""


def headlines() -> list[Indicator]:
    """All indicators in the table of a run: `HEADLINE`, then others with `headline` set."""
    more = (one.name for one in INDICATORS if one.headline)
    return [KNOWN[name] for name in dict.fromkeys((*HEADLINE, *more))]


def possible(names: Iterable[str], months: int) -> list[str]:
    """The given indicators for which a run is long enough; unknown names are kept.

    Args:
        names: Names of indicators.
        months: Measured months of the run.
    """
    return [name for name in names if name not in KNOWN or KNOWN[name].fewest_months <= months]


def too_short(names: Iterable[str], months: int) -> str:
    """A sentence that names the indicators for which a run is too short, with the months needed.

    Args:
        names: Names of indicators.
        months: Measured months of the run.

    Returns:
        The sentence; empty if the run is long enough for all.
    """
    there = set(possible(names, months))
    missing = [name for name in names if name not in there]
    if not missing:
        return ""
    by_months: dict[int, list[str]] = {}
    for name in missing:
        by_months.setdefault(KNOWN[name].fewest_months, []).append(name)
    parts = (f"{', '.join(which)} (needs {least})" for least, which in sorted(by_months.items()))
    return f"{months} measured months are too few for {'; '.join(parts)}."
