"""Claims about SQL on results: it reads the tables and nothing else, in bounded time and memory."""

import shutil

import pytest

import sim
from sim.errors import ServandaError
from sim.runs.storage.sql import Limits
from tests.good_folders import small, small_run
from tests.hostile_folders import ASKED, NAMES

FEW = Limits(60.0, 1 << 28, 1 << 24)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A finished sweep of twelve runs in three chunks."""
    return small(tmp_path_factory.mktemp("whole") / "sweep")


def refusal(folder, sql, **more):
    with pytest.raises(ServandaError) as caught:
        sim.results(folder).query(sql, **more)
    assert "\n" not in caught.value.what
    return str(caught.value)


@pytest.fixture(scope="module")
def decoys(whole, tmp_path_factory):
    """A place with folders that patterns would find instead."""
    place = tmp_path_factory.mktemp("decoys")
    for name in ("g1", "ab", "whatX", "a"):
        shutil.copytree(whole, place / name, ignore=shutil.ignore_patterns("chunks"))
    return place


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_answers_for_itself_whatever_its_name(whole, decoys, name):
    folder = shutil.copytree(whole, decoys / name)
    for sql in ASKED[:2]:
        assert sim.results(folder).query(sql).equals(sim.results(whole).query(sql))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM read_parquet('{folder}/chunks/*.runs.parquet')",
        "SELECT * FROM glob('{folder}/*')",
        "COPY runs TO '{new}'",
        "EXPORT DATABASE '{new}'",
        "ATTACH '{new}'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELECT 1; COPY runs TO '{new}'",
        "SELECT * FROM secret",
    ],
)
def test_a_question_reads_the_tables_and_nothing_else(whole, tmp_path, sql):
    secret, new = tmp_path / "secret.csv", tmp_path / "new"
    secret.write_text("a,b\n1,2\n", encoding="utf-8")
    refusal(whole, sql.format(secret=secret, folder=whole, new=new))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_a_question_without_end_is_ended(whole):
    sql = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range = 3"
    assert refusal(whole, sql, seconds=0.5).startswith("SQL: t")  # time, or memory before it


def test_an_answer_too_large_for_memory_is_refused(whole):
    with pytest.raises(ServandaError, match="is larger than 16 MB"):
        sim.results(whole).asked("SELECT * FROM range(100000000)", FEW)


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (" ", "the query is empty"),
        ("SELEC 1", "syntax error"),
        ("SELECT '\x1b[31m' FROM runs", "cannot be printed"),
        ("SELECT avg(comprehensive.officers) FROM runs", "with dots in double quotes"),
    ],
)
def test_what_is_wrong_with_a_question_is_one_line(whole, sql, told):
    assert told in refusal(whole, sql)


def test_the_folder_of_a_run_is_read_as_a_sweep_of_one_run_and_what_was_altered_named(tmp_path):
    file = small_run(tmp_path) / "series.parquet"
    found = sim.results(tmp_path)
    runs = found.runs[["point", "replicate", "status", "recovery"]].to_numpy().tolist()
    assert runs == [[0, 0, "ok", 0.4]]
    assert found.series["month"].tolist() == [1, 2, 3]
    assert found.series["recovery"].tolist() == [0.3, 0.4, 0.5]
    data = bytearray(file.read_bytes())
    data[100] ^= 1
    file.write_bytes(data)
    told = refusal(tmp_path, "SELECT * FROM series")
    assert told.startswith(f"{file}: was altered since it was written; `servanda run`")
