"""Claims about declaring mechanisms: what is composed, what is refused, what is off."""

import pytest

from sim.agents.claim import Claim
from sim.books import accounts
from sim.books.accounts import MOVEMENTS, Account
from sim.engine.record import dtype
from sim.levers.at_source import AtSource
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
AT_WORK = {
    "at_source.dispute_insurance": (1.0, "dispute_premium"),
    "collaborative.private_agents": (1.0, "agent_fee"),
    "comprehensive.relief_fund": (200_000.0, "relief"),
    "sanctions.application_fee": (0.01, "application_fee"),
    "special.private_prosecution": (1.0, "accusation"),
}
"""A lever of each mechanism with a value, and money that it moves."""
WHERE = {
    "special.private_prosecution": {
        "sanctions.prison_rate": 0.3,
        "choice.prison_weight": 0.0,
        "institutions.prosecutors": 0.0,
    }
}
"""The world in which a lever moves money, where it does not in every busy one."""


@pytest.mark.parametrize("path", AT_WORK)
def test_money_moves_when_it_is_on_and_the_books_balance_in_every_month(make, path):
    value, flow = AT_WORK[path]
    busy = BUSY | WHERE.get(path, {})
    on, off = (make.village(busy | {path: v}).run_to(12) for v in (value, 0.0))
    moved = [world.measured.books()[flow].sum() for world in (on, off)]
    assert moved[0] > 0.0 == moved[1]


def test_every_mechanism_is_tried():
    levers = {f"{record}.{name}" for m in MECHANISMS for record, c in m.fields for name in vars(c)}
    assert all(path in levers for path in AT_WORK)
    assert len(AT_WORK) == len(MECHANISMS)


@pytest.fixture
def alone(monkeypatch):
    """A mechanism that leaves no trace behind."""
    known = [*MECHANISMS]
    for module in (mechanism, composition):
        monkeypatch.setattr(module, "MECHANISMS", known)
    monkeypatch.setattr(accounts, "MOVEMENTS", dict(MOVEMENTS))
    return Mechanism(title="Test", zh="试", summary="Nothing.")


def test_fields_are_added_behind_the_last_of_their_type():
    assert dtype(Claim).names.index("subrogated") > dtype(Claim).names.index("insured")
    assert dtype(Claim).itemsize % 8 == 0
    assert AtSource().dispute_insurance == 0.0


def test_a_field_that_the_record_has_already_is_refused(alone):
    @alone.add_to("things")
    class Again:
        weight: float

    with pytest.raises(TypeError, match="Test: things has a field 'weight' already"):

        @composed("things")
        class Thing:
            weight: float


def test_a_taken_number_and_a_taken_name_are_refused(alone):
    with pytest.raises(ValueError, match="belongs to SUE; take a free number"):
        alone.decision("mine", Decision.SUE.value)
    with pytest.raises(ValueError, match="belongs to dispute_offer"):
        alone.decision("mine", 270)
    with pytest.raises(ValueError, match="there is a movement of that name"):
        alone.flow("income", Account.STATE, Account.DEBTORS, "income")


def test_a_point_passes_a_number_along_all_rules():
    rules = [lambda share, state, claim: share + 1.0, lambda share, state, claim: share * 2.0]
    point = points.Point(points.backed_share, points.POINTS[points.backed_share].declared)
    point.rules = rules
    assert point.combined()(0.5, None, None) == 3.0
    point.rules = []
    assert point.combined()(0.5, None, None) == 0.5
