"""Claims about constraints between factors: what is read, and which points every design keeps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import ServandaError, ServandaWarning
from sim.experiment.designs.constraints.language import parsed
from sim.experiment.reading.file import load_experiment
from tests.experiment.laid import GRID, SHARES, hypercube, laid, morris, sobol

A, B, C = SHARES
BELOW = f"{A} < {B}"
ALL = [A, B, C]


def kept(text, **values):
    numbers = {name: np.array([value], float) for name, value in values.items()}
    return bool(parsed(text, list(values)).kept(numbers)[0])


# ---------------------------------------------------------------- the language


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("a < b", True),
        ("b < a", False),
        ("a + b <= 3", True),
        ("a + b != 3", False),
        ("2*(a + b) - 6 >= 0", True),
        ("-a − 1 > -b", False),
        ("a / 2 + b / 4 == 1", True),
        ("0 < a < b < 2", False),
        ('`a` < "b"', True),
    ],
)
def test_a_constraint_compares_sums_of_factors(text, right):
    assert kept(text, a=1.0, b=2.0) is right


def test_sums_that_are_equal_but_for_rounding_are_equal():
    assert 0.1 + 0.2 > 0.3
    for text, other in (("==", "!="), ("<=", ">"), (">=", "<")):
        assert kept(f"a + b {text} 0.3", a=0.1, b=0.2)
        assert not kept(f"a + b {other} 0.3", a=0.1, b=0.2)


def test_a_factor_may_be_called_by_its_last_words_where_these_name_one_only():
    names = ["policies.special.start", "policies.special.end", "policies.other.end"]
    assert parsed("special.start < special.end", names).names == names[:2]
    with pytest.raises(ServandaError, match=r"'end' names 2 factors; write 'policies.special.end'"):
        parsed("start < end", names)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the constraint ends where a factor or a number was expected"),
        ("a = b", "'= b' cannot be read"),
        ("a * b < 1", "a factor is multiplied by a factor"),
        ("1 / a < 1", "nothing can be divided by a factor or by 0"),
        ("a < 1 < 2", "contains no factor, so its result never changes"),
        ("(a < b)", "a parenthesis is not closed"),
        ("aa < b", "'aa' is not a factor"),
        ("__import__('os').system('true') < a", "cannot be read"),
        ("a < " + "1" * 5000, "5,004 characters are too many"),
    ],
)
def test_what_is_no_constraint_is_refused_in_a_line(text, told):
    with pytest.raises(ServandaError) as caught:
        parsed(text, ["a", "b", "c"])
    assert told in str(caught.value)


@given(st.text(alphabet="ab <>=!+-*/().1e`'\"\n\0é−", max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    try:
        found = parsed(text, ["a", "b"])
    except ServandaError:
        return
    assert set(found.names) <= {"a", "b"}


# ---------------------------------------------------------------- random designs


@pytest.mark.parametrize(
    "design", [hypercube(200), morris(20, levels=6), {"kind": "search", "population": 40}]
)
def test_points_that_break_a_constraint_are_drawn_again_and_counted(design):
    with pytest.warns(ServandaWarning, match=r"\d+ of \d+ \w+ broke a constraint and were drawn"):
        made, again = (laid(design, constraints=[BELOW]) for _ in "12")
    free, wide = laid(design), laid(design, constraints=f"{A} <= 1")
    points = made.points().iloc[1:]
    assert (points[A] < points[B]).all()
    assert len(made.design_points) == len(free.design_points)
    assert made.design_points.rows == again.design_points.rows
    assert wide.design_points.rows == free.design_points.rows


def test_trajectories_are_drawn_again_whole():
    with pytest.warns(ServandaWarning, match="trajectories broke"):
        made = laid(morris(8), constraints=[f"{A} + {B} + {C} <= 1.5"])
    shares = made.shares()[ALL].to_numpy().reshape(8, 4, 3)
    assert ((np.abs(np.diff(shares, axis=1)) > 0.0).sum(axis=1) == 1).all()
    assert (made.points()[ALL].sum(axis=1) <= 1.5 + 1e-9).all()


@pytest.mark.parametrize(
    ("design", "constraint", "told"),
    [
        (hypercube(20), f"{A} + {B} < 0.02", r"[1-9] of 10,000 random points satisfy"),
        (hypercube(20), f"{A} + {B} + {C} == 1", "0 of 10,000 .* '==': remove one factor"),
        (morris(4), f"{A} + {B} < 0.3", r"0 of 10,000 random trajectories satisfy the constraints"),
    ],
)
def test_constraints_that_hardly_a_point_keeps_are_refused_with_their_rate(
    design, constraint, told
):
    with pytest.raises(ServandaError, match=told):
        laid(design, constraints=[constraint])


# ---------------------------------------------------------------- designs of structure


def test_a_grid_leaves_out_what_breaks_a_constraint_and_says_how_much():
    thirds = {path: [0.0, 0.5, 1.0] for path in ALL}
    with pytest.warns(ServandaWarning, match="17 of 27 points break a constraint and are left out"):
        rows = laid(GRID, thirds, constraints=[f"{A} + {B} + {C} <= 1"]).design_points.rows
    assert len(rows) == 10
    assert all(sum(row) <= 1.0 for row in rows)
    with pytest.raises(ServandaError, match=r"none of 27 points satisfies the constraints \(0 %\)"):
        laid(GRID, thirds, constraints=[f"{A} > 1"])


@pytest.mark.parametrize(
    "design", [sobol(8), {"kind": "factorial"}, {"kind": "fractional_factorial", "resolution": 3}]
)
def test_designs_that_need_every_point_refuse_constraints_that_some_break(design):
    with pytest.raises(
        ServandaError, match=r"constraints: \d+ of \d+ points break a constraint.*length"
    ):
        laid(design, constraints=[BELOW])
    assert laid(design, constraints=[f"{A} <= 1"]).points()[A].max() <= 1.0


def test_points_from_a_file_are_held_against_constraints(write):
    write(f"{A},{B}\n0.1,0.2\n,0.9\n0.3,0.2\n", "p.csv")
    design = (
        'format = 1\ntitle = "E"\nbase = "village"\ndesign = {kind = "points", file = "p.csv"}\n'
    )
    with pytest.raises(
        ServandaError, match="1 of 3 points break a constraint: point 2 is the first"
    ):
        load_experiment(write(f'{design}constraints = ["{BELOW}"]\n'))
    assert load_experiment(write(f'{design}constraints = "{A} < 0.36"\n')).runs == 3
