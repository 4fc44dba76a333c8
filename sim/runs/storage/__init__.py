"""Stores finished runs in chunks that can be checked, merges chunks, and queries them in SQL."""
