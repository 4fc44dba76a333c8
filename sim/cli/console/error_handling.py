"""Manners of all commands: results on stdout, all else on stderr, and what exit codes mean.

Exit 0: done. 1: a fault of ours, or nobody reads on. 2: something the user can mend, said in a
line. 130, 143, 129: stopped from the keyboard, by SIGTERM, by SIGHUP (128 + the signal's number).
"""

import errno
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from sim.cli.console.streams import escaped, settled
from sim.errors import ServandaError, ServandaWarning
from sim.machine.private import remove_orphans
from sim.machine.signals import exit_code, stoppable

log = logging.getLogger("servanda")

Misused: Any = typer.BadParameter.__mro__[1]
"""What typer raises for a command line that it cannot read: a missing or unknown word."""


class Stderr(logging.Handler):
    """Writes to whatever stderr is at that moment: a progress bar puts itself in its place."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        _complain(self.format(record))


class Manners(TyperGroup):
    """The group of all commands; turns what goes wrong into a line and an exit code."""

    def main(self, args: Any = None, *more: Any, **options: Any) -> Any:
        """Read the command line and call the command; what it wrote has arrived when this ends."""
        ended: BaseException
        with settled() as stdout:
            try:
                _in_a_folder()
                # Called without a word, it says what there is.
                if not (sys.argv[1:] if args is None else args):
                    args = ["--help"]
                return super().main(args, *more, **options)
            except (OSError, SystemExit) as error:
                ended = error
        if stdout.failed:
            sys.exit(_unwritable(stdout.failed))
        raise ended

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write what all commands are for."""
        from sim.cli.console.help import overview

        overview(ctx, self)

    def make_context(self, *args: Any, **options: Any) -> Any:
        """Read the options in front of the command."""
        with _speaking(), _one_line():
            return super().make_context(*args, **options)

    def invoke(self, ctx: Any) -> Any:
        """Call the command."""
        remove_orphans()
        with _speaking(), _one_line(), stoppable():
            try:
                return super().invoke(ctx)
            except ServandaError as error:
                log.error("%s", error)  # noqa: TRY400 a user's mistake needs no traceback
                raise typer.Exit(2) from None
            except OSError as error:
                if error.filename is None:
                    raise
                # A path that nobody looked at closely before, such as one with too long a name.
                reason = (error.strerror or str(error)).lower()
                line = ServandaError(str(error.filename), reason, "name another path")
                log.error("%s", line)  # noqa: TRY400
                raise typer.Exit(2) from None
            except KeyboardInterrupt as stop:
                log.error("stopped")  # noqa: TRY400
                raise typer.Exit(exit_code(stop)) from None


def _in_a_folder() -> None:
    """Refuse to work in a folder that is gone: every path would fail later, and elsewhere."""
    if "_SERVANDA_COMPLETE" in os.environ:
        return  # a shell completes a word, and shows whatever is said amid the line
    try:
        Path.cwd()
    except OSError:
        _complain("working folder: it was removed while in use; go to one that exists: cd …")
        sys.exit(2)


def _unwritable(error: OSError) -> int:
    """Say why stdout took no more, unless only nobody reads on; the exit code."""
    if error.errno == errno.EPIPE:
        return 1
    reason = (error.strerror or str(error)).lower()
    _complain(f"standard output: cannot be written: {reason}")
    return 2


def _complain(text: str) -> None:
    """A line on stderr; where nobody can read it, work goes on without it."""
    with suppress(OSError):
        sys.stderr.write(f"{escaped(text)}\n")
        sys.stderr.flush()


@contextmanager
def _one_line() -> Iterator[None]:
    """Say in a line what is wrong with a command line, and where help is."""
    try:
        yield
    except Misused as error:
        called = error.ctx.command_path if error.ctx else "servanda"
        what, _, nearest = error.format_message().partition(" Did you mean ")
        what = f"{what[:1].lower()}{what[1:]}".rstrip(".")
        hint = f"did you mean {nearest}" if nearest else f"see `{called} --help`"
        log.error("%s: %s; %s", called, what, hint)  # noqa: TRY400
        raise typer.Exit(2) from None


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
