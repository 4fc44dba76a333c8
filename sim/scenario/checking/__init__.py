"""Checks of a scenario: every fault with its path, and the schema for editors."""
