"""Sweeps of many runs: plans them, runs them on workers, stores them, and reads the results."""
