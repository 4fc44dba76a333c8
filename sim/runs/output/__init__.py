"""A run's folder: what is written when a run has finished, and read when it is asked for again."""
