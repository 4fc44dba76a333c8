"""Claims about all published models together: names, numbers, bits, comparisons, stored code."""

from dataclasses import replace
from pathlib import Path
from types import FunctionType

import pytest

from sim.classics import NAMES, mmc
from sim.classics.catalogue import CLASSICS, classic, number_of_runs, targets
from sim.classics.classic import Classic, Target
from sim.classics.compiled import STAMP
from sim.classics.estimate import Estimate
from sim.engine.compile import KERNELS
from sim.errors import ServandaError
from sim.world import DECIDING

SMALL = {
    "bekar_carlaw_eaton": {"periods": 40_000},
    "zaklan_westerhoff_stauffer": {"side": 40, "periods": 400, "warm_up": 200},
    "crokidakis": {"agents": 4000, "periods": 200, "warm_up": 60},
    "allingham_sandmo": {},
    "glaeser_sacerdote_scheinkman": {"places": 2000},
    "granovetter": {"crowds": 40},
    "mmc": {"customers": 200_000},
}
"""Parameters with which a run takes a fraction of a second."""
FAR = 4.0
"""Standard errors within which a small run must be of an exact number. Seeds are fixed."""


def small(one: Classic, target: Target | None = None):
    """Parameters of a quick run."""
    return replace(one.at(target) if target else one.parameters(), **SMALL[one.name])


def test_every_model_is_listed_once_under_the_name_of_its_module():
    assert tuple(one.name for one in CLASSICS) == NAMES
    assert [one.run.__module__ for one in CLASSICS] == [f"sim.classics.{name}" for name in NAMES]
    with pytest.raises(ServandaError, match="no classic 'crokidaki'; did you mean 'crokidakis'"):
        classic("crokidaki")


@pytest.mark.parametrize("one", CLASSICS, ids=NAMES)
def test_a_seed_gives_the_same_bits_and_every_outcome_has_a_title(one):
    found = one.run(small(one), 7)
    assert one.run(small(one), 7) == found
    assert (one.run(small(one), 8) != found) == (one.name != "allingham_sandmo")
    assert found.keys() == one.outcomes.keys()
    assert {target.outcome for target in one.targets} <= found.keys()
    assert all(allowed.title and allowed.zh for allowed in one.parameters.allowed().values())
    assert one.zh
    assert one.rules


EXACT = [
    pytest.param(one, target, id=f"{one.name}: {target.title}")
    for one in CLASSICS
    for target in one.targets
    if target.standing in {"closed form", "by hand"} and one.name != "crokidakis"
]


@pytest.mark.parametrize(("one", "target"), EXACT)
def test_small_runs_come_near_what_is_exact(one, target):
    computed, error = one.run(small(one, target), 1)[target.outcome]
    allowed = target.allowed(0.0) + FAR * error
    assert computed == pytest.approx(target.published, rel=1e-12, abs=allowed)


def test_a_published_number_is_compared_whatever_the_precision():
    model = classic("bekar_carlaw_eaton")
    few = model.parameters.read(["capacity=44", "periods=1000"])
    assert {one.outcome for one in model.published_at(few)} == {
        "mean_violations",
        "sd_violations",
        "mean_cost",
    }
    assert not model.published_at(model.parameters.read(["capacity=42"]))


def test_a_row_is_met_within_its_tolerance_and_missed_beyond():
    model = classic("mmc")
    simulated = Target("wait", "mean_wait", 4.0, published_error=0.04, rounding=0.01)
    row = model.row(simulated, {"mean_wait": Estimate(4.1, 0.03)})
    assert row.tolerance == pytest.approx(2.0 * 0.05 + 0.01)
    assert (row.verdict, row.model, row.source) == ("met", "mmc", model.source)
    assert model.row(simulated, {"mean_wait": Estimate(4.12, 0.03)}).verdict == "missed"
    assert model.row(simulated, {"mean_wait": Estimate(float("nan"))}).verdict == "missed"
    fixed = replace(simulated, tolerance=0.5)
    assert model.row(fixed, {"mean_wait": Estimate(4.4, 9.0)}).verdict == "met"


def test_processes_change_no_number():
    quick = [classic("granovetter"), classic("allingham_sandmo")]
    done: list[int] = []
    rows = targets(seed=3, jobs=2, models=quick, progress=done.append)
    assert rows == targets(seed=3, models=quick)
    assert [row.model for row in rows] == [one.name for one in quick for _ in one.targets]
    assert done == [*range(1, number_of_runs(quick) + 1)]
    assert number_of_runs(quick) < len(rows)  # numbers for the same parameters share a run


@pytest.mark.parametrize("one", CLASSICS, ids=NAMES)
def test_the_page_has_every_published_number_and_its_standing(one):
    page = (Path(__file__).parents[2] / "docs" / "classics.md").read_text(encoding="utf-8")
    for target in one.targets:
        published = f"{target.published:,.5g}".replace("-", "−")
        assert f"| {target.title} | {target.standing} | {published} |" in page
    assert f"| `{one.name}` | {one.title[0].lower()}{one.title[1:]} {one.zh} |" in page


def loops() -> dict[str, object]:
    """The compiled loop of each model that has one."""
    found = {one.name: one.run.__globals__.get("simulate") for one in CLASSICS}
    return {name: loop for name, loop in found.items() if loop}


def test_compiled_code_of_models_is_neither_part_of_worlds_nor_used_when_out_of_date(monkeypatch):
    assert "classics" not in DECIDING
    assert len(loops()) == 5
    assert not [one for one in KERNELS if one.__module__.startswith("sim.classics")]
    mmc.run(small(classic("mmc")), 1)
    stored = mmc.simulate._cache._cache_file  # type: ignore[attr-defined]
    assert all(one._cache._cache_file._source_stamp == STAMP for one in loops().values())  # type: ignore[attr-defined]
    assert stored._load_index()
    monkeypatch.setattr(stored, "_source_stamp", "a changed rule")
    assert not stored._load_index()


def test_loops_of_models_call_only_what_their_stored_code_is_named_after():
    for name, one in loops().items():
        function = one.py_func  # type: ignore[attr-defined]
        used = (function.__globals__.get(word) for word in function.__code__.co_names)
        modules = {f.__module__ for f in used if isinstance(f, FunctionType)}
        assert modules <= {"sim.engine.draw", f"sim.classics.{name}"}, name
        assert modules
