"""Claims about ``servanda field``: lists, compares, keeps runs, refuses what does not exist."""

import pytest

from sim.analysis.field.reading import shipped

SMALL = ("x01_text_messages", "--debtors", 150, "--replicates", 2, "--jobs", 1)


def test_all_experiments_are_listed(shown, told):
    said = shown("field")
    assert all(name in said for name in shipped())
    listed = told("field")["experiments"]
    assert [one["name"] for one in listed] == list(shipped())
    assert listed[0]["arms"] == {"text": "A text message"}


def test_published_effects_are_compared_and_the_runs_are_kept(told, shown, tmp_path):
    out = tmp_path / "field"
    found = told("field", *SMALL, "--out", out)
    assert (found["seed"], found["replicates"], found["debtors"]) == (1, 2, 150)
    first = found["targets"][0]
    assert list(first) == [
        *("experiment", "target", "source", "standing", "effect", "published", "computed"),
        *("low", "high", "accepted", "verdict", "reason"),
    ]
    assert (first["accepted"], first["published"]) == ([0.0, None, True][:2], None)
    assert found["missed"] == sum(one["verdict"] == "missed" for one in found["targets"])
    lines = (out / "targets.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + len(found["targets"])
    kept = sorted(path.name for path in (out / "runs").rglob("*.parquet"))
    assert "what was found published computed accepted verdict" in shown(
        "field", *SMALL, "--out", out
    )
    assert sorted(path.name for path in (out / "runs").rglob("*.parquet")) == kept


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x1"], "there is no field experiment 'x1'; shipped: x01_text_messages"),
        (["six_modes"], "there is no field experiment 'six_modes'"),
        (["none.toml"], "none.toml: there is no such file"),
    ],
)
def test_what_does_not_exist_is_refused(refused, arguments, said):
    assert said in refused("field", *arguments)


def test_a_folder_that_cannot_be_made_is_refused(refused, tmp_path):
    (tmp_path / "file").touch()
    assert "file" in refused("field", *SMALL, "--out", tmp_path / "file")


def test_check_reports_what_is_wrong_in_a_field_experiment(call, refused, tmp_path):
    name = next(iter(shipped()))
    assert call("check", name).stdout.endswith(
        "(Text messages about court fines: 2 worlds, 3 targets)\n"
    )
    bad = tmp_path / "bad.toml"
    text = shipped()[name].read_text(encoding="utf-8")
    bad.write_text(text.replace('kinds = ["person"]', 'kinds = ["persons"]'), encoding="utf-8")
    assert (
        f"{bad}:13: arms.text.kinds.0: unknown word \"persons\"; did you mean 'person'?"
        in refused("check", bad)
    )
    bad.write_text("format = 1\n", encoding="utf-8")
    assert f"{bad}:1: question: missing" in refused("field", bad, lines=8)
