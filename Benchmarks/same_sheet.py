#!/usr/bin/env python3
"""Whether two workbooks say the same on a sheet, read by openpyxl, which wrote neither.

    same_sheet.py A.xlsx B.xlsx SHEET

Compares every cell: what it holds, how it shows numbers, its font, colours, border and alignment; and where rules for the
looks of cells are laid over the sheet.
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


def rules(path, sheet) -> list:
    """A rule's own look is written in ways that differ and mean the same; that it draws a line under the cell is compared."""
    return [
        (str(area.sqref), rule.formula, rule.dxf.border.bottom.style)
        for area in load_workbook(path)[sheet].conditional_formatting for rule in area.rules]


def main(ours, theirs, sheet):
    if rules(ours, sheet) != rules(theirs, sheet):
        sys.exit(f"{sheet}: the rules for its looks are {rules(ours, sheet)} and {rules(theirs, sheet)}")
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
