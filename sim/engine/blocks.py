"""Run kernels (compiled loops over rows) on several threads; their number affects no sum.

Every block of rows has sums of its own: for each row, a kernel adds to those of ``row // block``.
The ranges of rows that threads run end at block borders. So each block is filled by one range, from
first row to last, and the sums of all blocks are then added in order.
"""

from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import numpy as np

from sim.engine.compile import Kernel
from sim.engine.plain import view

BLOCK = 8192


class Execution:
    """How kernels are run: number of ranges and threads, compiled or plain.

    Args:
        threads: Number of threads; below about 20,000 rows, more threads make a run slower.
        compiled: Whether kernels run compiled; otherwise in plain Python over views.
        block: Rows per block; results with another block size differ in the last bits.
        ranges: Number of row ranges; by default the number of threads.
        shuffle: Seed of a random order in which ranges are begun; used in tests.
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

    def __getstate__(self) -> dict[str, Any]:
        """The state without the threads, which start again in the process that uses the copy."""
        return {**self.__dict__, "_pool": None}

    def blocks(self, rows: int) -> int:
        """Number of blocks that `rows` rows fill."""
        return -(-rows // self.block)

    def run_kernel(self, kernel: Kernel, state: Any, rows: int) -> None:
        """Run the kernel over rows 0 to ``rows - 1``."""
        if not self.compiled:
            run, state = kernel.py_func, view(state)
        else:
            run = kernel
        blocks = self.blocks(rows)
        ranges = max(1, min(self.ranges, blocks))  # further ranges would be empty
        cuts = [min(rows, int(c) * self.block) for c in np.linspace(0, blocks, ranges + 1).round()]
        pieces = [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if a < b]
        if self.shuffle is not None:
            np.random.default_rng(self.shuffle).shuffle(pieces)
        if self.threads == 1 or len(pieces) < 2:
            for first, last in pieces:
                run(state, first, last)
            return
        self._pool = self._pool or ThreadPoolExecutor(self.threads)
        running = [self._pool.submit(run, state, first, last) for first, last in pieces]
        wait(running)  # wait for all, so that no range is still writing when an error is raised
        for done in running:
            done.result()


def in_block_order(sums: np.ndarray) -> np.ndarray:
    """The total over the first dimension, added block after block.

    NumPy's own sum adds pairwise, and its order may change between versions; this order does not.
    """
    total = np.zeros(sums.shape[1:], sums.dtype)
    for block in sums:
        total += block
    return total
