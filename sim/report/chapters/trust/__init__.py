"""The chapters on the reliability of the results, and on how they were made."""
