"""Claims about ``servanda compile``."""

import os
from types import SimpleNamespace

from sim.cli.share.compile_command import KEPT, prune, weight
from sim.month.decision.choice import choose
from sim.month.enforcement.sale import sell


def test_compiling_fills_the_cache_and_says_where_it_is(call, monkeypatch):
    from sim.engine.compile import KERNELS, cache_folder

    monkeypatch.setattr(
        "sim.cli.share.compile_command.prune", lambda *_: None
    )  # not the user's other caches
    done = call("compile", "--processes", 2)
    assert done.exit_code == 0
    assert str(cache_folder()) in done.stdout
    compiled = {path.name for path in cache_folder().rglob("*.nbi")}
    for kernel in KERNELS:
        assert any(f".{kernel.__name__}-" in name for name in compiled), kernel.__name__


def test_kernels_with_more_rules_below_them_come_first():
    assert weight(choose.py_func, set()) > weight(sell.py_func, set()) > 0


def test_a_name_that_is_no_function_weighs_nothing():
    assert weight(SimpleNamespace(), set()) == 0


def test_the_oldest_caches_go_and_what_is_not_ours_stays(tmp_path):
    caches = [tmp_path / f"{number:020x}" for number in range(8)]
    for age, folder in enumerate(caches):
        folder.mkdir()
        os.utime(folder, (1e9 - age, 1e9 - age))
    (tmp_path / "notes").mkdir()
    prune(tmp_path, caches[7])
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {folder.name for folder in [*caches[: KEPT - 1], caches[7]]} | {"notes"}
