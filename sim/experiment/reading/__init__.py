"""Reads experiment files: parses them, looks up names, and checks values against their ranges."""
