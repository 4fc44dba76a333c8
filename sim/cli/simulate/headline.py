"""The headline of a run, its main indicators: a table for people, JSON for programs."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.runs.output.manifest import Manifest

ABOUT = (
    *("identity", "title", "seed", "months", "debtors"),
    *("headline", "warnings", "reach", "arms"),
)
"""Fields of the manifest that are part of the JSON output."""


def show(manifest: "Manifest", *, as_json: bool, folder: Path | None, again: bool) -> None:
    """Write the headline to stdout.

    Args:
        manifest: The manifest of the run.
        as_json: Whether to write JSON.
        folder: Folder of the run; None if the run is not kept.
        again: Whether the folder already contained this run.
    """
    from sim.cli.console.numbers import many
    from sim.cli.console.writing import Column, print_json, say, table

    if as_json:
        fields = {name: manifest.get(name, []) for name in ABOUT}
        print_json(fields | {"folder": str(folder) if folder else None, "reused": again})
        return

    from sim.measure.headline import headlines, possible, too_short

    months, debtors, seed = (manifest[name] for name in ("months", "debtors", "seed"))
    columns = (Column("indicator", whole=True), Column("value", right=True), "unit", "title")
    about = {one.name: one for one in headlines()}
    rows = [
        (name, shown(manifest["headline"].get(name)), about[name].unit, about[name].title)
        for name in possible(about, months)
    ]
    title = f"{manifest['title']}: {months} months, {debtors:,} debtors, seed {seed}"
    table(columns, rows, title=title, notes=tuple(filter(None, [too_short(about, months)])))
    for one in manifest.get("reach", ()):
        say(
            f"policy {one['policy']}: in force for {many(one['months'], 'month')}, reached "
            f"{many(one['courts'], 'court')}, {many(one['debtors'], 'debtor')}, "
            f"{many(one['claims'], 'claim')} and {many(one['cases'], 'case')}"
        )
    arms = manifest.get("arms", ())
    for policy in dict.fromkeys(one["policy"] for one in arms):
        _show_arms([one for one in arms if one["policy"] == policy], months)
    for warning in manifest["warnings"]:
        say(f"warning: {warning}")


def _show_arms(arms: "list[dict[str, Any]]", months: int) -> None:
    """Write the outcomes of the treated and of the controls of one policy.

    Args:
        arms: Both arms (treated and controls) of the policy, from the manifest.
        months: Measured months of the run.
    """
    from sim.cli.console.numbers import number
    from sim.cli.console.writing import Column, table
    from sim.measure.headline import possible

    names = [one["arm"] for one in arms]
    columns = (Column("indicator", whole=True), *(Column(one, right=True) for one in names))
    rows = [
        ("debtors with claims", *(f"{one['debtors']:,}" for one in arms), ""),
        ("claims fallen due", *(f"{one['claims']:,}" for one in arms), ""),
    ]
    for name in possible(arms[0]["outcomes"], months):
        treated, control = (one["outcomes"].get(name) for one in arms)
        known = treated is not None and control is not None
        gap = number(treated - control, "+") if known else "–"
        rows.append((name, shown(treated), shown(control), gap))
    title = f"policy {arms[0]['policy']}, assigned at random"
    table((*columns, Column("difference", right=True)), rows, title=title)


def shown(value: float | None) -> str:
    """A number with three decimals, one from 10 on, none from 1,000 on; a dash for None."""
    if value is None:
        return "–"
    size = abs(value)
    return f"{value:,.0f}" if size >= 1000 else f"{value:.1f}" if size >= 10 else f"{value:.3f}"
