"""Builds an `Experiment` from a parsed file: looks up names and checks values.

In: a tree of plain values with their places. Out: an `Experiment`, or one error with all faults.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from sim.errors import ServandaError
from sim.experiment.designs.bounds import refuse_many, refuse_runs
from sim.experiment.designs.constraints.language import Constraint, parsed
from sim.experiment.designs.design import Points, points, refuse_broken
from sim.experiment.distribution import Spread
from sim.experiment.experiment import Experiment
from sim.experiment.factor_target import SCENARIO, Base, Target
from sim.experiment.reading import points_file
from sim.experiment.reading.bases import Bases
from sim.experiment.reading.factors import FactorReader
from sim.experiment.reading.findings import Findings
from sim.experiment.reading.listed_points import ListedPoints
from sim.experiment.reading.parsed_file import ParsedFile, checked_parts
from sim.experiment.reading.soundness import unsound, warn
from sim.experiment.reading.wanted import files_named, unknown_names
from sim.experiment.spec import (
    SHORT,
    Factor,
    Morris,
    OneAtATime,
    Replicates,
    Scenarios,
    Sobol,
)
from sim.experiment.spec import Points as PointsFile
from sim.scenario.checking.check import Place, place_of
from sim.scenario.reading.draft import Draft


def resolved(raw: ParsedFile) -> Experiment:
    """The experiment that a file describes.

    Raises:
        ScenarioErrors: If anything is wrong; it lists all faults in the order of lines.
    """
    return _Resolver(raw).experiment()


class _Resolver:
    """Looks up everything that a file names, and collects the faults."""

    def __init__(self, raw: ParsedFile) -> None:
        self.raw = raw
        self.findings = Findings(raw.places, list(raw.found))
        self.drafts: dict[str, Draft] = {}
        self.spec = checked_parts(raw, self.findings.found)
        self.listed = ListedPoints.read(self.spec.design, raw.here, self.findings)
        for fault in files_named(self.spec):
            self.findings.wrong(*fault[:3])
            del self.spec.set[fault.path.removeprefix("set.")]

    def experiment(self) -> Experiment:
        """The experiment, with its points."""
        design = self.spec.design
        bases = self._bases()
        self._check_names(bases)
        self.factors = FactorReader(self.spec, bases, self.findings)
        design_points = Points()
        spreads = tuple(self.factors.spreads(self.factors.factors()))
        if isinstance(design, Scenarios):
            design_points = Points((SCENARIO,), tuple((name,) for name in design.names))
        elif isinstance(design, PointsFile):
            design_points = self.listed.points(self.factors)
        elif bases:
            design_points = self._points(spreads)
        self._check_points(design_points, spreads)
        self.findings.refuse()
        made = Experiment(
            spec=self.spec,
            name=self.raw.name,
            text=self.raw.text,
            bases={name: base for name, base in bases.items() if base is not None},
            targets=self.factors.targets,
            spreads=spreads,
            design_points=design_points,
            constraints=tuple(self._constraints(spreads)) if spreads else (),
        )
        try:
            refuse_runs(len(design_points), self.spec.replicates)
        except ServandaError as error:
            self.findings.wrong(error.where, error.what, error.hint)
            self.findings.refuse()
        for point, why in unsound(made, self.drafts):
            self.findings.wrong("design", f"point {point} is not a valid scenario", why)
        self.findings.refuse()
        warn(made)
        return made

    # ------------------------------------------------------------ bases

    def _bases(self) -> dict[str, Base | None]:
        """The base scenarios of all points, by name; None for one that cannot be read."""
        spec, design = self.spec, self.spec.design
        named: dict[str, tuple[str, Place]] = {}

        def name(word: object, path: str, place: Place | None = None) -> None:
            if isinstance(word, str):
                named.setdefault(word, (path, place or place_of(path, self.findings.places)))

        if spec.base:
            name(spec.base, "base")
        if isinstance(design, Scenarios):
            if spec.base:
                self.findings.wrong("base", "this design lists its own scenarios", "remove 'base'")
            for number, word in enumerate(design.names):
                name(word, f"design.names.{number}")
                if word in design.names[:number]:
                    self.findings.wrong(f"design.names.{number}", f"'{word}' is listed twice")
        for number, word in enumerate(spec.factors.get(SCENARIO, Factor()).values):
            name(word, f"factors.{SCENARIO}.values.{number}")
        if isinstance(design, PointsFile) and SCENARIO in self.listed.heads:
            at = self.listed.heads.index(SCENARIO)
            for line, row in self.listed.rows:
                if len(row) > at and str(row[at] or "").strip():
                    place = Place(points_file.RANK, line, str(self.listed.file))
                    name(str(row[at]).strip(), SCENARIO, place)
        if not named and "base" not in self.findings.wrong_keys:
            self.findings.wrong("base", "missing", 'write base = "china_2016", for example')
        puts = self.spec.puts()
        found = Bases(self.raw.here, puts, [self._written(put) for put in puts])
        bases = {word: found.base(word, *where) for word, where in named.items()}
        self.findings.found += found.found
        self.findings.elsewhere += found.alien
        self.drafts = found.drafts
        return bases

    def _written(self, put: str) -> Place:
        """Where a value that applies to every run was written."""
        short = {path: key for key, path in SHORT.items()}
        if put in short and getattr(self.spec, short[put]) is not None:
            return place_of(short[put], self.findings.places)
        return place_of(f"set.{put}", self.findings.places)

    # ------------------------------------------------------------ names and points

    def _check_names(self, bases: Mapping[str, Base | None]) -> None:
        """Add faults for unknown indicators and breakdowns, and for values that are set twice."""
        sound = [base.extension for base in bases.values() if base is not None]
        unrun = any(fault.unrun for _, fault in self.findings.found)
        for fault in unknown_names(self.spec, sound, unrun=unrun):
            self.findings.found.append((place_of(fault.path, self.findings.places), fault))

    def _points(self, spreads: tuple[Spread, ...]) -> Points:
        """The points of the design."""
        if self.findings:
            return Points()
        design = self.spec.design
        if isinstance(design, OneAtATime) and not self.spec.base:
            self.findings.wrong("base", "missing: the design 'one_at_a_time' starts from it")
        try:
            refuse_many(design, spreads, self.spec.replicates)
            self.factors.check_groups(spreads)
            rng = np.random.default_rng(self.spec.seed)
            design_points = points(design, spreads, rng, self._constraints(spreads))
        except ServandaError as error:
            self.findings.wrong(error.where, error.what, error.hint)
            return Points()
        if any(one.factor.group for one in spreads) and not isinstance(design, Morris | Sobol):
            remark = f"the design '{design.kind}' ignores 'group': each factor moves separately"
            design_points = replace(design_points, remarks=(*design_points.remarks, remark))
        return design_points

    def _check_points(self, design_points: Points, spreads: tuple[Spread, ...]) -> None:
        """Add faults for too many runs, and for points that break a constraint.

        Designs check their own points against constraints. Only points of a file, of a list of
        scenarios, or of the base alone are checked here.
        """
        if self.findings:
            return
        try:
            refuse_runs(len(design_points), self.spec.replicates)
            if not isinstance(self.spec.design, Replicates | Scenarios | PointsFile):
                return
            first = next(iter(self.factors.targets.values()), {})
            known = [first.get(name, Target(name, "", "")) for name in design_points.names]
            listed_spreads = [Spread(target, Factor()) for target in known]
            refuse_broken(design_points, listed_spreads, self._constraints(listed_spreads))
        except ServandaError as error:
            self.findings.wrong(error.where, error.what, error.hint)

    def _constraints(self, spreads: Sequence[Spread]) -> list[Constraint]:
        """The constraints between factors; those with faults are left out."""
        numbers = [one.name for one in spreads if one.target.number or one.target.switch]
        words = {one.name for one in spreads} - set(numbers)
        found = []
        for place, text in enumerate(self.spec.constraints):
            try:
                found.append(parsed(text, numbers))
            except ServandaError as error:
                hint = error.hint
                if any(f"'{word}' is not a factor" == error.what for word in words):
                    hint = "its values are words; constraints compare only numbers and switches"
                self.findings.wrong(f"constraints.{place}", error.what, hint)
        return found
