"""Samples in the unit cube and two-level designs: numbers only, nothing of factors.

In: how many factors and points, and a generator. Out: arrays of shape (points, factors), shares
from 0 to 1 or levels 0 and 1. Orders are those that the usual estimators expect.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from scipy.stats import qmc

from sim.errors import ServandaError

LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
"""Names of factors in generators; I is the identity."""

EFFORT = 2_000_000
"""Comparisons after which the search for a fraction of some size is given up."""

MOST = 20
"""Two-level factors of which all combinations are still made."""


def latin_hypercube(factors: int, points: int, rng: np.random.Generator) -> np.ndarray:
    """One point in each of `points` equal parts of each factor, anywhere within it."""
    strata = np.argsort(rng.random((points, factors)), axis=0)
    return (strata + rng.random((points, factors))) / points


def saltelli(
    units: np.ndarray, samples: int, rng: np.random.Generator, *, second_order: bool = False
) -> np.ndarray:
    """Saltelli's blocks: for each row of a scrambled Sobol sequence A, AB_1 … AB_k, B.

    AB_i is A with the factors of unit i from B. With second order, BA_1 … BA_k stand before B.
    Blocks follow each other row by row, as SALib's analysis reads them.

    Args:
        units: Number of the unit to which each factor belongs, from 0; k units in all.
        samples: Rows of the sequence.
        rng: The draws.
        second_order: Whether the blocks of pairs are wanted.
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
    """Trajectories without end, each a path of ``units + 1`` points, a step of one unit apart.

    A step takes the factors of a unit from one level of a pair to the other, each up or down; each
    unit is moved once in a trajectory, in random order.

    Args:
        pairs: Of each factor, the lower and the upper level of each step that it may take.
        units: Number of the unit to which each factor belongs, from 0.
        rng: The draws.

    Yields:
        The level of each factor at each point; shape (units + 1, factors).
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
    """All combinations of 0 and 1; bit k of a row's number is factor k, so row 0 has none."""
    return (np.arange(1 << factors)[:, None] >> np.arange(factors)) & 1


def fraction(factors: int, words: list[int]) -> np.ndarray:
    """A part of all combinations: the first factors in full, the others after their words.

    Args:
        factors: Number of factors.
        words: For each factor beyond the full ones, the bits of those whose product it is.
    """
    full = two_level(factors - len(words))
    # On levels -1 and 1 a product of an even number of factors is 1 where none is at 1.
    added = [(full[:, _bits(word)].sum(axis=1) + len(_bits(word)) + 1) % 2 for word in words]
    return np.column_stack([full, *added])


def parsed(generators: tuple[str, ...], factors: int) -> list[int]:
    """The words of generators such as ``E = ABC``, for `fraction`.

    Raises:
        ServandaError: If they are not one for each of the last factors, of the first ones.
    """
    names = LETTERS[:factors]
    full = factors - len(generators)
    words: dict[str, int] = {}
    for text in generators:
        found = re.fullmatch(r"\s*([A-Z])\s*=\s*([A-Z]+)\s*", text)
        if found is None:
            raise ServandaError("", f"'{text}' is no generator", 'write "E = ABC", say')
        name, product = found[1], found[2]
        if name not in names[max(full, 0) :]:
            hint = f"with {factors} factors and {len(generators)} generators they are for "
            raise ServandaError("", f"'{text}': no factor {name} to generate", hint + names[full:])
        if strange := set(product) - set(names[:full]):
            what = f"'{text}': {min(strange)} is not among the first factors"
            raise ServandaError("", what, f"those are {names[:full]}")
        if name in words or len(set(product)) < len(product):
            raise ServandaError("", f"'{text}': a factor is named twice")
        words[name] = sum(1 << names.index(letter) for letter in product)
    return [words[name] for name in names[full:]]


def resolution(factors: int, words: list[int]) -> int:
    """Length of the shortest word in the defining relation; 0 for a full factorial."""
    full = factors - len(words)
    own = [word | 1 << (full + place) for place, word in enumerate(words)]
    relation = {0}
    for word in own:
        relation |= {word ^ other for other in relation}
    return min((word.bit_count() for word in relation if word), default=0)


def smallest(factors: int, wanted: int) -> list[int]:
    """Words of the smallest fraction of at least this resolution that a short search finds.

    Of those equally small, the one whose words come first: the shortest, in the factors' order.
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
    """Looks for words that keep the defining relation long enough, each later than the last.

    Args:
        missing: How many words are needed.
        wanted: Least length of what they and their products make with the factors generated.
        full: Number of the factors that stand in full.
        bits: The words to choose from.
    """

    def __init__(self, missing: int, wanted: int, full: int, bits: list[int]) -> None:
        self.missing, self.wanted, self.full, self.bits = missing, wanted, full, bits
        self.effort = EFFORT

    def deeper(self, words: list[int], relation: frozenset[int], first: int) -> list[int] | None:
        """All the words, or None when nothing is found or the effort is spent."""
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
