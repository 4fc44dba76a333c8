"""Claims about declaring mechanisms: what is composed, what is refused, what is off."""

from importlib import import_module
from pathlib import Path

import pytest

from sim.books import accounts
from sim.books.accounts import MOVEMENTS, Account
from sim.mechanisms import MECHANISMS, Mechanism, composed
from sim.mechanisms.base import composition, mechanism, points
from sim.terms import Decision

BUSY = {
    "population.size": 400,
    "protection.relief_wait": 1.0,
    "obligations.intensity": 8.0,
    "run.burn_in": 0,
    "run.months": 12,
}
NAMES = sorted(file.stem for file in Path(__file__).parent.glob("test_*.py"))
TESTS = [vars(import_module(f"tests.mechanisms.{name}")) for name in NAMES]
AT_WORK = {path: work for test in TESTS for path, work in test.get("MOVES", {}).items()}
"""What the tests of each mechanism declare: a lever, its value, what it changes, the world.

A lever changes a flow of money or, if it moves no money, a count, whose name begins with ``n_``.
"""


@pytest.mark.parametrize("path", AT_WORK)
def test_money_moves_when_it_is_on_and_the_books_balance_in_every_month(make, path):
    value, flow, where = AT_WORK[path]
    on, off = (make.village(BUSY | where | {path: v}).run_to(12) for v in (value, 0.0))
    counted = flow.startswith("n_")
    moved = [
        (w.series(burn_in=True, counts=True) if counted else w.measured.books())[flow].sum()
        for w in (on, off)
    ]
    assert moved[0] > 0.0 == moved[1]


def test_every_mechanism_is_tried():
    for one in MECHANISMS:
        levers = {f"{record}.{name}" for record, c in one.fields for name in vars(c)}
        assert levers & AT_WORK.keys(), one.title


@pytest.fixture
def alone(monkeypatch):
    """A mechanism that leaves no trace behind."""
    known = [*MECHANISMS]
    for module in (mechanism, composition):
        monkeypatch.setattr(module, "MECHANISMS", known)
    monkeypatch.setattr(accounts, "MOVEMENTS", dict(MOVEMENTS))
    return Mechanism(title="Test", zh="试", summary="Nothing.")


def test_a_field_that_the_record_has_already_is_refused(alone):
    @alone.add_to("things")
    class Again:
        weight: float

    with pytest.raises(TypeError, match="Test: things has a field 'weight' already"):

        @composed("things")
        class Thing:
            weight: float


def test_a_taken_number_and_a_taken_name_are_refused(alone):
    with pytest.raises(ValueError, match="belongs to SUE; choose a free number"):
        alone.decision("mine", Decision.SUE.value)
    with pytest.raises(ValueError, match="a movement of that name exists already"):
        alone.flow("income", Account.STATE, Account.DEBTORS, "income")


def test_a_point_passes_a_number_along_all_rules():
    rules = [lambda share, state, claim: share + 1.0, lambda share, state, claim: share * 2.0]
    point = points.Point(points.backed_share, points.POINTS[points.backed_share].declared)
    point.rules = rules
    assert point.combined()(0.5, None, None) == 3.0
    point.rules = []
    assert point.combined()(0.5, None, None) == 0.5
