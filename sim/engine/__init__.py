"""Infrastructure for any agent-based model: records, tables, draws, kernels, blocks, books.

Nothing in this package refers to debtors, courts or levers.
"""
