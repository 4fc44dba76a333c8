"""The path of a claim through the courts."""

from typing import Annotated

from sim.agents.parameters.sources import PROTOTYPE
from sim.engine.record import Quantity as Q
from sim.engine.record import declared


@declared
class Procedure:
    """The path of a claim through the courts."""

    sue: Annotated[
        float,
        Q(
            unit="1/month, of creditors who find it worth while",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.35
    suit_cost: Annotated[
        float,
        Q(
            unit="share of the claim",
            low=0.0,
            high=0.5,
            source="C14: 16.2 % of the claim in all, court fees a part",
            standing="to be fitted",
        ),
    ] = 0.025
    win: Annotated[
        float, Q(unit="share of judgments for the creditor", low=0.0, high=1.0, source="assumed")
    ] = 0.92
    trial_months: Annotated[
        float,
        Q(
            unit="months, mean",
            low=1.0,
            high=60.0,
            source="assumed: six-month norm for first instance",
        ),
    ] = 5.0
    grace: Annotated[float, Q(unit="months", low=1.0, high=24.0, source="assumed")] = 2.0
    apply: Annotated[
        float,
        Q(
            unit="1/month, of creditors who find it worth while",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.6
    apply_cost: Annotated[
        float,
        Q(
            unit="yuan",
            low=0.0,
            high=100_000.0,
            source="assumed: time and travel; no fee in advance",
        ),
    ] = 300.0
    patience: Annotated[
        float,
        Q(
            unit="months a creditor waits for one who has begun to pay",
            low=0.0,
            high=60.0,
            source="assumed: own sale takes 3 to 6 months",
        ),
    ] = 6.0
    prescription: Annotated[
        float,
        Q(
            unit="months to sue, or to apply for enforcement",
            low=1.0,
            high=240.0,
            source="two years to apply",
            standing="measured",
        ),
    ] = 24.0
    hours: Annotated[
        float, Q(unit="hours an officer and month", low=1.0, high=300.0, source="assumed")
    ] = 140.0
    trace_hours: Annotated[
        float, Q(unit="hours", low=0.1, high=200.0, source="assumed", standing="to be fitted")
    ] = 3.0
    control_hours: Annotated[
        float, Q(unit="hours", low=0.1, high=200.0, source="assumed", standing="to be fitted")
    ] = 3.0
    sale_hours: Annotated[
        float, Q(unit="hours", low=0.1, high=200.0, source="assumed", standing="to be fitted")
    ] = 8.0
    payout_hours: Annotated[
        float, Q(unit="hours", low=0.1, high=200.0, source="assumed", standing="to be fitted")
    ] = 1.0
    retrace: Annotated[
        float, Q(unit="months until the next attempt", low=1.0, high=60.0, source="assumed")
    ] = 3.0
    control: Annotated[
        float,
        Q(
            unit="probability that found assets are seized",
            low=0.0,
            high=1.0,
            source="control .85 (prototype)",
            standing="to be fitted",
        ),
    ] = 0.85
    sale_rate: Annotated[
        float,
        Q(
            unit="1/month, of auctions",
            low=0.0,
            high=1.0,
            source="B10: 73.6 % sold",
            standing="measured",
        ),
    ] = 0.736
    appropriation: Annotated[
        float,
        Q(
            unit="probability that a public body pays when asked",
            low=0.0,
            high=1.0,
            source="assumed: no seizure of public property",
        ),
    ] = 0.25
    value_decay: Annotated[
        float,
        Q(unit="1/month, while frozen", low=0.0, high=0.2, source=".5 to 5 % proposed; assumed"),
    ] = 0.01
    dissipation: Annotated[
        float,
        Q(
            unit="1/month, of assets of those who keep money back",
            low=0.0,
            high=0.3,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.02
    term_after: Annotated[
        float,
        Q(
            unit="months in the docket",
            low=1.0,
            high=120.0,
            source="B32: six-month norm",
            standing="measured",
        ),
    ] = 6.0
    term_unserved: Annotated[
        float,
        Q(
            unit="months after which a case with nothing in hand is terminated all the same",
            low=1.0,
            high=240.0,
            source="assumed",
        ),
    ] = 18.0
    revive: Annotated[
        float,
        Q(
            unit="1/month, of terminated claims whose debtor has property again",
            low=0.0,
            high=1.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.02
    plan_share: Annotated[
        float,
        Q(
            unit="share of income above need that goes into instalments",
            low=0.05,
            high=1.0,
            source="assumed",
        ),
    ] = 0.7
    plan_term: Annotated[
        float, Q(unit="months, the longest plan", low=1.0, high=240.0, source="assumed")
    ] = 36.0
    plan_kept: Annotated[
        float,
        Q(
            unit="share of instalments that creditors expect to be paid",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.75
    plan_discount: Annotated[
        float,
        Q(
            unit="1/month, creditors' discount rate on instalments",
            low=0.0001,
            high=0.1,
            source="assumed",
        ),
    ] = 0.01
    plan_patience: Annotated[
        float,
        Q(unit="instalments missed in a row that end a plan", low=1.0, high=12.0, source="assumed"),
    ] = 2.0
    insolvency_months: Annotated[
        float,
        Q(
            unit="months, the shortest proceeding; the longest is twice as long",
            low=1.0,
            high=120.0,
            source="assumed",
        ),
    ] = 12.0
    specialised_saving: Annotated[
        float,
        Q(
            unit="share of the duration that a specialised court saves",
            low=0.0,
            high=1.0,
            source="E24: duration down by 36 %",
            standing="measured",
        ),
    ] = 0.36
    administrator_fee: Annotated[
        float, Q(unit="share of what is distributed", low=0.0, high=0.5, source="assumed")
    ] = 0.06
    bankruptcy_cost: Annotated[
        float,
        Q(unit="yuan, trouble of asking for bankruptcy", low=0.0, high=1e6, source="assumed"),
    ] = 5000.0
    bankruptcy_stigma: Annotated[
        float, Q(unit="months of income", low=0.0, high=60.0, source="assumed")
    ] = 1.0
    archive_after: Annotated[
        float, Q(unit="months", low=1.0, high=600.0, source="contract of the model")
    ] = 60.0
