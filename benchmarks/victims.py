"""The commands that `benchmarks.kills` kills: their arguments, and the results they must leave.

In: a folder of files. Out: command lines; and the differences of a folder from that of an
undisturbed command.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from sim.runs.output.atomic import PART
from sim.runs.results import results

FILES = {
    "small.toml": """
        format = 1
        title = "Small"
        extends = "village"
        run = { months = 2, burn_in = 0 }
        population = { size = 100 }
        """,
    "officers.toml": """
        format = 1
        title = "Officers"
        extends = "small.toml"
        [[policies]]
        name = "officers"
        set = { "comprehensive.officers" = 0.5 }
        """,
    "grid.toml": """
        format = 1
        title = "Grid"
        base = "small.toml"
        replicates = @RUNS
        [design]
        kind = "grid"
        [factors]
        "comprehensive.officers" = { values = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] }
        """,
    "search.toml": """
        format = 1
        title = "Search"
        base = "small.toml"
        replicates = 4
        [design]
        kind = "search"
        population = 8
        trials = 24
        confirm = 4
        [factors]
        "comprehensive.list_rate" = { low = 0.0, high = 1.0 }
        "comprehensive.match_rate" = { low = 0.0, high = 1.0 }
        """,
}
TELLS = ["seconds", "finished", "cpu"]
"""Columns that say when, how long and on which processor a run was made; they may differ."""
TABLES = ("runs", "series", "survival", "ledgers")
JOBS = ("--jobs", "2")


class Victim(NamedTuple):
    """A command.

    Args:
        line: Its command line; ``{place}`` is its folder, and `sized` fills in words with ``@``.
        workers: Whether it starts processes.
        swept: Whether its folder holds a sweep.
        says: Whether what it prints depends on nothing but its arguments.
        begins_with: The command whose finished folder it is given.
    """

    line: str
    workers: bool = False
    swept: bool = False
    says: bool = False
    begins_with: str = ""

    def arguments(self, place: Path, runs: int) -> list[str]:
        """The command line, without ``servanda``, for this number of replicates."""
        line = [
            str(place) if word == "{place}" else sized(word, runs) for word in self.line.split()
        ]
        return [*line, *(JOBS if self.workers else ())]


VICTIMS = {
    "run": Victim("run small.toml --months @MONTHS --out {place}"),
    "sweep": Victim("sweep grid.toml --out {place}", workers=True, swept=True),
    "compare": Victim(
        "compare small.toml officers.toml --replicates @RUNS", workers=True, says=True
    ),
    "optimise": Victim("optimise search.toml --out {place}", workers=True, swept=True, says=True),
    "compact": Victim("compact {place}", swept=True, begins_with="sweep"),
    "report": Victim("report {place}", swept=True, begins_with="sweep"),
    "cost": Victim("cost officers.toml --replicates @RUNS", workers=True, says=True),
    "effects": Victim(
        "effects comprehensive.officers --scenario small.toml --replicates @RUNS",
        workers=True,
        says=True,
    ),
}


def sized(text: str, runs: int) -> str:
    """Fill in the number of replicates, and the number of months of a single run."""
    return text.replace("@RUNS", str(runs)).replace("@MONTHS", str(8 * runs))


def furnish(room: Path, runs: int) -> None:
    """Write the input files of the commands."""
    for name, text in FILES.items():
        lines = sized(text, runs).splitlines()
        (room / name).write_text("\n".join(map(str.strip, lines)), encoding="utf-8")


def prepare(victim: Victim, place: Path, whole: Path) -> None:
    """Copy the folder that a command works on, if another command makes it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if victim.begins_with and not place.exists():
        shutil.copytree(whole / victim.begins_with, place)


def finished(place: Path) -> set[str]:
    """Identities of the runs in complete chunks."""
    return {identity for rows in _chunks(place) for identity in rows["identity"]}


def failed(place: Path) -> int:
    """Runs in a folder that failed."""
    return int((results(place).runs["status"] != "ok").sum())


def repeated(place: Path) -> int:
    """Number of surplus rows in a folder: of runs that an earlier chunk already contains."""
    return sum(map(len, _chunks(place))) - len(finished(place))


def _chunks(place: Path) -> Iterator[pd.DataFrame]:
    for file in sorted((place / "chunks").glob("*.runs.parquet")):
        yield pd.read_parquet(file, columns=["identity"])


def faults(name: str, place: Path, whole: Path) -> list[str]:
    """Problems with the folder of a command that was killed and then run to its end."""
    victim, wrong = VICTIMS[name], []
    if left := [str(part) for part in place.rglob(f"{PART}*")]:
        wrong.append(f"temporary files are left: {', '.join(left)}")
    if name == "run":
        wrong += _differing(
            {file.name: pd.read_parquet(file) for file in sorted(one.glob("*.parquet"))}
            for one in (place, whole)
        )
    if victim.swept:
        wrong += _differing(
            {table: getattr(results(one), table) for table in TABLES} for one in (place, whole)
        )
    if name == "report":
        page = (place / "report" / "report.html").read_text(encoding="utf-8")
        if not page.rstrip().endswith("</html>"):
            wrong.append("the page is not whole")
    return wrong


def _differing(pair: Iterator[dict[str, pd.DataFrame]]) -> Iterator[str]:
    found, wanted = pair
    if found.keys() != wanted.keys():
        yield f"tables are {', '.join(found)} instead of {', '.join(wanted)}"
        return
    for name, table in found.items():
        left, right = (one.drop(columns=TELLS, errors="ignore") for one in (table, wanted[name]))
        try:
            pd.testing.assert_frame_equal(left, right, check_exact=True)
        except AssertionError as error:
            yield f"{name} differ: {error}"
