"""Experiment files in: parsed, names found, values checked against declared ranges."""
