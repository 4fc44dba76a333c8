"""Every movement of money and of claims, declared once, with the accounts that it connects."""

from collections.abc import Sequence
from enum import IntEnum, auto, unique
from typing import Final

from sim.engine.books import Books
from sim.engine.books import Flow as Kind
from sim.engine.named import Named


@unique
class Account(IntEnum):
    """An account that holds money; CLAIMS holds debts instead, which are balanced separately."""

    _generate_next_value_ = staticmethod(lambda name, start, count, last: count)  # type: ignore[assignment]

    DEBTORS = auto()
    CREDITORS = auto()
    ESCROW = auto()
    STATE = auto()
    BUYERS = auto()
    OUTSIDE = auto()
    LOSS = auto()
    CLAIMS = auto()
    THIRD_PARTIES = auto()
    OFFICERS = auto()
    PROFESSIONALS = auto()
    INSURERS = auto()
    FUND = auto()


DERIVED = (
    Account.STATE,
    Account.BUYERS,
    Account.OUTSIDE,
    Account.LOSS,
    Account.THIRD_PARTIES,
    Account.OFFICERS,
    Account.PROFESSIONALS,
)
"""Accounts without rows in a table; their balances are computed from the flows alone."""
NOWHERE: Final = -1
"""Used in place of the other account when a claim arises or ends, since there is none."""


@unique
class Flow(IntEnum):
    """A kind of movement; `MOVEMENTS` lists the accounts that it connects."""

    _generate_next_value_ = staticmethod(lambda name, start, count, last: count)  # type: ignore[assignment]

    INCOME = auto()
    SPENDING = auto()
    RUIN = auto()
    WINDFALL = auto()
    ENTRY = auto()
    ESTATE = auto()
    PAID_DUE = auto()
    PAID_VOLUNTARILY = auto()
    OWN_SALE = auto()
    CONCEALMENT = auto()
    DISSIPATION = auto()
    SUIT_COSTS = auto()
    APPLICATION = auto()
    SEIZED_MONEY = auto()
    AUCTIONED = auto()
    AUCTION_PRICE = auto()
    VALUE_DECAY = auto()
    FREEZE_LOSS = auto()
    FEE = auto()
    DISTRIBUTED = auto()
    SURPLUS = auto()
    FINE = auto()
    LISTING_LOSS = auto()
    CLAIM_NEW = auto()
    CLAIM_COSTS = auto()
    CLAIM_INTEREST = auto()
    CLAIM_PAID = auto()
    CLAIM_OFF = auto()
    BRIBE = auto()
    STRIPPED = auto()
    PRESERVATION_FEE = auto()
    SECURITY_COST = auto()
    GUARANTEE_PREMIUM = auto()
    PRESERVED_MONEY = auto()
    PRESERVED_PAID = auto()
    WRONGFUL_DAMAGES = auto()
    ADVANCED = auto()
    ADVANCE_RETURNED = auto()
    INVESTIGATION = auto()
    BOUNTY = auto()
    IN_KIND = auto()
    WRONGFUL_SALE = auto()
    AVOIDED = auto()
    ADDED_PARTY = auto()
    LEAKAGE = auto()
    INSTALMENT = auto()
    COLLECTIVE = auto()
    ADMINISTRATION = auto()
    PREMIUM = auto()
    INSURED_PAID = auto()
    SURCHARGE = auto()
    SOCIAL = auto()


_A = Account
MOVEMENTS: dict[Flow | Named, tuple[int, int, str]] = {
    Flow.INCOME: (_A.OUTSIDE, _A.DEBTORS, "income earned"),
    Flow.SPENDING: (_A.DEBTORS, _A.OUTSIDE, "money spent on needs and otherwise"),
    Flow.RUIN: (_A.DEBTORS, _A.LOSS, "assets lost in ruin"),
    Flow.WINDFALL: (_A.OUTSIDE, _A.DEBTORS, "windfalls"),
    Flow.ENTRY: (_A.OUTSIDE, _A.DEBTORS, "assets that new debtors bring"),
    Flow.ESTATE: (_A.DEBTORS, _A.OUTSIDE, "assets of debtors who leave"),
    Flow.PAID_DUE: (_A.DEBTORS, _A.CREDITORS, "claims paid when due"),
    Flow.PAID_VOLUNTARILY: (_A.DEBTORS, _A.CREDITORS, "judgments paid by choice"),
    Flow.OWN_SALE: (_A.DEBTORS, _A.BUYERS, "value lost in debtors' own sales"),
    Flow.CONCEALMENT: (_A.DEBTORS, _A.OUTSIDE, "cost of hiding and resisting"),
    Flow.DISSIPATION: (_A.DEBTORS, _A.THIRD_PARTIES, "assets moved beyond creditors' reach"),
    Flow.SUIT_COSTS: (_A.CREDITORS, _A.STATE, "court costs paid in advance"),
    Flow.APPLICATION: (_A.CREDITORS, _A.OUTSIDE, "creditors' own cost of applying for enforcement"),
    Flow.SEIZED_MONEY: (_A.DEBTORS, _A.ESCROW, "money seized"),
    Flow.AUCTIONED: (_A.DEBTORS, _A.BUYERS, "value of goods auctioned"),
    Flow.AUCTION_PRICE: (_A.BUYERS, _A.ESCROW, "price of goods auctioned"),
    Flow.VALUE_DECAY: (_A.DEBTORS, _A.LOSS, "value lost by frozen goods"),
    Flow.FREEZE_LOSS: (_A.DEBTORS, _A.LOSS, "use of frozen goods lost by firms"),
    Flow.FEE: (_A.ESCROW, _A.STATE, "enforcement fee"),
    Flow.DISTRIBUTED: (_A.ESCROW, _A.CREDITORS, "proceeds paid out"),
    Flow.SURPLUS: (_A.ESCROW, _A.DEBTORS, "proceeds returned"),
    Flow.FINE: (_A.DEBTORS, _A.STATE, "fines"),
    Flow.LISTING_LOSS: (_A.DEBTORS, _A.LOSS, "income lost while listed"),
    Flow.CLAIM_NEW: (NOWHERE, _A.CLAIMS, "claims that fall due"),
    Flow.CLAIM_COSTS: (NOWHERE, _A.CLAIMS, "court costs added to claims"),
    Flow.CLAIM_INTEREST: (NOWHERE, _A.CLAIMS, "late interest added to claims"),
    Flow.CLAIM_PAID: (_A.CLAIMS, NOWHERE, "claims paid"),
    Flow.CLAIM_OFF: (_A.CLAIMS, NOWHERE, "claims dismissed, conceded, written off or archived"),
    Flow.BRIBE: (_A.DEBTORS, _A.OFFICERS, "bribes paid to officers"),
    Flow.STRIPPED: (_A.DEBTORS, _A.THIRD_PARTIES, "money that controllers take out of firms"),
    Flow.PRESERVATION_FEE: (_A.CREDITORS, _A.STATE, "fees for preservation"),
    Flow.SECURITY_COST: (_A.CREDITORS, _A.OUTSIDE, "cost of money tied up as security"),
    Flow.GUARANTEE_PREMIUM: (_A.CREDITORS, _A.OUTSIDE, "premiums for guarantees"),
    Flow.PRESERVED_MONEY: (_A.DEBTORS, _A.ESCROW, "money preserved before enforcement"),
    Flow.PRESERVED_PAID: (_A.ESCROW, _A.CREDITORS, "preserved money handed over by consent"),
    Flow.WRONGFUL_DAMAGES: (_A.CREDITORS, _A.DEBTORS, "damages for wrongful preservation"),
    Flow.ADVANCED: (_A.DEBTORS, _A.CREDITORS, "claims paid in advance during a suit"),
    Flow.ADVANCE_RETURNED: (_A.CREDITORS, _A.DEBTORS, "advances returned by creditors who lose"),
    Flow.INVESTIGATION: (_A.CREDITORS, _A.PROFESSIONALS, "lawyers' fees for investigation orders"),
    Flow.BOUNTY: (_A.CREDITORS, _A.OUTSIDE, "bounties for tips"),
    Flow.IN_KIND: (_A.DEBTORS, _A.CREDITORS, "goods that creditors accept in place of money"),
    Flow.WRONGFUL_SALE: (_A.THIRD_PARTIES, _A.BUYERS, "value of other people's goods auctioned"),
    Flow.AVOIDED: (_A.THIRD_PARTIES, _A.ESCROW, "transfers undone"),
    Flow.ADDED_PARTY: (_A.THIRD_PARTIES, _A.ESCROW, "money recovered from added parties"),
    Flow.LEAKAGE: (_A.ESCROW, _A.OFFICERS, "proceeds lost to leakage"),
    Flow.INSTALMENT: (_A.DEBTORS, _A.CREDITORS, "instalments of plans"),
    Flow.COLLECTIVE: (_A.DEBTORS, _A.CREDITORS, "payments to creditors in insolvency"),
    Flow.ADMINISTRATION: (_A.DEBTORS, _A.PROFESSIONALS, "fees of insolvency administrators"),
    Flow.PREMIUM: (_A.DEBTORS, _A.INSURERS, "premiums of liability cover"),
    Flow.INSURED_PAID: (_A.INSURERS, _A.CREDITORS, "claims paid by insurers"),
    Flow.SURCHARGE: (_A.DEBTORS, _A.INSURERS, "recourse of insurers after accidents"),
    Flow.SOCIAL: (_A.STATE, _A.DEBTORS, "social insurance after shocks and ruin"),
}


def add_flow(name: str, source: int, target: int, what: str) -> Named:
    """Declare a movement of money that is not in `Flow`; its number is the next after all others.

    Args:
        name: Name in results, lower case.
        source: Account that pays.
        target: Account that receives.
        what: Description of the payment, in a few words.

    Raises:
        ValueError: If a movement of that name exists already.
    """
    if name in {flow.name.lower() for flow in MOVEMENTS}:
        raise ValueError(f"{name}: a movement of that name exists already")
    added = Named(len(MOVEMENTS), name)
    MOVEMENTS[added] = (source, target, what)
    return added


def flow_names() -> tuple[str, ...]:
    """Names of all movements in the order of their numbers, lower case."""
    return tuple(flow.name.lower() for flow in sorted(MOVEMENTS))


def books(added: Sequence[tuple[Named, int, int]] = ()) -> Books:
    """Books of this model, with all accounts at zero.

    Args:
        added: Movements of extensions in the order of declaration, each with the account that pays
            and the account that receives. Their numbers are −1, −2 and so on, so the first declared
            comes last.
    """
    kinds = [Kind(f.name.lower(), *MOVEMENTS[f][:2]) for f in sorted(MOVEMENTS)]
    kinds += [Kind(flow.name, source, target) for flow, source, target in added[::-1]]
    return Books([a.name.lower() for a in Account], kinds, DERIVED)
