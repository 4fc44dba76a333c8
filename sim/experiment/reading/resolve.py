"""From what a file says to an `Experiment`: names found, values held against declared ranges.

In: a tree of plain values with their places. Out: an `Experiment`, or all that is wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from sim.errors import ServandaError
from sim.experiment.designs.bounds import refuse_many, refuse_runs
from sim.experiment.designs.constraints.language import Constraint, parsed
from sim.experiment.designs.design import Points, points, refuse_broken
from sim.experiment.distribution import Spread, spread
from sim.experiment.experiment import Experiment
from sim.experiment.factor_target import SCENARIO, Base, Target, in_any_base
from sim.experiment.reading import points_file
from sim.experiment.reading.bases import Bases
from sim.experiment.reading.parsed_file import Raw, said
from sim.experiment.reading.reserved import taken
from sim.experiment.reading.soundness import unsound, warn
from sim.experiment.reading.wanted import amiss, files_named
from sim.experiment.spec import (
    SHORT,
    Factor,
    Factorial,
    FractionalFactorial,
    Morris,
    OneAtATime,
    Replicates,
    Scenarios,
    Search,
    Sobol,
)
from sim.experiment.spec import Points as PointsFile
from sim.reading.file import Missing, Unreadable
from sim.reading.limits import COLUMNS
from sim.reading.within import inside
from sim.scenario.checking.check import Place, ScenarioErrors, place_of, refusal
from sim.scenario.checking.fault import Fault, meant, shown
from sim.scenario.reading.draft import Draft


def resolved(raw: Raw) -> Experiment:
    """The experiment that a file describes.

    Raises:
        ScenarioErrors: With everything wrong, in the order of lines.
    """
    return _Resolver(raw).experiment()


class _Resolver:
    """Looks up everything that a file names, and gathers what is wrong."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.found = list(raw.found)
        self.alien: list[ServandaError] = []
        self.drafts: dict[str, Draft] = {}
        self.targets: dict[str, dict[str, Target]] = {}
        self.spec = said(raw, self.found)
        for fault in files_named(self.spec):
            self.wrong(*fault[:3])
            del self.spec.set[fault.path.removeprefix("set.")]

    def wrong(self, path: str, what: str, hint: str = "") -> None:
        """Note something wrong at a path of the file."""
        fault = Fault(path, what, hint)
        self.found.append((place_of(path, self.raw.places), fault))

    def experiment(self) -> Experiment:
        """The experiment, with its points."""
        design = self.spec.design
        rows = self._listed_rows()
        bases = self._bases(rows)
        self._check_kept(bases)
        factors = self._factors(bases)
        laid = Points()
        spreads = tuple(self._spreads(factors, bases))
        if isinstance(design, Scenarios):
            laid = Points((SCENARIO,), tuple((name,) for name in design.names))
        elif isinstance(design, PointsFile):
            laid = self._listed(design, rows, bases)
        elif bases:
            laid = self._points(spreads)
        self._hold(laid, spreads)
        self._stop()
        made = Experiment(
            spec=self.spec,
            name=self.raw.name,
            text=self.raw.text,
            bases={name: base for name, base in bases.items() if base is not None},
            targets=self.targets,
            spreads=spreads,
            laid=laid,
            constraints=tuple(self._constraints(spreads)) if spreads else (),
        )
        try:
            refuse_runs(len(laid), self.spec.replicates)
        except ServandaError as error:
            self.wrong(error.where, error.what, error.hint)
            self._stop()
        for point, told in unsound(made, self.drafts):
            self.wrong("design", f"point {point} is no sound world", told)
        self._stop()
        warn(made)
        return made

    def _stop(self) -> None:
        """Refuse everything wrong so far."""
        if self.found or self.alien:
            here = refusal(self.found).errors
            several = {str(error): error for error in (*here, *self.alien)}
            raise ScenarioErrors(list(several.values()))

    # ------------------------------------------------------------ bases

    def _bases(self, rows: "points_file.Cells") -> dict[str, Base | None]:
        """Every scenario on which a point stands, by name; None for one that is wrong."""
        spec, design = self.spec, self.spec.design
        named: dict[str, tuple[str, Place]] = {}

        def name(word: object, path: str, place: Place | None = None) -> None:
            if isinstance(word, str):
                named.setdefault(word, (path, place or place_of(path, self.raw.places)))

        if spec.base:
            name(spec.base, "base")
        if isinstance(design, Scenarios):
            if spec.base:
                self.wrong("base", "this design names its scenarios itself", "drop 'base'")
            for number, word in enumerate(design.names):
                name(word, f"design.names.{number}")
                if word in design.names[:number]:
                    self.wrong(f"design.names.{number}", f"'{word}' is listed twice")
        for number, word in enumerate(spec.factors.get(SCENARIO, Factor()).values):
            name(word, f"factors.{SCENARIO}.values.{number}")
        if isinstance(design, PointsFile) and SCENARIO in self.heads:
            at = self.heads.index(SCENARIO)
            for line, row in rows:
                if len(row) > at and str(row[at] or "").strip():
                    place = Place(points_file.RANK, line, str(self.points_file))
                    name(str(row[at]).strip(), SCENARIO, place)
        if not named and "base" not in self.dropped:
            self.wrong("base", "missing", 'write base = "china_2016", say')
        puts = self.spec.puts()
        found = Bases(self.raw.here, puts, [self._written(put) for put in puts])
        bases = {word: found.base(word, *where) for word, where in named.items()}
        self.found += found.found
        self.alien += found.alien
        self.drafts = found.drafts
        return bases

    def _written(self, put: str) -> Place:
        """Where a value of every run was written."""
        short = {path: key for key, path in SHORT.items()}
        if put in short and getattr(self.spec, short[put]) is not None:
            return place_of(short[put], self.raw.places)
        return place_of(f"set.{put}", self.raw.places)

    # ------------------------------------------------------------ what is kept

    def _check_kept(self, bases: Mapping[str, Base | None]) -> None:
        """Whether what is to be kept and weighed exists; and that nothing is set twice."""
        sound = [base.extension for base in bases.values() if base is not None]
        unrun = any(fault.unrun for _, fault in self.found)
        for fault in amiss(self.spec, sound, unrun=unrun):
            self.found.append((place_of(fault.path, self.raw.places), fault))

    def _unsearchable(self, path: str, factor: Factor) -> bool:
        """Tell of a factor that nobody can choose; whether it is one."""
        if path == SCENARIO:
            what, hint = "a search starts from one base", "write base = … instead"
        elif path.startswith(("population.", "run.")):
            what, hint = "worlds of different size or length share no luck", "put it under [set]"
        elif factor.distribution is not None:
            what = "a distribution says what is not known; a search is of what can be chosen"
            path, hint = f"{path}.distribution", "give 'low' and 'high', or 'values'"
        else:
            return False
        self.wrong(f"factors.{path}", what, hint)
        return True

    # ------------------------------------------------------------ factors

    def _factors(self, bases: Mapping[str, Base | None]) -> dict[str, Factor]:
        """The factors by path, policies that a design switches first."""
        design, listing = self.spec.design, self.spec.factors
        factors: dict[str, Factor] = {}
        if isinstance(design, Factorial | FractionalFactorial | Search) and design.policies:
            names = list(design.policies)
            first = next(filter(None, bases.values()), None)
            if names == ["all"] and first is not None:
                names = list(first.policies)
                if not names:
                    self.wrong("design.policies", f"'{first.name}' has no policies")
            elif names == ["all"]:
                names = []
            for number, name in enumerate(names):
                path = f"policies.{name}"
                if path in listing or path in factors:
                    self.wrong(f"design.policies.{number}", f"'{name}' is listed twice")
                factors[path] = Factor()
        factors |= listing
        if len(factors) > COLUMNS:
            self.wrong("factors", f"{len(factors):,} factors", f"{COLUMNS:,} at most")
            return {}
        if isinstance(design, Replicates | Scenarios | PointsFile):
            if factors:
                kind = design.kind
                what = f"the design '{kind}' takes no factors"
                hint = "drop them, or name another design"
                if isinstance(design, Replicates):
                    hint = 'write kind = "grid", say, under [design]'
                if "design" not in self.dropped:
                    self.wrong("factors", what, hint)
        elif not factors and "factors" not in self.dropped:
            hint = 'write [factors."comprehensive.officers"], say'
            self.wrong("design", f"the design '{design.kind}' needs factors", hint)
        return factors

    def _spreads(
        self, factors: Mapping[str, Factor], bases: Mapping[str, Base | None]
    ) -> Iterator[Spread]:
        """The factors with what they move; those that are wrong are told and left out."""
        first = next(iter(bases), "")
        moved: dict[str, str] = {}
        for path, factor in factors.items():
            key = f"factors.{path}" if path in self.spec.factors else "design.policies"
            if isinstance(self.spec.design, Search) and self._unsearchable(path, factor):
                continue
            if path == SCENARIO:
                if len(factor.values) < 1:
                    self.wrong(key, "scenarios are listed", 'write values = ["village"], say')
                    continue
                target: Target | None = Target(SCENARIO, "", first, words=tuple(bases))
            else:
                target = self._target(path, key, bases)
            if target is None:
                continue
            self._clash(target, key, moved)
            made = spread(factor, target)
            if isinstance(made, Spread):
                yield made
                continue
            for fault in made:
                self.wrong(f"{key}.{fault.path}".strip("."), fault.what, fault.hint)

    def _target(self, path: str, key: str, bases: Mapping[str, Base | None]) -> Target | None:
        """What a path moves, in every base; None where one of them has no such thing."""
        found: list[Target] = []
        sound = [base for base in bases.values() if base is not None]
        for base in sound:
            target = base.target(path)
            if isinstance(target, Fault):
                fault = target._replace(path=f"{key}.{target.path}".strip("."))
                self.found.append((place_of(key, self.raw.places), fault))
                return None
            self.targets.setdefault(base.name, {})[path] = target
            found.append(target)
        if sound:
            return found[0]
        anywhere = in_any_base(path)
        if isinstance(anywhere, Fault):
            self.found.append((place_of(key, self.raw.places), anywhere._replace(path=key)))
            return None
        return anywhere

    def _clash(self, target: Target, key: str, moved: dict[str, str]) -> None:
        """Tell of two factors that move the same, and of one that every run sets."""
        if not target.put:
            return
        bare = target.put.removeprefix("levers.")
        if bare in moved:
            self.wrong(key, f"the factor '{moved[bare]}' moves the same", "drop one of the two")
        moved[bare] = target.path
        for put in self.spec.puts():
            if put.removeprefix("levers.") == bare:
                short = {path: name for name, path in SHORT.items()}.get(put, f"set.{put}")
                self.wrong(key, f"'{short}' sets this for every run", "drop one of the two")

    def _points(self, spreads: tuple[Spread, ...]) -> Points:
        """The points of the design."""
        if self.found or self.alien:
            return Points()
        design = self.spec.design
        if isinstance(design, OneAtATime) and not self.spec.base:
            self.wrong("base", "missing: one at a time starts from it")
        try:
            refuse_many(design, spreads, self.spec.replicates)
            self._check_groups(spreads)
            rng = np.random.default_rng(self.spec.seed)
            laid = points(design, spreads, rng, self._constraints(spreads))
        except ServandaError as error:
            self.wrong(error.where, error.what, error.hint)
            return Points()
        if any(one.factor.group for one in spreads) and not isinstance(design, Morris | Sobol):
            remark = f"'group' says nothing in the design '{design.kind}': each factor moves alone"
            laid = replace(laid, remarks=(*laid.remarks, remark))
        return laid

    def _check_groups(self, spreads: Sequence[Spread]) -> None:
        """Tell of groups that are called like a factor: nobody could tell the two apart."""
        names = {one.name for one in spreads}
        for one in spreads:
            if one.factor.group in names:
                what = f"'{one.factor.group}' is a factor"
                self.wrong(f"factors.{one.name}.group", what, "call the group by another name")

    def _hold(self, laid: Points, spreads: tuple[Spread, ...]) -> None:
        """Refuse too many runs, and points from a file or a list that break a constraint."""
        if self.found or self.alien:
            return
        try:
            refuse_runs(len(laid), self.spec.replicates)
            if not isinstance(self.spec.design, Replicates | Scenarios | PointsFile):
                return
            first = next(iter(self.targets.values()), {})
            known = [first.get(name, Target(name, "", "")) for name in laid.names]
            listed_spreads = [Spread(target, Factor()) for target in known]
            refuse_broken(laid, listed_spreads, self._constraints(listed_spreads))
        except ServandaError as error:
            self.wrong(error.where, error.what, error.hint)

    def _constraints(self, spreads: Sequence[Spread]) -> list[Constraint]:
        """The constraints between factors; those that are wrong are told and left out."""
        numbers = [one.name for one in spreads if one.target.number or one.target.switch]
        words = {one.name for one in spreads} - set(numbers)
        found = []
        for place, text in enumerate(self.spec.constraints):
            try:
                found.append(parsed(text, numbers))
            except ServandaError as error:
                hint = error.hint
                if any(f"'{word}' is no factor" == error.what for word in words):
                    hint = "it takes words, and constraints are of numbers and switches"
                self.wrong(f"constraints.{place}", error.what, hint)
        return found

    # ------------------------------------------------------------ points from a file

    def _listed_rows(self) -> "points_file.Cells":
        """The rows of a design's file; none when there is no such design, or no such file."""
        self.heads: list[str] = []
        self.points_file = Path()
        design = self.spec.design
        if not isinstance(design, PointsFile):
            return []
        try:
            here = self.raw.here
            path = inside(here.beside, design.file) if here.confined else Path(design.file)
        except Unreadable as error:
            self.wrong("design.file", f"{shown(design.file)}: {error.what}", error.hint)
            return []
        self.points_file = path
        try:
            self.heads, rows = points_file.table(path, design.labels)
        except Missing:
            self.wrong("design.file", f"there is no file {path}")
            return []
        except ScenarioErrors as wrong:
            self.alien += wrong.errors
            return []
        if not rows:
            self.wrong("design.file", f"{path} has no points")
        for number, label in enumerate(design.labels):
            if label not in self.heads:
                hint = meant(label, self.heads)
                self.wrong(f"design.labels.{number}", f"{path} has no column '{label}'", hint)
        return rows

    def _listed(
        self, design: PointsFile, rows: "points_file.Cells", bases: Mapping[str, Base | None]
    ) -> Points:
        """The points of a file, every cell looked at."""
        path = self.points_file
        labels = [label for label in design.labels if label in self.heads]
        top = Place(points_file.RANK, 1, str(path))
        if not all(self.heads):
            self.found.append((top, Fault("", "a column has no name", "name it, or take it out")))
            return Points()
        factors = [head for head in self.heads if head not in labels]
        for label in taken(labels, factors):
            what = "results have a column of this name already"
            self.found.append((top, Fault(label, what, "give the label another name")))
        for head in points_file.doubled(self.heads):
            self.found.append((top, Fault(head, "this column stands twice")))
            return Points()
        goals: dict[tuple[str, str], Target | None] = {}
        moved: dict[str, str] = {}
        first = next(iter(bases), "")
        for head in self.heads:
            if head in {*labels, "point", SCENARIO}:
                continue
            for base in bases.values():
                goal = base.target(head) if base is not None else None
                if isinstance(goal, Fault):
                    self.found.append((top, goal._replace(path=head)))
                elif goal is not None and base is not None:
                    goals[base.name, head] = goal
                    self.targets.setdefault(base.name, {})[head] = goal
            if (one := goals.get((first, head))) is not None:
                before = len(self.found)
                self._clash(one, head, moved)
                self.found[before:] = [(top, fault) for _, fault in self.found[before:]]

        def target(head: str, base: str) -> Target | None:
            return goals.get((base or first, head))

        return points_file.listed(path, self.heads, rows, labels, target, self.found)

    @property
    def dropped(self) -> set[str]:
        """Keys on top of which something was wrong in itself, and told."""
        return {fault.path.partition(".")[0] for _, fault in self.found}
