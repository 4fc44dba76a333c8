"""Benchmarks: what a month costs, and what a debtor weighs. Never part of the tests."""
