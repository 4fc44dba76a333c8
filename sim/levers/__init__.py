"""Declarations of all levers: one file per mode of governance, combined in `catalogue`."""
