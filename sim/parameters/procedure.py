"""Parameters of a claim's way through the courts."""

from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.engine.record import declared
from sim.mechanisms import composed
from sim.parameters.sources import PROTOTYPE

UNSOLD = {"procedure.sale_rate": 0.1, "procedure.sell_off": 0.0, "comprehensive.officers": 0.6}
ONLINE = {"systemic.online_auction": 0.5}
CAUGHT = {"procedure.caught": 0.5, "procedure.debtor_objects": 0.5, "comprehensive.officers": 0.6}
CONTESTED = CAUGHT | {"procedure.objection_error": 1.0, "procedure.objection_suit": 1.0}
EFFORT = {"procedure.effort_gain": 0.5}
SEIZING = {"comprehensive.officers": 0.6, "kinds.firm.share": 0.5, "kinds.person.share": 0.49}
CONVERTING = {"at_source.conversion": 1.0, "kinds.firm.share": 0.5, "kinds.person.share": 0.49}
"""Settings, by path, of worlds in which some of the parameters below have an effect."""


@declared
@composed("procedure")
class Procedure:
    """Parameters of a claim's path through the courts."""

    sue: Annotated[
        float,
        Q(
            unit="1/month, rate of suing by creditors who find it worthwhile",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.35
    suit_cost: Annotated[
        float,
        Q(
            unit="cost of a suit to the creditor, share of the claim",
            low=0.0,
            high=0.5,
            source="assumed: a part of the 16.2 % of the claim that enforcement costs in all (C14)",
            standing="to be fitted",
        ),
    ] = 0.025
    win: Annotated[
        float, Q(unit="share of judgments for the creditor", low=0.0, high=1.0, source="assumed")
    ] = 0.92
    trial_months: Annotated[
        float,
        Q(
            unit="mean duration of a trial, months",
            low=1.0,
            high=60.0,
            source="assumed: a trial at first instance should take at most six months",
        ),
    ] = 5.0
    grace: Annotated[
        float,
        Q(
            unit="months from a judgment to the end of the time to pay",
            low=1.0,
            high=24.0,
            source="assumed",
        ),
    ] = 2.0
    apply: Annotated[
        float,
        Q(
            unit="1/month, rate of applying by creditors who find it worthwhile",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.6
    apply_cost: Annotated[
        float,
        Q(
            unit="cost of an application to the creditor, yuan",
            low=0.0,
            high=100_000.0,
            source="assumed: time and travel; no fee is due in advance",
        ),
    ] = 300.0
    patience: Annotated[
        float,
        Q(
            unit="months for which a creditor waits for a debtor who has chosen to pay",
            low=0.0,
            high=60.0,
            source="assumed: a debtor's own sale takes 3 to 6 months",
        ),
    ] = 6.0
    prescription: Annotated[
        float,
        Q(
            unit="period within which to sue or to apply for enforcement, months",
            low=1.0,
            high=240.0,
            source="by law, two years in which to apply for enforcement",
            standing="measured",
        ),
    ] = 24.0
    hours: Annotated[
        float, Q(unit="working hours per officer and month", low=1.0, high=300.0, source="assumed")
    ] = 140.0
    trace_hours: Annotated[
        float,
        Q(
            unit="officers' hours per inquiry",
            low=0.1,
            high=200.0,
            source="assumed",
            standing="to be fitted",
        ),
    ] = 3.0
    control_hours: Annotated[
        float,
        Q(
            unit="officers' hours per seizure",
            low=0.1,
            high=200.0,
            source="assumed",
            standing="to be fitted",
        ),
    ] = 3.0
    sale_hours: Annotated[
        float,
        Q(
            unit="officers' hours per auction",
            low=0.1,
            high=200.0,
            source="assumed",
            standing="to be fitted",
        ),
    ] = 8.0
    payout_hours: Annotated[
        float,
        Q(
            unit="officers' hours per payout",
            low=0.1,
            high=200.0,
            source="assumed",
            standing="to be fitted",
        ),
    ] = 1.0
    effort_gain: Annotated[
        float,
        Q(
            unit="exponent of hours in the chance that a step succeeds; at 0 hours have no effect",
            low=0.0,
            high=1.0,
            source="assumed: more hours help less and less",
            standing="to be fitted",
        ),
    ] = 0.0
    effort_least: Annotated[
        float,
        Q(
            unit="hours of a step under pressure, as a multiple of the usual ones",
            low=0.1,
            high=1.0,
            source="assumed",
            bites=EFFORT,
        ),
    ] = 0.6
    effort_most: Annotated[
        float,
        Q(
            unit="hours of a step with time to spare, as a multiple of the usual ones",
            low=1.0,
            high=10.0,
            source="assumed",
            bites=EFFORT,
        ),
    ] = 3.0
    sanctions_in_hand: Annotated[bool, "whether sanctions need an officer working on the case"] = (
        False
    )
    listing_hours: Annotated[
        float,
        Q(
            unit="officers' hours per listing",
            low=0.0,
            high=200.0,
            source="assumed: making an entry on the list, with its notice",
        ),
    ] = 0.0
    delisting_hours: Annotated[
        float,
        Q(
            unit="officers' hours per removal from the list",
            low=0.0,
            high=200.0,
            source="assumed: removing an entry from the list",
        ),
    ] = 0.0
    fine_hours: Annotated[
        float,
        Q(
            unit="officers' hours per fine",
            low=0.0,
            high=200.0,
            source="assumed: hearing and deciding on a fine",
            bites={"sanctions.fine_rate": 0.2},
        ),
    ] = 0.0
    detention_hours: Annotated[
        float,
        Q(
            unit="officers' hours per detention",
            low=0.0,
            high=200.0,
            source="assumed: deciding on a detention, and carrying it out with the police",
        ),
    ] = 0.0
    queue_by_date: Annotated[bool, "whether a revived case goes to the end of the queue"] = False
    retrace: Annotated[
        float, Q(unit="months until the next attempt", low=1.0, high=60.0, source="assumed")
    ] = 3.0
    control: Annotated[
        float,
        Q(
            unit="probability that found assets are seized",
            low=0.0,
            high=1.0,
            source=f"{PROTOTYPE}, with .85 of found assets seized",
            standing="to be fitted",
        ),
    ] = 0.85
    sale_rate: Annotated[
        float,
        Q(
            unit="probability that an auction succeeds",
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
            source="assumed: public property cannot be seized",
            bites={"kinds.public_body.share": 0.2, "kinds.person.share": 0.68},
        ),
    ] = 0.25
    value_decay: Annotated[
        float,
        Q(
            unit="1/month, loss of value while frozen",
            low=0.0,
            high=0.2,
            source="assumed; plausible range considered: .005 to .05",
        ),
    ] = 0.01
    dissipation: Annotated[
        float,
        Q(
            unit="1/month, share of assets that debtors who keep money back move away",
            low=0.0,
            high=0.3,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.02
    term_after: Annotated[
        float,
        Q(
            unit="months in the docket before termination",
            low=1.0,
            high=120.0,
            source="B32: a case with property is to be finished within six months",
            standing="measured",
        ),
    ] = 6.0
    term_unserved: Annotated[
        float,
        Q(
            unit="months in the docket after which a case that nobody worked on is terminated",
            low=1.0,
            high=240.0,
            source="assumed",
            bites={"comprehensive.officers": 0.0},
        ),
    ] = 18.0
    revive: Annotated[
        float,
        Q(
            unit="1/month, rate of reviving terminated claims whose debtor has property again",
            low=0.0,
            high=1.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.02
    reapply: Annotated[
        float,
        Q(
            unit="1/month, rate of applying again by creditors of terminated claims who expect "
            "enough",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.0
    hearing: Annotated[
        float,
        Q(
            unit="share of attempts at which the creditor is heard at no extra cost in hours",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.5
    hearing_hours: Annotated[
        float,
        Q(
            unit="hours for hearing the creditor where the standard requires it",
            low=0.0,
            high=200.0,
            source="assumed",
            bites={"rule_of_law.termination_standard": 1.0},
        ),
    ] = 1.0
    plan_share: Annotated[
        float,
        Q(
            unit="share of income above need that is paid in instalments",
            low=0.05,
            high=1.0,
            source="assumed",
        ),
    ] = 0.7
    plan_term: Annotated[
        float, Q(unit="longest plan, months", low=1.0, high=240.0, source="assumed")
    ] = 36.0
    plan_kept: Annotated[
        float,
        Q(
            unit="share of instalments that creditors expect to receive",
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
        Q(
            unit="number of instalments missed in a row that ends a plan",
            low=1.0,
            high=12.0,
            source="assumed",
        ),
    ] = 2.0
    insolvency_months: Annotated[
        float,
        Q(
            unit="shortest duration of a proceeding, months; the longest is twice as long",
            low=1.0,
            high=120.0,
            source="assumed",
            bites=CONVERTING,
        ),
    ] = 12.0
    specialised_saving: Annotated[
        float,
        Q(
            unit="share by which a specialised court shortens a proceeding",
            low=0.0,
            high=1.0,
            source="E24: duration down by 36 %",
            standing="measured",
            bites=CONVERTING | {"at_source.specialised_courts": 1.0},
        ),
    ] = 0.36
    administrator_fee: Annotated[
        float,
        Q(
            unit="administrator's fee, share of the money distributed",
            low=0.0,
            high=0.5,
            source="assumed",
            bites=CONVERTING | {"at_source.personal_bankruptcy": 1.0},
        ),
    ] = 0.06
    bankruptcy_cost: Annotated[
        float,
        Q(
            unit="debtor's cost of petitioning for bankruptcy, yuan",
            low=0.0,
            high=1e6,
            source="assumed",
            bites={"at_source.personal_bankruptcy": 1.0},
        ),
    ] = 5000.0
    bankruptcy_stigma: Annotated[
        float,
        Q(
            unit="stigma of bankruptcy, months of income",
            low=0.0,
            high=60.0,
            source="assumed",
            bites={"at_source.personal_bankruptcy": 1.0},
        ),
    ] = 1.0
    archive_after: Annotated[
        float,
        Q(
            unit="months from a termination until the claim is archived",
            low=1.0,
            high=600.0,
            source="assumed in the specification of the model",
            bites={"procedure.term_after": 1.0},
        ),
    ] = 60.0
    rounds: Annotated[
        float,
        Q(
            unit="number of auctions with a reserve price before goods are sold off",
            low=1.0,
            high=6.0,
            source="B12: a first and a second sale since 2017",
            standing="measured",
        ),
    ] = 2.0
    second_price: Annotated[
        float,
        Q(
            unit="reserve price of a later auction relative to the one before",
            low=0.1,
            high=1.0,
            source="B12: at least 80 % of the first reserve",
            standing="measured",
        ),
    ] = 0.8
    second_gain: Annotated[
        float,
        Q(
            unit="share of failed auctions that would succeed at a lower reserve price",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.25
    sell_off: Annotated[
        float,
        Q(
            unit="probability that goods sell at the last reserve price after all auctions fail",
            low=0.0,
            high=1.0,
            source="assumed",
            bites={"procedure.sale_rate": 0.1, "comprehensive.officers": 0.6},
        ),
    ] = 0.2
    in_kind: Annotated[
        float,
        Q(
            unit="probability that a creditor accepts unsold goods at the last reserve price",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=UNSOLD,
        ),
    ] = 0.3
    online_sale: Annotated[
        float,
        Q(
            unit="sale rate of online auctions minus that of others",
            low=0.0,
            high=1.0,
            source="B11: online sales succeed 15 percentage points more often than others",
            standing="measured",
            bites=ONLINE,
        ),
    ] = 0.15
    online_price: Annotated[
        float,
        Q(
            unit="price of online auctions above that of others, as a share of it",
            low=0.0,
            high=1.0,
            source="derived from B11: premiums 44.67 and 21.67 %, so 1.4467/1.2167 - 1",
            standing="measured",
            bites=ONLINE,
        ),
    ] = 0.19
    seize_ratio: Annotated[
        float,
        Q(
            unit="value attached divided by the value needed, without a rule of proportionality",
            low=1.0,
            high=3.0,
            source="assumed; range considered: 1 to 3; article 1.2: none beyond the claim",
        ),
    ] = 1.0
    caught: Annotated[
        float,
        Q(
            unit="share of attachments of goods that include others' property",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.0
    caught_size: Annotated[
        float,
        Q(
            unit="others' share of the value in an attachment that includes others' property",
            low=0.0,
            high=0.9,
            source="assumed",
            bites=CAUGHT,
        ),
    ] = 0.5
    third_objects: Annotated[
        float,
        Q(
            unit="probability that a third party whose property is attached objects",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=CAUGHT,
        ),
    ] = 0.8
    debtor_objects: Annotated[
        float,
        Q(
            unit="probability that an evader whose goods are attached objects to gain time",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.0
    objection_months: Annotated[
        float,
        Q(
            unit="months until an objection is heard",
            low=0.0,
            high=60.0,
            source="assumed",
            bites=CAUGHT,
        ),
    ] = 2.0
    objection_hours: Annotated[
        float,
        Q(
            unit="officers' hours per objection",
            low=0.1,
            high=200.0,
            source="assumed",
            bites=CAUGHT,
        ),
    ] = 4.0
    objection_error: Annotated[
        float,
        Q(
            unit="probability that a well-founded objection is rejected",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=CAUGHT,
        ),
    ] = 0.3
    objection_suit: Annotated[
        float,
        Q(
            unit="probability that a third party sues after its objection is rejected",
            low=0.0,
            high=1.0,
            source="assumed: the law allows the suit (执行异议之诉); its frequency is not known",
            bites=CAUGHT | {"procedure.objection_error": 1.0},
        ),
    ] = 0.0
    objection_suit_months: Annotated[
        float,
        Q(
            unit="months until a suit of objection is decided",
            low=0.0,
            high=60.0,
            source="by law, six months for a trial at first instance",
            standing="measured",
            bites=CONTESTED,
        ),
    ] = 6.0
    objection_suit_error: Annotated[
        float,
        Q(
            unit="probability that a well-founded suit of objection is lost",
            low=0.0,
            high=1.0,
            source="assumed: a trial errs less than a review on paper",
            bites=CONTESTED,
        ),
    ] = 0.1
    chain_exponent: Annotated[
        float,
        Q(
            unit="exponent of the power mean of the steps' chances; 0 means their product",
            low=-20.0,
            high=20.0,
            source="assumed in the specification of the model; article 3.1: the weakest link "
            "decides",
        ),
    ] = 0.0
    hide_innovation: Annotated[
        float,
        Q(
            unit="1/month, rise of the share that can be hidden, if all debtors conceal",
            low=0.0,
            high=1.0,
            source="article, introduction: evasion takes new forms; size assumed",
        ),
    ] = 0.0
    hide_learning: Annotated[
        float,
        Q(
            unit="fall of the share that can be hidden, per inquiry and debtor at full coverage",
            low=0.0,
            high=1.0,
            source="assumed; idea from article 5.2",
        ),
    ] = 0.0
    displacement: Annotated[
        float,
        Q(
            unit="1/month, share of a concealer's money moved to the least traced class",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.0
    held_by_others: Annotated[
        float,
        Q(
            unit="share of hidden assets held by others, which avoidance can reach",
            low=0.0,
            high=1.0,
            source="assumed",
            bites={"rule_of_law.avoidance": 0.5},
        ),
    ] = 0.5
    controller_wealth: Annotated[
        float,
        Q(
            unit="wealth of a firm's shareholders outside it, months of its usual income",
            low=0.0,
            high=240.0,
            source="assumed",
            bites={"rule_of_law.added_parties": 1.0},
        ),
    ] = 12.0
    false_detected: Annotated[
        float,
        Q(
            unit="probability that an attempt exposes a false declaration",
            low=0.0,
            high=1.0,
            source="assumed; plausible range considered: .1 to .8; article 6.1",
            bites={"special.declaration": 1.0},
        ),
    ] = 0.2
    leakage: Annotated[
        float,
        Q(
            unit="share of proceeds lost without management of proceeds",
            low=0.0,
            high=1.0,
            source="assumed: none lost; plausible range considered: 0 to .05; article 1.1",
        ),
    ] = 0.0
    payout_delay: Annotated[
        float,
        Q(
            unit="months from proceeds to payout without management of proceeds",
            low=0.0,
            high=24.0,
            source="assumed",
        ),
    ] = 0.0
    closing_hazard: Annotated[
        float,
        Q(
            unit="1/month, hazard that a firm closes because all of its property is attached",
            low=0.0,
            high=1.0,
            source="assumed: no firm closes; article 1.1: freezing must not ruin firms",
            bites=SEIZING | {"procedure.closing_share": 0.0},
        ),
    ] = 0.0
    closing_share: Annotated[
        float,
        Q(
            unit="attached share of its property that a firm can do without",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=SEIZING | {"procedure.closing_hazard": 1.0},
        ),
    ] = 0.5
