"""An .ods, as LibreOffice and OpenOffice save it: values, what is hidden or merged, errors, and formulas."""

import contextlib
import io
import random
from pathlib import Path
from zipfile import ZipFile

import pytest
from spreadsheets import save

from kvisdocs.importing.package import MAX_UNPACKED, NotSoundError, look_into
from kvisdocs.importing.workbook import read_sheets
from kvisdocs.problems import KvisdocsError

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'

MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
DAY = 'office:value-type="date" office:date-value="2012-12-31"'
ERROR = 'calcext:value-type="error" table:formula="of:=1/0"'


def text(value):
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def ods(*tables, styles=""):
    content = (
        f"<office:document-content {NAMES} {CALC}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with ZipFile(data, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", MANIFEST)
    return data.getvalue()


ROWS = (
    f"<table:table-row>{text('Sag')}{text('Dag')}{text('Timer')}</table:table-row>"
    f"<table:table-row>{text('0012')}"
    f"<table:table-cell {DAY}><text:p>31-12-2012</text:p></table:table-cell>"
    '<table:table-cell office:value-type="float" office:value="37.5"><text:p>37,5</text:p></table:table-cell>'
    "</table:table-row>"
)


def test_values_are_read_as_what_they_are():
    Path("a.ods").write_bytes(ods(f'<table:table table:name="Sager">{ROWS}</table:table>'))
    assert read_sheets(Path("a.ods"))["Sager"].rows == [["Sag", "Dag", "Timer"], ["0012", "2012-12-31", "37,5"]]


def test_what_nobody_sees_is_found():
    hidden = '<style:table-properties table:display="false"/>'
    style = f'<style:style style:name="ta2" style:family="table">{hidden}</style:style>'
    rows = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        f"{ROWS}"
        f'<table:table-row table:visibility="filter" table:number-rows-repeated="2">{text("x")}</table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1"/>'
        "<table:covered-table-cell/>"
        f"<table:table-cell {ERROR}><text:p>#DIV/0!</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=[.A1]"/></table:table-row>'
    )
    look = look_into(ods(f'<table:table table:name="Sager" table:style-name="ta2">{rows}</table:table>', styles=style))[
        "Sager"
    ]
    assert look.hidden
    assert look.hidden_columns == {3}
    assert look.hidden_rows == {3, 4}
    assert look.merged == [(5, 1, 5, 2)]
    assert look.errors == {(5, 3): "#DIV/0!"}
    assert look.not_reckoned == {(5, 4)}


def test_a_trap_of_zeros_is_not_unpacked(monkeypatch):
    data = ods(f'<table:table table:name="Sager">{ROWS}</table:table>')
    assert MAX_UNPACKED > 10**8
    monkeypatch.setattr("kvisdocs.importing.package.MAX_UNPACKED", 100)
    with pytest.raises(NotSoundError):
        look_into(data)
    Path("a.ods").write_bytes(data)
    with pytest.raises(KvisdocsError, match="larger than any list of cases"):
        read_sheets(Path("a.ods"))


@pytest.mark.parametrize("name", ["list.xlsx", "list.ods"])
def test_no_broken_workbook_ends_in_a_traceback(name):
    if name.endswith(".xlsx"):
        save(Path(name), {"Sager": [["Sag", "Dag"], ["12/1", "=1/0"]]})
        data = Path(name).read_bytes()
    else:
        data = ods(f'<table:table table:name="Sager">{ROWS}</table:table>')
    chance = random.Random(1)
    for _ in range(200):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 20)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        Path(name).write_bytes(broken)
        with contextlib.suppress(KvisdocsError):
            read_sheets(Path(name))
