"""A part of a sweep for one machine of several that know nothing of each other."""

import re
from typing import NamedTuple, Self

from sim.errors import ServandaError


class Shard(NamedTuple):
    """The part `number` of so many, from 1; a run's identity says in which part it is."""

    number: int
    of: int

    @classmethod
    def parsed(cls, text: str) -> Self:
        """The shard that ``2/8`` means.

        Raises:
            ServandaError: If it means none.
        """
        found = re.fullmatch(r"(\d{1,9})/(\d{1,9})", text)
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            raise ServandaError("--shard", f"'{text}' is no part of a whole", "write 2/8, say")
        return cls(int(found[1]), int(found[2]))

    def has(self, identity: str) -> bool:
        """Whether a run belongs to this part."""
        return int(identity[:15], 16) % self.of == self.number - 1
