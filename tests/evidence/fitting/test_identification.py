import numpy as np
import pytest

from sim.evidence.fitting.identification import (
    Slopes,
    contraction,
    gains,
    identification,
    label,
)

NAMES = ("noise", "optimism", "officers")


def slopes(rows, scaled=None):
    rows = np.array(rows, float)
    count = len(rows)
    return Slopes(rows, np.array(scaled or [False] * count), np.ones(count))


def test_a_direction_is_known_if_figures_respond_more_than_their_error():
    found = identification(NAMES, slopes([[3.0, 0.0, 0.0], [0.0, 0.5, 0.0]]))
    assert found.known == 1
    assert [one.strength for one in found.directions] == pytest.approx([3.0, 0.5, 0.0])


def test_contraction_is_that_of_the_linear_model():
    # Prior variance 1 and one figure with response 3: posterior variance 1 / (1 + 9).
    assert contraction(slopes([[3.0, 0.0, 0.0]])).tolist() == pytest.approx(
        [1.0 - np.sqrt(0.1), 0.0, 0.0]
    )


def test_parameters_that_only_move_together_are_named_together():
    found = identification(NAMES, slopes([[2.0, -2.0, 0.0]]))
    assert found.directions[0].named(NAMES) in {
        "noise against optimism",
        "optimism against noise",
    }
    assert found.contraction[0] < 0.5  # the sum stays unknown


def test_one_count_alone_tells_nothing_but_its_ratio_to_another_does():
    alone = slopes([[5.0, 0.0, 0.0]], scaled=[True])
    assert contraction(alone).tolist() == pytest.approx([0.0, 0.0, 0.0])
    two = slopes([[5.0, 0.0, 0.0], [0.0, 0.0, 0.0]], scaled=[True, True])
    assert contraction(two)[0] > 0.5


def test_a_missing_figure_is_worth_what_it_adds():
    ours = slopes([[3.0, 0.0, 0.0]])
    others = slopes([[0.0, 4.0, 0.0], [3.0, 0.0, 0.0]])
    added = gains(ours, others)
    assert added.shape == (2, 3)
    assert added[0, 1] == pytest.approx(1.0 - 1.0 / np.sqrt(17.0))
    assert added[1, 0] == pytest.approx(np.sqrt(0.1) - np.sqrt(1.0 / 19.0))


@pytest.mark.parametrize(
    ("share", "word"), [(0.6, "learned"), (0.3, "partly learned"), (0.1, "not learned")]
)
def test_a_parameter_is_called_by_its_contraction(share, word):
    assert label(share) == word
