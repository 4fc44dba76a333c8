"""Folders of evidence for tests: a sound one, and the same with something changed."""

from pathlib import Path

HEAD = "measure,from,to,value,unit,n,low,high,sd,grade,bias,definition,kind,use,source"
SOUND = """\
accepted,2019,2019,1200,cases,,,,,A,,with_revived,,fit,yearbook
closed,2019,2019,1100,cases,,,,,A,,with_termination,,fit,yearbook
pending,,2018,300,cases,,,,,A,,with_plans,,check,yearbook
pending,,2019,400,cases,,,,,A,,with_plans,,fit,yearbook
recovered,2019,2019,1.2,亿元,,,,,A,,closed,,fit,yearbook
completion,2019,2019,41,%,1100,,,,B,,all_closed,,fit,yearbook
"""
COURT = 'format = 1\nname = "a court"\n'
FIT = """\
format = 1
base = "village"
month_1 = "2018-12"
runs = 100
[free]
"learning.notice" = { low = 1.0, high = 2.0 }
"""


def row(measure, first, last, value, unit="cases", **more):
    """A line of `data.csv`."""
    cells = dict.fromkeys(HEAD.split(","), "") | {"grade": "A", "use": "fit"}
    cells |= {"measure": measure, "from": first, "to": last, "value": value, "unit": unit} | more
    return ",".join(str(cells[name]) for name in HEAD.split(",")) + "\n"


def monthly(measure, values, year=2019, **more):
    """Lines of consecutive months, from January of a year."""
    months = (f"{year + n // 12}-{n % 12 + 1:02}" for n in range(len(values)))
    return "".join(
        row(measure, month, month, value, **more)
        for month, value in zip(months, values, strict=True)
    )


def folder(path: Path, data=None, court=COURT, fit=FIT, head=HEAD) -> Path:
    """Write a folder; data may be text or bytes, and None leaves a file out."""
    path.mkdir(exist_ok=True)
    body = SOUND if data is None else data
    written = body if isinstance(body, bytes) else f"{head}\n{body}".encode()
    (path / "data.csv").write_bytes(written)
    for name, text in (("court.toml", court), ("fit.toml", fit)):
        if text is not None:
            (path / name).write_text(text, encoding="utf-8")
    return path
