"""How a report shows indicators: which ones, in what unit, and which direction is better."""

from typing import NamedTuple

import numpy as np

from sim.analysis.comparison.compare import HEADLINE, NET
from sim.indicator import UNBOUNDED, Bounds
from sim.measure.indicators import INDICATORS
from sim.report.material import Material
from sim.words.words import Words, axis_unit

MAIN = ("performed_12", "voluntary_12", "refusal", "backlog", "harm", "public_outlay")
"""The measures drawn first."""
SHORT_RUN = ("grace_performance", "recovery", "received", "backlog", "harm", "public_outlay")
"""The measures drawn first if the runs are too short for the cohorts of `MAIN`."""
TABLE = (*HEADLINE, NET)
"""The measures in the table of main results, except those for which the runs are too short."""
BETTER = {one.name: 1 if one.better == "more" else -1 for one in INDICATORS if one.better}
"""1 if more is better, −1 if less is. Indicators on which opinions differ are left out."""
SHORT = {
    "performed_12": ("Performed within 12 months", "12个月内全部履行率"),
    "performed_36": ("Performed within 36 months", "36个月内全部履行率"),
    "voluntary_12": ("Without enforcement within 12 months", "12个月内自动履行率"),
    "voluntary_36": ("Without enforcement within 36 months", "36个月内自动履行率"),
    "months_to_money": ("Months to money, at most 36", "全部履行平均月数（上限36个月）"),
    "harm": ("Felt harm", "感知损害"),
    "public_outlay": ("Public cost", "公共成本"),
    "transfers": ("Social transfers", "社会给付与司法救助拨款"),
    "social_return_less_harm": ("Social return less harm", "扣除感知损害的净社会收益"),
    "restrictions_on_unable": ("Restrictions on the unable", "限制月数中无履行能力者占比"),
    "detention_on_unable": ("Detention of the unable", "拘留日数中无履行能力者占比"),
    "livelihood_breach": ("Below the exempt minimum", "基本生活受损率"),
    "firms_killed": ("Viable firms killed by a seizure", "有持续经营价值企业查封后倒闭率"),
    "refusal": ("Refusal of the able", "有履行能力而拒不履行率"),
    "docket_age": ("Mean age of open cases", "未结案件平均在案月数"),
    "grace_performance_able": ("Performance of the able", "有履行能力者自动履行率"),
}
"""Short titles for panels, English and Chinese, of indicators whose full title is too long."""
OWN = 3
"""Largest number of indicators of extensions that are drawn."""
KNOWN = {one.name: one for one in INDICATORS}


class Measure(NamedTuple):
    """An indicator as figures and tables show it.

    Args:
        name: Name of the indicator.
        title: English title.
        zh: Chinese title.
        unit: English unit; ``% of …`` for shares.
        factor: Number by which values are multiplied to have that unit.
    """

    name: str
    title: str
    zh: str
    unit: str
    factor: float

    @property
    def bounds(self) -> Bounds:
        """The possible range, in the unit shown."""
        one = KNOWN.get(self.name)
        if one is None:
            return UNBOUNDED
        return Bounds(self.factor * one.bounds.low, self.factor * one.bounds.high)

    def shown(self, values: np.ndarray) -> np.ndarray:
        """Values in the unit shown."""
        return self.factor * values


def measure(name: str) -> Measure:
    """How an indicator is shown; indicators of extensions are shown by name."""
    one = KNOWN.get(name)
    if one is None:
        spelt = name.replace("_", " ")
        return Measure(name, spelt, spelt, "", 1.0)
    factor = 100.0 if one.unit.startswith("share") else 1.0
    title, zh = SHORT.get(name, (one.title, one.zh))
    return Measure(name, title, zh, axis_unit(one.unit), factor)


def main_measures(material: Material) -> tuple[str, ...]:
    """The measures drawn first: `MAIN`, or `SHORT_RUN` if the runs have no cohort indicators."""
    return MAIN if material.has(MAIN[0]) else SHORT_RUN


def drawn(material: Material) -> list[Measure]:
    """Measures in figures: the main ones, others if few are recorded, and some of extensions."""
    kept = material.kept
    main = main_measures(material)
    names = [name for name in main if name in kept]
    if not names or len(kept) <= 2 * len(main):
        names = [*names, *(name for name in kept if name not in names)][: len(main)]
    own = [name for name in kept if name not in KNOWN and name not in names]
    return [measure(name) for name in (*names, *own[:OWN])]


def there(material: Material, names: tuple[str, ...]) -> list[Measure]:
    """The given measures that the material has."""
    return [measure(name) for name in names if material.has(name)]


def better(name: str) -> int:
    """1 if more is better, −1 if less is, 0 if that is a matter of opinion."""
    return BETTER.get(name, 0)


def people_of(name: str) -> str:
    """For a share of people harmed, the indicator that counts them; otherwise `name` itself."""
    one = KNOWN.get(name)
    return one.people if one is not None and one.people else name


def interval_notes(material: Material, words: Words) -> tuple[str, ...]:
    """A note on what intervals include, if there are intervals."""
    if material.replicates < 2:
        return ()
    return (
        words(
            "95 % intervals reflect only the random variation between seeds. They do not reflect "
            "that parameters are assumed or fitted, that prices are assumed, or that the model "
            "may be wrong."
        ),
    )


def fewer(material: Material, words: Words, points: int) -> tuple[str, ...]:
    """A note on the points that a table leaves out, if any."""
    if points >= material.count:
        return ()
    return (words("{n} of {all} points are considered here.", n=points, all=material.count),)


def unmoved(words: Words, every: list[Measure], moved: list[Measure]) -> tuple[str, ...]:
    """A note on measures without a panel: none of the values differs from the base."""
    still = [words.title(one) for one in every if one not in moved]
    if not still:
        return ()
    sentence = (
        "Differences are not drawn for these, since no value in these runs differs "
        "from the base: {names}."
    )
    return (words(sentence, names=words.listed(still)),)


def beyond(material: Material, words: Words, measures: list[Measure]) -> tuple[str, ...]:
    """Notes on shares above 100 %, and on measures that are NaN in some runs."""
    notes = []
    over = [
        words.title(one)
        for one in measures
        if one.factor == 100.0 and bool((material.values(one.name) > 1.0).any(axis=None))
    ]
    if over:
        notes.append(
            words(
                "Above 100 %: {names}. Numerator and denominator need not refer to the same "
                "months or persons, as with money received for older debts.",
                names=words.listed(over),
            )
        )
    gaps = [
        words.title(one)
        for one in measures
        if bool(material.values(one.name).isna().any(axis=None))
    ]
    if gaps:
        notes.append(
            words(
                "Without a value in some runs, because the denominator is zero or the "
                "result is not finite: {names}. Means leave these runs out.",
                names=words.listed(gaps),
            )
        )
    return tuple(notes)
