"""Claims about ``servanda sweep`` and the commands that look at its folder."""

import json
import re
import sys
from types import SimpleNamespace

import pytest

import sim
from sim.cli.console.progress import counter
from tests.experiment.small import Inline, Small, inline
from tests.good_folders import small


@pytest.fixture
def swept(call, monkeypatch):
    """A sweep of six runs in this process, by the command."""
    experiment = Small()

    def sweep(*arguments, unsound=(), workers=inline):
        experiment.unsound = unsound
        loader = SimpleNamespace(load_experiment=lambda source, overrides=None: experiment)
        monkeypatch.setitem(sys.modules, "sim.experiment.reading.file", loader)
        monkeypatch.setattr("sim.runs.sweep._local_workers", lambda jobs: workers)
        return call("sweep", "small.toml", *arguments)

    return sweep


def test_a_sweep_goes_on_where_it_stopped(swept, call, tmp_path):
    done = swept("--out", tmp_path, "--limit", 2)
    assert done.exit_code == 0
    assert done.stdout.strip() == str(tmp_path)
    assert "0 of 6 runs were already done, 2 done now, 4 left" in done.stderr
    assert "small: 2 of 6 runs done" in call("status", tmp_path).stdout
    assert "2 of 6 runs were already done, 4 done now, 0 left" in swept("--out", tmp_path).stderr
    told = json.loads(call("status", tmp_path, "--json").stdout)
    assert (told["done"], told["failed"], told["missing"]) == (6, 0, 0)
    assert not told["at_work"]


def test_a_sweep_that_has_hardly_begun_can_be_looked_at(swept, call, tmp_path):
    class Stopped(Inline):
        def wait(self):
            raise KeyboardInterrupt

        def finish(self):
            return []

    swept("--out", tmp_path, workers=lambda _: Stopped())
    assert "small: 0 of 6 runs done" in call("status", tmp_path).stdout
    assert sim.results(tmp_path).runs.empty
    assert sim.results(tmp_path).series.empty
    assert "already compact" in call("compact", tmp_path).stdout


def test_without_a_folder_a_sweep_is_named_after_its_file(swept, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    swept()
    assert (tmp_path / "results" / "small" / "experiment.json").exists()


def test_shards_are_parts_of_one_sweep(swept, tmp_path):
    for part in ("1/2", "2/2"):
        assert swept("--out", tmp_path, "--shard", part).exit_code == 0
    assert len(sim.results(tmp_path).runs) == 6
    wrong = swept("--out", tmp_path, "--shard", "3/2")
    assert wrong.exit_code == 2
    assert wrong.stderr.strip() == "--shard: '3/2' is no part of a whole; write 2/8, say"


@pytest.mark.parametrize("option", ["--shard=", "--dask=", "--dask=foo", "--jobs=1000000000"])
def test_an_option_without_sense_is_refused_before_anything_is_written(swept, tmp_path, option):
    done = swept("--out", tmp_path / "new", option)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"{option.partition('=')[0]}: ")
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_what_failed_is_told_and_tried_again(swept, call, tmp_path):
    assert "3 runs failed" in swept("--out", tmp_path, unsound=(1,)).stderr
    told = call("status", tmp_path).stdout
    assert re.search(r"failed +3\n", told)
    assert "3 x --set levers.sanctions.late_interest" in told
    assert "phase build, seed" in told
    assert "3 runs failed" in call("retry", tmp_path).stderr


def test_a_stopped_sweep_says_what_is_kept(swept, tmp_path):
    class Stopped(Inline):
        def wait(self):
            if len(self.sizes) > 1:
                raise KeyboardInterrupt
            return super().wait()

        def finish(self):
            return []

    stopped = swept("--out", tmp_path, workers=lambda _: Stopped())
    assert stopped.exit_code == 130
    assert "1 run more is kept; the same command resumes the sweep" in stopped.stderr
    assert len(sim.results(tmp_path).runs) == 1
    assert swept("--out", tmp_path).exit_code == 0


def test_tables_are_asked_in_sql(swept, call, tmp_path):
    swept("--out", tmp_path)
    asked = "SELECT point, count(*) AS n FROM runs GROUP BY point ORDER BY point"
    assert call("query", tmp_path, asked, "--csv").stdout == "point,n\n0,3\n1,3\n"
    assert "n\n" in call("query", tmp_path, "SELECT count(*) AS n FROM series").stdout
    for nothing in ("", " ", "/* a remark */"):
        empty = call("query", tmp_path, nothing)
        assert empty.exit_code == 2
        assert empty.stderr.startswith("SQL: nothing is asked; write ")
    wrong = call("query", tmp_path, "SELECT nothing FROM runs")
    assert wrong.exit_code == 2
    assert "nothing" in wrong.stderr


def test_a_compacted_sweep_holds_the_same(swept, call, tmp_path):
    swept("--out", tmp_path, "--limit", 1)
    swept("--out", tmp_path)
    before = sim.results(tmp_path)
    runs, series = before.runs, before.series
    assert "merged" in call("compact", tmp_path).stdout
    assert len(list((tmp_path / "chunks").glob("*.runs.parquet"))) == 1
    after = sim.results(tmp_path)
    assert after.runs.equals(runs)
    assert after.series.equals(series)
    assert "already compact" in call("compact", tmp_path).stdout
    assert "6 of 6 runs were already done" in swept("--out", tmp_path).stderr


@pytest.mark.parametrize("lost", ["plan.parquet", "points.parquet"])
def test_a_folder_that_lost_its_plan_says_so_in_a_line_and_is_mended_by_the_sweep(
    swept, call, tmp_path, lost
):
    swept("--out", tmp_path, "--limit", 1)
    swept("--out", tmp_path)
    (tmp_path / lost).unlink()
    for name in ("status", "shapley", "compact", "retry", "tipping"):
        done = call(name, tmp_path)
        assert done.exit_code == 2, name
        (line,) = done.stderr.splitlines()
        assert line.startswith(f"{tmp_path / lost}: there is no such file; the same"), name
    assert "6 of 6 runs were already done" in swept("--out", tmp_path).stderr
    assert call("status", tmp_path).exit_code == 0


def test_a_damaged_plan_is_said_in_a_line(swept, call, tmp_path):
    swept("--out", tmp_path)
    (tmp_path / "plan.parquet").write_bytes(b"PAR1")
    for name in ("status", "retry"):
        done = call(name, tmp_path)
        assert done.exit_code == 2, name
        assert "cannot be read" in done.stderr


def test_a_sweep_may_be_made_small_on_the_command_line(call, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.runs.sweep._local_workers", lambda jobs: inline)
    small = ("--debtors", 100, "--months", 1, "--replicates", 1)
    file = tmp_path / "e.toml"
    file.write_text(
        'format = 1\ntitle = "E"\nbase = "village"\nburn_in = 0\nreplicates = 9\n'
        '[design]\nkind = "grid"\n[factors]\n"choice.noise" = [0.1, 0.2]\n',
        encoding="utf-8",
    )
    done = call("sweep", file, "--out", tmp_path / "out", *small)
    assert "0 of 2 runs were already done, 2 done now, 0 left" in done.stderr
    assert (
        "2 of 2 runs were already done"
        in call("sweep", file, "--out", tmp_path / "out", *small).stderr
    )
    wrong = call("sweep", file, "--out", tmp_path / "out", "--replicates", 0)
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith("--replicates: 0 is out of range")


@pytest.mark.parametrize("name", ["query", "compact"])
def test_help_names_every_table(call, name):
    told = call(name, "--help").stdout
    for table in ("runs", "series", "survival", "ledgers", "panel"):
        assert table in told


@pytest.mark.parametrize("command", [("status",), ("retry",), ("compact",), ("query", "SELECT 1")])
def test_a_folder_without_a_sweep_is_refused(call, tmp_path, command):
    name, *rest = command
    done = call(name, tmp_path, *rest)
    assert done.exit_code == 2
    assert "holds no experiment" in done.stderr


def test_dask_is_asked_for_only_where_it_is_installed(swept, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = swept("--out", tmp_path, "--dask", "tcp://127.0.0.1:1")
    assert done.exit_code == 2
    assert "Dask is not installed; install it with" in done.stderr


def test_progress_says_how_many_a_minute_and_how_long_it_will_take(monkeypatch, caplog):
    monkeypatch.setattr("sim.cli.console.progress.EVERY", 0.0)
    with caplog.at_level("INFO", "servanda.progress"), counter("runs", 4, rate=True) as done:
        for number in range(5):
            done(number)
    assert re.fullmatch(r"runs: 1 of 4, [\d,]+ a minute, about \d+ s left", caplog.messages[0])
    assert len(caplog.messages) == 3


# ---------------------------------------------------------------- what is lost, and what is asked


@pytest.fixture
def good(tmp_path):
    return small(tmp_path / "small")


def test_status_names_what_is_lost_and_what_it_costs(good, call):
    assert "all checksums agree" in call("status", good, "--verify").stdout
    (file, *_) = sorted(good.glob("chunks/*.series.parquet"))
    file.unlink()
    told = " ".join(call("status", good).stdout.split())
    assert "small: 8 of 12 runs done" in told
    assert f"chunks/{file.name}: is missing; 4 runs count as not done, and" in told
    (fault,) = json.loads(call("status", good, "--json").stdout)["faults"]
    assert (fault["file"], fault["runs"]) == (f"chunks/{file.name}", 4)
    for command in (("query", good, "SELECT 1"), ("compact", good), ("report", good)):
        done = call(*command)
        assert done.exit_code == 2
        (line,) = done.stderr.splitlines()
        assert line.startswith(f"{file}: is missing; 4 runs count as not done; `servanda sweep`")


def test_only_a_check_of_every_byte_finds_what_sizes_do_not_tell(good, call):
    (file, *_) = sorted(good.glob("chunks/*.series.parquet"))
    data = bytearray(file.read_bytes())
    data[50] ^= 1
    file.write_bytes(data)
    assert "12 of 12 runs done" in call("status", good).stdout
    told = " ".join(call("status", good, "--verify").stdout.split())
    assert f"{file.name}: was altered since it was written; 4 runs" in told
    assert call("query", good, "SELECT count(*) FROM runs").exit_code == 0
    assert call("query", good, "SELECT count(*) FROM series").exit_code == 2


def test_an_answer_says_when_runs_are_missing(good, call):
    for file in sorted(good.glob("chunks/*"))[:3]:
        file.unlink()
    done = call("query", good, "SELECT count(*) AS n FROM runs", "--csv")
    assert done.stdout == "n\n8\n"
    assert done.stderr == "warning: 4 runs are not done, so the result lacks them\n"


def test_answers_come_as_json_and_as_csv_for_excel(good, call):
    asked = "SELECT 1 AS n, '=1+1' AS \"书\", NULL AS x, 'nan'::DOUBLE AS y, [1, 2] AS z"
    told = json.loads(call("query", good, asked, "--json").stdout)
    assert told == [{"n": 1, "书": "=1+1", "x": None, "y": None, "z": [1, 2]}]
    assert call("query", good, asked, "--excel").stdout_bytes == (
        "\ufeffn,书,x,y,z\r\n1,'=1+1,,,[1 2]\r\n".encode()
    )
    assert json.loads(call("compact", good, "--json").stdout)["chunks"] == 3


def test_a_question_reads_nothing_else_unless_it_is_said(good, call, tmp_path):
    out = tmp_path / "out.csv"
    copy = f"COPY (SELECT 1 AS a) TO '{out}'"
    for sql in (copy, f"SELECT * FROM read_text('{__file__}')"):
        assert call("query", good, sql).exit_code == 2
    assert not out.exists()
    assert call("query", good, copy, "--unsafe").exit_code == 0
    assert out.read_text("utf-8") == "a\n1\n"


def test_a_question_that_takes_too_long_is_ended(good, call):
    endless = "WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a) SELECT max(n) FROM a"
    done = call("query", good, endless, "--seconds", 0.5)
    assert done.exit_code == 2
    assert done.stderr.startswith("SQL: took more than 0.5 seconds; ask for less")


def test_escapes_in_results_do_not_reach_the_terminal(good, call):
    done = call("query", good, "SELECT chr(27) || '[31m' AS a")
    assert done.stdout.split() == ["a", r"\x1b[31m"]


def test_a_lock_that_is_a_link_is_not_followed(good, call, tmp_path):
    mine = tmp_path / "mine"
    mine.write_text("mine", "utf-8")
    for name in ("sweep.lock", ".servanda.lock"):
        (good / name).symlink_to(mine)
    assert call("compact", good).exit_code in {0, 2}
    assert call("status", good).exit_code in {0, 2}
    assert mine.read_text("utf-8") == "mine"
