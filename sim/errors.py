"""Errors and warnings for users: where the problem is, what it is, and what to do about it."""

import re
import unicodedata

LONGEST = 400
"""Maximum length of each part of a message, in characters; a longer part is cut."""
HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""Unicode categories of characters that a terminal interprets, hides or cannot show."""


def printable(text: str) -> str:
    """Return the text as one line that is safe to print on any terminal.

    File names and keys come from outside the program. They may contain line ends, escape sequences,
    marks that reverse the direction of writing, blanks that look like others, or invalid bytes. All
    of these are escaped.
    """
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1]}…"
    if text.isascii() and text.isprintable():
        return text
    text = re.sub(r"\s*\n\s*", " ", text.strip("\n"))
    hidden = {letter for letter in text if unicodedata.category(letter) in HIDDEN}
    hidden |= {letter for letter in text if letter != " " and unicodedata.category(letter) == "Zs"}
    return text.translate({ord(one): one.encode("unicode_escape").decode() for one in hidden})


class ServandaError(Exception):
    """An error that the user can fix: where it is, what is wrong, and a hint.

    Args:
        where: A file with its line, a path in a scenario, or a command's argument.
        what: What is wrong there, without a full stop.
        hint: What to do about it; empty when there is nothing to add.
    """

    def __init__(self, where: str, what: str, hint: str = "") -> None:
        """Join the three parts into the one line that a user sees."""
        super().__init__(where, what, hint)
        self.where, self.what, self.hint = where, what, hint

    def __str__(self) -> str:
        """One line: ``where: what; hint``."""
        where, what, hint = map(printable, (self.where, self.what, self.hint))
        head = f"{where}: {what}" if where else what
        return f"{head}; {hint}" if hint else head


class RunError(ServandaError):
    """Failure of a rule or a check during a run, located by month, phase and seed."""


class ServandaWarning(UserWarning):
    """Something unusual but allowed; stored with the run and shown beside its results."""
