"""Claims about sweeps on a Dask cluster; they need the extra `cluster`."""

import os
import random
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sim
from sim.experiment.sweep import sweep
from tests.experiment.small import Small, inline
from tests.experiment.test_sweep import count, same

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
ROOT = Path(__file__).resolve().parents[2]
SWEEP = """
import sys
from sim.experiment.cluster import Cluster
from sim.experiment.sweep import sweep
from tests.experiment.small import Small
sweep(Small(count=10, replicates=6), sys.argv[1], crew=lambda _: Cluster(sys.argv[2]), seconds=0.1)
"""


def start(*arguments):
    command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH')}"}
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)


def test_a_cluster_that_loses_a_worker_gives_the_same_bits(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    port = address.rpartition(":")[2]
    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
    worker = ("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
    place = ("--local-directory", str(tmp_path / "dask"))
    workers = [start(*worker, *place) for _ in range(2)]
    folder = tmp_path / "sweep"
    try:
        child = subprocess.Popen([sys.executable, "-c", SWEEP, str(folder), address], cwd=ROOT)
        wanted = random.randint(4, 10)
        while child.poll() is None and count(folder) < wanted:
            time.sleep(0.01)
        assert child.poll() is None
        workers[0].kill()
        assert child.wait(timeout=120) == 0
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()
    sweep(Small(count=10, replicates=6), tmp_path / "alone", crew=inline)
    same(sim.results(folder), sim.results(tmp_path / "alone"))
