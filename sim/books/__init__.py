"""Accounts, movements of money between them, and sums that are counted during a month."""
