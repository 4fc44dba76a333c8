"""The value of a firm as a going concern, compared with the value of its goods."""

from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.engine.compile import rule
from sim.engine.record import Records
from sim.parameters import AssetTraits
from sim.terms import LIQUID, Kind


@rule
def going_concern(debtor: Debtor, ending: float) -> float:
    """Present value, until the firm ends, of its earnings above its need, yuan.

    Args:
        debtor: The firm.
        ending: Monthly chance that the firm ends for other reasons.
    """
    return max(0.0, debtor.income - debtor.need) / (debtor.discount + ending)


@rule
def piecemeal(debtor: Debtor, classes: Records[AssetTraits]) -> float:
    """Proceeds if a firm's goods, including attached ones, were sold at auction, yuan.

    Attached goods are valued as realty, as in ODD eq. 1.
    """
    worth = debtor.frozen * classes[LIQUID].auction_price
    for k in range(LIQUID, ASSETS):
        worth += debtor.assets[k] * classes[k].auction_price
    return worth


@rule
def viable(debtor: Debtor, classes: Records[AssetTraits], ending: float) -> bool:
    """Whether a firm is worth more than its goods: (y − need)+/(r + x) > goods (ODD eq. 136).

    y is income, r the debtor's discount rate and x the chance `ending` (see `going_concern`).
    """
    is_firm = debtor.kind == Kind.FIRM
    return is_firm and going_concern(debtor, ending) > piecemeal(debtor, classes)
