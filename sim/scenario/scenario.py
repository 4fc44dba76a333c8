"""`Scenario`: the checked and frozen contents of a scenario file. They determine a world."""

import warnings
from collections.abc import Iterator
from dataclasses import asdict, fields, is_dataclass
from enum import IntEnum
from typing import Annotated, Any, Literal, Self, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from sim.errors import ServandaWarning
from sim.extension import Extension, gathered
from sim.levers.catalogue import Levers
from sim.parameters import (
    Choice,
    Economy,
    EvasionTraits,
    Institutions,
    Learning,
    Obligations,
    Parameters,
    Procedure,
    Protection,
    Pursuit,
    Society,
)
from sim.permission import grant, granted
from sim.reading.limits import POLICIES
from sim.scenario.checking import sections
from sim.scenario.checking.fault import Fault, member, refuse
from sim.scenario.checking.sections import Assets, Domains, Kinds, Lenders, Population, Run
from sim.scenario.policy import Policy, compatible
from sim.shown import About, Shown, listed
from sim.terms import Currency, Domain, Kind, label

FORMAT = 1
"""The format of scenario files that this version reads."""

SECTIONS = (
    *("run", "population", "economy", "obligations", "choice", "learning", "society"),
    *("procedure", "institutions", "pursuit", "protection"),
    *("kinds", "domains", "assets", "lenders", "levers"),
)
"""The sections of a scenario that are declared records."""

INTERNAL = "added_levers"
"""A field that files must not set: values for levers of extensions, filled in after merging."""


def _by_word(section: type) -> BeforeValidator:
    """Accept words for enumeration members in a section, such as ``behaviour = "prospect"``."""
    words = {n: t for n, t in get_type_hints(section).items() if issubclass(t, IntEnum)}

    def translate(table: Any) -> Any:
        if not isinstance(table, dict):
            return table
        return table | {n: member(t, table[n]) for n, t in words.items() if n in table}

    return BeforeValidator(translate)


class Scenario(Shown, BaseModel):
    """A world, its levers and its policies: everything that a run depends on."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )

    format: Literal[1]
    """Format of the file."""
    title: Annotated[str, Field(min_length=1)]
    """Title for readers."""
    description: str = ""
    """What the scenario shows, in a sentence or two."""
    author: str = ""
    """Author of the scenario."""
    reference: str = ""
    """Source of the scenario, such as a law or a publication."""
    currency: Currency = "yuan"
    """The money of the scenario, a word for readers; no number depends on it."""
    run: Run = Run()
    population: Population = Population()
    economy: Economy = Economy()
    obligations: Obligations = Obligations()
    choice: Annotated[Choice, _by_word(Choice)] = Choice()
    learning: Annotated[Learning, _by_word(Learning)] = Learning()
    society: Society = Society()
    procedure: Procedure = Procedure()
    institutions: Institutions = Institutions()
    pursuit: Pursuit = Pursuit()
    protection: Protection = Protection()
    kinds: Annotated[Kinds, AfterValidator(sections.check_shares), Field(validate_default=True)] = (
        Kinds()
    )
    domains: Domains = Domains()
    assets: Assets = Assets()
    lenders: Lenders = Lenders()
    evasions: Annotated[
        dict[str, EvasionTraits],
        BeforeValidator(sections.with_defaults),
        AfterValidator(sections.in_order),
    ] = sections.EVASIONS
    """Dishonest options that a debtor has instead of paying."""
    levers: Levers = Levers()
    extensions: tuple[str, ...] = ()
    """Python files that extend the model; a run executes them."""
    added_levers: dict[str, float] = {}
    """Values of the levers that extensions declare, by path."""
    policies: Annotated[
        tuple[Policy, ...], Field(max_length=POLICIES), AfterValidator(compatible)
    ] = ()

    def _about(self) -> About:
        """A short description: title, description, size, months, seed, policies, extensions."""
        facts = (
            ("about", self.description),
            ("debtors", f"{self.population.size:,} in {self.population.districts} districts"),
            ("months", f"{self.run.months} after a burn-in of {self.run.burn_in}"),
            ("seed", str(self.run.seed)),
            ("policies", listed(policy.name for policy in self.policies)),
            ("extensions", listed(self.extensions)),
        )
        more = ("run", "population", "levers", "policies", "model_dump()")
        return About("Scenario", self.title, facts, tuple(f".{name}" for name in more))

    @field_validator(*SECTIONS, mode="before")
    @classmethod
    def _as_plain_values(cls, value: Any) -> Any:
        # Pydantic would accept an instance without checking its limits.
        return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value

    @model_validator(mode="after")
    def _checked(self) -> Self:
        refuse(self._unknown_districts())
        for policy in self.policies:
            if policy.start > self.run.months:
                late = f"policy '{policy.name}' starts in month {policy.start}"
                warnings.warn(
                    f"{late}; the run ends after month {self.run.months}",
                    ServandaWarning,
                    stacklevel=2,
                )
            if self._reaches_nobody(policy):
                nobody = f"policy '{policy.name}' reaches nobody"
                why = "no debtor of its kinds owes anything in its domains"
                warnings.warn(f"{nobody}: {why}", ServandaWarning, stacklevel=2)
        return self

    def _reaches_nobody(self, policy: Policy) -> bool:
        """Whether this world has debts, but none of the kinds and domains that a policy targets."""
        return self._owe((), ()) and not self._owe(policy.kinds, policy.domains)

    def _owe(self, kinds: tuple[Kind, ...], domains: tuple[Domain, ...]) -> bool:
        """Whether debtors of these kinds can have debts in these domains; empty tuples mean all."""
        there = [k for k in kinds or Kind if getattr(self.kinds, label(k)).share > 0.0]
        rows = [getattr(self.domains, label(domain)) for domain in domains or Domain]
        return any(getattr(row, label(kind)) > 0.0 for row in rows for kind in there)

    def _unknown_districts(self) -> Iterator[Fault]:
        count = self.population.districts
        for place, policy in enumerate(self.policies):
            for strange in (d for d in policy.districts if d >= count):
                what = f"there is no district {strange}"
                yield Fault(f"policies.{place}.districts", what, f"districts are 0 to {count - 1}")

    def __getstate__(self) -> dict[Any, Any]:
        """The values, and the extensions that may run: a worker process needs both."""
        return super().__getstate__() | {"granted": granted() if self.extensions else ()}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        """Restore a copy made in another process of this program."""
        grant(state["granted"])
        super().__setstate__({key: value for key, value in state.items() if key != "granted"})

    def triggers(self) -> Iterator[tuple[str, str]]:
        """Each policy with a trigger, and the name of the trigger's indicator."""
        for policy in self.policies:
            if policy.trigger is not None:
                yield policy.name, policy.trigger.indicator

    @property
    def added(self) -> Extension:
        """The declarations of the extensions."""
        return gathered(self.extensions)

    @property
    def parameters(self) -> Parameters:
        """The parameters common to all agents, as the row that the model's rules read."""
        return Parameters(**{item.name: getattr(self, item.name) for item in fields(Parameters)})
