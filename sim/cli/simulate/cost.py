"""``servanda cost``: public cost of policy packages, and the dose at which they cost a budget."""

import json
import logging
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.error_handling import collecting_warnings
from sim.cli.console.options import (
    AllowCode,
    BurnInCache,
    Debtors,
    Jobs,
    Json,
    scenario_from_options,
)
from sim.cli.console.progress import counter
from sim.cli.console.writing import MARK
from sim.cli.simulate.budget import Budget, Debtors1000, Money, Population, Seed, units, warn_absurd
from sim.cli.simulate.effects_page import marked, spread

if TYPE_CHECKING:
    from sim.analysis.comparison.cost import Cost
    from sim.analysis.comparison.district import District
    from sim.analysis.paired import Difference
    from sim.levers.lever import Lever

log = logging.getLogger("servanda.cost")

OTHER_PRICES = "At other prices: every price at the low end, then at the high end, of its range."
PARTS = {"staff": "officers' pay", "custody": "custody"}
UNIT = "yuan a year per 1,000 debtors"


def cost(
    scenarios: Annotated[
        list[str], typer.Argument(help="Scenario files, or names of shipped scenarios.")
    ],
    budget: Budget = None,
    population: Population = None,
    debtors_per_1000: Debtors1000 = None,
    currency: Money = None,
    replicates: Annotated[
        int, typer.Option(min=1, help="Runs of each scenario; costs are means over them.")
    ] = 8,
    seed: Seed = 1,
    debtors: Debtors = None,
    months: Annotated[int | None, typer.Option(min=1, help="Months to measure.")] = None,
    jobs: Jobs = None,
    burn_in_cache: BurnInCache = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Show what the policies of scenarios cost the public, and the dose that costs a given budget.

    With --budget, each package is set to the dose at which it costs the budget. This may be below
    full strength, or above it as far as levers can go. Prices are assumed. So the table also shows
    the cost with every price at the low or at the high end of its range, and whether the order by
    cost stays the same.
    """
    real = units(budget, population, debtors_per_1000, currency)
    with collecting_warnings():
        setups = {
            n: scenario_from_options(n, None, debtors=debtors, months=months) for n in scenarios
        }

        from sim.analysis.comparison.cost import costs, doses_within_budget
        from sim.experiment.task import replicate_seeds
        from sim.machine.processors import bounded

        seeds, processes = replicate_seeds(seed, replicates), bounded(jobs, "--jobs")
        yuan: list[float] = []
        if real.yearly is None:
            with counter("runs", len(setups) * replicates) as done:
                found = costs(setups, seeds, processes, done, burn_in_cache)
        else:

            def wanted(cases: float) -> float:
                yuan.append(real.per_thousand(cases))
                return yuan[0]

            with counter("packages", len(setups)) as done:
                found = doses_within_budget(
                    setups, wanted, seeds, processes, done, beyond=True, burn_ins=burn_in_cache
                )
            dearest = {n: one.total.mean / one.dose for n, one in found.items() if one.dose > 0.0}
            warn_absurd(yuan[0], dearest)
    cases = next(iter(found.values())).cases
    district = real.district(cases)
    if as_json:
        found_plain = {name: _plain(one, replicates, district) for name, one in found.items()}
        typer.echo(json.dumps(found_plain, ensure_ascii=False, indent=2))
        return
    _show(found, replicates, district)
    if real.yearly is not None:
        for name, one in found.items():
            if one.dose == one.most and one.total.mean < yuan[0] * 0.98:
                log.info(
                    "%s: costs less than the budget even at dose %.3g, the largest that its levers "
                    "allow",
                    name,
                    one.dose,
                )


def _plain(one: "Cost", seeds: int, district: "District | None") -> dict[str, Any]:
    """A cost in plain values, for JSON output; null where there is no interval."""

    def sure(mean: "Difference") -> dict[str, float | None]:
        return {"mean": mean.mean, "half": mean.half if mean.known else None}

    sums = {part: sure(getattr(one, part)) for part in (*PARTS, "total", "transfers")}
    levers = {path: sure(yuan) for path, yuan in one.levers.items()}
    low, high = one.range
    about: dict[str, Any] = {"dose": one.dose, "most": one.most, "seeds": seeds, "unit": UNIT}
    if district is not None:
        about["district"] = {
            "adults": district.adults,
            "debtors": district.debtors,
            "measured": district.measured,
            "currency": district.currency.name,
            "total": district.money(one.total.mean / 1000.0),
        }
    return about | {"levers": levers, **sums, "at_other_prices": {"low": low, "high": high}}


def _show(costs: "dict[str, Cost]", seeds: int, district: "District | None") -> None:
    """Write a row per package, or for a single package a row per lever."""
    from sim.analysis.comparison.conclusion import district_statement
    from sim.analysis.comparison.pairing import TOO_FEW
    from sim.analysis.comparison.statements import in_words
    from sim.cli.console.numbers import number
    from sim.cli.console.writing import Column, say, table
    from sim.cli.simulate.compare_page import COVERS
    from sim.levers.catalogue import catalogue

    sure = f"mean of {seeds} seeds, ± 95 %" if seeds > 1 else "one seed, so no interval"
    notes = [COVERS] if seeds > 1 else []
    notes += [f"{name}: no interval, {TOO_FEW}." for name, one in costs.items() if one.few]
    whole = "" if district is None else f"{district.currency.name} a year"

    def total(one: "Cost") -> list[str]:
        return [] if district is None else [number(district.money(one.total.mean / 1000.0), "+")]

    if district is not None:
        say(in_words(district_statement(district)))
    if len(costs) > 1:
        parts = [Column(head, right=True) for head in ("levers", "officers", "custody")]
        columns = [Column("package", whole=True), Column("dose", right=True), *parts]
        columns += [Column("total", right=True, whole=True), Column("at other prices", right=True)]
        columns += [Column("transfers", right=True)]
        columns += [Column(whole, right=True)] if whole else []
        rows = []
        for name, one in costs.items():
            means = (_mean(part) for part in (one.priced, one.staff, one.custody))
            ends = (_sum(one.total), _ends(one), _mean(one.transfers), *total(one))
            rows.append([name, f"{one.dose:.3g}", *means, *ends])
        notes += ["Transfers are not part of the total.", OTHER_PRICES, _ranking(costs)]
        table(columns, rows, title=f"Public cost, {UNIT}; {sure}", notes=notes)
        return
    ((name, one),) = costs.items()
    prices = {entry.path: entry.lever for entry in catalogue()}
    columns = [Column("what", whole=True), Column("price"), Column("cost", right=True)]
    rows = []
    for path, yuan in sorted(one.levers.items(), key=lambda item: -item[1].mean):
        lever = prices.get(path)
        price = f"{_span(lever)} per {lever.base}" if lever else "see the extension"
        rows.append([path, price, _sum(yuan)])
    for part, title in PARTS.items():
        rows.append([title, "counted in the run", _sum(getattr(one, part))])
    rows.append(["total", "", _sum(one.total)])
    rows.append(["at other prices", "", _ends(one)])
    rows += [[f"total, {whole}", "", text] for text in total(one)]
    rows.append(["transfers (not in total)", "counted in the run", _sum(one.transfers)])
    title = f"{name} at dose {one.dose:.3g}: public cost, {UNIT}; {sure}"
    table(columns, rows, title=title, notes=[*notes, OTHER_PRICES])


def _span(lever: "Lever") -> str:
    """The price of a lever with its range, yuan."""
    low, high = (lever.cost * factor for factor in (lever.cheapest, lever.dearest))
    return f"{lever.cost:g} ({low:.3g} to {high:.3g})"


def _ends(one: "Cost") -> str:
    """The total with every price at the low and at the high end of its range."""
    from sim.cli.console.numbers import number

    low, high = one.range
    return f"{number(low, '+')} to {number(high, '+')}"


def _ranking(costs: "dict[str, Cost]") -> str:
    """The order by cost, and which steps of it hold at every price."""
    order = sorted(costs, key=lambda name: costs[name].total.mean)
    pairs = list(zip(order, order[1:], strict=False))
    signs = ["<" if costs[a].surely_below(costs[b]) else "?" for a, b in pairs]
    chain = " ".join(word for pair in zip([*signs, ""], order[1:], strict=False) for word in pair)
    said = "at every price within the ranges; ? where other prices reverse the order"
    return f"Order by cost: {order[0]} {chain} (< {said})."


def _sum(one: "Difference") -> str:
    """A mean with its interval, marked if this excludes 0; only ``0`` if no run differed."""
    return "0" if one.mean == one.half == 0.0 else marked(one)


def _mean(one: "Difference") -> str:
    """A mean without its interval, marked if the interval excludes 0."""
    mean, _, _ = spread(one).partition(" ± ")
    return f"{mean}{MARK if one.clear else ''}"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(cost)
