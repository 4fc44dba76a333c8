"""Indicators that earlier versions called otherwise, so that an old file gets a useful answer.

In: a name that nobody measures. Out: what to write instead.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from sim.levers.renamed import Renamed

RENAMED: dict[str, Renamed] = {
    "welfare": Renamed("social_return", "0.1"),
    "welfare_less_harm": Renamed("social_return_less_harm", "0.1"),
}
"""By the old name. An entry stays for good."""


def instead(name: str, known: Iterable[str]) -> str:
    """A hint for one who names an indicator that there is not."""
    if name in RENAMED:
        return f"it is called '{RENAMED[name].now}' since {RENAMED[name].since}"
    near = get_close_matches(name, list(known), n=1)
    return f"did you mean '{near[0]}'?" if near else "`servanda indicators` lists them"
