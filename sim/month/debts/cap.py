"""The cap on the principal of a claim, for indicators that weight claims by yuan.

In: traits of kinds of debtors and of domains. Out: the cap in yuan, known before the first month.
"""

import math
from collections.abc import Sequence

from sim.parameters import DomainTraits, KindTraits

CAPPED = 0.99
"""Share of claims whose principal is below the cap."""


def principal_cap(kinds: Sequence[KindTraits], domains: Sequence[DomainTraits]) -> float:
    """The principal that one claim in a hundred exceeds, yuan (ODD eq. 165).

    It depends only on parameters. So it is known before the first month and is the same under all
    policies. It is the x for which Σ_d w_d·Φ((ln x − ln median_d)/sd_d) = .99. Here w_d is the
    share of domain d in the expected claims, before lenders refuse any. The cap is infinite if no
    claims are expected.

    Args:
        kinds: Traits of kinds of debtors.
        domains: Traits of domains.
    """
    person, firm, public_body = (kind.share for kind in kinds)
    weights = [
        person * one.person + firm * one.firm + public_body * one.public_body for one in domains
    ]
    everything = sum(weights)
    if everything <= 0.0:
        return math.inf

    def below(log_yuan: float) -> float:
        """Expected claims with a principal below exp(`log_yuan`), in the unit of the weights."""
        return sum(
            weight * _normal(log_yuan - math.log(one.median), one.sd)
            for weight, one in zip(weights, domains, strict=True)
        )

    low, high = 0.0, 60.0  # logarithms of one yuan and of a sum larger than any claim
    while high - low > 1e-12 * high:
        middle = (low + high) / 2.0
        if below(middle) < CAPPED * everything:
            low = middle
        else:
            high = middle
    return math.exp(high)


def _normal(away: float, sd: float) -> float:
    """Probability that a normal deviate lies below its mean plus `away`."""
    if sd <= 0.0:
        return 1.0 if away >= 0.0 else 0.0
    return 0.5 * math.erfc(-away / (sd * math.sqrt(2.0)))
