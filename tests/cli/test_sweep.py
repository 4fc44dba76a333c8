"""Claims about ``servanda sweep`` and the commands that look at its folder."""

import re
import sys
from types import SimpleNamespace

import pytest

from tests.experiment.small import Small, inline
from tests.good_folders import small


@pytest.fixture
def swept(call, monkeypatch):
    """A sweep of six runs in this process, by the command."""
    experiment = Small()

    def sweep(*arguments, unsound=()):
        experiment.unsound = unsound
        loader = SimpleNamespace(load_experiment=lambda source, overrides=None: experiment)
        monkeypatch.setitem(sys.modules, "sim.experiment.reading.file", loader)
        monkeypatch.setattr("sim.runs.sweep._local_workers", lambda jobs: inline)
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


@pytest.mark.parametrize(
    ("option", "why"),
    [
        ("--shard=3/2", "'3/2' is not a shard"),
        ("--dask=foo", ""),
        ("--jobs=1000000000", ""),
    ],
)
def test_a_meaningless_option_is_refused_before_anything_is_written(swept, tmp_path, option, why):
    done = swept("--out", tmp_path / "new", option)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"{option.partition('=')[0]}: ")
    assert why in done.stderr
    assert not list(tmp_path.iterdir())


def test_failed_runs_are_listed_and_tried_again(swept, call, tmp_path):
    assert "3 runs failed" in swept("--out", tmp_path, unsound=(1,)).stderr
    said = call("status", tmp_path).stdout
    assert re.search(r"failed +3\n", said)
    assert "3 x --set levers.sanctions.late_interest" in said
    assert "phase build, seed" in said
    assert "3 runs failed" in call("retry", tmp_path).stderr


def test_a_compacted_sweep_answers_sql(swept, call, refused, tmp_path):
    swept("--out", tmp_path, "--limit", 1)
    swept("--out", tmp_path)
    assert "merged" in call("compact", tmp_path).stdout
    assert len(list((tmp_path / "chunks").glob("*.runs.parquet"))) == 1
    asked = "SELECT point, count(*) AS n FROM runs GROUP BY point ORDER BY point"
    assert call("query", tmp_path, asked, "--csv").stdout == "point,n\n0,3\n1,3\n"
    assert refused("query", tmp_path, "/* a remark */").startswith("SQL: the query is empty")


@pytest.mark.parametrize("lost", ["plan.parquet", "points.parquet"])
def test_a_folder_that_lost_its_plan_is_refused_and_mended_by_the_sweep(
    swept, refused, shown, tmp_path, lost
):
    swept("--out", tmp_path, "--limit", 1)
    swept("--out", tmp_path)
    (tmp_path / lost).unlink()
    for name in ("status", "shapley", "retry"):
        assert f"{tmp_path / lost}: there is no such file; the same" in refused(name, tmp_path)
    assert "6 of 6 runs were already done" in swept("--out", tmp_path).stderr
    shown("status", tmp_path)
    (tmp_path / "plan.parquet").write_bytes(b"PAR1")  # damaged
    assert "cannot be read" in refused("status", tmp_path)


@pytest.mark.parametrize("command", ["status", "retry", "compact"])
def test_a_folder_without_a_sweep_is_refused(refused, tmp_path, command):
    assert "holds no experiment" in refused(command, tmp_path)


# ---------------------------------------------------------------- lost files, and questions


@pytest.fixture
def good(tmp_path):
    return small(tmp_path / "small")


@pytest.fixture(scope="module")
def lasting(tmp_path_factory):
    """A sweep that is only read."""
    return small(tmp_path_factory.mktemp("sweep") / "small")


def test_status_names_what_is_lost_and_what_it_costs(good, shown, told, refused):
    assert "all checksums match" in shown("status", good, "--verify")
    (file, *_) = sorted(good.glob("chunks/*.series.parquet"))
    file.unlink()
    said = shown("status", good)
    assert "small: 8 of 12 runs done" in said
    (fault,) = told("status", good)["faults"]
    assert (fault["file"], fault["runs"]) == (f"chunks/{file.name}", 4)
    for command in (("query", good, "SELECT 1"), ("compact", good), ("report", good)):
        assert f"{file}: is missing; 4 runs count as not done" in refused(*command)


def test_only_a_check_of_every_byte_finds_an_altered_file_of_the_same_size(good, call, shown):
    (file, *_) = sorted(good.glob("chunks/*.series.parquet"))
    data = bytearray(file.read_bytes())
    data[50] ^= 1
    file.write_bytes(data)
    assert "12 of 12 runs done" in shown("status", good)
    altered = f"{file.name}: was altered since it was written; 4 runs"
    assert altered in " ".join(call("status", good, "--verify").stdout.split())
    assert call("query", good, "SELECT count(*) FROM series").exit_code == 2


def test_an_answer_says_when_runs_are_missing(good, call):
    for file in sorted(good.glob("chunks/*"))[:3]:
        file.unlink()
    done = call("query", good, "SELECT count(*) AS n FROM runs", "--csv")
    assert done.stdout == "n\n8\n"
    assert done.stderr == "warning: 4 runs are not done, so the result lacks them\n"


def test_answers_come_as_json_and_as_csv_for_excel(lasting, call, told):
    asked = "SELECT 1 AS n, '=1+1' AS \"书\", NULL AS x, 'nan'::DOUBLE AS y, [1, 2] AS z"
    assert told("query", lasting, asked) == [
        {"n": 1, "书": "=1+1", "x": None, "y": None, "z": [1, 2]}
    ]
    excel = "\ufeffn,书,x,y,z\r\n1,'=1+1,,,[1 2]\r\n"
    assert call("query", lasting, asked, "--excel").stdout_bytes == excel.encode()


def test_a_question_writes_nothing_unless_allowed_and_has_an_end(lasting, call, refused, tmp_path):
    out = tmp_path / "out.csv"
    copy = f"COPY (SELECT 1 AS a) TO '{out}'"
    assert call("query", lasting, copy).exit_code == 2
    assert not out.exists()
    assert call("query", lasting, copy, "--unsafe").exit_code == 0
    assert out.read_text("utf-8") == "a\n1\n"
    endless = "WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a) SELECT max(n) FROM a"
    assert "took more than 0.5 seconds" in refused("query", lasting, endless, "--seconds", 0.5)
