"""The languages of texts, and the one that a user named."""

from typing import Literal

from sim.errors import ServandaError
from sim.scenario.checking.fault import meant

type Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
"""English and Chinese, in the order of the texts in a pair."""


def language(given: str) -> Language:
    """The language that a user named with ``--lang``.

    Raises:
        ServandaError: If there is none of that name.
    """
    for known in LANGUAGES:
        if known == given:
            return known
    hint = meant(given, LANGUAGES) or f"give one of {', '.join(LANGUAGES)}"
    raise ServandaError("--lang", f"unknown language '{given}'", hint)
