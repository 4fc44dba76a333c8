"""Counter-based random numbers: a draw depends only on its key, never on earlier draws.

The key is (seed, decision, identity, month, index). `decision` is the number of what is decided,
and `identity` the id of whom it concerns. The parts are mixed one after another with splitmix64
(Steele, Lea and Flood 2014). If they were added first, neighbouring keys would collide.

So an event has the same random number in every scenario with the same seed. The order of agents and
the number of threads do not matter.
"""

import math
from typing import Any, NamedTuple

from sim.engine.compile import inlined, rule, stand_in, uint64

MASK, WEYL = 2**64 - 1, 0x9E3779B97F4A7C15
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
CELL = 2.0**-52
NOTHING = 1e-17
"""A probability too small to change a sum near one."""


class Now(NamedTuple):
    """The part of the key that all draws of a month share.

    Args:
        seed: Seed of the run, 0 to 2^63 - 1.
        month: Month of the run; 0 for draws of properties that never change.
    """

    seed: int
    month: int


def mix(z: int) -> int:
    """The finaliser of splitmix64, a bijection of 64-bit integers."""
    z = (z ^ (z >> 30)) * FIRST & MASK
    z = (z ^ (z >> 27)) * SECOND & MASK
    return z ^ (z >> 31)


def _mix(z: Any) -> Any:
    """`mix`, as it is compiled."""
    z = (z ^ (z >> uint64(30))) * uint64(FIRST)
    z = (z ^ (z >> uint64(27))) * uint64(SECOND)
    return z ^ (z >> uint64(31))


stand_in(mix, _mix)


def fraction(seed: int, decision: int, identity: int, month: int, index: int) -> float:
    """A number in the open interval (0, 1): the midpoint of one of 2^52 equal intervals."""
    h = mix((seed + WEYL) & MASK)
    for part in (decision, identity, month, index):
        h = mix(((h ^ (part & MASK)) + WEYL) & MASK)
    return ((h >> 12) + 0.5) * CELL


def _fraction(seed: Any, decision: Any, identity: Any, month: Any, index: Any) -> Any:
    """`fraction`, as it is compiled."""
    h = mix(uint64(seed) + uint64(WEYL))
    h = mix((h ^ uint64(decision)) + uint64(WEYL))
    h = mix((h ^ uint64(identity)) + uint64(WEYL))
    h = mix((h ^ uint64(month)) + uint64(WEYL))
    h = mix((h ^ uint64(index)) + uint64(WEYL))
    return ((h >> uint64(12)) + 0.5) * CELL


stand_in(fraction, _fraction)


@inlined
def uniform(now: Now, decision: int, identity: int, index: int = 0) -> float:
    """Uniform on (0, 1).

    Args:
        now: Seed and month.
        decision: The decision that the draw is for.
        identity: Id of the agent or claim that the decision is about.
        index: Number of the draw, if a decision needs several.
    """
    return fraction(now.seed, decision, identity, now.month, index)


@inlined
def happens(now: Now, decision: int, identity: int, probability: float, index: int = 0) -> bool:
    """True with the given probability; never for 0 or less, always for 1 or more."""
    return fraction(now.seed, decision, identity, now.month, index) < probability


@inlined
def _horner(
    x: float, c0: float, c1: float, c2: float, c3: float, c4: float, c5: float, c6: float, c7: float
) -> float:
    return ((((((c7 * x + c6) * x + c5) * x + c4) * x + c3) * x + c2) * x + c1) * x + c0


CENTRAL = 0.425
"""Distance from 1/2 up to which a quantile is a ratio of two polynomials in the probability."""


def central_quantile(p: float) -> float:
    """`normal_quantile` for probabilities at most `CENTRAL` from 1/2; for others a wrong number."""
    q = p - 0.5
    r = 0.180625 - q * q  # .180625 is the square of `CENTRAL`
    return (
        q
        * _horner(
            r,
            3.3871328727963666080,
            1.3314166789178437745e2,
            1.9715909503065514427e3,
            1.3731693765509461125e4,
            4.5921953931549871457e4,
            6.7265770927008700853e4,
            3.3430575583588128105e4,
            2.5090809287301226727e3,
        )
        / _horner(
            r,
            1.0,
            4.2313330701600911252e1,
            6.8718700749205790830e2,
            5.3941960214247511077e3,
            2.1213794301586595867e4,
            3.9307895800092710610e4,
            2.8729085735721942674e4,
            5.2264952788528545610e3,
        )
    )


# The denominator is at least .002 for all p in (0, 1). Without a check that it is not zero, several
# quantiles are computed at once.
stand_in(central_quantile, central_quantile, inline=True, checked=False)


@rule
def tail_quantile(p: float) -> float:
    """`normal_quantile` for probabilities more than `CENTRAL` from 1/2."""
    r = math.sqrt(-math.log(p if p < 0.5 else 1.0 - p))
    if r <= 5.0:
        r -= 1.6
        x = _horner(
            r,
            1.42343711074968357734,
            4.63033784615654529590,
            5.76949722146069140550,
            3.64784832476320460504,
            1.27045825245236838258,
            2.41780725177450611770e-1,
            2.27238449892691845833e-2,
            7.74545014278341407640e-4,
        ) / _horner(
            r,
            1.0,
            2.05319162663775882187,
            1.67638483018380384940,
            6.89767334985100004550e-1,
            1.48103976427480074590e-1,
            1.51986665636164571966e-2,
            5.47593808499534494600e-4,
            1.05075007164441684324e-9,
        )
    else:
        r -= 5.0
        x = _horner(
            r,
            6.65790464350110377720,
            5.46378491116411436990,
            1.78482653991729133580,
            2.96560571828504891230e-1,
            2.65321895265761230930e-2,
            1.24266094738807843860e-3,
            2.71155556874348757815e-5,
            2.01033439929228813265e-7,
        ) / _horner(
            r,
            1.0,
            5.99832206555887937690e-1,
            1.36929880922735805310e-1,
            1.48753612908506148525e-2,
            7.86869131145613259100e-4,
            1.84631831751005468180e-5,
            1.42151175831644588870e-7,
            2.04426310338993978564e-15,
        )
    return -x if p < 0.5 else x


@inlined
def normal_quantile(p: float) -> float:
    """Quantile of the standard normal distribution, by algorithm AS 241 (Wichura 1988).

    Args:
        p: Probability in (0, 1).

    Returns:
        The quantile, with a relative error of about 1e-16.
    """
    return central_quantile(p) if abs(p - 0.5) <= CENTRAL else tail_quantile(p)


@inlined
def normal(now: Now, decision: int, identity: int, index: int = 0) -> float:
    """Standard normal."""
    return normal_quantile(fraction(now.seed, decision, identity, now.month, index))


@rule
def normal_share(z: float) -> float:
    """Distribution function of the standard normal."""
    return 0.5 * math.erfc(-z * 0.7071067811865476)


@rule
def logistic(x: float) -> float:
    """1 / (1 + exp(-x)). Beyond 700, -x is cut off, because `math.exp` would raise an error."""
    return 1.0 / (1.0 + math.exp(min(700.0, -x)))


@rule
def poisson(u: float, mean: float) -> int:
    """Poisson count by inversion of one uniform draw.

    Args:
        u: Uniform on (0, 1).
        mean: Expected count, 0 to about 30; the count is truncated at 200.
    """
    term = math.exp(-mean)
    total, count = term, 0
    # Rounding may keep the sum below the largest draws; stop when a term no longer adds anything.
    while u > total and count < 200 and (count < mean or term > NOTHING):
        count += 1
        term *= mean / count
        total += term
    return count


@rule
def _few(u: float, trials: int, probability: float) -> int:
    odds = probability / (1.0 - probability)
    term = math.exp(trials * math.log1p(-probability))
    total, count = term, 0
    while u > total and count < trials and (count < trials * probability or term > NOTHING):
        term *= odds * (trials - count) / (count + 1)
        count += 1
        total += term
    return count


@rule
def binomial(u: float, trials: int, probability: float) -> int:
    """Binomial count by inversion of one uniform draw, applied to the rarer outcome.

    Args:
        u: Uniform on (0, 1).
        trials: Number of trials, up to about 1,000.
        probability: Probability of success in each trial, in [0, 1].
    """
    if probability > 0.5:
        return trials - _few(1.0 - u, trials, 1.0 - probability)
    return _few(u, trials, probability)


@rule
def member(now: Now, decision: int, identity: int, index: int, count: int) -> int:
    """One of `count` members, all equally likely; if `count` grows, most picks stay the same.

    With one more member, a pick stays the same or becomes the new member. The method is jump
    consistent hashing (Lamping and Veach 2014). It needs about ln(count) + 1 draws.
    """
    chosen = 0
    following = 0.0
    attempt = 0
    while following < count and attempt < 64:
        chosen = int(following)
        u = fraction(now.seed, decision, identity, now.month, index * 64 + attempt)
        following = (chosen + 1) / u
        attempt += 1
    return chosen
