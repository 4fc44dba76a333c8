"""The debtor's decision: where it stands, what it prefers, whether it performs."""
