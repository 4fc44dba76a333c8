"""What a debtor believes about enforcement, before optimism distorts it.

In: the events and months that the debtor has seen, the reputation of the district's court, and the
law. Out: hazards per month. Only those months count in which the debtor keeps money back while a
case against it is in the docket (open at court).
"""

from typing import NamedTuple

from sim.agents.court.court import Court
from sim.agents.debtor.belief import believed, informed, law_as_written, vigour
from sim.agents.debtor.debtor import Debtor
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import Learning
from sim.terms import PersonalRisk


@rule
def believed_before_statistics(debtor: Debtor, court: Court, learning: Learning) -> float:
    """Hazard of recovery by force, 1/month, from experience and reputation (ODD eq. 2)."""
    return believed(
        debtor.seen_recovery, debtor.exposure, court.reputed_recovery, learning.prior_weight
    )


@rule
def believed_recovery(debtor: Debtor, court: Court, levers: Levers, learning: Learning) -> float:
    """Hazard of recovery by force, 1/month, after reading open statistics (ODD eq. 2 and 111)."""
    h = believed_before_statistics(debtor, court, learning)
    return informed(h, court.recovery, levers.rule_of_law.openness)


@rule
def believed_listing(debtor: Debtor, court: Court, learning: Learning) -> float:
    """Hazard of being listed, 1/month (ODD eq. 2)."""
    return believed(
        debtor.seen_listing, debtor.unlisted, court.reputed_listing, learning.prior_weight
    )


@rule
def believed_personal(debtor: Debtor, court: Court, levers: Levers, learning: Learning) -> float:
    """Hazard of a personal sanction of any kind, 1/month (ODD eq. 2).

    If beliefs follow the law, this is the hazard in the law, times how strictly the law seems to be
    applied. If beliefs follow experience, it is learned like any other hazard.
    """
    seen = debtor.seen_personal + court.publicised
    weight = learning.prior_weight
    written = law_as_written(levers)
    if learning.personal == PersonalRisk.EXPERIENCE:
        return believed(
            seen, debtor.exposure + court.publicised_months, court.reputed_personal, weight
        )
    foreseen = debtor.foreseen + court.publicised_months * written
    return written * vigour(seen, foreseen, written, weight)


class Penalties(NamedTuple):
    """How often each personal sanction is used, 1/month; only their proportions matter."""

    fine: float
    detention: float
    prison: float


@rule
def penalties(court: Court, levers: Levers, learning: Learning) -> Penalties:
    """The proportions in which a debtor expects personal sanctions.

    If beliefs follow the law, the law as written gives the proportions. If beliefs follow
    experience, they are the proportions of the sanctions that the district used in the last twelve
    months. If the district used none, the law gives the proportions.
    """
    law = levers.sanctions
    used = court.fined + court.detained + court.imprisoned
    if learning.personal == PersonalRisk.EXPERIENCE and used > 0.0:
        return Penalties(court.fined, court.detained, court.imprisoned)
    return Penalties(law.fine_rate, law.detention_rate, law.prison_rate)
