"""Declares the sections of a scenario, such as debtors by kind and claims by domain.

In: the types of rows in `sim.parameters`. Out: one declared class per section, with its checks.
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
from sim.scenario.checking.fault import Fault, meant, refuse, shown
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
"""Dishonest options of a scenario that declares none."""


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
    """Number of debtors and districts: the resolution of the model, not the size of a country."""

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


EVASION_CODES = {
    label(option): option.value for option in (Option(row.option) for row in EVASIONS.values())
}
"""Code of each dishonest option, by its word in files."""


def with_defaults(table: Any) -> Any:
    """Fill in missing values from the default option of the same name; turn words into codes.

    The world has exactly the options in the table. So a file can leave a default option out.
    """
    if not isinstance(table, dict):
        return table
    given = {n: asdict(row) if isinstance(row, EvasionTraits) else row for n, row in table.items()}
    starts = {name: asdict(EVASIONS[name]) if name in EVASIONS else {} for name in given}
    rows = {n: starts[n] | row if isinstance(row, dict) else row for n, row in given.items()}
    refuse(_unknown_options(rows))
    return {n: _with_code(row) if isinstance(row, dict) else row for n, row in rows.items()}


def _unknown_options(rows: dict[str, Any]) -> Iterator[Fault]:
    """A fault for each row whose option is an unknown word."""
    known = ", ".join(f"'{word}'" for word in EVASION_CODES)
    for name, row in rows.items():
        word = row.get("option") if isinstance(row, dict) else None
        if isinstance(word, str) and word not in EVASION_CODES:
            what = f"unknown word {shown(word)}; choose from {known}"
            yield Fault(f"{name}.option", what, meant(word, EVASION_CODES))


def _with_code(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its option as a code instead of a word."""
    option = row.get("option")
    return row | {"option": EVASION_CODES[option]} if isinstance(option, str) else row


def in_order(evasions: dict[str, EvasionTraits]) -> dict[str, EvasionTraits]:
    """Sort the options by code, because ties between equal costs must not depend on the file.

    A world without options is refused. So are two rows with the same option, because rules find a
    row by the option that a debtor has chosen.
    """
    refuse([] if evasions else [Fault("", "a world needs at least one dishonest option")])
    refuse(_twice(evasions))
    return dict(sorted(evasions.items(), key=lambda item: item[1].option))


def _twice(evasions: dict[str, EvasionTraits]) -> Iterator[Fault]:
    """A fault for each row whose option an earlier row has."""
    first: dict[int, str] = {}
    for name, row in evasions.items():
        if row.option in first:
            word = label(Option(row.option))
            what = f"option '{word}' ({row.option}) is used by evasions.{first[row.option]} already"
            yield Fault(f"{name}.option", what, "keep one row per option, or name another option")
        first.setdefault(row.option, name)
