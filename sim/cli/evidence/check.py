"""``servanda data check``: read a court's own figures and report every fault in them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.console.options import Json
from sim.cli.evidence.options import EvidenceFolder

if TYPE_CHECKING:
    from sim.evidence.folder import Evidence, Examined
    from sim.evidence.row import Row
    from sim.scenario.checking.check import Found


def check(folder: EvidenceFolder, as_json: Json = False) -> None:
    """Check a court's figures, and report every fault in them."""
    from sim.cli.console.streams import escaped
    from sim.cli.console.writing import print_json
    from sim.evidence.folder import examined
    from sim.scenario.checking.check import refusal

    found = examined(folder)
    if as_json:
        print_json(_plain(folder, found))
    for line in str(refusal(found.faults)).splitlines() if found.faults else ():
        typer.echo(escaped(line), err=True)
    if found.evidence is None:
        raise typer.Exit(2)
    for place, fault in sorted(found.warnings, key=lambda one: one[0][:2]):
        typer.echo(escaped(f"warning: {place.error(fault)}"), err=True)
    if not as_json:
        _show(found.evidence)


def _show(evidence: "Evidence") -> None:
    """A table of what was read: a line for each series."""
    from sim.cli.console.writing import Column, say, table
    from sim.evidence.catalogue import KNOWN

    rows = []
    for one in _series(evidence.rows):
        known = [row for row in one if row.known]
        rows.append(
            (
                _named(one[0]),
                _period(one),
                f"{len(known)}" if len(known) == len(one) else f"{len(known)} of {len(one)}",
                f"{_range([row.value for row in known])} {KNOWN[one[0].measure].unit}",
                ", ".join(dict.fromkeys(row.use for row in one)),
            )
        )
    court = evidence.court
    heads = (Column("measure"), Column("period", whole=True), Column("figures", right=True))
    table(
        (*heads, "values", "use"),
        rows,
        title=f"{evidence.path}: ok{f' ({court.name})' if court.name else ''}",
    )
    if court.note:
        say(court.note)
    if evidence.fit is not None:
        fit = evidence.fit
        say(f"Fit: {len(fit.free)} free parameters of {fit.base}, {len(fit.held)} held.")


def _named(row: "Row") -> str:
    """Measure, definition and cell of a series."""
    text = f"{row.measure} ({row.definition})" if row.definition else row.measure
    return text if row.cell[0] == "all" else f"{text}, {row.cell[1]}"


def _period(rows: "list[Row]") -> str:
    """The months from the first to the last figure; years where they are whole."""
    from sim.evidence.period import months

    first, last = rows[0].first or rows[0].last, max(row.last for row in rows)
    if first == months(first.year, 1, 12).first and last == months(last.year, 1, 12).last:
        return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    return f"{first:%Y-%m}" if first == last else f"{first:%Y-%m} to {last:%Y-%m}"


def _range(values: list[float]) -> str:
    """The values of a series: one, or the smallest and the largest."""
    if not values:
        return "NA"
    low, high = min(values), max(values)
    return f"{low:,.4g}" if low == high else f"{low:,.4g} to {high:,.4g}"


def _series(rows: Iterable["Row"]) -> list[list["Row"]]:
    """The rows by measure, definition and cell, each list in the order of time."""
    found: dict[object, list[Row]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return [sorted(one, key=lambda row: row.last) for one in found.values()]


def _plain(folder: str, found: "Examined") -> dict[str, Any]:
    """The result of a check in plain values."""
    evidence = found.evidence
    report: dict[str, Any] = {"folder": folder, "ok": evidence is not None}
    report["errors"] = [_plain_fault(one) for one in found.faults]
    report["warnings"] = [_plain_fault(one) for one in found.warnings]
    if evidence is not None:
        report["court"] = evidence.court.name
        report["rows"] = [_plain_row(row) for row in evidence.rows]
        report["free"] = [one.path for one in evidence.fit.free] if evidence.fit else None
    return report


def _plain_fault(found: "Found") -> dict[str, Any]:
    place, fault = found
    return {
        "file": place.file,
        "line": place.line or None,
        "column": fault.path or None,
        "what": fault.what,
        "hint": fault.hint,
    }


def _plain_row(row: "Row") -> dict[str, Any]:
    from dataclasses import asdict

    from sim.evidence.catalogue import KNOWN
    from sim.evidence.uncertainty import uncertainty

    values = asdict(row) | uncertainty(row, KNOWN[row.measure])._asdict()
    return {"unit": KNOWN[row.measure].unit} | values
