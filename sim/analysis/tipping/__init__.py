"""Tipping points, jumps and hysteresis on a grid."""
