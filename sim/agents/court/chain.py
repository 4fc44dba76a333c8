"""The chain of steps to recovery, and how much its weakest step matters.

In: the chances of success of the steps. Out: a mean chance that replaces each of them.
"""

import math

from sim.engine.compile import rule


@rule
def power_mean(a: float, b: float, c: float, d: float, exponent: float) -> float:
    """M = ((a^ϱ + b^ϱ + c^ϱ + d^ϱ)/4)^(1/ϱ), the geometric mean at ϱ = 0 (ODD eq. 52).

    Here a to d are the chances of the four steps, and ϱ is `exponent`. The lower ϱ is, the more the
    weakest step counts. If each step has chance M, all four succeed with chance M⁴.
    """
    if exponent <= 0.0 and min(a, b, c, d) <= 0.0:
        return 0.0
    if abs(exponent) < 1e-6:  # powers lose precision near 0
        return math.pow(a * b * c * d, 0.25)
    total = (
        math.pow(a, exponent)
        + math.pow(b, exponent)
        + math.pow(c, exponent)
        + math.pow(d, exponent)
    )
    return min(1.0, math.pow(0.25 * total, 1.0 / exponent))
