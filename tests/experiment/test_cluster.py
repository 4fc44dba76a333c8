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
from sim.errors import ServandaError
from sim.runs.cluster import Cluster, checked
from sim.runs.sweep import sweep
from tests.experiment.small import Small, inline
from tests.experiment.test_sweep import count, same

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
ROOT = Path(__file__).resolve().parents[2]
SWEEP = """
import sys
from sim.runs.cluster import Cluster
from sim.errors import ServandaError
from sim.runs.cluster import Cluster, checked
from sim.runs.sweep import sweep
from tests.experiment.small import Small
made = Small(count=10, replicates=6)
sweep(made, sys.argv[1], workers=lambda _: Cluster(sys.argv[2]), seconds=0.1)
"""


@pytest.mark.parametrize("address", ["", "foo", "tcp://", "tcp://a", "file:///a:1", "a b:1", "a:0"])
def test_what_is_no_address_is_refused_before_anybody_waits_for_it(address):
    with pytest.raises(ServandaError, match="is no address of a scheduler; write tcp://"):
        Cluster(address)


@pytest.mark.parametrize(
    "address", ["tcp://10.0.0.1:8786", "tls://head.cluster:8786/", "node-1:80", "tcp://[::1]:8786"]
)
def test_schedulers_have_addresses_of_several_forms(address):
    assert checked(address) == address


def test_a_scheduler_that_does_not_answer_is_given_up(monkeypatch):
    monkeypatch.setattr("sim.runs.cluster.ANSWER", 0.5)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))  # nobody listens
        address = f"tcp://127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(ServandaError, match=r"no scheduler with workers answers.*start both"):
            Cluster(address)


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
    sweep(Small(count=10, replicates=6), tmp_path / "alone", workers=inline)
    same(sim.results(folder), sim.results(tmp_path / "alone"))
