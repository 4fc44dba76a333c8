"""Claims about workers: no orphans, one-line reasons, and the main script is only imported."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.errors import ServandaError
from sim.machine.workers import Pool

HERE = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
STARTS = """
from sim.machine.workers import Pool
from tests.machine.test_workers import linger
if __name__ == "__main__":
    for _ in Pool(2).each(linger, [(600,), (600,)]):
        pass
"""
UNGUARDED = """
from sim.machine.workers import Pool
from tests.machine.test_workers import double
list(Pool(2).each(double, [(1,)]))
"""


def linger(seconds):
    sys.stdout.write(f"{os.getpid()}\n")
    sys.stdout.flush()
    time.sleep(seconds)


def double(number):
    if number == 3:
        raise ValueError("three")
    return 2 * number


def die(number):
    os.kill(os.getpid(), signal.SIGKILL)


def gone(pid):
    """Whether a process has ended; one whose parent has not asked for its exit code has, too."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


@pytest.fixture
def pool():
    made = Pool(2)
    yield made
    made.close()


def test_calls_come_back_with_their_places_and_workers_stay(pool):
    for _ in range(2):
        assert sorted(pool.each(double, [(1,), (2,), (5,)])) == [(0, 2), (1, 4), (2, 10)]
    assert list(pool.each(double, [])) == []


def test_what_a_call_raises_is_raised_here_with_where_it_was(pool):
    with pytest.raises(ValueError, match="three") as caught:
        list(pool.each(double, [(3,), (4,)]))
    assert "in double" in caught.value.__notes__[0]
    assert dict(pool.each(double, [(4,)])) == {0: 8}


def test_a_worker_that_is_killed_ends_the_calls_with_a_line(pool):
    with pytest.raises(ServandaError, match="jobs: a worker process was killed, perhaps because"):
        list(pool.each(die, [(1,)]))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_workers_end_with_a_parent_that_was_killed(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(STARTS, encoding="utf-8")
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=HERE) as parent:
        assert parent.stdout is not None
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        assert not any(map(gone, workers))
        parent.kill()
    assert until(lambda: all(map(gone, workers)))


def test_a_script_without_the_guard_is_refused_in_its_last_line(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(UNGUARDED, encoding="utf-8")
    command = [sys.executable, str(script)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=HERE)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith('put the call under `if __name__ == "__main__":`')
    assert done.stderr.count("Traceback") == 1
