"""Special debtors: public bodies under evaluation, and controllers who strip their firms."""

from typing import NamedTuple

from sim.agents.institutions.government import missed_targets
from sim.agents.institutions.institution import inclination
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import Institutions


class Appropriation(NamedTuple):
    """A public body's gain and cost of appropriating money for a debt, yuan per month."""

    evaluation: float
    targets: float
    budget: float


class Stripping(NamedTuple):
    """A controller's gain and costs of taking money out of an indebted firm, yuan.

    Args:
        taken: The sum taken out.
        answered: The part for which the controller is liable.
        returned: What avoidance is expected to recover of the rest.
        added: What the controller expects to pay in addition, as a party added to the case.
    """

    taken: float
    answered: float
    returned: float
    added: float


@rule
def appropriation(
    need: float, levers: Levers, assessment: float, institutions: Institutions
) -> Appropriation:
    """Loss in evaluations if the debt is not paid, against the budget saved (ODD eq. 89 and 155).

    Args:
        need: Sum requested, yuan.
        levers: Levers of the public body.
        assessment: Weight of targets in the government's evaluation, from the court's levers.
        institutions: Parameters of institutions.
    """
    return Appropriation(
        levers.special.public_bodies * institutions.evaluation_loss,
        missed_targets(assessment, institutions),
        institutions.budget_weight * need,
    )


@rule
def appropriates(
    base: float,
    need: float,
    levers: Levers,
    assessment: float,
    institutions: Institutions,
    noise: float,
) -> float:
    """Chance that a public body pays on request: by habit, or else under pressure (ODD eq. 89).

    Args:
        base: Chance that it pays by habit.
        need: Sum requested, yuan.
        levers: Levers of the public body.
        assessment: Weight of targets in the government's evaluation, from the court's levers.
        institutions: Parameters of institutions.
        noise: `choice.noise`.
    """
    terms = appropriation(need, levers, assessment, institutions)
    pressure = terms.evaluation + terms.targets
    return base + (1.0 - base) * inclination(pressure, terms.budget, noise)


@rule
def stripping(money: float, back: float, own: float, institutions: Institutions) -> Stripping:
    """Gain and costs of stripping a firm: see `Stripping` (ODD eq. 90 and 132).

    Args:
        money: The firm's money, yuan.
        back: Of the sum for which the controller is not liable: the share that avoidance is
            expected to recover.
        own: Expected payment from the controller's own money once the firm is empty, yuan.
        institutions: Parameters of institutions.
    """
    taken = institutions.strip_share * money
    answered = institutions.strip_liability * taken
    return Stripping(taken, answered, back * (taken - answered), institutions.strip_share * own)


@rule
def strips(terms: Stripping, noise: float) -> float:
    """Monthly chance that the controller strips a firm that keeps money back."""
    return inclination(terms.taken, terms.answered + terms.returned + terms.added, noise)
