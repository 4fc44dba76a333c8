"""Checks that an experiment names only indicators and breakdowns that exist.

In: a `Spec`, and what the extensions of its bases declare. Out: faults with their paths.
"""

from collections.abc import Iterator, Sequence

from sim.experiment.reading.reserved import taken
from sim.experiment.spec import SHORT, Search, Spec
from sim.extension import Extension
from sim.measure.indicators import INDICATORS
from sim.measure.renamed import instead
from sim.measure.series import BREAKDOWNS
from sim.scenario.checking.fault import Fault, meant, shown

NAMED = ("extends", "extensions")
"""Keys that name files. They are allowed only in the file of a scenario."""


def files_named(spec: Spec) -> Iterator[Fault]:
    """Faults for keys under ``set`` that name files: an experiment must not name them."""
    for path in [p for p in spec.set if p.partition(".")[0] in NAMED]:
        hint = "name the file in the scenario that 'base' names"
        yield Fault(f"set.{path}", "an experiment cannot name files for its runs", hint)


def unknown_names(spec: Spec, extensions: Sequence[Extension], *, unrun: bool) -> Iterator[Fault]:
    """Faults for names that do not exist or are taken, and for paths that must not be set.

    The names are those of indicators and breakdowns. A path may be set only once, and ``run.seed``
    never.

    Args:
        spec: The contents of the file.
        extensions: Declarations of the extensions of all bases.
        unrun: Whether some extensions did not run. They may declare more indicators.
    """
    added = [one.name for extension in extensions for one in extension.indicators]
    for name in dict.fromkeys(taken(dict.fromkeys(added))):
        what = f"an extension names an indicator '{name}', but results have a column of that name"
        yield Fault("base", what, "give the indicator another name")
    known = [*(one.name for one in INDICATORS), *added]
    if not unrun:
        yield from _unknown("indicators", spec.indicators, known)
    yield from _unknown("by", spec.by, BREAKDOWNS)
    if isinstance(spec.design, Search):
        yield from _of_a_search(spec, spec.design, None if unrun else known)
    for key, path in SHORT.items():
        if getattr(spec, key) is not None and path in spec.set:
            yield Fault(f"set.{path}", f"'{key}' sets this already", "remove one of the two")
    if "run.seed" in spec.set:
        hint = "write 'seed' at the top of the file; the replicates' seeds follow from it"
        yield Fault("set.run.seed", "replicates cannot all have the same seed", hint)


def _unknown(key: str, named: Sequence[str], known: Sequence[str]) -> Iterator[Fault]:
    for number, word in enumerate(named):
        if word not in known:
            kind = "breakdown" if key == "by" else "indicator"
            hint = instead(word, known)
            if key == "by":
                hint = meant(word, known) or f"choose from {', '.join(known)}"
            yield Fault(f"{key}.{number}", f"unknown {kind} {shown(word)}", hint)


def _of_a_search(spec: Spec, design: Search, known: Sequence[str] | None) -> Iterator[Fault]:
    """Faults for indicators of a search that are unknown, listed twice or not stored.

    Args:
        spec: The contents of the file.
        design: The search.
        known: Names of all indicators; None accepts any name.
    """
    for key in ("maximise", "minimise", "at_most", "at_least"):
        for number, word in enumerate(named := list(getattr(design, key))):
            place = f"design.{key}.{number if key.endswith('mise') else word}"
            if known is not None and word not in known:
                yield Fault(place, f"unknown indicator {shown(word)}", instead(word, known))
            if word in named[:number]:
                yield Fault(place, f"'{word}' is listed twice")
    for word in design.needs():
        if spec.indicators and word not in spec.indicators:
            what = f"the search needs '{word}', which is not stored"
            yield Fault("indicators", what, "add it, or leave 'indicators' out")
