"""How many runs each stage of a fit makes."""

from dataclasses import dataclass

DEFAULT_RUNS, QUICK_RUNS = 2_400, 600
"""Runs of a fit, and of a quick one."""
FEWEST_RUNS, MOST_RUNS = 200, 50_000
"""Fewest and most runs of a fit."""
REPEATS, PRIOR = 30, 256
"""Runs of the base, and first positions in the prior; any budget begins with them."""
RUNNING = 0.75
"""Share of the time that runs may take; emulators take the rest."""


@dataclass(frozen=True)
class Budget:
    """The runs of each stage.

    Args:
        repeats: Runs of the base on different seeds, which show the noise of a single run.
        prior: First positions in the prior: what figures can tell, and whether the model can make
            them at all.
        first: Positions in the prior, the ones above included.
        wave: Positions in each later wave, within the part of the prior that is not ruled out.
        draws: Positions drawn in proportion to their weight, from which the ensemble is made.
        pool: Positions at which emulators are evaluated.
    """

    repeats: int
    prior: int
    first: int
    wave: int
    draws: int
    pool: int

    @property
    def runs(self) -> int:
        """Largest number of runs."""
        return self.repeats + self.first + 2 * self.wave + self.draws


def budget(runs: int = DEFAULT_RUNS) -> Budget:
    """Divide a number of runs among the stages.

    Args:
        runs: Number of runs; it is brought between `FEWEST_RUNS` and `MOST_RUNS`.
    """
    runs = min(max(runs, FEWEST_RUNS), MOST_RUNS)
    wave, draws = round(0.17 * runs), round(0.21 * runs)
    first = runs - REPEATS - 2 * wave - draws
    pool = 1 << (17 if runs >= DEFAULT_RUNS // 2 else 15)
    return Budget(REPEATS, min(PRIOR, first), first, wave, draws, pool)


def within(minutes: float, seconds: float, jobs: int) -> Budget:
    """The budget that a time allows.

    Args:
        minutes: Time for the whole fit.
        seconds: Time of one run.
        jobs: Processes that run at once.
    """
    return budget(int(RUNNING * 60.0 * minutes * jobs / seconds))
