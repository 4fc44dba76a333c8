"""Bad inputs that are known, each beside what is said of it; those of single readers are with them.

A row is the command line, a part of the line that answers it, and the files that it names.
"""

from typing import NamedTuple

from tests.hostile.texts import HEAD, POINTS_FILE

VILLAGE = f'{HEAD}extends = "village"\n'
POLICY = f'{VILLAGE}[[policies]]\nname = "p"\n'
GRID = f'{HEAD}base = "village"\n[design]\nkind = "grid"\n[factors]\n"choice.noise" = [0.1, 0.2]\n'
TWICE = 'set = { "sanctions.fine_rate" = 0.1, sanctions.fine_rate = 0.2 }\n'


class Known(NamedTuple):
    """A bad input: the command line, a part of the answer, and texts of files by name."""

    words: tuple[str, ...]
    told: str
    files: dict[str, str] = {}  # noqa: RUF012 nobody changes it


def _read(text: str, told: str, command: str = "check") -> Known:
    return Known((command, "f.toml"), told, {"f.toml": text})


def _listed(points: str, told: str) -> Known:
    files = {"f.toml": POINTS_FILE, "points.csv": points}
    return Known(("plan", "f.toml", "--no-measure"), told, files)


CHAIN = {f"c{n}.toml": f'{HEAD}extends = "c{n + 1}.toml"\n' for n in range(1500)}
MANY = "".join(f"k{n} = 1\n" for n in range(20_000))
SIZES = ("run", "village", "--debtors", "60", "--set", "population.size=100")

CORPUS = (
    _read(f"{VILLAGE}x = {'{a=' * 900}1{'}' * 900}\n", "f.toml:4: tables and lists are nested too"),
    _read(VILLAGE + MANY, "f.toml:10001: too many keys"),
    _read(VILLAGE + MANY[:970], "and 100 more; fix these first"),
    Known(("check", "c0.toml"), "too many files extend each other", CHAIN),
    Known(("check", "./pipe"), "pipe: this is a pipe, not a scenario file"),
    Known(("run", "/dev/zero"), "/dev/zero: this is a device, not a scenario file"),
    Known(("sweep", "./loop"), "loop: its symbolic links lead in a circle"),
    Known(("check", "\udcff.toml"), "\\udcff.toml: its name is not UTF-8"),
    _read(f'{HEAD}extends = "../x.toml"\n', 'f.toml:3: extends: "../x.toml": the'),
    _read(f'{VILLAGE}extensions = ["code.py"]\n', "code.py is code and was not run", "run"),
    _read(
        POLICY + TWICE, "f.toml:6: policies.0.set.sanctions.fine_rate: is given twice, in quotes"
    ),
    _read(f"{HEAD}[run]\nmonths = 3\n", "no debtors: the shares of the kinds add up to 0; write"),
    _read(GRID, "this is an experiment, not a scenario; use", "run"),
    _read(VILLAGE, "this is a scenario, not an experiment; use", "sweep"),
    _read(
        POINTS_FILE.replace("points.csv", "../x.csv"), 'design.file: "../x.csv": the path', "plan"
    ),
    _listed("what,,choice.noise\na,,0.1\n", "points.csv:1: a column has no name"),
    Known(SIZES, "--debtors: 60 here, but 100 in --set population.size; drop one of the two"),
)
