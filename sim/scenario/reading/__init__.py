"""Scenario files in: text, positions of values, files that extend others, overrides."""
