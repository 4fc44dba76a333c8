"""The worker process of the page: it runs worlds, so that the web process stays small and quick.

In: questions, each the name of a plain function and its arguments. Out: their answers, as plain
data. Equal questions are computed once, answers are kept as long as there is room, and a question
that nobody waits for any more is dropped before it starts.

The functions are those of a module, by default `sim.view.server.questions`. Its function `warm`
prepares the process; it may take minutes the first time, when the model's rules are compiled.
"""

import asyncio
import json
import logging
import pickle
import threading
import traceback
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future
from importlib import import_module
from typing import Any, NamedTuple

from sim.errors import ServandaError
from sim.machine.workers import Pipe, Worker

log = logging.getLogger("servanda.view")

ROOM = 64_000_000
"""Bytes of answers that are kept."""
STARTS = 3
"""Times in a row that a worker is started again if it dies before it is ready."""
DIED = "the process that runs worlds has ended, perhaps because memory ran out"
REMEDY = "try fewer debtors or months; a new process has been started"


class Progress(NamedTuple):
    """How far the worker's preparation is.

    Args:
        phase: ``starting``, ``compiling``, ``ready`` or ``failed``.
        done: Steps done; 0 unless compiling.
        total: All steps; 0 unless compiling.
        error: Why it failed; empty otherwise.
    """

    phase: str
    done: int = 0
    total: int = 0
    error: str = ""


class Question:
    """One thing to compute; several callers may wait for it.

    Args:
        key: Identifies equal questions.
        name: Name of the function.
        arguments: Its keyword arguments.
    """

    def __init__(self, key: str, name: str, arguments: dict[str, Any]) -> None:
        """A question that has not been asked yet."""
        self.key, self.name, self.arguments = key, name, arguments
        self.answer: Future[Any] = Future()
        self.waiting = 0


class Answers:
    """Answers by key; the least recently used are dropped if they need too many bytes.

    Args:
        room: Bytes of all answers together; a single larger answer is not kept.
    """

    def __init__(self, room: int) -> None:
        """Keep nothing yet."""
        self.room, self.used = room, 0
        self._kept: OrderedDict[str, tuple[Any, int]] = OrderedDict()

    def __contains__(self, key: str) -> bool:
        return key in self._kept

    def __getitem__(self, key: str) -> Any:
        """An answer, which becomes the most recently used."""
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def keep(self, key: str, answer: Any, size: int) -> None:
        """Keep an answer of this size in bytes, and drop others if necessary."""
        if size > self.room:
            return
        self._kept[key] = (answer, size)
        self.used += size
        while self.used > self.room:
            _, (_, less) = self._kept.popitem(last=False)
            self.used -= less


class Desk:
    """Takes questions from any thread, and gives them to a worker process.

    Args:
        module: Module with the functions that answer questions, and ``warm(report, **options)``.
        room: Bytes of answers that are kept.
        options: Arguments of ``warm``.
    """

    def __init__(
        self,
        module: str = "sim.view.server.questions",
        room: int = ROOM,
        **options: Any,
    ) -> None:
        """Start the process; `progress` says when it is ready."""
        self.progress = Progress("starting")
        self._module, self._options = module, options
        self._answers = Answers(room)
        self._open: dict[str, Question] = {}
        self._soon: deque[Question] = deque()
        self._later: deque[Question] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._at_work: Worker | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    # ------------------------------------------------------------ for those who ask

    def ask(self, name: str, /, *, later: bool = False, **arguments: Any) -> Question:
        """Ask a question; equal questions share one answer.

        Args:
            name: Name of a function of the module.
            later: Whether questions asked without this go first.
            arguments: Its arguments, as JSON could write them.

        Returns:
            The question. Wait for its ``answer``, and call `leave` if you stop waiting.
        """
        key = json.dumps([name, arguments], sort_keys=True, default=str)
        with self._changed:
            if key in self._answers:
                question = Question(key, name, arguments)
                question.answer.set_result(self._answers[key])
            elif key in self._open:
                question = self._open[key]
            else:
                question = self._open[key] = Question(key, name, arguments)
                (self._later if later else self._soon).append(question)
                self._changed.notify()
            if not later and question in self._later:
                self._later.remove(question)
                self._soon.append(question)
            question.waiting += 1
            if self.progress.phase == "failed" and not question.answer.done():
                self._open.pop(key, None)
                question.answer.set_exception(ServandaError("", self.progress.error))
        return question

    def leave(self, question: Question) -> None:
        """Stop waiting; if nobody else waits, a question that has not been started is dropped."""
        with self._changed:
            question.waiting -= 1
            for queue in (self._soon, self._later):
                if question.waiting <= 0 and question in queue:
                    queue.remove(question)
                    self._open.pop(question.key, None)

    async def answer(self, name: str, /, *, later: bool = False, **arguments: Any) -> Any:
        """Ask a question and wait for its answer; if this is cancelled, stop waiting.

        Raises:
            ServandaError: If the question cannot be answered, with the reason.
        """
        question = self.ask(name, later=later, **arguments)
        try:
            # The answer belongs to others too, so cancelling this must not cancel it.
            return await asyncio.shield(asyncio.wrap_future(question.answer))
        finally:
            self.leave(question)

    def get(self, name: str, /, **arguments: Any) -> Any:
        """Ask a question and block until it is answered.

        Raises:
            ServandaError: If the question cannot be answered, with the reason.
        """
        question = self.ask(name, **arguments)
        try:
            return question.answer.result()
        finally:
            self.leave(question)

    def waiting(self) -> int:
        """Number of questions that have not been started."""
        with self._changed:
            return len(self._soon) + len(self._later)

    def close(self) -> None:
        """End the process; open questions fail."""
        with self._changed:
            self._closed = True
            self.progress = Progress("failed", error="the server has ended")
            if self._at_work is not None:
                self._at_work.process.kill()
            self._give_up("the server has ended")
            self._changed.notify_all()
        self._thread.join(timeout=5)

    # ------------------------------------------------------------ the thread of the process

    def _run(self) -> None:
        """Keep a process running, and pass it questions until the desk is closed."""
        failures = 0
        while not self._closed and failures < STARTS:
            try:
                worker = Worker(_live, self._module, self._options)
            except (ServandaError, OSError) as error:
                self._fail(str(error))
                return
            with self._changed:
                self._at_work = worker
            try:
                if self._closed:
                    return
                if (reason := self._warmed(worker)) is not None:
                    self._fail(reason)
                    return
                failures = 0
                while (question := self._next()) is not None:
                    if not self._put(worker, question):
                        break
            except EOFError:
                failures += 1
            finally:
                worker.kill()
        if not self._closed:
            self._fail(DIED)

    def _warmed(self, worker: Worker) -> str | None:
        """Wait until a process is ready; the reason if it cannot be.

        Raises:
            EOFError: If it ends meanwhile.
        """
        while True:
            kind, *what = _received(worker)
            if kind == "ready":
                self._show(Progress("ready"))
                return None
            if kind == "failed":
                return str(what[0])
            if self.progress.phase != "ready":  # otherwise it is a replacement
                self._show(Progress("compiling", *what))

    def _show(self, progress: Progress) -> None:
        with self._changed:
            if not self._closed:
                self.progress = progress

    def _next(self) -> Question | None:
        """The next question; None when the desk is closed."""
        with self._changed:
            while not self._closed:
                if self._soon:
                    return self._soon.popleft()
                if self._later:
                    return self._later.popleft()
                self._changed.wait()
        return None

    def _put(self, worker: Worker, question: Question) -> bool:
        """Have a question answered; False if the process has ended."""
        worker.send((question.name, question.arguments))
        try:
            kind, *what = _received(worker)
        except EOFError:
            self._done(question, error=ServandaError("", DIED, REMEDY))
            return False
        if kind == "answer":
            answer = pickle.loads(what[0])
            self._done(question, answer, len(what[0]))
        else:
            self._done(question, error=ServandaError(*what))
        return True

    def _done(
        self, question: Question, answer: Any = None, size: int = 0, error: Exception | None = None
    ) -> None:
        with self._changed:
            self._open.pop(question.key, None)
            if error is None:
                self._answers.keep(question.key, answer, size)
        if not question.answer.done():
            if error is None:
                question.answer.set_result(answer)
            else:
                question.answer.set_exception(error)

    def _fail(self, error: str) -> None:
        """No process can be had: every question fails with this reason."""
        if self.progress.phase != "starting":  # before that, whoever starts the desk says so
            log.error("%s", error)
        with self._changed:
            self.progress = Progress("failed", error=error)
            self._give_up(error)

    def _give_up(self, why: str) -> None:
        for question in list(self._open.values()):
            if not question.answer.done():
                question.answer.set_exception(ServandaError("", why))
        self._open.clear()
        self._soon.clear()
        self._later.clear()


class _Shared:
    """The desk of this process."""

    desk: Desk | None = None


def share(desk: Desk) -> Desk:
    """Make a desk the one that all pages of this process use."""
    _Shared.desk = desk
    return desk


def shared() -> Desk:
    """The desk of this process; it is started if there is none."""
    return _Shared.desk or share(Desk())


def _received(worker: Worker) -> Any:
    """The worker's next message.

    Raises:
        EOFError: If it has ended.
    """
    try:
        return worker.pipe.recv()
    except OSError as error:
        raise EOFError from error


# ---------------------------------------------------------------- in the worker process


def _live(pipe: Pipe, module: str, options: dict[str, Any]) -> None:
    """Prepare the process, then answer questions until the pipe is closed."""

    def report(done: int, total: int) -> None:
        pipe.send(("compiling", done, total))

    try:
        functions = import_module(module)
        functions.warm(report, **options)
    except ServandaError as error:
        pipe.send(("failed", str(error)))
        return
    except Exception as error:  # noqa: BLE001 the page shows it
        traceback.print_exc()
        pipe.send(("failed", f"{type(error).__name__}: {error}"))
        return
    pipe.send(("ready",))
    while True:
        name, arguments = pipe.recv()
        pipe.send(_answered(getattr(functions, name), arguments))


def _answered(function: Callable[..., Any], arguments: dict[str, Any]) -> tuple[Any, ...]:
    """The answer as bytes, or the three parts of an error for users."""
    try:
        return "answer", pickle.dumps(function(**arguments))
    except ServandaError as error:
        if hasattr(error, "errors"):  # several faults of a scenario
            return "error", "", str(error), ""
        return "error", error.where, error.what, error.hint
    except Exception as error:  # noqa: BLE001 the page shows it and goes on
        traceback.print_exc()
        return "error", "", f"{type(error).__name__}: {error}", "this is a fault of the program"
