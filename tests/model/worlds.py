"""Villages that differ in a few values and share every draw: what each counts and moves."""

from typing import NamedTuple

import numpy as np

SEEDS = range(1, 7)
WIDE = {
    "population.size": 2000,
    "run.burn_in": 24,
    "run.months": 24,
    "obligations.intensity": 2.0,
}
"""Four years of many debtors, for claims on the mean of several seeds."""


class Totals(NamedTuple):
    """Sums over all months of a run: counts by name, and yuan by movement."""

    n: dict
    yuan: dict

    def ratio(self, above, *below):
        """A count over the sum of others."""
        return self.n[above] / sum(self.n[name] for name in below)


def totals(world, *, burn_in=True):
    """The sums of a world; movements are summed from its first month in any case."""
    measured = world.measured
    counts = measured.sums(burn_in=burn_in)[:, 0].sum(axis=0).tolist()
    books = measured.books()
    yuan = {name: float(books[name].sum()) for name in measured.moved}
    return Totals(dict(zip(measured.counted, counts, strict=True)), yuan)


class Worlds:
    """Villages over these values, each run once to its end.

    Args:
        make: What tests build worlds with.
        always: Values by path of all of them.
        burn_in: Whether counts begin with the first month instead of the first measured one.
    """

    def __init__(self, make, always, *, burn_in=True):
        self._make, self._always, self._burn_in, self._found = make, always, burn_in, {}

    def __call__(self, paths=None, *, seed=1, policies=(), **options):
        """The totals of the village with these values."""
        paths = self._always | (paths or {}) | {"run.seed": seed}
        key = repr((sorted(paths.items()), policies))
        if key not in self._found:
            world = self._make.village(paths, policies=policies, **options).run()
            self._found[key] = totals(world, burn_in=self._burn_in)
        return self._found[key]

    def each(self, path, *values, common=None, seed=1):
        """The totals of worlds that differ in one value."""
        return [self((common or {}) | {path: value}, seed=seed) for value in values]

    def over_seeds(self, paths=None, **more):
        """Counts by name, an array over the seeds each."""
        runs = [self(paths, seed=seed, **more).n for seed in SEEDS]
        return {name: np.array([run[name] for run in runs]) for name in runs[0]}


def beyond_chance(more, less, errors=3.0):
    """Whether the mean of paired differences exceeds so many standard errors."""
    gaps = np.asarray(more, float) - np.asarray(less, float)
    return gaps.mean() > errors * gaps.std(ddof=1) / np.sqrt(len(gaps))
