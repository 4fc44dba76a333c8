"""Explanations of decisions: why a debtor pays or does not, and what other actors weigh.

In: a world, a month, optionally a debtor. Out: an `Explanation`, the gain and costs of one decision
in numbers and words; for other actors an `ActorExplanation`. All numbers come from the model's own
rules, run in plain Python on a view of the world, so an explanation cannot differ from the model.
"""

from sim.explain.actor import ACTORS, ActorExplanation, explain_actor
from sim.explain.explanation import Explanation, explain
from sim.explain.flips import Flip, Flips, Pair, flips

__all__ = [
    "ACTORS",
    "ActorExplanation",
    "Explanation",
    "Flip",
    "Flips",
    "Pair",
    "explain",
    "explain_actor",
    "flips",
]
