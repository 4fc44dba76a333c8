"""``python -m benchmarks.kills [--kills N] [--folders N] [--runs N]``: kill commands at random.

Every command of `benchmarks.victims` is first run undisturbed. Then commands, or one of their
workers, are sent SIGINT, SIGTERM, SIGHUP or SIGKILL at random moments, in several folders in turn,
until the number of kills is reached. After each kill, no process may be left after 5 seconds, no
finished run may be lost, the exit code must be right, and the next command must find no temporary
folder, or remove it. Finally every command is run to its end in each folder, and must leave the
same bits as the undisturbed command, with each run only once. The moments depend on the clock, so
they differ from call to call. Processes are read from ``/proc``, so this runs on Linux only.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle, product
from pathlib import Path
from typing import NamedTuple

from benchmarks.victims import VICTIMS, failed, faults, finished, furnish, prepare, repeated

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
ROOT = Path(__file__).resolve().parents[1]
MARK = "SERVANDA_KILLS"
"""Environment variable that marks the processes of a command, whatever their parent is."""
PATIENCE = 5.0
"""Seconds after which no process may be left."""
LONG = 600.0
"""Seconds after which a command counts as hung."""


class Hit(NamedTuple):
    """A planned kill: the command, the signal, and whether it goes to a worker."""

    command: str
    signal: signal.Signals
    worker: bool

    def __str__(self) -> str:
        """Such as ``SIGTERM to a worker of sweep``."""
        whom = f"a worker of {self.command}" if self.worker else self.command
        return f"{self.signal.name} to {whom}"


class Done(NamedTuple):
    """Result of a command that has ended."""

    code: int
    out: str
    err: str
    seconds: float


@dataclass
class Scene:
    """The environment of all commands.

    Args:
        room: Folder for all files.
        runs: Number of replicates.
        seconds: Duration of each command when undisturbed.
        said: Output of each command when undisturbed.
        wrong: Problems found, in sentences.
        slowest: The longest time that a process outlived its command, seconds.
    """

    room: Path
    runs: int
    seconds: dict[str, float] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def note(self, about: object, wrong: list[str]) -> None:
        """Record problems and print them."""
        for text in wrong:
            self.wrong.append(f"{about}: {text}")
            sys.stdout.write(f"WRONG: {about}: {text}\n")

    @property
    def whole(self) -> Path:
        """Folder of the undisturbed commands."""
        return self.room / "whole"

    @property
    def temporary(self) -> Path:
        """The folder for temporary files of all commands."""
        return self.room / "tmp"

    def start(self, token: str, *arguments: str) -> "subprocess.Popen[str]":
        """Start ``servanda``."""
        more = {MARK: token, "TMPDIR": str(self.temporary), "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, "-m", "sim", *arguments],
            cwd=self.room,
            env=os.environ | more,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def call(self, *arguments: str) -> Done:
        """Call ``servanda`` and wait for its end."""
        begun = time.monotonic()
        with self.start("", *arguments) as child:
            out, err = child.communicate(timeout=LONG)
        return Done(child.returncode, out, err, time.monotonic() - begun)


# ---------------------------------------------------------------- processes


def alive(token: str) -> dict[int, str]:
    """Command lines of the processes with this token, by their numbers."""
    wanted, found = f"{MARK}={token}".encode(), {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                found[int(folder.name)] = line.decode(errors="replace")
        except OSError:
            continue
    return found


def workers(token: str, parent: int) -> list[int]:
    """Processes of the workers of a command."""
    there = alive(token)
    return [pid for pid, line in there.items() if pid != parent and "spawn_main" in line]


# ---------------------------------------------------------------- one kill


def strike(scene: Scene, hit: Hit, place: Path, chance: random.Random) -> bool:
    """Call a command and kill it; False if it had already ended.

    Problems found afterwards are recorded.
    """
    victim, token = VICTIMS[hit.command], uuid.uuid4().hex
    prepare(victim, place, scene.whole)
    before = finished(place)
    with scene.start(token, *victim.arguments(place, scene.runs)) as child:
        moment = time.monotonic() + chance.uniform(0.0, scene.seconds[hit.command])
        while child.poll() is None and time.monotonic() < moment:
            time.sleep(0.01)
        there: list[int] = [child.pid]
        if hit.worker:
            while child.poll() is None and not (there := workers(token, child.pid)):
                time.sleep(0.01)
        if child.poll() is not None:
            child.communicate()
            return False
        before |= finished(place)
        try:
            os.kill(chance.choice(there), hit.signal)
        except ProcessLookupError:
            child.communicate(timeout=LONG)
            return False
        child.wait(timeout=LONG)
        wrong = _left(scene, token)
        err = child.communicate(timeout=LONG)[1]
    wrong += _ended_badly(hit, child.returncode, err)
    if lost := before - finished(place):
        wrong.append(f"{len(lost)} finished runs are lost in {place}")
    scene.note(hit, wrong)
    return True


def _ended_badly(hit: Hit, code: int, err: str) -> list[str]:
    """Problems with the exit code or the output of a killed command."""
    number = int(hit.signal)
    if hit.worker:  # it is replaced; without a store, the command ends with a message
        wanted = {0} if VICTIMS[hit.command].swept or hit.command == "compare" else {0, 2}
    elif hit.signal == signal.SIGKILL:
        wanted = {-number}
    else:  # it may have ended in time, or have been hit before it could handle signals
        wanted = {0, 128 + number, -number}
    wrong = [] if code in wanted else [f"exit code {code}: {err[-500:]}"]
    handled = code != -number
    return wrong + (["a traceback: " + err[-2000:]] if handled and "Traceback" in err else [])


def _left(scene: Scene, token: str) -> list[str]:
    """Processes that are left after a while, and temporary folders after the next command."""
    begun, wrong = time.monotonic(), []
    while (there := alive(token)) and time.monotonic() < begun + PATIENCE:
        time.sleep(0.02)
    scene.slowest = max(scene.slowest, time.monotonic() - begun)
    if there:
        wrong.append(f"processes are left after {PATIENCE:.0f} s: {there}")
        for pid in there:
            os.kill(pid, signal.SIGKILL)
    if list(scene.temporary.iterdir()):
        scene.call("scenarios")
        if left := [path.name for path in scene.temporary.iterdir()]:
            wrong.append(f"the next command leaves {', '.join(left)}")
    return wrong


# ---------------------------------------------------------------- all of it


def undisturbed(scene: Scene) -> None:
    """Run every command once, and record its duration and output."""
    for name, victim in VICTIMS.items():
        place = scene.whole / name
        prepare(victim, place, scene.whole)
        done = scene.call(*victim.arguments(place, scene.runs))
        if done.code:
            sys.exit(f"{name} fails undisturbed: {done.err}")
        scene.seconds[name], scene.said[name] = done.seconds, done.out


def killed(
    scene: Scene, hits: list[Hit], wanted: int, folders: int, chance: random.Random
) -> tuple[Counter[str], list[tuple[str, Path]]]:
    """Kill until the number is reached; return the hits and the folders in which they happened."""
    done: Counter[str] = Counter()
    places = {
        (name, nth): scene.room / str(nth) / name for name in VICTIMS for nth in range(folders)
    }
    touched: dict[Path, str] = {}
    for hit, nth in zip(cycle(hits), cycle(range(folders)), strict=False):
        place = places[hit.command, nth]
        touched[place] = hit.command
        if strike(scene, hit, place, chance):
            sys.stdout.write(f"{hit}\n")
            done[f"{hit.signal.name} {'worker' if hit.worker else 'parent'}"] += 1
        elif VICTIMS[hit.command].swept or hit.command == "run":
            # It ran to its end: the next call of this command gets a new folder.
            places[hit.command, nth] = place.with_name(f"{place.name}-{uuid.uuid4().hex[:6]}")
        if done.total() >= wanted:
            break
    return done, [(name, place) for place, name in touched.items()]


def let_end(scene: Scene, name: str, place: Path) -> None:
    """Run a command to its end, and record problems with what it leaves."""
    prepare(VICTIMS[name], place, scene.whole)
    done = scene.call(*VICTIMS[name].arguments(place, scene.runs))
    if done.code == 0 and name in {"sweep", "optimise"} and failed(place):
        scene.call("retry", str(place))  # a worker was hit twice in the same run
        done = scene.call(*VICTIMS[name].arguments(place, scene.runs))
    wrong = faults(name, place, scene.whole / name) if done.code == 0 else [done.err]
    if VICTIMS[name].says and done.out != scene.said[name]:
        wrong.append("its output differs from that of the undisturbed command")
    scene.note(f"{name} in {place}", wrong)


def main() -> None:
    """Kill commands, run them to their ends, check and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=40, help="how many")
    parser.add_argument("--folders", type=int, default=2, help="of each command, in turn")
    parser.add_argument("--runs", type=int, default=30, help="replicates: how long commands take")
    parser.add_argument("--only", action="append", choices=VICTIMS, help="this command; repeatable")
    given = parser.parse_args()
    for one in SIGNALS[
        :3
    ]:  # a shell may have set this process, and so its children, to ignore them
        signal.signal(one, signal.default_int_handler)
    seed, say = time.time_ns(), sys.stdout.write
    say(f"seed {seed}\n")
    chance = random.Random(seed)
    hits = [
        Hit(name, number, worker)
        for name, number, worker in product(given.only or VICTIMS, SIGNALS, (False, True))
        if VICTIMS[name].workers or not worker
    ]
    chance.shuffle(hits)
    with tempfile.TemporaryDirectory() as name:
        scene = Scene(Path(name), given.runs)
        scene.temporary.mkdir()
        scene.whole.mkdir()
        furnish(scene.room, given.runs)
        undisturbed(scene)
        say("undisturbed, seconds: ")
        say(", ".join(f"{name} {took:.1f}" for name, took in scene.seconds.items()) + "\n")
        done, places = killed(scene, hits, given.kills, given.folders, chance)
        say(f"{done.total()} killed in {len(places)} folders: ")
        say(", ".join(f"{number} {what}" for what, number in sorted(done.items())) + "\n")
        twice = sum(repeated(place) for _, place in places)
        for command, place in places:
            let_end(scene, command, place)
        say(f"a process outlived its command by {scene.slowest:.1f} s at most; ")
        say(f"{twice} runs stood in two chunks, with the same values\n")
        if scene.wrong:
            sys.exit(1)
    say("nothing lost, nobody left, no temporary folder, the same bits\n")


if __name__ == "__main__":
    main()
