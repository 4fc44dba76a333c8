"""Claims about constraints between factors: what is read, and which points every design keeps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import ServandaError, ServandaWarning
from sim.experiment.designs.constraints.language import parsed
from sim.experiment.reading.file import load_experiment
from tests.experiment.laid import GRID, SHARES, UNIT, hypercube, laid, morris, sobol

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
        ("a + b < 3", False),
        ("a+b==3", True),
        ("a + b != 3", False),
        ("2*(a + b) - 6 >= 0", True),
        ("-a + 2 > b - 2 * a", True),
        ("-a − 1 > -b", False),
        ("a / 2 + b / 4 == 1", True),
        ("0 < a < b <= 2", True),
        ("0 < a < b < 2", False),
        ("b * 3 - a * (1 + 1) > 3.9e0", True),
        ('`a` < "b"', True),
        ("'a'<'b'", True),
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
        ("", "it ends where a factor or a number was expected"),
        ("a", "nothing is compared"),
        ("a < b c", "'c' stands where nothing was expected"),
        ("a = b", "'= b' cannot be read"),
        ("a * b < 1", "a factor is multiplied with a factor"),
        ("1 / a < 1", "nothing can be divided by a factor or by 0"),
        ("a / 0 < 1", "nothing can be divided by a factor or by 0"),
        ("a < 1 < 2", "holds no factor, and is always the same"),
        ("a - a < 1", "holds no factor"),
        ("(a < b)", "a parenthesis is not closed"),
        ("a < 1e999", "a number in it is too large"),
        ("aa < b", "'aa' is no factor"),
        ("__import__('os').system('true') < a", "cannot be read"),
        ("a ** b < 1", "'*' stands where a factor or a number was expected"),
        ("(" * 100 + "a", "more than 20 parentheses"),
        ("a < " + "1" * 5000, "5,004 characters are too many"),
        ("a < \0", "cannot be read"),
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


def test_of_a_hypercube_sound_points_stay_and_each_part_keeps_its_point_where_there_is_room():
    free = laid(hypercube(100)).points()
    with pytest.warns(ServandaWarning):
        made = laid(hypercube(100), constraints=[f"{A} + {B} <= 1.5"]).points()
    good = free[A] + free[B] <= 1.5
    assert made[good].equals(free[good])
    assert not made[~good].eq(free[~good])[[A, B]].all(axis=1).any()
    for path in ALL:
        assert (made[path] * 100).astype(int).nunique() >= 90


def test_trajectories_are_drawn_again_whole():
    with pytest.warns(ServandaWarning, match="trajectories broke"):
        made = laid(morris(8), constraints=[f"{A} + {B} + {C} <= 1.5"])
    shares = made.shares()[ALL].to_numpy().reshape(8, 4, 3)
    assert ((np.abs(np.diff(shares, axis=1)) > 0.0).sum(axis=1) == 1).all()
    assert (made.points()[ALL].sum(axis=1) <= 1.5 + 1e-9).all()


@pytest.mark.parametrize(
    ("design", "constraint", "told"),
    [
        (
            hypercube(20),
            f"{A} > 1",
            r"0 of 10,000 random points keep the constraints \(0.00%\); gi",
        ),
        (hypercube(20), f"{A} + {B} < 0.02", r"[1-9] of 10,000 random points keep"),
        (hypercube(20), f"{A} + {B} + {C} == 1", "0 of 10,000 .* '==': leave a factor out"),
        (morris(4), f"{A} + {B} < 0.3", r"0 of 10,000 random trajectories keep the constraints"),
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
    with pytest.raises(ServandaError, match=r"none of 27 points keeps them \(0 %\)"):
        laid(GRID, thirds, constraints=[f"{A} > 1"])
    tenths = {path: UNIT[path] | {"steps": 11} for path in ALL}
    with pytest.warns(ServandaWarning, match="left out"):
        made = laid(GRID, tenths, constraints=f"{A} + {B} + {C} == 1")
    assert len(made.design_points) == 66


def test_switches_count_as_one_where_they_are_on():
    six = [
        one["name"]
        for one in load_experiment({"base": "all_six"}).bases["all_six"].tree["policies"]
    ]
    paths = [f"policies.{name}" for name in six]
    most = " + ".join(f"`{path}`" for path in paths) + " <= 1"
    with pytest.warns(ServandaWarning, match="57 of 64 points break a constraint"):
        made = laid(GRID, {path: {} for path in paths}, base="all_six", constraints=most)
    assert len(made.design_points) == 7


def test_one_at_a_time_holds_the_base_against_constraints_too():
    alone = {"kind": "one_at_a_time"}
    base = laid(alone).points()[A][0]
    with pytest.warns(ServandaWarning, match="of 7 points break a constraint and are left out"):
        made = laid(alone, constraints=[f"{A} <= {max(base, 0.5)}"])
    assert made.design_points.rows[0] == (None, None, None)
    with pytest.raises(ServandaError, match="the base itself breaks one"):
        laid(alone, constraints=[f"{A} > {base} + 1"])


@pytest.mark.parametrize(
    "design", [sobol(8), {"kind": "factorial"}, {"kind": "fractional_factorial", "resolution": 3}]
)
def test_designs_that_need_every_point_refuse_constraints_that_some_break(design):
    with pytest.raises(ServandaError, match=r"constraints: \d+ of \d+ points break them.*length"):
        laid(design, constraints=[BELOW])
    assert laid(design, constraints=[f"{A} <= 1"]).points()[A].max() <= 1.0


def test_points_from_a_file_are_held_against_constraints(write):
    write(f"{A},{B}\n0.1,0.2\n,0.9\n0.3,0.2\n", "p.csv")
    design = (
        'format = 1\ntitle = "E"\nbase = "village"\ndesign = {kind = "points", file = "p.csv"}\n'
    )
    with pytest.raises(ServandaError, match="1 of 3 points break them, the first is point 2"):
        load_experiment(write(f'{design}constraints = ["{BELOW}"]\n'))
    assert load_experiment(write(f'{design}constraints = "{A} < 0.31"\n')).runs == 3


def test_names_of_constraints_that_are_no_factors_are_told_with_their_line(complaints):
    told = complaints(
        'format = 1\ntitle = "E"\nbase = "village"\n'
        f'constraints = ["{A} < 1", "list_rat < 1", "behaviour < 1"]\n'
        '[design]\nkind = "latin_hypercube"\npoints = 5\n'
        f'[factors]\n"{A}" = {{ low = 0.0, high = 1.0 }}\n'
        '"choice.behaviour" = ["prospect", "expected_utility"]\n'
    )
    assert told[0].startswith("e.toml:4: constraints.1: 'list_rat' is no factor")
    assert told[1].startswith("e.toml:4: constraints.2: 'behaviour' is no factor")
    with pytest.raises(
        ServandaError, match=r"constraints\.0: 'a' is no factor; there are no factor"
    ):
        load_experiment({"base": "village", "constraints": ["a < 1"]})
