"""CART: a tree of questions about factors, and the boxes that are its leaves (Breiman et al. 1984).

In: values of factors and hits. Out: the limits of every leaf. The workbench that finds PRIM's boxes
wraps the same trees; it forgets which category a leaf is of, and draws ties at random. So the trees
are used directly.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.discovery.box import MASS, SMALLEST, Limit
from sim.analysis.discovery.prim import bounded, coded
from sim.analysis.extra import extra
from sim.analysis.factors import Varied

LEAVES = 8
"""Leaves at most: more are not read."""
WORTH = 0.02
"""Share of the impurity of all runs that a question takes off at least."""
SEED = 20170101
"""Of ties between questions that are equally good."""

type Column = tuple[Varied, int, list[Any]]
"""A column of the tree: its factor; and of one that is no number, which of its values it is."""


def leaves(
    factors: Sequence[Varied], frame: pd.DataFrame, hits: np.ndarray
) -> list[tuple[Limit, ...]]:
    """The leaves of a tree, as boxes that hold every run once.

    Args:
        factors: The factors.
        frame: Their values, a row a run.
        hits: By run, whether the condition holds.

    Raises:
        ServandaError: If scikit-learn is missing.
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


def _columns(factors: Sequence[Varied], frame: pd.DataFrame) -> tuple[list[Column], np.ndarray]:
    """The columns of the tree, and their values: one a number, one a value of what is none."""
    columns: list[Column] = []
    values: list[np.ndarray] = []
    for factor in factors:
        column = frame[factor.path]
        if factor.number:
            columns.append((factor, 0, []))
            values.append(column.to_numpy(float))
            continue
        codes, words = coded(column)
        # Of two values, one column says all.
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
    known = limits.get(factor.path, Limit(factor))
    for child, above in ((tree.children_left[node], False), (tree.children_right[node], True)):
        if words:
            before = known.values if known.values is not None else tuple(words)
            # Above the edge is who has the value, below who has another.
            after = tuple(word for word in before if (word == words[code]) == above)
            made = Limit(factor, values=after)
        elif above:
            made = bounded(factor, edge, known.high)
        else:
            made = bounded(factor, known.low, edge)
        yield from _below(tree, int(child), columns, limits | {factor.path: made})
