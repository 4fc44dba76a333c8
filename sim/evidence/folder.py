"""Reads a folder of evidence: `data.csv`, `court.toml` and `fit.toml`.

In: a folder. Out: an `Evidence`, or one error with all faults in the order of files and lines.
"""

from dataclasses import dataclass
from pathlib import Path

from sim.evidence import court as court_file
from sim.evidence import fit_file
from sim.evidence import table as table_file
from sim.evidence.checking.check import checked
from sim.evidence.court import Court, read_court
from sim.evidence.cumulative import differenced
from sim.evidence.fit_file import FitSpec, read_fit
from sim.evidence.row import Row
from sim.evidence.shipped import locate, shipped
from sim.evidence.table import read_table
from sim.scenario.checking.check import Found, Place, refusal
from sim.scenario.checking.fault import Fault, meant


@dataclass(frozen=True)
class Evidence:
    """The figures of a court, and what a fit of the model to them is to do.

    Args:
        path: The folder.
        rows: The figures, in the order of the file.
        court: What the figures refer to.
        fit: What a fit varies; None without `fit.toml`.
        warnings: What is unusual but allowed, each with its place.
    """

    path: Path
    rows: tuple[Row, ...]
    court: Court
    fit: FitSpec | None
    warnings: tuple[Found, ...] = ()

    def used(self, *uses: str) -> tuple[Row, ...]:
        """The rows with a number and one of these uses, such as ``fit``."""
        return tuple(row for row in self.rows if row.known and row.use in uses)


@dataclass(frozen=True)
class Examined:
    """A folder after all checks.

    Args:
        evidence: What was read; None if there are faults.
        faults: What has to be corrected.
        warnings: What is unusual but allowed.
    """

    evidence: Evidence | None
    faults: tuple[Found, ...]
    warnings: tuple[Found, ...]


def read_evidence(folder: str | Path) -> Evidence:
    """Read and check a folder of evidence.

    Args:
        folder: The folder, or the name of a shipped example.

    Raises:
        ScenarioErrors: With all faults, in the order of files and lines.
    """
    found = examined(folder)
    if found.evidence is None:
        raise refusal(found.faults)
    return found.evidence


def examined(folder: str | Path) -> Examined:
    """Read and check a folder of evidence; faults are part of the result."""
    path = locate(folder)
    if not path.is_dir():
        what = "this is no folder" if path.exists() else "there is no such folder"
        hint = meant(str(folder), shipped()) or f"shipped: {', '.join(shipped())}"
        fault = Fault("", what, hint)
        return Examined(None, ((Place(0, 0, str(path)), fault),), ())
    court, of_court = read_court(path / court_file.NAME)
    # Other faults should not hide those of the rows, so they are read in any case.
    table = read_table(path / table_file.NAME, court or Court())
    if court is not None and court.cumulative:
        table.rows, falls = differenced(table.rows, court.year_begins)
        for one in falls:
            what = f"a total of {one.row.value:,.12g} after {one.before:,.12g} in the same year"
            hint = "correct it, or write cumulative = false in court.toml"
            table.fault(one.row.line, "value", what, hint)
    faults, warnings = [*table.found, *of_court.found], list(table.warnings)
    fit = None
    fit_path = path / fit_file.NAME
    if fit_path.exists():
        fit, of_fit = read_fit(fit_path)
        faults += of_fit.found
    else:
        hint = "a fit needs it: docs/own_data.md describes it"
        warnings.append((Place(2, 0, str(fit_path)), Fault("", "there is no such file", hint)))
    if court is not None:
        more = checked(table, court, fit)
        faults += more.faults
        warnings += more.warnings
    if faults:
        return Examined(None, tuple(faults), tuple(warnings))
    assert court is not None
    return Examined(
        Evidence(path, tuple(table.rows), court, fit, tuple(warnings)), (), tuple(warnings)
    )
