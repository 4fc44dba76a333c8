"""Provenance of the results: what was run, on which machine, failed runs, and warnings."""

from typing import Any

from sim.report.chapter import Cell, Chapter, Table
from sim.report.material import Material
from sim.words.words import Words

SHOWN = 20
"""Largest number of failed runs that are listed."""


def provenance(material: Material, words: Words) -> Chapter | None:
    """Everything needed to reproduce and defend the results."""
    parts = [_facts(material, words)]
    if len(material.failed):
        parts.append(_failed(material, words))
    return Chapter(
        "provenance",
        words("How it was made"),
        words("The same file, seed, code and versions give the same numbers, to the last bit."),
        tuple(parts),
        _warnings(material, words),
        _text(material),
    )


def _facts(material: Material, words: Words) -> Table:
    manifest = material.manifest
    versions = ", ".join(f"{name} {number}" for name, number in manifest["versions"].items())
    planned = int(manifest.get("runs", 1))
    facts: list[tuple[str, Any]] = [
        (words("runs planned"), f"{planned:,}"),
        (words("runs done"), f"{material.done:,}"),
        (words("runs failed"), f"{len(material.failed):,}"),
        (words("design"), words.known(material.kind)),
        (words("seed"), manifest.get("seed")),
        (words("debtors"), span(manifest.get("debtors"))),
        (words("measured months"), span(manifest.get("months"))),
        (words("hash of the model's code"), manifest["code"]),
        (words("versions"), versions),
        (words("processor"), manifest["cpu"]),
        (words("made"), manifest.get("finished") or _last(material)),
    ]
    rows = tuple((Cell(name), Cell(str(value))) for name, value in facts if value is not None)
    return Table("", ("", ""), rows)


def span(value: Any) -> str | None:
    """A number, or the range of several numbers."""
    if value is None:
        return None
    if isinstance(value, int):
        return f"{value:,}"
    least, most = value
    return f"{least:,}" if least == most else f"{least:,} – {most:,}"


def _last(material: Material) -> str:
    """Time at which the last run finished."""
    return str(material.runs["finished"].max())


def _failed(material: Material, words: Words) -> Table:
    rows = [
        (
            Cell(f"{words('point')} {row['point']}, {words('replicate')} {row['replicate']}"),
            Cell(str(row["error"])),
            Cell(f"{row['seed']}"),
        )
        for _, row in material.failed.head(SHOWN).iterrows()
    ]
    caption = words(
        "Failed runs; they are not included in the results above. `servanda retry` repeats them."
    )
    return Table(caption, ("", words("error"), words("seed")), tuple(rows))


def _warnings(material: Material, words: Words) -> tuple[str, ...]:
    """Warnings, each listed once, and the number of runs still to be done."""
    warnings: dict[str, None] = dict.fromkeys(material.manifest.get("warnings", ()))
    if "warnings" in material.runs:
        for text in material.runs["warnings"].dropna():
            warnings |= dict.fromkeys(str(text).split("\n"))
    missing = int(material.manifest.get("runs", 1)) - material.done
    notes = [words("Warning: {text}", text=text) for text in warnings]
    if missing:
        notes.insert(0, words("{n} runs are still to be done.", n=missing))
    return tuple(notes)


def _text(material: Material) -> str:
    """Text of the experiment's file, or of the scenario's files, the most general last."""
    texts = material.manifest.get("texts")
    return "\n\n".join(texts.values()) if texts else str(material.manifest.get("text", ""))
