"""The debtor's decision: its position, the option that it prefers, whether it performs."""
