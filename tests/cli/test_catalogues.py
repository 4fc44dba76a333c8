"""Claims about the lists: levers, indicators, scenarios, experiments, and all about one of them."""

import pytest
from rich.cells import cell_len

from sim.experiment.reading.shipped import shipped as experiments
from sim.levers.catalogue import catalogue
from sim.measure.indicators import INDICATORS
from sim.scenario.reading.shipped import shipped as scenarios
from sim.words.modes import MODES

PATHS = [entry.path for entry in catalogue()]
LISTS = {
    "levers": PATHS,
    "indicators": [one.name for one in INDICATORS],
    "scenarios": list(scenarios()),
    "experiments": list(experiments()),
}


@pytest.mark.parametrize("command", LISTS)
def test_everything_is_listed_whole_for_people_and_for_programs(call, told, command):
    lines = call(command).stdout.splitlines()
    assert set(LISTS[command]) <= {line.partition(" ")[0] for line in lines}
    assert max(map(cell_len, lines)) <= 80
    key = "path" if command == "levers" else "name"
    assert [row[key] for row in told(command)] == LISTS[command]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("comprehensive", "comprehensive.officers"),  # a mode, by its name in files
        ("综合治理", "comprehensive.officers"),  # and by its Chinese title
        ("LIST_RATE", "comprehensive.list_rate"),  # a part of a path, in any case
        ("enforcement officers", "comprehensive.officers"),  # a title
    ],
)
def test_levers_are_found_by_any_of_their_names(told, text, found):
    rows = [row["path"] for row in told("levers", text)]
    assert any(path.startswith(found) for path in rows)
    assert len(rows) < len(PATHS)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("levers", "comprehensive.oficers"), "did you mean 'comprehensive.officers'?"),
        (("indicator", "refusl"), "did you mean 'refusal'?"),
        (("lever", "special.special_subjects"), "it is called 'special.public_bodies'"),
    ],
)
def test_a_mistyped_or_former_name_is_refused_with_the_right_one(refused, words, said):
    assert said in refused(*words)


def test_everything_about_a_lever_is_shown_by_path_or_by_its_last_part(call, told):
    for entry in catalogue():
        shown = "".join(call("lever", entry.path).stdout.split())
        limits = f"{entry.lever.low:g}to{entry.lever.high:g}"
        for part in (entry.path, entry.lever.title, entry.lever.zh, entry.lever.unit, limits):
            assert "".join(part.split()) in shown
        assert "".join("".join(MODES[entry.mode].both).split()) in shown
    assert told("lever", "officers")["path"] == "comprehensive.officers"
