"""What the world is like, apart from levers: every parameter with unit, range, source, standing.

One declared class a section of a scenario file; `Setting` joins those that hold for everyone,
`KindTraits`, `DomainTraits`, `AssetTraits`, `LenderTraits` and `EvasionTraits` are rows of tables.
"""

from dataclasses import field
from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.engine.record import declared
from sim.terms import Behaviour, Updating

PROTOTYPE = "feasible in a one-court prototype of the choice and capacity loop"


@declared
class Economy:
    """Incomes, fortunes and turnover of the population."""

    persistence: Annotated[
        float, Q(unit="1/month", low=0.0, high=0.999, source="assumed: half-life of a year")
    ] = 0.95
    own_shock: Annotated[
        float, Q(unit="sd of log income, a month", low=0.0, high=1.0, source="assumed")
    ] = 0.08
    common_shock: Annotated[
        float, Q(unit="sd of log income, a month", low=0.0, high=0.5, source="assumed")
    ] = 0.005
    ruin: Annotated[
        float,
        Q(
            unit="1/month",
            low=0.0,
            high=0.2,
            source="E18: most defaults begin with a shock",
            standing="to be fitted",
        ),
    ] = 0.0015
    ruin_keeps: Annotated[
        float, Q(unit="share of assets left after ruin", low=0.0, high=1.0, source="assumed")
    ] = 0.02
    windfall: Annotated[
        float,
        Q(
            unit="1/month",
            low=0.0,
            high=0.2,
            source=f"regain of ability .005, {PROTOTYPE}",
            standing="to be fitted",
        ),
    ] = 0.005
    windfall_months: Annotated[
        float, Q(unit="months of income", low=0.0, high=240.0, source="assumed")
    ] = 12.0
    spending: Annotated[
        float,
        Q(unit="1/month, of money above the buffer", low=0.0, high=1.0, source="assumed"),
    ] = 0.05
    exit: Annotated[
        float, Q(unit="1/month", low=0.0, high=0.1, source="death and closure .1 to .3 % a month")
    ] = 0.002


@declared
class Obligations:
    """How claims arise."""

    growth: Annotated[
        float,
        Q(
            unit="1/year, of arrivals",
            low=-0.5,
            high=1.0,
            source="A3: intake +24 % in 2016; 0 in a steady world",
        ),
    ] = 0.0
    zombie: Annotated[
        float, Q(unit="arrivals against other firms", low=0.0, high=20.0, source="assumed")
    ] = 3.0
    size_by_means: Annotated[
        float,
        Q(unit="correlation of log claim and log wealth", low=0.0, high=1.0, source="assumed"),
    ] = 0.5
    intensity: Annotated[
        float,
        Q(
            unit="scale of every arrival rate",
            low=0.0,
            high=50.0,
            source="to meet load and backlog",
            standing="to be fitted",
        ),
    ] = 1.0


@declared
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
        float, Q(unit="income of the months spent", low=0.0, high=50.0, source="assumed")
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
    visibility: Annotated[
        float,
        Q(unit="share of neighbours who learn of a listing", low=0.0, high=1.0, source="assumed"),
    ] = 0.5
    reward_months: Annotated[float, Q(unit="months", low=1.0, high=120.0, source="assumed")] = 12.0
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
        Q(unit="share that pays by rule of thumb", low=0.001, high=0.999, source="null model"),
    ] = 0.65
    curvature: Annotated[
        float,
        Q(
            unit="exponent of value",
            low=0.1,
            high=1.0,
            source="Tversky and Kahneman 1992",
            standing="measured",
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
        ),
    ] = 0.69


@declared
class Learning:
    """How perceived hazards follow experience."""

    updating: Annotated[Updating, "i1"] = Updating.COUNTING
    optimism: Annotated[
        float,
        Q(
            unit="perceived / believed hazard",
            low=0.01,
            high=5.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.4
    dispersion: Annotated[
        float, Q(unit="sd of log optimism across debtors", low=0.0, high=2.0, source="assumed")
    ] = 0.3
    prior_recovery: Annotated[
        float, Q(unit="1/month", low=0.0, high=1.0, source="assumed near the true hazard")
    ] = 0.05
    prior_listing: Annotated[
        float, Q(unit="1/month", low=0.0, high=1.0, source="assumed near the true hazard")
    ] = 0.08
    prior_weight: Annotated[
        float,
        Q(
            unit="months of experience that the prior is worth",
            low=0.01,
            high=1200.0,
            source="assumed",
        ),
    ] = 12.0
    memory: Annotated[
        float,
        Q(
            unit="weight of a month against the next",
            low=0.0,
            high=1.0,
            source="lambda .97, contract of the model",
        ),
    ] = 0.97
    peer: Annotated[
        float,
        Q(
            unit="weight of a neighbour's month against an own one",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.2
    rise: Annotated[
        float,
        Q(
            unit="step up after an event (asymmetric)",
            low=0.0,
            high=1.0,
            source="E27: one arrest raises perceived risk by some 6 %",
        ),
    ] = 0.06
    fall: Annotated[
        float,
        Q(unit="step down after a month without (asymmetric)", low=0.0, high=1.0, source="assumed"),
    ] = 0.02
    notice: Annotated[
        float,
        Q(
            unit="factor on perceived hazards once enforcement has begun",
            low=1.0,
            high=5.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 1.9


@declared
class Society:
    """Neighbours, norms, conscience and trust."""

    rewiring: Annotated[
        float,
        Q(
            unit="share of links to anywhere",
            low=0.0,
            high=1.0,
            source="Watts and Strogatz 1998; share assumed",
        ),
    ] = 0.1
    homophily: Annotated[
        float, Q(unit="share of links to the same kind", low=0.0, high=1.0, source="assumed")
    ] = 0.5
    norm: Annotated[
        float,
        Q(
            unit="yuan per yuan kept and unit of honest share",
            low=0.0,
            high=2.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.14
    prior_honest: Annotated[
        float,
        Q(unit="share thought honest when nothing is known", low=0.0, high=1.0, source="assumed"),
    ] = 0.6
    standing_memory: Annotated[
        float, Q(unit="months", low=1.0, high=240.0, source="contract of the model")
    ] = 24.0
    recovery: Annotated[
        float,
        Q(unit="1/month, of conscience towards its origin", low=0.0, high=1.0, source="assumed"),
    ] = 0.05
    crowding_out: Annotated[
        float,
        Q(
            unit="share of conscience lost when treated unfairly",
            low=0.0,
            high=1.0,
            source="E12, T13: sign; size assumed",
        ),
    ] = 0.2
    crowding_out_seen: Annotated[
        float,
        Q(unit="share of conscience lost per unfairness seen", low=0.0, high=1.0, source="assumed"),
    ] = 0.01
    trust: Annotated[
        float,
        Q(
            unit="0 to 1, trust in the courts at the start",
            low=0.0,
            high=1.0,
            source="assumed neutral: factor 1",
        ),
    ] = 0.5
    trust_recovery: Annotated[
        float, Q(unit="1/month, of trust towards its start", low=0.0, high=1.0, source="assumed")
    ] = 0.05
    trust_gain: Annotated[
        float, Q(unit="step per fair enforcement seen", low=0.0, high=1.0, source="assumed")
    ] = 0.01
    trust_loss: Annotated[
        float, Q(unit="step per unfairness seen", low=0.0, high=1.0, source="assumed")
    ] = 0.03


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
            unit="months a creditor waits for one who is selling to pay",
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
            unit="months after which a case that tracing never reached is terminated all the same",
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
    archive_after: Annotated[
        float, Q(unit="months", low=1.0, high=600.0, source="contract of the model")
    ] = 60.0


@declared
class KindTraits:
    """What debtors of one kind are like."""

    share: Annotated[float, Q(unit="share of debtors", low=0.0, high=1.0, source="assumed")] = 0.0
    income: Annotated[float, Q(unit="yuan/month, median", low=1.0, high=1e9, source="assumed")] = (
        3000.0
    )
    income_sd: Annotated[float, Q(unit="sd of log income", low=0.0, high=4.0, source="assumed")] = (
        0.7
    )
    need: Annotated[
        float, Q(unit="share of usual income, mean", low=0.0, high=5.0, source="assumed")
    ] = 0.75
    need_sd: Annotated[float, Q(unit="sd of that share", low=0.0, high=2.0, source="assumed")] = 0.2
    wealth: Annotated[
        float,
        Q(
            unit="months of income, median",
            low=0.0,
            high=1e4,
            source="assumed",
            standing="to be fitted",
        ),
    ] = 20.0
    wealth_sd: Annotated[
        float,
        Q(unit="sd of log wealth", low=0.0, high=5.0, source="assumed", standing="to be fitted"),
    ] = 1.3
    bank: Annotated[float, Q(unit="share of wealth", low=0.0, high=1.0, source="assumed")] = 0.3
    online: Annotated[float, Q(unit="share of wealth", low=0.0, high=1.0, source="assumed")] = 0.05
    cash: Annotated[float, Q(unit="share of wealth", low=0.0, high=1.0, source="assumed")] = 0.05
    realty: Annotated[float, Q(unit="share of wealth", low=0.0, high=1.0, source="assumed")] = 0.45
    vehicles: Annotated[float, Q(unit="share of wealth", low=0.0, high=1.0, source="assumed")] = 0.1
    securities: Annotated[float, Q(unit="share of wealth", low=0.0, high=1.0, source="assumed")] = (
        0.05
    )
    exempt: Annotated[
        float,
        Q(unit="months of need that no seizure touches", low=0.0, high=120.0, source="assumed"),
    ] = 3.0
    zombie: Annotated[
        float,
        Q(
            unit="share that lives on debt",
            low=0.0,
            high=1.0,
            source="article, introduction: .05 to .4 proposed",
        ),
    ] = 0.0
    zombie_need: Annotated[
        float,
        Q(
            unit="need of a zombie, share of usual income",
            low=0.0,
            high=5.0,
            source="assumed: above its income",
        ),
    ] = 1.1
    zombie_wealth: Annotated[
        float, Q(unit="wealth of a zombie against others", low=0.0, high=1.0, source="assumed")
    ] = 0.05
    honest_share: Annotated[
        float,
        Q(
            unit="share whose conscience exceeds any gain",
            low=0.0,
            high=1.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.62
    conscience: Annotated[
        float,
        Q(
            unit="yuan of unease per yuan kept, mean of the rest before the cut at 0",
            low=-2.0,
            high=5.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.10
    conscience_sd: Annotated[
        float,
        Q(
            unit="sd of the rest before the cut",
            low=0.0,
            high=5.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.36
    discount: Annotated[
        float, Q(unit="1/month", low=0.0001, high=0.5, source=PROTOTYPE + "; fixed")
    ] = 0.04
    discount_sd: Annotated[
        float, Q(unit="sd of log discount rate", low=0.0, high=2.0, source="assumed")
    ] = 0.2
    seizable: Annotated[bool, "whether property can be seized; public property cannot"] = True
    freezes: Annotated[bool, "whether frozen assets lose their use: those of firms do"] = False
    procurement: Annotated[
        float, Q(unit="exposure to the restriction", low=0.0, high=1.0, source="assumed")
    ] = 0.1
    travel: Annotated[
        float, Q(unit="exposure to the restriction", low=0.0, high=1.0, source="assumed")
    ] = 0.3
    finance: Annotated[
        float, Q(unit="exposure to the restriction", low=0.0, high=1.0, source="assumed")
    ] = 0.3
    office: Annotated[
        float, Q(unit="exposure to the restriction", low=0.0, high=1.0, source="assumed")
    ] = 0.2
    honours: Annotated[
        float, Q(unit="exposure to the restriction", low=0.0, high=1.0, source="assumed")
    ] = 0.1


@declared
class DomainTraits:
    """What claims of one domain are like."""

    person: Annotated[
        float,
        Q(
            unit="due claims per 1,000 persons and month",
            low=0.0,
            high=1000.0,
            source="assumed",
            standing="to be fitted",
        ),
    ] = 0.0
    firm: Annotated[
        float,
        Q(
            unit="due claims per 1,000 firms and month",
            low=0.0,
            high=1000.0,
            source="assumed",
            standing="to be fitted",
        ),
    ] = 0.0
    public_body: Annotated[
        float,
        Q(
            unit="due claims per 1,000 public bodies and month",
            low=0.0,
            high=1000.0,
            source="assumed",
            standing="to be fitted",
        ),
    ] = 0.0
    median: Annotated[
        float, Q(unit="yuan", low=1.0, high=1e10, source="assumed", standing="to be fitted")
    ] = 60_000.0
    sd: Annotated[
        float,
        Q(unit="sd of log claim", low=0.0, high=5.0, source="assumed", standing="to be fitted"),
    ] = 1.5
    disputed: Annotated[
        float,
        Q(
            unit="share that only a court can settle",
            low=0.0,
            high=1.0,
            source="assumed",
            standing="to be fitted",
        ),
    ] = 0.5
    livelihood: Annotated[bool, "whether it is a people's-livelihood case (article 6.2)"] = False
    credit: Annotated[bool, "whether screening by lender or trade partner applies"] = False


@declared
class AssetTraits:
    """What assets of one class are worth to whom."""

    own_price: Annotated[
        float,
        Q(
            unit="share of value that the owner's own sale brings",
            low=0.01,
            high=1.0,
            source="assumed",
        ),
    ] = 1.0
    own_sale: Annotated[
        float,
        Q(
            unit="1/month, that the owner's own sale succeeds",
            low=0.01,
            high=1.0,
            source="own sale takes 3 to 6 months",
        ),
    ] = 1.0
    auction_price: Annotated[
        float,
        Q(
            unit="share of value at auction",
            low=0.01,
            high=1.0,
            source="B12: reserve .56 to .70 of appraisal",
        ),
    ] = 1.0
    hide: Annotated[
        float,
        Q(
            unit="share that one who conceals keeps out of reach",
            low=0.0,
            high=1.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.5


@declared
class LenderTraits:
    """What creditors of one kind are like."""

    per_thousand: Annotated[
        float, Q(unit="creditors per 1,000 debtors", low=0.01, high=10_000.0, source="assumed")
    ] = 10.0
    litigiousness: Annotated[
        float,
        Q(unit="factor on the rates of suing and applying", low=0.0, high=10.0, source="assumed"),
    ] = 1.0
    expected_share: Annotated[
        float,
        Q(
            unit="share of a claim hoped for at full trust",
            low=0.0,
            high=1.0,
            source="A1: about one half of the money is recovered",
        ),
    ] = 0.5


@declared
class EvasionTraits:
    """One dishonest option against stalling."""

    option: Annotated[
        int,
        "i8",
        Q(unit="code of the option", low=3, high=5, source="stall 3, conceal 4, resist 5"),
    ] = 3
    recovery: Annotated[
        float,
        Q(
            unit="factor on the perceived hazard of recovery",
            low=0.0,
            high=10.0,
            source="contract of the model",
        ),
    ] = 1.0
    listing: Annotated[
        float,
        Q(
            unit="factor on the hazard of listing",
            low=0.0,
            high=10.0,
            source="contract of the model",
        ),
    ] = 1.0
    personal: Annotated[
        float,
        Q(
            unit="factor on the hazards of fine and detention",
            low=0.0,
            high=20.0,
            source="contract of the model",
        ),
    ] = 1.0
    crime: Annotated[
        float,
        Q(
            unit="factor on the hazard of prison",
            low=0.0,
            high=20.0,
            source="contract of the model",
        ),
    ] = 1.0
    cost: Annotated[float, Q(unit="share of payable", low=0.0, high=1.0, source=PROTOTYPE)] = 0.0
    hides: Annotated[bool, "whether assets are hidden from tracing"] = False


@declared
class Setting:
    """What holds for everyone: one row that every rule may read."""

    economy: Economy = field(default_factory=Economy)
    obligations: Obligations = field(default_factory=Obligations)
    choice: Choice = field(default_factory=Choice)
    learning: Learning = field(default_factory=Learning)
    society: Society = field(default_factory=Society)
    procedure: Procedure = field(default_factory=Procedure)
