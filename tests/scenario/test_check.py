"""Claims about error messages: each names its line, what is wrong, and what was meant."""

import pickle

import pytest

from sim.scenario.checking.check import WORDS, ScenarioErrors
from sim.scenario.reading.file import load

ONE = [
    ("[population]\nsise = 5", "w.toml:6: population.sise: unknown key; did you mean 'size'?"),
    ("[sanctions]\n", "w.toml:5: sanctions: unknown key; did you mean 'levers.sanctions'?"),
    (
        "[levers]\nlate_interest = 0.0",
        (
            "w.toml:6: levers.late_interest: "
            "unknown key; did you mean 'levers.sanctions.late_interest'?"
        ),
    ),
    (
        "[levers.sanctions]\n\nlate_intrest = 0.0",
        "w.toml:7: levers.sanctions.late_intrest: unknown key; did you mean 'late_interest'?",
    ),
    ("[zzz]", "w.toml:5: zzz: unknown key"),
    (
        "[population]\nsize = true",
        "w.toml:6: population.size: should be a whole number, not true",
    ),
    ("[population]\nsize = 1.5", "w.toml:6: population.size: should be a whole number, not 1.5"),
    ("[choice]\nnoise = true", "w.toml:6: choice.noise: should be a number, not true"),
    ('[choice]\nnoise = "0.5"', 'w.toml:6: choice.noise: should be a number, not "0.5"'),
    ("[choice]\nnoise = nan", "w.toml:6: choice.noise: should be a finite number, not nan"),
    ("[choice]\nnoise = -inf", "w.toml:6: choice.noise: should be a finite number, not -inf"),
    (
        "[choice]\nnoise = 2016-01-01",
        'w.toml:6: choice.noise: should be a number, not "2016-01-01"',
    ),
    ("[choice]\nnoise = [0.1]", "w.toml:6: choice.noise: should be a number, not a list"),
    (
        "[choice]\nnoise = 3",
        "w.toml:6: choice.noise: 3 is out of range; give 0 to 2 (share of payable)",
    ),
    (
        "[population]\nsize = 0",
        "w.toml:6: population.size: 0 is out of range; give 1 to 100,000,000 (debtors)",
    ),
    (
        '[choice]\nbehaviour = "prospekt"',
        "w.toml:6: choice.behaviour: unknown word \"prospekt\"; did you mean 'prospect'?",
    ),
    (
        "[choice]\nbehaviour = 1",
        (
            "w.toml:6: choice.behaviour: "
            "unknown word \"1\"; known are 'expected_utility', 'prospect', 'rule_of_thumb'"
        ),
    ),
    ("[evasions]", "w.toml:5: evasions: a world needs one dishonest option at least"),
    (
        "[evasions.x]\noption = 8",
        "w.toml:6: evasions.x.option: 8 is out of range; give 5 to 7 (code of the option)",
    ),
    (
        '[evasions.x]\noption = "conceel"',
        (
            'w.toml:6: evasions.x.option: unknown word "conceel"; '
            "known are 'stall', 'conceal', 'resist'; did you mean 'conceal'?"
        ),
    ),
    (
        '[evasions.stall]\n[evasions.x]\noption = "stall"',
        (
            "w.toml:7: evasions.x.option: option 'stall' (5) is that of evasions.stall already; "
            "keep one row of each option, or give another one"
        ),
    ),
    ("[domains]\ntrade = 1", "w.toml:6: domains.trade: should be a table, not 1"),
    ("policies = 1", "w.toml:5: kinds.person.policies: unknown key; did you mean 'policies'?"),
    (
        "bank = 0.4",
        "w.toml:3: kinds.person: the shares of wealth, bank to securities, add up to 1.1, not 1",
    ),
    (
        "[kinds.firm]\nshare = 0.5",
        "w.toml:3: kinds: the shares of the kinds add up to 1.5, not 1",
    ),
]


@pytest.mark.parametrize(("text", "line"), ONE)
def test_a_mistake_is_told_with_its_line(complaints, text: str, line: str) -> None:
    assert complaints(text) == [line]


def test_all_errors_come_at_once_in_the_order_of_lines(complaints) -> None:
    text = (
        "[choice]\nnoise = -1\nbehaviour = 'x'\n[run]\nmonths = 0\n"
        "[[policies]]\nname = 'p'\nset = { 'sanctions.fine' = 1.0 }\n[zzz]\n"
    )
    lines = [line.split(":")[1] for line in complaints(text)]
    assert lines == ["6", "7", "9", "12", "13"]


def test_a_whole_number_will_do_for_a_real_one(write) -> None:
    noise = load(write("[choice]\nnoise = 1")).choice.noise
    assert isinstance(noise, float)
    assert noise == 1.0


def test_a_wealth_share_is_not_asked_of_a_kind_without_debtors(write) -> None:
    assert load(write("[kinds.firm]\nbank = 0.0")).kinds.firm.bank == 0.0


def test_errors_travel_between_processes() -> None:
    with pytest.raises(ScenarioErrors) as caught:
        load({"zzz": 1})
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert len(again.errors) == 2


def test_no_message_speaks_the_language_of_the_validator(complaints) -> None:
    # One wrong value of every shape for every kind of field.
    fields: tuple[str, ...] = (
        "title",
        "choice.noise",
        "run.months",
        "kinds.person.freezes",
        "choice.behaviour",
    )
    fields += ("policies", "population", "evasions", "format", "evasions.stall", "levers.special")
    for field in fields:
        for value in (
            "1.5",
            "'x'",
            "''",
            "true",
            "[1]",
            "{x = 1}",
            "nan",
            "9999999999999999999999",
        ):
            try:
                load({"kinds": {"person": {"share": 1}}}, overrides=[f"{field}={value}"])
            except ScenarioErrors as errors:
                text = str(errors)
                assert "Input" not in text, text
                assert "valid" not in text, text
                assert "http" not in text, text
    assert "missing" in WORDS


def test_a_wrong_type_and_an_unknown_lever_in_one_table_are_told_together(complaints) -> None:
    lines = complaints(
        '[[policies]]\nname = "p"\nset = { "sanctions.fine_rate" = "x", "sanctions.fne" = 1 }\n'
    )
    assert lines == [
        'w.toml:7: policies.0.set.sanctions.fine_rate: should be a number, not "x"',
        (
            "w.toml:7: policies.0.set.sanctions.fne: "
            "unknown lever; did you mean 'sanctions.fine_rate'?"
        ),
    ]


def test_of_many_errors_the_first_are_told_and_the_rest_counted(write) -> None:
    text = "".join(f"k{n} = 1\n" for n in range(50))
    with pytest.raises(ScenarioErrors) as caught:
        load(write(text, head='format = 1\ntitle = "T"\nextends = "village"\n'))
    lines = str(caught.value).splitlines()
    assert lines[0] == "w.toml:4: k0: unknown key"
    assert (len(lines), lines[-1]) == (21, "and 30 more; mend these first")
    assert len(caught.value.errors) == 50


def test_more_policies_than_are_read_are_refused_at_once(complaints) -> None:
    one = '[[policies]]\nname = "p{}"\nadd = {{ "sanctions.fine_rate" = 0.0 }}\n'
    (line,) = complaints("".join(one.format(n) for n in range(501)))
    assert line == "w.toml:5: policies: 501 items; give 500 at most"
