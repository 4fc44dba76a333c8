"""Checks scenarios and reports every fault with its path; makes the JSON Schema for editors."""
