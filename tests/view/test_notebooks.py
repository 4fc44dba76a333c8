"""Notebooks: one for each lesson, and its worlds are those of the lesson."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from sim.errors import ServandaError
from sim.view.lessons.lesson import Lesson, lessons
from sim.view.lessons.runs import run_lessons
from sim.view.lessons.table import differences

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "lessons"
SMALL: dict[str, Any] = {"debtors": 1_000, "seeds": [3]}
"""Fewer debtors and another seed than a lesson has; its months stay, since its claims name them."""


def notebook(one: Lesson) -> ModuleType:
    """The notebook of a lesson as a module; nothing in it has run."""
    pytest.importorskip("marimo", reason="marimo is not installed; it is in the extra `teach`")
    name = f"{one.number:02}_{one.name}"
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_lesson_has_a_notebook_and_every_notebook_a_lesson():
    there = sorted(file.stem for file in FOLDER.glob("*.py"))
    assert there == [f"{one.number:02}_{one.name}" for one in lessons()]


@pytest.mark.parametrize("one", lessons(), ids=lambda one: one.name)
def test_a_notebook_shows_what_its_lesson_shows(one):
    module = notebook(one)
    _, sizes = module.sizes.run()
    assert dict(sizes) == {"debtors": one.debtors, "months": one.months, "seeds": one.seeds}
    _, found = module.app.run(defs=dict(sizes) | SMALL)
    expected = run_lessons([one.model_copy(update=SMALL | {"debtor": None})])[0]
    gaps = np.array([np.subtract(*expected.pairs(k)[0]) for k in range(len(one.claims))])
    table = found["table"]
    assert table["seed 3"].tolist() == gaps.tolist()
    assert table["holds"].tolist() == [expected.held(k) == 1 for k in range(len(one.claims))]
    if one.debtor:
        assert list(found["ledgers"]) == ["as_is: conceal", "double: pay"]
    pairs = {claim.arms for claim in one.claims}
    moved = {claim.arms for claim, gap in zip(one.claims, gaps, strict=True) if gap}
    assert moved == pairs, "too small: two arms cannot be told apart"


def test_a_missing_world_is_named():
    with pytest.raises(ServandaError, match="no world of 'together' with seed 2"):
        differences("net", {("as_is", 2): None})  # type: ignore[dict-item]
