"""Why a debtor pays or does not, and what others weigh: ledgers in numbers and words.

In: a world, a month, perhaps a debtor. Out: an `Explanation`. Everything is computed by the
model's own rules in plain Python over views, so that explanation and model cannot differ.
"""

from sim.explain.actor import ACTORS, ActorExplanation, explain_actor
from sim.explain.explanation import Explanation, explain

__all__ = ["ACTORS", "ActorExplanation", "Explanation", "explain", "explain_actor"]
