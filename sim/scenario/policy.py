"""Policies: when a policy is in force, whom it targets, and which levers it changes.

A lever is a number that policies can set, scale or add to.

In: the table of a policy, as read from a file. Out: a checked `Policy`, with its strength by month.
"""

import math
from collections.abc import Iterator, Mapping
from functools import cache, partial
from itertools import combinations, islice
from typing import Annotated, Any, NamedTuple, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)

from sim.engine.record import Quantity
from sim.levers.catalogue import catalogue
from sim.levers.lever import Lever, Reader
from sim.levers.renamed import RENAMED
from sim.scenario.assign import MOST, OF_DEBTORS, READERS, Assign
from sim.scenario.checking.fault import Fault, meant, member, refuse, shown
from sim.terms import Domain, Kind

Month = Annotated[int, Quantity(unit="measured months", low=1, high=1200)]
Span = Annotated[int, Quantity(unit="months", low=0, high=1200)]
Part = Annotated[float, Quantity(unit="share", low=0.0, high=1.0)]
Yuan = Annotated[float, Quantity(unit="yuan", low=0.0, high=1e12)]
District = Annotated[int, Quantity(unit="number of the district, from 0", low=0, high=199)]

BEYOND: dict[Reader, tuple[str, ...]] = {
    "court": ("kinds", "domains", "amount"),
    "debtor": ("domains", "amount"),
    "claim": (),
}
"""Fields of a policy's target that a court, a debtor or a claim does not have.

For example, a court has no kind, and a debtor has no domain.
"""


@cache
def levers() -> dict[str, Lever]:
    """Every lever by its path."""
    return {entry.path: entry.lever for entry in catalogue()}


class AnyLevers(dict[str, Lever]):
    """The levers of the model, and any lever that an extension could declare if it ran.

    A path in a group that the model does not have is taken as a lever without limits.
    """

    def __init__(self) -> None:
        """Start with the model's levers."""
        super().__init__(levers())
        self._groups = {path.partition(".")[0] for path in self}

    def foreign(self, path: object) -> bool:
        """Whether a path can only be that of a lever of an extension."""
        group, dot, name = str(path).partition(".")
        return bool(dot and name) and "." not in name and group not in self._groups

    def __contains__(self, path: object) -> bool:
        return super().__contains__(path) or self.foreign(path)

    def __missing__(self, path: str) -> Lever:
        if not self.foreign(path):
            raise KeyError(path)
        return Lever(
            title=path,
            zh=path,
            unit="unknown",
            low=-math.inf,
            high=math.inf,
            off=0.0,
            reads="claim",
            expected="",
        )


def known(info: ValidationInfo) -> dict[str, Lever]:
    """Every lever by its path, with those of the scenario's extensions."""
    if isinstance(info.context, AnyLevers):
        return info.context
    return levers() | (info.context or {})


def _flat(table: Any, head: str = "") -> Any:
    # TOML reads an unquoted `sanctions.late_interest = 0.01` as nested tables.
    if not isinstance(table, Mapping):
        return table
    flat: dict[str, Any] = {}
    for key, value in table.items():
        below = (
            _flat(value, f"{head}{key}.") if isinstance(value, Mapping) else {f"{head}{key}": value}
        )
        refuse(given_twice(path) for path in below if path in flat)
        flat |= below
    return flat


def given_twice(path: str) -> Fault:
    """The fault to report if a path is given twice: in quotes, and as nested tables."""
    return Fault(path, "is given twice, in quotes and with dots", "remove one of the two")


def _known(moves: Any, info: ValidationInfo) -> Any:
    # Both checks at once: after a wrong type, Pydantic would not run a later validator.
    if isinstance(moves, Mapping):
        refuse(_wrong(moves, known(info)))
    return moves


def _wrong(moves: Mapping[str, Any], there: Mapping[str, Lever]) -> Iterator[Fault]:
    for path, number in moves.items():
        if path not in there:
            yield unknown(path, there)
        elif isinstance(number, bool) or not isinstance(number, int | float):
            yield Fault(path, f"should be a number, not {shown(number)}")


def unknown(path: str, there: Mapping[str, Lever]) -> Fault:
    """The fault to report for a lever that does not exist."""
    name = path.rsplit(".", maxsplit=1)[-1]
    same = [other for other in there if other.endswith(f".{name}")]
    return Fault(path, "unknown lever", called_now(path) or meant(path, same or there))


def called_now(path: str) -> str:
    """A hint with the new name of a renamed lever; empty for any other path."""
    old = RENAMED.get(path)
    return f"since {old.since} it is called '{old.now}'" if old else ""


type Moves = Annotated[dict[str, float], BeforeValidator(_known), BeforeValidator(_flat)]
"""A number for each lever, by path. The field says how it is applied: set, scale or add."""


class Move(NamedTuple):
    """A change of one lever by a policy.

    Args:
        lever: Path of the lever.
        verb: How it is changed: ``set``, ``scale`` or ``add``.
        number: The new value, the factor or the number added, at full strength.
    """

    lever: str
    verb: str
    number: float


class Trigger(BaseModel):
    """Condition that puts a policy into force: an indicator of last month, over all debtors."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )

    indicator: Annotated[str, Field(min_length=1)]
    """Name of the indicator; see `servanda indicators`."""
    on: float
    """Value at which the policy starts: at or above it if `off` is lower, else at or below it."""
    off: float
    """Value at which the policy ends again; it must differ from `on`."""

    def flips(self, value: float, *, in_force: bool) -> bool:
        """Whether a value switches the policy on or off; NaN never does."""
        sign = 1.0 if self.on > self.off else -1.0
        if in_force:
            return sign * (value - self.off) <= 0.0
        return sign * (value - self.on) >= 0.0


class Spell(NamedTuple):
    """First and last month in force; until the policy ends, `end` is infinite."""

    start: int
    end: float


class Policy(BaseModel):
    """A policy: when it is in force, its target, the levers that it changes, and its reference."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )

    name: Annotated[str, Field(min_length=1)]
    """Short name, unique in its scenario."""
    title: str = ""
    """Title for readers."""
    author: str = ""
    """Author of the policy's description."""
    reference: str = ""
    """Source of the policy: a law, a document, a proposal."""
    start: Month = 1
    """First measured month; 1 is the month after the burn-in."""
    end: Month | None = None
    """Last month in force, inclusive; without it the policy does not end."""
    ramp: Span = 0
    """Months of partial strength before the policy has its full strength."""
    decay: Span = 0
    """Months of partial strength after the end of the policy."""
    routine: Part = 0.0
    """Share of the strength that remains after the end: how much of a campaign becomes routine."""
    trigger: Trigger | None = None
    """Condition for being in force between `start` and `end`; without it, the policy is in force in
    all these months."""
    dose: Part = 1.0
    """Share of each change of a lever that is made."""
    districts: tuple[District, ...] = ()
    """Districts reached, numbered from 0; all if none are named."""
    domains: tuple[Annotated[Domain, BeforeValidator(partial(member, Domain))], ...] = ()
    """Domains of claims reached; all if none are named."""
    kinds: tuple[Annotated[Kind, BeforeValidator(partial(member, Kind))], ...] = ()
    """Kinds of debtors reached; all if none are named."""
    amount: tuple[Yuan, Yuan] | None = None
    """Amounts of claims reached: from the first (inclusive) to the second (exclusive)."""
    assign: Assign | None = None
    """Assignment at random: a share of the target is reached, the rest is the control group."""
    set: Moves = {}
    """Levers set to a value, by path."""
    scale: Moves = {}
    """Levers multiplied by a factor, by path."""
    add: Moves = {}
    """Levers to which a number is added, by path."""

    @model_validator(mode="after")
    def _checked(self, info: ValidationInfo) -> Self:
        refuse(self._faults(known(info)))
        return self

    def _faults(self, there: Mapping[str, Lever]) -> Iterator[Fault]:
        if self.end is not None and self.end < self.start:
            yield Fault("end", f"month {self.end} is before the start, month {self.start}")
        if self.end is None and self.trigger is None:
            for name in ("decay", "routine"):
                if getattr(self, name):
                    what = "nothing decays" if name == "decay" else "nothing is left over"
                    yield Fault(
                        name, f"{what} if the policy never ends", "give its last month as 'end'"
                    )
        if self.trigger is not None and self.trigger.on == self.trigger.off:
            what = "the policy would begin and end at the same value"
            yield Fault("trigger.off", what, "set 'off' below or above 'on'")
        if self.amount is not None and self.amount[0] >= self.amount[1]:
            yield Fault("amount", "the lower limit must be below the upper one")
        if self.assign is not None and self.assign.share in (0.0, 1.0):
            what = f"a share of {self.assign.share:g} leaves one of the two groups empty"
            hint = "give a share above 0 and below 1, or remove 'assign' to reach all"
            yield Fault("assign.share", what, hint)
        if not list(self.moves()):
            yield Fault("", "changes no lever", "give 'set', 'scale' or 'add'")
        for lever, verb, number in self.moves():
            declared = there[lever]
            if verb == "set" and not declared.low <= number <= declared.high:
                yield Fault(f"set.{lever}", out_of_range(number), range_hint(declared))
            excluded = [name for name in BEYOND[declared.reads] if getattr(self, name)]
            if excluded and not declared.by_case:
                who = declared.reads
                named = " or ".join(f"'{name}'" for name in excluded)
                what = f"this lever is read for a {who}, which a policy with {named} never reaches"
                all_of_them = named.replace(" or ", " and ")
                hint = f"remove {all_of_them}, or change another lever"
                yield Fault(f"{verb}.{lever}", what, hint)
            if self.assign is not None:
                yield from self._undivided(self.assign.unit, f"{verb}.{lever}", declared.reads)

    def _undivided(self, unit: str, place: str, reader: Reader) -> Iterator[Fault]:
        """The fault of a lever that cannot differ between the units that are drawn."""
        of_debtor = unit == "claim" and place.partition(".")[2].startswith(OF_DEBTORS)
        if reader in READERS[unit] and not of_debtor:
            return
        who = "debtor, who insures all its claims" if of_debtor else reader
        what = f"this lever is read for a {who}: it cannot be assigned by {unit}"
        units = [one for one, readers in READERS.items() if reader in readers and one != unit]
        named = " or ".join(f"'{one}'" for one in units)
        yield Fault(place, what, f"give {named} as 'assign.unit', or change another lever")

    def moves(self) -> Iterator[Move]:
        """The policy's changes of levers, in the order set, scale, add."""
        for verb in ("set", "scale", "add"):
            yield from (Move(lever, verb, number) for lever, number in getattr(self, verb).items())

    def goes_by_case(self, there: Mapping[str, Lever]) -> bool:
        """Whether the policy targets claims but reaches debtors, through their oldest case."""
        return not self.reaches("debtor") and any(
            there[move.lever].by_case for move in self.moves()
        )

    def reaches(self, reader: Reader) -> bool:
        """Whether the policy can reach readers of this type: courts, debtors or claims."""
        if self.assign is not None and reader not in READERS[self.assign.unit]:
            return False
        return not any(getattr(self, name) for name in BEYOND[reader])

    @property
    def drawn(self) -> bool:
        """Whether debtors or claims are drawn: a district can then contain both arms (groups)."""
        return self.assign is not None and self.assign.unit != "district"

    def last(self) -> float:
        """The last month with any strength; infinite without `end`, or if `routine` exceeds 0."""
        if self.end is None or self.routine > 0.0:
            return math.inf
        return self.end + self.decay

    def strength(self, month: int, spell: Spell | None = None) -> float:
        """Strength of the policy in a measured month, 0 to 1 (ODD eq. 25).

        It rises in equal steps to 1 at ``start + ramp``. Let v be the value reached at the end.
        From there it falls in equal steps to v times `routine` at ``end + decay + 1``. The result
        is multiplied by `dose`.

        Args:
            month: Measured month.
            spell: Months in force, if a trigger decides; else `start` and `end` apply.
        """
        start, end = spell or Spell(self.start, math.inf if self.end is None else self.end)
        if month < start:
            return 0.0
        full = min(month, end)
        risen = min(1.0, (full - start + 1) / (self.ramp + 1))
        left = max(0.0, 1.0 - (month - full) / (self.decay + 1))
        return self.dose * risen * (self.routine + (1.0 - self.routine) * left)


def out_of_range(number: float) -> str:
    """Message for a number outside its range."""
    try:
        return f"{number:g} is out of range"
    except OverflowError:  # a whole number from Python, too large for a float
        return "a number beyond 1e308 is out of range"


def range_hint(declared: Quantity) -> str:
    """The hint for a number outside its range: the range and unit."""
    return f"give {declared.low:,.12g} to {declared.high:,.12g} ({declared.unit})"


def compatible(policies: tuple[Policy, ...]) -> tuple[Policy, ...]:
    """Refuse two policies with one name, and two that set a lever for the same target and month.

    More than `MOST` policies that are assigned by debtor or by claim are refused too.
    """
    refuse(islice(_clashes(policies), 100))  # many policies have too many pairs to list
    drawn = [place for place, policy in enumerate(policies) if policy.drawn]
    what = f"more than {MOST} policies are assigned by debtor or by claim"
    refuse(Fault(f"{place}.assign", what, "assign some by district") for place in drawn[MOST:][:1])
    return policies


def _clashes(policies: tuple[Policy, ...]) -> Iterator[Fault]:
    for (_, first), (place, second) in combinations(enumerate(policies), 2):
        if first.name == second.name:
            yield Fault(f"{place}.name", f"another policy has the name '{first.name}' already")
        if _meet(first, second):
            for lever in first.set.keys() & second.set.keys():
                what = f"policy '{first.name}' sets this lever too, for the same target and months"
                yield Fault(f"{place}.set.{lever}", what, "separate them, or use 'scale' or 'add'")


def _meet(first: Policy, second: Policy) -> bool:
    """Whether both the months and the targets of two policies overlap."""
    for name in ("districts", "domains", "kinds"):
        one, other = getattr(first, name), getattr(second, name)
        if one and other and not {*one} & {*other}:
            return False
    if first.amount and second.amount:
        low, high = zip(first.amount, second.amount, strict=True)
        if max(low) >= min(high):
            return False
    return first.start <= second.last() and second.start <= first.last()
