"""Claims about sweeps on a Dask cluster; they need the extra `cluster`."""

import os
import random
import socket
import subprocess
import sys
import time
from functools import partial

import pytest

import sim
from sim.errors import ServandaError
from sim.runs.cluster import Cluster
from tests.experiment.small import swept
from tests.experiment.test_sweep import ROOT, SIXTY, count, same

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
SWEEP = """
import sys
from sim.runs.cluster import Cluster
from sim.runs.sweep import sweep
from tests.experiment.test_sweep import SIXTY
sweep(SIXTY, sys.argv[1], workers=lambda _: Cluster(sys.argv[2]), seconds=0.1)
"""


@pytest.mark.parametrize("address", ["", "foo", "tcp://a", "file:///a:1", "a:0"])
def test_what_is_no_address_is_refused_before_anybody_waits_for_it(address):
    with pytest.raises(ServandaError, match="is not the address of a scheduler; write tcp://"):
        Cluster(address)


def free():
    """A socket that listens to nobody, and its address."""
    one = socket.socket()
    one.bind(("127.0.0.1", 0))
    return one, f"tcp://127.0.0.1:{one.getsockname()[1]}"


def test_a_cluster_that_loses_a_worker_gives_the_same_bits(tmp_path):
    closed, address = free()
    closed.close()
    folder, python = tmp_path / "sweep", sys.executable
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH')}"}
    start = partial(subprocess.Popen, env=environment, stderr=subprocess.DEVNULL)
    quiet = "--no-dashboard"
    place = ("scheduler", "--host", "127.0.0.1", "--port", address.rpartition(":")[2])
    own = ("--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path / "dask"))
    started = [
        start([python, "-m", f"distributed.cli.dask_{role}", *words, quiet])
        for role, *words in (place, ("worker", address, *own), ("worker", address, *own))
    ]
    try:
        child = subprocess.Popen([python, "-c", SWEEP, str(folder), address], cwd=ROOT)
        wanted = random.randint(4, 10)
        while child.poll() is None and count(folder) < wanted:
            time.sleep(0.01)
        assert child.poll() is None
        started[1].kill()
        assert child.wait(timeout=120) == 0
    finally:
        for process in started:
            process.kill()
            process.wait()
    swept(tmp_path / "alone", SIXTY)
    same(sim.results(folder), sim.results(tmp_path / "alone"))
