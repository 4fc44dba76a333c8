"""Lists renamed indicators, so that files for earlier versions get a useful error message.

In: a name that is not an indicator. Out: a hint with the name to use.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from sim.levers.renamed import Renamed

RENAMED: dict[str, Renamed] = {
    "welfare": Renamed("social_return", "0.1"),
    "welfare_less_harm": Renamed("social_return_less_harm", "0.1"),
}
"""New names by old name. Entries are never deleted."""


def instead(name: str, known: Iterable[str]) -> str:
    """The hint for a name that is not an indicator.

    Args:
        name: The name given.
        known: Names of all indicators.
    """
    if name in RENAMED:
        return f"since {RENAMED[name].since} it is called '{RENAMED[name].now}'"
    near = get_close_matches(name, list(known), n=1)
    return f"did you mean '{near[0]}'?" if near else "`servanda indicators` lists them"
