"""``servanda explain``: why one debtor pays, or what another actor weighs, in one month."""

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console.options import AllowCode, Debtors, Json, Name, Settings, scenario_from_options
from sim.cli.console.progress import run_to_month

if TYPE_CHECKING:
    from sim.explain import ActorExplanation, Explanation
    from sim.explain.explanation import Weighing


def explain(
    scenario: Name,
    month: Annotated[int, typer.Option(help="Measured month, from 1.")],
    seed: Annotated[int | None, typer.Option(help="Seed, instead of the scenario's.")] = None,
    debtor: Annotated[
        int | None,
        typer.Option(help="Id of the debtor; by default one that could pay but evades."),
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
            "--id",
            help="Id of the actor: for an officer, of the court; for a controller, of the firm.",
        ),
    ] = None,
    debtors: Debtors = None,
    settings: Settings = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Show why a debtor pays or does not, or what another actor weighs in a month."""
    setup = scenario_from_options(scenario, settings, seed=seed, debtors=debtors)

    from sim.cli.console.writing import print_json
    from sim.explain import explain as explained
    from sim.explain import explain_actor
    from sim.explain.words import change, verdict
    from sim.scenario.identity import plain
    from sim.world import World

    world = World(setup)
    if 1 <= month <= setup.run.months:
        run_to_month(world, month - 1)
    if actor != "debtor":
        _show_actor(explain_actor(world, month, actor, identity), as_json=as_json)
        return
    found = explained(world, month, identity if debtor is None else debtor)
    if as_json:
        tree = plain(found) | {"verdict": verdict(found)}
        tree["change"] = change(found) or None
        print_json(tree)
        return
    _show(found, picked=debtor is None and identity is None)


def _show_actor(it: "ActorExplanation", *, as_json: bool) -> None:
    """Print what an actor other than a debtor weighs."""
    from dataclasses import asdict

    from sim.cli.console.writing import Column, print_json, say, table

    if as_json:
        tree = asdict(it)
        for shown, act in zip(tree["acts"], it.acts, strict=True):
            shown["net"] = act.net
        print_json(tree)
        return

    from sim.explain.words import ACTOR_TERMS

    say(f"{it.actor.replace('_', ' ').capitalize()} {it.id} in month {it.month}.")
    if not it.acts:
        say("It has nothing to decide this month, so there is nothing to weigh.")
    for act in it.acts:
        about = f" ({act.about})" if act.about else ""
        rows = [
            (ACTOR_TERMS[term], yuan(value if place == 0 else -value))
            for place, (term, value) in enumerate(act.terms.items())
        ]
        say()
        table(
            ("term", Column("yuan", right=True)),
            [*rows, ("net: gain less costs", yuan(act.net))],
            title=f"To {act.what}{about}",
            notes=[f"It does so with probability {act.chance:.1%}."],
        )


def _show(it: "Explanation", *, picked: bool) -> None:
    """Print the explanation, from the debtor's situation to what would change its decision."""
    from sim.agents.debtor.debtor import evades, is_able
    from sim.cli.console.writing import Column, say, table
    from sim.explain.words import MEANS, PROMPTS, introduction, verdict
    from sim.terms import label

    if picked and not (evades(it.decision) and it.ability is not None and is_able(it.ability)):
        say("No debtor that could pay chooses to evade in this month; this is another debtor.")
    say(introduction(it))
    held = ", ".join(f"{name} {value:,.0f}" for name, value in it.who.assets.items() if value >= 1)
    say(f"Holds in yuan: {held or 'nothing'}; {it.who.exempt:,.0f} are exempt.")
    if it.claims:
        say()
        table(
            (
                *(Column("claim", whole=True), "from", "stage"),
                *(Column("months in it", right=True), Column("yuan", right=True)),
            ),
            [
                (str(c.id), label(c.domain), label(c.stage), str(c.months), f"{c.due:,.0f}")
                for c in it.claims
            ],
            title=f"Owes {it.due:,.0f} yuan",
        )
        say()
    if it.ability is not None:
        say(f"It {MEANS[it.ability]}.")
    if it.prompt:
        say(f"It chooses now, because {PROMPTS[it.prompt]}.")
    if it.weighing:
        _weighing(it.weighing)
    say(f"{verdict(it)} It did: {label(it.outcome)}.")
    if it.weighing:
        _levers(it)


def _weighing(on: "Weighing") -> None:
    """Print the debtor's beliefs, its costs and gain of not paying, and the chance that it pays."""
    from sim.cli.console.writing import Column, say, table
    from sim.explain.words import TERMS
    from sim.terms import label

    at = on.position
    say(
        f"It believes that a month brings recovery by force with probability {at['recovery']:.2%}, "
        f"listing with {at['listing']:.2%} and a personal sanction with {at['personal']:.2%}; that "
        f"{at['honest']:.0%} of its neighbours are honest; {at['payable']:,.0f} yuan are at stake."
    )
    rows = []
    for term, words in TERMS.items():
        values = [ledger[term] * (-1 if term == "gain" else 1) for ledger in on.ledgers.values()]
        if any(abs(value) >= 0.005 for value in values):
            rows.append((words, *(yuan(value) for value in values)))
    rows.append(("net: costs less gain", *(yuan(value) for value in on.nets.values())))
    say()
    table(
        ("term, yuan", *(Column(option, right=True, whole=True) for option in on.ledgers)),
        rows,
        title="Costs and gain of not paying",
    )
    say()
    pull = yuan(on.pull, "+")
    say(
        f"The best of these options is {label(on.best)}. Before its taste is drawn, it pays with "
        f"probability {on.chance:.1%}; its taste for honesty is {on.taste:+.2f}, worth {pull} yuan."
    )


def _levers(it: "Explanation") -> None:
    """Print what each lever contributes, and what would change the debtor's choice."""
    from sim.cli.console.writing import Column, say, table
    from sim.explain.words import change

    if it.weighing and it.weighing.contributions:
        heads = ("now", "off", "net, yuan", "change, yuan", "it pays")
        say()
        table(
            (Column("lever", whole=True), *(Column(head, right=True) for head in heads)),
            [
                (
                    *(e.lever, f"{e.now:g}", f"{e.other:g}"),
                    *(yuan(e.net), yuan(e.change, "+"), f"{e.chance:.1%}"),
                )
                for e in it.weighing.contributions
            ],
            title="With one lever off",
        )
        say()
    say(change(it))
    say(
        "Levers are moved in this ledger only. The debtor's taste, beliefs and means, its "
        "neighbours and the docket stay as they are this month."
    )


def yuan(amount: float, sign: str = "") -> str:
    """An amount in whole yuan, below 100 with two decimals."""
    return f"{amount:{sign},.{0 if abs(amount) >= 100 else 2}f}"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(explain)
