"""Read user input: regular files of limited size, as texts or as tables.

All input from outside is read here. It is checked against limits before other code uses it.
"""
