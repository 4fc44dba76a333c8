"""Samples in the unit cube, and two-level designs, as arrays of numbers.

In: how many factors and points, and a random number generator. Out: arrays of shape (points,
factors), with coordinates from 0 to 1, or with levels. Points are in the order that the usual
estimators expect.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from scipy.stats import qmc

from sim.errors import ServandaError

LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
"""Names of factors in the generators of a fraction, such as ``E = ABC``. The letter I is left out,
because it stands for the constant 1."""

EFFORT = 2_000_000
"""After so many comparisons, the search for a fraction of one size is given up."""

MOST = 20
"""Largest number of two-level factors whose combinations are all made."""


def latin_hypercube(factors: int, points: int, rng: np.random.Generator) -> np.ndarray:
    """A Latin hypercube: each range is cut into `points` equal strata with a point in each."""
    strata = np.argsort(rng.random((points, factors)), axis=0)
    return (strata + rng.random((points, factors))) / points


def saltelli(
    units: np.ndarray, samples: int, rng: np.random.Generator, *, second_order: bool = False
) -> np.ndarray:
    """Blocks of Saltelli: for each row of a scrambled Sobol sequence, the points A, AB_1 … AB_k, B.

    A and B are the two halves of the row. AB_i is A with the factors of unit i from B. For
    second-order indices, BA_1 … BA_k come before B. There is one block per row, in the order that
    the analysis of SALib expects.

    Args:
        units: For each factor, the number of its unit, from 0. Factors of one unit move together.
            There are k units.
        samples: Number of rows of the sequence.
        rng: Random number generator.
        second_order: Whether to add the points for second-order indices.
    """
    factors = len(units)
    both = qmc.Sobol(2 * factors, rng=rng).random(samples)
    first, second = both[:, :factors], both[:, factors:]
    own = units == np.arange(int(units.max(initial=-1)) + 1)[:, None]
    blocks = [first[:, None], np.where(own, second[:, None], first[:, None])]
    if second_order:
        blocks.append(np.where(own, first[:, None], second[:, None]))
    return np.concatenate([*blocks, second[:, None]], axis=1).reshape(-1, factors)


def morris(
    pairs: Sequence[Sequence[tuple[int, int]]], units: np.ndarray, rng: np.random.Generator
) -> Iterator[np.ndarray]:
    """An endless series of trajectories for k units; each has k + 1 points, one step apart.

    A step moves the factors of one unit, each from one level of a pair to the other, up or down.
    A trajectory moves each unit once, in random order.

    Args:
        pairs: For each factor, the lower and the upper level of each allowed step.
        units: For each factor, the number of its unit, from 0. Factors of one unit move together.
        rng: Random number generator.

    Yields:
        The level of each factor at each point; shape (k + 1, factors).
    """
    factors, count = len(units), int(units.max(initial=-1)) + 1
    choices = np.array([len(some) for some in pairs])
    while True:
        picked = rng.integers(0, choices)
        ends = np.array([some[one] for some, one in zip(pairs, picked.tolist(), strict=True)])
        up = rng.random(factors) < 0.5
        first, last = np.where(up, ends.T, ends.T[::-1])
        moved_at = np.empty(count, dtype=int)
        moved_at[rng.permutation(count)] = np.arange(1, count + 1)
        yield np.where(np.arange(count + 1)[:, None] < moved_at[units], first, last)


def two_level(factors: int) -> np.ndarray:
    """All combinations of 0 and 1: bit k of a row's number is the level of factor k."""
    return (np.arange(1 << factors)[:, None] >> np.arange(factors)) & 1


def fraction(factors: int, words: list[int]) -> np.ndarray:
    """A fraction of all combinations: the last factors are products of the first ones.

    Args:
        factors: Number of factors.
        words: For each of the last factors: the first factors whose product it is, as a bit mask.
    """
    full = two_level(factors - len(words))
    # In products, levels count as -1 and 1. An even number of factors at -1 therefore gives 1.
    added = [(full[:, _bits(word)].sum(axis=1) + len(_bits(word)) + 1) % 2 for word in words]
    return np.column_stack([full, *added])


def parsed(generators: tuple[str, ...], factors: int) -> list[int]:
    """The words of generators such as ``E = ABC``, for `fraction`.

    Raises:
        ServandaError: Unless each of the last factors has exactly one generator, and each generator
            is a product of the first factors.
    """
    names = LETTERS[:factors]
    full = factors - len(generators)
    words: dict[str, int] = {}
    for text in generators:
        found = re.fullmatch(r"\s*([A-Z])\s*=\s*([A-Z]+)\s*", text)
        if found is None:
            raise ServandaError("", f"'{text}' is not a generator", 'write "E = ABC", for example')
        name, product = found[1], found[2]
        if name not in names[max(full, 0) :]:
            hint = f"with {factors} factors and {len(generators)} generators, generate "
            raise ServandaError("", f"'{text}': no factor {name} to generate", hint + names[full:])
        if strange := set(product) - set(names[:full]):
            what = f"'{text}': {min(strange)} is not among the first factors"
            raise ServandaError("", what, f"the first factors are {names[:full]}")
        if name in words or len(set(product)) < len(product):
            raise ServandaError("", f"'{text}': a factor is named twice")
        words[name] = sum(1 << names.index(letter) for letter in product)
    return [words[name] for name in names[full:]]


def resolution(factors: int, words: list[int]) -> int:
    """Length of the shortest word in the defining relation (all products that are constant).

    It is 0 for a full factorial.
    """
    full = factors - len(words)
    own = [word | 1 << (full + place) for place, word in enumerate(words)]
    relation = {0}
    for word in own:
        relation |= {word ^ other for other in relation}
    return min((word.bit_count() for word in relation if word), default=0)


def smallest(factors: int, wanted: int) -> list[int]:
    """Words of the smallest fraction with at least the wanted resolution, from a short search.

    The search tries short words first, and words of equal length in the order of the factors. If
    several fractions are equally small, the first one found is taken.
    """
    for full in range(2, factors):
        room = 1 << full
        pairs = factors * (factors - 1) // 2 if wanted >= 5 else 0
        if wanted > full + 1 or factors + pairs >= room or (wanted == 4 and factors > room // 2):
            continue
        bits = [
            sum(1 << bit for bit in some)
            for length in range(wanted - 1, full + 1)
            for some in combinations(range(full), length)
        ]
        search = _Search(factors - full, wanted, full, bits)
        if (found := search.deeper([], frozenset({0}), 0)) is not None:
            return found
    return []


class _Search:
    """Searches for words that give the wanted resolution, trying them in the order given.

    Args:
        missing: Number of words needed.
        wanted: The resolution: smallest allowed length of words in the defining relation.
        full: Number of factors whose combinations are all made.
        bits: The words to choose from, as bit masks.
    """

    def __init__(self, missing: int, wanted: int, full: int, bits: list[int]) -> None:
        self.missing, self.wanted, self.full, self.bits = missing, wanted, full, bits
        self.effort = EFFORT

    def deeper(self, words: list[int], relation: frozenset[int], first: int) -> list[int] | None:
        """All words needed, starting with `words`; None if the search fails or is given up."""
        if len(words) == self.missing:
            return words
        own = 1 << (self.full + len(words))
        for place in range(first, len(self.bits)):
            self.effort -= len(relation)
            if self.effort < 0:
                return None
            fresh = {(self.bits[place] | own) ^ other for other in relation}
            if all(one.bit_count() >= self.wanted for one in fresh):
                longer = [*words, self.bits[place]]
                found = self.deeper(longer, relation | fresh, place + 1)
                if found is not None:
                    return found
        return None


def _bits(word: int) -> list[int]:
    return [bit for bit in range(word.bit_length()) if word >> bit & 1]
