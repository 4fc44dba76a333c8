"""Splits the effect of a package of policies over channels, on paired seeds.

In: a scenario with policies, seeds, channels (mechanisms through which policies work). Out: for
each measure the whole effect, the effect with each channel held (kept as in the run without
policies), and a split whose parts add up to the whole (ODD eq. 167).
"""

import pickle
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from sim.analysis.channels.channel import Channel, touched
from sim.analysis.channels.holding import hold, without_policies
from sim.analysis.channels.path import Path
from sim.analysis.comparison.pairing import TOO_FEW
from sim.analysis.comparison.reach import MIN_CLAIMS
from sim.analysis.paired import Difference, difference
from sim.analysis.sensitivity.shapley import shapley
from sim.errors import ServandaError
from sim.indicator import Indicator
from sim.machine.workers import Pool
from sim.measure.indicators import KNOWN
from sim.scenario.identity import WORDS
from sim.scenario.scenario import Scenario
from sim.world import World

MEASURES = ("voluntary_12", "performed_12", "grace_performance_able", "backlog", "harm")
"""Indicators on which the effect is split by default."""
ORDERS = 4
"""How many orders of channels are drawn for each seed, by default."""

type Coalition = frozenset[str]
"""Names of the channels that are free, that is, not held."""


class Part(NamedTuple):
    """What a channel contributes to the effect on a measure.

    Args:
        held: Effect of the package while this channel alone is held.
        last: The whole effect minus `held`: what is lost by holding this channel.
        value: Shapley value of the channel. The values of all channels and `rest` add up to the
            whole.
        sampling: Standard error of `value`, in the unit of the measure, from chance in the drawn
            orders of channels. It is 0 if all coalitions were run, and NaN if it is not known. The
            interval of `value` includes this error.
    """

    held: Difference
    last: Difference
    value: Difference
    sampling: float


@dataclass(frozen=True)
class Split:
    """The effect of a package on one measure, split over channels.

    Args:
        measure: The indicator.
        whole: Effect of the package with every channel free.
        rest: Effect with every channel held. It comes from what is in no channel (`ALL_ELSE`).
        parts: Contributions by name of the channel, for channels that the package can reach.
        untouched: Names of the channels that the package cannot reach; they contribute exactly 0.
        exact: Whether all coalitions (sets of free channels) were run; no orders are then drawn.
    """

    measure: str
    whole: Difference
    rest: Difference
    parts: Mapping[str, Part]
    untouched: tuple[str, ...]
    exact: bool


def split(
    package: Scenario,
    seeds: Sequence[int],
    channels: Sequence[Channel],
    *,
    orders: int = ORDERS,
    measures: Sequence[str] = MEASURES,
    jobs: int = 1,
    progress: Callable[[int], object] = lambda _: None,
) -> list[Split]:
    """Split the effect of a package over channels.

    Args:
        package: A scenario with policies; it is compared with the same scenario without them.
        seeds: One seed for each replicate.
        channels: The channels. What is in none of them stays free all the time.
        orders: Number of orders in which channels are freed, for each seed. They are drawn in pairs
            of an order and its reverse. If all coalitions need no more runs than that,
            all coalitions are run instead.
        measures: Names of indicators.
        jobs: Number of processes; it does not change results.
        progress: Called with the number of seeds done.

    Raises:
        ServandaError: If the scenario has no policies, or a run fails.
    """
    if not package.policies:
        hint = "channels are those of policies; see `servanda scenarios`"
        raise ServandaError("policies", "the scenario has none", hint)
    moved = [move.lever for policy in package.policies for move in policy.moves()]
    there = touched(channels, moved)
    names = [one.name for one in there]
    exact = takes_all(len(names), orders)
    calls = [(package, seed, tuple(names), 0 if exact else orders, measures) for seed in seeds]
    found: list[_Replicate | None] = [None] * len(seeds)
    for done, (place, one) in enumerate(_results(calls, jobs), 1):
        found[place] = one
        progress(done)
    ran = [one for one in found if one is not None]
    untouched = tuple(one.name for one in channels if one.name not in names)
    return [_split(m, k, names, untouched, ran, exact=exact) for k, m in enumerate(measures)]


def refuse_other_world(package: Scenario, against: Scenario) -> None:
    """Refuse a baseline that is not the world of the package without policies.

    Raises:
        ServandaError: If the baseline has policies, or the two differ in more than policies.
    """
    if against.policies:
        what = "the baseline has policies; channels are held as in a world without any"
        raise ServandaError("--against", what, "compare with the scenario that the package extends")
    mine, theirs = (one.model_dump(exclude={*WORDS, "policies"}) for one in (package, against))
    unlike = sorted(key for key in mine if mine[key] != theirs.get(key))
    if unlike:
        what = f"it differs from the package in more than policies: {', '.join(unlike)}"
        raise ServandaError("--against", what, "compare with the scenario that the package extends")


def takes_all(channels: int, orders: int) -> bool:
    """Whether all coalitions are run, because they need no more runs than drawn orders.

    With drawn orders, a run with each channel held alone is needed too.
    """
    return 1 << channels <= orders * max(0, channels - 1) + 2 + channels


# ---------------------------------------------------------------- the runs of one seed


class _Replicate(NamedTuple):
    """What the runs of one seed show; rows are measures, columns are channels.

    Args:
        base, whole, rest: The measures without the package, with it, and with all channels held.
        cases: Number of cases behind the measures, with the package and without it; shape
            (2, measures).
        claims: Number of claims that each policy reached.
        held: The measures with one channel held.
        draws: Shapley values from each pair of orders; shape (pairs, measures, channels).
    """

    base: np.ndarray
    whole: np.ndarray
    rest: np.ndarray
    cases: np.ndarray
    claims: tuple[int, ...]
    held: np.ndarray
    draws: np.ndarray


class Runs:
    """The runs of a package with one seed. They share one burn-in, and none is made twice.

    Args:
        package: The scenario.
        seed: The seed.
        channels: Names of the channels.
        measures: Names of indicators.
    """

    def __init__(
        self, package: Scenario, seed: int, channels: Collection[str], measures: Sequence[str]
    ) -> None:
        """Run the burn-in and the baseline, and record its path."""
        run = replace(package.run, seed=seed)
        world = World(package.model_copy(update={"run": run}))
        if run.burn_in > 0:
            world.run_to(0)
        self._begun = pickle.dumps(world)
        self.channels, self._measures = frozenset(channels), measures
        without = self._world()
        self.path: Path = without_policies(without)
        self.base = self._measured(without)
        self._found: dict[Coalition, np.ndarray] = {}
        package_alone = self._world()
        self._found[self.channels] = self._measured(package_alone)
        behind = [world.measured.cases() for world in (package_alone, without)]
        self.cases = np.array([[one[name] for name in measures] for one in behind])
        self.claims = tuple(one.claims for one in package_alone.reach())

    def _world(self) -> World:
        """A world at the end of the burn-in."""
        world: World = pickle.loads(self._begun)
        return world

    def _measured(self, world: World) -> np.ndarray:
        found = world.run().headline()
        return np.array([found[name] for name in self._measures])

    def world(self, free: Coalition) -> World:
        """A world at the end of the burn-in, in which only these channels will be free."""
        world = self._world()
        if held := self.channels - free:
            hold(world, held, self.path)
        return world

    def value(self, free: Coalition) -> np.ndarray:
        """The measures with the package, with only these channels free; shape (measures,)."""
        if free not in self._found:
            self._found[free] = self._measured(self.world(free))
        return self._found[free]


def replicate(
    package: Scenario, seed: int, names: Sequence[str], orders: int, measures: Sequence[str]
) -> _Replicate:
    """All runs of one seed.

    Args:
        package: The scenario.
        seed: The seed.
        names: Names of the channels.
        orders: Number of orders to draw, with their reverses; 0 to run all coalitions.
        measures: Names of indicators.
    """
    runs = Runs(package, seed, names, measures)
    everything: Coalition = frozenset(names)
    if orders == 0:
        draws = _all_coalitions(runs, names)[None]
    else:
        drawn = drawn_orders(seed, len(names), orders)
        draws = np.stack([_in_order(runs, [names[k] for k in order]) for order in drawn])
        places = [np.argsort(order) for order in drawn]
        draws = np.stack([one[:, at] for one, at in zip(draws, places, strict=True)])
        draws = draws.reshape(-1, 2, *draws.shape[1:]).mean(axis=1)
    held = [runs.value(everything - {name}) for name in names]
    return _Replicate(
        runs.base,
        runs.value(everything),
        runs.value(frozenset()),
        runs.cases,
        runs.claims,
        np.stack(held, axis=1) if held else np.empty((len(measures), 0)),
        draws,
    )


def drawn_orders(seed: int, channels: int, orders: int) -> list[np.ndarray]:
    """Orders of channels, each followed by its reverse; an odd number is rounded up."""
    chance = np.random.default_rng(seed)
    found = []
    for _ in range((orders + 1) // 2):
        order = chance.permutation(channels)
        found += [order, order[::-1]]
    return found


def _in_order(runs: Runs, order: Sequence[str]) -> np.ndarray:
    """What each channel adds when it is freed, in the given order; shape (measures, channels)."""
    values = [runs.value(frozenset(order[:k])) for k in range(len(order) + 1)]
    return np.diff(np.stack(values, axis=1), axis=1)


def _all_coalitions(runs: Runs, names: Sequence[str]) -> np.ndarray:
    """Exact Shapley values; shape (measures, channels)."""
    game = [
        runs.value(frozenset(name for k, name in enumerate(names) if free >> k & 1))
        for free in range(1 << len(names))
    ]
    return shapley(np.stack(game, axis=1)) if names else np.empty((len(game[0]), 0))


def _results(
    calls: Sequence[tuple[Scenario, int, tuple[str, ...], int, Sequence[str]]], jobs: int
) -> Iterable[tuple[int, _Replicate]]:
    """The number and the result of each call of `replicate`, in the order in which they end."""
    if jobs == 1:
        yield from ((place, replicate(*call)) for place, call in enumerate(calls))
        return
    pool = Pool(jobs)
    try:
        yield from pool.each(replicate, calls)
    finally:
        pool.close()


# ---------------------------------------------------------------- differences


def _split(
    measure: str,
    row: int,
    names: Sequence[str],
    untouched: tuple[str, ...],
    ran: Sequence[_Replicate],
    *,
    exact: bool,
) -> Split:
    """The split of one measure over the replicates."""
    about = KNOWN[measure]
    alone = np.array([one.held[row] for one in ran])
    drawn = np.array([one.draws[:, row] for one in ran])
    sides = np.array([(one.base[row], one.whole[row], one.rest[row]) for one in ran])
    there = np.isfinite(np.c_[sides, alone, drawn.sum(axis=1)]).all(axis=1)
    sides[~there] = np.nan  # a replicate counts in every part or in none, so that they add up
    base, whole, rest = sides.T
    behind, theirs = (np.array([one.cases[side, row] for one in ran]) for side in (0, 1))
    few = all(sum(claims) < MIN_CLAIMS for claims in zip(*(one.claims for one in ran), strict=True))

    def over(one: np.ndarray, other: np.ndarray, of: Indicator | None = None) -> Difference:
        found = difference(one, other, about=of, cases=(behind, theirs))
        return found.without_interval(TOO_FEW) if few else found

    def part(k: int) -> Part:
        held, draws = alone[:, k], drawn[:, :, k]
        value = np.where(there, draws.mean(axis=1), np.nan)
        return Part(
            over(held, base, about),
            over(whole, held, about),
            over(value, np.zeros_like(value)),
            0.0 if exact else sampling_error(draws),
        )

    return Split(
        measure,
        over(whole, base, about),
        over(rest, base, about),
        {name: part(k) for k, name in enumerate(names)},
        untouched,
        exact,
    )


def sampling_error(draws: np.ndarray) -> float:
    """Standard error of the mean of drawn values, from their spread within each seed.

    Args:
        draws: Values by seed and pair of orders; shape (seeds, pairs).

    Returns:
        sqrt(mean of s² / (pairs · seeds)), where s² is the variance between the pairs of a seed.
        NaN with one pair, because it has no spread, or without values.
    """
    there = draws[np.isfinite(draws).all(axis=1)]
    seeds, pairs = there.shape
    if seeds == 0 or pairs < 2:
        return float("nan")
    return float(np.sqrt(there.var(axis=1, ddof=1).mean() / pairs / seeds))
