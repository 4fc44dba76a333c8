"""The findings of a fit as tables and sentences.

In: the note of a fit (`sim.evidence.fitting.stored`) and its folder. Out: lines on stdout. A
parameter that is not learned is never shown with a value: only its prior is.
"""

from pathlib import Path
from typing import Any

from sim.cli.console.numbers import many, number
from sim.cli.console.writing import Column, say, table

NOT_LEARNED = "not learned"


def show(note: dict[str, Any], folder: Path) -> None:
    """Show the findings of a fit."""
    say(f"{note['title']}: {note['runs']:,} runs of {note['base']}", bold=True)
    _verdict(note)
    _figures(note)
    _parameters(note)
    _tests(note)
    say()
    say(f"The ensemble is in {folder}/ensemble.parquet, all findings in {folder}/fit.json.")


def _verdict(note: dict[str, Any]) -> None:
    """Whether the model can make these figures, and whether there are enough draws."""
    fitted = [one for one in note["figures"] if one["use"] == "fit"]
    missed = [one["figure"] for one in fitted if not one["reproduced"]]
    if missed:
        say(f"The model does not reproduce: {', '.join(missed)}.", bold=True)
    share = note["known_truths"]["plausible"]
    say(
        f"Of {note['known_truths']['truths']} synthetic courts {share:.0%} are met no better than "
        f"this one{': these figures are not of a world like the model.' if share < 0.01 else '.'}"
    )
    if not note["enough"]:
        say(
            f"Only {note['effective']:.0f} effective draws: intervals are rough. More runs help "
            "(`--minutes`, or `runs` in fit.toml).",
            bold=True,
        )


def _figures(note: dict[str, Any]) -> None:
    heads = ("figure", "use", Column("published", right=True), Column("model, 90 %", right=True))
    table(
        (*heads, Column("z", right=True)),
        [
            (
                one["figure"],
                one["use"],
                number(one["published"]),
                "–" if one["p05"] is None else f"{number(one['p05'])} to {number(one['p95'])}",
                "–" if one["z"] is None else f"{one['z']:+.1f}",
            )
            for one in note["figures"]
        ],
    )


def _parameters(note: dict[str, Any]) -> None:
    rows = []
    for one in note["parameters"]:
        known = one["learned"] != NOT_LEARNED
        posterior = f"{number(one['p50'])} ({number(one['p05'])} to {number(one['p95'])})"
        prior = f"{number(one['low'])} to {number(one['high'])}"
        share = f"{one['contraction']:.2f}"
        rows.append((one["parameter"], prior, posterior if known else "", share, one["learned"]))
    heads = (Column("parameter", whole=True), "prior", "median (90 %)")
    table((*heads, Column("contraction", right=True), "is"), rows)


def _tests(note: dict[str, Any]) -> None:
    tested = note["known_truths"]
    covered = [
        tested["covered"]["0.9"][one["parameter"]]
        for one in note["parameters"]
        if one["learned"] != NOT_LEARNED
    ]
    if covered:
        mean = sum(covered) / len(covered)
        say(
            f"On known truths, 90 % intervals of the {many(len(covered), 'parameter')} that are "
            f"learned contain the truth in {mean:.0%}."
        )
    held = note["held_out"]
    if held is None:
        return
    say(
        f"On {many(held['figures'], 'kept figure')}: 50 % intervals contain "
        f"{held['covered']['0.5']:.0%}, 90 % intervals {held['covered']['0.9']:.0%}. Score (CRPS, "
        f"share of the mean): model {number(held['model'])}, last value "
        f"{number(held['last_value'])}, linear trend {number(held['linear_trend'])}."
    )
    if not held["better"]:
        say(
            "A naive forecast scores better than the model here. Differences between policies may "
            "still be of use.",
            bold=True,
        )
