"""Debtors of a special kind: public bodies under evaluation, controllers who strip their firms."""

from typing import NamedTuple

from sim.agents.institutions.institution import inclination
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import Institutions


class Appropriation(NamedTuple):
    """What a public body weighs that is asked to appropriate money, yuan a month."""

    evaluation: float
    budget: float


class Stripping(NamedTuple):
    """What a controller weighs who could take money out of an indebted firm, yuan."""

    taken: float
    answered: float
    returned: float
    added: float


@rule
def appropriation(need: float, levers: Levers, of: Institutions) -> Appropriation:
    """Evaluation lost by not paying against the budget kept by it (ODD eq. 89)."""
    return Appropriation(levers.special.public_bodies * of.evaluation_loss, of.budget_weight * need)


@rule
def appropriates(base: float, need: float, levers: Levers, of: Institutions, noise: float) -> float:
    """Chance that a public body pays when asked: by custom, else under pressure (ODD eq. 89)."""
    it = appropriation(need, levers, of)
    return base + (1.0 - base) * inclination(it.evaluation, it.budget, noise)


@rule
def stripping(money: float, back: float, own: float, of: Institutions) -> Stripping:
    """Money taken against answering for it, and what the law has again (ODD eq. 90 and 132).

    Args:
        money: The firm's money at hand, yuan.
        back: Share that avoidance is foreseen to bring back of what is not answered for.
        own: What the controller is foreseen to pay of its own once the firm is empty, yuan.
        of: Parameters of institutions.
    """
    taken = of.strip_share * money
    answered = of.strip_liability * taken
    return Stripping(taken, answered, back * (taken - answered), of.strip_share * own)


@rule
def strips(it: Stripping, noise: float) -> float:
    """Chance a month that the controller of a firm that keeps money back strips it."""
    return inclination(it.taken, it.answered + it.returned + it.added, noise)
