"""A creditor: a bank, trade partner or private person, who goes on when it seems worth while."""

from sim.agents.parameters import LenderTraits, Procedure
from sim.engine.compile import rule
from sim.engine.record import Byte, Short, Word, record


@record
class Creditor:
    """One row. `cash` is what came in less what was spent since the world began, yuan."""

    id: int
    cash: float
    trust: float
    kind: Byte
    treatment: Short
    district: Short
    closed: Word


@rule
def hopes_for(creditor: Creditor, due: float, traits: LenderTraits) -> float:
    """Money the creditor expects back by going on, yuan: share hoped for, scaled by its trust."""
    return due * traits.expected_share * min(1.0, 0.5 + creditor.trust)


@rule
def suit_costs(principal: float, procedure: Procedure) -> float:
    """Court costs in advance, yuan; a loser owes them to the winner."""
    return procedure.suit_cost * principal


@rule
def worth_suing(
    creditor: Creditor, due: float, principal: float, traits: LenderTraits, procedure: Procedure
) -> bool:
    """Whether what is hoped for exceeds what suing and applying will cost."""
    gain = procedure.win * hopes_for(creditor, due, traits)
    return gain > suit_costs(principal, procedure) + procedure.apply_cost


@rule
def worth_applying(
    creditor: Creditor, due: float, traits: LenderTraits, procedure: Procedure
) -> bool:
    """Whether what is hoped for from enforcement exceeds the trouble of applying."""
    return hopes_for(creditor, due, traits) > procedure.apply_cost


@rule
def after_closing(trust: float, share: float) -> float:
    """Trust after a case ended with this share of it recovered: a tenth of the way."""
    return trust + 0.1 * (min(1.0, max(0.0, share)) - trust)
