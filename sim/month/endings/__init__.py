"""How cases end: performance, termination, insolvency, personal bankruptcy, archive."""
