"""Analyses of sets of runs: comparison, sensitivity, discovery, optimisation, tipping."""
