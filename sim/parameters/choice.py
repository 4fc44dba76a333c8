"""How debtors weigh cost against gain."""

from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.engine.record import declared
from sim.mechanisms import composed
from sim.parameters.sources import PROTOTYPE
from sim.terms import Behaviour

PROSPECT = {"choice.behaviour": "prospect", "comprehensive.honesty_reward": 0.2}
BRIBED = {"institutions.bribe_share": 0.2, "institutions.corruptible": 1.0}
"""Worlds in which some of these numbers matter, by path."""


@declared
@composed("choice")
class Choice:
    """How debtors weigh cost against gain."""

    behaviour: Annotated[Behaviour, "i1"] = Behaviour.EXPECTED_UTILITY
    death: Annotated[
        float,
        Q(
            unit="1/month",
            low=0.0,
            high=0.1,
            source="hazard x that the matter dies; fixed",
        ),
    ] = 0.005
    noise: Annotated[
        float,
        Q(unit="share of payable", low=0.0, high=2.0, source=PROTOTYPE, standing="to be fitted"),
    ] = 0.13
    attention: Annotated[
        float, Q(unit="1/month", low=0.0, high=1.0, source=PROTOTYPE, standing="to be fitted")
    ] = 0.15
    taste_memory: Annotated[
        float, Q(unit="autocorrelation of taste", low=0.0, high=1.0, source="fixed")
    ] = 0.8
    restriction: Annotated[
        float,
        Q(
            unit="months of income a month, at reference breadth",
            low=0.0,
            high=1.0,
            source="E6: a clean record is worth 11 % of income",
            standing="measured",
        ),
    ] = 0.11
    breadth_exponent: Annotated[
        float,
        Q(
            unit="exponent of the sum of restrictions",
            low=0.1,
            high=1.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.45
    lasting: Annotated[
        float,
        Q(unit="share of a restriction that never wears off", low=0.0, high=1.0, source="assumed"),
    ] = 0.5
    habituation: Annotated[float, Q(unit="months", low=1.0, high=120.0, source="assumed")] = 12.0
    freeze_loss: Annotated[
        float, Q(unit="1/month, use of frozen assets of firms", low=0.0, high=0.2, source="assumed")
    ] = 0.01
    detention_weight: Annotated[
        float, Q(unit="income of the days spent", low=0.0, high=50.0, source="assumed")
    ] = 3.0
    prison_weight: Annotated[
        float,
        Q(
            unit="income of the months spent",
            low=0.0,
            high=50.0,
            source="assumed",
            bites={"sanctions.prison_rate": 0.01},
        ),
    ] = 3.0
    stigma: Annotated[
        float,
        Q(
            unit="months of income",
            low=0.0,
            high=24.0,
            source="E13: public naming moves small debts",
            standing="to be fitted",
        ),
    ] = 0.2
    reward_months: Annotated[
        float,
        Q(
            unit="months",
            low=1.0,
            high=120.0,
            source="assumed",
            bites={"comprehensive.honesty_reward": 0.2},
        ),
    ] = 12.0
    firm_value: Annotated[
        float,
        Q(
            unit="months of income that a firm is worth to its controller",
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
            source="contract of the model",
            bites={"rule_of_law.plans": 1.0, "economy.own_shock": 0.3},
        ),
    ] = 1.5
    event_change: Annotated[
        float,
        Q(
            unit="change of own income or wealth that prompts a choice",
            low=0.0,
            high=10.0,
            source="contract of the model",
        ),
    ] = 0.2
    thumb_share: Annotated[
        float,
        Q(
            unit="share that pays by rule of thumb",
            low=0.001,
            high=0.999,
            source="null model",
            bites={"choice.behaviour": "rule_of_thumb"},
        ),
    ] = 0.65
    curvature: Annotated[
        float,
        Q(
            unit="exponent of value",
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
            unit="weight of a loss against a gain",
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
            unit="exponent of probability weights, losses",
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
            unit="least gain for which money is put into others' hands, share of it",
            low=0.0,
            high=1.0,
            source="assumed: it must come back",
        ),
    ] = 0.2
    foresees_obstruction: Annotated[
        float,
        Q(
            unit="share of the chance of a case put off with which a debtor reckons; 0: none",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=BRIBED,
        ),
    ] = 0.0
