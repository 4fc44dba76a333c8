"""What each of several policies brings, and what only some of them together: Shapley values.

In: a sweep of a full factorial, every combination of policies with the same seeds. Out: for each
policy its mean contribution over all orders in which policies could be introduced, what it does
alone and as the last, and what each pair does beyond its two parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd

from sim.analysis.measures import chosen
from sim.analysis.paired import Difference, difference
from sim.errors import ServandaError
from sim.runs.results import Results

MOST = 16
"""Factors whose factorials are still exact in doubles."""


@dataclass(frozen=True)
class Part:
    """What one policy brings.

    Args:
        value: Its Shapley value.
        alone: Its effect where no other is in force.
        last: Its effect where all others are.
    """

    value: Difference
    alone: Difference
    last: Difference


@dataclass(frozen=True)
class Attribution:
    """A measure's total effect, taken apart.

    Args:
        measure: The indicator.
        empty: Its mean where no policy is in force.
        total: Effect of all together.
        parts: By policy.
        pairs: Shapley interactions, by pair.
        beyond: Effect of all together less the sum of what each does alone.
        remainder: Sum of the Shapley values less the total: 0 but for rounding.
    """

    measure: str
    empty: float
    total: Difference
    parts: Mapping[str, Part]
    pairs: Mapping[tuple[str, str], Difference]
    beyond: Difference
    remainder: float


# ---------------------------------------------------------------- games


def shapley(game: np.ndarray) -> np.ndarray:
    """Shapley values of games.

    φ_i = Σ_{S ∌ i} |S|! (k − |S| − 1)! / k! · (v(S ∪ i) − v(S)).

    Args:
        game: Values v of all coalitions, bit i of whose number says whether player i is in;
            shape (games, 2^k). Numbers of any kind, fractions too.

    Returns:
        Shape (games, k).
    """
    k = players(game)
    sets = np.arange(game.shape[1])
    found = []
    for i in range(k):
        without = sets[sets >> i & 1 == 0]
        weights = _weights(without, k)
        gains = game[:, without | 1 << i] - game[:, without]
        found.append((gains * weights).sum(axis=1) / factorial(k))
    return np.stack(found, axis=1)


def interaction(game: np.ndarray, i: int, j: int) -> np.ndarray:
    """Shapley interaction of two players: what the pair does beyond its parts, in every company.

    I_ij = Σ_{S ∌ i, j} |S|! (k − |S| − 2)! / (k − 1)! · (v(S ∪ ij) − v(S ∪ i) − v(S ∪ j) + v(S)).

    Args:
        game: As for `shapley`.
        i: A player.
        j: Another.

    Returns:
        A value a game.
    """
    k = players(game)
    sets = np.arange(game.shape[1])
    without = sets[(sets >> i & 1 == 0) & (sets >> j & 1 == 0)]
    one, other = 1 << i, 1 << j
    both = game[:, without | one | other] - game[:, without | one]
    gains = both - game[:, without | other] + game[:, without]
    found: np.ndarray = (gains * _weights(without, k - 1)).sum(axis=1) / factorial(k - 1)
    return found


def players(game: np.ndarray) -> int:
    """How many players a game of so many coalitions has."""
    return int(game.shape[1]).bit_length() - 1


def _weights(sets: np.ndarray, k: int) -> np.ndarray:
    """|S|! (k − |S| − 1)! of each coalition, whole numbers."""
    by_size = [factorial(size) * factorial(k - size - 1) for size in range(k)]
    return np.array([by_size[int(s).bit_count()] for s in sets])


# ---------------------------------------------------------------- sweeps


def attribute(found: Results, measures: Sequence[str] = ()) -> list[Attribution]:
    """Take the effects of a full factorial apart.

    Args:
        found: A finished sweep, at least two replicates of it for intervals.
        measures: Indicators; those of a comparison that were kept unless named.

    Raises:
        ServandaError: If the design is no full factorial, runs are missing, or a measure is.
    """
    factors, places = factorial_points(found.points)
    runs = found.runs
    wanted = int(found.manifest["runs"])
    done = int((runs["status"] == "ok").sum())
    if done < wanted:
        what = f"{wanted - done} of {wanted} runs are missing or failed"
        raise ServandaError("shapley", what, "see `servanda status`, then sweep or retry")
    return [
        attribution(
            name,
            factors,
            runs.pivot_table(  # columns in the order of coalitions
                index="replicate", columns="point", values=name, dropna=False
            )[places].to_numpy(float),
        )
        for name in chosen(found, measures, "shapley")
    ]


def factorial_points(points: pd.DataFrame) -> tuple[list[str], list[int]]:
    """The factors of a full factorial, and the point at which each coalition stands.

    A factor counts as in force where it does not have the value that it has at the first point.

    Args:
        points: A row a point.

    Raises:
        ServandaError: If a factor has not two values, or a combination is missing or repeated.
    """

    def refuse(what: str) -> ServandaError:
        hint = 'attribution needs every combination: kind = "factorial"'
        return ServandaError("shapley", f"this is no full factorial design: {what}", hint)

    ordered = points.sort_values("point")
    factors = [str(name) for name in ordered if name != "point"]
    if not factors:
        raise refuse("it has no factors")
    if len(factors) > MOST:
        raise refuse(f"{len(factors)} factors, {MOST} at most")
    for name in factors:
        values = ordered[name].nunique(dropna=False)
        if values != 2:
            raise refuse(f"{name} has {values} value{'s' * (values != 1)}, not 2")
    inside = ordered[factors].ne(ordered[factors].iloc[0]).to_numpy()
    sets = (inside * (1 << np.arange(len(factors)))).sum(axis=1)
    if len(sets) != 1 << len(factors) or len(set(sets.tolist())) != len(sets):
        raise refuse(f"{len(sets)} points for {1 << len(factors)} combinations")
    return factors, ordered["point"].to_numpy()[np.argsort(sets)].tolist()


def attribution(measure: str, factors: Sequence[str], game: np.ndarray) -> Attribution:
    """Take one measure apart.

    Args:
        measure: Its name.
        factors: Names of the factors, in the order of bits.
        game: Its value by replicate and coalition; a replicate with one missing is left out, and
            one with an infinite value too, for nothing can be taken from that.
    """
    there = np.isfinite(game).all(axis=1)
    whole = game[there]
    values = shapley(whole)
    empty, full = whole[:, 0], whole[:, -1]
    bits = [1 << i for i in range(len(factors))]
    alone = np.stack([whole[:, bit] - empty for bit in bits], axis=1)
    dropped = int((~there).sum())

    def over(told: np.ndarray) -> Difference:
        return difference([*told, *[np.nan] * dropped])

    return Attribution(
        measure,
        float(empty.mean()) if len(whole) else np.nan,
        over(full - empty),
        {
            name: Part(
                over(values[:, i]),
                over(alone[:, i]),
                over(full - whole[:, game.shape[1] - 1 - bits[i]]),
            )
            for i, name in enumerate(factors)
        },
        {
            (factors[i], factors[j]): over(interaction(whole, i, j))
            for i, j in combinations(range(len(factors)), 2)
        },
        over(full - empty - alone.sum(axis=1)),
        float((values.sum(axis=1) - (full - empty)).mean()) if len(whole) else np.nan,
    )
