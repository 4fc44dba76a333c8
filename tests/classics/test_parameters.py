"""Claims about parameters: what is refused is named with its value, range and nearest name."""

from dataclasses import dataclass

import pytest

from sim.classics.parameters import ParameterSet, number, word
from sim.errors import ServandaError


@dataclass(frozen=True)
class Few(ParameterSet):
    """One parameter of each kind."""

    capacity: int = number(43, "capacity R", "能力", 0, 1000)
    share: float = number(0.5, "share", "比例", 0.0, 1.0)
    rule: str = word("shared", ("shared", "chosen"), "rule", "规则")
    periods: int = number(1000, "periods", "期数", 40, 1_000_000, effort=True)


def test_texts_become_values_of_their_kind():
    assert Few.read(["capacity = 1_0", "share=1", "rule=chosen"]) == Few(10, 1.0, "chosen")
    assert Few.read([]) == Few()


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["capacity"], "--set: 'capacity' has no '='; write KEY=VALUE"),
        (["capactiy=1"], "--set: there is no parameter 'capactiy'; did you mean 'capacity'?"),
        (["x=1"], "--set: there is no parameter 'x'; give one of capacity, share, rule, periods"),
        (["capacity=1.5"], "capacity: '1.5' is not a whole number; give 0 to 1,000"),
        (["share=half"], "share: 'half' is not a number; give 0 to 1"),
        (["capacity=1001"], "capacity: 1,001 is out of range; give 0 to 1,000"),
        (["share=nan"], "share: nan is out of range; give 0 to 1"),
        (["share=-1e999"], "share: -inf is out of range; give 0 to 1"),
        (["rule=none"], "rule: 'none' is not known; give shared or chosen"),
        (["share=0", "share=1"], "share: is set twice; drop one of the two"),
        ([f"capacity={'9' * 9000}"], f"capacity: '{'9' * 398}…; give 0 to 1,000"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(texts, said):
    with pytest.raises(ServandaError) as refused:
        Few.read(texts)
    assert str(refused.value) == said


@pytest.mark.parametrize("values", [{"capacity": 2.0}, {"capacity": True}, {"share": "1"}])
def test_values_from_python_are_checked_too(values):
    with pytest.raises(ServandaError, match=r"is not a (whole )?number; give 0 to 1"):
        Few(**values)


def test_the_values_of_the_model_are_those_that_do_not_only_decide_precision():
    assert Few(periods=40).model_values() == Few().model_values()
    assert Few(share=0.1).model_values() != Few().model_values()
