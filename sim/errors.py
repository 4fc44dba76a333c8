"""What can go wrong for a user, in words that say where and what to do."""


class ServandaError(Exception):
    """Something a user can mend: where it is, what is wrong, and a hint.

    Args:
        where: A file with its line, a path in a scenario, or a command's argument.
        what: What is wrong there, without a final stop.
        hint: What to do about it; empty when there is nothing to add.
    """

    def __init__(self, where: str, what: str, hint: str = "") -> None:
        """Join the three parts into the one line that a user sees."""
        super().__init__(where, what, hint)
        self.where, self.what, self.hint = where, what, hint

    def __str__(self) -> str:
        """One line: ``where: what; hint``."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}; {self.hint}" if self.hint else head


class RunError(ServandaError):
    """A rule or a guard failed inside a run; carries the month, the phase and the seed."""


class ServandaWarning(UserWarning):
    """Something odd but allowed; it goes into the manifest and the headline."""
