"""Runs kernels (compiled loops over rows) on several threads.

The number of threads does not change any sum. Rows are divided into blocks, and each block has its
own sums. A kernel is called for one block at a time and adds to the sums of this block, from the
first row to the last. The sums of all blocks are then added in order.
"""

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import numpy as np

from sim.engine.compile import Kernel, kinds_of, loop_of
from sim.engine.plain import view

BLOCK = 32_768
"""Rows per block: few blocks, since each has some 300 kB of sums, but enough for some threads."""


class Execution:
    """How kernels are run.

    Args:
        threads: Number of threads; below about 20,000 rows, more threads make a run slower.
        compiled: Whether kernels run compiled. If not, they run in plain Python.
        block: Rows per block; results with another block size differ in the last bits.
        ranges: Number of pieces into which the blocks are divided; by default, one per thread.
        shuffle: Seed of a random order in which the pieces are begun; used in tests.
    """

    def __init__(
        self,
        threads: int = 1,
        *,
        compiled: bool = True,
        block: int = BLOCK,
        ranges: int | None = None,
        shuffle: int | None = None,
    ) -> None:
        """Store the settings; threads start when they are first needed."""
        self.threads, self.compiled, self.block = threads, compiled, block
        self.ranges, self.shuffle = ranges or threads, shuffle
        self._pool: ThreadPoolExecutor | None = None
        self._state: Any = None
        self._kinds = b""

    def __getstate__(self) -> dict[str, Any]:
        """The settings, without the threads and the last state. A copy starts its own threads."""
        return {**self.__dict__, "_pool": None, "_state": None, "_kinds": b""}

    def blocks(self, rows: int) -> int:
        """Number of blocks that `rows` rows fill."""
        return -(-rows // self.block)

    def run_kernel(self, kernel: Kernel, state: Any, rows: int) -> None:
        """Run the kernel over rows 0 to ``rows - 1``."""
        if not self.compiled:
            run, state = kernel.py_func, view(state)
        else:
            run = self._loop(kernel, state)
        blocks = [(a, min(rows, a + self.block)) for a in range(0, rows, self.block)]
        parts = max(1, min(self.ranges, len(blocks)))  # more of them would be empty
        cuts = [round(k * len(blocks) / parts) for k in range(parts + 1)]
        pieces = [blocks[a:b] for a, b in itertools.pairwise(cuts)]
        if self.shuffle is not None:
            np.random.default_rng(self.shuffle).shuffle(pieces)
        if self.threads == 1 or len(pieces) < 2:
            for piece in pieces:
                _run_over(run, state, piece)
            return
        self._pool = self._pool or ThreadPoolExecutor(self.threads)
        running = [self._pool.submit(_run_over, run, state, piece) for piece in pieces]
        wait(running)  # wait for all, so that no thread is still writing when an error is raised
        for done in running:
            done.result()

    def _loop(self, kernel: Kernel, state: Any) -> Callable[..., Any]:
        """The loop of a kernel that was compiled for arrays of these kinds.

        A kernel would look at every array of the state to find it, in each call.
        """
        if state is not self._state:
            self._state, self._kinds = state, kinds_of(state)
        return loop_of(kernel, state, self._kinds)


def _run_over(run: Callable[..., Any], state: Any, blocks: list[tuple[int, int]]) -> None:
    """Run a loop over some blocks, one after another."""
    for first, last in blocks:
        run(state, first, last)


def in_block_order(sums: np.ndarray) -> np.ndarray:
    """The total over the first dimension, added block after block.

    NumPy's own sum adds in pairs, and the order of its additions may change between versions.
    """
    total = np.zeros(sums.shape[1:], sums.dtype)
    for block in sums:
        total += block
    return total
