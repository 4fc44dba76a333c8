"""Perceived hazards: a debtor's beliefs about recovery, listing and personal sanctions."""

from typing import NamedTuple

from sim.agents.debtor.debtor import Debtor
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import Learning
from sim.terms import Updating

RECOVERED, WAS_LISTED, PUNISHED, EXPOSED, UNFAIR, PAID_UP, FAIR, UNLISTED = (
    1,
    2,
    4,
    8,
    16,
    32,
    64,
    128,
)
"""Events of a debtor's month, as bits that neighbours see in the next month.

RECOVERED: assets were recovered by force.
WAS_LISTED: the debtor was listed.
PUNISHED: it received a personal sanction.
EXPOSED: it evaded with a case in the docket (open at court).
UNFAIR: enforcement was unfair to it.
PAID_UP: it paid a claim in full by choice.
FAIR: enforcement against it was fair.
UNLISTED: it evaded while off the list.
"""
SEEN = 255
"""All of these bits."""
REFUSED = 256
"""The debtor refused a debt or a promised payment. Neighbours do not see this bit; they only see
that the standing of the debtor is now dishonest."""
RESTRICTED = 512
"""The debtor has borne a month of the restrictions of the list. Neighbours do not see this bit.
Only the phase `sanction` clears it."""


@rule
def believed(seen: float, exposure: float, prior: float, weight: float) -> float:
    """Hazard h = (a + α)/(b + β) with α = prior·β (ODD eq. 2; Sah 1991).

    Args:
        seen: Discounted count a of events.
        exposure: Discounted count b of exposed months. In such a month the debtor, or another whom
            it knows of, evaded with a case in the docket.
        prior: Hazard believed before any experience, 1/month.
        weight: Weight β of the prior, in months.
    """
    return (seen + prior * weight) / (exposure + weight)


@rule
def informed(h: float, truth: float, openness: float) -> float:
    """A believed hazard after reading open statistics (ODD eq. 111): h + openness·(truth − h).

    Args:
        h: Hazard believed, 1/month.
        truth: Hazard published by the court, 1/month; negative if none has been published.
        openness: Share of the way towards the published hazard.
    """
    if openness <= 0.0 or truth < 0.0:
        return h
    return h + openness * (truth - h)


@rule
def felt_optimism(debtor: Debtor, learning: Learning, standardisation: float) -> float:
    """Factor by which optimism changes a believed hazard in a decision.

    Standardisation of enforcement makes debtors differ less in this factor.
    """
    if standardisation <= 0.0:
        return learning.optimism * debtor.optimism
    return learning.optimism * (1.0 + (debtor.optimism - 1.0) * (1.0 - standardisation))


@rule
def law_as_written(levers: Levers) -> float:
    """Hazard of personal sanctions that the law sets for debtors who stall, 1/month."""
    law = levers.sanctions
    return law.fine_rate + law.detention_rate + law.prison_rate


@rule
def vigour(seen: float, foreseen: float, written: float, weight: float) -> float:
    """How strictly the law on personal sanctions is believed to be applied (ODD eq. 2).

    v = (a + β·t)/(f + β·t) compares the sanctions seen with those that the law provided for in the
    exposed months. A value of 1 means that the law is applied as written. The believed hazard is v
    times the law as it is now, so a change of the law is felt at once.

    Args:
        seen: Discounted count a of personal sanctions.
        foreseen: Discounted count f of the sanctions provided for in the exposed months.
        written: Hazard t that the law provides for now, 1/month.
        weight: Weight β of the law as written, in months.
    """
    prior = written * weight
    if prior <= 0.0:
        return 1.0
    return max(0.0, (seen + prior) / (foreseen + prior))


class Experience(NamedTuple):
    """Weighted counts of what happened in a month to a debtor and to its neighbours.

    Args:
        recoveries: Recoveries by force.
        listings: Entries on the list.
        sanctions: Personal sanctions.
        exposures: Months in the docket, in which recoveries and sanctions could have happened.
        unlisted: Months in the docket but off the list, in which a listing could have happened.
    """

    recoveries: float
    listings: float
    sanctions: float
    exposures: float
    unlisted: float


@rule
def remember(debtor: Debtor, seen: Experience, written: float, learning: Learning) -> None:
    """Update the three beliefs after a month (ODD eq. 3).

    By counting: a ← λa + events, b ← λb + exposed months. For personal sanctions, each exposed
    month counts with the hazard that the law provides for.

    By asymmetric updating: a hazard h rises by κ⁺(1 − h) after an event, and falls by κ⁻h after an
    exposed month without one. The result is stored in the same counts.

    Args:
        debtor: The debtor whose beliefs are updated.
        seen: Events and exposed months.
        written: Hazard of personal sanctions that the law provides for, 1/month.
        learning: λ (`memory`), κ⁺ (`rise`), κ⁻ (`fall`) and the priors.
    """
    if seen.exposures <= 0.0 or learning.updating == Updating.NONE:
        return
    if learning.updating == Updating.COUNTING:
        debtor.seen_recovery = learning.memory * debtor.seen_recovery + seen.recoveries
        debtor.seen_listing = learning.memory * debtor.seen_listing + seen.listings
        debtor.seen_personal = learning.memory * debtor.seen_personal + seen.sanctions
        debtor.exposure = learning.memory * debtor.exposure + seen.exposures
        debtor.unlisted = learning.memory * debtor.unlisted + seen.unlisted
        debtor.foreseen = learning.memory * debtor.foreseen + seen.exposures * written
        return
    weight = learning.prior_weight
    debtor.seen_recovery = stepped(
        debtor.seen_recovery,
        learning.prior_recovery,
        weight,
        seen.recoveries,
        seen.exposures,
        learning,
    )
    debtor.seen_listing = stepped(
        debtor.seen_listing, learning.prior_listing, weight, seen.listings, seen.unlisted, learning
    )
    debtor.seen_personal = stepped(
        debtor.seen_personal, written, weight, seen.sanctions, seen.exposures, learning
    )


@rule
def stepped(
    seen: float, prior: float, weight: float, events: float, exposures: float, learning: Learning
) -> float:
    """Update a hazard asymmetrically and return it as a count of events (exposure stays 0).

    Args:
        seen: Count that represents the previous hazard.
        prior: Hazard believed before any experience, 1/month.
        weight: Weight of the prior, in months.
        events: Weighted number of events in the month.
        exposures: Weighted number of exposed months.
        learning: κ⁺ (`rise`) and κ⁻ (`fall`).
    """
    h = seen / weight + prior
    up = min(1.0, learning.rise * events)
    down = min(1.0, learning.fall * max(0.0, exposures - events))
    h = h + up * (1.0 - h)
    h = h - down * h
    return (h - prior) * weight
