"""``servanda explain``: why one debtor pays, or what another actor weighs, in one month."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.asked import AllowCode, Debtors, Json, Name, Settings, asked
from sim.cli.progress import travel

if TYPE_CHECKING:
    from rich.console import Console

    from sim.explain import ActorExplanation, Explanation
    from sim.explain.explanation import Weighing


def explain(
    scenario: Name,
    month: Annotated[int, typer.Option(help="Measured month, from 1.")],
    seed: Annotated[int | None, typer.Option(help="Seed, instead of the scenario's.")] = None,
    debtor: Annotated[
        int | None, typer.Option(help="Its id; unless given, one who could pay and then evades.")
    ] = None,
    actor: Annotated[
        str,
        typer.Option(
            help="debtor, officer, bank, government, prosecutor, creditor, private_prosecutor, "
            "supervisor, public_body or controller."
        ),
    ] = "debtor",
    identity: Annotated[
        int | None,
        typer.Option(
            "--id", help="Id of that actor; an officer's is its court's, a controller's its firm's."
        ),
    ] = None,
    debtors: Debtors = None,
    settings: Settings = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Show why a debtor pays or does not, or what another actor weighs in a month."""
    setup = asked(scenario, settings, seed=seed, debtors=debtors)

    from sim.explain import explain as explained
    from sim.explain import explain_actor
    from sim.explain.words import change, verdict
    from sim.model import World
    from sim.scenario.identity import plain

    world = World(setup)
    if 1 <= month <= setup.run.months:
        travel(world, month - 1)
    if actor != "debtor":
        _answer(explain_actor(world, month, actor, identity), as_json=as_json)
        return
    found = explained(world, month, identity if debtor is None else debtor)
    if as_json:
        tree = plain(found) | {"verdict": verdict(found)}
        tree["change"] = change(found.weighing) if found.weighing else None
        typer.echo(json.dumps(tree, ensure_ascii=False, indent=2))
        return

    from rich.console import Console

    # What is said is text, not rich's markup.
    _tell(found, Console(markup=False, highlight=False), picked=debtor is None and identity is None)


def _answer(it: "ActorExplanation", *, as_json: bool) -> None:
    """What an actor other than a debtor weighs."""
    from dataclasses import asdict

    if as_json:
        tree = asdict(it)
        for shown, act in zip(tree["acts"], it.acts, strict=True):
            shown["net"] = act.net
        typer.echo(json.dumps(tree, ensure_ascii=False, indent=2))
        return

    from rich.console import Console
    from rich.table import Table

    from sim.explain.words import ACTOR_TERMS

    console = Console(markup=False, highlight=False)
    console.print(f"{it.actor.replace('_', ' ').capitalize()} {it.id} in month {it.month}.")
    if not it.acts:
        console.print("Nothing is before it this month, so there is nothing to weigh.")
    for act in it.acts:
        about = f" ({act.about})" if act.about else ""
        table = Table(title=f"To {act.what}{about}, yuan", title_justify="left")
        table.add_column("term")
        table.add_column("yuan", justify="right")
        for place, (term, value) in enumerate(act.terms.items()):
            table.add_row(ACTOR_TERMS[term], yuan(value if place == 0 else -value))
        table.add_section()
        table.add_row("net: gain less costs", yuan(act.net))
        console.print(table)
        console.print(f"It does so with probability {act.chance:.1%}.")


def _tell(it: "Explanation", console: "Console", *, picked: bool) -> None:
    """The explanation, from the debtor to what would change its mind."""
    from rich.table import Table

    from sim.agents.debtor import evades, is_able
    from sim.explain.words import MEANS, PROMPTS, introduction, verdict
    from sim.terms import label

    if picked and not (evades(it.decision) and it.ability is not None and is_able(it.ability)):
        console.print("Nobody who could pay chooses to evade in this month; here is another one.")
    console.print(introduction(it))
    held = ", ".join(f"{name} {value:,.0f}" for name, value in it.who.assets.items() if value >= 1)
    console.print(f"Holds in yuan: {held or 'nothing'}; {it.who.exempt:,.0f} are exempt.")
    if it.claims:
        claims = Table(title=f"Owes {it.due:,.0f} yuan", title_justify="left")
        for heading in ("claim", "from", "stage", "months in it", "yuan"):
            claims.add_column(
                heading, justify="right" if heading in {"months in it", "yuan"} else "left"
            )
        for c in it.claims:
            claims.add_row(
                str(c.id), label(c.domain), label(c.stage), str(c.months), f"{c.due:,.0f}"
            )
        console.print(claims)
    if it.ability is not None:
        console.print(f"It {MEANS[it.ability]}.")
    if it.prompt:
        console.print(f"It chooses now, because {PROMPTS[it.prompt]}.")
    if it.weighing:
        _weighing(it.weighing, console)
    console.print(f"{verdict(it)} It did: {label(it.outcome)}.")
    if it.weighing:
        _levers(it.weighing, console)


def _weighing(on: "Weighing", console: "Console") -> None:
    """Where it stands, the ledger term by term, and the odds."""
    from rich.table import Table

    from sim.explain.words import TERMS
    from sim.terms import label

    at = on.position
    console.print(
        f"It believes a month brings recovery by force with {at['recovery']:.2%}, listing with "
        f"{at['listing']:.2%}, a personal sanction with {at['personal']:.2%}; it thinks "
        f"{at['honest']:.0%} of its neighbours honest; {at['payable']:,.0f} yuan are at stake."
    )
    table = Table(title="What dishonesty costs and brings, yuan", title_justify="left")
    table.add_column("term")
    for option in on.ledgers:
        table.add_column(option, justify="right")
    for term, words in TERMS.items():
        values = [ledger[term] * (-1 if term == "gain" else 1) for ledger in on.ledgers.values()]
        if any(abs(value) >= 0.005 for value in values):
            table.add_row(words, *(yuan(value) for value in values))
    table.add_section()
    table.add_row("net: costs less gain", *(yuan(value) for value in on.nets.values()))
    console.print(table)
    pull = yuan(on.pull, "+")
    console.print(
        f"The best of them is {label(on.best)}. Its taste unknown, it pays with probability "
        f"{on.chance:.1%}; its taste for honesty is {on.taste:+.2f}, worth {pull} yuan."
    )


def _levers(on: "Weighing", console: "Console") -> None:
    """What each lever contributes, and what would change the balance."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from sim.explain.words import change

    table = Table(title="With one lever off", title_justify="left", box=SIMPLE_HEAD)
    table.add_column("lever", no_wrap=True)
    for name in ("now", "off", "net", "change", "pays"):
        table.add_column(name, justify="right", no_wrap=True)
    for e in on.contributions:
        values = (f"{e.now:g}", f"{e.other:g}", yuan(e.net), yuan(e.change, "+"), f"{e.chance:.1%}")
        table.add_row(e.lever, *values)
    if on.contributions:
        console.print(table)
    console.print(change(on))
    console.print(
        "Levers are tried in this ledger only; beliefs, means and docket stay as they have become."
    )


def yuan(amount: float, sign: str = "") -> str:
    """An amount in whole yuan, a small one with its cents."""
    return f"{amount:{sign},.{0 if abs(amount) >= 100 else 2}f}"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(explain)
