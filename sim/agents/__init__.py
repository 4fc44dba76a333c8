"""The agents: records and rules, one file per actor."""
