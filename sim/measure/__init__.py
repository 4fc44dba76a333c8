"""Measures a run: declared indicators, monthly series by cell, an event log, a panel."""
