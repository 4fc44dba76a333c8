"""Constraints between factors: read from a text, held against points, kept by drawing again."""
