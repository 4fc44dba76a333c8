"""Short ways to declare definitions and measures from the counts of the model."""

from sim.evidence.counted import Counter
from sim.evidence.measure import Definition, Kind, Measure, Part, When

ONLY = "model"
"""Code of the definition of a measure that has only one."""


def parts(*of: Counter, when: When = "during", everyone: bool = False) -> tuple[Part, ...]:
    """Terms that are added."""
    return tuple(Part(one, when, everyone=everyone) for one in of)


def end(*of: Counter) -> tuple[Part, ...]:
    """Stocks at the end of the period."""
    return parts(*of, when="end")


def before(*of: Counter) -> tuple[Part, ...]:
    """Stocks at the end of the month before the period."""
    return parts(*of, when="before")


def less(*of: Counter, when: When = "during") -> tuple[Part, ...]:
    """Terms that are subtracted."""
    return tuple(Part(one, when, sign=-1) for one in of)


def flow(
    name: str,
    title: str,
    zh: str,
    *of: Counter,
    group: str,
    unit: str = "cases",
    variants: tuple[Definition, ...] = (),
) -> Measure:
    """A number of events, or a sum of money, in a period."""
    return _count(name, title, zh, parts(*of), "flow", group, unit, variants)


def stock(
    name: str,
    title: str,
    zh: str,
    *of: Counter,
    group: str,
    unit: str = "cases",
    variants: tuple[Definition, ...] = (),
) -> Measure:
    """A number at the end of a period."""
    return _count(name, title, zh, end(*of), "stock", group, unit, variants)


def _count(
    name: str,
    title: str,
    zh: str,
    above: tuple[Part, ...],
    kind: Kind,
    group: str,
    unit: str,
    variants: tuple[Definition, ...],
) -> Measure:
    only = Definition(code=ONLY, title=title, zh=zh, above=above)
    return Measure(
        name=name,
        title=title,
        zh=zh,
        unit=unit,
        kind=kind,
        group=group,
        definitions=variants or (only,),
    )


def ratio(
    name: str,
    title: str,
    zh: str,
    above: tuple[Part, ...] = (),
    below: tuple[Part, ...] = (),
    *,
    group: str,
    unit: str = "share",
    scale: float = 1.0,
    high: float = 1.0,
    variants: tuple[Definition, ...] = (),
) -> Measure:
    """A ratio of counts; with `variants`, one for each definition."""
    only = Definition(code=ONLY, title=title, zh=zh, above=above, below=below, scale=scale)
    kind: Kind = "duration" if unit in {"months", "days"} else "ratio"
    return Measure(
        name=name,
        title=title,
        zh=zh,
        unit=unit,
        kind=kind,
        group=group,
        definitions=variants or (only,),
        high=high,
    )


def variant(
    code: str,
    title: str,
    zh: str,
    above: tuple[Part, ...],
    below: tuple[Part, ...] = (),
    *,
    scale: float = 1.0,
    by_months: bool = False,
    share: float = 0.0,
    factor: tuple[float, float] = (1.0, 1.0),
) -> Definition:
    """One of several definitions of a measure."""
    return Definition(
        code=code,
        title=title,
        zh=zh,
        above=above,
        below=below,
        scale=scale,
        by_months=by_months,
        share=share,
        factor=factor,
    )
