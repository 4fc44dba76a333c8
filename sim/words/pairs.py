"""Reads files of texts that are written as pairs, English first, then Chinese.

In: a TOML file with a pair for each key; each side of a pair is a text or a list of texts. A table
has pairs of its own. Out: the same keys with the texts of one language.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from sim.words.language import LANGUAGES, Language


@cache
def texts(path: Path, language: Language) -> dict[str, Any]:
    """The texts of a file in a language, by key. All callers share them and must not change them.

    Raises:
        ValueError: If something in the file is not a pair.
    """
    return _side(tomllib.loads(path.read_text(encoding="utf-8")), language, path.name)


def _side(table: dict[str, Any], language: Language, where: str) -> dict[str, Any]:
    at, found = LANGUAGES.index(language), {}
    for key, both in table.items():
        if isinstance(both, dict):
            found[key] = _side(both, language, f"{where} [{key}]")
        elif isinstance(both, list) and len(both) == len(LANGUAGES):
            found[key] = both[at]
        else:
            raise ValueError(f"{where}: '{key}' is not a pair of English and Chinese")
    return found
