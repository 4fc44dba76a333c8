"""How finished runs are kept: chunks with a record of themselves, merged, and asked in SQL."""
