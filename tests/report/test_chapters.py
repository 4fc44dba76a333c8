"""Claims about single chapters: their numbers are those of the analyses."""

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.comparison.compare import compare
from sim.analysis.sensitivity.shapley import attribute
from sim.errors import ServandaError
from sim.report.chapters.answer.headline import headline
from sim.report.chapters.survival import ENDINGS, incidences
from sim.report.estimate import mean, within
from sim.report.material import material
from sim.report.measures import TABLE, measure, people_of
from sim.report.names import names
from sim.report.numbers import number, short
from sim.report.page import written
from sim.runs.sweep import sweep
from sim.words.words import Words
from tests.experiment.small import Small, inline
from tests.report.conftest import OFFICERS, PRESERVATION, TWO, reported


def labels(found, language="en"):
    return names(found, Words(language)).points


def chapter(found, name):
    return next(one for one in written(found).chapters if one.name == name)


def test_the_headline_tells_what_compare_tells(swept):
    found = material(swept("scenarios"))
    table = headline(found, Words()).parts[0]
    assert table.heads[1:] == ("Baseline 2016", "Rule of law", "Special campaigns")
    told = compare(sim.results(swept("scenarios")))
    for row, name in zip(table.rows, (n for n in TABLE if found.has(n)), strict=True):
        one = measure(name)
        for cell, standing in zip(row[2:], told[1:], strict=True):
            gap = standing.differences[name]
            assert cell.text == number(gap.mean * one.factor, "+")
            if people_of(name) == name:  # a share of people harmed is judged by their number
                assert bool(cell.tone) == gap.clear


def test_what_is_clearly_better_is_green_and_worse_red_and_ones_own_indicator_is_drawn(tmp_path):
    def answer(values, replicate):
        more = values[OFFICERS] > 0.06
        return {
            "backlog": 5.0 + replicate - 2.0 * more + 0.1 * replicate * more,
            "harm": 10.0 + replicate + 3.0 * more + 0.1 * replicate * more,
            "received": 0.5 + 0.01 * replicate * more - 0.015 * more,
            **dict.fromkeys(("grace_performance", "recovery", "my_own_measure"), 1.0 + replicate),
        }

    table = headline(reported(tmp_path, answer, {OFFICERS: TWO}, replicates=4), Words()).parts[0]
    tones = {row[0].text: row[2].tone for row in table.rows}
    assert tones["Cases open"] == "good"
    assert tones["Felt harm"] == "bad"
    assert "my own measure" in tones


def test_many_points_are_told_by_their_range(swept):
    found = material(swept("latin_hypercube"))
    table = headline(found, Words()).parts[0]
    assert found.base is None  # the first of points that fill a space is like any other
    assert table.heads == ("", "lowest", "middle", "highest")
    means = found.values("backlog").mean()
    row = next(row for row in table.rows if row[0].text == "Cases open")
    assert row[1].text == number(float(means.min()))
    assert row[3].text == number(float(means.max()))


def backlog(values, replicate):
    return {"backlog": 5.0 + replicate}


def test_points_are_called_by_what_they_are(swept):
    six = labels(material(swept("factorial")))
    assert (six[0], six[1], six[3]) == ("None", "Rule of law", "Rule of law + Comprehensive")
    assert six[63] == "All together"
    moved = labels(material(swept("one_at_a_time")))
    assert moved[0] == "Base"
    assert list(labels(material(swept("none"))).values()) == ["All runs"]
    assert labels(material(swept("scenarios")), "zh")[1] == "依法治理"


def test_without_a_run_of_the_first_point_nothing_is_compared(tmp_path):
    answer = lambda values, replicate: {"backlog": values[OFFICERS] + replicate, "received": 0.5}
    fails = lambda point, replicate: point == 0
    found = reported(tmp_path, answer, {OFFICERS: TWO}, "one_at_a_time", fails=fails)
    assert found.base is None
    told = {one.name: one for one in written(found).chapters}
    assert "tornado" not in told
    assert "there is nothing to compare with" in told["headline"].notes[0]


def test_the_waterfall_ends_where_all_are_in_force(swept):
    found = material(swept("factorial"))
    figure = chapter(found, "attribution").figures[0].drawn()
    told = attribute(found.sweep, ["backlog"])[0]
    axis = next(a for a in figure.axes if a.get_title(loc="left") == "Cases open")
    ends = [line.get_xdata()[0] for line in axis.get_lines() if line.get_marker() == "D"]
    assert ends == pytest.approx([told.empty, told.empty + told.total.mean])


def test_a_factorial_with_a_failed_run_has_no_waterfall_and_says_what_failed(tmp_path):
    factors = {OFFICERS: TWO, PRESERVATION: {"values": [0.0, 0.5]}}
    fails = lambda point, replicate: (point, replicate) == (3, 1)
    found = reported(tmp_path, backlog, factors, "factorial", fails=fails)
    assert "attribution" not in {one.name for one in written(found).chapters}
    table = chapter(found, "provenance").parts[1]
    assert [cell.text for cell in table.rows[0][:2]] == ["point 3, replicate 1", "it broke"]


def test_curves_of_one_run_are_those_of_its_life_table_and_those_of_several_never_fall():
    small = {"population.size": 400, "run.months": 18}
    worlds = [sim.World("village", **small, **{"run.seed": seed}).run() for seed in (1, 2, 3)]
    tables = [w.survival().query("proceeding == 'first' and at_risk > 0") for w in worlds]
    told, table = incidences(tables[0]), tables[0]
    for name in ENDINGS:
        wanted = table[f"incidence_{name}"].to_numpy()
        assert told[name].to_numpy() == pytest.approx(wanted, abs=1e-12)
    assert (told.sum(axis=1).to_numpy() + table["survival"].to_numpy()) == pytest.approx(1.0)
    told = incidences(pd.concat(tables))
    assert (told.diff().dropna() >= -1e-12).all(axis=None)
    assert told.sum(axis=1).max() <= 1.0 + 1e-12


def test_what_a_seed_does_to_all_points_alike_is_no_part_of_their_intervals():
    rng = np.random.default_rng(3)
    own = rng.normal(size=(12, 4))
    seeds = 100.0 * rng.normal(size=(12, 1))
    quiet, loud = within(own), within(own + seeds)
    assert loud.high - loud.mean == pytest.approx(quiet.high - quiet.mean)
    plain = mean(own + seeds)
    assert (plain.high - plain.mean > 10 * (loud.high - loud.mean)).all()
    assert loud.mean == pytest.approx(plain.mean)


def test_numbers_are_short_and_what_is_missing_is_a_dash():
    assert number(float("nan")) == "–"
    assert number(1e-15, "+") == "0"
    assert number(-0.01234, "+") == "−0.0123"
    assert (number(999.6), number(1000.0), number(12_345.6)) == ("1,000", "1,000", "12,346")
    assert (short(12_000.0), short(-1.5e6), short(0.25)) == ("12k", "−1.5M", "0.25")


def test_a_sweep_of_which_nothing_went_well_is_refused_and_runs_that_are_missing_are_told(tmp_path):
    with pytest.raises(ServandaError, match="no run succeeded"):
        reported(tmp_path / "failed", backlog, {OFFICERS: TWO}, fails=lambda *_: True)
    sweep(Small(), tmp_path / "begun", workers=inline, limit=4)
    notes = chapter(material(tmp_path / "begun"), "provenance").notes
    assert "2 runs are still to be done." in notes
