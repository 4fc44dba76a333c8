"""Commands for experiments: planning, sweeps, searches and their folders."""
