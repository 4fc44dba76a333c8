"""A debtor's credit score in hundredths: entries, fading, and the response of lenders.

A score records what happened, whatever the reason. A default is also recorded
for a debtor who cannot pay, although inability is not dishonesty.
"""

import math

from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import KindTraits, Obligations

NEUTRAL, BEST = 50, 100
"""The score of a debtor without a record, and the highest score. The lowest is 0."""


@rule
def moved(score: int, by: float) -> int:
    """The score after an entry in the record, kept between 0 and `BEST` (ODD eq. 121).

    Args:
        score: Previous score, hundredths.
        by: Change of the score, where 1 is the whole range (100 hundredths).
    """
    return min(BEST, max(0, score + math.floor(100.0 * by + 0.5)))


@rule
def faded(score: int, month: int, memory: float) -> int:
    """The score a month later, a step closer to neutral.

    The step is ⌊50·t/M⌋ − ⌊50·(t − 1)/M⌋ hundredths, so that M steps add up to 50 (ODD eq. 121).

    Args:
        score: Previous score, hundredths.
        month: Month t.
        memory: Length M of the memory, months; with 0, everything is forgotten at once.
    """
    if memory <= 0.0:
        return NEUTRAL
    step = math.floor(NEUTRAL * month / memory) - math.floor(NEUTRAL * (month - 1) / memory)
    if score < NEUTRAL:
        return min(NEUTRAL, score + step)
    return max(NEUTRAL, score - step)


@rule
def restored(score: int, share: float) -> int:
    """The score after credit repair: a share of the way back to neutral (ODD eq. 120)."""
    if score >= NEUTRAL:
        return score
    return score + math.floor(share * (NEUTRAL - score) + 0.5)


@rule
def objectionable(score: int) -> float:
    """Share of lenders who refuse a debtor with score 100·s: (1 − 2s)+ (ODD eq. 122)."""
    return max(0.0, 1.0 - score / NEUTRAL)


@rule
def keeps_records(levers: Levers) -> bool:
    """Whether there is credit reporting, with a memory longer than 0 months."""
    return levers.at_source.credit_reporting > 0.0 and levers.at_source.report_memory > 0.0


@rule
def worth_of_access(
    income: float, kind: KindTraits, levers: Levers, obligations: Obligations
) -> float:
    """Value to a debtor of credit from lenders who look at scores, yuan per month (ODD eq. 151).

    Args:
        income: Monthly income, yuan.
        kind: How much debtors of this kind rely on credit (`credit`), months of income per month.
        levers: Coverage of credit reporting, and how far records are shared beyond banks.
        obligations: Share of credit that banks give (`bank_credit`).
    """
    banks = obligations.bank_credit
    looking = banks + (1.0 - banks) * levers.at_source.cross_sector_sharing
    return kind.credit * income * levers.at_source.credit_reporting * looking


@rule
def months_withheld(withheld: float, discount: float, memory: float) -> float:
    """Discounted months without credit while a record fades (ODD eq. 151).

    T(w) = w/r − (1 − exp(−r·w·M))/(r²·M): the withheld share falls from w to 0 in w·M months.

    Args:
        withheld: Share w of lenders who refuse the debtor credit now.
        discount: The debtor's discount rate r, 1/month.
        memory: M, months in which the lowest or highest score returns to neutral.
    """
    if withheld <= 0.0:
        return 0.0
    whole = discount * memory
    return (withheld - (1.0 - math.exp(-whole * withheld)) / whole) / discount
