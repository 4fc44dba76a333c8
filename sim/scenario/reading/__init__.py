"""Reads scenario files: their text, positions of values, parents that they extend, overrides."""
