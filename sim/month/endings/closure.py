"""Firms that close because property they need for their work is attached.

In: the attached share of a firm's property. Out: whether the firm closes this month. The estate is
then settled like any other.
"""

from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.agents.debtor.firm import going_concern, piecemeal
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import happens
from sim.month.shared.journal import Journal, count
from sim.month.shared.state import Owned, Setting, oldest_of
from sim.terms import Decision, Kind


@rule
def attached_share(debtor: Debtor) -> float:
    """Share of a debtor's property, money included, that consists of attached goods."""
    total = debtor.frozen
    for k in range(ASSETS):
        total += debtor.assets[k]
    return debtor.frozen / total if total > 0.0 else 0.0


@rule
def closing_hazard(share: float, hazard: float, limit: float, live: float) -> float:
    """Monthly chance that a seizure closes a firm: κ·(s − θ)+/(1 − θ)·(1 − live) (ODD eq. 162).

    Args:
        share: s, the share of the firm's property that is attached.
        hazard: κ, the monthly chance if all of it is attached.
        limit: θ, the attached share that a firm can do without.
        live: Share of attached goods that the firm may go on using.
    """
    if share <= limit:
        return 0.0
    return hazard * (share - limit) / (1.0 - limit) * (1.0 - live)


@rule
def close_seized(debtor: Debtor, owned: Owned, setting: Setting, journal: Journal) -> None:
    """Close a firm if it cannot work without its attached property (ODD eq. 162).

    If the firm would have earned more by going on than its goods bring at auction, the difference
    is harm. No creditor receives it.
    """
    procedure = setting.parameters.procedure
    if procedure.closing_hazard <= 0.0 or debtor.kind != Kind.FIRM or debtor.leaving:
        return
    live = setting.treatments[debtor.treatment].rule_of_law.live_freeze
    share = attached_share(debtor)
    hazard = closing_hazard(share, procedure.closing_hazard, procedure.closing_share, live)
    if happens(setting.now, Decision.CLOSURE, debtor.id, hazard):
        debtor.leaving = True
        about = oldest_of(owned)
        ending = setting.parameters.choice.death
        lost = going_concern(debtor, ending) - piecemeal(debtor, setting.traits.assets)
        count(journal, about, Count.CLOSED_BY_SEIZURE, 1.0)
        count(journal, about, Count.FELT_HARM, max(0.0, lost))
