"""Claims about bad figures: a fault has a file, a line, a column and a wish; all come at once."""

import pytest

from sim.evidence.folder import examined, read_evidence
from sim.scenario.checking.check import ScenarioErrors
from tests.evidence.folders import COURT, FIT, HEAD, SOUND, folder, monthly, row

SEMICOLONS = SOUND.replace(",", ";").replace("1.2", "1,2")

BAD = {
    "a share of 140": (
        {"data": SOUND.replace("41,%,", "140,share,")},
        ("data.csv", 7, "value", "a share of 140"),
        "write a share from 0 to 1",
    ),
    "a recovery above one": (
        {"data": SOUND + row("recovery", 2019, 2019, 1.4, "share", n=900, definition="closed")},
        ("data.csv", 8, "value", "a share of 1.4"),
        "write a share from 0 to 1.2",
    ),
    "a percentage without its unit": (
        {"data": SOUND.replace("41,%,", "41,share,")},
        ("data.csv", 7, "value", "a share of 41"),
        "write the unit %, or 0.41",
    ),
    "万 for 亿": (
        {"data": SOUND.replace("1.2,亿元", "1.2,万元")},
        ("data.csv", 6, "unit", "yuan per case"),
        "亿 money",
    ),
    "pending that does not follow": (
        {"data": SOUND.replace("pending,,2019,400", "pending,,2019,900")},
        ("data.csv", 5, "value", "leave 400, not 900"),
        "correct line",
    ),
    "parts above the whole": (
        {"data": SOUND + row("terminated", 2019, 2019, 700) + row("closed_full", 2019, 2019, 600)},
        ("data.csv", 3, "value", "more than closed, 1,100"),
        "correct the figures",
    ),
    "cells above the whole": (
        {
            "data": SOUND
            + row("closed", 2019, 2019, 900, kind="person", definition="with_termination")
            + row("closed", 2019, 2019, 800, kind="firm", definition="with_termination")
        },
        ("data.csv", 3, "value", "add up to 1,700, not 1,100"),
        "lines 8, 9",
    ),
    "a rate against its counts": (
        {"data": SOUND + row("closed_full", 2019, 2019, 700)},
        ("data.csv", 7, "value", "the counts of this period give 0.636364"),
        "name the definition",
    ),
    "a mean claim against money and cases": (
        {
            "data": SOUND
            + row("claimed", 2019, 2019, 300_000_000, "money", definition="closed")
            + row("mean_claim", 2019, 2019, 50_000, "money", definition="closed")
        },
        ("data.csv", 9, "value", "the counts of this period give 272,727"),
        "correct the figures",
    ),
    "year-to-date totals": (
        {"data": SOUND + monthly("listings", [10 * n for n in range(1, 13)] * 2, unit="entries")},
        ("data.csv", 8, "value", "rises from month to month in every year"),
        "cumulative = true in court.toml",
    ),
    "totals that fall": (
        {
            "data": SOUND + monthly("listings", [10, 20, 15], unit="entries"),
            "court": COURT + "cumulative = true\n",
        },
        ("data.csv", 10, "value", "a total of 15 after 20"),
        "cumulative = false",
    ),
    "a jump by a factor of ten": (
        {"data": SOUND + monthly("listings", [90, 110, 100, 95, 105, 1020, 101], unit="entries")},
        ("data.csv", 13, "value", "a jump of"),
        "[[break]]",
    ),
    "the same row twice": (
        {"data": SOUND + SOUND.splitlines()[0] + "\n"},
        ("data.csv", 8, "value", "in line 2 already"),
        "remove one",
    ),
    "two figures for one period": (
        {"data": SOUND + row("accepted", 2019, 2019, 1210, definition="with_revived")},
        ("data.csv", 8, "value", "line 2 gives 1,200"),
        "write check for the other",
    ),
    "months and their year": (
        {"data": SOUND + row("accepted", "2019-03", "2019-03", 100, definition="with_revived")},
        ("data.csv", 8, "from", "overlaps with line 2"),
        "write check for the other",
    ),
    "a definition that changes": (
        {"data": SOUND + row("completion", 2020, 2020, 0.7, "share", definition="accepted")},
        ("data.csv", 8, "definition", "accepted here, but all_closed"),
        "declare [[break]]",
    ),
    "an unknown definition": (
        {"data": SOUND.replace("all_closed", "all_close")},
        ("data.csv", 7, "definition", "has no definition 'all_close'"),
        "did you mean 'all_closed'?",
    ),
    "nothing but NA": (
        {"data": row("accepted", 2019, 2019, "NA") + row("closed", 2019, 2019, "NAP")},
        ("data.csv", 2, "value", "no row has a value"),
        "give at least one figure",
    ),
    "an unknown measure": (
        {"data": SOUND.replace("accepted,2019", "acepted,2019")},
        ("data.csv", 2, "measure", "there is no measure 'acepted'"),
        "did you mean 'accepted'?",
    ),
    "the title of a measure": (
        {"data": SOUND.replace("completion,", "执行完毕率,")},
        ("data.csv", 7, "measure", "there is no measure"),
        "did you mean 'completion'?",
    ),
    "an unknown unit": (
        {"data": SOUND.replace("亿元", "billions")},
        ("data.csv", 6, "unit", "unknown unit 'billions'"),
        "units are cases",
    ),
    "a unit of something else": (
        {"data": SOUND.replace("1200,cases", "1200,persons")},
        ("data.csv", 2, "unit", "counted in cases, not in persons"),
        "name another measure",
    ),
    "dates in the wrong order": (
        {"data": SOUND.replace("accepted,2019,2019", "accepted,2019,2018")},
        ("data.csv", 2, "from", "2019 is after 2018"),
        "exchange the two",
    ),
    "a date that is none": (
        {"data": SOUND.replace("accepted,2019,2019", "accepted,2019,Mar-19")},
        ("data.csv", 2, "to", "'Mar-19' is no date"),
        "2019-03",
    ),
    "a period in the middle of a month": (
        {"data": SOUND.replace("accepted,2019,2019", "accepted,2019-01-15,2019")},
        ("data.csv", 2, "from", "middle of a month"),
        "first day of a month",
    ),
    "a period before the run": (
        {"data": SOUND + row("closed", 2010, 2010, 900, definition="with_termination")},
        ("data.csv", 8, "from", "before month 1 of a run, 2018-12"),
        "earlier month_1",
    ),
    "a missing column": (
        {"data": "accepted,2019,5,A,fit\n", "head": "measure,to,value,grade,use"},
        ("data.csv", 1, "unit", "this column is missing"),
        "columns needed",
    ),
    "an unknown column": (
        {"data": SOUND, "head": HEAD.replace("definition", "definiton")},
        ("data.csv", 1, "definiton", "unknown column"),
        "did you mean 'definition'?",
    ),
    "a number with a comma": (
        {"data": SOUND.replace("1200,cases", '"1,200",cases')},
        ("data.csv", 2, "value", "'1,200' may be 1200 or a fraction"),
        "no thousands separators",
    ),
    "a word for a number": (
        {"data": SOUND.replace("1200,cases", "many,cases")},
        ("data.csv", 2, "value", "'many' is no number"),
        "write digits",
    ),
    "a comma in a text": (
        {"data": SOUND.replace("yearbook", "yearbook, page 3", 1)},
        ("data.csv", 2, "", "16 cells, but 15 headings"),
        "quotation marks",
    ),
    "an unknown grade": (
        {"data": SOUND.replace("cases,,,,,A", "cases,,,,,E", 1)},
        ("data.csv", 2, "grade", "unknown word 'E'"),
        "choose from A, B, C, D",
    ),
    "limits on the wrong side": (
        {"data": SOUND.replace("41,%,1100,,", "41,%,1100,45,")},
        ("data.csv", 7, "low", "the lower limit 0.45 is above"),
        "low ≤ value ≤ high",
    ),
    "a cell that is not counted": (
        {"data": SOUND + row("officers", "", 2019, 12, "officers", kind="firm")},
        ("data.csv", 8, "kind", "does not count 'officers' by kind"),
        "leave the cell empty",
    ),
    "an encoding that nobody recognises": (
        {"data": HEAD.encode() + b"\naccepted\xff\xfe\x80,2019,2019,5,cases\n"},
        ("data.csv", 2, "", "not UTF-8 text"),
        "CSV UTF-8",
    ),
    "a table too large": (
        {"data": row("accepted", 2019, 2019, 5) * 20_001},
        ("data.csv", 0, "", "20,001 rows"),
        "the limit is 20,000",
    ),
    "no court": (
        {"court": None},
        ("court.toml", 0, "", "there is no such file"),
        "format = 1",
    ),
    "a key of the court": (
        {"court": COURT + "curency = 'CNY'\n"},
        ("court.toml", 3, "curency", "unknown key"),
        "did you mean 'currency'?",
    ),
    "a month of a break": (
        {"court": COURT + "[[break]]\nmonth = 'May 2019'\n"},
        ("court.toml", 4, "break.0.month", "is no month"),
        '"2019-04"',
    ),
    "a measure of a break": (
        {"court": COURT + "[[break]]\nmonth = '2019-05'\nmeasures = ['complet']\n"},
        ("court.toml", 5, "break.0.measures.0", "there is no measure 'complet'"),
        "did you mean 'completion'?",
    ),
    "a policy of the court": (
        {
            "court": COURT
            + "[[policy]]\nname = 'x'\nstart = '2019-05'\nset = { 'special.nothing' = 1.0 }\n"
        },
        ("court.toml", 6, "policy.0.set.special.nothing", "unknown lever"),
        "",
    ),
    "a free parameter": (
        {"fit": FIT.replace("learning.notice", "learning.notic")},
        ("fit.toml", 6, "free.learning.notic", "unknown factor"),
        "did you mean 'notice'?",
    ),
    "a range of a free parameter": (
        {"fit": FIT.replace("low = 1.0, high = 2.0", "low = 1.0, high = 20.0")},
        ("fit.toml", 6, "free.learning.notice.high", "20 is out of range"),
        "give 1 to 5",
    ),
    "no budget": (
        {"fit": FIT.replace("runs = 100\n", "")},
        ("fit.toml", 0, "runs", "the budget is missing"),
        "'runs' or 'minutes'",
    ),
    "no such base": (
        {"fit": FIT.replace('"village"', '"vilage.toml"')},
        ("fit.toml", 2, "base", "there is no such file"),
        "",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_each_fault_has_a_file_a_line_a_column_and_a_wish(name, tmp_path):
    changed, (file, line, column, what), wish = BAD[name]
    found = examined(folder(tmp_path / "it", **changed))
    assert found.evidence is None
    there = [
        (place.file.removeprefix(f"{tmp_path / 'it'}/"), place.line, fault.path)
        for place, fault in found.faults
        if what in fault.what and wish in fault.hint
    ]
    assert there == [(file, line, column)], [place.error(fault) for place, fault in found.faults]


def test_all_faults_of_all_files_come_at_once_in_the_order_of_lines(tmp_path):
    data = SOUND.replace("41,%,", "140,share,").replace("accepted,2019", "acepted,2019")
    bad = folder(
        tmp_path / "it",
        data,
        court=COURT + "x = 1\n",
        fit=FIT.replace("learning.notice", "learning.notic"),
    )
    with pytest.raises(ScenarioErrors) as caught:
        read_evidence(bad)
    lines = str(caught.value).splitlines()
    assert len(lines) == 3  # the checks of figures need the court
    places = [line.split("/")[-1].split(": ")[0] for line in lines]
    assert places == ["data.csv:2", "court.toml:3", "fit.toml:6"]


UNUSUAL = {
    "one figure only": (row("accepted", 2019, 2019, 1200, definition="new"), "the only figure"),
    "twelve cases a year": (
        SOUND.replace("1200,", "12,")
        .replace("1100", "11")
        .replace("300,", "3,")
        .replace("400,", "4,")
        .replace("1.2,亿元", "1.2,百万元"),
        "12 cases a year",
    ),
    "rates without counts": (
        row("completion", 2019, 2019, 0.4, "share", definition="all_closed"),
        "without the number of cases",
    ),
    "a constant series": (
        SOUND + monthly("listings", [100] * 12, unit="entries"),
        "all 12 figures",
    ),
    "the same figure in two years": (
        SOUND
        + row("listings", 2019, 2019, 1234, "entries")
        + row("listings", 2020, 2020, 1234, "entries"),
        "the same figure as for 2019-01-01 to 2019-12-31",
    ),
    "an open definition": (SOUND.replace("with_revived", ""), "in several ways"),
    "a measure that is never known": (
        SOUND + row("fines", 2019, 2019, "NA", "entries"),
        "no value",
    ),
    "a jump that may be real": (
        SOUND + monthly("listings", [99, 101, 100, 99, 101, 200, 201], unit="entries"),
        "a jump of",
    ),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_unusual_is_said_and_does_not_stop(name, tmp_path):
    data, said = UNUSUAL[name]
    found = examined(folder(tmp_path / "it", data))
    assert not found.faults, [place.error(fault) for place, fault in found.faults]
    assert any(said in fault.what and fault.hint for _, fault in found.warnings)


def test_the_sound_folder_has_neither_faults_nor_warnings(tmp_path):
    found = examined(folder(tmp_path / "it"))
    assert (found.faults, found.warnings) == ((), ())


def test_a_declared_break_explains_a_jump_and_a_new_definition(tmp_path):
    data = (
        SOUND
        + monthly("listings", [99, 101, 100, 99, 101, 1020, 1030], unit="entries")
        + row("completion", 2020, 2020, 0.7, "share", definition="accepted", n=500)
    )
    court = COURT + '[[break]]\nmonth = "2019-06"\n[[break]]\nmonth = "2020-01"\n'
    assert not examined(folder(tmp_path / "it", data, court=court)).faults
