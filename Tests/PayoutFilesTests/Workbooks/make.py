#!/usr/bin/env python3
"""Writes the corpus of workbooks, as the programs of accountants write them, and what must be found in each.

    python3 Tests/PayoutFilesTests/Workbooks/make.py

Needs openpyxl, XlsxWriter and LibreOffice (soffice). What is expected is written here by hand, never taken from the program.
Each section of expected.txt is in the format of ../Corpus/make.py. The month is November 2026.
"""

import csv
import datetime
import io
import itertools
import pathlib
import shutil
import subprocess
import tempfile
import zipfile

import openpyxl
import xlsxwriter

import raw
from raw import Cell, Excel, Google, OneC, Plain, SDK, Sheet, Strict, boolean, date, error, formula, number

HERE = pathlib.Path(__file__).parent
CSV = HERE.parent / "Corpus"
A, M, E = "20208000900123456001", "01183", "0330"
C1, C2, C3 = "8600069195406311", "8600495473316478", "8600060921090842"
HEADER = ["account", "mfo", "pan", "exp", "amount"]
SOM = HEADER[:4] + ["amount_uzs"]
RUSSIAN = ["Счёт", "МФО", "Карта", "Срок", "Сумма в сумах"]
NOON = datetime.datetime(2026, 11, 30, 12)
BY_WRITER = {}
EXPECTED = {}


def serial(year, month, day):
    return (datetime.date(year, month, day) - datetime.date(1899, 12, 30)).days


APRIL_2027 = serial(2027, 4, 1)


def row(pan=C1, amount="150000", account=A, mfo=M, exp=E, *more):
    return [account, mfo, pan, exp, amount, *more]


def expect(name, sheet="Лист1", rows=(), tiyin=0, passed=(), findings=()):
    EXPECTED[name] = (
        f"read workbook {sheet or '-'}\npaid rows {' '.join(map(str, rows)) or 'none'}, {tiyin} tiyin\n"
        + "".join(f"passed over {p}\n" for p in passed) + "".join(f + "\n" for f in findings))


def case(name, content, **expected):
    path = HERE / f"{name}.xlsx"
    assert not path.exists(), name
    path.write_bytes(content if isinstance(content, bytes) else content.bytes())
    expect(name, **expected)
    writer = name.rsplit("-", 1)[-1]
    BY_WRITER[writer] = BY_WRITER.get(writer, 0) + 1


# The libraries write the same tables as the raw writers. A cell is None, a text, or a Cell that `raw` made of a number, a
# date, a formula, a boolean or an error.

def plain_value(cell):
    import re
    value = re.search("<v>(.*?)</v>", cell.inside)
    code = re.search("<f>(.*?)</f>", cell.inside)
    style = re.search('s="([0-9]+)"', cell.attributes)
    return (value and value[1]), (code and code[1]), int(style[1]) if style else 0, 't="' in cell.attributes


FORMATS = ["General", "@", "dd.mm.yyyy", "00000", "0000", '#,##0.00" сум"', "[$-419]mmm.yy;@"]


def numeric(value):
    return float(value) if "." in value or "E" in value else int(value)


def by_openpyxl(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.sheet_state = sheet.state or "visible"
        for r, cells in sheet.rows.items():
            if "hidden" in sheet.row_attributes.get(r, ""):
                page.row_dimensions[r].hidden = True
            for c, cell in enumerate(cells, 1):
                if cell is None:
                    continue
                at = page.cell(r, c)
                if not isinstance(cell, Cell):
                    at.value, at.data_type, at.number_format = "".join(cell), "s", "@"
                    continue
                value, code, style, typed = plain_value(cell)
                at.number_format = FORMATS[style]
                at.value = "=" + code if code else (value if typed and value[0] == "#" else value == "1" if typed else numeric(value))
    book.properties.created = book.properties.modified = NOON
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(sheets, options=None):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options or {})
    book.set_properties({"created": NOON})
    formats = [book.add_format({"num_format": f}) for f in FORMATS]
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        if sheet.state == "hidden":
            page.hide()
        for r, cells in sheet.rows.items():
            if "hidden" in sheet.row_attributes.get(r, ""):
                page.set_row(r - 1, None, None, {"hidden": True})
            for c, cell in enumerate(cells):
                if cell is None:
                    continue
                if not isinstance(cell, Cell):
                    page.write_string(r - 1, c, "".join(cell), formats[raw.TEXT])
                    continue
                value, code, style, typed = plain_value(cell)
                if code:
                    page.write_formula(r - 1, c, "=" + code, formats[style], value if typed else numeric(value or "0"))
                elif typed and value[0] == "#":
                    page.write_formula(r - 1, c, "=" + value, None, value)
                elif typed:
                    page.write_boolean(r - 1, c, value == "1")
                else:
                    page.write_number(r - 1, c, numeric(value), formats[style])
    book.close()
    return out.getvalue()


def by_libreoffice(books):
    """Saves many workbooks of openpyxl again, in one run."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, sheets in books.items():
            (folder / f"{name}.xlsx").write_bytes(by_openpyxl(sheets))
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
             "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), *map(str, folder.glob("*.xlsx"))],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return {name: (folder / "out" / f"{name}.xlsx").read_bytes() for name in books}


RAW = {"excel": Excel, "google": Google, "1c": OneC, "sdk": SDK}
FOR_LIBREOFFICE = {}


# What every writer writes. The other tables are written by three of them in turn.
BY_EVERYBODY = {
    "text", "russian-titles", "amounts-as-numbers", "mfo-as-number", "expiry-as-date", "card-with-lost-digit",
    "hidden-row", "two-sheets-one-fits"}
TURN = itertools.cycle(RAW)


def by_all(name, tables, /, but=(), **expected):
    """- but: writers that cannot write the table."""
    sheets = tables if isinstance(tables, list) else [tables]
    everybody = [*RAW, "openpyxl", "xlsxwriter", "libreoffice"]
    turn = next(TURN)
    chosen = everybody if name in BY_EVERYBODY else [turn, "openpyxl" if turn in ("excel", "1c") else "xlsxwriter", "libreoffice"]
    for writer in chosen:
        if writer in but:
            continue
        if writer == "libreoffice":
            FOR_LIBREOFFICE[name] = (sheets, expected)
        elif writer in RAW:
            case(f"{name}-{writer}", RAW[writer](sheets), **expected)
        else:
            case(f"{name}-{writer}", by_openpyxl(sheets) if writer == "openpyxl" else by_xlsxwriter(sheets), **expected)


def one(name, cells, finding=(), paid=True, header=HEADER, tiyin=150000, **more):
    """A table of one good row and, in row 3, one that is looked at."""
    good = row(C2)
    rows = [2, 3] if paid else [2]
    findings = [finding] if isinstance(finding, str) else finding
    by_all(name, Sheet([header, good, cells]), rows=rows, tiyin=150000 + (tiyin if paid else 0), findings=findings, **more)


def tables():
    by_all("text", Sheet([HEADER, row(), row(C2, "250001")]), rows=[2, 3], tiyin=400001)
    by_all("russian-titles", Sheet({
        1: ["ООО «Ипак»"], 2: ["Ведомость за ноябрь"], 4: ["№", *RUSSIAN, "ФИО"],
        5: [number(1), *row(C1, number("1500000.5")), "Каримов Азиз"],
        6: [number(2), *row(C2, number(2500000)), "Усманова Дилноза"],
        7: ["Итого", None, None, None, None, number("4000000.5")]}),
        rows=[5, 6], tiyin=400000050, passed=["1 title", "2 title", "7 total that agrees"])
    by_all("amounts-as-numbers", Sheet([
        SOM, row(C1, number("1500000.1000000001")), row(C2, number("0.29999999999999999")),
        row(C3, number("1234567.89", raw.MONEY))]), rows=[2, 3, 4], tiyin=150000010 + 30 + 123456789)
    by_all("rich-and-unicode", Sheet([
        [*HEADER, "name"], row(C1, "150000", A, M, E, "Oʻktam “Ғаниев” <&> 😀"), row(C2, "150000", A, M, E, ("Ра", "химов"))]),
        rows=[2, 3], tiyin=300000)
    by_all("gaps", Sheet({3: [None, *HEADER], 7: [None, *row()], 9: [None, *row(C2)]}), rows=[7, 9], tiyin=300000)
    by_all("name-left-out", Sheet([[*HEADER, "name", "id"], row(), row(C2, "1", A, M, E, "A")]), rows=[2, 3], tiyin=150001)
    by_all("notes-beside", Sheet([HEADER, row() + [None, None, "проверено"], row(C2)]), rows=[2, 3], tiyin=300000)
    one("card-as-number", row(number(C1)), f"error 3 C pan digitsLost 860006******6311", paid=False, but=["xlsxwriter", "libreoffice"])
    one("card-with-lost-digit", row(number("8600069195406310")), "error 3 C pan digitsLost 860006******6310", paid=False)
    one("account-as-number", row(account=number("20208000900123400000")),
        "error 3 A account digitsLost 202080**********0000", paid=False, but=["xlsxwriter", "libreoffice"])
    one("mfo-as-number", row(mfo=number(1183)), "warning 3 B mfo zeroRestored 1183")
    one("mfo-whole-number", row(mfo=number(11830)))
    one("mfo-shown-with-zeros", row(mfo=number(1183, raw.ZEROS5)))
    one("mfo-too-long", row(mfo=number(118301)), "error 3 B mfo mfoNot5Digits 118301", paid=False)
    one("mfo-with-decimals", row(mfo=number("1183.5")), "error 3 B mfo mfoNot5Digits 1183.5", paid=False)
    one("expiry-as-number", row(exp=number(427)), "warning 3 D exp zeroRestored 427")
    one("expiry-whole-number", row(exp=number(1227)))
    one("expiry-shown-with-zeros", row(exp=number(427, raw.ZEROS4)))
    one("expiry-as-date", row(exp=date(APRIL_2027)), "warning 3 D exp expiryFromDate 01.04.2027")
    one("expiry-as-month", row(exp=number(APRIL_2027, raw.MONTH_YEAR)), "warning 3 D exp expiryFromDate 01.04.2027")
    one("expiry-as-other-day", row(exp=date(APRIL_2027 + 26)), "error 3 D exp expiryIsDate 27.04.2027", paid=False)
    one("expiry-date-in-1930", row(exp=date(serial(1930, 4, 1))), "warning 3 D exp expiryFromDate 01.04.1930")
    one("expiry-date-past", row(exp=date(serial(2026, 10, 1))), "error 3 D exp expiryPast 01.10.2026", paid=False)
    one("amount-as-date", row(amount=date(APRIL_2027)), "error 3 E amount amountNotANumber 01.04.2027", paid=False)
    one("amount-in-tiyin-with-decimals", row(amount=number("1500.5")), "error 3 E amount amountNotWhole 1500.5", paid=False)
    one("amount-negative", row(amount=number(-150000)), "error 3 E amount amountNotPositive -150000", paid=False)
    one("amount-like-thousands", row(amount=number("1.234")), "error 3 E amount amountNotWhole 1.234", paid=False)
    one("amount-with-exponent", row(amount=number("1.5E5")))
    one("amount-boolean", row(amount=boolean(True)), "error 3 E amount amountNotANumber TRUE", paid=False)
    one("error-cell", row(amount=error()), "error 3 E amount spreadsheetError #N/A", paid=False,
        but=["openpyxl", "libreoffice"])
    one("formula", row(amount=formula("E2*1", 150000)), "warning 3 E amount formulaResult 150000", but=["openpyxl"])
    one("formula-text", row(account=formula("A2", A, "str")), "warning 3 A account formulaResult 202080**********6001",
        but=["openpyxl"])
    one("empty-field", row(mfo=None), "error 3 B mfo emptyField -", paid=False)
    by_all("hidden-row", Sheet([HEADER, row(C2), row()], row_attributes={3: ' hidden="1"'}), rows=[2], tiyin=150000,
           findings=["error 3 - - hiddenRow -"])
    by_all("two-sheets-one-fits", [Sheet([["Расчёт"], ["№", "ФИО"], ["1", "Каримов"]], "Расчёт"),
                                   Sheet([HEADER, row()], "Выплаты"), Sheet([], "Лист3")], sheet="Выплаты", rows=[2], tiyin=150000)
    by_all("two-sheets-fit", [Sheet([HEADER, row()], "Октябрь"), Sheet([HEADER, row(C2)], "Ноябрь")], sheet=None,
           findings=["error - - - severalSheets -"])
    by_all("second-sheet-hidden", [Sheet([HEADER, row()], "Ноябрь"), Sheet([HEADER, row(C2)], "Октябрь", "hidden")],
           sheet="Ноябрь", rows=[2], tiyin=150000)
    by_all("payouts-on-a-hidden-sheet", [Sheet([["Читать"]], "Титул"), Sheet([HEADER, row()], "Выплаты", "hidden")],
           sheet=None, findings=["error - - - hiddenSheet -"])
    by_all("template-and-payouts", [Sheet([HEADER, row()], "Ноябрь"), Sheet([HEADER], "Образец")], sheet="Ноябрь",
           rows=[2], tiyin=150000)
    by_all("empty", Sheet([]), findings=["error - - - emptyFile -"])
    by_all("no-header", Sheet([["Привет"], ["мир"]]), findings=["error 1 - - noHeader -"])
    by_all("header-alone", Sheet([HEADER]), findings=["error - - - noRows -"])
    by_all("column-missing", Sheet([["account", "mfo", "pan", "amount"], [A, M, C1, "5"]]),
           findings=["error 1 - exp missingColumn -"])
    by_all("same-payment", Sheet([HEADER, row(), row()]), rows=[2, 3], tiyin=300000,
           findings=["warning 3 C pan samePayment 860006******6311"])
    by_all("total-disagrees", Sheet([HEADER, row(), ["Jami", None, None, None, number(150001)]]), rows=[2], tiyin=150000,
           findings=["error 3 E amount totalDisagrees 150001"])


def excel_forms():
    """What Excel itself can write, and the libraries cannot."""
    table = [HEADER, row(), row(C2)]
    paid = dict(rows=[2, 3], tiyin=300000)
    case("strict-excel", Strict(Sheet(table)), **paid)
    case("no-places-plain", Plain(Sheet(table)), **paid)
    case("wrong-dimension-small-excel", Excel(Sheet(table, dimension="A1")), **paid)
    case("wrong-dimension-large-excel", Excel(Sheet(table, dimension="A1:XFD1048576")), **paid)
    case("dates-of-1904-excel", Excel(Sheet([HEADER, row(exp=date(APRIL_2027 - 1462))]), date1904=True), rows=[2], tiyin=150000,
         findings=["warning 2 D exp expiryFromDate 01.04.2027"])
    case("iso-date-excel", Excel(Sheet([HEADER, row(exp=Cell('t="d"', "<v>2027-04-01</v>"))])), rows=[2], tiyin=150000,
         findings=["warning 2 D exp expiryFromDate 01.04.2027"])
    case("iso-date-with-midnight-excel", Excel(Sheet([HEADER, row(exp=Cell('t="d"', "<v>2027-04-01T00:00:00.000</v>"))])),
         rows=[2], tiyin=150000, findings=["warning 2 D exp expiryFromDate 01.04.2027"])
    case("date-with-time-excel", Excel(Sheet([HEADER, row(exp=date(f"{APRIL_2027}.5"))])),
         findings=["error 2 D exp expiryIsDate 01.04.2027 12:00"])
    case("long-number-with-exponent-excel", Excel(Sheet([HEADER, row(number("8.6000691954063104E+15"))])),
         findings=["error 2 C pan digitsLost 860006******6310"])
    case("formula-without-result-excel", Excel(Sheet([HEADER, row(amount=formula("E9"))])),
         findings=["error 2 E amount formulaWithoutResult -"])
    case("formula-with-error-excel", Excel(Sheet([HEADER, row(amount=formula("VLOOKUP(1,X:X,2)", "#N/A", "e"))])),
         findings=["error 2 E amount spreadsheetError #N/A"])
    case("shared-formula-excel", Excel(Sheet([
        HEADER, row(amount=Cell("", '<f t="shared" ref="E2:E3" si="0">A1</f><v>7</v>')),
        row(C2, Cell("", '<f t="shared" si="0"/><v>8</v>'))])), rows=[2, 3], tiyin=15,
        findings=["warning 2 E amount formulaResult 7", "warning 3 E amount formulaResult 8"])
    case("formula-in-an-unused-column-excel", Excel(Sheet([[*HEADER, "№"], row() + [formula("ROW()", 2)], row(C2) + [formula("ROW()")]])),
         **paid)
    case("total-by-formula-excel", Excel(Sheet([*table, ["Итого", None, None, None, formula("SUM(E2:E3)", 300000)]])),
         passed=["4 total that agrees"], **paid)
    case("total-without-result-excel", Excel(Sheet([*table, ["Итого", None, None, None, formula("SUM(E2:E3)")]])),
         passed=["4 total without a sum"], **paid)
    case("filtered-rows-excel", Excel(Sheet(
        table, row_attributes={2: ' hidden="1"'}, after='<autoFilter ref="A1:E3"><filterColumn colId="2"/></autoFilter>')),
        rows=[3], tiyin=150000, findings=["error 2 - - hiddenRow -"])
    case("row-of-no-height-excel", Excel(Sheet(table, row_attributes={2: ' ht="0" customHeight="1"'})), rows=[3], tiyin=150000,
         findings=["error 2 - - hiddenRow -"])
    case("hidden-rows-without-payouts-excel", Excel(Sheet(
        {1: ["Ведомость"], 2: HEADER, 3: row(), 5: [None]}, row_attributes={1: ' hidden="1"', 5: ' hidden="1"'})),
        rows=[3], tiyin=150000, passed=["1 title"])
    case("hidden-column-excel", Excel(Sheet(table, before='<cols><col min="3" max="3" width="9" hidden="1"/></cols>')),
         findings=["warning - C pan hiddenColumn -"], **paid)
    case("column-of-no-width-excel", Excel(Sheet(table, before='<cols><col min="5" max="5" width="0" customWidth="1"/></cols>')),
         findings=["warning - E amount hiddenColumn -"], **paid)
    case("hidden-unused-column-excel", Excel(Sheet(
        [[*HEADER, "note"], row() + ["x"], row(C2)], before='<cols><col min="6" max="16384" hidden="true"/></cols>')), **paid)
    case("merged-account-excel", Excel(Sheet([HEADER, row(), row(C2, account=None)],
                                             after='<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>')),
         rows=[2], tiyin=150000,
         findings=["error 3 A account emptyField -", "error - A account mergedCells -"])
    case("merged-over-a-value-excel", Excel(Sheet(table, after='<mergeCells><mergeCell ref="B3:C3"/></mergeCells>')),
         findings=["error - C pan mergedCells -"], **paid)
    case("merged-title-and-total-excel", Excel(Sheet(
        {1: ["Ведомость"], 2: HEADER, 3: row(), 4: ["Итого", None, None, None, "150000"]},
        after='<mergeCells><mergeCell ref="A1:E1"/><mergeCell ref="A4:D4"/></mergeCells>')),
        rows=[3], tiyin=150000, passed=["1 title", "4 total that agrees"])
    case("merged-name-excel", Excel(Sheet([[*HEADER, "name", None], row() + ["Каримов", None], row(C2) + ["Усманова"]],
                                          after='<mergeCells><mergeCell ref="F2:G2"/><mergeCell ref="F3:G3"/></mergeCells>')),
         **paid)
    case("escaped-characters-excel", Excel(Sheet([[*HEADER, "name"], row() + ["А_x000D_Б_x005F_x000D_"], row(C2 + "_x0020_")])), **paid)
    case("very-hidden-sheet-excel", Excel([Sheet(table), Sheet(table, "Скрыт", "veryHidden")]), **paid)
    case("text-with-spaces-excel", Excel(Sheet([HEADER, row(f" {C1[:4]} {C1[4:8]} {C1[8:12]} {C1[12:]}\u00a0"), row(C2)])), **paid)
    case("text-formula-typed-excel", Excel(Sheet([HEADER, row(), row(C2, "=1+1")])), rows=[2], tiyin=150000,
         findings=["error 3 E amount formula =1+1"])
    case("unit-left-open-excel", Excel(Sheet([[*HEADER[:4], "Сумма"], row(amount=number(150000))])), findings=["error 1 E amount unitNotSaid Сумма"])
    case("many-columns-excel", Excel(Sheet([HEADER + [f"c{n}" for n in range(300)], row() + ["x"] * 300])), rows=[2], tiyin=150000)
    case("last-row-excel", Excel(Sheet({1: HEADER, 1048576: row()})), rows=[1048576], tiyin=150000)
    case("chart-sheet-excel", chart_sheet(table), **paid)
    case("comments-and-space-excel", Excel(Sheet(table, before="<!-- x -->\n  ", after="\n<?pi x?>\n")), **paid)


def chart_sheet(table):
    book = Excel([Sheet([["x"]], "Диаграмма"), Sheet(table)])
    parts = book.parts()
    rels = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = rels.replace("/worksheet\" Target=\"worksheets/sheet1", "/chartsheet\" Target=\"chartsheets/sheet1")
    parts["xl/chartsheets/sheet1.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    return raw.packed({n: raw.HEAD + p for n, p in parts.items()})


def refused():
    """Files that are refused by their name."""
    def finding(code):
        return dict(sheet=None, findings=[f"error - - - {code} -"])
    ole = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504) + bytes(512)
    entry = lambda name: name.encode("utf-16-le").ljust(128, b"\0")
    case("old-format-xls", ole + entry("Root Entry") + entry("Workbook"), **finding("oldWorkbook"))
    case("locked-xlsx", ole + entry("Root Entry") + entry("EncryptionInfo") + entry("EncryptedPackage"), **finding("lockedWorkbook"))
    parts = Excel(Sheet([HEADER, row()])).parts()
    binary = {n: p for n, p in parts.items() if n != "xl/workbook.xml"}
    binary["_rels/.rels"] = binary["_rels/.rels"].replace("workbook.xml", "workbook.bin")
    binary["xl/workbook.bin"] = "\0"
    case("binary-xlsb", raw.packed(binary), **finding("binaryWorkbook"))
    case("open-document-ods", raw.packed({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>", "META-INF/manifest.xml": "<a/>"}),
        **finding("openDocument"))
    document = dict(parts)
    document["xl/workbook.xml"] = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    case("text-document-docx", raw.packed(document), **finding("notAWorkbook"))
    case("other-archive-zip", raw.packed({"a.txt": "a"}), **finding("notAWorkbook"))


# Cases of text files that a workbook cannot have: delimiters, quotes, encodings, formulas typed as text.
NOT_IN_A_WORKBOOK = {"shiftedByDelimiter", "wrongFieldCount", "unclosedQuote", "strayQuote", "unreadableText", "notText", "formula"}


def from_csv():
    """The text files of ../Corpus as workbooks of texts: the same rows and findings."""
    writers = [("excel", Excel), ("google", Google), ("1c", OneC), ("sdk", SDK)]
    for n, path in enumerate(sorted(CSV.glob("*.csv"))):
        read, *lines = path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
        if read == "read workbook -":
            continue
        if any(code in line.split() for line in lines for code in NOT_IN_A_WORKBOOK):
            continue
        encoding, _, delimiter = read[len("read "):].rpartition(" ")
        content = path.read_bytes().decode(
            {"UTF-8": "utf-8", "UTF-8 (BOM)": "utf-8-sig", "UTF-16 LE": "utf-16", "UTF-16 BE": "utf-16", "Windows-1251": "cp1251"}[encoding])
        # Excel does not show a line that names the delimiter, nor count it.
        if content.lower().lstrip('"').startswith("sep="):
            content = content.partition("\n")[2]
        rows = list(csv.reader(io.StringIO(content, newline=""), delimiter="\t" if delimiter == "TAB" else delimiter))
        if "=\"" in content or any("\0" in field or ord(min(field, default="a")) < 32 and not set(field) <= set("\n\t\r") for r in rows for field in r):
            continue
        table = {i + 1: [field or None for field in r] for i, r in enumerate(rows)}
        writer, kind = writers[n % 4]
        name = f"csv-{path.stem}-{writer}"
        (HERE / f"{name}.xlsx").write_bytes(kind(Sheet(table)).bytes())
        EXPECTED[name] = "\n".join(["read workbook Лист1", *lines]) + "\n"
        BY_WRITER["from CSV"] = BY_WRITER.get("from CSV", 0) + 1


def main():
    for old in HERE.glob("*.xlsx"):
        old.unlink()
    tables()
    excel_forms()
    refused()
    from_csv()
    for name, content in by_libreoffice({n: sheets for n, (sheets, _) in FOR_LIBREOFFICE.items()}).items():
        case(f"{name}-libreoffice", content, **FOR_LIBREOFFICE[name][1])
    (HERE / "expected.txt").write_text(
        "".join(f"== {name}\n{text}" for name, text in sorted(EXPECTED.items())), encoding="utf-8")
    print(sum(BY_WRITER.values()), "workbooks", BY_WRITER)


main()
