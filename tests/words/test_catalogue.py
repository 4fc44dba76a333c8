"""Claims about the Chinese texts: each is there, each is used, and each is Chinese."""

import ast
import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

import sim
from sim import terms
from sim.engine.record import Standing
from sim.experiment.reading.shipped import shipped as experiments
from sim.experiment.spec import KINDS
from sim.explain import words as explained
from sim.levers.catalogue import catalogue
from sim.levers.lever import BASES, Reader
from sim.measure.indicators import INDICATORS
from sim.report.measures import SHORT, measure
from sim.scenario.policy import Policy
from sim.scenario.reading.shipped import shipped as scenarios
from sim.terms import Decision, Stage, label
from sim.words.catalogue import chinese
from sim.words.modes import MODES
from sim.words.words import OUTCOMES, Words

SIM = Path(sim.__file__).parent
ROOMS = ("report", "view", "words")
"""Folders whose modules, pages and scripts show texts of the catalogue."""
LEVERS = list(catalogue())
EXPLAINED = (
    explained.TERMS,
    explained.ACTOR_TERMS,
    explained.KINDS,
    explained.MEANS,
    explained.DOES,
    explained.PROMPTS,
)

LATIN = {
    "LPR",
    "Mesa",
    "TOML",
    "Servanda",
    "Sobol",
    "Morris",
    "PAWN",
    "JavaScript",
    "English",
    "t",
    "n",
    "A",  # the first world of a comparison
}
"""Latin words that may stand in a Chinese text."""
MARKED = re.compile(
    r"\{\w+\}"  # a value to be inserted
    r"|`[^`]+`"  # a command
    r"|（\w+\.\w+）"  # a parameter's path
    r"|(?<![A-Za-z])(?:CD-|[A-ET])\d+"  # a number of the table of facts or of theories
)
WORDLESS = {"μ*", "{payer} → {receiver}", "{title} {value}", "{title}: {changes}."}
"""English texts that consist of signs and values in Chinese."""
NAMES_ON_THE_PAGE = {"words.toml: Servanda", "words.toml: English"}
"""Texts of the page that are the same in both languages."""


def files() -> dict[str, dict]:
    """Shipped scenarios by name."""
    return {name: tomllib.loads(p.read_text("utf-8")) for name, p in scenarios().items()}


def policies() -> list[dict]:
    return [one for tree in files().values() for one in tree.get("policies", ())]


def enumerations() -> list[type]:
    found = [one for one in vars(terms).values() if isinstance(one, type)]
    return [one for one in found if issubclass(one, terms.IntEnum) and one is not terms.IntEnum]


def declared() -> set[str]:
    """Texts that reach a page through data: standings, costs, readers, ledgers."""
    found = {*get_args(Standing), *get_args(Reader), *BASES.values(), *OUTCOMES.values()}
    found |= {one.lever.paid_in_run for one in LEVERS} - {""}
    return found | {text for words in EXPLAINED for text in words.values()}


def written() -> tuple[set[str], str]:
    """String constants of the modules that show texts, and all their pages and scripts."""
    constants, pages = set(), ""
    for path in [p for room in ROOMS for p in (SIM / room).rglob("*") if p.is_file()]:
        if path.suffix == ".py":
            tree = ast.walk(ast.parse(path.read_text("utf-8")))
            constants |= {
                n.value for n in tree if isinstance(n, ast.Constant) and isinstance(n.value, str)
            }
        elif path.suffix in {".j2", ".js", ".html", ".vue"}:
            pages += path.read_text("utf-8")
    return constants, pages


def asked() -> set[str]:
    """Texts that modules and pages ask for by ``words("…")``."""
    found = set()
    for path in [p for room in ROOMS for p in (SIM / room).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"words", "self"}:
                found |= {a.value for a in node.args[:1] if isinstance(a, ast.Constant)}
    for path in [p for room in ROOMS for p in (SIM / room).rglob("*.j2")]:
        found |= set(re.findall(r'words\("([^"]*)"\)', path.read_text("utf-8")))
    return found


def test_every_text_is_known_in_chinese_and_none_is_without_use():
    wanted = asked() | declared()
    constants, pages = written()
    known = set(chinese()["texts"])
    assert len(wanted) > 100
    assert wanted <= known
    used = wanted | constants | {*KINDS, *Policy.model_fields}
    assert not {text for text in known - used if text not in pages}


def test_every_lever_has_its_unit_source_and_meaning_and_every_indicator_its_unit_and_meaning():
    units = {one.lever.unit for one in LEVERS} | {measure(one.name).unit for one in INDICATORS}
    assert set(chinese()["units"]) == units
    assert set(chinese()["sources"]) == {one.lever.source for one in LEVERS}
    named = {one.path for one in LEVERS} | {one.name for one in INDICATORS}
    assert set(chinese()["meanings"]) == named


def test_every_shipped_scenario_policy_and_experiment_has_its_texts():
    wanted = {tree[key] for tree in files().values() for key in ("title", "description")}
    wanted |= {one["title"] for one in policies() if one.get("title")}
    for path in experiments().values():
        tree = tomllib.loads(path.read_text("utf-8"))
        wanted |= {tree["title"], tree["question"]}
        wanted |= {one["title"] for one in tree.get("factors", {}).values() if "title" in one}
    assert set(chinese()["titles"]) == wanted
    untitled = {one["name"] for one in policies() if not one.get("title")}
    assert set(MODES) == {one.mode for one in LEVERS}
    assert set(chinese()["names"]) == (set(files()) | untitled) - set(MODES)


def test_every_stage_has_a_short_name_and_every_other_term_a_name():
    words = Words("zh")
    for words_of in enumerations():
        if words_of is not Decision:
            assert all(re.search("[一-鿿]", words.term(one)) for one in words_of), words_of
    assert all(len(words.stage(one)) <= 4 for one in Stage)
    assert len({words.stage(one) for one in Stage}) == len(Stage)
    kept = [one for one in enumerations() if one not in {Decision, *terms.CHINESE}]
    named = {f"{type(word).__name__}.{label(word)}" for one in [Stage, *kept] for word in one}
    assert set(chinese()["terms"]) == named


def strings(tree: object) -> list[str]:
    """All strings in a tree of tables and lists."""
    if isinstance(tree, dict):
        tree = list(tree.values())
    if isinstance(tree, list):
        return [text for one in tree for text in strings(one)]
    return [tree] if isinstance(tree, str) else []


def second(tree: object) -> list[str]:
    """The Chinese of texts that are written as pairs, and of tables named ``zh``."""
    if isinstance(tree, dict):
        apart = strings(tree.get("zh", {}))
        return apart + [t for k, one in tree.items() if k not in {"en", "zh"} for t in second(one)]
    pair = isinstance(tree, list) and len(tree) == 2 and type(tree[0]) is type(tree[1])
    return strings(tree[1]) if pair and isinstance(tree[0], str | list) else []


def of_the_view() -> dict[str, str]:
    """Chinese texts that lie beside the modules of the view."""
    files = (SIM / "view").rglob("*.toml")
    return {
        f"{path.name}: {text}": text
        for path in files
        for text in second(tomllib.loads(path.read_text("utf-8")))
    }


def every_chinese_text() -> dict[str, str]:
    """All Chinese texts that a page can show, by where they are."""
    found = {f"{table}: {k}": v for table, rows in chinese().items() for k, v in rows.items()}
    found |= {one.path: one.lever.zh for one in LEVERS} | {one.name: one.zh for one in INDICATORS}
    found |= {f"short {name}": zh for name, (_, zh) in SHORT.items()}
    names = [(word, zh) for rows in terms.CHINESE.values() for word, zh in rows.items()]
    return found | of_the_view() | {str(word): zh for word, zh in names}


def test_no_chinese_text_has_latin_words_that_were_not_meant():
    told = every_chinese_text()
    latin = {
        where: set(re.findall("[A-Za-z]+", MARKED.sub("", text))) - LATIN
        for where, text in told.items()
    }
    assert not {where: words for where, words in latin.items() if words}
    empty = {where for where, text in told.items() if not re.search("[一-鿿]", text)}
    assert empty == {f"texts: {english}" for english in WORDLESS} | NAMES_ON_THE_PAGE


@pytest.mark.parametrize("table", ["texts", "titles", "units", "sources"])
def test_a_chinese_text_has_the_values_of_its_english_one(table):
    for english, zh in chinese()[table].items():
        assert set(re.findall(r"\{\w+\}", zh)) == set(re.findall(r"\{\w+\}", english)), english
