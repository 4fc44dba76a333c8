"""Claims about records: one annotated class gives dtype, rows, limits and sources."""

import dataclasses
from enum import IntEnum
from typing import Annotated, Any

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from sim.engine.record import (
    Byte,
    Cells,
    Quantity,
    Short,
    Single,
    Word,
    declared,
    dtype,
    quantity,
    record,
    table,
    values,
)

RATE = Quantity(unit="1/month", low=0.0, high=1.0, source="a panel study", standing="measured")


class Colour(IntEnum):
    RED = 0
    BLUE = 5


@declared
class Inner:
    share: Annotated[float, RATE] = 0.25
    months: Annotated[int, Quantity(unit="month", low=1, high=12)] = 6


@declared
class Outer:
    first: Inner = Inner(share=0.5)
    colour: Colour = Colour.BLUE
    bold: bool = True
    plain: float = 1.5


@record
class Wide:
    id: int
    real: float
    flag: bool
    byte: Byte
    short: Short
    word: Word
    single: Single
    colour: Colour
    cells: Annotated[Cells, ("f8", (6,))]
    grid: Annotated[Cells, ("f4", (2, 3))]
    inner: Inner
    rate: Annotated[float, RATE]
    remark: Annotated[float, "yuan"]


FORMATS: dict[str, Any] = {"id": "i8", "real": "f8", "flag": "?", "byte": "i1", "short": "i2"}
FORMATS |= {"word": "i4", "single": "f4", "colour": "i1", "cells": ("f8", (6,))}
FORMATS |= {"grid": ("f4", (2, 3)), "inner": dtype(Inner), "rate": "f8", "remark": "f8"}


def test_each_annotation_has_its_cell_aligned_and_in_the_order_of_the_class() -> None:
    made = dtype(Wide)
    assert made.names == tuple(FORMATS)
    assert {name: made[name] for name in FORMATS} == {n: np.dtype(f) for n, f in FORMATS.items()}
    assert made.isalignedstruct
    assert all(place[1] % place[0].alignment == 0 for place in (made.fields or {}).values())


@pytest.mark.parametrize("hint", [str, float | None, Cells])
def test_a_type_no_row_can_hold_is_named_with_its_own_class_and_field(hint: Any) -> None:
    made = dataclasses.make_dataclass("Odd", [("fine", float), ("wrong", hint)])
    for cls in (made, dataclasses.make_dataclass("Outside", [("deep", made)])):
        with pytest.raises(TypeError, match=r"Odd\.wrong: a row cannot hold"):
            dtype(cls)


def test_defaults_fill_a_table_and_values_nest_as_the_classes_do() -> None:
    rows = table(Outer, [Outer(), Outer(first=Inner(months=3), colour=Colour.RED)])
    assert rows.dtype == dtype(Outer)
    assert values(Outer()) == ((0.5, 6), Colour.BLUE, True, 1.5)
    assert rows.tolist() == [((0.5, 6), 5, True, 1.5), ((0.25, 3), 0, True, 1.5)]


def test_a_number_too_wide_for_its_cell_is_refused() -> None:
    narrow = dataclasses.make_dataclass("Narrow", [("byte", Byte)])
    with pytest.raises(OverflowError):
        table(narrow, [narrow(128)])


@pytest.mark.parametrize(
    ("cls", "name", "value"),
    [
        (Inner, "share", -1e-12),
        (Inner, "share", 1.0 + 1e-12),
        (Inner, "share", float("nan")),
        (Outer, "plain", float("inf")),
        (Inner, "shares", 0.5),
    ],
)
def test_what_lies_beyond_limits_is_not_finite_or_unknown_is_refused(
    cls: type, name: str, value: float
) -> None:
    assert TypeAdapter(Inner).validate_python({"share": 1.0}) == Inner(share=1.0)
    with pytest.raises(ValidationError, match=name):
        TypeAdapter(cls).validate_python({name: value})
    assert quantity(Inner, "share") is RATE
