"""Claims about how many processes and threads may be started."""

import pytest

from sim.errors import ServandaError
from sim.machine import processors as machine
from sim.machine.processors import bounded, processors


@pytest.fixture
def groups(tmp_path, monkeypatch):
    """A machine of 8 processors whose control groups are files of the test."""

    def made(membership, **files):
        (tmp_path / "cgroup").write_text(membership, encoding="utf-8")
        for name, text in files.items():
            path = tmp_path / "fs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="ascii")
        monkeypatch.setattr(machine, "MEMBERSHIP", tmp_path / "cgroup")
        monkeypatch.setattr(machine, "GROUPS", tmp_path / "fs")
        monkeypatch.setattr(machine, "_allowed", lambda: 8)
        return processors()

    return made


def test_a_container_lends_no_more_than_its_quota(groups):
    assert groups("0::/\n", **{"cpu.max": "250000 100000\n"}) == 3
    assert groups("0::/a/b\n", **{"cpu.max": "max 100000", "a/cpu.max": "100000 100000"}) == 1
    assert groups("0::/c\n", **{"c/cpu.max": "max 100000\n"}) == 8
    v1 = {"cpu,cpuacct/cpu.cfs_quota_us": "400000", "cpu,cpuacct/cpu.cfs_period_us": "100000"}
    assert groups("9:memory:/x\n4:cpu,cpuacct:/x\n", **v1) == 4
    for unknown in ("", "nonsense", "1:cpu:/gone"):
        assert groups(unknown) == 8


def test_what_no_machine_could_use_is_refused(monkeypatch):
    monkeypatch.setattr(machine, "processors", lambda: 2)
    assert bounded(None, "--jobs") == 2
    assert bounded(16, "--jobs") == 16
    for wanted in (17, 10**9, 0):
        with pytest.raises(ServandaError, match="2 processors can be used here; give 1 to 16"):
            bounded(wanted, "--jobs")
