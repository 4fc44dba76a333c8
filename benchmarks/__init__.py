"""Benchmarks: time and memory of a month and of sweeps, and stress tests. Not part of the tests."""
