"""Lessons: a guess, a run, an explanation, in one file that works without a server or a network.

`lesson` reads what a lesson is from the TOML files beside it, `runs` runs its worlds, `pages`
writes the HTML files.
"""
