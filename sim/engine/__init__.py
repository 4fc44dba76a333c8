"""What any model of agents could stand on: records, tables, draws, kernels, blocks, books.

Nothing in this room knows of debtors, courts or levers.
"""
