"""Texts of files that are nearly sound, and ways to spoil them.

In: a source of chance. Out: bytes that somebody may have written, by mistake or on purpose.
"""

from collections.abc import Callable
from random import Random

HEAD = 'format = 1\ntitle = "T"\n'
POLICY = f'{HEAD}extends = "{{}}"\n[[policies]]\nname = "p"\n{{}}\n'.format
SCENARIOS = (
    f'{HEAD}extends = "village"\n[run]\nmonths = 1\nburn_in = 0\n[population]\nsize = 20\n',
    f'{HEAD}extends = ["rule_of_law", "special"]\n[levers.sanctions]\nlate_interest = 0.01\n',
    POLICY(
        "base.toml",
        'start = 2\nend = 5\nramp = 1\ndistricts = [0, 1]\nkinds = ["firm"]\n'
        'set = { "comprehensive.list_rate" = 0.3 }\nscale = { "comprehensive.officers" = 1.5 }',
    ),
    f'{HEAD}extends = "village"\nextensions = ["code.py"]\n[levers.bounty]\nshare = 0.1\n',
    (
        f"{HEAD}[kinds.person]\nshare = 1.0\n[evasions.flee]\ncost = 0.1\n"
        '[choice]\nnoise = 0.2\nbehaviour = "prospect"\n'
    ),
    POLICY(
        "village",
        "add = { sanctions.fine_rate = 0.1 }\namount = [0, 1000.0]\n"
        'trigger = { indicator = "backlog", on = 9.0, off = 6.0 }',
    ),
)
WORLD = f'{HEAD}base = "village"\ndebtors = 20\nmonths = 1\nburn_in = 0\nreplicates = 2\nseed = 3\n'
OFFICERS = '[factors]\n"comprehensive.officers" = [0.1, 0.2]\n'
FACTORS = f"{OFFICERS}choice.noise = {{ low = 0.1, high = 1.0 }}\n"
ALL = f'{HEAD}base = "{{}}"\n[design]\nkind = "{{}}"\npolicies = "all"\n{{}}'.format
EXPERIMENTS = (
    f'{WORLD}[design]\nkind = "grid"\n{OFFICERS}',
    f'{WORLD}[design]\nkind = "latin_hypercube"\npoints = 5\n{FACTORS}',
    f'{WORLD}[design]\nkind = "sobol"\nsamples = 4\nsecond_order = true\n{FACTORS}',
    f'{WORLD}[design]\nkind = "morris"\ntrajectories = 3\nlevels = 4\n{FACTORS}',
    ALL("special", "factorial", ""),
    ALL("all_six", "fractional_factorial", "resolution = 3\n"),
    ALL("all_six", "search", "population = 4\ntrials = 8\nbudget = 100.0\n"),
    f'{HEAD}debtors = 20\n[design]\nkind = "scenarios"\nnames = ["village", "base.toml"]\n',
    (
        f'{WORLD}set = {{ "run.burn_in" = 0, sanctions.fine_rate = 0.1 }}\nby = ["all"]\n'
        'panel = 3\nindicators = ["recovery"]\n[design]\nkind = "one_at_a_time"\n'
        "[factors]\nsanctions.late_interest = { low = 0.001, high = 0.01, steps = 3 }\n"
    ),
)
POINTS = (
    "what,comprehensive.officers,choice.noise\nfew,0.1,0.2\nmany,0.2,\n",
    "what;comprehensive.officers;choice.noise\nfew;0,1;0,2\nmany;0,2;\n",
    "sep=;\nscenario;population.size\nvillage;20\nbase.toml;30\n",
    "comprehensive.officers\tchoice.behaviour\n0.1\tprospect\n0.2\texpected_utility\n",
)
POINTS_FILE = f'{WORLD}[design]\nkind = "points"\nfile = "points.csv"\nlabels = ["what"]\n'
EVIDENCE = {
    "data.csv": (
        "measure,from,to,value,unit,n,low,high,grade,definition,kind,use,source\n"
        "accepted,2019,2019,1200,cases,,,,A,with_revived,,fit,yearbook\n"
        "closed,2019,2019,1100,cases,,,,A,with_termination,,fit,yearbook\n"
        "pending,,2018,300,cases,,,,A,with_plans,,check,yearbook\n"
        "recovered,2019-01,2019-03,1.2,亿元,,,,A,closed,,fit,yearbook\n"
        "completion,2019,2019,41,%,1100,40,42,B,all_closed,firm,fit,yearbook\n"
        "fines,2019,2019,<5,entries,,,,B,,,hold,yearbook\n"
    ),
    "court.toml": (
        'format = 1\ncurrency = "CNY"\ncumulative = true\n[[break]]\nmonth = "2019-04"\n'
        'measures = ["completion"]\n[[policy]]\nname = "c"\nstart = "2019-03"\n'
        'set = { "special.livelihood_priority" = 0.5 }\n'
        "[observe]\nlistings = { recorded = [0.4, 0.9] }\n"
        "[exogenous]\nintake = { low = -0.05, middle = 0.02, high = 0.1 }\n"
    ),
    "fit.toml": (
        'format = 1\nbase = "village"\nmonth_1 = "2018-12"\nruns = 100\n[free]\n'
        '"learning.notice" = { low = 1.0, high = 2.0 }\n'
        'choice.noise = { low = 0.1, high = 1.0, scale = "log" }\n'
        '[hold]\n"sanctions.late_interest" = "law"\n'
    ),
    "sheet.csv": "month,x,y\n2019-01,1,2\n2019-02,3,4\n2019-03,—,41%\n",
}
"""A folder of figures, and a wide sheet."""

VALUES = (
    "0", "-1", "1", "2.5", "1e308", "1e400", "-0.0", "nan", "inf", "-inf", "true", '""', '"x"',
    "9" * 18, "9" * 19, "9" * 400, "0x" + "f" * 30, "1_000", "1979-05-27", "07:32:00", "[]", "{}",
    "[[[1]]]", "[" * 40 + "]" * 40, "[" * 300 + "]" * 300, "{ a = { b = 1 } }", '["a", 1, true]',
    '"../secret"', '"/etc/passwd"', '"/dev/zero"', '"pipe"', '"loop"', '"\\u0000"', '"\\u202e"',
    '"\\u001b[31m"', '"' + "x" * 300 + '"', '"' + "y" * 5000 + '"', "'''\na\n'''", '"village"',
    '"self.toml"', '["base.toml"]', '"points.csv"', '"judgment 判决"', "1979-05-27T07:32:00Z", "−1",
)  # fmt: skip
"""Values that somebody may write anywhere."""
KEYS = (
    "extends", "extensions", "base", "design", "factors", "set", "policies", "levers", "file",
    "labels", "format", "title", "added_levers", "kind", "status", "point", "x.y.z", "''", '"a.b"',
    ".".join("k" * 30), '"\\u0000"', '"' + "k" * 2000 + '"', "run.months", "population.size",
    "seed", "replicates", "months", "debtors", "panel", "points", "samples", "names",
    "evasions.stall",
)  # fmt: skip
BYTES = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\x1b[2J", b"\xed\xa0\x80", b"PK\x03\x04", b"'''",
)  # fmt: skip


def spoilt(chance: Random, text: str, values: tuple[str, ...] = VALUES) -> bytes:
    """A text with a few things wrong, or none."""
    data = text
    for _ in range(chance.choice((0, 0, 1, 1, 1, 2, 4))):
        data = chance.choice(WAYS)(chance, data, values)
    raw = data.encode("utf-8", "surrogatepass")
    if chance.random() < 0.15:
        raw = chance.choice(RAW)(chance, raw)
    return raw


def _value(chance: Random, text: str, values: tuple[str, ...]) -> str:
    """Another value behind an equals sign."""
    lines = text.split("\n")
    at = chance.choice([n for n, line in enumerate(lines) if "=" in line] or [0])
    lines[at] = f"{lines[at].partition('=')[0]}= {chance.choice(values)}"
    return "\n".join(lines)


def _key(chance: Random, text: str, values: tuple[str, ...]) -> str:
    """A further line with a key."""
    lines = text.split("\n")
    line = f"{chance.choice(KEYS)} = {chance.choice(values)}"
    lines.insert(chance.randrange(len(lines) + 1), line)
    return "\n".join(lines)


def _lost(chance: Random, text: str, _: tuple[str, ...]) -> str:
    """A line less."""
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def _letter(chance: Random, text: str, _: tuple[str, ...]) -> str:
    """A letter that does not belong there, or in another place."""
    at = chance.randrange(len(text) + 1)
    letter = chance.choice("\"'[]{}=.,#\n\\;\t -+eE_0é判\x07\u2028")
    return text[:at] + letter + text[at + chance.randrange(2) :]


def _cut(chance: Random, text: str, _: tuple[str, ...]) -> str:
    """A text that ends too early."""
    return text[: chance.randrange(len(text) + 1)]


WAYS: tuple[Callable[[Random, str, tuple[str, ...]], str], ...] = (
    *(_value, _value, _value, _key, _key, _lost, _letter, _letter, _cut),
)


def _flipped(chance: Random, raw: bytes) -> bytes:
    """Some bits turned over."""
    data = bytearray(raw)
    for _ in range(chance.choice((1, 2, 8)) if data else 0):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _foreign(chance: Random, raw: bytes) -> bytes:
    """Bytes of something else in the middle."""
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.choice(BYTES) + raw[at:]


def _encoded(chance: Random, raw: bytes) -> bytes:
    """The text in another encoding."""
    text = raw.decode("utf-8", "replace")
    encodings = ("utf-16", "utf-16-le", "gb18030", "cp1252", "utf-32")
    return text.encode(chance.choice(encodings), "replace")


RAW: tuple[Callable[[Random, bytes], bytes], ...] = (_flipped, _foreign, _encoded)
