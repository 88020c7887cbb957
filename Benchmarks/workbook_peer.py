#!/usr/bin/env python3
"""Reads a workbook as a Python program would, and checks nothing; or makes one.

    workbook_peer.py openpyxl BOOK.xlsx ROWS
    workbook_peer.py python-calamine BOOK.xlsx ROWS
    workbook_peer.py write TABLE.csv BOOK.xlsx LETTERS
"""

import csv
import sys


def rows_by_openpyxl(path):
    from openpyxl import load_workbook

    return load_workbook(path, read_only=True).active.iter_rows(values_only=True)


def rows_by_calamine(path):
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()


def read(rows, expected):
    count = sum(1 for row in rows if row[2]) - 1
    if count != int(expected):
        sys.exit(f"{count} rows of {expected} were read")


def write(table, path, letters):
    import xlsxwriter

    with open(table, newline="") as file, xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, (*texts, amount) in enumerate(csv.reader(file)):
            for column, text in enumerate(texts):
                sheet.write_string(number, column, text)
            if number == 0:
                sheet.write_string(number, 4, amount)
            else:
                sheet.write_number(number, 4, int(amount))
            if int(letters):
                sheet.write_string(number, 5, f"{number} ".ljust(int(letters), "x") if number else "name")


match sys.argv[1:]:
    case ["openpyxl", path, expected]: read(rows_by_openpyxl(path), expected)
    case ["python-calamine", path, expected]: read(rows_by_calamine(path), expected)
    case ["write", table, path, letters]: write(table, path, letters)
    case _: sys.exit(__doc__)
