"""Reliability of the intervals: false positives under pure noise, and coverage of the true value.

``python -m benchmarks.intervals`` prints the tables of docs/comparing.md. The draws are fixed, so
the tables are always the same.
"""

import sys
from collections.abc import Callable

import numpy as np
from scipy.special import stdtrit

from sim.analysis.interval import LEVEL, interval, resampled
from sim.indicator import SHARE

SAMPLES = 1000
PAIRS = (3, 5, 6, 10, 20)
type Draw = Callable[[np.random.Generator, tuple[int, int]], np.ndarray]

SMOOTH: dict[str, Draw] = {
    "normal": lambda rng, shape: rng.normal(size=shape),
    "exponential": lambda rng, shape: rng.exponential(size=shape) - 1.0,
    "lognormal, σ = 1": lambda rng, shape: rng.lognormal(size=shape) - np.exp(0.5),
}
"""Continuous noise with mean 0."""

STEPS: dict[str, Draw] = {
    "one up or one down": lambda rng, shape: rng.choice([-1.0, 1.0], shape),
    "one up, none, one down": lambda rng, shape: rng.choice([-1.0, 0.0, 1.0], shape),
    "two counts of mean .3": lambda rng, shape: _counts(rng, shape, 0.3),
    "two counts of mean 2": lambda rng, shape: _counts(rng, shape, 2.0),
    "none in nine runs of ten": lambda rng, shape: (
        rng.normal(size=shape) * (rng.uniform(size=shape) < 0.1)
    ),
}
"""Discrete noise, as small numbers of cases produce it."""

CASES = 30
SHARES = ((0.1, 0.05), (0.1, 0.0), (0.5, 0.4), (0.02, 0.02))
"""Shares in the baseline and in a scenario."""


def _counts(rng: np.random.Generator, shape: tuple[int, int], mean: float) -> np.ndarray:
    """The difference of two counts of few cases."""
    counts = rng.poisson(mean, (2, *shape)).astype(float)
    found: np.ndarray = counts[0] - counts[1]
    return found


def student(gaps: np.ndarray) -> bool:
    """Whether Student's interval excludes 0, without the rules on discrete values."""
    half = float(stdtrit(len(gaps) - 1, 0.5 + LEVEL / 2)) * gaps.std(ddof=1) / np.sqrt(len(gaps))
    return bool(abs(gaps.mean()) > half)


def narrow(gaps: np.ndarray) -> bool:
    """Whether the BCa bootstrap interval excludes 0 at `LEVEL`, not widened for few pairs."""
    low, high = resampled(gaps, "BCa", LEVEL)
    return low > 0.0 or high < 0.0


METHODS: dict[str, Callable[[np.ndarray], bool]] = {
    "as used here": lambda gaps: interval(gaps, steps=True).clear,
    "Student's *t*": student,
    "BCa, not widened": narrow,
}


def false_alarms(draw: Draw, method: Callable[[np.ndarray], bool], pairs: int) -> float:
    """Percentage of samples of pure noise whose interval excludes 0."""
    drawn = draw(np.random.default_rng(pairs), (SAMPLES, pairs))
    return 100.0 * float(np.mean([method(gaps) for gaps in drawn]))


def held(base: float, one: float, pairs: int) -> tuple[float, float]:
    """Percentages of intervals of a share: those with the true difference inside, those clipped."""
    rng = np.random.default_rng(pairs)
    theirs = rng.binomial(CASES, base, (SAMPLES, pairs)) / CASES
    mine = rng.binomial(CASES, one, (SAMPLES, pairs)) / CASES
    inside = cut = given = 0
    for values, others in zip(mine, theirs, strict=True):
        low, high, _ = interval(values - others, base=others, bounds=SHARE, steps=True)
        if np.isnan(low):
            continue
        given += 1
        inside += low <= one - base <= high
        free = interval(values - others, steps=True)
        cut += free.low < low or free.high > high
    return 100.0 * inside / given, 100.0 * cut / given


def row(*cells: object) -> None:
    """Print a line of a Markdown table, unbuffered."""
    sys.stdout.write(f"| {' | '.join(map(str, cells))} |\n")
    sys.stdout.flush()


def main() -> None:
    """Print the tables."""
    row("noise", "method", *(f"{n} pairs" for n in PAIRS))
    row(*["---"] * (2 + len(PAIRS)))
    for name, draw in (SMOOTH | STEPS).items():
        methods = METHODS if name in SMOOTH else {k: METHODS[k] for k in list(METHODS)[:2]}
        for number, (title, method) in enumerate(methods.items()):
            rates = [
                "–" if method is narrow and n < 6 else f"{false_alarms(draw, method, n):.1f}"
                for n in PAIRS
            ]
            row("" if number else name, title, *rates)
    sys.stdout.write("\n")
    row("share of the baseline", "of the scenario", *(f"{n} pairs" for n in PAIRS))
    row(*["---"] * (2 + len(PAIRS)))
    for base, one in SHARES:
        shares = [held(base, one, n) for n in PAIRS]
        row(base, one, *(f"{inside:.0f} ({cut:.0f})" for inside, cut in shares))


if __name__ == "__main__":
    main()
