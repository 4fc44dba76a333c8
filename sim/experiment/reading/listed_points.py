"""Reads the points of an experiment from a separate file, such as a CSV table.

In: the design that names the file, and the target of each column (the value that it changes). Out:
points. Every cell of the table is checked, and faults are added to `Findings`.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from sim.experiment.designs.design import Points
from sim.experiment.factor_target import SCENARIO, Target
from sim.experiment.reading import points_file
from sim.experiment.reading.factors import FactorReader
from sim.experiment.reading.findings import Findings
from sim.experiment.reading.reserved import taken
from sim.experiment.spec import Part
from sim.experiment.spec import Points as PointsFile
from sim.reading.file import Missing, Unreadable
from sim.reading.within import inside
from sim.scenario.checking.check import Place, ScenarioErrors
from sim.scenario.checking.fault import Fault, meant, shown
from sim.scenario.reading.draft import Here


@dataclass
class ListedPoints:
    """A file of points.

    Args:
        design: The design that names the file.
        findings: Collects the faults.
        file: Path of the file.
        heads: Column heads of the file.
        rows: Rows of the file, each with the number of its line.
    """

    design: Part
    findings: Findings
    file: Path = Path()
    heads: list[str] = field(default_factory=list)
    rows: points_file.Cells = field(default_factory=list)

    @classmethod
    def read(cls, design: Part, here: Here, findings: Findings) -> Self:
        """The file of a design, without rows if the design has no file or the file is unreadable.

        Args:
            design: The design.
            here: The folder from which the path of the file is resolved.
            findings: Collects the faults.
        """
        made = cls(design, findings)
        if isinstance(design, PointsFile):
            made.rows = made._read(design, here)
        return made

    def _read(self, design: PointsFile, here: Here) -> points_file.Cells:
        try:
            path = inside(here.beside, design.file) if here.confined else Path(design.file)
        except Unreadable as error:
            self.findings.wrong("design.file", f"{shown(design.file)}: {error.what}", error.hint)
            return []
        self.file = path
        try:
            self.heads, rows = points_file.table(path, design.labels)
        except Missing:
            self.findings.wrong("design.file", f"there is no file {path}")
            return []
        except ScenarioErrors as wrong:
            self.findings.elsewhere += wrong.errors
            return []
        if not rows:
            self.findings.wrong("design.file", f"{path} has no points")
        for number, label in enumerate(design.labels):
            if label not in self.heads:
                hint = meant(label, self.heads)
                self.findings.wrong(
                    f"design.labels.{number}", f"{path} has no column '{label}'", hint
                )
        return rows

    def points(self, factors: FactorReader) -> Points:
        """Check every cell and return the points of the file.

        Args:
            factors: Looks up the targets of the columns.
        """
        design, rows, bases = self.design, self.rows, factors.bases
        assert isinstance(design, PointsFile)
        path, found = self.file, self.findings.found
        labels = [label for label in design.labels if label in self.heads]
        top = Place(points_file.RANK, 1, str(path))
        if not all(self.heads):
            self.findings.found.append(
                (top, Fault("", "a column has no name", "name it, or remove it"))
            )
            return Points()
        others = [head for head in self.heads if head not in labels]
        for label in taken(labels, others):
            what = "results have a column of this name already"
            found.append((top, Fault(label, what, "give the label another name")))
        for head in points_file.doubled(self.heads):
            found.append((top, Fault(head, "this column appears twice")))
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
                    found.append((top, goal._replace(path=head)))
                elif goal is not None and base is not None:
                    goals[base.name, head] = goal
                    factors.targets.setdefault(base.name, {})[head] = goal
            if (one := goals.get((first, head))) is not None:
                before = len(found)
                factors.clash(one, head, moved)
                self.findings.found[before:] = [
                    (top, fault) for _, fault in self.findings.found[before:]
                ]

        def target(head: str, base: str) -> Target | None:
            return goals.get((base or first, head))

        return points_file.listed(path, self.heads, rows, labels, target, found)
