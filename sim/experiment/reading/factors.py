"""Reads the factors of an experiment, and checks that what they change can be varied.

In: the contents of the file, and the base scenarios. Out: for each factor a `Spread`, with the
possible values and the target (the place in the scenario that it changes). Faults are added to
`Findings`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sim.experiment.distribution import Spread, spread
from sim.experiment.factor_target import SCENARIO, Base, Target, in_any_base
from sim.experiment.reading.findings import Findings
from sim.experiment.spec import (
    SHORT,
    Factor,
    Factorial,
    FractionalFactorial,
    Replicates,
    Scenarios,
    Search,
    Spec,
)
from sim.experiment.spec import Points as PointsFile
from sim.reading.limits import COLUMNS
from sim.scenario.checking.check import place_of
from sim.scenario.checking.fault import Fault


@dataclass
class FactorReader:
    """Looks up the targets of factors.

    Args:
        spec: The contents of the file.
        bases: The base scenarios by name; None if one could not be read.
        findings: Collects the faults.
        targets: The target of each factor, by base and path; filled here.
    """

    spec: Spec
    bases: Mapping[str, Base | None]
    findings: Findings
    targets: dict[str, dict[str, Target]] = field(default_factory=dict)

    def _unsearchable(self, path: str, factor: Factor) -> bool:
        """Whether a search cannot choose the factor; if so, a fault is added."""
        if path == SCENARIO:
            what, hint = "a search starts from one base", "write base = … instead"
        elif SHORT.get(path, path).startswith(("population.", "run.")):
            what, hint = "runs of different sizes share no random numbers", "put it under [set]"
        elif factor.distribution is not None:
            what = "a distribution is for unknown values, but a search chooses the values itself"
            path, hint = f"{path}.distribution", "give 'low' and 'high', or 'values'"
        else:
            return False
        self.findings.wrong(f"factors.{path}", what, hint)
        return True

    def factors(self) -> dict[str, Factor]:
        """The factors by path, beginning with those that switch policies on or off."""
        design, listing = self.spec.design, self.spec.factors
        factors: dict[str, Factor] = {}
        if isinstance(design, Factorial | FractionalFactorial | Search) and design.policies:
            names = list(design.policies)
            first = next(filter(None, self.bases.values()), None)
            if names == ["all"] and first is not None:
                names = list(first.policies)
                if not names:
                    self.findings.wrong("design.policies", f"'{first.name}' has no policies")
            elif names == ["all"]:
                names = []
            for number, name in enumerate(names):
                path = f"policies.{name}"
                if path in listing or path in factors:
                    self.findings.wrong(f"design.policies.{number}", f"'{name}' is listed twice")
                factors[path] = Factor()
        factors |= listing
        if len(factors) > COLUMNS:
            self.findings.wrong("factors", f"{len(factors):,} factors", f"name at most {COLUMNS:,}")
            return {}
        if isinstance(design, Replicates | Scenarios | PointsFile):
            if factors:
                kind = design.kind
                what = f"the design '{kind}' does not use factors"
                hint = "remove them, or name another design"
                if isinstance(design, Replicates):
                    hint = 'write kind = "grid", for example, under [design]'
                if "design" not in self.findings.wrong_keys:
                    self.findings.wrong("factors", what, hint)
        elif not factors and "factors" not in self.findings.wrong_keys:
            hint = 'write [factors."comprehensive.officers"], for example'
            self.findings.wrong("design", f"the design '{design.kind}' needs factors", hint)
        return factors

    def spreads(self, factors: Mapping[str, Factor]) -> Iterator[Spread]:
        """Each factor with its target and possible values; factors with faults are left out.

        Args:
            factors: The factors by path, from the method `factors`.
        """
        first = next(iter(self.bases), "")
        moved: dict[str, str] = {}
        for path, factor in factors.items():
            key = f"factors.{path}" if path in self.spec.factors else "design.policies"
            if isinstance(self.spec.design, Search) and self._unsearchable(path, factor):
                continue
            if path == SCENARIO:
                if len(factor.values) < 1:
                    self.findings.wrong(
                        key, "scenarios must be listed", 'write values = ["village"], for example'
                    )
                    continue
                target: Target | None = Target(SCENARIO, "", first, words=tuple(self.bases))
            else:
                target = self._target(path, key)
            if target is None:
                continue
            self.clash(target, key, moved)
            made = spread(factor, target)
            if isinstance(made, Spread):
                yield made
                continue
            for fault in made:
                self.findings.wrong(f"{key}.{fault.path}".strip("."), fault.what, fault.hint)

    def _target(self, path: str, key: str) -> Target | None:
        """The target of a path in the first readable base; None if the path is invalid in any base.

        If no base can be read, the result is the target that every base would have, or None.
        """
        found: list[Target] = []
        sound = [base for base in self.bases.values() if base is not None]
        for base in sound:
            target = base.target(path)
            if isinstance(target, Fault):
                fault = target._replace(path=f"{key}.{target.path}".strip("."))
                self.findings.found.append((place_of(key, self.findings.places), fault))
                return None
            self.targets.setdefault(base.name, {})[path] = target
            found.append(target)
        if sound:
            return found[0]
        anywhere = in_any_base(path)
        if isinstance(anywhere, Fault):
            self.findings.found.append(
                (place_of(key, self.findings.places), anywhere._replace(path=key))
            )
            return None
        return anywhere

    def clash(self, target: Target, key: str, moved: dict[str, str]) -> None:
        """Add a fault if another factor changes the same value, or the value is set for every run.

        Args:
            target: The target of the factor.
            key: Key in the file under which the factor was written.
            moved: Paths of earlier factors, by what they change. This factor is added.
        """
        if not target.put:
            return
        bare = target.put.removeprefix("levers.")
        if bare in moved:
            self.findings.wrong(
                key, f"the factor '{moved[bare]}' changes the same value", "remove one of the two"
            )
        moved[bare] = target.path
        for put in self.spec.puts():
            if put.removeprefix("levers.") == bare:
                short = {path: name for name, path in SHORT.items()}.get(put, f"set.{put}")
                self.findings.wrong(
                    key, f"'{short}' sets this for every run", "remove one of the two"
                )

    def check_groups(self, spreads: Sequence[Spread]) -> None:
        """Add a fault for each group that has the same name as a factor."""
        names = {one.name for one in spreads}
        for one in spreads:
            if one.factor.group in names:
                what = f"'{one.factor.group}' is a factor"
                self.findings.wrong(
                    f"factors.{one.name}.group", what, "give the group another name"
                )
