"""The chapters on how far to trust the numbers, and how they were made."""
