"""The data collector of every `World`, for Mesa's own runners and charts.

In: the monthly series of a world. Out: model variables in Mesa's form. A value is computed when
it is read. A collector that nobody uses therefore costs no time.
"""

from collections.abc import Iterator, Sequence
from typing import Any, overload

import mesa

from sim.measure.series import Series

MONTH = "month"
"""Name of the one variable that is not an indicator: the last complete month."""


class Collector(mesa.DataCollector):
    """Every indicator after each month, computed over all measured months so far.

    Args:
        series: The monthly series of the world.
    """

    def __init__(self, series: Series) -> None:
        """Start with nothing collected."""
        super().__init__()
        self._series = series
        self._kept: list[int] = []
        self._rows: dict[int, dict[str, float]] = {}
        names = (MONTH, *(one.name for one in series.indicators))
        self.model_vars = {name: _Values(self, name) for name in names}
        # Mesa only tests whether there are reporters; they are never called.
        self.model_reporters = dict.fromkeys(names, None)

    def collect(self, model: Any) -> None:
        """Record that a month is complete."""
        self._collection_steps.append(model.time)
        self._kept.append(len(self._series.months))

    def __len__(self) -> int:
        """Number of months collected."""
        return len(self._kept)

    def row(self, place: int) -> dict[str, float]:
        """All variables at collection number `place`.

        Indicators are NaN in the burn-in, the months before the measured ones.
        """
        if place not in self._rows:
            kept = self._kept[place]
            months = self._series.months[:kept]
            measured = months >= 1
            sums = self._series.sums(burn_in=True)[:kept][measured][:, :1]
            spans = self._series.spans(burn_in=True)[:kept][measured][:, :1]
            values = {
                one.name: float(one.evaluate(sums, spans)[0]) for one in self._series.indicators
            }
            self._rows[place] = {MONTH: int(months[-1]), **values}
        return self._rows[place]


class _Values(Sequence[float]):
    """One variable over time, computed when it is read.

    Args:
        collector: The collector that the variable belongs to.
        name: Name of the variable.
    """

    def __init__(self, collector: Collector, name: str) -> None:
        self._collector, self._name = collector, name

    def __len__(self) -> int:
        return len(self._collector)

    @overload
    def __getitem__(self, place: int) -> float: ...
    @overload
    def __getitem__(self, place: slice) -> list[float]: ...
    def __getitem__(self, place: int | slice) -> float | list[float]:
        """The value at one collection, or the values at several."""
        places = range(len(self))[place]
        if isinstance(places, int):
            return self._collector.row(places)[self._name]
        return [self._collector.row(one)[self._name] for one in places]

    def __iter__(self) -> Iterator[float]:
        """Every value."""
        return iter(self[:])
