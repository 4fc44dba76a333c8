"""Lists renamed levers, so that files for earlier versions get a useful error message."""

from typing import NamedTuple


class Renamed(NamedTuple):
    """The new name of a lever, and the version that renamed it."""

    now: str
    since: str


RENAMED: dict[str, Renamed] = {
    "collaborative.private_fee": Renamed("collaborative.private_agents_fee", "0.1"),
    "choice.visibility": Renamed("comprehensive.visibility", "0.1"),
    "special.special_subjects": Renamed("special.public_bodies", "0.1"),
}
"""New names by old path. Entries are never deleted."""
