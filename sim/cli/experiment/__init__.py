"""Commands for experiments: plan, sweep, search, and the folders they fill."""
