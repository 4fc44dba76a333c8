"""Analyses of sets of runs, with a folder for each subject.

- `comparison` compares scenarios with a baseline.
- `sensitivity` ranks factors by their influence.
- `discovery` finds values of factors for which a condition on indicators holds.
- `optimisation` searches for the best packages of policies.
- `tipping` finds thresholds.
- `channels` splits the effect of a package over the mechanisms through which it works.

Shared modules: `paired` (paired differences and their means), `interval` (95 % intervals of these
means), `measures` and `factors` (what a sweep recorded and what it varied), `cases` (number of
cases behind an indicator) and `extra` (import of optional packages).

Two modules are small analyses: `listing` (the effect of listing) and `warmup` (the burn-in that a
scenario needs).
"""
