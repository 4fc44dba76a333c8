"""Parameters of incomes and wealth, and of how claims arise."""

from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.engine.record import declared
from sim.mechanisms import composed
from sim.parameters.sources import PROTOTYPE

REPORTED = {"at_source.credit_reporting": 1.0}
RESTRICTED = {"economy.despair": 1.0, "economy.despair_floor": 0.0, "comprehensive.list_rate": 1.0}
"""Settings, by path, of worlds in which some of the parameters below have an effect."""


@declared
@composed("economy")
class Economy:
    """Incomes, wealth and turnover of the population."""

    persistence: Annotated[
        float,
        Q(
            unit="autocorrelation of log income from month to month",
            low=0.0,
            high=0.999,
            source="assumed: a shock has halved after about a year",
        ),
    ] = 0.95
    own_shock: Annotated[
        float,
        Q(
            unit="sd of the monthly shock to a debtor's own log income",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.08
    common_shock: Annotated[
        float,
        Q(
            unit="sd of the monthly shock to the log income of all debtors",
            low=0.0,
            high=0.5,
            source="assumed",
        ),
    ] = 0.005
    ruin: Annotated[
        float,
        Q(
            unit="1/month, probability of ruin",
            low=0.0,
            high=0.2,
            source="E18: most defaults begin with a shock; size assumed",
            standing="to be fitted",
        ),
    ] = 0.0015
    ruin_keeps: Annotated[
        float, Q(unit="share of assets left after ruin", low=0.0, high=1.0, source="assumed")
    ] = 0.02
    windfall: Annotated[
        float,
        Q(
            unit="1/month, probability of a windfall",
            low=0.0,
            high=0.2,
            source=f"{PROTOTYPE}: ability to pay was regained at .005 per month",
            standing="to be fitted",
        ),
    ] = 0.005
    windfall_months: Annotated[
        float,
        Q(
            unit="size of a windfall, months of income",
            low=0.0,
            high=240.0,
            source="assumed",
            bites={"economy.windfall": 0.05},
        ),
    ] = 12.0
    spending: Annotated[
        float,
        Q(
            unit="1/month, share of money above the buffer that is spent",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.05
    exit: Annotated[
        float,
        Q(
            unit="1/month, probability that a debtor dies or a firm closes",
            low=0.0,
            high=0.1,
            source="assumed; plausible range considered: .001 to .003",
        ),
    ] = 0.002
    despair: Annotated[
        float,
        Q(
            unit="1/month, hazard that a debtor under all restrictions turns to informal work",
            low=0.0,
            high=1.0,
            source="assumed: no debtor turns to informal work",
            bites={"economy.despair_floor": 0.0, "comprehensive.list_rate": 1.0},
        ),
    ] = 0.0
    despair_floor: Annotated[
        float,
        Q(
            unit="breadth of restrictions up to which no debtor turns to informal work",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=RESTRICTED,
        ),
    ] = 0.3
    informal_loss: Annotated[
        float,
        Q(
            unit="share of income lost by working informally",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=RESTRICTED,
        ),
    ] = 0.2


@declared
@composed("obligations")
class Obligations:
    """How claims arise."""

    growth: Annotated[
        float,
        Q(
            unit="1/year, growth of the rate of new claims",
            low=-0.5,
            high=1.0,
            source="assumed: 0 for a steady state; A3 has +24 % in 2016",
        ),
    ] = 0.0
    zombie: Annotated[
        float,
        Q(
            unit="a zombie's rate of new claims relative to others of its kind",
            low=0.0,
            high=20.0,
            source="assumed",
        ),
    ] = 3.0
    size_by_means: Annotated[
        float,
        Q(unit="correlation of log claim and log wealth", low=0.0, high=1.0, source="assumed"),
    ] = 0.5
    intensity: Annotated[
        float,
        Q(
            unit="factor on all rates of new claims",
            low=0.0,
            high=50.0,
            source="assumed; set so that officers' load and the backlog fit",
            standing="to be fitted",
        ),
    ] = 1.0
    bank_credit: Annotated[
        float,
        Q(
            unit="share of debtors' credit that comes from banks",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=REPORTED | {"kinds.person.credit": 0.1},
        ),
    ] = 0.6
    credit_elasticity: Annotated[
        float,
        Q(
            unit="elasticity of new credit to the share recovered relative to the share expected",
            low=0.0,
            high=5.0,
            source="assumed: credit does not react to recovery",
            bites={"procedure.term_after": 2.0},
        ),
    ] = 0.0
    score_refusal: Annotated[
        float,
        Q(
            unit="fall of the credit score when a due claim is refused",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=REPORTED,
        ),
    ] = 0.25
    score_default: Annotated[
        float,
        Q(
            unit="fall of the credit score when a judgment is unpaid at the end of grace",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=REPORTED,
        ),
    ] = 0.15
    score_listing: Annotated[
        float,
        Q(
            unit="fall of the credit score when the debtor is listed",
            low=0.0,
            high=1.0,
            source="assumed: takes a neutral score to 0",
            bites=REPORTED,
        ),
    ] = 0.5
    score_performed: Annotated[
        float,
        Q(
            unit="rise of the credit score when a claim is performed on time",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=REPORTED,
        ),
    ] = 0.05
