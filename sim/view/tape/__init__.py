"""A run as a tape: places of claims, conduct of debtors, packed for the browser."""
