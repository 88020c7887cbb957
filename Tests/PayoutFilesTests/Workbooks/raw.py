"""Writes .xlsx files part by part, as programs without a Python library write them."""

import html
import zipfile
from io import BytesIO

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# The cell formats of every raw workbook: their place is the style of a cell.
GENERAL, TEXT, DATE, ZEROS5, ZEROS4, MONEY, MONTH_YEAR = range(7)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="4"><numFmt numFmtId="164" formatCode="00000"/>'
    '<numFmt numFmtId="165" formatCode="0000"/><numFmt numFmtId="166" formatCode="#,##0.00&quot; сум&quot;"/>'
    '<numFmt numFmtId="167" formatCode="[$-419]mmm\\.yy;@"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>'
    '<cellXfs count="7"><xf numFmtId="0"/><xf numFmtId="49"/><xf numFmtId="14"/><xf numFmtId="164"/>'
    '<xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs></styleSheet>')


def letter(column):
    return letter(column // 26 - 1) + chr(65 + column % 26) if column > 25 else chr(65 + column)


def text(value):
    return html.escape(value, quote=False)


class Cell:
    """A cell whose XML is written by hand: its attributes besides the place, and its contents."""

    def __init__(self, attributes="", inside=""):
        self.attributes, self.inside = attributes, inside


def number(value, style=GENERAL):
    return Cell(f's="{style}"', f"<v>{value}</v>")


def formula(code, result=None, kind="", style=GENERAL):
    value = "" if result is None else f"<v>{result}</v>"
    return Cell(f's="{style}"' + (f' t="{kind}"' if kind else ""), f"<f>{text(code)}</f>{value}")


def date(serial):
    return number(serial, DATE)


def boolean(value):
    return Cell('t="b"', f"<v>{int(value)}</v>")


def error(code="#N/A"):
    return Cell('t="e"', f"<v>{code}</v>")


class Sheet:
    """- rows: by number; each a list of cells: None, a text, or a Cell.
    - row_attributes: by number: ' hidden="1"'."""

    def __init__(self, rows, name="Лист1", state="", row_attributes=None, before="", after="", dimension=None):
        self.rows = rows if isinstance(rows, dict) else {n + 1: r for n, r in enumerate(rows)}
        self.name, self.state, self.row_attributes = name, state, row_attributes or {}
        self.before, self.after, self.dimension = before, after, dimension


class Book:
    """One way to write a workbook. Subclasses are the ways of single programs."""

    prefix = ""
    bom = b""
    shared = "xl/sharedStrings.xml"
    target = "{}"
    method = zipfile.ZIP_DEFLATED
    ns = MAIN
    has_references = True

    def __init__(self, sheets, date1904=False):
        self.sheets = sheets if isinstance(sheets, list) else [sheets]
        self.date1904, self.strings = date1904, []

    def text_cell(self, place, value):
        self.strings.append(value)
        return f'<c{place} s="{TEXT}" t="s"><v>{len(self.strings) - 1}</v></c>'

    def cell(self, row, column, cell):
        place = f' r="{letter(column)}{row}"' if self.has_references else ""
        if isinstance(cell, Cell):
            return f"<c{place} {cell.attributes}>{cell.inside}</c>"
        return self.text_cell(place, cell)

    def row(self, number, cells, attributes):
        inside = "".join(
            self.cell(number, c, cell) for c, cell in enumerate(cells) if cell is not None or not self.has_references)
        place = f' r="{number}"' if self.has_references else ""
        return f"<row{place}{attributes}>{inside}</row>"

    def sheet(self, sheet):
        rows = "".join(self.row(n, r, sheet.row_attributes.get(n, "")) for n, r in sorted(sheet.rows.items()))
        dimension = f'<dimension ref="{sheet.dimension}"/>' if sheet.dimension else ""
        return (
            f'<worksheet xmlns="{self.ns}" xmlns:r="{RELS}">{dimension}{sheet.before}'
            f"<sheetData>{rows}</sheetData>{sheet.after}</worksheet>")

    def string(self, value):
        if isinstance(value, tuple):  # rich text
            return "<si>" + "".join(f"<r><rPr><b/></rPr><t>{text(v)}</t></r>" for v in value) + "</si>"
        return f'<si><t xml:space="preserve">{text(value)}</t></si>'

    def parts(self):
        sheets = [self.sheet(s) for s in self.sheets]
        names = "".join(
            f'<sheet name="{html.escape(s.name)}" sheetId="{n}"' + (f' state="{s.state}"' if s.state else "")
            + f' r:id="rId{n}"/>' for n, s in enumerate(self.sheets, 1))
        target = self.target.format
        relations = "".join(
            f'<Relationship Id="rId{n}" Type="{RELS}/worksheet" Target="{target(f"worksheets/sheet{n}.xml")}"/>'
            for n in range(1, len(sheets) + 1))
        relations += f'<Relationship Id="rIdS" Type="{RELS}/styles" Target="{target("styles.xml")}"/>'
        parts = {
            "[Content_Types].xml":
                f'<Types xmlns="{TYPES}"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
                'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
            "_rels/.rels":
                f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELS}/officeDocument" '
                'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml":
                f'<workbook xmlns="{self.ns}" xmlns:r="{RELS}">'
                + ('<workbookPr date1904="1"/>' if self.date1904 else "<workbookPr/>")
                + f"<sheets>{names}</sheets></workbook>",
            "xl/styles.xml": STYLES.replace(MAIN, self.ns),
        }
        for n, sheet in enumerate(sheets, 1):
            parts[f"xl/worksheets/sheet{n}.xml"] = sheet
        if self.strings:
            relations += f'<Relationship Id="rIdT" Type="{RELS}/sharedStrings" Target="{target("sharedStrings.xml")}"/>'
            parts[self.shared] = f'<sst xmlns="{self.ns}">' + "".join(map(self.string, self.strings)) + "</sst>"
        parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'
        return parts

    def bytes(self):
        return packed({name: self.bom + (HEAD + part).encode() for name, part in self.parts().items()}, self.method)


def packed(parts, method=zipfile.ZIP_DEFLATED):
    """- parts: by name, or pairs of name and bytes. The moment in the archive is always the same."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items() if isinstance(parts, dict) else parts:
            info = zipfile.ZipInfo(name, (2026, 11, 30, 12, 0, 0))
            info.compress_type = method
            archive.writestr(info, part.encode() if isinstance(part, str) else part)
    return out.getvalue()


class Excel(Book):
    """As Excel writes: shared strings, spans, and attributes of other namespaces."""

    def sheet(self, sheet):
        return super().sheet(sheet).replace(
            f'xmlns:r="{RELS}"',
            f'xmlns:r="{RELS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'mc:Ignorable="x14ac" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"')

    def row(self, number, cells, attributes):
        return super().row(number, cells, f' spans="1:{len(cells)}"{attributes} x14ac:dyDescent="0.25"')


class Strict(Excel):
    """Excel's Strict Open XML Spreadsheet."""

    ns = "http://purl.oclc.org/ooxml/spreadsheetml/main"


class Google(Book):
    """As Google Sheets exports: styled rows below the table, texts without references to their style."""

    def sheet(self, sheet):
        below = max(sheet.rows, default=0) + 1
        rows = "".join(f'<row r="{n}" ht="15.75" customHeight="1"><c r="A{n}" s="0"/></row>' for n in range(below, below + 20))
        return super().sheet(sheet).replace("</sheetData>", rows + "</sheetData>")

    def row(self, number, cells, attributes):
        return super().row(number, cells, f' ht="15.75" customHeight="1"{attributes}')


class OneC(Book):
    """As 1C:Enterprise writes: a byte order mark, absolute targets, another case in a name, stored without compression."""

    bom = b"\xef\xbb\xbf"
    shared = "xl/SharedStrings.xml"
    target = "/xl/{}"

    def row(self, number, cells, attributes):
        return super().row(number, cells, f' ht="11.25"{attributes}')


class SDK(Book):
    """As programs with Microsoft's Open XML SDK write: a prefix on every element, texts inside their cells."""

    def text_cell(self, place, value):
        inside = "".join(f"<r><t>{text(v)}</t></r>" for v in value) if isinstance(value, tuple) else f"<t>{text(value)}</t>"
        return f'<c{place} t="inlineStr"><is>{inside}</is></c>'

    def sheet(self, sheet):
        return prefixed(super().sheet(sheet))

    def parts(self):
        parts = super().parts()
        parts["xl/workbook.xml"] = prefixed(parts["xl/workbook.xml"])
        return parts


class Plain(Book):
    """As short scripts write: no places of rows and cells, texts as results of formulas, nothing compressed."""

    method = zipfile.ZIP_STORED
    has_references = False

    def cell(self, row, column, cell):
        return "<c/>" if cell is None else super().cell(row, column, cell)

    def text_cell(self, place, value):
        value = "".join(value) if isinstance(value, tuple) else value
        return f'<c t="str"><v>{text(value)}</v></c>'


def prefixed(part):
    import re
    part = re.sub(r"<(/?)([a-z])", r"<\1x:\2", part, flags=re.I)
    return part.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
