"""The cap up to which the principal of a claim counts in measures of yuan.

In: traits of kinds of debtors and of domains. Out: yuan, known before the first month.
"""

import math
from collections.abc import Sequence

from sim.parameters import DomainTraits, KindTraits

CAPPED = 0.99
"""Share of claims whose principal lies below the cap."""


def principal_cap(kinds: Sequence[KindTraits], domains: Sequence[DomainTraits]) -> float:
    """The principal that one claim in a hundred exceeds, yuan (ODD eq. 165).

    It follows from a world's parameters alone, so it is known before the first month and is the
    same whatever policies do: Σ_d w_d·Φ((ln x − ln median_d)/sd_d) = .99, w_d the share of domain d
    in the claims that are expected, before lenders refuse any.

    Args:
        kinds: Traits of kinds of debtors.
        domains: Traits of domains; where no claim is expected there is no cap.
    """
    person, firm, public_body = (kind.share for kind in kinds)
    weights = [
        person * one.person + firm * one.firm + public_body * one.public_body for one in domains
    ]
    everything = sum(weights)
    if everything <= 0.0:
        return math.inf

    def below(log_yuan: float) -> float:
        """Share of claims of less than so much."""
        return sum(
            weight * _normal(log_yuan - math.log(one.median), one.sd)
            for weight, one in zip(weights, domains, strict=True)
        )

    low, high = 0.0, 60.0  # one yuan, and more than any claim
    while high - low > 1e-12 * high:
        middle = (low + high) / 2.0
        if below(middle) < CAPPED * everything:
            low = middle
        else:
            high = middle
    return math.exp(high)


def _normal(away: float, sd: float) -> float:
    """Probability of a normal deviate below a distance from its mean."""
    if sd <= 0.0:
        return 1.0 if away >= 0.0 else 0.0
    return 0.5 * math.erfc(-away / (sd * math.sqrt(2.0)))
