"""What can go wrong for a user, in words that say where and what to do."""

import re
import unicodedata

LONGEST = 400
"""Characters of each part of a message; names and keys from outside may have millions."""
HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""Categories of characters that a terminal obeys, hides or cannot write."""


def printable(text: str) -> str:
    """A text on one line that any terminal can show: what would steer it is spelt out.

    Names of files and keys come from outside; they may hold line ends, escape sequences, marks that
    turn the direction of writing, or bytes that are no characters.
    """
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1]}…"
    if text.isascii() and text.isprintable():
        return text
    text = re.sub(r"\s*\n\s*", " ", text.strip("\n"))
    hidden = {letter for letter in text if unicodedata.category(letter) in HIDDEN}
    return text.translate({ord(one): one.encode("unicode_escape").decode() for one in hidden})


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
        where, what, hint = map(printable, (self.where, self.what, self.hint))
        head = f"{where}: {what}" if where else what
        return f"{head}; {hint}" if hint else head


class RunError(ServandaError):
    """A rule or a guard failed inside a run; carries the month, the phase and the seed."""


class ServandaWarning(UserWarning):
    """Something odd but allowed; it goes into the manifest and the headline."""
