"""Help on each command: group, a line on what it does, examples and duration.

Out: `GUIDE`, one entry per command. Durations are for two cores with compiled rules.
"""

from typing import NamedTuple

JOBS = ("Run", "Experiment", "Analyse", "Evidence", "Inspect", "Share")
"""Groups of commands, in the usual order of work."""

AT_ONCE = "one to three seconds"


class Entry(NamedTuple):
    """Help on a command.

    Args:
        job: One of `JOBS`.
        line: What the command does, in one line of the overview.
        examples: Command lines without ``servanda`` in front.
        takes: Duration, for small and large runs.
    """

    job: str
    line: str
    examples: tuple[str, ...]
    takes: str


GUIDE: dict[str, Entry] = {
    "run": Entry(
        "Run",
        "run a scenario, show its headline, keep the results",
        (
            "run village",
            "run village --seed 7 --json",
            "run china_2016 --set sanctions.late_interest=0.01 --out results/a",
        ),
        "four seconds for a village or china_2016 (10,000 debtors, six years)",
    ),
    "view": Entry(
        "Run",
        "see worlds in a browser, move levers, compare",
        ("view", "view special --port 8800 --no-browser", "view my_scenarios --lang zh"),
        "ready in ten seconds; a world of 10,000 debtors and five years takes two",
    ),
    "compare": Entry(
        "Run",
        "compare scenarios with the first one: what changes",
        ("compare china_2016 special all_six --debtors 2000 --months 24",),
        "twenty seconds for the example; longer at full size",
    ),
    "effects": Entry(
        "Run",
        "effects of levers and policy packs",
        (
            "effects comprehensive.officers --debtors 2000 --months 24",
            "effects --packs --replicates 10",
        ),
        "fifteen seconds for the first example; half a minute for the second; about an hour for "
        "all levers",
    ),
    "cost": Entry(
        "Run",
        "public cost of policies",
        ("cost rule_of_law special", "cost special --budget 10000"),
        "fifteen seconds for the first example; several times as long with a budget",
    ),
    "channels": Entry(
        "Run",
        "through which channels a package works",
        (
            "channels special --debtors 2000 --months 24 --replicates 10",
            "channels special --channel personal --debtors 1000 --months 24",
        ),
        "two to four minutes for the first example, less than one for the second",
    ),
    "classics": Entry(
        "Run",
        "published models: their numbers, recomputed",
        (
            "classics",
            "classics bekar_carlaw_eaton --jobs 2",
            "classics bekar_carlaw_eaton --set capacity=43 --seed 2 --json",
        ),
        "four to ten seconds a model; half a minute for bekar_carlaw_eaton",
    ),
    "field": Entry(
        "Run",
        "published field experiments, run as trials in a world",
        (
            "field",
            "field x01_text_messages --debtors 2000 --replicates 4",
            "field all --out results/field",
        ),
        "half a minute for the second example, about five minutes for all",
    ),
    "plan": Entry(
        "Experiment",
        "what an experiment needs: runs, time, disk",
        ("plan six_modes", "plan global_sensitivity --debtors 1000 --months 24"),
        "six seconds for the first example, in which one or two runs are measured",
    ),
    "sweep": Entry(
        "Experiment",
        "all runs of an experiment; resumes where it stopped",
        (
            "sweep six_modes --out results/six --debtors 1000",
            "sweep six_modes --out results/six --shard 1/4",
        ),
        "about 460 runs a minute with 10,000 debtors and five years, fewer with more months and "
        "policies (see `servanda plan`); six_modes in full takes half an hour",
    ),
    "status": Entry(
        "Experiment",
        "progress of a sweep, and its failed runs",
        ("status results/six",),
        AT_ONCE,
    ),
    "retry": Entry(
        "Experiment",
        "repeat the failed runs of a sweep",
        ("retry results/six",),
        "as long as these runs took",
    ),
    "optimise": Entry(
        "Experiment",
        "search for the best packages under a budget",
        ("optimise six_modes --budget 30000 --trials 200 --debtors 1000",),
        "a few minutes for the example, hours at full size; can be stopped and resumed",
    ),
    "compact": Entry(
        "Experiment",
        "merge the many files of a sweep into one per table",
        ("compact results/six",),
        "four seconds for a hundred runs",
    ),
    "query": Entry(
        "Analyse",
        "query the tables of a sweep in SQL",
        ("query results/six 'SELECT point, avg(recovery) FROM runs GROUP BY 1'",),
        AT_ONCE,
    ),
    "shapley": Entry(
        "Analyse",
        "contribution of each policy, alone and in combination",
        ("shapley results/six --measure recovery",),
        "a few seconds",
    ),
    "sensitivity": Entry(
        "Analyse",
        "which factors matter, compared with chance",
        ("sensitivity results/global --measure backlog",),
        "seconds; a minute for Sobol indices of many indicators",
    ),
    "discover": Entry(
        "Analyse",
        "conditions under which an indicator fails",
        ("discover results/global --where 'backlog > 60'",),
        "seconds",
    ),
    "tipping": Entry(
        "Analyse",
        "tipping points on a grid, and where history decides",
        ("tipping results/officers",),
        "seconds",
    ),
    "data": Entry(
        "Evidence",
        "check, list or convert a court's own figures",
        ("data check middling_court", "data catalogue completion"),
        AT_ONCE,
    ),
    "identify": Entry(
        "Evidence",
        "what figures could tell about parameters, before a fit",
        ("identify middling_court", "identify china_2016 --jobs 2"),
        "five minutes for 286 runs of 10,000 debtors and eleven years on two cores",
    ),
    "fit": Entry(
        "Evidence",
        "fit parameters to figures; resumes where it stopped",
        ("fit middling_court --quick", "fit china_2016 --minutes 20", "fit china_2016 --status"),
        "--minutes sets it; the runs of most fits take half an hour to an hour on two cores",
    ),
    "forecast": Entry(
        "Evidence",
        "what figures will be, as it is and with policies",
        ("forecast middling_court --policy officers_only --years 2",),
        "200 runs, and as many again for each policy",
    ),
    "validate": Entry(
        "Evidence",
        "the model beside everything published",
        ("validate figures", "validate classics --json"),
        "half a minute for figures, one minute for classics, ten minutes for experiments",
    ),
    "warmup": Entry(
        "Inspect",
        "when stocks settle; whether the burn-in is long enough",
        ("warmup village", "warmup china_2016 --debtors 2000 --replicates 3"),
        "six seconds for the examples",
    ),
    "explain": Entry(
        "Inspect",
        "why a debtor pays or does not; what other actors weigh",
        (
            "explain village --month 12",
            "explain village --month 12 --actor officer",
        ),
        "three to four seconds",
    ),
    "scenarios": Entry(
        "Inspect", "list the scenarios", ("scenarios", "scenarios village"), AT_ONCE
    ),
    "experiments": Entry(
        "Inspect", "list the experiments", ("experiments", "experiments six_modes"), AT_ONCE
    ),
    "levers": Entry(
        "Inspect", "list the levers", ("levers", "levers officers", "levers 制裁"), AT_ONCE
    ),
    "lever": Entry("Inspect", "describe one lever", ("lever sanctions.late_interest",), AT_ONCE),
    "indicators": Entry(
        "Inspect", "list the indicators", ("indicators", "indicators recover"), AT_ONCE
    ),
    "indicator": Entry("Inspect", "describe one indicator", ("indicator refusal",), AT_ONCE),
    "check": Entry(
        "Inspect",
        "check files and report every error",
        ("check my_world.toml", "check six_modes --json"),
        "two to three seconds; nothing is run",
    ),
    "schema": Entry(
        "Inspect",
        "the JSON Schema of files, for editors",
        ("schema > scenario.schema.json", "schema --experiment > experiment.schema.json"),
        AT_ONCE,
    ),
    "report": Entry(
        "Share",
        "write a report: an offline page and its figures",
        ("report results/six", "report results/six --lang zh"),
        "half a minute for the first example with 1,000 debtors",
    ),
    "lessons": Entry(
        "Share",
        "ten lessons for a class, as files without a network",
        ("lessons", "lessons 6 --lang zh --out results/lessons"),
        "two to three minutes for all ten; about ten seconds a lesson",
    ),
    "compile": Entry(
        "Share",
        "compile all rules in advance, as `make setup` does",
        ("compile",),
        "a minute or two after an installation or a change of a rule; otherwise seconds",
    ),
}
"""Help by name of the command, in the order of the overview."""

OF_GROUPS: dict[str, Entry] = {
    "data check": Entry(
        "Evidence",
        "check a folder of figures and report every fault",
        ("data check middling_court", "data check china_2016 --json"),
        AT_ONCE,
    ),
    "data catalogue": Entry(
        "Evidence",
        "list the measures and how courts define them",
        ("data catalogue", "data catalogue completion", "data catalogue 到位"),
        AT_ONCE,
    ),
    "data convert": Entry(
        "Evidence",
        "make data.csv from a wide sheet",
        (
            'data convert sheet.xlsx --to mine --measure "收案=accepted"',
            "data convert sheet.csv --to mine --mapping columns.toml --cumulative",
        ),
        AT_ONCE,
    ),
}
"""Help on commands of groups, which the overview does not list, by group and command."""
