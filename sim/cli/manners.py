"""Manners of all commands: results on stdout, all else on stderr, and what exit codes mean.

Exit 0: done. 1: a fault of ours, or nobody reads on. 2: something the user can mend, said in a
line. 130, 143, 129: stopped from the keyboard, by SIGTERM, by SIGHUP (128 + the signal's number).
"""

import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from sim.errors import ServandaError, ServandaWarning
from sim.machine.private import remove_orphans
from sim.machine.signals import exit_code, stoppable

log = logging.getLogger("servanda")


class Stderr(logging.Handler):
    """Writes to whatever stderr is at that moment: a progress bar puts itself in its place."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        sys.stderr.write(self.format(record) + "\n")
        sys.stderr.flush()


class Manners(TyperGroup):
    """The group of all commands; turns what goes wrong into a line and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Call the command."""
        remove_orphans()
        with _speaking(), stoppable():
            try:
                return super().invoke(ctx)
            except ServandaError as error:
                log.error("%s", error)  # noqa: TRY400 a user's mistake needs no traceback
                raise typer.Exit(2) from None
            except KeyboardInterrupt as stop:
                log.error("stopped")  # noqa: TRY400
                raise typer.Exit(exit_code(stop)) from None


@contextmanager
def _speaking() -> Iterator[None]:
    """Let log records and warnings of ours reach stderr while a command runs."""
    handler, level = Stderr(), log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    with warnings.catch_warnings():
        warnings.simplefilter("always", ServandaWarning)
        before = warnings.showwarning

        def say(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
            if issubclass(category, ServandaWarning):
                log.warning("warning: %s", message)
            else:
                before(message, category, *where, **more)

        warnings.showwarning = say
        try:
            yield
        finally:
            log.removeHandler(handler)
            log.setLevel(level)


@contextmanager
def heard() -> Iterator[list[str]]:
    """The warnings of ours that are given in the block, each once; they are shown as before."""
    told: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("always", ServandaWarning)
        before = warnings.showwarning

        def note(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
            if issubclass(category, ServandaWarning) and str(message) not in told:
                told.append(str(message))
            before(message, category, *where, **more)

        warnings.showwarning = note
        yield told
