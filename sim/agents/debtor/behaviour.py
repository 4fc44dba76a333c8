"""Three ways of weighing risk: certainty equivalents of a loss that occurs with some probability.

Expected utility takes the mean. Prospect theory (Tversky and Kahneman 1992), in its separable
form, weights the probability and values the loss; the difference of certainty equivalents is
in yuan, so one ledger serves both. The rule of thumb ignores the ledger: it is the null model, and
an effect that appears under it is mechanical.
"""

import math

from sim.engine.compile import rule
from sim.engine.draw import normal_share
from sim.parameters import Choice
from sim.terms import Behaviour


@rule
def weighted(probability: float, exponent: float) -> float:
    """w(p) = p^γ / (p^γ + (1 − p)^γ)^(1/γ)."""
    if probability <= 0.0:
        return 0.0
    if probability >= 1.0:
        return 1.0
    won = math.pow(probability, exponent)
    lost = math.pow(1.0 - probability, exponent)
    return won / math.pow(won + lost, 1.0 / exponent)


@rule
def loss(probability: float, amount: float, choice: Choice) -> float:
    """Certainty equivalent, in yuan, of losing `amount` with `probability`.

    In place of a probability, ledgers give a hazard over the rate at which what is to come is
    discounted. It exceeds one if several losses are to come; from one on, the result is linear.
    """
    if choice.behaviour != Behaviour.PROSPECT or probability >= 1.0:
        return probability * amount
    return amount * math.pow(weighted(probability, choice.weight_loss), 1.0 / choice.curvature)


@rule
def sure_gain(amount: float, choice: Choice) -> float:
    """Weight of forgoing a sure gain against losses, in yuan."""
    if choice.behaviour != Behaviour.PROSPECT:
        return amount
    return amount * math.pow(choice.loss_aversion, -1.0 / choice.curvature)


@rule
def taste_of(score: float) -> float:
    """Standard logistic taste from its normal score, bounded at about ±30."""
    share = min(1.0 - 1e-13, max(1e-13, normal_share(score)))
    return math.log(share / (1.0 - share))


@rule
def pays(
    net: float,
    honest_alternative: float,
    payable: float,
    income: float,
    taste: float,
    choice: Choice,
) -> bool:
    """The choice: honest iff net(o*) − H + noise·max(payable, .1y)·taste ≥ 0 (ODD eq. 8).

    Args:
        net: Cost less gain of the best dishonest option, yuan.
        honest_alternative: H, cost of the best honest way beyond giving up payable, yuan; negative
            if a plan costs less, positive if sanctions for the rest go on.
        payable: What could be paid, yuan.
        income: Monthly income, yuan.
        taste: Standard logistic taste for honesty.
        choice: Parameters.
    """
    if choice.behaviour == Behaviour.RULE_OF_THUMB:
        return math.log(choice.thumb_share / (1.0 - choice.thumb_share)) + taste >= 0.0
    return net - honest_alternative + choice.noise * max(payable, 0.1 * income) * taste >= 0.0
