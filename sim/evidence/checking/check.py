"""Runs all checks of the rows, and collects what they find.

In: the table, the court and the fit. Out: faults, which stop, and warnings, which do not.
"""

from typing import NamedTuple

from sim.evidence.checking.amount import few_cases, nothing_known, single_rows
from sim.evidence.checking.balance import balance
from sim.evidence.checking.cells import uncounted_cells
from sim.evidence.checking.cumulative import looks_cumulative
from sim.evidence.checking.definitions import changed_definition, open_definition
from sim.evidence.checking.jumps import jumps
from sim.evidence.checking.material import Check, Material
from sim.evidence.checking.money import money_per_case
from sim.evidence.checking.parts import cells_add_up, parts_of_whole
from sim.evidence.checking.periods import outside_run, overlaps, whole_months
from sim.evidence.checking.rates import agrees_with_counts, without_counts
from sim.evidence.checking.repeats import constant, same_in_two_years, twice
from sim.evidence.checking.shares import limits_in_order, possible
from sim.evidence.court import Court
from sim.evidence.fit_file import FitSpec
from sim.evidence.table import Table
from sim.scenario.checking.check import Found
from sim.scenario.checking.fault import Fault

CHECKS: tuple[Check, ...] = (
    *(possible, limits_in_order, uncounted_cells),
    *(whole_months, twice, overlaps, outside_run),
    *(balance, parts_of_whole, cells_add_up),
    *(agrees_with_counts, money_per_case, without_counts),
    *(looks_cumulative, jumps, same_in_two_years, constant),
    *(changed_definition, open_definition),
    *(nothing_known, single_rows, few_cases),
)
"""All checks, in the order in which their remarks on one line are shown."""


class Checked(NamedTuple):
    """What all checks found."""

    faults: list[Found]
    warnings: list[Found]


def checked(table: Table, court: Court, fit: FitSpec | None) -> Checked:
    """Run all checks."""
    material = Material(tuple(table.rows), court, fit)
    found = Checked([], [])
    for check in CHECKS:
        for remark in check(material):
            place = table.place(remark.row.line), Fault(remark.column, remark.what, remark.hint)
            (found.faults if remark.stops else found.warnings).append(place)
    return found
