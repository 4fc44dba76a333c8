"""Worlds and policies as data: from TOML files to a frozen `Scenario` and its treatments."""
