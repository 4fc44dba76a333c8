"""Claims about ``servanda sweep`` and the commands that look at its folder."""

import re
import sys
from types import SimpleNamespace

import pytest

import sim
from sim.cli.console.progress import counter
from tests.experiment.small import Inline, Small, inline
from tests.good_folders import small


def crew(stops_at=None):
    """Workers in this process; from the n-th wait on they are stopped from the keyboard."""

    class Stopping(Inline):
        def wait(self):
            if len(self.sizes) > stops_at:
                raise KeyboardInterrupt
            return super().wait()

        def finish(self):
            return []

    return inline if stops_at is None else lambda _: Stopping()


@pytest.fixture
def swept(call, monkeypatch):
    """A sweep of six runs in this process, by the command."""
    experiment = Small()

    def sweep(*arguments, unsound=(), stops_at=None):
        experiment.unsound = unsound
        loader = SimpleNamespace(load_experiment=lambda source, overrides=None: experiment)
        monkeypatch.setitem(sys.modules, "sim.experiment.reading.file", loader)
        monkeypatch.setattr("sim.runs.sweep._local_workers", lambda jobs: crew(stops_at))
        return call("sweep", "small.toml", *arguments)

    return sweep


def test_a_sweep_goes_on_where_it_stopped(swept, shown, told, tmp_path):
    done = swept("--out", tmp_path, "--limit", 2)
    assert (done.exit_code, done.stdout.strip()) == (0, str(tmp_path))
    assert "0 of 6 runs were already done, 2 done now, 4 left" in done.stderr
    assert "small: 2 of 6 runs done" in shown("status", tmp_path)
    assert "2 of 6 runs were already done, 4 done now, 0 left" in swept("--out", tmp_path).stderr
    found = told("status", tmp_path)
    assert (found["done"], found["failed"], found["missing"]) == (6, 0, 0)
    assert not found["at_work"]


def test_a_stopped_sweep_can_be_looked_at_and_says_what_is_kept(swept, shown, tmp_path):
    assert swept("--out", tmp_path, stops_at=-1).exit_code == 130
    assert "small: 0 of 6 runs done" in shown("status", tmp_path)
    assert sim.results(tmp_path).runs.empty
    assert sim.results(tmp_path).series.empty
    assert "already compact" in shown("compact", tmp_path)
    stopped = swept("--out", tmp_path, stops_at=1)
    assert stopped.exit_code == 130
    assert "1 run more is kept; the same command resumes the sweep" in stopped.stderr
    assert len(sim.results(tmp_path).runs) == 1
    assert swept("--out", tmp_path).exit_code == 0


def test_shards_are_parts_of_one_sweep(swept, tmp_path):
    for part in ("1/2", "2/2"):
        assert swept("--out", tmp_path, "--shard", part).exit_code == 0
    assert len(sim.results(tmp_path).runs) == 6


@pytest.mark.parametrize(
    ("option", "why"),
    [
        ("--shard=", ""),
        ("--shard=3/2", "'3/2' is no part of a whole; write 2/8, say"),
        ("--dask=", ""),
        ("--dask=foo", ""),
        ("--dask=tcp://127.0.0.1:1", "Dask is not installed; install it with"),
        ("--jobs=1000000000", ""),
    ],
)
def test_a_meaningless_option_is_refused_before_anything_is_written(
    swept, tmp_path, monkeypatch, option, why
):
    if "tcp" in option:
        monkeypatch.setitem(sys.modules, "distributed", None)
    done = swept("--out", tmp_path / "new", option)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"{option.partition('=')[0]}: ")
    assert why in done.stderr
    assert "tcp" in option or not list(tmp_path.iterdir())  # Dask is sought in the end


def test_failed_runs_are_listed_and_tried_again(swept, call, tmp_path):
    assert "3 runs failed" in swept("--out", tmp_path, unsound=(1,)).stderr
    said = call("status", tmp_path).stdout
    assert re.search(r"failed +3\n", said)
    assert "3 x --set levers.sanctions.late_interest" in said
    assert "phase build, seed" in said
    assert "3 runs failed" in call("retry", tmp_path).stderr


def test_a_compacted_sweep_holds_the_same_and_answers_sql(swept, call, refused, tmp_path):
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
    asked = "SELECT point, count(*) AS n FROM runs GROUP BY point ORDER BY point"
    assert call("query", tmp_path, asked, "--csv").stdout == "point,n\n0,3\n1,3\n"
    assert "n\n" in call("query", tmp_path, "SELECT count(*) AS n FROM series").stdout
    for nothing in ("", " ", "/* a remark */"):
        assert refused("query", tmp_path, nothing).startswith("SQL: nothing is asked; write ")
    wrong = call("query", tmp_path, "SELECT nothing FROM runs")
    assert wrong.exit_code == 2
    assert "nothing" in wrong.stderr


@pytest.mark.parametrize("lost", ["plan.parquet", "points.parquet"])
def test_a_folder_that_lost_its_plan_is_refused_and_mended_by_the_sweep(
    swept, refused, shown, tmp_path, lost
):
    swept("--out", tmp_path, "--limit", 1)
    swept("--out", tmp_path)
    (tmp_path / lost).unlink()
    for name in ("status", "shapley", "compact", "retry", "tipping"):
        why = refused(name, tmp_path)
        assert why.startswith(f"{tmp_path / lost}: there is no such file; the same"), name
    assert "6 of 6 runs were already done" in swept("--out", tmp_path).stderr
    shown("status", tmp_path)
    (tmp_path / "plan.parquet").write_bytes(b"PAR1")  # damaged
    for name in ("status", "retry"):
        assert "cannot be read" in refused(name, tmp_path)


def test_a_sweep_may_be_made_small_on_the_command_line(call, refused, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.runs.sweep._local_workers", lambda jobs: inline)
    file = tmp_path / "e.toml"
    file.write_text(
        'format = 1\ntitle = "E"\nbase = "village"\nburn_in = 0\nreplicates = 9\n'
        '[design]\nkind = "grid"\n[factors]\n"choice.noise" = [0.1, 0.2]\n',
        encoding="utf-8",
    )
    words = ("sweep", file, "--out", tmp_path / "out")
    small = (*words, "--debtors", 100, "--months", 1, "--replicates", 1)
    assert "0 of 2 runs were already done, 2 done now, 0 left" in call(*small).stderr
    assert "2 of 2 runs were already done" in call(*small).stderr
    assert refused(*words, "--replicates", 0).startswith("--replicates: 0 is out of range")


@pytest.mark.parametrize("name", ["query", "compact"])
def test_help_names_every_table(shown, name):
    said = shown(name, "--help")
    assert all(table in said for table in ("runs", "series", "survival", "ledgers", "panel"))


@pytest.mark.parametrize("command", [("status",), ("retry",), ("compact",), ("query", "SELECT 1")])
def test_a_folder_without_a_sweep_is_refused(refused, tmp_path, command):
    name, *rest = command
    assert "holds no experiment" in refused(name, tmp_path, *rest)


def test_progress_says_how_many_a_minute_and_how_long_it_will_take(monkeypatch, caplog):
    monkeypatch.setattr("sim.cli.console.progress.EVERY", 0.0)
    with caplog.at_level("INFO", "servanda.progress"), counter("runs", 4, rate=True) as done:
        for number in range(5):
            done(number)
    assert re.fullmatch(r"runs: 1 of 4, [\d,]+ a minute, about \d+ s left", caplog.messages[0])
    assert len(caplog.messages) == 3


# ---------------------------------------------------------------- lost files, and questions


@pytest.fixture
def good(tmp_path):
    return small(tmp_path / "small")


@pytest.fixture(scope="module")
def lasting(tmp_path_factory):
    """A sweep that is only read."""
    return small(tmp_path_factory.mktemp("sweep") / "small")


def test_status_names_what_is_lost_and_what_it_costs(good, shown, told, refused):
    assert "all checksums agree" in shown("status", good, "--verify")
    (file, *_) = sorted(good.glob("chunks/*.series.parquet"))
    file.unlink()
    said = shown("status", good)
    assert "small: 8 of 12 runs done" in said
    assert f"chunks/{file.name}: is missing; 4 runs count as not done, and" in said
    (fault,) = told("status", good)["faults"]
    assert (fault["file"], fault["runs"]) == (f"chunks/{file.name}", 4)
    for command in (("query", good, "SELECT 1"), ("compact", good), ("report", good)):
        why = f"{file}: is missing; 4 runs count as not done; `servanda sweep`"
        assert refused(*command).startswith(why)


def test_only_a_check_of_every_byte_finds_an_altered_file_of_the_same_size(good, call, shown):
    (file, *_) = sorted(good.glob("chunks/*.series.parquet"))
    data = bytearray(file.read_bytes())
    data[50] ^= 1
    file.write_bytes(data)
    assert "12 of 12 runs done" in shown("status", good)
    altered = f"{file.name}: was altered since it was written; 4 runs"
    assert altered in " ".join(call("status", good, "--verify").stdout.split())
    shown("query", good, "SELECT count(*) FROM runs")
    assert call("query", good, "SELECT count(*) FROM series").exit_code == 2


def test_an_answer_says_when_runs_are_missing(good, call):
    for file in sorted(good.glob("chunks/*"))[:3]:
        file.unlink()
    done = call("query", good, "SELECT count(*) AS n FROM runs", "--csv")
    assert done.stdout == "n\n8\n"
    assert done.stderr == "warning: 4 runs are not done, so the result lacks them\n"


def test_answers_come_as_json_and_as_csv_for_excel_and_escapes_are_shown(lasting, call, told):
    asked = "SELECT 1 AS n, '=1+1' AS \"书\", NULL AS x, 'nan'::DOUBLE AS y, [1, 2] AS z"
    assert told("query", lasting, asked) == [
        {"n": 1, "书": "=1+1", "x": None, "y": None, "z": [1, 2]}
    ]
    excel = "\ufeffn,书,x,y,z\r\n1,'=1+1,,,[1 2]\r\n"
    assert call("query", lasting, asked, "--excel").stdout_bytes == excel.encode()
    acting = "SELECT chr(27) || '[31m' AS a"
    assert call("query", lasting, acting).stdout.split() == ["a", r"\x1b[31m"]


def test_a_question_reads_nothing_else_unless_allowed_and_has_an_end(
    lasting, call, refused, tmp_path
):
    out = tmp_path / "out.csv"
    copy = f"COPY (SELECT 1 AS a) TO '{out}'"
    for sql in (copy, f"SELECT * FROM read_text('{__file__}')"):
        assert call("query", lasting, sql).exit_code == 2
    assert not out.exists()
    assert call("query", lasting, copy, "--unsafe").exit_code == 0
    assert out.read_text("utf-8") == "a\n1\n"
    endless = "WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a) SELECT max(n) FROM a"
    why = refused("query", lasting, endless, "--seconds", 0.5)
    assert why.startswith("SQL: took more than 0.5 seconds; ask for less")


def test_a_lock_that_is_a_link_is_not_followed(good, call, told, tmp_path):
    assert told("compact", good)["chunks"] == 3
    mine = tmp_path / "mine"
    mine.write_text("mine", "utf-8")
    for name in ("sweep.lock", ".servanda.lock"):
        (good / name).symlink_to(mine)
    assert call("compact", good).exit_code in {0, 2}
    assert call("status", good).exit_code in {0, 2}
    assert mine.read_text("utf-8") == "mine"
