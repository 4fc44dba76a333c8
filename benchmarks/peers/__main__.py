"""``python -m benchmarks.peers [--json FILE]``: how fast Servanda is beside its peers.

All in one run on one machine, in alternating rounds; figures are medians over the rounds. Times are
processor seconds, so that others on the machine matter less; ratios are more reliable than times.

- agents: the same world as plain Mesa objects, with the same counts
- reference: Mesa's bundled examples, Starsim's infection on a random network
- vectors: the month's earning with NumPy beside the compiled phase
- runners: what runners of many small runs cost beside the runs

What is not installed is left out: ``pip install -e .[peers]``.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from benchmarks.peers.months import AGENTS, CHEAP, COMPILED, compared
from benchmarks.peers.reference import of_mesa, of_servanda, of_starsim
from benchmarks.peers.rounds import Pace, in_rounds
from benchmarks.peers.runners import RUNNERS, installed, overheads
from benchmarks.peers.vectors import side_by_side
from sim.machine.workers import ONE_THREAD

PACKAGES = ("mesa", "numpy", "numba", "starsim", "ema-workbench")

say = sys.stdout.write


def versions() -> dict[str, str | None]:
    """Versions of what is compared; None for what is not installed."""
    found: dict[str, str | None] = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def main() -> None:
    """Measure, print the tables, and write JSON."""
    given = _arguments()
    os.environ |= ONE_THREAD  # as the workers of a sweep have it
    say(", ".join(f"{name} {number or 'not installed'}" for name, number in versions().items()))
    say(f"; medians of {given.repeats} rounds\n")
    found: dict[str, object] = {
        "versions": versions(),
        "arguments": {name: value for name, value in vars(given).items() if name != "json"},
    }
    parts: dict[str, Callable[[argparse.Namespace], object]] = {
        "agents": _agents,
        "reference": _reference,
        "vectors": _vectors,
        "runners": _runners,
    }
    for name in given.parts:
        found[name] = parts[name](given)
        sys.stdout.flush()
        if given.json:  # what is measured stays if the next part fails
            given.json.write_text(json.dumps(found, indent=1, default=str), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    about = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=about)
    names = ["agents", "reference", "vectors", "runners"]
    parser.add_argument("--parts", nargs="+", choices=names, default=names)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--months", type=int, default=3, help="measured months of agents")
    parser.add_argument("--burn-in", type=int, default=60, help="compiled months before them")
    parser.add_argument("--large", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--run-debtors", type=int, default=300)
    parser.add_argument("--run-months", type=int, default=6)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


# ---------------------------------------------------------------- parts


def _agents(given: argparse.Namespace) -> object:
    """The same world as plain Mesa objects."""
    found = {}
    for size in given.sizes:
        say(f"\n{size:,} debtors, {given.months} months: the same rules\n")
        paces = {
            pace.name: pace for pace in compared(size, given.months, given.burn_in, given.repeats)
        }
        _table(list(paces.values()), "agent-months/s")
        found[str(size)] = [pace.shown() for pace in paces.values()]
        for name in (AGENTS, CHEAP):
            whole, rules = _ratios(paces[COMPILED], paces[name])
            say(f"{COMPILED} is {whole:.1f} times as fast as {name}; ")
            say(f"rules alone are {rules:.1f} times as fast\n")
        share = median(
            idle / (idle + spent)
            for idle, spent in zip(paces[AGENTS].idle, paces[AGENTS].seconds, strict=True)
        )
        say(f"all counts are the same; {100 * share:.0f} % of the agents' time went into copying ")
        say("between agents and tables and does not count\n")
    return found


def _reference(given: argparse.Namespace) -> object:
    """Points of reference."""
    say("\nPoints of reference (a step of another model is other work)\n")
    contestants = [of_servanda(size, 12) for size in given.large] + of_mesa()
    starsims = [one for size in given.large for one in of_starsim(size)]
    paces, _ = in_rounds(contestants + starsims, given.repeats, warm_up=True)
    _table(paces, "agent-steps/s")
    if not starsims:
        say("Starsim is not installed, so it is left out.\n")
    examples = [pace for pace in paces if pace.name.startswith("Mesa")]
    say(f"Mesa's fastest here: {max(examples, key=lambda pace: pace.per_second).name}\n")
    return [pace.shown() for pace in paces]


def _vectors(given: argparse.Namespace) -> object:
    """The month's earning with NumPy."""
    months = 12 * given.repeats
    what = f"earning alone over {months} months, ns"
    say(f"\n{what:36s} {'compiled':>9s} {'NumPy':>9s} {'ratio':>7s}\n")
    found = {}
    for size in given.large:
        earned = side_by_side(size, months, 24)
        one, two = (1e9 * median(way) / size for way in earned)
        ratio = median(b / a for a, b in zip(*earned, strict=True))
        say(f"{f'{size:,} debtors':36s} {one:9.0f} {two:9.0f} {ratio:7.2f}\n")
        found[str(size)] = {"compiled_ns": one, "numpy_ns": two, "ratio": ratio}
    return found


def _runners(given: argparse.Namespace) -> object:
    """What runners cost beside the runs."""
    say(f"\n{given.runs} runs of {given.run_debtors} debtors x {given.run_months} months, ")
    say(f"{given.jobs} at once: milliseconds a run beside the bare runs\n")
    say(f"{'':16s} {'clock':>9s} {'processor':>10s} {'further: clock':>16s} {'processor':>10s}\n")
    costs = overheads(given.runs, given.run_debtors, given.run_months, given.jobs, given.repeats)
    for one in costs:
        say(f"{one.name:16s} {one.clock:9.1f} {one.processor:10.1f} ")
        say(f"{one.further_clock:16.1f} {one.further_processor:10.1f}\n")
    bare = [1e3 * hand[1] / given.runs for hand, _, _ in costs[0].rounds]
    say(f"a bare run takes {median(bare):.1f} ms of a processor\n")
    for name in sorted(set(RUNNERS) - set(installed())):
        say(f"{name} is not installed, so it is left out.\n")
    return [one._asdict() for one in costs]


def _table(paces: list[Pace], what: str) -> None:
    say(f"{'':32s} {what:>16s} {'bytes an agent':>16s}\n")
    for pace in paces:
        say(f"{pace.name:32s} {pace.per_second:16,.0f} {pace.bytes_per_agent:16,.0f}\n")


def _ratios(one: Pace, other: Pace) -> tuple[float, float]:
    """How many times as fast one is as the other, whole and in rules; medians of the rounds."""
    pairs = ((one.seconds, other.seconds), (one.rules, other.rules))
    whole, rules = (median(b / a for a, b in zip(*pair, strict=True)) for pair in pairs)
    return whole, rules


if __name__ == "__main__":
    main()
