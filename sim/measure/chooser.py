"""Shows one debtor with claims against it just before its choice, by the model's rules."""

import math
from typing import NamedTuple

from sim.agents.debtor.behaviour import pays, taste_of
from sim.agents.debtor.debtor import ability, means, wealth
from sim.agents.debtor.weigh import Ledger, Position, weigh
from sim.month.decision.deliberation import (
    Deliberation,
    Prompt,
    broken_off,
    chosen,
    deliberate,
    deliberate_on_plan,
    least_net,
    next_taste,
    next_turn,
    owed,
    petition_of_unable,
    prefers_honesty,
    prompt,
)
from sim.month.decision.plans import in_plan
from sim.month.decision.position import with_escrow
from sim.month.shared.state import State, owned_by, setting_of, surroundings_of
from sim.parameters import Choice
from sim.terms import Ability, Option


class Balance(NamedTuple):
    """A debtor's position before its choice, and the value of its best dishonest option.

    Args:
        position: What the debtor owes, could pay and expects.
        best: The option with the smallest net cost.
        net: Cost of `best`, less its gain, less the cost of `way`, yuan. The cost of `way` is
            counted relative to paying at once.
        chance: Probability of paying, over all values that the debtor's random taste may have.
        way: The best honest way, such as paying at once or a plan.
        deliberation: The options among which the model's rules choose.
    """

    position: Position
    best: Option
    net: float
    chance: float
    way: Option
    deliberation: Deliberation


class Chooser:
    """A debtor against whom there are claims.

    Args:
        state: A plain view of the world before the choice.
        k: Index of the debtor in `state.by_debtor.owners`.
    """

    def __init__(self, state: State, k: int) -> None:
        """Determine what the debtor owes, what it could pay, and whether it chooses this month."""
        self.state, self.k, self.row = state, k, int(state.by_debtor.owners[k])
        self.debtor = state.debtors[self.row]
        self.setting = setting_of(state)
        self.claims = owned_by(state, k)
        self.choice: Choice = self.setting.parameters.choice
        assets = state.traits.assets
        procedure = self.setting.parameters.procedure
        self.owed = owed(self.debtor, self.claims, assets, procedure)
        self.plan = in_plan(self.claims)
        self.keeping = self.owed.due <= 0.0 < self.plan.due and self.debtor.option == Option.PLAN
        if self.keeping:  # the decision is whether to keep to the instalment plan
            self.owed = broken_off(self.plan.due)
        self.means = with_escrow(means(self.debtor, assets), self.owed.escrow)
        self.ability = Ability(ability(self.owed.due, self.means))
        self.prompt = Prompt.NONE
        if self.weighs:
            total = wealth(self.means)
            self.prompt = Prompt(prompt(self.debtor, self.owed, total, self.choice, state.now))

    @property
    def weighs(self) -> bool:
        """Whether there is anything to weigh: enforceable debt, and means to pay some of it."""
        return self.owed.due > 0.0 and self.ability != Ability.EMPTY

    @property
    def taste(self) -> float:
        """Taste (standard logistic) in this month's choice; if there is none, in the last one."""
        if self.prompt == Prompt.NONE:
            return taste_of(self.debtor.taste)
        turn = next_turn(self.debtor)
        return taste_of(next_taste(self.debtor, turn, self.state.now, self.choice))

    def balance(self) -> Balance:
        """The debtor's balance with the present levers."""
        it = self.deliberation()
        evasions = self.state.traits.evasions
        net = least_net(it) - it.way.cost
        return Balance(
            position=it.position,
            best=Option(chosen(it, False, evasions)),
            net=net,
            chance=chance(net, it.position.payable, self.debtor.income, self.choice),
            way=Option(chosen(it, True, evasions)),
            deliberation=it,
        )

    def deliberation(self) -> Deliberation:
        """The options among which it chooses, from the rules that the model itself calls."""
        around = surroundings_of(self.state, self.row)
        if self.keeping:
            return deliberate_on_plan(self.debtor, self.plan, self.means, around, self.setting)
        return deliberate(
            self.debtor,
            self.owed,
            self.means,
            self.claims,
            self.state.creditors,
            around,
            self.setting,
        )

    def ledgers(self, here: Position) -> dict[Option, Ledger]:
        """The ledger of each dishonest option."""
        state, debtor = self.state, self.debtor
        kind, levers = state.traits.kinds[debtor.kind], state.levers[debtor.treatment]
        evasions = state.traits.evasions
        options = [evasions[i] for i in range(len(evasions))]
        return {
            Option(o.option): weigh(here, debtor, o, kind, levers, state.parameters[0])
            for o in options
        }

    def honest(self, balance: Balance) -> bool:
        """Whether net cost and taste together favour the best honest way."""
        return self.prefers_honesty(balance.deliberation)

    def prefers_honesty(self, it: Deliberation) -> bool:
        """Whether the debtor prefers the best honest way to the best dishonest option."""
        return prefers_honesty(it, self.debtor, self.taste, self.choice)

    def decision(self) -> Option:
        """The debtor's decision this month."""
        if self.owed.due > 0.0 and self.ability == Ability.EMPTY and not self.keeping:
            due, own_means = self.owed.due, self.means
            petition = petition_of_unable(self.debtor, due, own_means, self.claims, self.setting)
            return Option.BANKRUPT if petition.admitted else Option.UNABLE
        if self.prompt == Prompt.NONE:
            return Option(self.debtor.option)
        balance = self.balance()
        honest = self.honest(balance)
        return Option(chosen(balance.deliberation, honest, self.state.traits.evasions))


def chance(net: float, payable: float, income: float, choice: Choice) -> float:
    """Probability that `pays` holds for a standard logistic taste.

    Bisection with the model's own rule finds the threshold of the taste. So the result is right for
    every model of behaviour. Under expected utility, the probability is
    ``logistic(net / (noise·max(payable, .1·income)))``.
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
