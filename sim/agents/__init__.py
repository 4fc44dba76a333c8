"""The agents: the fields of their tables, and their rules, one file per actor."""
