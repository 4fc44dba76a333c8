"""``servanda sensitivity``: which factors of a sweep matter."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.numbers import known, number, records
from sim.cli.console.options import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from sim.analysis.sensitivity.convergence import Convergence
    from sim.analysis.sensitivity.sensitivity import Sensitivity

NAMES = {
    "morris": "elementary effects (Morris)",
    "sobol": "Sobol indices",
    "pawn": "PAWN indices",
}
HEADS = {
    "morris": {"mu_star": "μ*", "mu": "μ", "sigma": "σ", "by_chance": "by chance"},
    "sobol": {"ST": "ST", "S1": "S1", "by_chance": "by chance"},
    "pawn": {"median": "median", "maximum": "maximum", "by_chance": "by chance"},
}
"""Columns of the printed table, the ranking index first."""
LEGEND = {
    "morris": "μ*: mean absolute effect of a factor over its whole range; μ: mean effect with "
    "sign; σ: how much the effect depends on the other factors",
    "sobol": "ST: share of the variance in which a factor is involved; S1: share due to it alone",
    "pawn": "distance, from 0 to 1, between the distributions of the measure with the factor fixed "
    "and with it free",
}
CHANCE = "by chance: the value that a factor without any effect exceeds in 5 % of cases"
RANK = {"morris": "mu_star", "sobol": "ST"}
"""The index that is compared across sample sizes."""
PAIRS = 10
"""Maximum number of pairs of factors printed."""
SHOWN = 4
"""Maximum number of sample sizes printed; if there are more, the largest are chosen."""
NOTHING = 1e-6
"""Relative half-width up to which an interval is only a rounding error."""
PLACES = 6
"""A number that needs more decimals than this is written with a power of ten."""


def sensitivity(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")],
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Indicator to analyse; may be repeated."),
    ] = None,
    method: Annotated[
        str | None,
        typer.Option(help="morris, sobol or pawn; by default the one that fits the design."),
    ] = None,
    convergence: Annotated[
        bool,
        typer.Option(
            "--convergence",
            help="Show indices for growing parts of the sample, and whether they have settled.",
        ),
    ] = False,
    as_json: Json = False,
    as_csv: Annotated[
        bool,
        typer.Option("--csv", help="Write CSV to stdout, one row per measure and factor."),
    ] = False,
) -> None:
    """Rank the factors of a sweep by their influence on the indicators, with intervals."""
    from sim.analysis.sensitivity.convergence import convergence as study_sizes
    from sim.analysis.sensitivity.sensitivity import sensitivity as rank
    from sim.cli.console.writing import print_data, print_json
    from sim.runs.results import results

    found = results(folder)
    if convergence:
        studies = study_sizes(found, measure or (), method)
        if as_json:
            print_json([_plain_sizes(one) for one in studies])
        elif as_csv:
            print_data(_joined(studies, ["measure", "method"]).to_csv(index=False))
        else:
            _show_sizes(studies)
        return
    rankings = rank(found, measure or (), method)
    if as_json:
        print_json([plain(one) for one in rankings])
    elif as_csv:
        first = ["measure", "method", "factor", "title"]
        print_data(_joined(rankings, first).to_csv(index=False))
    else:
        _show(rankings)


def plain(one: "Sensitivity") -> dict[str, Any]:
    """The sensitivity of a measure in plain values; null for NaN."""
    return {
        "measure": one.measure,
        "method": one.method,
        "points": one.points,
        "left_out": one.left_out,
        "replicates": one.replicates,
        "mean": known(one.mean),
        "sd": known(one.sd),
        "chance": known(one.chance),
        "factors": records(one.table),
        "pairs": None if one.pairs is None else records(one.pairs),
        "remarks": list(one.remarks),
    }


def _joined(
    results: "Sequence[Sensitivity] | Sequence[Convergence]", first: list[str]
) -> "pd.DataFrame":
    """The tables of all measures joined into one.

    Args:
        results: One result per measure.
        first: Columns that come first.
    """
    import pandas as pd

    parts = [one.table.assign(measure=one.measure, method=one.method) for one in results]
    whole = pd.concat([part for part in parts if len(part)], ignore_index=True)
    return whole[[*first, *(str(name) for name in whole if name not in first)]]


def _show(rankings: "list[Sensitivity]") -> None:
    """Print the rankings, one block per measure."""
    from sim.cli.console.writing import MARK, Column, say, table

    for one in rankings:
        if one.table.empty:
            say(one.remarks[0])
            continue
        heads = HEADS[one.method]
        columns = [Column(head, right=True, whole=True) for head in heads.values()]
        lines = []
        for (_, row), clear in zip(one.table.iterrows(), one.clear, strict=True):
            first, *others = (_cell(row, name, one.rank) for name in heads)
            lines.append([f"{first} {MARK if clear else ' '}", *others, str(row["title"])])
        say(one.measure, bold=True)
        say(_about(one), indent=2)
        table([*columns, "factor"], lines)
        if one.pairs is not None:
            titles = dict(zip(one.table["factor"], one.table["title"], strict=True))
            lines = []
            for _, row in one.pairs.head(PAIRS).iterrows():
                half = (row["high"] - row["low"]) / 2
                names = f"{titles[row['factor']]} × {titles[row['other']]}"
                lines.append([spread(row["S2"], half), names])
            table([Column("S2", right=True, whole=True), "pair"], lines)
        for remark in one.remarks:
            say(remark, indent=2)
    known = any(one.table["by_chance"].notna().any() for one in rankings if len(one.table))
    star = f"{CHANCE}; {MARK}: above it" if known else f"{MARK}: the interval excludes 0"
    say(f"{LEGEND[rankings[0].method]}; {star}")


def _plain_sizes(one: "Convergence") -> dict[str, Any]:
    """The indices of a measure by sample size, in plain values."""
    return {
        "measure": one.measure,
        "method": one.method,
        "settled": one.settled,
        "remark": one.remark,
        "sizes": records(one.table),
    }


def _show_sizes(studies: "list[Convergence]") -> None:
    """Print indices by sample size: a row per factor, a column per size."""
    from sim.cli.console.writing import Column, say, table

    for one in studies:
        sizes = one.table["n"].unique().tolist()
        shown = sizes[-SHOWN:]
        columns = [Column(f"{size:,}", right=True, whole=True) for size in shown]
        last = one.table[one.table["n"] == sizes[-1]].sort_values("index", ascending=False)
        found = one.table.set_index(["factor", "n"])
        lines = []
        for _, row in last.iterrows():
            cells = [found.loc[(row["factor"], size)] for size in shown]
            texts = [spread(cell["index"], (cell["high"] - cell["low"]) / 2) for cell in cells]
            lines.append([*texts, str(row["title"])])
        say(f"{one.measure}: {HEADS[one.method][RANK[one.method]]} by size of sample", bold=True)
        table([*columns, "factor"], lines, notes=[one.remark])


def _about(one: "Sensitivity") -> str:
    """Method and sample of a ranking, and the distribution of its measure."""
    summary = f"{NAMES[one.method]}, {one.points:,} points × {one.replicates} replicates"
    left_out = f", {one.left_out:,} left out" if one.left_out else ""
    share = "" if math.isnan(one.chance) else f", {one.chance:.0%} of the variance due to chance"
    return f"{summary}{left_out}; mean {number(one.mean)}, sd {number(one.sd)}{share}"


def _cell(row: "pd.Series[Any]", name: str, rank: str) -> str:
    """A number, with the half-width of its interval if it has one."""
    if name == rank:
        return spread(row[name], (row["high"] - row["low"]) / 2)
    if f"{name}_low" in row:
        return spread(row[name], (row[f"{name}_high"] - row[f"{name}_low"]) / 2)
    return number(row[name])


def spread(value: float, half: float) -> str:
    """A number ± the half-width of its interval in two digits; a half-width of 0 is left out."""
    if math.isnan(half) or half <= NOTHING * abs(value):
        return number(value)
    places = max(0, 1 - math.floor(math.log10(half)))
    form = f",.{places}f" if places <= PLACES else ".1e"
    return f"{value:{form}} ± {half:{form}}".replace("-", "−")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(sensitivity)
