"""Claims about the docs: made parts are current, numbers agree, links lead somewhere, code runs."""

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from sim import cli
from sim.errors import ServandaWarning
from sim.experiment.reading.file import load_experiment
from sim.experiment.reading.shipped import shipped as shipped_experiments
from sim.levers.catalogue import catalogue
from sim.measure.indicators import INDICATORS
from sim.scenario.checking.outline import outline
from sim.scenario.policy import Policy
from sim.scenario.policy import levers as all_levers
from sim.scenario.reading.file import load
from sim.scenario.reading.shipped import shipped
from sim.terms import Domain, Kind, label
from tests.experiment.small import inline

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
EQUATION = re.compile(r"\beq\.\s+(\d+)(?:\s+(to|and)\s+(\d+))?")
FACT = re.compile(r"\b(?:[A-E]\d{1,2}|T\d{1,2}|CD-\d{4})\b")


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    return [body for kind, body in FENCE.findall(text(page)) if kind == language]


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tables", ROOT / "docs" / "tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# ---------------------------------------------------------------- made parts


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_made_parts_are_current(tables, page):
    assert tables.renewed(text(page)) == text(page), "run python docs/tables.py"


def test_every_made_part_stands_on_a_page(tables):
    placed = {name for page in PAGES for name in re.findall(r"<!-- begin: (\w+) -->", text(page))}
    assert placed == set(tables.PARTS)


def test_a_stale_page_is_noticed_and_only_then_written(tables, tmp_path, monkeypatch, capsys):
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- begin: stages -->\nold\n<!-- end: stages -->\nafter\n", "utf-8")
    monkeypatch.setattr(tables, "DOCS", tmp_path)
    assert tables.main(["--check"]) == 1
    assert "old" in text(page)
    assert "page.md is out of date" in capsys.readouterr().err
    assert tables.main([]) == 0
    assert tables.main(["--check"]) == 0
    assert text(page).startswith("before\n")
    assert text(page).endswith("after\n")


# ---------------------------------------------------------------- numbers


def cited(source: str) -> set[int]:
    found = set()
    for first, how, last in EQUATION.findall(source):
        ends = (int(first), int(last or first))
        found |= set(range(ends[0], ends[1] + 1)) if how == "to" else set(ends)
    return found


def test_every_equation_that_the_code_cites_stands_in_the_odd():
    stated = [
        int(n) for n in re.findall(r"^\*\*Eq\. (\d+)", text(ROOT / "docs/ODD.md"), re.MULTILINE)
    ]
    assert len(stated) == len(set(stated))
    sources = [*sorted((ROOT / "sim").rglob("*.py")), *PAGES]
    missing = {p.name: lost for p in sources if (lost := cited(text(p)) - set(stated))}
    assert not missing


def test_every_figure_that_a_number_rests_on_is_listed():
    known = set(re.findall(r"^\| ([\w-]+) \|", text(ROOT / "docs" / "facts.md"), re.MULTILINE))
    rooms = (ROOT / "sim" / "parameters", ROOT / "sim" / "levers")
    files = [file for room in rooms for file in room.glob("*.py")]
    files += [*(ROOT / "scenarios").glob("*.toml"), ROOT / "docs" / "ODD.md"]
    missing = {p.name: lost for p in files if (lost := set(FACT.findall(text(p))) - known)}
    assert not missing


def test_what_stands_for_the_article_is_there():
    levers = {entry.path for entry in catalogue()}
    known = levers | {one.name for one in INDICATORS} | set(shipped()) | set(outline().paths())
    known |= {label(word) for words in (Domain, Kind) for word in words} | set(Policy.model_fields)
    known |= {"world.ledgers()", "servanda explain", "sim.effect_of_listing"}
    known |= {"code", "servanda levers", "servanda indicators"}
    named = set(re.findall(r"`([^`]+)`", text(ROOT / "docs" / "article.md")))
    assert not named - known


def test_every_lever_of_the_six_modes_stands_for_something_in_the_article():
    named = set(re.findall(r"`([^`]+)`", text(ROOT / "docs" / "article.md")))
    # the terms of a measure stand with it: its fee, its limit, the other classes of assets
    terms = ("preservation_", "insurance_", "trace_", "private_agents_fee")
    left = {e.path for e in catalogue() if e.mode != "sanctions"} - named
    assert not [path for path in left if not any(term in path for term in terms)]


# ---------------------------------------------------------------- links


def anchors(page: Path) -> set[str]:
    """Where a link into a page may lead: its headings, as GitHub names them."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", text(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page):
    broken = []
    for target in LINK.findall(FENCE.sub("", text(page))):
        place, _, anchor = target.partition("#")
        if "://" in target:
            continue
        file = (page.parent / place).resolve() if place else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert not broken


# ---------------------------------------------------------------- commands


def commands(page: Path) -> set[str]:
    """Everything that begins with ``servanda``, in fences and between backticks."""
    inline = re.findall(r"`(servanda [^`]+)`", FENCE.sub("", text(page)))
    lines = [line for body in blocks(page, "") for line in body.splitlines()]
    return {*inline, *(line for line in lines if line.startswith("servanda "))}


def test_the_readme_names_commands():
    assert len(commands(ROOT / "README.md")) >= 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_named_exists(page):
    known: Any = typer.main.get_command(cli.app)
    for line in commands(page):
        _, name, *rest = shlex.split(line)
        command = known.commands.get(name)
        assert command is not None, line
        options = {flag for one in command.params for flag in (*one.opts, *one.secondary_opts)}
        unknown = {word for word in rest if word.startswith("--")} - options
        assert not unknown, line


def unknown(words: dict[str, Any]) -> list[str]:
    """What a command's words name that is not there; words in capitals and files stand for others.

    Args:
        words: What its arguments and options were given.
    """
    levers = set(all_levers())
    modes = {path.partition(".")[0] for path in levers}
    scenarios, experiments = set(shipped()), set(shipped_experiments())
    measures = {one.name for one in INDICATORS}
    known = {
        "scenario": scenarios,
        "scenarios": scenarios,
        "files": scenarios | experiments,
        "pack": scenarios,
        "names": levers | modes | {"all"},
        "experiment": experiments,
        "measure": measures,
        "maximise": measures,
        "minimise": measures,
    }
    lost = []
    for key, given in words.items():
        listed = given if isinstance(given, list | tuple) else [given]
        several = [word for word in listed if isinstance(word, str)]
        for word in several if key in known else []:
            own = word.isupper() or word.endswith(".toml")
            if not own and word.partition("@")[0] not in known[key]:
                lost.append(f"{key}: {word}")
        if key == "settings":
            paths = [word.partition("=")[0].removeprefix("levers.") for word in several]
            there = levers | set(outline().paths())
            # A policy is known to its scenario, and `bounty` to the worked extension.
            away = ("policies.", "bounty.")
            lost += [path for path in paths if path not in there and not path.startswith(away)]
    return lost


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_command_is_given_is_there(page):
    known: Any = typer.main.get_command(cli.app)
    for line in commands(page):
        _, name, *rest = shlex.split(line, comments=True)
        if not rest or "…" in rest:
            continue
        context = known.commands[name].make_context(name, list(rest), resilient_parsing=True)
        assert not unknown(context.params), line


def test_a_command_that_names_what_is_not_there_is_noticed():
    known: Any = typer.main.get_command(cli.app)
    for line, lost in (
        ("effects special all_six --replicates 10", ["names: all_six"]),
        ("sweep six_mods --out results/six", ["experiment: six_mods"]),
        ("shapley results/six --measure recovry", ["measure: recovry"]),
        ("run village --set sanctions.fine=1", ["sanctions.fine"]),
        ("effects special.publicity --pack all_six@0.5", []),
    ):
        name, *rest = shlex.split(line)
        context = known.commands[name].make_context(name, rest, resilient_parsing=True)
        assert unknown(context.params) == lost


def test_every_make_target_named_exists():
    targets = set(re.findall(r"^([\w-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    named = {
        name
        for page in PAGES
        for source in (*blocks(page, ""), *re.findall(r"`(make [\w-]+)`", text(page)))
        for name in re.findall(r"^make ([\w-]+)", source, re.MULTILINE)
    }
    assert named <= targets


# ---------------------------------------------------------------- code


SNIPPETS = [
    pytest.param(code, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, code in enumerate(blocks(page, "python"), 1)
]


@pytest.mark.parametrize("code", SNIPPETS)
def test_python_on_a_page_runs(code, capsys):
    exec(compile(code, "page", "exec"), {"__name__": "page"})
    assert not capsys.readouterr().err


def test_the_first_answer_is_given_by_its_commands(tmp_path, monkeypatch):
    """The page's own commands, with worlds so small that they are done in a moment."""
    monkeypatch.setattr("sim.runs.sweep._local_workers", lambda jobs: inline)
    (page,) = (page for page in PAGES if page.stem == "first_answer")
    listed = [line for body in blocks(page, "") for line in body.splitlines()]
    asked = [shlex.split(line)[1:] for line in listed if line.startswith("servanda ")]
    assert [words[0] for words in asked] == ["compare", "report"]
    out = tmp_path / "first"
    small = ["--debtors", "400", "--months", "9", "--replicates", "2", "--jobs", "1"]
    compared = CliRunner().invoke(cli.app, [*asked[0], *small, "--out", str(out)])
    assert compared.exit_code == 0, compared.stderr
    said = " ".join(compared.stdout.split())
    for words in ("Conclusion", "800,000 adults stand for", "Who pays and who receives"):
        assert words in said
        assert words in " ".join(text(page).split())
    reported = CliRunner().invoke(cli.app, ["report", str(out), *asked[1][2:]])
    assert reported.exit_code == 0, reported.stderr


def test_the_worked_scenario_is_sound(tmp_path):
    code, triggered = blocks(ROOT / "docs" / "scenarios.md", "toml")
    file = tmp_path / "worked.toml"
    file.write_text(code, encoding="utf-8")
    scenario = load(file)
    more = tmp_path / "more.toml"
    more.write_text(f'format = 1\ntitle = "T"\nextends = "worked.toml"\n{triggered}', "utf-8")
    assert dict(load(more).triggers()) == {"crackdown": "backlog"}
    assert [policy.name for policy in scenario.policies] == ["campaign", "list firms sooner"]
    campaign = scenario.policies[0]
    assert [campaign.strength(m) for m in (12, 13, 14, 15)] == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert [campaign.strength(m) for m in (25, 29, 30)] == pytest.approx([5 / 6, 1 / 6, 0])


def test_the_worked_experiment_is_sound(tmp_path):
    code, groups, constraints = blocks(ROOT / "docs" / "experiments.md", "toml")
    file = tmp_path / "worked.toml"
    file.write_text(code, encoding="utf-8")
    experiment = load_experiment(file)
    assert experiment.runs == 200
    assert experiment.task(0, 0).scenario().run.burn_in == 48
    file.write_text(groups, encoding="utf-8")
    assert len(load_experiment(file).design_points) == 20 * 3
    file.write_text(constraints, encoding="utf-8")
    with pytest.warns(ServandaWarning, match="of 50 points broke a constraint"):
        points = load_experiment(file).points()
    assert (points["policies.special.start"] < points["policies.special.end"]).all()


def test_the_worked_search_is_sound(tmp_path):
    (code,) = blocks(ROOT / "docs" / "optimising.md", "toml")
    file = tmp_path / "worked.toml"
    file.write_text(code, encoding="utf-8")
    experiment = load_experiment(file)
    assert len(experiment.design_points) == 17
    assert experiment.puts(0)[-1] == ("policies.special.dose", 0.0)
