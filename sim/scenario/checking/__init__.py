"""Checks of a scenario: every fault with its path, and the JSON Schema for editors."""
