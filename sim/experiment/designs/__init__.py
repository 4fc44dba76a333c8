"""Designs: which points (combinations of values) an experiment runs."""
