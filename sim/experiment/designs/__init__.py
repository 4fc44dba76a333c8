"""Designs: the points at which an experiment runs, within size limits and constraints."""
