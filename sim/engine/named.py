"""Numbers with a name: sums and movements that are declared apart from the core's enumerations."""


class Named(int):
    """An index with a name, as the members of an enumeration have one.

    Args:
        number: The index; negative ones count from the end, as for arrays. An extension's stand
            there, so that it need not know how many the core has.
        name: The name, lower case, as it is written in results.
    """

    name: str

    def __new__(cls, number: int, name: str) -> "Named":
        """An index that knows its name."""
        made = super().__new__(cls, number)
        made.name = name
        return made

    def __getnewargs__(self) -> tuple[int, str]:  # type: ignore[override]
        """What a copy is made from."""
        return int(self), self.name
