"""Reads the catalogue of Chinese texts: the TOML files in this folder, one per subject."""

import tomllib
from functools import cache
from pathlib import Path

TABLES = ("texts", "names", "titles", "units", "sources", "meanings", "terms")
"""What a file can contain.

Keys of each table:
    texts, units, sources: The English text.
    titles: The English title of a shipped file, a policy or a factor.
    names: The short name of a scenario or a pack (a group of policies).
    meanings: The path of a lever or the name of an indicator.
    terms: The name of an enumeration and its member.
"""


@cache
def chinese() -> dict[str, dict[str, str]]:
    """All Chinese texts, by table and key.

    Raises:
        ValueError: If a file has an unknown table, or two files have the same key.
    """
    known: dict[str, dict[str, str]] = {table: {} for table in TABLES}
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        for table, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if table not in known:
                raise ValueError(f"{path.name}: unknown table [{table}]; use one of {TABLES}")
            if twice := known[table].keys() & entries.keys():
                raise ValueError(f"{path.name}: in another file's [{table}] too: {sorted(twice)}")
            known[table] |= entries
    return known
