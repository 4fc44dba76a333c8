"""Claims about wide sheets: months or years down or across become one figure a row."""

import csv
import datetime as dt
import io
import sys

import pytest

from sim.errors import ServandaError
from sim.evidence.converting.convert import Wish, convert, write
from sim.evidence.converting.mapping import from_file, from_options
from sim.evidence.converting.sheet import letters, read_sheet

openpyxl = pytest.importorskip("openpyxl")

DOWN = "月份,收案,到位金额（万元）,备注\n2019-01,100,1234.5,\n2019-02,—,1300,春节\n"


def made(path, content, **wish):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    options = wish.pop("measures", ["收案=accepted::new"])
    return convert(read_sheet(path), Wish(columns=from_options(options), **wish))


def short(found):
    return [(r["measure"], r["from"], r["to"], r["value"], r["unit"]) for r in found.rows]


def book(**sheets):
    """A workbook as bytes; a sheet is a list of rows."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def test_periods_down_units_in_brackets_and_missing_cells(tmp_path):
    found = made(
        tmp_path / "a.csv", DOWN, measures=["收案=accepted::new", "到位金额（万元）=recovered"]
    )
    assert short(found) == [
        ("accepted", "2019-01-01", "2019-01-31", "100", "cases"),
        ("accepted", "2019-02-01", "2019-02-28", "NA", "cases"),
        ("recovered", "2019-01-01", "2019-01-31", "1234.5", "万元"),
        ("recovered", "2019-02-01", "2019-02-28", "1300", "万元"),
    ]
    assert found.rows[0]["definition"] == "new"
    assert found.unused == ["备注"]
    assert found.missing == 1


def test_periods_across_give_the_same_as_periods_down(tmp_path):
    down = made(tmp_path / "a.csv", "month,x,y\n2019-01,1,2\n2019-02,3,4\n", measures=["x=fines"])
    across = made(tmp_path / "b.csv", ",2019-01,2019-02\nx,1,3\ny,2,4\n", measures=["x=fines"])
    assert short(down) == short(across)


def test_years_and_months_in_columns_of_their_own(tmp_path):
    found = made(tmp_path / "a.csv", "年,月,x\n2019,1,1\n2019,12,3\n", measures=["x=fines"])
    assert [row["to"] for row in found.rows] == ["2019-01-31", "2019-12-31"]


def test_headings_that_are_measures_need_no_mapping_and_a_title_row_is_left_out(tmp_path):
    text = "某法院,,\n年份,司法拘留人次,Fines\n2019年,5,6\n"
    found = made(tmp_path / "a.csv", text, measures=[])
    assert found.used == {"司法拘留人次": "detentions", "Fines": "fines"}


def test_totals_become_months_and_a_gap_is_bridged(tmp_path):
    text = "m,x,s\n2019-01,10,5\n2019-02,25,6\n2019-03,,7\n2019-04,60,8\n2020-01,9,9\n"
    found = made(tmp_path / "a.csv", text, measures=["x=fines", "s=listed"], cumulative=True)
    assert [(r["from"][:7], r["to"][:7], r["value"]) for r in found.rows[:4]] == [
        ("2019-01", "2019-01", "10"),
        ("2019-02", "2019-02", "15"),
        ("2019-03", "2019-04", "35"),
        ("2020-01", "2020-01", "9"),
    ]
    assert [r["value"] for r in found.rows[4:]] == ["5", "6", "7", "8", "9"]  # stocks are no totals


def test_a_workbook_gives_the_same_as_csv_with_dates_and_percentages(tmp_path):
    rows = [["m", "x", "rate"], [dt.date(2019, 1, 1), 100, 0.41], [dt.date(2019, 2, 1), 120, 0.5]]
    workbook = openpyxl.load_workbook(io.BytesIO(book(data=rows)))
    for at in ("C2", "C3"):
        workbook["data"][at].number_format = "0.0%"
    workbook.save(tmp_path / "a.xlsx")
    columns = from_options(["x=fines", "rate=completion:share:all_closed"])
    found = convert(read_sheet(tmp_path / "a.xlsx"), Wish(columns=columns))
    text = "m,x,rate\n2019-01,100,41%\n2019-02,120,50%\n"
    assert short(found) == short(
        made(tmp_path / "b.csv", text, measures=["x=fines", "rate=completion:share:all_closed"])
    )
    assert short(found)[2] == ("completion", "2019-01-01", "2019-01-31", "41", "%")


@pytest.mark.parametrize(
    ("name", "content", "measures", "said"),
    [
        ("a.csv", "m,x\n2019-01,many\n", ["x=fines"], "a.csv:2: x: 'many' is no number; write dig"),
        ("a.csv", "m,x\n总计,5\n2019-01,5\n", ["x=fines"], "a.csv:2: 总计: '总计' is no period"),
        ("a.csv", "m,x\n2019-01,5\n", ["y=fines"], "the sheet has no column 'y'; columns are x"),
        ("a.csv", "m,x\n2019-01,5\n", ["x=fine"], "there is no measure 'fine'; did you mean"),
        ("a.csv", "m,x\n2019-01,5\n", ["x=fines:tons"], "column 'x': unknown unit 'tons'"),
        ("a.csv", "m,x\n2019-01,5\n", ["x=fines:money"], "counted in entries, not in money"),
        ("a.csv", "m,x\n2019-01,5\n", ["x:fines"], "'x:fines' has another form; write"),
        ("a.csv", "m,x\n2019-01,5\n", [], "no column is a measure; name them"),
        ("a.csv", "m,x\n", ["x=fines"], "there is no table"),
        ("a.csv", 'm,x\n2019-01,"1,500"\n', ["x=fines"], "a.csv:2: x: '1,500' may be"),
        ("a.xlsx", b"PK\x03\x04 nothing", ["x=fines"], "this is no Excel workbook"),
        ("a.xlsx", book(a=[["m", "x"], ["2019-01", "five"]]), ["x=fines"], "a.xlsx:2: B2: 'five'"),
        ("a.xlsx", book(a=[["m", "x"], ["2019-01", "=1+4"]]), ["x=fines"], "B2: the workbook does"),
        ("a.xlsx", book(a=[["m", "x"], [1, 2]], b=[["m"], [1]]), [], "2 sheets with cells; name"),
    ],
)
def test_what_cannot_be_converted_is_refused_with_its_place(
    tmp_path, name, content, measures, said
):
    with pytest.raises(ServandaError) as caught:
        made(tmp_path / name, content, measures=measures)
    assert said in str(caught.value)


def test_merged_cells_are_refused_with_their_address(tmp_path):
    workbook = openpyxl.load_workbook(
        io.BytesIO(book(a=[["m", "x"], ["2019-01", 5], ["2019-02", 6]]))
    )
    workbook["a"].merge_cells("B2:B3")
    workbook.save(tmp_path / "a.xlsx")
    with pytest.raises(ServandaError, match=r"a\.xlsx: B2:B3: merged cells: B2:B3; select them"):
        read_sheet(tmp_path / "a.xlsx")


def test_totals_that_fall_are_refused(tmp_path):
    text = "m,x\n2019-01,10\n2019-02,5\n"
    with pytest.raises(ServandaError, match="5 after 10 in the same year; totals do not fall"):
        made(tmp_path / "a.csv", text, measures=["x=fines"], cumulative=True)


def test_a_row_may_be_left_out_on_request(tmp_path):
    text = "m,x\n2019-01,5\n合计,5\n"
    assert len(made(tmp_path / "a.csv", text, measures=["x=fines"], skip=("合计",)).rows) == 1


def test_an_encoding_may_be_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("m,罰款人次\n2019-01,5\n".encode("big5"))
    with pytest.raises(ServandaError, match="UTF-8"):
        read_sheet(path)
    assert read_sheet(path, encoding="big5").rows[0][1] == ["m", "罰款人次"]
    with pytest.raises(ServandaError, match="there is no encoding 'big55'"):
        read_sheet(path, encoding="big55")


def test_a_file_is_written_whole_and_never_replaced_without_force(tmp_path):
    found = made(tmp_path / "a.csv", DOWN)
    path = write(found, tmp_path / "court", force=False)
    before = path.read_bytes()
    assert [row["value"] for row in csv.DictReader(io.StringIO(before.decode()))] == ["100", "NA"]
    with pytest.raises(ServandaError, match="there is such a file already; add --force"):
        write(found, tmp_path / "court", force=False)
    assert path.read_bytes() == before
    write(found, tmp_path / "court", force=True)
    assert [one.name for one in (tmp_path / "court").iterdir()] == ["data.csv"]


def test_a_mapping_file_names_columns_and_its_faults_have_lines(tmp_path):
    path = tmp_path / "columns.toml"
    path.write_text(
        'format = 1\n[columns]\n"收案" = { measure = "accepted", kind = "firm" }\n', "utf-8"
    )
    (column,) = from_file(path).values()
    assert (column.measure, column.kind) == ("accepted", "firm")
    path.write_text('format = 1\n[columns]\n"收案" = { mesure = "accepted" }\n', "utf-8")
    with pytest.raises(ServandaError, match=r"columns\.toml:3: columns\.收案\.mesure: unknown key"):
        from_file(path)


def test_a_workbook_without_openpyxl_says_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "a.xlsx").write_bytes(book(a=[["m", "x"], ["2019-01", 5]]))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ServandaError, match=r"servanda\[evidence\]"):
        read_sheet(tmp_path / "a.xlsx")


def test_letters_of_columns():
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
