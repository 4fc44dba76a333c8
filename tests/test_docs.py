"""Claims about the docs: made parts are current, numbers agree, links lead somewhere, code runs."""

import importlib.util
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

from sim import cli
from sim.analysis.field.reading import shipped as shipped_field
from sim.errors import ServandaWarning
from sim.experiment.reading.file import load_experiment
from sim.experiment.reading.shipped import shipped as shipped_experiments
from sim.levers.catalogue import catalogue
from sim.measure.indicators import INDICATORS
from sim.scenario.assign import Assign
from sim.scenario.checking.outline import outline
from sim.scenario.policy import Policy
from sim.scenario.policy import levers as all_levers
from sim.scenario.reading.file import load
from sim.scenario.reading.shipped import shipped
from sim.terms import Domain, Kind, label
from sim.view.lessons.lesson import lessons

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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_made_parts_are_current(tables, page):
    assert tables.renewed(text(page)) == text(page), "run python docs/tables.py"


def cited(source: str) -> set[int]:
    found = set()
    for first, how, last in EQUATION.findall(source):
        ends = (int(first), int(last or first))
        found |= set(range(ends[0], ends[1] + 1)) if how == "to" else set(ends)
    return found


def uncited(files: list[Path], known: set[Any], found: Callable[[str], set[Any]]) -> dict[str, Any]:
    """What these files cite that is not known, by file."""
    return {file.name: lost for file in files if (lost := found(text(file)) - known)}


def test_every_equation_and_figure_that_is_cited_is_stated():
    odd, sim = ROOT / "docs" / "ODD.md", ROOT / "sim"
    stated = [int(n) for n in re.findall(r"^\*\*Eq\. (\d+)", text(odd), re.MULTILINE)]
    assert len(stated) == len(set(stated))
    assert not uncited([*sorted(sim.rglob("*.py")), *PAGES], set(stated), cited)
    facts = set(re.findall(r"^\| ([\w-]+) \|", text(ROOT / "docs" / "facts.md"), re.MULTILINE))
    files = [file for room in ("parameters", "levers") for file in (sim / room).glob("*.py")]
    files += [*(ROOT / "scenarios").glob("*.toml"), odd]
    assert not uncited(files, facts, lambda page: set(FACT.findall(page)))


def test_the_article_names_counterparts_that_exist_and_every_lever_of_the_six_modes():
    levers = {entry.path for entry in catalogue()}
    known = levers | {one.name for one in INDICATORS} | set(shipped()) | set(outline().paths())
    known |= {label(word) for words in (Domain, Kind) for word in words} | set(Policy.model_fields)
    known |= {"world.ledgers()", "servanda explain", "sim.effect_of_listing"}
    known |= {"code", "servanda levers", "servanda indicators"}
    named = set(re.findall(r"`([^`]+)`", text(ROOT / "docs" / "article.md")))
    assert not named - known
    # the terms of a measure stand with it: its fee, its limit, the other classes of assets
    terms = ("sanctions.", "preservation_", "insurance_", "trace_", "private_agents_fee")
    assert not [path for path in levers - named if not any(term in path for term in terms)]


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


def commands(page: Path) -> set[str]:
    """Everything that begins with ``servanda``, in fences and between backticks."""
    inline = re.findall(r"`(servanda [^`]+)`", FENCE.sub("", text(page)))
    lines = [line for body in blocks(page, "") for line in body.splitlines()]
    return {*inline, *(line for line in lines if line.startswith("servanda "))}


def unknown(line: str) -> list[str]:
    """What a command line names that is not there; words in capitals and files stand for others."""
    program: Any = typer.main.get_command(cli.app)
    _, name, *rest = shlex.split(line, comments=True)
    if name not in program.commands:
        return [name]
    command = program.commands[name]
    if rest and (below := getattr(command, "commands", {})):
        name, *rest = rest
        if name not in below:
            return [name]
        command = below[name]
    options = {flag for one in command.params for flag in (*one.opts, *one.secondary_opts)}
    lost = sorted({word for word in rest if word.startswith("--")} - options)
    if not rest or "…" in rest:
        return lost
    context = command.make_context(name, list(rest), resilient_parsing=True)
    levers, names = set(all_levers()), {*shipped(), *shipped_experiments()}
    there = {"scenario": names, "scenarios": names, "pack": names}
    there["files"] = {*names, *shipped_field()}
    there["experiment"] = names
    measures = {one.name for one in INDICATORS}
    there |= {"measure": measures, "maximise": measures, "minimise": measures}
    there["names"] = levers | {path.partition(".")[0] for path in levers} | {"all"}
    if name == "lessons":
        there["names"] = {word for one in lessons() for word in (one.name, str(one.number))}
    if name == "field":
        there["names"] = {*shipped_field(), "all"}
    there["settings"] = levers | set(outline().paths())
    for key in there.keys() & context.params.keys():
        given = context.params[key]
        several = given if isinstance(given, list | tuple) else [given]
        for word in filter(lambda one: isinstance(one, str), several):
            name = re.split("[@=]", word)[0].removeprefix("levers.")
            # A policy is known to its scenario, and `bounty` to the worked extension.
            own = name.startswith(("policies.", "bounty.")) or name.endswith(".toml")
            if not (own or name.isupper() or name in there[key]):
                lost.append(f"{key}: {name}")
    return lost


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_named_exists_with_what_it_is_given(page):
    named = commands(page)
    assert page.stem != "README" or len(named) >= 5
    assert not {line: lost for line in named if (lost := unknown(line))}


def test_a_command_that_names_what_is_not_there_is_noticed():
    wrong = {
        "lessons preservtion": ["names: preservtion"],
        "effects special all_six --replicates 10": ["names: all_six"],
        "run village --set sanctions.fine=1": ["settings: sanctions.fine"],
        "rnu village": ["rnu"],
        "run village --sed 1": ["--sed"],
    }
    assert {line: unknown(f"servanda {line}") for line in wrong} == wrong


SNIPPETS = [
    pytest.param(code, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, code in enumerate(blocks(page, "python"), 1)
]


@pytest.mark.parametrize("code", SNIPPETS)
def test_python_on_a_page_runs(code, capsys):
    exec(compile(code, "page", "exec"), {"__name__": "page"})
    assert not capsys.readouterr().err


def test_the_worked_scenario_is_sound(tmp_path):
    code, triggered, by_case, assigned = blocks(ROOT / "docs" / "scenarios.md", "toml")
    (tmp_path / "worked.toml").write_text(code, encoding="utf-8")
    scenario = load(tmp_path / "worked.toml")
    more = tmp_path / "more.toml"
    head = 'format = 1\ntitle = "T"\nextends = "worked.toml"\n'
    more.write_text(head + triggered + by_case + assigned, "utf-8")
    assert dict(load(more).triggers()) == {"crackdown": "backlog"}
    assert load(more).policies[-2].domains == (Domain.WAGES,)
    assert load(more).policies[-1].assign == Assign(share=0.5, unit="debtor")
    assert [policy.name for policy in scenario.policies] == ["campaign", "list firms sooner"]
    strengths = [scenario.policies[0].strength(m) for m in (12, 13, 14, 15, 25, 29, 30)]
    assert strengths == pytest.approx([0, 1 / 3, 2 / 3, 1, 5 / 6, 1 / 6, 0])


def test_the_worked_experiments_are_sound(tmp_path):
    (search,) = blocks(ROOT / "docs" / "optimising.md", "toml")
    texts = [*blocks(ROOT / "docs" / "experiments.md", "toml"), search]
    files = [tmp_path / f"worked_{number}.toml" for number in range(len(texts))]
    for file, code in zip(files, texts, strict=True):
        file.write_text(code, encoding="utf-8")
    with pytest.warns(ServandaWarning, match="of 50 points broke a constraint"):
        plain, groups, constraints, searched = map(load_experiment, files)
    assert plain.runs == 200
    assert plain.task(0, 0).scenario().run.burn_in == 48
    assert len(groups.design_points) == 20 * 3
    points = constraints.points()
    assert (points["policies.special.start"] < points["policies.special.end"]).all()
    assert len(searched.design_points) == 17
    assert searched.puts(0)[-1] == ("policies.special.dose", 0.0)
