"""The value of a firm as a going concern, compared with the value of its goods."""

from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.engine.compile import rule
from sim.engine.record import Records
from sim.parameters import AssetTraits
from sim.terms import LIQUID, Kind


@rule
def going_concern(debtor: Debtor, ending: float) -> float:
    """Present value of a firm's earnings above its need until it ends, yuan.

    Args:
        debtor: The firm.
        ending: Chance a month that it ends for other reasons.
    """
    return max(0.0, debtor.income - debtor.need) / (debtor.discount + ending)


@rule
def piecemeal(debtor: Debtor, classes: Records[AssetTraits]) -> float:
    """Proceeds of its goods at auction, including those attached, yuan.

    As in ODD eq. 1, attached goods are valued as realty.
    """
    worth = debtor.frozen * classes[LIQUID].auction_price
    for k in range(LIQUID, ASSETS):
        worth += debtor.assets[k] * classes[k].auction_price
    return worth


@rule
def viable(debtor: Debtor, classes: Records[AssetTraits], ending: float) -> bool:
    """Whether a firm is worth more than its goods: (y − need)+/(r + x) > goods (ODD eq. 136)."""
    is_firm = debtor.kind == Kind.FIRM
    return is_firm and going_concern(debtor, ending) > piecemeal(debtor, classes)
