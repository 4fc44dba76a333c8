"""Limits on all input. Input beyond a limit is refused with a one-line error.

Each constant is the largest number of what its docstring names.
"""

TEXT_BYTES = 1_000_000
"""Bytes of a scenario or experiment file."""
CODE_BYTES = 1_000_000
"""Bytes of an extension."""
TABLE_BYTES = 64_000_000
"""Bytes of a file of points (combinations of settings that an experiment runs)."""

DEPTH = 24
"""Levels of tables and lists inside each other."""
PARTS = 16
"""Parts of a dotted key."""
KEYS = 10_000
"""Keys and table headers of a TOML file."""
ITEMS = 50_000
"""Values in all lists of a file combined."""
DIGITS = 18
"""Digits of a whole number."""
NUMBER = 64
"""Characters of any number."""
SET_CHARACTERS = 10_000
"""Characters of a value given as text, for example with ``--set``."""

POLICIES = 500
"""Policies of a scenario."""
LEVELS = 20
"""Files in a chain in which each extends the next."""
FILES = 100
"""Files that a scenario extends, directly or indirectly."""

ROWS = 1_000_000
"""Rows of a file of points, and points of any experiment."""
COLUMNS = 1_000
"""Columns of a file of points."""
CELLS = 5_000_000
"""Cells (rows times columns) of a file of points, and of the points of any experiment."""
UNPACKED = 400_000_000
"""Bytes of a Parquet file after unpacking."""
CELL_CHARACTERS = 1_000
"""Characters of one cell."""

RUNS = 2_000_000
"""Runs of an experiment."""
