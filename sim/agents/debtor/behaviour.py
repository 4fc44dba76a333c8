"""Three ways in which a debtor may weigh the risk of a loss.

Expected utility uses the mean. Prospect theory (Tversky and Kahneman 1992), in its separable form,
weights the probability and values the loss. Both give certainty equivalents in yuan, so both use
the same ledger: the list of an option's costs and gains (ODD, section 8.3).

The rule of thumb ignores the ledger. It is the null model: an effect that appears under it does not
come from the choices of debtors.
"""

import math

from sim.engine.compile import rule
from sim.engine.draw import normal_share
from sim.parameters import Choice
from sim.terms import Behaviour


@rule
def weighted(probability: float, exponent: float) -> float:
    """Probability weight w(p) = p^γ / (p^γ + (1 − p)^γ)^(1/γ), with γ the `exponent`."""
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

    Ledgers pass a ratio as `probability`: a hazard divided by the rate at which the future is
    discounted. The ratio exceeds 1 if several losses are expected. From 1 on, the result is
    proportional to the ratio.
    """
    if choice.behaviour != Behaviour.PROSPECT or probability >= 1.0:
        return probability * amount
    return amount * math.pow(weighted(probability, choice.weight_loss), 1.0 / choice.curvature)


@rule
def sure_gain(amount: float, choice: Choice) -> float:
    """The loss, in yuan, that weighs as much as forgoing a sure gain of `amount`."""
    if choice.behaviour != Behaviour.PROSPECT:
        return amount
    return amount * math.pow(choice.loss_aversion, -1.0 / choice.curvature)


@rule
def taste_of(score: float) -> float:
    """Taste for honesty (standard logistic, within about ±30) from a standard normal score."""
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
    """Whether the debtor is honest: net(o*) − H + noise·max(payable, .1y)·taste ≥ 0 (ODD eq. 8).

    By the rule of thumb, only taste decides. Then the share `thumb_share` of debtors is honest.

    Args:
        net: Cost less gain of the best dishonest option o*, yuan.
        honest_alternative: H, cost of the best honest option minus `payable`, yuan. It is negative
            if a plan costs less than paying at once, and positive if sanctions for the unpaid rest
            continue.
        payable: The amount that could be paid, yuan.
        income: Monthly income y, yuan.
        taste: Taste for honesty, standard logistic.
        choice: Parameters of choice.
    """
    if choice.behaviour == Behaviour.RULE_OF_THUMB:
        return math.log(choice.thumb_share / (1.0 - choice.thumb_share)) + taste >= 0.0
    return net - honest_alternative + choice.noise * max(payable, 0.1 * income) * taste >= 0.0
