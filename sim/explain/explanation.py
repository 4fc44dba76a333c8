"""Explain one debtor's choice: stop a world before it, examine the debtor, run the choice."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.agents.claim import decides_about
from sim.agents.debtor.debtor import evades, is_able, means, wealth
from sim.agents.debtor.weigh import net
from sim.engine.plain import view
from sim.errors import ServandaError
from sim.explain.effects import Effect, contributions
from sim.explain.flips import Flips, flips
from sim.explain.trial import pull
from sim.measure.chooser import Chooser
from sim.month.calendar import position
from sim.month.decision.deliberation import Prompt
from sim.month.shared.state import State
from sim.terms import Ability, Asset, Domain, Kind, Option, Stage, label
from sim.world import World

PHASE = "choice"


@dataclass(frozen=True)
class Who:
    """The debtor before its choice; money in yuan, income and need in yuan per month.

    Args:
        id: Id of the debtor.
        kind: Kind of debtor.
        zombie: Whether it is a zombie: a debtor, usually a firm, that lives on debt.
        district: Number of its district.
        income: Monthly income.
        need: What it needs for itself each month.
        exempt: Money that may not be seized.
        assets: Value of its assets by class.
        wealth: What it could truly pay, hidden assets included but not the exempt minimum.
        conscience: Unease about not paying, in yuan per yuan withheld.
        trust: Trust in the fairness of enforcement, 0 to 1.
        discount: Discount rate, 1/month.
        on_list: Whether it is on the list of defaulters.
        last: Its last choice.
    """

    id: int
    kind: Kind
    zombie: bool
    district: int
    income: float
    need: float
    exempt: float
    assets: dict[str, float]
    wealth: float
    conscience: float
    trust: float
    discount: float
    on_list: bool
    last: Option


@dataclass(frozen=True)
class Owing:
    """A claim that enters the choice.

    Args:
        id: Id of the claim.
        domain: What it arises from.
        stage: Stage of enforcement.
        months: Months spent in this stage.
        due: Sum due, yuan.
    """

    id: int
    domain: Domain
    stage: Stage
    months: int
    due: float


@dataclass(frozen=True)
class Weighing:
    """The ledger of each dishonest option, yuan, and what follows from the best of them.

    Args:
        position: What the debtor owes, could pay and expects; fields of
            `sim.agents.debtor.weigh.Position`.
        ledgers: Gain and costs of each option; fields of `sim.agents.debtor.weigh.Ledger`.
        nets: Net cost (cost less gain) of each option.
        best: The option with the smallest net cost.
        way: The best honest way.
        honest_cost: Cost of `way` compared with paying at once, yuan; negative for a plan that
            costs less, positive if sanctions for an unpaid rest continue.
        net: Net cost of `best` minus `honest_cost`; if negative, dishonesty is the better bargain.
        chance: Probability of paying, over all values that the debtor's random taste may have.
        taste: Random taste for honesty (standard logistic) in this month's choice, or in the last
            one if it does not choose.
        pull: The taste, converted to yuan.
        honest: Whether net cost and taste together favour the best honest way.
        contributions: Effect of setting each lever alone to `off`, if this changes the net cost.
        flips: Levers, and the pair of levers, that would change the decision.
    """

    position: dict[str, Any]
    ledgers: dict[str, dict[str, float]]
    nets: dict[str, float]
    best: Option
    way: Option
    honest_cost: float
    net: float
    chance: float
    taste: float
    pull: float
    honest: bool
    contributions: list[Effect]
    flips: Flips


@dataclass(frozen=True)
class Explanation:
    """Why this debtor pays or does not in this month.

    Args:
        month: Measured month.
        who: The debtor.
        claims: Claims that enter the choice.
        due: Debt that it has to decide about, yuan: claims that are enforceable, and claims whose
            grace ends this month. If it decides about an instalment plan, what is owed in the plan.
        ability: Whether it could pay; None without enforceable debt.
        prompt: Why it chooses this month; `NONE` if its last choice remains in force.
        weighing: What it weighs; None if there is nothing to weigh.
        decision: The decision that follows from the rules.
        outcome: What it did when the phase was run.
    """

    month: int
    who: Who
    claims: list[Owing]
    due: float
    ability: Ability | None
    prompt: Prompt
    weighing: Weighing | None
    decision: Option
    outcome: Option


def explain(
    world: World,
    month: int,
    debtor: int | None = None,
    *,
    pair: bool | None = None,
    stay: bool = False,
) -> Explanation:
    """Explain one debtor's choice; the world is then stopped just after that choice.

    Args:
        world: A world that has not reached this choice yet.
        month: Measured month, 1 to the last of the scenario.
        debtor: Id of the debtor; by default the first able one that chooses to evade; if there
            is none, the first that chooses to pay; if none does, the first that chooses.
        pair: Whether to search for a pair of levers that would change the decision; by default
            only if no single lever would.
        stay: Whether to stop just before the choice instead, so that other debtors can be asked
            about the same month; the outcome is then the decision that follows from the rules.

    Raises:
        ServandaError: If there is no such month or debtor, or no debtor chooses.
    """
    last = world.setup.run.months
    if not 1 <= month <= last:
        hint = f"months 1 to {last} are measured"
        raise ServandaError(f"month {month}", "there is no such month in this scenario", hint)
    world.run_to(month, before=PHASE)
    rows, owners = world.simulation.levers.copy(), world.simulation.owned.owners
    state = view(world.simulation.state()._replace(levers=rows))
    row = _anyone(state, month) if debtor is None else _row(world, month, debtor)
    k = int(np.searchsorted(owners, row))
    chooser = Chooser(state, k) if k < len(owners) and owners[k] == row else None
    before = _before(state, row, month, chooser, rows, pair)
    if stay:
        return replace(before, outcome=before.decision)
    following = world.calendar[position(world.calendar, PHASE) + 1].__name__
    world.run_to(month, before=following)
    return replace(before, outcome=Option(int(world.simulation.debtors.rows["option"][row])))


def _before(
    state: State,
    row: int,
    month: int,
    chooser: Chooser | None,
    rows: np.ndarray,
    pair: bool | None,
) -> Explanation:
    """The explanation without its outcome; `chooser` is None for a debtor without claims."""
    who = _who(state, row)
    if chooser is None or chooser.owed.due <= 0.0:
        return Explanation(month, who, [], 0.0, None, Prompt.NONE, None, who.last, who.last)
    return Explanation(
        month=month,
        who=who,
        claims=_claims(chooser),
        due=chooser.owed.due,
        ability=chooser.ability,
        prompt=chooser.prompt,
        weighing=_weighing(chooser, rows, pair) if chooser.weighs else None,
        decision=chooser.decision(),
        outcome=who.last,
    )


def _row(world: World, month: int, debtor: int) -> int:
    """The row of a debtor.

    Raises:
        ServandaError: If no debtor has this id in this month.
    """
    ids = world.simulation.debtors.rows["id"]
    row = debtor >> 8
    if debtor >= 0 and row < len(ids) and ids[row] == debtor:
        return row
    what = f"there is no such debtor in month {month}"
    if debtor >= 0 and row < len(ids):
        hint = f"debtor {ids[row]} has replaced it"
    else:
        hint = f"ids go from {ids[0]} to {ids[-1]}; without an id, a debtor is chosen"
    raise ServandaError(f"debtor {debtor}", what, hint)


def _anyone(state: State, month: int) -> int:
    """Row of the first able debtor that chooses to evade.

    If there is none, the row of the first that chooses to pay; if none does, of the first that
    chooses.
    """
    second: dict[bool, int] = {}
    for k in range(len(state.by_debtor.owners)):
        chooser = Chooser(state, k)
        if chooser.prompt:
            decision = chooser.decision()
            if evades(decision) and is_able(chooser.ability):
                return chooser.row
            second.setdefault(decision == Option.PAY, chooser.row)
    if not second:
        hint = "choose another month, or a debtor by its id"
        raise ServandaError(f"month {month}", "no debtor has a choice to make", hint)
    return second.get(True, second.get(False, 0))


def _who(state: State, row: int) -> Who:
    """The debtor in a row."""
    it = state.debtors[row]
    return Who(
        id=it.id,
        kind=Kind(it.kind),
        zombie=it.zombie,
        district=it.district,
        income=it.income,
        need=it.need,
        exempt=it.exempt,
        assets={label(a): float(it.assets[a]) for a in Asset},
        wealth=wealth(means(it, state.traits.assets)),
        conscience=it.conscience,
        trust=it.trust,
        discount=it.discount,
        on_list=it.on_list,
        last=Option(it.option),
    )


def _claims(chooser: Chooser) -> list[Owing]:
    """The claims that enter the debtor's choice."""
    grace = chooser.setting.parameters.procedure.grace
    owned = chooser.claims
    every = [owned.claims[owned.order[j]] for j in range(owned.first, owned.last)]
    return [
        Owing(c.id, Domain(c.domain), Stage(c.stage), c.months, c.due)
        for c in every
        if decides_about(c, grace) or (chooser.keeping and c.stage == Stage.PLAN)
    ]


def _weighing(chooser: Chooser, rows: np.ndarray, pair: bool | None) -> Weighing:
    """Ledgers of a chooser and the resulting balance; the chooser reads levers from `rows`."""
    balance = chooser.balance()
    here = balance.position
    ledgers = chooser.ledgers(here)
    return Weighing(
        position=here._asdict(),
        ledgers={label(o): one._asdict() for o, one in ledgers.items()},
        nets={label(o): net(one) for o, one in ledgers.items()},
        best=balance.best,
        way=balance.way,
        honest_cost=balance.deliberation.way.cost,
        net=balance.net,
        chance=balance.chance,
        taste=chooser.taste,
        pull=pull(chooser, here, chooser.taste),
        honest=chooser.honest(balance),
        contributions=contributions(chooser, rows, balance),
        flips=flips(chooser, rows, pair=pair),
    )
