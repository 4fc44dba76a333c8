"""Claims about code of others: nothing of it runs unless the user says so, and nothing it does
passes for an answer.
"""

import pytest

import sim
from sim import permission
from sim.permission import digest
from sim.scenario.checking.check import ScenarioErrors

HEAD = 'format = 1\ntitle = "T"\n'
VILLAGE = f'{HEAD}extends = "village"\nextensions = ["evil.py"]\n'
EVIL = """
from pathlib import Path
from sim.levers.lever import Lever
from sim.indicator import Ratio
Path({trace!r}).write_text("it ran")

def extend(model):
    model.lever("evil.share", Lever(title="E", zh="E", unit="share", low=0.0, high=1.0, off=0.0,
                                    reads="claim", expected=""))
    done = model.count("done")
    model.indicator(Ratio(name="evildoing", title="E", zh="E", unit="1",
                          numerator=(done,), denominator=(done,)))
"""
SMALL = ("--debtors", "40", "--months", "2")
FAILING = """def extend(model):
    def fail(world):
        raise ValueError('no')
    model.phase(fail, after='trace')
"""


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write files by name into the working folder."""
    monkeypatch.chdir(tmp_path)

    def written(**texts):
        for name, text in texts.items():
            (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")

    return written


@pytest.fixture
def trace(tmp_path, write):
    """A folder with a scenario whose extension leaves a trace when it runs, and that trace."""
    left = tmp_path / "trace"
    grid = f'{HEAD}base = "w.toml"\ndebtors = 40\nmonths = 2\nindicators = ["evildoing"]\n'
    grid += '[design]\nkind = "grid"\n[factors]\n"evil.share" = [0.0, 0.5]\n'
    child = f'{HEAD}extends = "w.toml"\n'
    write(evil_py=EVIL.format(trace=str(left)), w_toml=VILLAGE, child_toml=child, grid_toml=grid)
    return left


@pytest.mark.parametrize(
    "words",
    [
        ("run", "w.toml", *SMALL),
        ("run", "child.toml", "--set", "evil.share=0.5", *SMALL),
        ("explain", "w.toml", "--month", "1"),
        ("plan", "grid.toml", "--no-measure"),
        ("sweep", "grid.toml", "--out", "out"),
        ("compare", "village", "child.toml", "--replicates", "2", *SMALL),
        ("cost", "w.toml", *SMALL),
        ("effects", "--scenario", "w.toml", *SMALL),
        ("optimise", "grid.toml", "--out", "out"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_no_command_runs_code_that_was_not_allowed(call, trace, tmp_path, words):
    done = call(*words)
    assert (done.exit_code, trace.exists(), (tmp_path / "out").exists()) == (2, False, False)
    (line,) = [line for line in done.stderr.splitlines() if "evil.py" in line]
    assert f"{tmp_path}/evil.py is code and was not run (sha256 " in line
    assert digest((tmp_path / "evil.py").read_bytes())[:16] in line
    assert line.endswith("read it, then give --allow-code")


@pytest.mark.parametrize("file", ["child.toml", "grid.toml"])
def test_check_names_code_that_it_did_not_run_and_checks_the_rest(call, trace, file):
    done = call("check", file)
    assert (done.exit_code, trace.exists()) == (0, False)
    assert "evil.py is code and was not run" in done.stderr
    assert "ok (" not in done.stdout
    assert "no other errors; the rest cannot be checked without that code" in done.stdout


def test_a_run_that_is_refused_has_run_no_code_though_it_was_allowed(refused, trace):
    said = refused("run", "w.toml", "--debtors", "-5", "--allow-code")
    assert said.startswith("--debtors: -5 is out of range")
    assert not trace.exists()


def test_what_is_allowed_runs_and_the_permission_ends_with_the_text(shown, call, trace, write):
    shown("run", "w.toml", *SMALL, "--allow-code")
    assert trace.exists()
    trace.unlink()
    other = EVIL.format(trace=str(trace)) + "# another text\n"
    write(evil_py=other)
    assert "was not run" in call("check", "w.toml").stderr
    assert not trace.exists()
    shown("check", "grid.toml", "--allow-code")
    assert trace.exists()


def test_workers_inherit_the_permission_and_a_folder_never_grants_it(call, spawn, trace):
    done = call("sweep", "grid.toml", "--out", "out", "--jobs", "2", "--allow-code")
    assert done.exit_code == 0, done.stderr
    assert "2 done now" in done.stderr
    again = spawn("-m", "sim", "sweep", "grid.toml", "--out", "out")
    assert again.returncode == 2
    assert "was not run" in again.stderr


def test_in_python_code_is_allowed_by_an_argument_or_by_its_file(trace, tmp_path, write):
    with pytest.raises(ScenarioErrors, match="is code and was not run"):
        sim.load("w.toml")
    sim.allow_code(tmp_path / "evil.py")
    assert sim.load("w.toml").added.levers.keys() == {"evil.share"}
    write(evil_py="def extend(model): pass")
    with pytest.raises(ScenarioErrors, match="is code and was not run"):
        sim.World("w.toml")
    assert sim.World("w.toml", allow_code=True).setup.added.levers == {}


@pytest.mark.parametrize("code", ["raise SystemExit(0)", "raise BaseException('no')"])
def test_an_extension_that_exits_is_an_error_of_its_file(refused, tmp_path, write, code):
    write(evil_py=f"def extend(model): {code}", w_toml=VILLAGE)
    said = refused("check", "w.toml", "--allow-code")
    assert said.startswith(f"w.toml:4: extensions: {tmp_path}/evil.py: cannot be run: ")


def test_failed_runs_are_not_repeated_without_the_permission(call, write):
    plain = f'{HEAD}base = "w.toml"\ndebtors = 40\nmonths = 1\nset = {{ "run.burn_in" = 0 }}\n'
    write(evil_py=FAILING, w_toml=VILLAGE, e_toml=plain)
    done = call("sweep", "e.toml", "--out", "out", "--jobs", "1", "--allow-code")
    assert "1 run failed" in done.stderr
    permission._GRANTED.digests.clear()  # as in another process
    assert "evil.py is code and was not run" in call("retry", "out", "--jobs", "1").stderr
    assert "1 run failed" in call("retry", "out", "--jobs", "1", "--allow-code").stderr
