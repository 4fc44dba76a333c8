"""Claims about the worker process: one run for equal questions, and no orphans."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.errors import ServandaError
from sim.view.server.worker import Answers, Desk
from tests.machine.test_workers import gone, until

ROOT = Path(__file__).resolve().parents[2]
MODULE = "tests.view.slow_questions"


@pytest.fixture(scope="module")
def desk():
    made = Desk(module=MODULE)
    yield made
    made.close()


def test_equal_questions_are_one_run(desk, tmp_path):
    file, gate = str(tmp_path / "calls"), str(tmp_path / "gate")
    desk.ask("wait_for", file=gate)
    asked = [desk.ask("counted", file=file, number=1) for _ in range(3)]
    Path(gate).touch()
    assert [one.answer.result(30) for one in asked] == [1, 1, 1]
    assert desk.get("counted", file=file, number=1) == 1
    assert desk.get("counted", number=2, file=file) == 2
    assert Path(file).read_text(encoding="ascii").split() == ["1", "2"]


def test_a_queued_question_that_nobody_waits_for_is_dropped(desk, tmp_path):
    file, gate = str(tmp_path / "calls"), str(tmp_path / "gate")
    busy = desk.ask("wait_for", file=gate)
    assert until(lambda: desk.waiting() == 0)
    left = desk.ask("counted", file=file, number=1)
    shared = [desk.ask("counted", file=file, number=2) for _ in range(2)]
    desk.leave(left)
    desk.leave(shared[0])
    assert desk.waiting() == 1
    Path(gate).touch()
    assert busy.answer.result(30)
    assert shared[1].answer.result(30) == 2
    assert Path(file).read_text(encoding="ascii").split() == ["2"]


def test_what_can_wait_goes_last(desk, tmp_path):
    file, gate = str(tmp_path / "calls"), str(tmp_path / "gate")
    desk.ask("wait_for", file=gate)
    assert until(lambda: desk.waiting() == 0)
    background = [desk.ask("counted", later=True, file=file, number=k) for k in (1, 2)]
    wanted = desk.ask("counted", file=file, number=3)
    desk.ask("counted", file=file, number=2)  # somebody needs this one now
    Path(gate).touch()
    for one in (*background, wanted):
        one.answer.result(30)
    assert Path(file).read_text(encoding="ascii").split() == ["3", "2", "1"]


def test_an_error_is_told_and_the_process_goes_on(desk):
    with pytest.raises(ServandaError, match="seed: is not a whole number; give 1"):
        desk.get("refuse")
    with pytest.raises(ServandaError, match="ValueError: odd"):
        desk.get("stumble")
    assert desk.get("large", number=1, size=2) == b"\x01\x01"


def test_a_process_that_dies_is_told_and_replaced(desk, tmp_path):
    gate = tmp_path / "gate"
    gate.touch()
    before = desk.get("wait_for", file=str(gate))
    with pytest.raises(ServandaError, match="perhaps because memory ran out"):
        desk.get("die")
    gate = tmp_path / "second"
    gate.touch()
    assert desk.get("wait_for", file=str(gate)) != before
    assert gone(before)


def test_answers_are_kept_as_long_as_there_is_room():
    answers = Answers(100)
    answers.keep("a", 1, 40)
    answers.keep("b", 2, 40)
    assert answers["a"] == 1
    answers.keep("c", 3, 40)
    assert [key in answers for key in "abc"] == [True, False, True]
    answers.keep("d", 4, 101)
    assert "d" not in answers
    assert answers.used == 80


def test_a_process_that_cannot_be_prepared_answers_with_the_reason():
    desk = Desk(module=MODULE, broken=True)
    asked = desk.ask("large", number=1, size=1)
    with pytest.raises(ServandaError, match="cannot be written"):
        asked.answer.result(30)
    assert desk.progress.phase == "failed"
    with pytest.raises(ServandaError, match="cannot be written"):
        desk.get("large", number=2, size=1)
    desk.close()


def test_who_waits_for_a_desk_that_is_closed_is_told(tmp_path):
    desk = Desk(module=MODULE)
    asked = desk.ask("wait_for", file=str(tmp_path / "never"))
    assert until(lambda: desk.progress.phase == "ready")
    desk.close()
    with pytest.raises(ServandaError, match="has ended"):
        asked.answer.result(5)
    assert desk.progress.phase == "failed"


def test_no_process_outlives_a_killed_parent(tmp_path):
    gate = tmp_path / "gate"
    gate.touch()
    script = tmp_path / "holder.py"
    script.write_text(
        "import sys, time\n"
        "from sim.view.server.worker import Desk\n"
        "if __name__ == '__main__':\n"
        f"    desk = Desk(module={MODULE!r})\n"
        f"    print(desk.get('wait_for', file={str(gate)!r}), flush=True)\n"
        f"    desk.ask('wait_for', file={str(tmp_path / 'never')!r})\n"
        "    time.sleep(600)\n",
        encoding="utf-8",
    )
    held = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    try:
        worker = int(held.stdout.readline())
        assert not gone(worker)
        held.send_signal(signal.SIGKILL)
        held.wait(30)
        assert until(lambda: gone(worker))
    finally:
        held.kill()
        held.stdout.close()
