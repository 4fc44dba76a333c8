"""Analyses of sets of runs, a folder for each subject.

`comparison` compares scenarios with a baseline, `sensitivity` ranks factors, `discovery` finds
conditions under which indicators fail, `optimisation` searches for the best packages of policies,
and `tipping` finds thresholds. All use the modules here: `paired` (paired differences and their
means) and `interval` (the 95 % interval of such a mean), `measures` and `factors` (what a sweep
measured and varied), `cases` (number of cases behind an indicator), `extra` (import of optional
packages), `listing` (the effect of listing) and `warmup` (the burn-in that a scenario needs).
"""
