"""Sections of a scenario that are tables of rows: debtors, claims, assets, creditors, options.

In: the rows of `sim.parameters`. Out: one declared class per section, with its own checks.
"""

from collections.abc import Iterator
from dataclasses import asdict, field, fields
from math import fsum
from typing import Annotated, Any

from sim.engine.record import Quantity, declared
from sim.parameters import (
    AssetTraits,
    DomainTraits,
    EvasionTraits,
    KindTraits,
    LenderTraits,
)
from sim.scenario.checking.fault import Fault, refuse
from sim.terms import Asset, Option, label

EVASIONS = {
    label(Option.STALL): EvasionTraits(option=Option.STALL.value),
    label(Option.CONCEAL): EvasionTraits(
        option=Option.CONCEAL.value, listing=1.2, personal=1.5, crime=3.0, cost=0.03, hides=True
    ),
    label(Option.RESIST): EvasionTraits(
        option=Option.RESIST.value, recovery=0.8, listing=1.5, personal=4.0, crime=8.0, cost=0.05
    ),
}
"""The dishonest options of a world that declares none."""


@declared
class Run:
    """Length of the run, and its seed."""

    months: Annotated[int, Quantity(unit="measured months", low=1, high=1200)] = 72
    burn_in: Annotated[
        int, Quantity(unit="months before the first measured one", low=0, high=600)
    ] = 60
    seed: Annotated[int, Quantity(unit="seed", low=0, high=2**53)] = 1


@declared
class Population:
    """Number of debtors and districts; a resolution, not the size of the country."""

    size: Annotated[int, Quantity(unit="debtors", low=1, high=100_000_000)] = 10_000
    districts: Annotated[int, Quantity(unit="districts, each with a court", low=1, high=200)] = 8


@declared
class Kinds:
    """Debtors by kind; a kind without a row has no members."""

    person: KindTraits = field(default_factory=KindTraits)
    firm: KindTraits = field(default_factory=KindTraits)
    public_body: KindTraits = field(default_factory=KindTraits)


@declared
class Domains:
    """Claims by domain; in a domain without a row no claims arise."""

    bank_loan: DomainTraits = field(default_factory=DomainTraits)
    private_loan: DomainTraits = field(default_factory=DomainTraits)
    trade: DomainTraits = field(default_factory=DomainTraits)
    traffic: DomainTraits = field(default_factory=DomainTraits)
    injury: DomainTraits = field(default_factory=DomainTraits)
    wages: DomainTraits = field(default_factory=DomainTraits)
    maintenance: DomainTraits = field(default_factory=DomainTraits)
    public_debt: DomainTraits = field(default_factory=DomainTraits)
    criminal: DomainTraits = field(default_factory=DomainTraits)


@declared
class Assets:
    """Assets by class."""

    bank: AssetTraits = field(default_factory=AssetTraits)
    online: AssetTraits = field(default_factory=AssetTraits)
    cash: AssetTraits = field(default_factory=AssetTraits)
    realty: AssetTraits = field(default_factory=AssetTraits)
    vehicles: AssetTraits = field(default_factory=AssetTraits)
    securities: AssetTraits = field(default_factory=AssetTraits)


@declared
class Lenders:
    """Creditors by kind."""

    bank: LenderTraits = field(default_factory=LenderTraits)
    trade: LenderTraits = field(default_factory=LenderTraits)
    private: LenderTraits = field(default_factory=LenderTraits)


def rows(section: Any) -> list[Any]:
    """The rows of `Kinds`, `Domains`, `Assets` or `Lenders`, in the order of their codes."""
    return [getattr(section, item.name) for item in fields(section)]


def check_shares(kinds: Kinds) -> Kinds:
    """Refuse shares of debtors or of wealth that do not add up to 1."""
    refuse(_share_faults(kinds))
    return kinds


def _share_faults(kinds: Kinds) -> Iterator[Fault]:
    total = fsum(kind.share for kind in rows(kinds))
    if total == 0.0:
        hint = 'write extends = "china_2016" at the top, or give shares of your own'
        yield Fault("", "no debtors: the shares of the kinds add up to 0", hint)
    elif abs(total - 1.0) > 1e-9:
        yield Fault("", f"the shares of the kinds add up to {total:.12g}, not 1")
    for item in fields(kinds):
        kind = getattr(kinds, item.name)
        wealth = fsum(getattr(kind, label(asset)) for asset in Asset)
        if kind.share > 0 and abs(wealth - 1.0) > 1e-9:
            what = f"the shares of wealth, bank to securities, add up to {wealth:.12g}, not 1"
            yield Fault(item.name, what)


def with_defaults(table: Any) -> Any:
    """Fill in an option that has the name of a default one with the values of the default.

    The options of the world are exactly those that the table names, so one can be left out.
    """
    if not isinstance(table, dict):
        return table
    given = {n: asdict(row) if isinstance(row, EvasionTraits) else row for n, row in table.items()}
    starts = {name: asdict(EVASIONS[name]) if name in EVASIONS else {} for name in given}
    return {n: starts[n] | row if isinstance(row, dict) else row for n, row in given.items()}


def in_order(evasions: dict[str, EvasionTraits]) -> dict[str, EvasionTraits]:
    """Sort the options, because their order in a file must not decide between equal costs."""
    refuse([] if evasions else [Fault("", "a world needs at least one dishonest option")])
    return dict(sorted(evasions.items(), key=lambda item: (item[1].option, item[0])))
