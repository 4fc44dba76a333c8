"""Claims about the benchmark of the limit: bytes are counted right, and perf is asked if there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.apart import Asked, aged
from benchmarks.limit import Bandwidth, add_scaled, counted, instructions, share
from benchmarks.touched import Marks, Month, Watching, charged
from sim.agents.creditor import Creditor
from sim.agents.debtor.debtor import Debtor
from sim.engine.record import LINE, dtype

ROOT = Path(__file__).resolve().parents[2]
SMALL = Asked(200, warm_up=4, months=1)


@pytest.fixture(scope="module")
def watching():
    """A world whose last month was watched, and the passes of that month, by kernel."""
    execution = Watching()
    world = aged(SMALL, execution)
    execution.passes = []
    world.run_for(1)
    return world, {one.kernel: one for one in execution.passes}


def test_watching_changes_nothing(watching):
    world, _ = watching
    plain = aged(SMALL)
    plain.run_for(1)
    for table in ("debtors", "claims", "creditors"):
        mine, other = (getattr(one.simulation, table).rows for one in (world, plain))
        assert len(mine) == len(other)
        for name in mine.dtype.names:
            np.testing.assert_allclose(mine[name], other[name], rtol=1e-12)


def lines_of(kind, field, rows):
    """Lines that one field of all rows lies in, from the layout of the record."""
    inner, offset = dtype(kind).fields[field][:2]
    firsts = np.arange(rows) * dtype(kind).itemsize + offset
    return {n for at in firsts for n in range(at // LINE, (at + inner.itemsize - 1) // LINE + 1)}


def test_a_kernel_is_charged_the_lines_of_the_fields_that_it_touches(watching):
    world, passes = watching
    marks = passes["closing.sum_debtors"].marks["debtors"]
    assert marks.line_bytes == LINE * len(lines_of(Debtor, "assets", 200))
    assert marks.record_bytes == 200 * dtype(Debtor).itemsize
    creditors = len(world.simulation.creditors)
    cash = passes["closing.sum_creditors"].marks["creditors"]
    assert cash.line_bytes == LINE * len(lines_of(Creditor, "cash", creditors))
    assert not passes["closing.sum_funds"].marks["debtors"].lines


def test_what_is_written_counts_twice(watching):
    marks = Marks()
    marks.width = 320
    marks.note(0, 60, 8, write=False)
    assert (marks.line_bytes, marks.record_bytes) == (2 * LINE, 320)
    marks.note(0, 8, 8, write=True)
    assert (marks.line_bytes, marks.record_bytes) == (3 * LINE, 640)
    _, passes = watching
    income = passes["economy.live"].marks["debtors"]
    assert len(income.dirty) > 200
    assert len(income.changed) == 200


def test_a_month_in_one_pass_moves_less_than_one_pass_after_the_other(watching):
    world, passes = watching
    found = charged(list(passes.values()), 200, len(world.claims))
    assert 0 < found.once < found.lines
    assert found.lines == pytest.approx(sum(sum(one.values()) for _, one in found.passes))
    assert 0 < found.claims < 1
    names = [name for name, _ in found.passes]
    assert names.index("economy.live") < names.index("learning.learn")


def test_the_triad_adds():
    a, b, c = np.zeros(5), np.arange(5.0), np.ones(5)
    add_scaled(a, b, c, 3.0)
    assert a.tolist() == [3, 4, 5, 6, 7]


def test_the_share_is_the_median_of_pairs():
    touched = Month(records=0, lines=800, once=400, claims=0.1, passes=[])
    rates = [Bandwidth(10.0, 8.0), Bandwidth(5.0, 4.0), Bandwidth(8.0, 10.0)]
    found = share(1_000, 1, [400.0, 400.0, 100.0], rates, touched)
    assert found["limit_ns"] == pytest.approx(80)
    assert found["share"] == pytest.approx(0.4)
    assert found["share_once"] == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("123456,,instructions:u,1000,100.00,,\n", 123456.0),
        ("note\n<not supported>,,instructions:u,0,100.00,,\n", None),
        ("<not counted>,,instructions:u,0,0.00,,\n", None),
        ("", None),
    ],
)
def test_what_perf_says_is_read(text, count):
    found, reason = counted(text)
    assert found == count
    assert (not reason) is (count is not None)


FAKE = """#!{python}
import re, subprocess, sys
command = sys.argv[sys.argv.index("instructions:u") + 1:]
code = subprocess.run(command).returncode
asked = dict(re.findall(r"(size|months)=(\\d+)", command[-1]))
count = 5_000_000 + 7 * int(asked.get("size", 0)) * int(asked.get("months", 0))
print(f"{{count}},,instructions:u,1,100.00,,", file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for perf is a script with a first line")
def test_instructions_are_those_of_the_months_alone(tmp_path, monkeypatch):
    perf = tmp_path / "perf"
    perf.write_text(FAKE.format(python=sys.executable), encoding="utf-8")
    perf.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = instructions([50], Asked(1, warm_up=1, months=2))
    assert found == {"per_debtor_month": {50: 7.0}, "unknown_because": ""}


def test_a_small_run_without_perf(tmp_path):
    file = tmp_path / "limit.json"
    words = ["--sizes", "300", "--months", "1", "--warm-up", "2", "--repeats", "1"]
    words += ["--watched", "100", "--megabytes", "8"]
    command = [sys.executable, "-m", "benchmarks.limit", *words, "--json", str(file)]
    only = os.environ | {"PATH": str(tmp_path), "PYTHON_CPU_COUNT": "1"}
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=only)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(file.read_text(encoding="utf-8"))
    assert all(row["copy"] > 0.1 and row["triad"] > 0.1 for row in found["bandwidth"])
    assert found["months_by_size"][0]["debtors"] == 300
    assert 0 < found["months_by_size"][0]["share"] < 1
    assert found["instructions"]["unknown_because"] == "perf is missing"
    assert "instructions are not known: perf is missing" in ran.stdout
    assert "economy.live" in ran.stdout
