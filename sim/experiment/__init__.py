"""Experiments: files that describe many runs, and what they become: designs, points, tasks."""
