"""Measures a run: indicators, monthly series by group, an event log, a panel."""
