"""Auctions: the chance of a buyer and the price, round by round, offline or online.

In: rates, prices and levers. Out: chances, and prices as a share of value.
"""

import math

from sim.agents.court.court import succeeds
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import AssetTraits, Procedure


@rule
def sale_chance(failed: int, online: bool, procedure: Procedure, levers: Levers) -> float:
    """Chance that an auction succeeds after `failed` failed ones (ODD eq. 18).

    First auction: s₁ = succeeds(min(1, sale rate + online sale·[online])). Later ones:
    s₁ + (1 − s₁)·second gain, because the reserve price is lower.
    """
    first = succeeds(
        min(1.0, procedure.sale_rate + (procedure.online_sale if online else 0.0)), levers
    )
    if failed <= 0:
        return first
    return first + (1.0 - first) * procedure.second_gain


@rule
def price_at(failed: int, online: bool, traits: AssetTraits, procedure: Procedure) -> float:
    """Price after `failed` failed auctions, as a share of value, at most 1 (ODD eq. 18)."""
    price = traits.auction_price * (1.0 + (procedure.online_price if online else 0.0))
    if failed <= 0:
        return min(1.0, price)
    return min(1.0, price * math.pow(procedure.second_price, failed))


@rule
def lower_price(traits: AssetTraits, procedure: Procedure, levers: Levers) -> float:
    """Expected price of a forced sale over all rounds, as a share of value (ODD eq. 50).

    Each round offers what earlier rounds left unsold. What nobody buys counts at the last reserve
    price.
    """
    share = levers.systemic.online_auction
    left = 1.0
    total = 0.0
    rounds = int(procedure.rounds)
    for failed in range(rounds):
        plain = sale_chance(failed, False, procedure, levers)
        online = sale_chance(failed, True, procedure, levers)
        total += left * (1.0 - share) * plain * price_at(failed, False, traits, procedure)
        total += left * share * online * price_at(failed, True, traits, procedure)
        left *= 1.0 - (1.0 - share) * plain - share * online
    return total + left * price_at(rounds - 1, False, traits, procedure)
