"""Special debtors: public bodies under evaluation, and controllers who strip their firms."""

from typing import NamedTuple

from sim.agents.institutions.institution import inclination
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import Institutions


class Appropriation(NamedTuple):
    """Gain and cost, to a public body, of appropriating money for a debt, yuan a month."""

    evaluation: float
    budget: float


class Stripping(NamedTuple):
    """Gain and cost, to a controller, of taking money out of an indebted firm, yuan."""

    taken: float
    answered: float
    returned: float
    added: float


@rule
def appropriation(need: float, levers: Levers, of: Institutions) -> Appropriation:
    """Evaluation lost by not paying against the budget saved (ODD eq. 89)."""
    return Appropriation(levers.special.public_bodies * of.evaluation_loss, of.budget_weight * need)


@rule
def appropriates(base: float, need: float, levers: Levers, of: Institutions, noise: float) -> float:
    """Chance that a public body pays on request: by custom, else under pressure (ODD eq. 89)."""
    it = appropriation(need, levers, of)
    return base + (1.0 - base) * inclination(it.evaluation, it.budget, noise)


@rule
def stripping(money: float, back: float, own: float, of: Institutions) -> Stripping:
    """Money taken against liability for it and what avoidance recovers (ODD eq. 90 and 132).

    Args:
        money: The firm's money at hand, yuan.
        back: Share expected to be recovered by avoidance where there is no liability.
        own: Expected payment from the controller's own money once the firm is empty, yuan.
        of: Parameters of institutions.
    """
    taken = of.strip_share * money
    answered = of.strip_liability * taken
    return Stripping(taken, answered, back * (taken - answered), of.strip_share * own)


@rule
def strips(it: Stripping, noise: float) -> float:
    """Chance a month that the controller strips a firm that keeps money back."""
    return inclination(it.taken, it.answered + it.returned + it.added, noise)
