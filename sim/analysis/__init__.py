"""Analyses of sets of runs, with a folder for each subject.

`comparison` compares scenarios with a baseline, `sensitivity` ranks factors by their influence,
`discovery` finds values of factors for which a condition on indicators holds, `optimisation`
searches for the best packages of policies, and `tipping` finds thresholds. The modules here are
shared: `paired` (paired differences and their means) and `interval` (the 95 % interval of such a
mean), `measures` and `factors` (the indicators that a sweep recorded and the factors that it
varied), `cases` (number of cases behind an indicator) and `extra` (import of optional packages).
Two modules are small analyses of their own: `listing` (the effect of listing) and `warmup` (the
burn-in that a scenario needs).
"""
