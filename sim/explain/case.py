"""One debtor with claims just before its choice, evaluated by the model's rules."""

import math
from typing import NamedTuple

from sim.agents.debtor.behaviour import pays, taste_of
from sim.agents.debtor.debtor import ability, means, wealth
from sim.agents.debtor.weigh import Ledger, Position, weigh
from sim.month.decision.choice import (
    Prompt,
    broken_off,
    least_net,
    next_taste,
    next_turn,
    owed,
    prompt,
    stand,
)
from sim.month.decision.plans import Honest, cost_of_keeping, honest_way, in_plan
from sim.month.decision.position import preferred, with_escrow
from sim.month.endings.personal_bankruptcy import admitted, cost_of_abuse, may_ask, seeks_discharge
from sim.month.shared.state import State
from sim.parameters import Choice
from sim.terms import Ability, Option


class Balance(NamedTuple):
    """A debtor's position, and the value of its best dishonest option.

    Args:
        position: The debtor's position.
        best: The option with the smallest net cost.
        net: Its net cost, yuan: cost less gain, less what the best honest way saves.
        chance: Probability of paying while the taste is unknown.
        way: The best honest way.
    """

    position: Position
    best: Option
    net: float
    chance: float
    way: Option


class Case:
    """One debtor that has claims.

    Args:
        state: A plain view of the world before the choice.
        k: Index of the owner of claims.
    """

    def __init__(self, state: State, k: int) -> None:
        """Determine what it owes, what it could pay, and whether it chooses."""
        self.state, self.k, self.row = state, k, int(state.owners[k])
        self.debtor = state.debtors[self.row]
        self.choice: Choice = state.parameters[0].choice
        self.owed = owed(state, k)
        self.plan = in_plan(state, k)
        self.keeping = self.owed.due <= 0.0 < self.plan.due and self.debtor.option == Option.PLAN
        if self.keeping:  # the decision is whether to keep to the instalment plan
            self.owed = broken_off(self.plan.due)
        self.means = with_escrow(means(self.debtor, state.assets), self.owed.escrow)
        self.ability = Ability(ability(self.owed.due, self.means))
        self.prompt = Prompt.NONE
        if self.weighs:
            self.prompt = Prompt(prompt(state, self.debtor, self.owed, wealth(self.means)))

    @property
    def weighs(self) -> bool:
        """Whether there is anything to weigh: enforceable debt, and means to pay some of it."""
        return self.owed.due > 0.0 and self.ability != Ability.EMPTY

    @property
    def taste(self) -> float:
        """The standard logistic taste of this month's choice, or of the last one if none."""
        if self.prompt == Prompt.NONE:
            return taste_of(self.debtor.taste)
        turn = next_turn(self.debtor)
        return taste_of(next_taste(self.debtor, turn, self.state.now, self.choice))

    def balance(self) -> Balance:
        """The balance of its decision, with the present levers."""
        here = stand(self.state, self.row, self.owed, self.means)
        preference = preferred(self.state, self.debtor, here)
        best, net = Option(self.state.evasions[preference.evasion].option), preference.net
        asks = not self.keeping and may_ask(self.state, self.debtor, self.k)
        allowed = asks and admitted(self.state, self.debtor)
        trick = cost_of_abuse(self.state, self.debtor, here, self.means, allowed)
        if least_net(preference, trick) < net:  # bankruptcy with assets concealed
            best, net = Option.BANKRUPT, trick.net
        way = honest_way(self.state, self.debtor, self.k, self.means, here)
        if self.keeping:
            cost = cost_of_keeping(self.state, self.debtor, self.plan, here)
            way = Honest(Option.PLAN.value, cost)
        net -= way.cost
        likely = chance(net, here.payable, self.debtor.income, self.choice)
        return Balance(here, best, net, likely, Option(way.option))

    def ledgers(self, here: Position) -> dict[Option, Ledger]:
        """The ledger of each dishonest option."""
        state, debtor = self.state, self.debtor
        kind, levers = state.kinds[debtor.kind], state.levers[debtor.treatment]
        options = [state.evasions[i] for i in range(len(state.evasions))]
        return {
            Option(o.option): weigh(here, debtor, o, kind, levers, state.parameters[0])
            for o in options
        }

    def honest(self, balance: Balance) -> bool:
        """Whether net cost and taste together favour paying."""
        payable, income = balance.position.payable, self.debtor.income
        return pays(balance.net, 0.0, payable, income, self.taste, self.choice)

    def decision(self) -> Option:
        """Its decision this month."""
        if self.owed.due > 0.0 and self.ability == Ability.EMPTY and not self.keeping:
            asks = seeks_discharge(self.state, self.debtor, self.k, self.owed.due, self.means)
            return Option.BANKRUPT if asks else Option.UNABLE
        if self.prompt == Prompt.NONE:
            return Option(self.debtor.option)
        balance = self.balance()
        return balance.way if self.honest(balance) else balance.best


def chance(net: float, payable: float, income: float, choice: Choice) -> float:
    """Probability that `pays` holds for a standard logistic taste.

    The threshold of the taste is found by bisection with the model's own rule, so this holds for
    every behaviour; under expected utility it is ``logistic(net / (noise·max(payable, .1y)))``.
    """
    low, high = -40.0, 40.0
    if pays(net, 0.0, payable, income, low, choice):
        return 1.0
    if not pays(net, 0.0, payable, income, high, choice):
        return 0.0
    while low < (middle := 0.5 * (low + high)) < high:
        if pays(net, 0.0, payable, income, middle, choice):
            high = middle
        else:
            low = middle
    return 1.0 / (1.0 + math.exp(high))
