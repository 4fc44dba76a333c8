"""Levers that earlier versions called otherwise, so that an old file gets a useful answer."""

from typing import NamedTuple


class Renamed(NamedTuple):
    """What a lever is called now, and the version that renamed it."""

    now: str
    since: str


RENAMED: dict[str, Renamed] = {
    "collaborative.private_fee": Renamed("collaborative.private_agents_fee", "0.1"),
    "special.special_subjects": Renamed("special.public_bodies", "0.1"),
}
"""By the old path. An entry stays for good."""
