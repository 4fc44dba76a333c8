"""How much of anything is read; what is larger is refused with one line."""

TEXT_BYTES = 1_000_000
"""Bytes of a scenario or experiment file."""
CODE_BYTES = 1_000_000
"""Bytes of an extension."""
TABLE_BYTES = 64_000_000
"""Bytes of a file of points."""

DEPTH = 24
"""Tables and lists inside each other."""
PARTS = 16
"""Parts of a dotted key."""
KEYS = 10_000
"""Keys and headers of a file."""
ITEMS = 50_000
"""Values in all lists of a file together."""
DIGITS = 18
"""Digits of a whole number."""
NUMBER = 64
"""Characters of any number."""
SET_CHARACTERS = 10_000
"""Characters of a value given as text, as with ``--set``."""

POLICIES = 500
"""Policies of a scenario."""
LEVELS = 20
"""Files that extend each other in a row."""
FILES = 100
"""Files that a scenario extends in all."""

ROWS = 1_000_000
"""Rows of a file of points, and points of any design."""
COLUMNS = 1_000
"""Columns of a file of points."""
CELLS = 5_000_000
"""Cells of a file of points: rows times columns; the same of any design."""
UNPACKED = 400_000_000
"""Bytes of a Parquet file when it is unpacked."""
CELL_CHARACTERS = 1_000
"""Characters of one cell."""

RUNS = 2_000_000
"""Runs of an experiment."""
