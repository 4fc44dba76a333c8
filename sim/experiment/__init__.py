"""Experiments: the files that describe many runs, and their designs, points and tasks."""
