"""Checks scenarios, reports every fault with its path, and makes the JSON Schema for editors."""
