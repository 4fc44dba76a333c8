"""Options shared by commands, and the scenario that they describe."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.machine.processors import bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sim.runs.workers import Workers
    from sim.scenario.scenario import Scenario

SHORT = {"seed": "run.seed", "months": "run.months", "debtors": "population.size"}
"""Options that stand for a ``--set``, with the path that each of them sets."""

Name = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A scenario file, or the name of a shipped one.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Override a value; may be repeated."),
]
Debtors = Annotated[int | None, typer.Option(help="Number of debtors, instead of the scenario's.")]


def within_machine(given: typer.CallbackParam, number: int | None) -> int | None:
    """Validate a number of processes or threads.

    Raises:
        ServandaError: If the number is larger than this machine can use.
    """
    return None if number is None else bounded(number, given.opts[0])


Jobs = Annotated[
    int | None,
    typer.Option(
        min=1,
        callback=within_machine,
        help="Processes to use; by default one per available processor.",
    ),
]
BurnInCache = Annotated[
    Path | None,
    typer.Option(
        "--burn-in-cache",
        metavar="DIR",
        help="Begin with worlds at the end of their burn-in from this folder, and store new ones "
        "there (at most 2 GB). Others must not be able to change it.",
    ),
]
Dask = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Address of the scheduler of a Dask cluster.")
]


def workers_of(address: str | None) -> "Callable[[int], Workers] | None":
    """The function that makes the workers of a Dask cluster; None for local processes."""
    if address is None:
        return None
    from sim.runs.cluster import Cluster, checked

    checked(address)
    return lambda _: Cluster(address)


Ensemble = Annotated[
    str | None,
    typer.Option(
        metavar="FIT",
        help="Parameters from the ensemble of a fit: its folder, or a Parquet file. Each replicate "
        "has another set; what --set names keeps its value.",
    ),
]


def paths_of(settings: "Sequence[str] | None") -> set[str]:
    """The paths that ``--set`` names."""
    return {one.partition("=")[0].strip() for one in settings or ()}


Json = Annotated[bool, typer.Option("--json", help="Write JSON to stdout.")]


def _allow(context: typer.Context, value: bool) -> bool:
    """Allow extensions until the command ends."""
    if value and not context.resilient_parsing:
        from sim.permission import everything_allowed

        context.with_resource(everything_allowed())
    return value


AllowCode = Annotated[
    bool,
    typer.Option(
        "--allow-code",
        callback=_allow,
        help="Run the Python files that scenarios name under `extensions`.",
    ),
]
"""Option of every command that loads scenarios; its callback grants the permission."""


def scenario_from_options(
    source: str, settings: list[str] | None, **short: int | None
) -> "Scenario":
    """Load a scenario with the overrides of the command line.

    Args:
        source: A file or a shipped name.
        settings: ``path=value`` texts.
        short: Values of the options in `SHORT`; None where not given.

    Raises:
        ScenarioErrors: If the scenario is invalid. The error names the option if the value of an
            option is wrong.
    """
    from sim.errors import ServandaError
    from sim.scenario.checking.check import OVERRIDE, ScenarioErrors
    from sim.scenario.reading.file import load
    from sim.words.currency import use

    given = {SHORT[name]: (name, value) for name, value in short.items() if value is not None}
    _refuse_contradictions(settings or (), given)
    puts = [*(settings or ()), *(f"{path}={value}" for path, (_, value) in given.items())]
    try:
        scenario = load(source, overrides=puts)
    except ScenarioErrors as wrong:
        written = {f"{OVERRIDE} {path}": f"--{name}" for path, (name, _) in given.items()}
        raise ScenarioErrors(
            [ServandaError(written.get(e.where, e.where), e.what, e.hint) for e in wrong.errors]
        ) from None
    use(scenario.currency)
    return scenario


def _refuse_contradictions(
    settings: "Sequence[str]", given: "Mapping[str, tuple[str, int]]"
) -> None:
    """Refuse an option if ``--set`` gives its path another value.

    Raises:
        ServandaError: If the two values differ.
    """
    from sim.errors import ServandaError

    for text in settings:
        path, _, value = (part.strip() for part in text.partition("="))
        if path in given and value.replace("_", "") != str(given[path][1]):
            name, number = given[path]
            what = f"{number} here, but {value} in --set {path}"
            raise ServandaError(f"--{name}", what, "drop one of the two")
