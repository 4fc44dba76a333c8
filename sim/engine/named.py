"""Numbers with a name, for sums and movements of money that extend the core's enumerations."""


class Named(int):
    """An index with a name, like a member of an enumeration.

    Args:
        number: The index. Extensions use negative numbers, which count from the end as in arrays.
            So the numbers stay the same when the core gets more sums or movements.
        name: The name in results, lower case.
    """

    name: str

    def __new__(cls, number: int, name: str) -> "Named":
        """Make an index with its name."""
        made = super().__new__(cls, number)
        made.name = name
        return made

    def __getnewargs__(self) -> tuple[int, str]:  # type: ignore[override]
        """The arguments from which a copy is made."""
        return int(self), self.name
