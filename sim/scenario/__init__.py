"""Scenarios, which describe a world and its policies: TOML files, checks and treatments."""
