"""Claims about colours: neutral where nothing is clear, and by people where a share is of harm."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgba

from sim.report.chapters.answer.harm import harm
from sim.report.chapters.map import across
from sim.report.tones import FIELDS, NEUTRAL, shade, tone
from sim.words.words import Words
from tests.report.conftest import OFFICERS, PRESERVATION, TWO, reported

NUMBER = st.floats(-1e6, 1e6)


@given(NUMBER, st.floats(0.0, 1e6), st.sampled_from([-1, 0, 1]))
def test_a_field_is_neutral_where_the_difference_is_within_its_uncertainty(gap, half, better):
    assert (shade(gap, half, better) == NEUTRAL) == (abs(gap) <= half)


@pytest.mark.parametrize(
    ("gap", "better", "said"),
    [(2.0, 1, "good"), (2.0, -1, "bad"), (-2.0, -1, "good"), (2.0, 0, "more"), (-2.0, 0, "less")],
)
def test_a_clear_difference_is_good_or_bad_by_what_its_indicator_declares(gap, better, said):
    assert tone(gap, True, better) == said
    assert tone(gap, False, better) == ""
    assert shade(gap, float("nan"), better) == shade(float("nan"), float("nan"), 1) == NEUTRAL


def test_a_map_is_neutral_where_nothing_is_clear_and_coloured_where_it_is(tmp_path):
    noise = np.random.default_rng(1).normal(size=(4, 4))

    def answer(values, replicate):
        more = values[OFFICERS] > 0.06
        luck = noise[2 * more + (values[PRESERVATION] > 0.1), replicate]
        return {"received": 0.5 + 1e-3 * luck, "backlog": 9.0 - 5.0 * more + 0.1 * luck}

    factors = {OFFICERS: TWO, PRESERVATION: {"values": [0.0, 0.9]}}
    found = reported(tmp_path, answer, factors, replicates=4)
    figure = next(f for f in across(found, Words()).figures if f.name == "map")
    colours = {}
    for axis in figure.drawn().axes:
        faces = {patch.get_facecolor() for patch in axis.patches if patch.get_fill()}
        colours[axis.get_title(loc="left").replace("\n", " ").split(",")[0]] = faces
        assert len([text for text in axis.texts if text.get_text()]) == 4
    assert colours["Money received per yuan fallen due"] == {to_rgba(NEUTRAL)}
    assert to_rgba(FIELDS["good"][2]) in colours["Cases open"]


def test_harm_is_coloured_by_the_people_hurt_and_not_by_their_share(tmp_path):
    def answer(values, replicate):
        more = values[OFFICERS] > 0.06
        return {
            "received": 0.5 + 0.01 * replicate,
            "harm": 3.0 + replicate,
            "false_listing": 0.2 + 0.18 * more + 0.001 * replicate * more,
            "wrongly_listed": 2.6 - 0.5 * more + 0.01 * replicate * more,
        }

    found = reported(tmp_path, answer, {OFFICERS: TWO}, replicates=4)
    (row,) = harm(found, Words()).parts[1].rows
    assert (row[1].text, row[1].below) == ("2.6", "share: 20 %")
    assert row[2].tone == "good"
    assert row[2].text.startswith("−0.4")
    assert "share: +18" in row[2].below
