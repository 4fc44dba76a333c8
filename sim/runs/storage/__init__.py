"""Stores finished runs in chunks that can be checked, merges chunks, and queries them in SQL.

Also stores worlds at the end of their burn-in, for later commands.
"""
