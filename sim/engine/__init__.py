"""Infrastructure for any agent-based model: tables, random draws, compiled loops, accounts.

Nothing in this package refers to debtors, courts or levers.
"""
