"""Why a debtor pays or does not: its ledger in numbers and words, and what would change it.

In: a world, a month, perhaps a debtor. Out: an `Explanation`. Everything is computed by the
model's own rules in plain Python over views, so that explanation and model cannot differ.
"""

from sim.explain.explanation import Explanation, explain

__all__ = ["Explanation", "explain"]
