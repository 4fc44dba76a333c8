"""Shards: parts of a sweep for several machines that do not communicate with each other."""

import re
from typing import NamedTuple, Self

from sim.errors import ServandaError


class Shard(NamedTuple):
    """Part `number` (from 1) of a sweep that is cut into `of` parts.

    The identity of a run (a hash) decides to which part it belongs.
    """

    number: int
    of: int

    @classmethod
    def parsed(cls, text: str) -> Self:
        """The shard that a text such as ``2/8`` names.

        Raises:
            ServandaError: If the text is not a valid shard.
        """
        found = re.fullmatch(r"(\d{1,9})/(\d{1,9})", text)
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            raise ServandaError("--shard", f"'{text}' is not a shard", "write 2/8, for example")
        return cls(int(found[1]), int(found[2]))

    def has(self, identity: str) -> bool:
        """Whether a run belongs to this part."""
        return int(identity[:15], 16) % self.of == self.number - 1
