"""Read user input: regular files of bounded size, as texts or as tables.

All input from outside is read here and checked against limits before any other part of the program
uses it.
"""
