"""Analyses of sets of runs, a folder for each subject.

`comparison` compares scenarios with a baseline, `sensitivity` ranks factors, `discovery` finds
conditions of failure, `optimisation` searches packages, `tipping` finds thresholds. All use the
modules here: `paired` (paired differences and their means) and `interval` (the 95 % interval of
such a mean), `measures` and `factors` (what a sweep measured and varied), `cases` (how many cases
an indicator rests on), `extra` (optional packages), `listing` and `warmup` (the effect of listing,
the burn-in that a scenario needs).
"""
