"""Makes `data.csv` from a wide sheet, as courts keep their tables."""
