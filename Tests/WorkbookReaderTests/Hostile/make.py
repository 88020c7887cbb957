#!/usr/bin/env python3
"""Writes workbooks that somebody built to do harm, and damaged ones. None may be accepted.

    python3 Tests/WorkbookReaderTests/Hostile/make.py

The first word of a file's name is the error that must be found: an entry of `WorkbookError`, of its `Flaw`, or of its `Limit`.
"""

import pathlib
import random
import struct
import sys
import zlib

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "PayoutFilesTests" / "Workbooks"))
import raw
from raw import Cell, Excel, Sheet

ROWS = [["account", "mfo", "pan", "exp", "amount"], ["20208000900123456001", "01183", "8600069195406311", "0330", "150000"]]
COUNT = 0


def put(error, what, content):
    global COUNT
    path = HERE / f"{error}-{what}.xlsx"
    assert not path.exists(), path
    path.write_bytes(content)
    COUNT += 1


def parts(rows=ROWS, **more):
    return {name: (raw.HEAD + part).encode() for name, part in Excel(Sheet(rows, **more)).parts().items()}


SHEET, STRINGS, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"


class Entry:
    """An entry of a zip archive of which every field can lie."""

    def __init__(self, name, data, **lies):
        self.name = name if isinstance(name, bytes) else name.encode()
        self.body = zlib.compress(data, 9, -15) if hasattr(zlib, "x") else self.deflate(data)
        self.lies = {"crc": zlib.crc32(data), "size": len(data), "packed": len(self.body), "method": 8, "flags": 0, **lies}

    @staticmethod
    def deflate(data):
        compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
        return compressor.compress(data) + compressor.flush()


def archive(entries, local=None, comment=b"", entry_count=None, prefix=b"", directory_offset=0):
    """- local: fields that lie only in the entries' own headers."""
    out, directory = bytearray(prefix), bytearray()
    for entry in entries:
        at, lies = len(out), entry.lies
        own = {**lies, **(local or {})}
        fields = lambda f: struct.pack("<HHHHHIII", 20, f["flags"], f["method"], 0, 23422, f["crc"], f["packed"], f["size"])
        out += b"PK\3\4" + fields(own) + struct.pack("<HH", len(entry.name), 0) + entry.name + entry.body
        directory += b"PK\1\2" + struct.pack("<H", 20) + fields(lies) + struct.pack(
            "<HHHHHII", len(entry.name), 0, 0, 0, 0, 0, at) + entry.name
    start = len(out)
    count = len(entries) if entry_count is None else entry_count
    return bytes(out + directory + b"PK\5\6" + struct.pack(
        "<HHHHIIH", 0, 0, count, count, len(directory), start + directory_offset, len(comment)) + comment)


def entries(changed=None, **lies_by_part):
    """The entries of a good workbook, with other parts or with lies about one of them."""
    all_parts = {**parts(), **(changed or {})}
    return [Entry(name, data, **(lies_by_part.get("lies", {}) if name == lies_by_part.get("part") else {}))
            for name, data in all_parts.items() if data is not None]


def with_part(name, content):
    content = content if isinstance(content, bytes) else content.encode()
    return archive(entries({name: content}))


def bombs():
    million = b" " * (1 << 20)
    for name in [SHEET, STRINGS, STYLES, BOOK, "xl/media/image1.png", "_rels/.rels", "[Content_Types].xml"]:
        tag = name.split("/")[-1].split(".")[0].strip("[]_") or "rels"
        put("bomb", f"spaces-in-{tag}", with_part(name, million * 24))
    good = parts()
    head, tail = good[SHEET].split(b"<sheetData>")
    cells = b'<c><v>1</v></c>' * 60
    put("bomb", "rows-all-the-same", with_part(SHEET, head + b"<sheetData>" + (b"<row>" + cells + b"</row>") * 20000 + tail.split(b"</row>")[-1]))
    put("bomb", "strings-all-the-same", with_part(STRINGS, good[STRINGS].replace(b"</sst>", b"<si><t>a</t></si>" * 500000 + b"</sst>")))
    # The size that the archive states is small: found out while it is read.
    for size in (10, 1000, 65536, 1 << 20):
        put("wrongSize", f"bomb-that-states-{size}-bytes", archive(
            entries({SHEET: million * 8}, part=SHEET, lies={"size": size})))
    put("damaged", "states-4-gigabytes", archive(entries(part=SHEET, lies={"size": 0xFFFFFFF0, "packed": 0x7000000})))
    # Many entries over the same bytes.
    one = Entry(SHEET, million * 24)
    put("bomb", "many-large-entries", archive([*entries(), *[Entry(f"xl/media/{n}.bin", million * 24) for n in range(3)]]))
    put("entries", "four-thousand-entries", archive([*entries(), *[Entry(f"{n}", b"") for n in range(4096)]]))


def sizes():
    for part in (SHEET, STRINGS, STYLES, BOOK):
        tag = part.split("/")[-1].split(".")[0]
        length = len(parts()[part])
        for what, size in [("short", length - 1), ("long", length + 1), ("zero", 0), ("double", length * 2)]:
            put("wrongSize", f"{tag}-{what}", archive(entries(part=part, lies={"size": size})))
        put("damaged", f"{tag}-with-wrong-checksum", archive(entries(part=part, lies={"crc": 1})))
        put("damaged", f"{tag}-stored-as-told-but-deflated", archive(entries(part=part, lies={"method": 0})))
        put("damaged", f"{tag}-of-unknown-method", archive(entries(part=part, lies={"method": 99})))
        put("damaged", f"{tag}-of-bzip2", archive(entries(part=part, lies={"method": 12})))
        put("encrypted", f"{tag}-with-a-password", archive(entries(part=part, lies={"flags": 1})))
    for field, value in [("size", 5), ("packed", 5), ("crc", 5), ("method", 0)]:
        put("damaged", f"own-headers-lie-about-{field}", archive(entries(), local={field: value}))
    put("damaged", "directory-somewhere-else", archive(entries(), directory_offset=7))
    put("damaged", "directory-far-away", archive(entries(), directory_offset=1 << 30))
    put("damaged", "more-entries-than-there-are", archive(entries(), entry_count=50))
    put("damaged", "no-entries-but-many", archive([], entry_count=9))


def names():
    evil = ["../evil.xml", "xl/../../evil.xml", "/etc/passwd", "xl\\..\\evil.xml", "..\\evil", "C:/evil.xml", "C:evil", "xl/..",
            "..", "xl/a\nb.xml", "xl/\x01.xml", "//server/share", "\\\\server\\share", "xl/worksheets/../../../x"]
    for n, name in enumerate(evil):
        put("pathEscape", f"name-{n:02}", archive([*entries(), Entry(name, b"x")]))
    good = parts()
    for n, name in enumerate([SHEET, STRINGS, BOOK, "[Content_Types].xml", "xl/media/a"]):
        for how, again in [("same", name), ("capitals", name.upper())]:
            extra = [Entry(name, b"x")] if name not in good else []
            put("duplicateEntry", f"{n}-{how}", archive([*entries(), *extra, Entry(again, good.get(name, b"x"))]))
    rels = good["xl/_rels/workbook.xml.rels"]
    for n, target in enumerate(["../../../etc/passwd", "../../xl/worksheets/sheet1.xml", "/../x", "worksheets/../../../x"]):
        put("pathEscape", f"target-{n}", with_part("xl/_rels/workbook.xml.rels", rels.replace(b"worksheets/sheet1.xml", target.encode())))
    put("damaged", "sheet-in-another-file", with_part("xl/_rels/workbook.xml.rels", rels.replace(
        b'Target="worksheets/sheet1.xml"', b'Target="file:///etc/passwd" TargetMode="External"')))
    put("damaged", "sheet-that-is-not-there", with_part("xl/_rels/workbook.xml.rels", rels.replace(b"sheet1.xml", b"sheet9.xml")))
    put("damaged", "strings-that-are-not-there", archive(entries({STRINGS: None})))
    put("damaged", "styles-that-are-not-there", archive(entries({STYLES: None})))
    put("notAWorkbook", "no-relationships", archive(entries({"_rels/.rels": None})))
    put("notAWorkbook", "no-workbook", archive(entries({BOOK: None})))
    put("notAWorkbook", "nothing-in-it", archive([]))


DTDS = {
    "laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">'
              '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]>',
    "quadratic": '<!DOCTYPE x [<!ENTITY a "' + "a" * 20000 + '">]>',
    "file": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "url": '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/x">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>',
    "outside": '<!DOCTYPE x SYSTEM "file:///etc/passwd">', "public": '<!DOCTYPE x PUBLIC "a" "b">', "empty": "<!DOCTYPE x>",
}


def entities():
    for part in (SHEET, STRINGS, STYLES, BOOK, "_rels/.rels", "xl/_rels/workbook.xml.rels"):
        tag = part.split("/")[-1].split(".")[0] or "rels"
        tag = "book-rels" if "workbook.xml.rels" in part else tag
        for what, dtd in DTDS.items():
            good = parts()[part].decode()
            put("entities", f"{tag}-{what}", with_part(part, good.replace("?>\n", "?>\n" + dtd, 1).replace("<t ", "<t ", 1)))


def xml():
    good = parts()
    sheet, strings, styles = good[SHEET].decode(), good[STRINGS].decode(), good[STYLES].decode()
    rows = lambda inside: sheet[:sheet.index("<sheetData>") + 11] + inside + sheet[sheet.index("</sheetData>"):]
    deep = lambda n: "<a>" * n + "</a>" * n
    put("nesting", "sheet", with_part(SHEET, sheet.replace("<sheetData>", deep(200) + "<sheetData>")))
    put("nesting", "sheet-very-deep", with_part(SHEET, sheet.replace("<sheetData>", "<x:a xmlns:x='y'>" * 3000 + "</x:a>" * 3000 + "<sheetData>")))
    put("nesting", "cell", with_part(SHEET, rows(f'<row r="1"><c r="A1">{deep(100)}</c></row>')))
    put("nesting", "strings", with_part(STRINGS, strings.replace("<si>", "<si>" + deep(100), 1)))
    put("nesting", "styles", with_part(STYLES, styles.replace("<fonts", deep(100) + "<fonts")))
    put("nesting", "workbook", with_part(BOOK, good[BOOK].decode().replace("<sheets>", deep(100) + "<sheets>")))
    for what, inside in {
        "row-twice": '<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>',
        "rows-backwards": '<row r="3"/><row r="2"/>', "row-zero": '<row r="0"/>', "row-beyond": '<row r="1048577"/>',
        "row-negative": '<row r="-1"/>', "row-of-letters": '<row r="x"/>', "row-enormous": '<row r="99999999999999999999"/>',
        "cell-twice": '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        "cells-backwards": '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        "cell-of-another-row": '<row r="1"><c r="A2"><v>1</v></c></row>', "cell-beyond": '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        "cell-far-beyond": '<row r="1"><c r="AAAAAAAAAAAA1"><v>1</v></c></row>', "cell-small-letters": '<row r="1"><c r="a1"><v>1</v></c></row>',
        "cell-without-row": '<row r="1"><c r="A"><v>1</v></c></row>', "cell-empty-place": '<row r="1"><c r=""><v>1</v></c></row>',
        "string-that-is-not-there": '<row r="1"><c t="s"><v>999</v></c></row>', "string-negative": '<row r="1"><c t="s"><v>-1</v></c></row>',
        "string-enormous": '<row r="1"><c t="s"><v>99999999999999999999999</v></c></row>', "string-of-letters": '<row r="1"><c t="s"><v>x</v></c></row>',
        "unknown-type": '<row r="1"><c t="z"><v>1</v></c></row>', "style-that-is-not-there": '<row r="1"><c s="99"><v>1</v></c></row>',
        "style-negative": '<row r="1"><c s="-1"><v>1</v></c></row>', "two-values": '<row r="1"><c><v>1</v><v>2</v></c></row>',
        "number-with-comma": '<row r="1"><c><v>1,5</v></c></row>', "number-with-space": '<row r="1"><c><v>1 500</v></c></row>',
        "number-nan": '<row r="1"><c><v>NaN</v></c></row>', "number-hex": '<row r="1"><c><v>0x1F</v></c></row>',
        "number-of-dots": '<row r="1"><c><v>1.2.3</v></c></row>', "number-long-exponent": '<row r="1"><c><v>1E999999</v></c></row>',
        "number-minus": '<row r="1"><c><v>-</v></c></row>', "boolean-two": '<row r="1"><c t="b"><v>2</v></c></row>',
        "date-of-letters": '<row r="1"><c t="d"><v>tomorrow</v></c></row>', "date-of-month-13": '<row r="1"><c t="d"><v>2027-13-01</v></c></row>',
        "element-in-a-value": '<row r="1"><c><v>1<x/>2</v></c></row>', "element-in-a-text": '<row r="1"><c t="inlineStr"><is><t>a<b/>c</t></is></c></row>',
    }.items():
        put("damaged", what, with_part(SHEET, rows(inside)))
    put("damaged", "two-tables", with_part(SHEET, sheet.replace("<sheetData>", "<sheetData/><sheetData>")))
    put("damaged", "merged-nonsense", with_part(SHEET, sheet.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A:B"/></mergeCells>')))
    put("damaged", "merged-backwards", with_part(SHEET, sheet.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="B2:A1"/></mergeCells>')))
    put("damaged", "merged-without-range", with_part(SHEET, sheet.replace("</sheetData>", "</sheetData><mergeCells><mergeCell/></mergeCells>")))
    put("damaged", "other-namespace", with_part(SHEET, sheet.replace(raw.MAIN, "urn:other")))
    put("damaged", "no-namespace", with_part(SHEET, sheet.replace(f'xmlns="{raw.MAIN}"', "")))
    put("damaged", "other-root", with_part(SHEET, sheet.replace("worksheet", "chartsheet")))
    put("damaged", "no-xml", with_part(SHEET, "account,mfo,pan"))
    put("damaged", "empty-sheet", with_part(SHEET, ""))
    put("damaged", "cut-sheet", with_part(SHEET, sheet[:len(sheet) * 2 // 3]))
    put("damaged", "two-roots", with_part(SHEET, sheet + "<worksheet/>"))
    put("damaged", "unknown-entity", with_part(SHEET, rows('<row r="1"><c t="str"><v>&laugh;</v></c></row>')))
    put("damaged", "nul-in-a-text", with_part(SHEET, rows('<row r="1"><c t="str"><v>a\0b</v></c></row>')))
    put("damaged", "not-utf-8", with_part(SHEET, rows('<row r="1"><c t="str"><v>@</v></c></row>').encode().replace(b"@", b"\xff\xfe\xfd")))
    put("damaged", "unknown-encoding", with_part(SHEET, sheet.replace('encoding="UTF-8"', 'encoding="EBCDIC-X"')))
    put("damaged", "utf-16-that-is-not", with_part(SHEET, sheet.replace('encoding="UTF-8"', 'encoding="UTF-16"')))
    put("damaged", "attribute-twice", with_part(SHEET, rows('<row r="1" r="2"/>')))
    put("damaged", "unclosed-comment", with_part(SHEET, sheet.replace("<sheetData>", "<!-- <sheetData>")))
    put("damaged", "unclosed-cdata", with_part(SHEET, rows("<![CDATA[")))
    noise = random.Random(1)
    words = ["".join(noise.choice("abcdefghij") for _ in range(99)) for _ in range(20)]
    blob = "".join(noise.choice(words) for _ in range(7000))
    put("damaged", "enormous-attribute", with_part(SHEET, sheet.replace("<sheetData>", f'<a b="{blob}"/><sheetData>')))
    put("damaged", "enormous-comment", with_part(SHEET, sheet.replace("<sheetData>", f"<!--{blob}--><sheetData>")))
    put("damaged", "enormous-name", with_part(SHEET, sheet.replace("<sheetData>", f"<{blob}/><sheetData>")))
    put("textBytes", "enormous-value", with_part(SHEET, rows(f'<row r="1"><c t="str"><v>{blob[:200000]}</v></c></row>')))
    put("textBytes", "enormous-string", with_part(STRINGS, strings.replace("</sst>", f"<si><t>{blob[:200000]}</t></si></sst>")))
    put("rowBytes", "long-row", with_part(SHEET, rows('<row r="1">' + "".join(
        f'<c t="str"><v>{blob[n * 1000:n * 1000 + 1000]}</v></c>' for n in range(80)) + "</row>")))
    put("columns", "last-column", with_part(SHEET, rows('<row r="1"><c r="XFD1"><v>1</v></c></row>')))
    put("columns", "wide-row", with_part(SHEET, rows('<row r="1">' + "<c><v>1</v></c>" * 2000 + "</row>")))
    put("sheets", "thousand-sheets", with_part(BOOK, good[BOOK].decode().replace(
        "</sheets>", "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1000)) + "</sheets>")))
    put("styles", "too-many-styles", with_part(STYLES, styles.replace(
        "</cellXfs>", "".join(f'<xf numFmtId="{noise.randrange(99999)}"/>' for n in range(70000)) + "</cellXfs>")))
    put("mergedRanges", "too-many-merged", with_part(SHEET, sheet.replace("</sheetData>", "</sheetData><mergeCells>" + "".join(
        f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 100003)) + "</mergeCells>")))
    put("damaged", "sheet-without-relationship", with_part(BOOK, good[BOOK].decode().replace("rId1", "rId77")))
    put("damaged", "sheet-without-name", with_part(BOOK, good[BOOK].decode().replace('name="Лист1"', "")))
    put("notAWorkbook", "workbook-of-another-kind", with_part(BOOK, good[BOOK].decode().replace(raw.MAIN, "urn:other")))
    put("notAWorkbook", "workbook-without-sheets", with_part(BOOK, "<workbook xmlns='" + raw.MAIN + "'><sheets/></workbook>"))


def cut_and_flipped():
    whole = archive(entries())
    for share in range(1, 20):
        put("damaged", f"cut-at-{share * 5:02}-percent", whole[:max(len(whole) * share // 20, 8)])
    put("damaged", "one-byte-less", whole[:-1])
    put("damaged", "zeros-behind", whole + bytes(70000))


def main():
    for old in HERE.glob("*.xlsx"):
        old.unlink()
    bombs(), sizes(), names(), entities(), xml(), cut_and_flipped()
    print(COUNT, "files")


main()
