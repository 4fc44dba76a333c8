"""Claims about ``servanda compile``."""

import os

from sim.cli.share.compile_command import KEPT, prune


def test_compiling_fills_the_cache_and_says_where_it_is(shown, monkeypatch):
    from sim.engine.compile import KERNELS, cache_folder

    # the user's other caches stay
    monkeypatch.setattr("sim.cli.share.compile_command.prune", lambda *_: None)
    assert str(cache_folder()) in shown("compile", "--processes", 2)
    compiled = "".join(path.name for path in cache_folder().rglob("*.nbi"))
    assert not [one.__name__ for one in KERNELS if f".{one.__name__}-" not in compiled]


def test_the_oldest_caches_go_and_what_is_not_ours_stays(tmp_path):
    caches = [tmp_path / f"{number:020x}" for number in range(8)]
    for age, folder in enumerate(caches):
        folder.mkdir()
        os.utime(folder, (1e9 - age, 1e9 - age))
    (tmp_path / "notes").mkdir()
    prune(tmp_path, caches[7])
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {folder.name for folder in [*caches[: KEPT - 1], caches[7]]} | {"notes"}
