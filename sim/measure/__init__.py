"""Measurement: declared indicators, series by month and cell, an event log, a panel."""
