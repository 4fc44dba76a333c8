"""Shapley values: the contribution of each of several policies, and their interactions.

In: a sweep of a full factorial (every combination of policies with the same seeds). Out: for each
policy, the mean contribution over all orders in which policies could be introduced, the effect
alone, and the effect when added last; for each pair, the interaction. A coalition is a set of
policies in force.
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
"""Largest number of factors. Up to it, all factorials are exact in double precision."""


@dataclass(frozen=True)
class Part:
    """The contribution of one policy.

    Args:
        value: Its Shapley value.
        alone: Its effect when no other policy is in force.
        last: Its effect when all other policies are in force.
    """

    value: Difference
    alone: Difference
    last: Difference


@dataclass(frozen=True)
class Attribution:
    """The total effect on a measure, split over policies.

    Args:
        measure: Name of the indicator.
        empty: Mean of the measure when no policy is in force.
        total: Effect of all policies together.
        parts: Contributions by policy.
        pairs: Shapley interactions by pair of policies.
        beyond: Effect of all policies together minus the sum of the effects of each alone.
        remainder: Sum of the Shapley values minus the total effect; only rounding makes it
            differ from 0.
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
    """Shapley values φ_i of the k players of games.

    φ_i = Σ_{S ∌ i} |S|! (k − |S| − 1)! / k! · (v(S ∪ i) − v(S)), summed over coalitions S.

    Args:
        game: Values v of all coalitions, shape (games, 2^k). Bit i of the column index is set if
            player i is a member. Numbers may be of any type, also fractions.

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
    """Shapley interaction of two players: what both add together minus what each adds alone.

    I_ij = Σ_{S ∌ i, j} |S|! (k − |S| − 2)! / (k − 1)! · (v(S ∪ ij) − v(S ∪ i) − v(S ∪ j) + v(S)).

    Args:
        game: As for `shapley`.
        i: Number of a player.
        j: Number of another player.

    Returns:
        One value per game.
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
    """Number of players of a game."""
    return int(game.shape[1]).bit_length() - 1


def _weights(sets: np.ndarray, k: int) -> np.ndarray:
    """|S|! (k − |S| − 1)! of each coalition, as integers."""
    by_size = [factorial(size) * factorial(k - size - 1) for size in range(k)]
    return np.array([by_size[int(s).bit_count()] for s in sets])


# ---------------------------------------------------------------- sweeps


def attribute(found: Results, measures: Sequence[str] = ()) -> list[Attribution]:
    """Split the effects of a full factorial over its policies.

    Args:
        found: A finished sweep; intervals need at least two replicates.
        measures: Names of indicators; for the default see `sim.analysis.measures.chosen`.

    Raises:
        ServandaError: If the design is not a full factorial, or runs or a measure are missing.
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
    """The factors of a full factorial, and the point of each coalition.

    A factor counts as in force if its value differs from the value at the first point.

    Args:
        points: A row per point.

    Raises:
        ServandaError: Unless every factor has two values and every combination occurs once.
    """

    def refuse(what: str) -> ServandaError:
        hint = 'attribution needs every combination: kind = "factorial"'
        return ServandaError("shapley", f"this is not a full factorial design: {what}", hint)

    ordered = points.sort_values("point")
    factors = [str(name) for name in ordered if name != "point"]
    if not factors:
        raise refuse("it has no factors")
    if len(factors) > MOST:
        raise refuse(f"it has {len(factors)} factors, more than {MOST}")
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
    """Split the effect on one measure over its policies.

    Args:
        measure: Name of the measure.
        factors: Names of the factors, in the order of the bits in the index of a coalition.
        game: Values of the measure, shape (replicates, coalitions). Replicates with a NaN or an
            infinite value are left out.
    """
    there = np.isfinite(game).all(axis=1)
    whole = game[there]
    values = shapley(whole)
    empty, full = whole[:, 0], whole[:, -1]
    bits = [1 << i for i in range(len(factors))]
    alone = np.stack([whole[:, bit] - empty for bit in bits], axis=1)
    dropped = int((~there).sum())

    def over(effects: np.ndarray) -> Difference:
        return difference([*effects, *[np.nan] * dropped])

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
