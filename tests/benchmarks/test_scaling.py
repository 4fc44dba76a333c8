"""Claims about the benchmark of costs by size: what it measures, fits and refuses."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.apart import Asked, Spent
from benchmarks.scaling import exponent, gains, line, options, summary

ROOT = Path(__file__).resolve().parents[2]
TINY = ["--sizes", "100", "--threads", "1", "--months", "2", "--warm-up", "2", "--repeats", "1"]


def test_a_small_run_measures_a_size_and_every_rate_of_claims(tmp_path):
    file = tmp_path / "scaling.json"
    more = ["--held", "300", "--densities", "0", "3", "--json", str(file)]
    command = [sys.executable, "-m", "benchmarks.scaling", *TINY, *more]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(file.read_text(encoding="utf-8"))
    assert [row["debtors"] for row in found["sizes"]] == [100]
    rows = found["sizes"] + found["densities"]
    assert all(row["clock_ns"] > 0 and row["processor_ns"] > 0 for row in rows)
    assert all(0 < sum(row["phases_ns"].values()) < row["clock_ns"] for row in rows)
    idle, dense = found["densities"]
    assert idle["claims"] == 0.0
    assert dense["claims"] > 0.0
    assert found["claims"]["clock_ns"]["largest_deviation_ns"] < 1e-3  # two points lie on a line
    assert found["exponents"][0]["clock_ns"] is None  # one size has none
    assert "exponent from 10,000 debtors on, one thread: –" in ran.stdout
    assert "300 debtors, one thread" in ran.stdout


def test_help_explains_and_nonsense_is_refused(capsys):
    with pytest.raises(SystemExit, match="0"):
        options().parse_args(["--help"])
    said = capsys.readouterr().out
    assert "--densities" in said
    assert "least\nsquares" in said
    for wrong in (["--sizes", "0"], ["--months", "x"], ["--repeats", "-1"]):
        with pytest.raises(SystemExit, match="2"):
            options().parse_args(wrong)


def test_the_exponent_is_that_of_the_large_worlds():
    rows = [{"debtors": n, "clock_ns": 50 * n**0.25} for n in (10**4, 10**5, 10**6)]
    small = {"debtors": 1_000, "clock_ns": 9_000.0}
    assert exponent([small, *rows], "clock_ns", 10_000) == pytest.approx(1.25)
    assert exponent([small, *rows], "clock_ns", 1_000) < 1.1
    assert exponent(rows, "clock_ns", 10**6) is None


def test_the_line_tells_debtors_from_claims():
    rows = [{"claims": c, "clock_ns": 200 + 1_700 * c} for c in (0.0, 0.1, 0.4)]
    found = line(rows, "clock_ns")
    assert found["idle_debtor_ns"] == pytest.approx(200)
    assert found["claim_ns"] == pytest.approx(1_700)
    rows[1]["clock_ns"] += 90
    assert line(rows, "clock_ns")["largest_deviation_ns"] > 30
    assert line(rows[:1], "clock_ns") is None
    assert line([], "clock_ns") is None


def spent(clock, peak=4_000):
    return Spent(clock, 2 * clock, claims=30.0, peak=peak, phases={"earning": clock / 2})


def test_figures_are_medians_per_debtor_and_month():
    found = summary(Asked(100, months=3), [spent(3e-6), spent(6e-6), spent(90e-6, 5_000)])
    assert found["clock_ns"] == pytest.approx(20)
    assert found["processor_ns"] == pytest.approx(40)
    assert found["phases_ns"]["earning"] == pytest.approx(10)
    assert found["claims"] == pytest.approx(0.1)
    assert found["peak_bytes"] == pytest.approx(40)


def test_threads_are_compared_within_each_repeat():
    found = gains(
        {
            Asked(100): [spent(1.0), spent(4.0), spent(2.0)],
            Asked(100, 2): [spent(0.5), spent(2.0), spent(4.0)],
            Asked(200): [spent(1.0)] * 3,
        }
    )
    assert found == [{"debtors": 100, "threads": 2, "ratio": 2.0}]
