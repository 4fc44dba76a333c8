"""What sets of runs say together: costs of packages, effects on common random numbers."""
