"""Inputs of bad will, and what each of them must come to: an answer, or a line that says why."""
