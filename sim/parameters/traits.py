"""Parameters that come in tables: traits of debtors, claims, assets, creditors and evasion."""

from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.engine.record import declared
from sim.parameters.sources import PROTOTYPE


@declared
class KindTraits:
    """Traits of one kind of debtor."""

    share: Annotated[float, Q(unit="share of debtors", low=0.0, high=1.0, source="assumed")] = 0.0
    income: Annotated[
        float, Q(unit="median income, yuan/month", low=1.0, high=1e9, source="assumed")
    ] = 3000.0
    income_sd: Annotated[float, Q(unit="sd of log income", low=0.0, high=4.0, source="assumed")] = (
        0.7
    )
    need: Annotated[
        float, Q(unit="mean need, share of usual income", low=0.0, high=5.0, source="assumed")
    ] = 0.75
    need_sd: Annotated[
        float, Q(unit="sd of need, share of usual income", low=0.0, high=2.0, source="assumed")
    ] = 0.2
    wealth: Annotated[
        float,
        Q(
            unit="median wealth, months of income",
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
    bank: Annotated[
        float, Q(unit="share of wealth in bank accounts", low=0.0, high=1.0, source="assumed")
    ] = 0.3
    online: Annotated[
        float, Q(unit="share of wealth in online finance", low=0.0, high=1.0, source="assumed")
    ] = 0.05
    cash: Annotated[
        float, Q(unit="share of wealth in cash", low=0.0, high=1.0, source="assumed")
    ] = 0.05
    realty: Annotated[
        float, Q(unit="share of wealth in real estate", low=0.0, high=1.0, source="assumed")
    ] = 0.45
    vehicles: Annotated[
        float,
        Q(unit="share of wealth in vehicles and equipment", low=0.0, high=1.0, source="assumed"),
    ] = 0.1
    securities: Annotated[
        float,
        Q(unit="share of wealth in securities and shares", low=0.0, high=1.0, source="assumed"),
    ] = 0.05
    exempt: Annotated[
        float,
        Q(unit="money exempt from seizure, months of need", low=0.0, high=120.0, source="assumed"),
    ] = 3.0
    zombie: Annotated[
        float,
        Q(
            unit="share of debtors who live on debt",
            low=0.0,
            high=1.0,
            source="assumed; plausible range considered: .05 to .4; article, introduction",
        ),
    ] = 0.0
    zombie_need: Annotated[
        float,
        Q(
            unit="need of a zombie, share of its usual income",
            low=0.0,
            high=5.0,
            source="assumed: more than its income",
        ),
    ] = 1.1
    zombie_wealth: Annotated[
        float, Q(unit="wealth of a zombie relative to others", low=0.0, high=1.0, source="assumed")
    ] = 0.05
    honest_share: Annotated[
        float,
        Q(
            unit="share of debtors whose conscience outweighs any gain",
            low=0.0,
            high=1.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.62
    conscience: Annotated[
        float,
        Q(
            unit="mean conscience of other debtors before values below 0 are set to 0, yuan per "
            "yuan kept back",
            low=-2.0,
            high=5.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.10
    conscience_sd: Annotated[
        float,
        Q(
            unit="sd of other debtors' conscience before values below 0 are set to 0",
            low=0.0,
            high=5.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.36
    discount: Annotated[
        float,
        Q(unit="1/month, discount rate", low=0.0001, high=0.5, source=PROTOTYPE + "; kept fixed"),
    ] = 0.04
    discount_sd: Annotated[
        float, Q(unit="sd of log discount rate", low=0.0, high=2.0, source="assumed")
    ] = 0.2
    credit: Annotated[
        float,
        Q(
            unit="value of access to credit, share of income",
            low=0.0,
            high=1.0,
            source="assumed: nobody relies on it",
        ),
    ] = 0.0
    seizable: Annotated[bool, "whether property can be seized; public property cannot be"] = True
    freezes: Annotated[bool, "whether the owner loses the use of frozen assets, as firms do"] = (
        False
    )
    procurement: Annotated[
        float,
        Q(
            unit="exposure to the restriction of tenders, 0 to 1",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.1
    travel: Annotated[
        float,
        Q(
            unit="exposure to the restriction of travel, 0 to 1",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.3
    finance: Annotated[
        float,
        Q(unit="exposure to the restriction of loans, 0 to 1", low=0.0, high=1.0, source="assumed"),
    ] = 0.3
    office: Annotated[
        float,
        Q(
            unit="exposure to the restriction of executive posts, 0 to 1",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.2
    honours: Annotated[
        float,
        Q(
            unit="exposure to the restriction of honours, 0 to 1",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.1


@declared
class DomainTraits:
    """Traits of the claims of one domain."""

    person: Annotated[
        float,
        Q(
            unit="claims falling due per 1,000 persons and month",
            low=0.0,
            high=1000.0,
            source="assumed",
            standing="to be fitted",
        ),
    ] = 0.0
    firm: Annotated[
        float,
        Q(
            unit="claims falling due per 1,000 firms and month",
            low=0.0,
            high=1000.0,
            source="assumed",
            standing="to be fitted",
        ),
    ] = 0.0
    public_body: Annotated[
        float,
        Q(
            unit="claims falling due per 1,000 public bodies and month",
            low=0.0,
            high=1000.0,
            source="assumed",
            standing="to be fitted",
        ),
    ] = 0.0
    median: Annotated[
        float,
        Q(unit="median claim, yuan", low=1.0, high=1e10, source="assumed", standing="to be fitted"),
    ] = 60_000.0
    sd: Annotated[
        float,
        Q(unit="sd of log claim", low=0.0, high=5.0, source="assumed", standing="to be fitted"),
    ] = 1.5
    disputed: Annotated[
        float,
        Q(
            unit="share of claims that only a court can settle",
            low=0.0,
            high=1.0,
            source="assumed",
            standing="to be fitted",
        ),
    ] = 0.5
    livelihood: Annotated[bool, "whether it is a people's-livelihood case (article 6.2)"] = False
    award: Annotated[
        float,
        Q(
            unit="share of claims with an arbitral award, which needs no trial",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.0
    notarised: Annotated[
        float,
        Q(
            unit="share of claims with a notarised document, which needs no trial",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.0
    credit: Annotated[bool, "whether lenders or trade partners screen debtors"] = False
    insurable: Annotated[bool, "whether compulsory liability insurance covers its claims"] = False


@declared
class AssetTraits:
    """Traits of one class of assets: what their sale brings, and how well they can be hidden."""

    own_price: Annotated[
        float,
        Q(
            unit="price in the owner's own sale, share of value",
            low=0.01,
            high=1.0,
            source="assumed",
        ),
    ] = 1.0
    own_sale: Annotated[
        float,
        Q(
            unit="1/month, probability that the owner's own sale succeeds",
            low=0.01,
            high=1.0,
            source="assumed: a debtor's own sale takes 3 to 6 months",
        ),
    ] = 1.0
    auction_price: Annotated[
        float,
        Q(
            unit="price at auction, share of value",
            low=0.01,
            high=1.0,
            source="assumed: reserve prices are .56 to .70 of appraisal (B12)",
        ),
    ] = 1.0
    hide: Annotated[
        float,
        Q(
            unit="share of assets of this class that a concealer can hide",
            low=0.0,
            high=1.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.5
    controlled: Annotated[
        float,
        Q(
            unit="share of assets that limits on cash and on transfers of money can reach",
            low=0.0,
            high=1.0,
            source="assumed: cash, and money on its way between accounts",
        ),
    ] = 0.0
    uncovered: Annotated[
        float,
        Q(
            unit="share of hidden assets that a campaign against evasion can find",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 1.0


@declared
class LenderTraits:
    """Traits of one kind of creditor."""

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
            unit="share of a claim that the creditor expects at a trust of .5 or more",
            low=0.0,
            high=1.0,
            source="assumed: about one half of the money is recovered (A1)",
        ),
    ] = 0.5
    capital_cost: Annotated[
        float,
        Q(
            unit="1/month, cost of capital tied up",
            low=0.0,
            high=0.2,
            source="assumed",
        ),
    ] = 0.01
    trust_floor: Annotated[
        float,
        Q(
            unit="trust below which a creditor neither sues nor applies",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.0
    repeated: Annotated[
        float,
        Q(
            unit="share of claims whose debtor regularly does business with the creditor",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.0
    risk_aversion: Annotated[
        float,
        Q(
            unit="relative risk aversion: weight of half a loss's variance, divided by the claim",
            low=0.0,
            high=20.0,
            source="assumed",
        ),
    ] = 1.0


@declared
class EvasionTraits:
    """Traits of one dishonest option, relative to stalling."""

    option: Annotated[
        int,
        "i8",
        Q(
            unit="code of the option",
            low=5,
            high=7,
            source="code fixed by the model: stall 5, conceal 6, resist 7",
        ),
    ] = 5
    recovery: Annotated[
        float,
        Q(
            unit="factor on the perceived hazard of recovery; of resistance, also on seizures",
            low=0.0,
            high=10.0,
            source="assumed in the specification of the model",
        ),
    ] = 1.0
    listing: Annotated[
        float,
        Q(
            unit="factor on the hazard of listing",
            low=0.0,
            high=10.0,
            source="assumed in the specification of the model",
        ),
    ] = 1.0
    personal: Annotated[
        float,
        Q(
            unit="factor on the hazards of fine and detention",
            low=0.0,
            high=20.0,
            source="assumed in the specification of the model",
        ),
    ] = 1.0
    crime: Annotated[
        float,
        Q(
            unit="factor on the hazard of prison",
            low=0.0,
            high=20.0,
            source="assumed in the specification of the model",
        ),
    ] = 1.0
    cost: Annotated[
        float, Q(unit="share of the sum that could be paid", low=0.0, high=1.0, source=PROTOTYPE)
    ] = 0.0
    hides: Annotated[bool, "whether assets are hidden from tracing"] = False
