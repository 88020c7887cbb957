#!/usr/bin/env python3
"""Whether two workbooks say the same on a sheet, read by openpyxl, which wrote neither.

    same_sheet.py A.xlsx B.xlsx SHEET

Compares every cell: what it holds, how it shows numbers, its font, colours, border and alignment.
"""

import sys
from itertools import zip_longest

from openpyxl import load_workbook


def look(cell) -> tuple:
    if getattr(cell, "font", None) is None:
        return ()
    font, border, shape = cell.font, cell.border, cell.alignment
    return (
        cell.number_format, font.name, font.sz, font.b, font.color and font.color.rgb, cell.fill.fgColor.rgb,
        border.bottom and border.bottom.style, shape.wrap_text, shape.indent, shape.vertical)


def main(ours, theirs, sheet):
    books = [load_workbook(path, read_only=True) for path in (ours, theirs)]
    cells = 0
    for number, (mine, other) in enumerate(zip_longest(*(book[sheet].iter_rows() for book in books), fillvalue=()), 1):
        if len(mine) != len(other):
            sys.exit(f"row {number} has {len(mine)} cells in one and {len(other)} in the other")
        for a, b in zip(mine, other):
            if a.value != b.value or look(a) != look(b):
                sys.exit(f"{sheet}, row {number}: {a.value!r} {look(a)} is not {b.value!r} {look(b)}")
            cells += 1
    if cells == 0:
        sys.exit("there is nothing on the sheet")
    print(f"{cells} cells are the same")


main(*sys.argv[1:])
