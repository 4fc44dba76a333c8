"""Parameters of how debtors weigh costs against gains."""

from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.engine.record import declared
from sim.mechanisms import composed
from sim.parameters.sources import PROTOTYPE
from sim.terms import Behaviour

PROSPECT = {"choice.behaviour": "prospect", "comprehensive.honesty_reward": 0.2}
BRIBED = {"institutions.bribe_share": 0.2, "institutions.corruptible": 1.0}
"""Settings, by path, of worlds in which some of the parameters below have an effect."""


@declared
@composed("choice")
class Choice:
    """How debtors weigh cost against gain."""

    behaviour: Annotated[Behaviour, "i1"] = Behaviour.EXPECTED_UTILITY
    death: Annotated[
        float,
        Q(
            unit="1/month, hazard that the matter ends without payment",
            low=0.0,
            high=0.1,
            source="assumed; kept fixed",
        ),
    ] = 0.005
    noise: Annotated[
        float,
        Q(
            unit="share of the sum that could be paid",
            low=0.0,
            high=2.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.13
    attention: Annotated[
        float,
        Q(
            unit="chance per month that a debtor reconsiders its choice",
            low=0.0,
            high=1.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.15
    taste_memory: Annotated[
        float,
        Q(
            unit="autocorrelation of random taste from month to month",
            low=0.0,
            high=1.0,
            source="assumed; kept fixed",
        ),
    ] = 0.8
    restriction: Annotated[
        float,
        Q(
            unit="cost of a month on the list at reference breadth, months of income",
            low=0.0,
            high=1.0,
            source="E6: a clean record is worth 11 % of income",
            standing="measured",
        ),
    ] = 0.11
    breadth_exponent: Annotated[
        float,
        Q(
            unit="exponent of the breadth of restrictions",
            low=0.1,
            high=1.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.45
    lasting: Annotated[
        float,
        Q(
            unit="share of a restriction's cost that never wears off",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.5
    habituation: Annotated[
        float,
        Q(
            unit="months until the part of the cost that wears off has fallen to 1/e",
            low=1.0,
            high=120.0,
            source="assumed",
        ),
    ] = 12.0
    freeze_loss: Annotated[
        float,
        Q(
            unit="1/month, loss of a firm from not using frozen assets, share of their value",
            low=0.0,
            high=0.2,
            source="assumed",
        ),
    ] = 0.01
    detention_weight: Annotated[
        float,
        Q(
            unit="cost of detention, as a multiple of income over its days",
            low=0.0,
            high=50.0,
            source="assumed",
        ),
    ] = 3.0
    prison_weight: Annotated[
        float,
        Q(
            unit="cost of prison, as a multiple of income over its months",
            low=0.0,
            high=50.0,
            source="assumed",
            bites={"sanctions.prison_rate": 0.01},
        ),
    ] = 3.0
    stigma: Annotated[
        float,
        Q(
            unit="cost of being named on the list, months of income",
            low=0.0,
            high=24.0,
            source="E13: small debts are paid after public naming; size assumed",
            standing="to be fitted",
        ),
    ] = 0.2
    reward_months: Annotated[
        float,
        Q(
            unit="months for which honesty is rewarded",
            low=1.0,
            high=120.0,
            source="assumed",
            bites={"comprehensive.honesty_reward": 0.2},
        ),
    ] = 12.0
    firm_value: Annotated[
        float,
        Q(
            unit="value of a firm to its controller, months of the firm's income",
            low=0.0,
            high=240.0,
            source="assumed",
            bites={"special.compulsory_liquidation": 0.1},
        ),
    ] = 12.0
    plan_breach: Annotated[
        float,
        Q(
            unit="factor on the perceived hazard of recovery after a broken plan",
            low=1.0,
            high=10.0,
            source="assumed in the specification of the model",
            bites={"rule_of_law.plans": 1.0, "economy.own_shock": 0.3},
        ),
    ] = 1.5
    event_change: Annotated[
        float,
        Q(
            unit="relative change in own income or wealth that prompts a new choice",
            low=0.0,
            high=10.0,
            source="assumed in the specification of the model",
        ),
    ] = 0.2
    thumb_share: Annotated[
        float,
        Q(
            unit="share of debtors who pay by rule of thumb",
            low=0.001,
            high=0.999,
            source="assumed: a null model in which debtors do not weigh costs and gains",
            bites={"choice.behaviour": "rule_of_thumb"},
        ),
    ] = 0.65
    curvature: Annotated[
        float,
        Q(
            unit="exponent of the value function",
            low=0.1,
            high=1.0,
            source="Tversky and Kahneman 1992",
            standing="measured",
            bites=PROSPECT,
        ),
    ] = 0.88
    loss_aversion: Annotated[
        float,
        Q(
            unit="weight of a loss relative to an equal gain",
            low=1.0,
            high=10.0,
            source="Tversky and Kahneman 1992",
            standing="measured",
            bites=PROSPECT,
        ),
    ] = 2.25
    weight_loss: Annotated[
        float,
        Q(
            unit="exponent of probability weights for losses",
            low=0.3,
            high=1.0,
            source="Tversky and Kahneman 1992",
            standing="measured",
            bites=PROSPECT,
        ),
    ] = 0.69
    transfer_cost: Annotated[
        float,
        Q(
            unit="smallest gain for which assets are moved to others, as a share of their value",
            low=0.0,
            high=1.0,
            source="assumed: it takes effort to get the assets back",
        ),
    ] = 0.2
    transfer_by_debt: Annotated[
        bool,
        "whether what a transfer saves is limited by the debt, while all assets have to be moved",
    ] = False
    foresees_obstruction: Annotated[
        float,
        Q(
            unit="share of the chance of obstruction that a debtor foresees; at 0 it foresees none",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=BRIBED,
        ),
    ] = 0.0
