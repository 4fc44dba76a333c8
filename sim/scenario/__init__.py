"""Worlds and policies as data: TOML files in, a frozen `Scenario` and its treatments out."""
