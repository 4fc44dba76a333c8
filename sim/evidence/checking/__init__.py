"""Checks of figures before any run, a file per subject."""
