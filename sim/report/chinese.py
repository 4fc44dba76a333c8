"""Chinese words of a report, by their English ones."""

TEXTS: dict[str, str] = {}
NAMES_ZH: dict[str, str] = {}
