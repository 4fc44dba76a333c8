"""``servanda levers`` and ``lever``: list the levers of policy, describe one."""

from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.options import Json

if TYPE_CHECKING:
    from sim.levers.catalogue import Entry


def levers(
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="[TEXT]", help="Filter by path, title, Chinese title or mode of governance."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """List the levers that policies can move, by mode of governance."""
    from sim.cli.console.selection import matching
    from sim.cli.console.writing import Column, print_json, say, table
    from sim.levers.catalogue import catalogue

    chosen = matching(catalogue(), text, _names)
    if as_json:
        print_json([plain(entry) for entry in chosen])
        return
    columns = (Column("lever", whole=True), "what it is")
    for mode, group in groupby(chosen, key=lambda entry: entry.mode):
        rows = [(e.path, e.lever.title) for e in group]
        table(columns, rows, title=" ".join((mode, *_titles(mode))))
        say()
    say("`servanda lever NAME` describes one: unit, default, range, price, passage.")


def lever(
    name: Annotated[str, typer.Argument(help="Path of the lever, or the part after the dot.")],
    as_json: Json = False,
) -> None:
    """Describe one lever: unit, range, price, expected effects, and who decides it."""
    from sim.cli.console.selection import picked
    from sim.cli.console.writing import about, print_json, say
    from sim.errors import ServandaError
    from sim.levers.catalogue import catalogue
    from sim.scenario.policy import called_now

    if hint := called_now(name):
        raise ServandaError("", f"there is no lever '{name}'", hint)
    entry = picked(list(catalogue()), name, lambda e: (e.path, e.name, e.lever.zh), "lever")
    if as_json:
        print_json(plain(entry))
        return
    about(_facts(entry), title=f"{entry.path}: {entry.lever.title} {entry.lever.zh}")
    say()
    stronger = entry.lever.high if entry.default == entry.lever.off else 2.0 * entry.default
    value = min(stronger, entry.lever.high)
    say(f"servanda run china_2016 --set {entry.path}={value:g}", indent=2)


def plain(entry: "Entry") -> dict[str, Any]:
    """A lever in plain values."""
    return {"path": entry.path, "mode": entry.mode, "default": entry.default} | asdict(entry.lever)


def _titles(mode: str) -> tuple[str, str]:
    """The English and the Chinese title of a mode of governance."""
    from sim.words.modes import MODES

    return MODES[mode].both


def _names(entry: "Entry") -> tuple[str, ...]:
    return (entry.path, entry.lever.title, entry.lever.zh, *_titles(entry.mode))


def _facts(entry: "Entry") -> list[tuple[str, str]]:
    """Facts about a lever, the most important first."""
    from sim.levers.lever import BASES

    one = entry.lever
    price = (
        f"{one.cost:g} ({one.cost * one.cheapest:g} to {one.cost * one.dearest:g}) yuan a year per "
        f"unit above its off value, for each {BASES[one.base]}"
        if one.base
        else ""
    )
    world = ", ".join(f"{path} = {value}" for path, value in one.bites.items())
    return [
        ("mode", " ".join((entry.mode, *_titles(entry.mode)))),
        ("unit", one.unit),
        ("default", f"{entry.default:g}"),
        ("range", f"{one.low:g} to {one.high:g}"),
        ("off at", f"{one.off:g}"),
        ("decided by", f"the policy that reaches the {one.reads}"),
        ("expected", _expected(one.expected)),
        ("costs the public", "; ".join(filter(None, (price, one.paid_in_run))) or "nothing"),
        ("asked for in", f"section {one.passage} of the article" if one.passage else ""),
        ("value", f"{one.standing}: {one.source}"),
        ("takes effect where", world),
    ]


def _expected(signs: str) -> str:
    """Expected signs in words: ``C+ B-`` is more compliance, less backlog."""
    from sim.words.words import OUTCOMES

    words = {"+": "more", "-": "less", "±": "more or less"}
    return ", ".join(f"{words[sign[1:]]} {OUTCOMES[sign[0]]}" for sign in signs.split())


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(levers)
    app.command()(lever)
