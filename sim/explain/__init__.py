"""Explanations of decisions: why a debtor pays or does not, and what other actors weigh.

In: a world, a month, optionally a debtor. Out: an `Explanation`, the ledger of one decision in
numbers and words; for other actors an `ActorExplanation`. Everything is computed by the model's own
rules in plain Python over views, so that explanation and model cannot differ.
"""

from sim.explain.actor import ACTORS, ActorExplanation, explain_actor
from sim.explain.explanation import Explanation, explain

__all__ = ["ACTORS", "ActorExplanation", "Explanation", "explain", "explain_actor"]
