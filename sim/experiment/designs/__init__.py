"""Designs: points from factors, within bounds and constraints."""
