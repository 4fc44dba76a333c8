"""Claims about what things are called: a user's title wins, a path is the last resort."""

import pytest

from sim.report.names import names
from sim.words.words import Words
from tests.report.conftest import LONG, OFFICERS, TWO, reported

WAGE, DOSE = "institutions.wage", "policies.special.dose"
FACTORS = {OFFICERS: TWO, WAGE: {"values": [20.0, 30.0]}, DOSE: {"values": [0.5, 1.0]}}
POLICY = f'[[policies]]\nname = "north"\ntitle = "{LONG}"\n'


def told(tmp_path, factors, kind="grid", **more):
    answer = lambda values, replicate: {"backlog": 1.0 + replicate}
    return reported(tmp_path / "sweep", answer, factors, kind, **more)


@pytest.mark.parametrize("mine", [True, False])
def test_a_users_title_of_a_factor_wins_and_else_it_is_called_after_what_it_moves(tmp_path, mine):
    titled = {path: {"title": f"My {path}", **values} for path, values in FACTORS.items()}
    found = told(tmp_path, titled if mine else FACTORS, base="special")
    usual = {
        "en": ["Enforcement officers", WAGE, "Special campaigns · dose"],
        "zh": ["执行人员", WAGE, "专项治理 · 力度"],
    }
    for language, theirs in usual.items():
        named = [names(found, Words(language)).factor(path) for path in FACTORS]
        assert named == ([f"My {path}" for path in FACTORS] if mine else theirs)


def test_own_titles_of_scenarios_and_policies_stand_in_reports(tmp_path):
    file = tmp_path / "mine.toml"
    head = f'format = 1\ntitle = "My plan"\nextends = "village"\n{POLICY}'
    file.write_text(head + 'set = { "comprehensive.officers" = 0.2 }\n', encoding="utf-8")
    found = told(tmp_path, {}, "scenarios", base=None, names=["village", str(file)])
    for language, village in (("en", "A village"), ("zh", "村庄")):
        named = names(found, Words(language))
        assert list(named.points.values()) == [village, "My plan"]
        assert named.policy("north") == LONG
