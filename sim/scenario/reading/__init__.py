"""Reading of scenario files: text, positions of values, files that extend others, overrides."""
