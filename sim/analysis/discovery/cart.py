"""CART: a classification tree over the factors, with its leaves as boxes (Breiman et al. 1984).

In: values of factors, and in which runs a condition holds (the hits). Out: the limits of every
leaf. The trees come from scikit-learn. The EMA Workbench, which PRIM uses, wraps the same trees,
but it loses the categories of a leaf and breaks ties at random.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.discovery.box import MASS, SMALLEST, Limit
from sim.analysis.discovery.prim import bounded, coded
from sim.analysis.extra import extra
from sim.analysis.factors import Factor

LEAVES = 8
"""Largest number of leaves, because a tree has to be readable."""
WORTH = 0.02
"""Smallest reduction of impurity by a split, as a share of the impurity of all runs."""
SEED = 20170101
"""Seed that breaks ties between equally good splits."""

type Column = tuple[Factor, int, list[Any]]
"""A column of the tree: its factor, an index and a list. For a categorical factor, the list has all
values of the factor, and the index says which of them the column marks."""


def leaves(
    factors: Sequence[Factor], frame: pd.DataFrame, hits: np.ndarray
) -> list[tuple[Limit, ...]]:
    """The leaves of a tree, as boxes that partition the runs.

    Args:
        factors: The factors.
        frame: Their values, a row per run.
        hits: By run, whether the condition holds.

    Raises:
        ServandaError: If scikit-learn is not installed.
    """
    columns, values = _columns(factors, frame)
    share = float(hits.mean())
    grown = extra("sklearn.tree").DecisionTreeClassifier(
        max_leaf_nodes=LEAVES,
        min_samples_leaf=max(SMALLEST, int(MASS * len(frame))),
        min_impurity_decrease=WORTH * 2.0 * share * (1.0 - share),
        random_state=SEED,
    )
    tree = grown.fit(values, hits).tree_
    return list(_below(tree, 0, columns, {}))


def _columns(factors: Sequence[Factor], frame: pd.DataFrame) -> tuple[list[Column], np.ndarray]:
    """The columns and their values: one per numeric factor, one per value of a categorical one."""
    columns: list[Column] = []
    values: list[np.ndarray] = []
    for factor in factors:
        column = frame[factor.path]
        if factor.number:
            columns.append((factor, 0, []))
            values.append(column.to_numpy(float))
            continue
        codes, words = coded(column)
        # For two values, one column is enough.
        for code in range(1 if len(words) == 2 else 0, len(words)):
            columns.append((factor, code, words))
            values.append((codes == code).astype(float))
    return columns, np.column_stack(values)


def _below(
    tree: Any, node: int, columns: Sequence[Column], limits: dict[str, Limit]
) -> Iterator[tuple[Limit, ...]]:
    """The leaves below a node, given the limits on the way to it."""
    if tree.children_left[node] < 0:
        yield tuple(limits.values())
        return
    factor, code, words = columns[tree.feature[node]]
    edge = float(tree.threshold[node])
    limit = limits.get(factor.path, Limit(factor))
    for child, right_side in ((tree.children_left[node], False), (tree.children_right[node], True)):
        if words:
            before = limit.values if limit.values is not None else tuple(words)
            # Runs with the value are on the right of the edge; the others are on the left.
            after = tuple(word for word in before if (word == words[code]) == right_side)
            narrowed = Limit(factor, values=after)
        elif right_side:
            narrowed = bounded(factor, edge, limit.high)
        else:
            narrowed = bounded(factor, limit.low, edge)
        yield from _below(tree, int(child), columns, limits | {factor.path: narrowed})
