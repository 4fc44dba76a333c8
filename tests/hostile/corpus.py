"""Bad inputs that are known, each beside what is said of it; the first of their kinds.

A row is a name, the command line, the file that it names, and a part of the line that answers it;
an empty answer means that the input is sound.
"""

from collections.abc import Callable
from typing import NamedTuple

from tests.hostile.texts import HEAD, POINTS_FILE

VILLAGE = f'{HEAD}extends = "village"\n'
GRID = f'{HEAD}base = "village"\n[design]\nkind = "grid"\n[factors]\n"choice.noise" = [0.1, 0.2]\n'


class Known(NamedTuple):
    """A bad input.

    Args:
        name: What it is.
        words: The command line.
        told: A part of the answer; empty if it is sound.
        files: What makes its files.
    """

    name: str
    words: tuple[str, ...]
    told: str
    files: Callable[[], dict[str, bytes]] = dict


def _checked(name: str, text: str | bytes, told: str, command: str = "check") -> Known:
    data = text if isinstance(text, bytes) else text.encode()
    return Known(name, (command, "f.toml"), told, lambda: {"f.toml": data})


def _listed(name: str, points: str | bytes, told: str, labels: str = '["what"]') -> Known:
    data = points if isinstance(points, bytes) else points.encode()
    text = POINTS_FILE.replace('["what"]', labels).encode()
    files = {"f.toml": text, "points.csv": data}
    return Known(name, ("plan", "f.toml", "--no-measure"), told, lambda: files)


def _diamonds() -> dict[str, bytes]:
    """Twelve levels of two files, each extending both below."""
    files = {"d0a.toml": VILLAGE.encode(), "d0b.toml": VILLAGE.encode()}
    for level in range(1, 12):
        text = f'{HEAD}extends = ["d{level - 1}a.toml", "d{level - 1}b.toml"]\n'
        files |= {f"d{level}{side}.toml": text.encode() for side in "ab"}
    return files


def _chain() -> dict[str, bytes]:
    """Fifteen hundred files, each extending the next."""
    return {f"c{n}.toml": f'{HEAD}extends = "c{n + 1}.toml"\n'.encode() for n in range(1500)}


MANY = "".join(f"k{n} = 1\n" for n in range(20_000))
PARENTS = ", ".join(f'"p{n}.toml"' for n in range(20_000))

CORPUS = (
    _checked(
        "lists 200 deep",
        f"{VILLAGE}x = {'[' * 200}{']' * 200}\n",
        "f.toml:4: tables and lists are nested too deeply",
    ),
    _checked(
        "tables 900 deep", f"{VILLAGE}x = {'{a=' * 900}1{'}' * 900}\n", "f.toml:4: tables and"
    ),
    _checked(
        "a key of 1,200 parts", f"{VILLAGE}{'.'.join('a' * 1200)} = 1\n", "f.toml:4: a key has too"
    ),
    _checked("20,000 unknown keys", VILLAGE + MANY, "f.toml:10001: too many keys"),
    _checked("unknown keys by the hundred", VILLAGE + MANY[:970], "and 100 more; fix these first"),
    _checked(
        "20,000 parents", f"{HEAD}extends = [{PARENTS}]\n", "f.toml:3: extends: 20,000 parents"
    ),
    Known("diamonds of parents", ("check", "d11a.toml"), "", _diamonds),
    Known(
        "1,500 parents in a row", ("check", "c0.toml"), "too many files extend each other", _chain
    ),
    _checked(
        "an integer of 20 digits", f"{VILLAGE}run.months = {'9' * 20}\n", "f.toml:4: a number of 20"
    ),
    _checked(
        "an integer of 5,000 digits", f"{VILLAGE}x = {'9' * 5000}\n", "f.toml:4: a number of 5,000"
    ),
    _checked(
        "a NUL", VILLAGE.encode() + b'x = "\0"\n', "f.toml:4: there is a character with the code 0"
    ),
    _checked("UTF-16", VILLAGE.encode("utf-16"), "f.toml: the text is encoded in UTF-16; save it"),
    _checked("a workbook", b"PK\x03\x04 xl/workbook.xml", "f.toml: this is an Excel workbook"),
    Known("a pipe", ("check", "./pipe"), "pipe: this is a pipe, not a scenario file"),
    Known("a device", ("run", "/dev/zero"), "/dev/zero: this is a device, not a scenario file"),
    Known("links in a circle", ("sweep", "./loop"), "loop: its symbolic links lead in a circle"),
    Known("a name that is too long", ("check", "x" * 300 + ".toml"), "its name is too long"),
    Known(
        "a name that is no UTF-8", ("check", "\udcff.toml"), "\\udcff.toml: its name is not UTF-8"
    ),
    Known(
        "a name that steers", ("check", "\x1b[31m.toml"), "\\x1b[31m.toml: there is no such file"
    ),
    _checked(
        "a parent elsewhere",
        f'{HEAD}extends = "../x.toml"\n',
        'f.toml:3: extends: "../x.toml": the',
    ),
    _checked(
        "an absolute parent",
        f'{HEAD}extends = "/etc/passwd"\n',
        "absolute paths are not allowed in a file",
    ),
    _checked("a parent that is a pipe", f'{HEAD}extends = "./pipe"\n', "pipe: this is a pipe"),
    _checked(
        "code", f'{VILLAGE}extensions = ["code.py"]\n', "code.py is code and was not run", "run"
    ),
    _checked(
        "an internal key",
        f"{VILLAGE}added_levers = {{ x = 1 }}\n",
        "f.toml:4: added_levers: unknown",
    ),
    _checked(
        "a lever written twice",
        f'{VILLAGE}[[policies]]\nname = "p"\n'
        'set = { "sanctions.fine_rate" = 0.1, sanctions.fine_rate = 0.2 }\n',
        "f.toml:6: policies.0.set.sanctions.fine_rate: is given twice, in quotes and with dots",
    ),
    _checked(
        "a quoted lever",
        f'{VILLAGE}[levers]\n"sanctions.fine_rate" = 0.1\n',
        "write it without quotes",
    ),
    _checked(
        "no parent",
        f"{HEAD}[run]\nmonths = 3\n",
        "no debtors: the shares of the kinds add up to 0; write",
    ),
    _checked(
        "an experiment that is run", GRID, "this is an experiment, not a scenario; use", "run"
    ),
    _checked(
        "a scenario that is swept", VILLAGE, "this is a scenario, not an experiment; use", "sweep"
    ),
    Known(
        "a shipped one that is swept",
        ("plan", "village"),
        "'village' is a scenario, not an experiment",
    ),
    Known("a shipped one that is run", ("run", "six_modes"), "'six_modes' is an experiment, not a"),
    _checked(
        "sobol too large",
        GRID.replace('"grid"', '"sobol"\nsamples = 16777216'),
        "design.samples: 1.67772e+07 is out of range",
        "plan",
    ),
    _checked(
        "runs by the million",
        GRID.replace("[design]", "replicates = 1000000\n[design]").replace(
            "[0.1, 0.2]", "[0.1, 0.2, 0.3]"
        ),
        "3 points × 1,000,000 replicates are 3,000,000 runs",
        "plan",
    ),
    _checked(
        "a file for every run",
        f"{GRID.replace('[design]', 'set = {extensions=[1]}\n[design]')}",
        "set.extensions: an experiment can name no files for its runs",
        "plan",
    ),
    _checked(
        "points elsewhere",
        POINTS_FILE.replace("points.csv", "../secret"),
        'design.file: "../secret": the path leads out of the folder',
        "plan",
    ),
    _listed(
        "a label of the runs",
        "status,choice.noise\nfailed,0.1\n",
        "points.csv:1: status: results have a column of this name already",
        '["status"]',
    ),
    _listed(
        "a label of an indicator",
        "Public_Outlay,choice.noise\n1,0.1\n",
        "points.csv:1: Public_Outlay: results have a column of this name",
        '["Public_Outlay"]',
    ),
    _listed(
        "a label of points",
        "point,choice.noise\n1,0.1\n",
        "points.csv:1: point: results have",
        '["point"]',
    ),
    _listed(
        "a column without a name",
        "what,,choice.noise\na,,0.1\n",
        "points.csv:1: a column has no name",
    ),
    _listed(
        "thousands",
        "what;choice.noise\na;1,500\n",
        "points.csv:2: '1,500' may be 1500 or a fraction",
    ),
    Known(
        "a minus sign of typography",
        ("run", "village", "--set", "sanctions.fine_rate=−1"),
        "-1 is out of range",
    ),
    Known(
        "two sizes",
        ("run", "village", "--debtors", "60", "--set", "population.size=100"),
        "--debtors: 60 here, but 100 in --set population.size; drop one of the two",
    ),
    Known(
        "a line more",
        ("run", "village", "--set", "run.months=1\nx=2"),
        "--set run.months: should be one line",
    ),
)
