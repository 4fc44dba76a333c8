"""Cells by which the model does not count."""

from collections.abc import Iterator

from sim.evidence.catalogue import KNOWN
from sim.evidence.checking.material import Material, Remark
from sim.evidence.counted import ALL


def uncounted_cells(material: Material) -> Iterator[Remark]:
    """The measure is counted by the breakdown of the row; a composition names its cell."""
    for row in material.rows:
        breakdown, cell = row.cell
        by = KNOWN[row.measure].by
        if by and breakdown not in by:
            what = f"the model does not count '{row.measure}' by {breakdown}"
            yield Remark(row, breakdown, what, "leave the cell empty, or remove the row")
        if row.measure == "listed_share" and row.cell == ALL:
            what = "a share of the listed needs the group whose share it is"
            yield Remark(row, "kind", what, "name the kind, such as firm")
        fit = material.fit
        if breakdown == "district" and fit and int(cell) >= fit.scenario.population.districts:
            districts = fit.scenario.population.districts
            what = f"the base scenario has no district {cell}"
            yield Remark(row, "district", what, f"number the districts from 0 to {districts - 1}")
