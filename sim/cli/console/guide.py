"""What the help says of each command: its job, a line, examples, how long it takes.

In: nothing. Out: `GUIDE`, an entry a command; durations are of two cores with compiled rules.
"""

from typing import NamedTuple

JOBS = ("Run", "Experiment", "Analyse", "Inspect", "Share")
"""What commands are for, in the order in which one comes to it."""

AT_ONCE = "about a second"


class Entry(NamedTuple):
    """What the help says of a command.

    Args:
        job: One of `JOBS`.
        line: What it does, in one line of the overview.
        examples: Command lines without ``servanda`` in front.
        takes: How long it takes, small and large.
    """

    job: str
    line: str
    examples: tuple[str, ...]
    takes: str


GUIDE: dict[str, Entry] = {
    "run": Entry(
        "Run",
        "run a scenario, show what came out, keep it",
        (
            "run village",
            "run village --seed 7 --json",
            "run china_2016 --set sanctions.late_interest=0.01 --out results/a",
        ),
        "three seconds for a village, six for china_2016 (10,000 debtors, six years)",
    ),
    "compare": Entry(
        "Run",
        "set scenarios against the first: what each changes",
        ("compare china_2016 special all_six --debtors 2000 --months 24",),
        "ten seconds for the example, two minutes at full size with 20 replicates",
    ),
    "effects": Entry(
        "Run",
        "what levers and packs of policies bring",
        (
            "effects comprehensive.officers --debtors 2000 --months 24",
            "effects --packs --replicates 10",
        ),
        "ten seconds for one lever, small; a minute for the packs; an hour for every lever",
    ),
    "cost": Entry(
        "Run",
        "what policies cost the public",
        ("cost rule_of_law special", "cost special --budget 1000"),
        "half a minute a scenario and 8 seeds; a budget takes some ten times that",
    ),
    "plan": Entry(
        "Experiment",
        "what an experiment would take: runs, time, disk",
        ("plan six_modes", "plan global_sensitivity --debtors 1000 --months 24"),
        "five to thirty seconds: it measures a run or two",
    ),
    "sweep": Entry(
        "Experiment",
        "do the runs of an experiment that are not there yet",
        (
            "sweep six_modes --out results/six --debtors 1000",
            "sweep six_modes --out results/six --shard 1/4",
        ),
        "as `servanda plan` says: some 460 runs of 10,000 debtors and five years a minute less "
        "what more months and policies take; six_modes in full half an hour",
    ),
    "status": Entry(
        "Experiment",
        "how far a sweep is, and what failed",
        ("status results/six",),
        AT_ONCE,
    ),
    "retry": Entry(
        "Experiment",
        "do the failed runs of a sweep once more",
        ("retry results/six",),
        "as long as these runs took",
    ),
    "optimise": Entry(
        "Experiment",
        "search for the best packages under a budget",
        ("optimise six_modes --budget 8000 --trials 200 --debtors 1000",),
        "a few minutes for the example, hours at full size; it can be stopped and goes on",
    ),
    "compact": Entry(
        "Experiment",
        "write the many files of a sweep into one a table",
        ("compact results/six",),
        "a second for a thousand runs",
    ),
    "query": Entry(
        "Analyse",
        "ask the tables of a sweep in SQL",
        ("query results/six 'SELECT point, avg(recovery) FROM runs GROUP BY 1'",),
        AT_ONCE,
    ),
    "shapley": Entry(
        "Analyse",
        "which policy brings what, and which only together",
        ("shapley results/six --measure recovery",),
        "a few seconds",
    ),
    "sensitivity": Entry(
        "Analyse",
        "which factors matter, beside what chance would show",
        ("sensitivity results/global --measure backlog",),
        "seconds; a minute for Sobol indices of many indicators",
    ),
    "discover": Entry(
        "Analyse",
        "under which conditions an indicator goes wrong",
        ("discover results/global --where 'backlog > 5'",),
        "seconds",
    ),
    "tipping": Entry(
        "Analyse",
        "where a grid tips, and where history decides",
        ("tipping results/officers",),
        "seconds",
    ),
    "warmup": Entry(
        "Inspect",
        "where stocks settle, and whether the burn-in is long enough",
        ("warmup village", "warmup china_2016 --debtors 2000 --replicates 3"),
        "ten seconds for the examples, half a minute for china_2016 at full size",
    ),
    "explain": Entry(
        "Inspect",
        "why one debtor pays or does not, what others weigh",
        (
            "explain village --month 12",
            "explain village --month 12 --actor officer",
        ),
        "three seconds for a village, six for china_2016",
    ),
    "scenarios": Entry(
        "Inspect", "the scenarios there are", ("scenarios", "scenarios village"), AT_ONCE
    ),
    "experiments": Entry(
        "Inspect", "the experiments there are", ("experiments", "experiments six_modes"), AT_ONCE
    ),
    "levers": Entry(
        "Inspect", "what a policy can move", ("levers", "levers officers", "levers 制裁"), AT_ONCE
    ),
    "lever": Entry("Inspect", "all about one lever", ("lever sanctions.late_interest",), AT_ONCE),
    "indicators": Entry(
        "Inspect", "what is measured", ("indicators", "indicators recover"), AT_ONCE
    ),
    "indicator": Entry("Inspect", "all about one indicator", ("indicator refusal",), AT_ONCE),
    "check": Entry(
        "Inspect",
        "whether a file is sound, or all that is wrong with it",
        ("check my_world.toml", "check six_modes --json"),
        "a second a file; nothing is run",
    ),
    "schema": Entry(
        "Inspect",
        "the JSON Schema of files, for editors",
        ("schema > scenario.schema.json", "schema --experiment > experiment.schema.json"),
        AT_ONCE,
    ),
    "report": Entry(
        "Share",
        "a page that works offline, and its figures",
        ("report results/six", "report results/six --lang zh"),
        "ten seconds to a minute",
    ),
    "compile": Entry(
        "Share",
        "compile all rules ahead, as `make setup` does",
        ("compile",),
        "a minute or two after an installation or a change of a rule; seconds otherwise",
    ),
}
"""By the command's name, in the order of the overview."""
