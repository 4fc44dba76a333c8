"""Tipping points, jumps and hysteresis (where history decides) on a grid of points."""
