"""Claims about the shipped folders, the commands, and the page on one's own figures."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.evidence.catalogue import KNOWN, MEASURES
from sim.evidence.fitting.budget import Budget
from sim.evidence.folder import read_evidence
from sim.evidence.shipped import shipped
from sim.scenario.scenario import Scenario
from tests.evidence.folders import SOUND, folder
from tests.experiment.small import inline

PAGE = Path(__file__).resolve().parents[2] / "docs" / "own_data.md"
TARGETS = {
    *("entry", "grace_performance_able", "no_property", "enforcement_performance_able"),
    *("completion", "recovery", "clearance", "load", "listing_hazard", "detention", "sale_rate"),
    *("preservation", "mean_claim"),
}
"""Published figures to which the baseline was fitted (docs/baseline.md)."""


def blocks(text, language):
    """Fenced blocks of a page."""
    fence = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
    return [body for kind, body in fence.findall(text) if kind == language]


def call(*arguments):
    return CliRunner().invoke(app, [*map(str, arguments)], prog_name="servanda")


def test_china_has_every_published_figure_with_its_source():
    evidence = read_evidence("china_2016")
    assert {row.measure for row in evidence.used("fit")} == TARGETS
    assert all(row.source for row in evidence.rows)
    assert 12 <= len(evidence.fit.free) <= 20


@pytest.mark.parametrize("name", ["china_2016", "middling_court"])
def test_a_shipped_folder_varies_what_its_base_has_within_limits_that_contain_it(name):
    fit = read_evidence(name).fit
    assert isinstance(fit.scenario, Scenario)
    for one in fit.free:
        assert one.low <= one.value <= one.high
        assert one.at(one.share(one.value)) == pytest.approx(one.value)
        assert (one.at(0.0), one.at(1.0)) == pytest.approx((one.low, one.high))
    assert fit.month(fit.month_1) == 1


def test_the_made_up_court_says_so_and_is_made_from_its_sheet(tmp_path):
    home = shipped()["middling_court"]
    assert "Made up" in read_evidence("middling_court").court.note
    done = call(
        *("data", "convert", home / "sheet.csv", "--to", tmp_path / "it", "--cumulative"),
        *("--mapping", home / "columns.toml", "--source", "a made-up court"),
    )
    assert done.exit_code == 0, done.output
    assert (tmp_path / "it" / "data.csv").read_bytes() == (home / "data.csv").read_bytes()


def test_the_made_up_court_has_36_months_of_every_measure():
    rows = read_evidence("middling_court").rows
    for name in {row.measure for row in rows}:
        assert len([row for row in rows if row.measure == name]) in {35, 36}
    assert {"accepted", "closed", "pending", "recovered"} <= {row.measure for row in rows}


def test_a_check_shows_what_was_read_and_ends_with_2_after_a_fault(tmp_path):
    done = call("data", "check", "china_2016")
    assert done.exit_code == 0
    assert "completion (all_closed)" in done.stdout
    assert "20 free parameters" in done.stdout
    bad = folder(tmp_path / "it", SOUND.replace("41,%,", "140,share,"))
    done = call("data", "check", bad)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "data.csv:7: value: a share of 140; write a share from 0 to 1" in done.stderr
    found = json.loads(call("data", "check", bad, "--json").stdout)
    assert not found["ok"]
    assert [(one["line"], one["column"]) for one in found["errors"]] == [(7, "value")]


def test_the_catalogue_lists_all_measures_and_shows_one(tmp_path):
    listed = json.loads(call("data", "catalogue", "--json").stdout)
    assert [one["name"] for one in listed] == [one.name for one in MEASURES]
    assert "n_closed_full / n_closed" in call("data", "catalogue", "completion").stdout
    assert "did you mean" in call("data", "catalogue", "completon").stderr
    assert KNOWN["completion"].definitions[0].code in json.dumps(listed)


def test_the_commands_of_the_page_run(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.runs.sweep._local_workers", lambda jobs: inline)
    small = Budget(repeats=4, prior=12, first=16, wave=4, draws=8, pool=512)
    monkeypatch.setattr("sim.evidence.fitting.run_fit.budget", lambda *runs: small)
    sections = PAGE.read_text("utf-8").split("\n## ")
    lines = 0
    for number, section in enumerate(sections):
        here = tmp_path / str(number)
        here.mkdir()
        monkeypatch.chdir(here)
        (here / "sheet.csv").write_text("月份,收案,到位\n2019-01,5,100\n", encoding="utf-8")
        for block in blocks(section, ""):
            for line in block.replace("SHIPPED", str(shipped()["china_2016"].parent)).splitlines():
                program, *words = shlex.split(line)
                lines += 1
                if program == "cp":
                    for file in words[:-1]:
                        shutil.copy(file, words[-1])
                    shrink(Path(words[-1]) / "fit.toml")
                    continue
                done = call(*words)
                assert (program, done.exit_code) == ("servanda", 0), (line, done.output)
    assert lines >= 11


def shrink(file):
    """Make the runs of a fit small."""
    text = file.read_text("utf-8")
    for word, number in (("burn_in", 2), ("debtors", 300)):
        text = re.sub(rf"^{word} = [\d_]+", f"{word} = {number}", text, flags=re.MULTILINE)
    file.write_text(text, "utf-8")


def test_the_files_of_the_page_are_sound(tmp_path):
    court, fit, mapping = blocks(PAGE.read_text("utf-8"), "toml")
    evidence = read_evidence(folder(tmp_path / "it", court=court, fit=fit))
    assert evidence.court.broken("completion", evidence.rows[2].last, evidence.fit.month_1) is False
    assert len(evidence.court.scenario_policies(evidence.fit.month_1)) == 1
    assert [one.scale for one in evidence.fit.free] == ["linear", "log", "linear"]
    assert "[columns]" in mapping
