"""Errors, warnings and exit codes of all commands: results go to stdout, everything else to stderr.

Exit 0: success. 1: an internal error, or the reader of stdout has ended. 2: an error that the user
can correct, reported in one line. 130, 143, 129: stopped by Ctrl-C, SIGTERM or SIGHUP (128 plus the
number of the signal).
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

from sim.cli.console.streams import escaped, safe_streams
from sim.errors import ServandaError, ServandaWarning
from sim.machine.private import remove_orphans
from sim.machine.signals import exit_code, stoppable

log = logging.getLogger("servanda")

UsageError: Any = typer.BadParameter.__mro__[1]
"""The exception of typer for a command line with, for example, a missing or unknown argument."""


class Stderr(logging.Handler):
    """Writes to the current `sys.stderr`, which a progress bar may have replaced."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one log record."""
        _write_error(self.format(record))


class CommandGroup(TyperGroup):
    """The group of all commands. It reports an error as one line and an exit code."""

    def main(self, args: Any = None, *more: Any, **options: Any) -> Any:
        """Parse the command line and run the command; flush all output before this returns."""
        ended: BaseException
        with safe_streams() as stdout:
            try:
                _require_working_folder()
                # Without arguments, show the overview.
                if not (sys.argv[1:] if args is None else args):
                    args = ["--help"]
                return super().main(args, *more, **options)
            except (OSError, SystemExit) as error:
                ended = error
        if stdout.failed:
            sys.exit(_report_unwritable(stdout.failed))
        raise ended

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the overview of all commands."""
        from sim.cli.console.help import overview

        overview(ctx, self)

    def make_context(self, *args: Any, **options: Any) -> Any:
        """Parse the options in front of the command."""
        with _logging_to_stderr(), _usage_errors_in_one_line():
            return super().make_context(*args, **options)

    def invoke(self, ctx: Any) -> Any:
        """Call the command."""
        remove_orphans()
        with _logging_to_stderr(), _usage_errors_in_one_line(), stoppable():
            try:
                return super().invoke(ctx)
            except ServandaError as error:
                log.error("%s", error)  # noqa: TRY400 a user's mistake needs no traceback
                raise typer.Exit(2) from None
            except OSError as error:
                if error.filename is None:
                    raise
                # A path that was not checked earlier, such as one whose name is too long.
                reason = (error.strerror or str(error)).lower()
                line = ServandaError(str(error.filename), reason, "name another path")
                log.error("%s", line)  # noqa: TRY400
                raise typer.Exit(2) from None
            except KeyboardInterrupt as stop:
                log.error("stopped")  # noqa: TRY400
                raise typer.Exit(exit_code(stop)) from None


def _require_working_folder() -> None:
    """Exit if the working folder no longer exists, because relative paths would fail later."""
    if "_SERVANDA_COMPLETE" in os.environ:
        return  # during completion the shell would show the message in the middle of the line
    try:
        Path.cwd()
    except OSError:
        _write_error("working folder: it was removed while in use; change to an existing one: cd …")
        sys.exit(2)


def _report_unwritable(error: OSError) -> int:
    """Say why stdout cannot be written, unless its reader has ended; return the exit code."""
    if error.errno == errno.EPIPE:
        return 1
    reason = (error.strerror or str(error)).lower()
    _write_error(f"standard output: cannot be written: {reason}")
    return 2


def _write_error(text: str) -> None:
    """Write a line to stderr; ignored if stderr cannot be written."""
    with suppress(OSError):
        sys.stderr.write(f"{escaped(text)}\n")
        sys.stderr.flush()


@contextmanager
def _usage_errors_in_one_line() -> Iterator[None]:
    """Report a wrong command line in one line, with a pointer to the help."""
    try:
        yield
    except UsageError as error:
        called = error.ctx.command_path if error.ctx else "servanda"
        what, _, nearest = error.format_message().partition(" Did you mean ")
        what = f"{what[:1].lower()}{what[1:]}".rstrip(".")
        hint = f"did you mean {nearest}" if nearest else f"see `{called} --help`"
        log.error("%s: %s; %s", called, what, hint)  # noqa: TRY400
        raise typer.Exit(2) from None


@contextmanager
def _logging_to_stderr() -> Iterator[None]:
    """Write Servanda's log records and warnings to stderr while a command runs."""
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
def collecting_warnings() -> Iterator[list[str]]:
    """Collect Servanda's warnings issued in the block, each once; they are still shown."""
    messages: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("always", ServandaWarning)
        before = warnings.showwarning

        def note(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
            if issubclass(category, ServandaWarning) and str(message) not in messages:
                messages.append(str(message))
            before(message, category, *where, **more)

        warnings.showwarning = note
        yield messages
