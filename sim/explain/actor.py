"""What an institution, a creditor, a public body or a firm's controller weighs in a month.

In: a world, a month, an actor, and optionally its id. Out: an `ActorExplanation`, computed by the
model's own rules. Afterwards the world stands just before the phase in which the actor decides.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sim.agents.court.officer import bribe, overreach, shirking, takes, unworked
from sim.agents.court.supervisor import early_end, ends_early
from sim.agents.creditor import stands_to_get, suit_costs, worth_applying, worth_suing
from sim.agents.debtor.debtor import evades
from sim.agents.institutions.bank import assisting, stalls
from sim.agents.institutions.government import interference, interferes
from sim.agents.institutions.institution import inclination
from sim.engine.plain import view
from sim.errors import ServandaError
from sim.explain.cases import cases
from sim.explain.deciders import controller, public_body, supervisor
from sim.mechanisms import MECHANISMS
from sim.mechanisms.base.act import Act, named
from sim.mechanisms.base.points import backed_share, own_costs, stalling
from sim.month.enforcement.tracing import client
from sim.month.shared.payment import money_at_hand
from sim.month.shared.state import State
from sim.terms import Asset, Option, Stage, label
from sim.world import World


@dataclass(frozen=True)
class ActorExplanation:
    """What one actor weighs in a month.

    Args:
        month: Measured month.
        actor: Kind of actor, one of `ACTORS`.
        id: Id of the actor. An officer is named by the id of its court, a government or a
            prosecutor by that of its district, a controller by that of its firm.
        acts: The actions that it weighs; empty if it has nothing to decide.
    """

    month: int
    actor: str
    id: int
    acts: list[Act]


def explain_actor(
    world: World, month: int, actor: str, identity: int | None = None
) -> ActorExplanation:
    """What an institution, a creditor, or a debtor of a special kind weighs in a month.

    Args:
        world: A world that has not reached this month's decision yet.
        month: Measured month.
        actor: One of `ACTORS`.
        identity: Id of the actor; by default the first of this kind with something to weigh.

    Raises:
        ServandaError: If there is no such month, actor or id.
    """
    if actor not in ACTORS:
        raise ServandaError(f"actor {actor}", "there is no such actor", one_of(ACTORS))
    if not 1 <= month <= world.setup.run.months:
        hint = f"months 1 to {world.setup.run.months} are measured"
        raise ServandaError(f"month {month}", "there is no such month in this scenario", hint)
    phase, table, acts = ACTORS[actor]
    rows = getattr(world.simulation, table).rows
    row = None if identity is None else row_of(identity, table)
    if row is not None and not 0 <= row < len(rows):
        hint = f"ids go from {rows['id'][0]} to {rows['id'][-1]}"
        raise ServandaError(f"{actor} {identity}", "there is none with this id", hint)
    world.run_to(month, before=phase)
    if row is not None and rows["id"][row] != identity:
        hint = f"{rows['id'][row]} has replaced it"
        raise ServandaError(f"{actor} {identity}", "there is none with this id", hint)
    state = view(world.simulation.state())
    for at in range(len(rows)) if row is None else (row,):
        found = list(acts(state, at))
        if found or row is not None:
            return ActorExplanation(month, actor, int(rows["id"][at]), found)
    return ActorExplanation(month, actor, int(rows["id"][0]), [])


def row_of(identity: int, table: str) -> int:
    """Row of an id: a debtor's id also contains its generation, all other ids are row numbers."""
    return identity >> 8 if table == "debtors" else identity


def one_of(names: Any) -> str:
    """A hint that lists the choices."""
    return f"choose one of {', '.join(names)}"


def _officer(state: State, row: int) -> Iterator[Act]:
    """An officer weighs leaving hours unworked, ending a case early, a bribe, and seizing too much.

    The last two concern one case: the first in the court's docket against a debtor who evades.
    """
    parameters = state.parameters[0]
    institutions, noise = parameters.institutions, parameters.choice.noise
    court = state.courts[row]
    levers = state.levers[court.treatment]
    hours = parameters.procedure.hours
    share = unworked(court.watched, levers, institutions, hours, noise)
    most = min(institutions.shirk_hours, hours) / hours if hours > 0.0 else 0.0
    chance = share / most if most > 0.0 else 0.0
    watched = court.watched
    yield Act("leave hours unworked", "", shirking(watched, levers, institutions)._asdict(), chance)
    early = early_end(watched, levers, institutions)._asdict()
    yield Act(
        "end a case before its time", "", early, ends_early(watched, levers, institutions, noise)
    )
    for claim, debtor in cases(state, court.district):
        if not evades(debtor.option):
            continue
        offered = min(claim.due, money_at_hand(debtor))
        bought = takes(offered, levers, institutions, noise)
        yield Act(
            "accept a bribe", named(claim), bribe(offered, levers, institutions)._asdict(), bought
        )
        over = overreach(claim.due, watched, levers, institutions)
        reach = inclination(over.assessment, over.objection, noise)
        yield Act("seize more than is needed", named(claim), over._asdict(), reach)
        return


def _bank(state: State, row: int) -> Iterator[Act]:
    """A bank weighs stalling an inquiry, in the first case of a client whose assets it holds."""
    parameters = state.parameters[0]
    institutions, noise = parameters.institutions, parameters.choice.noise
    holder = state.registries[row]
    if holder.asset == Asset.CASH:
        return
    for claim, debtor in cases(state, holder.district):
        balance = debtor.assets[holder.asset]
        if balance > 0.0 and client(debtor, holder.asset, institutions, state.now):
            levers = state.levers[claim.treatment]
            about = f"{named(claim)}, {label(Asset(holder.asset))} {balance:,.0f} yuan"
            terms = assisting(balance, claim.due, levers, institutions)._asdict()
            weighed = stalls(balance, claim.due, levers, institutions, noise)
            chance = stalling(weighed, holder)
            yield Act("stall an inquiry", about, terms, chance)
            return


def _government(state: State, row: int) -> Iterator[Act]:
    """A government weighs making the court put off the case of a connected debtor who does not pay.

    Only the first such case in the district's docket is shown.
    """
    parameters = state.parameters[0]
    institutions, noise = parameters.institutions, parameters.choice.noise
    levers = state.levers[state.governments[row].treatment]
    for claim, debtor in cases(state, state.governments[row].district):
        if debtor.connections > 0 and debtor.option != Option.PAY:
            terms = interference(debtor.connections, claim.due, levers, institutions)._asdict()
            chance = interferes(debtor.connections, claim.due, levers, institutions, noise)
            about = f"{named(claim)}, closeness to the government {debtor.connections} of 100"
            yield Act("make the court put off the case", about, terms, chance)
            return


def _creditor(state: State, row: int) -> Iterator[Act]:
    """A creditor weighs suing on each overdue claim, and applying to enforce each unpaid one."""
    procedure = state.parameters[0].procedure
    creditor = state.creditors[row]
    traits = state.traits.lenders[creditor.kind]
    for at in range(len(state.claims)):
        claim = state.claims[at]
        if claim.creditor != row:
            continue
        backed = backed_share(0.0, claim, state.parameters[0].protection)
        hope = stands_to_get(creditor, claim.due, backed, traits)
        if claim.stage == Stage.OVERDUE:
            costs = own_costs(suit_costs(claim.principal, procedure), claim)
            terms = {"hope": procedure.win * hope, "suit": costs, "trouble": procedure.apply_cost}
            goes = worth_suing(creditor, claim.due, costs, backed, traits, procedure)
            pace = min(1.0, procedure.sue * traits.litigiousness)
            yield Act("sue", named(claim), terms, pace if goes else 0.0)
        elif claim.stage == Stage.UNPAID:
            terms = {"hope": hope, "trouble": procedure.apply_cost}
            debtor = state.debtors[claim.debtor]
            waits = debtor.option == Option.PAY and claim.months < procedure.patience
            goes = worth_applying(creditor, claim.due, backed, traits, procedure) and not waits
            pace = min(1.0, procedure.apply * traits.litigiousness)
            yield Act("apply for enforcement", named(claim), terms, pace if goes else 0.0)


Weighers = Callable[[State, int], Iterator[Act]]
ACTORS: dict[str, tuple[str, str, Weighers]] = {
    "officer": ("trace", "courts", _officer),
    "bank": ("trace", "registries", _bank),
    "government": ("trace", "governments", _government),
    "creditor": ("suing", "creditors", _creditor),
    "supervisor": ("institutions", "supervisors", supervisor),
    "public_body": ("seize", "debtors", public_body),
    "controller": ("sanction", "debtors", controller),
    **{
        one.actor: (one.before, one.table, one.acts)
        for mechanism in MECHANISMS
        for one in mechanism.deciders
    },
}
"""For each kind of actor: the phase in which it decides, the table of its rows, and the function
that returns the actions that it weighs.

The actors of the core come first, then those of mechanisms.
"""
