"""The month's end at the desk, as in the guide: the bank's statement, what it leaves to a person, and the register to sign."""

import calendar
import csv
import datetime
import urllib.request
import zoneinfo

import pytest

from desk import accessibility, files, pictures
from desk.house import MAKER
from desk.layout import check_no_sideways_scrolling

ACCOUNT = "20208000900123456001"
# The bank debits this row of samples/payroll.csv and says that a person must settle it.
FOR_A_PERSON = 55


@pytest.fixture(params=["ru", "uz", "en"])
def language(request):
    return request.param


def this_month():
    today = datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Tashkent")).date()
    last = calendar.monthrange(today.year, today.month)[1]
    return f"{today:%Y-%m}", f"{today:%Y-%m}-01", f"{today:%Y-%m}-{last}"


def statement(house, path, kind):
    """Fetches the bank's statement of this month."""
    _, first, last = this_month()
    address = f"{house.bank_url}/sandbox/statements/{ACCOUNT}/{first}/{last}/{kind}"
    with urllib.request.urlopen(address, timeout=30) as answer:
        path.write_bytes(answer.read())
    return path


def look(person, name):
    accessibility.check(person.page)
    check_no_sideways_scrolling(person.page)
    pictures.take(person.page, name, person.language)


def test_an_accountant_ends_the_month_in_their_language(house, let_in, language, tmp_path):
    malika = let_in(house, MAKER, language)
    malika.choose(files.PAYROLL).store().pay().wait_until_done()
    month = this_month()[0]
    bank_file = statement(house, tmp_path / f"{month}.xlsx", "xlsx")

    malika.page.goto("/")
    malika.page.click("a[href='/statements']")
    look(malika, "17-statements")
    malika.compare(bank_file)
    assert malika.page.locator(".verdict.warning").is_visible()
    look(malika, "18-statement")
    row = malika.page.locator("section tbody a")
    assert row.count() == 1 and row.get_attribute("href").endswith(f"/rows/{FOR_A_PERSON}")
    day, document = row.locator("xpath=ancestor::tr").locator("td").all_inner_texts()[:2]
    row.click()
    malika.page.check("input[value=paid]")
    malika.page.select_option("#evidence", "statement")
    malika.page.fill("#note", f"№ {document}, {day}")
    malika.page.click("form[action$='/resolve'] button")
    malika.page.click("form[action$='/resolve'] button")
    assert malika.standing() == "paid"

    malika.compare(bank_file)
    assert malika.page.locator(".verdict.good").is_visible()
    assert malika.page.locator("section").count() == 0, "nothing is left to decide"
    look(malika, "19-agreed")
    malika.page.goto("/statements")
    assert malika.page.locator("tbody .state.paid").count() == 1, "the period is closed"

    malika.page.select_option("#month", month)
    malika.page.click("form[action='/months'] button")
    malika.page.wait_for_url(f"**/months/{month}")
    assert malika.page.locator(".verdict.good").is_visible()
    look(malika, "20-month")
    register = malika.download("a[href$='register.csv']", tmp_path)
    with open(register, encoding="utf-8-sig", newline="") as table:
        rows = list(csv.reader(table, delimiter=";"))
    debits = [debit for debit in house.debits() if debit["reversedAt"] is None]
    assert rows[-1][5].replace(",", "").replace(".", "") == str(sum(debit["amount"] for debit in debits))
    assert not rows[-1][9].strip("0.,"), "the bank returned nothing"
    assert malika.download("a[href$='register.xlsx']", tmp_path).read_bytes().startswith(b"PK")

    malika.open("payroll", f"/rows/{FOR_A_PERSON}")
    look(malika, "21-row-on-statement")


def test_a_damaged_statement_is_refused_with_its_line(house, accountant, viewer, tmp_path):
    accountant.choose(files.payable(tmp_path / "bonus.csv", 3)).store().pay().wait_until_done()
    whole = statement(house, tmp_path / "whole.txt", "1c-utf8").read_text()
    cut = tmp_path / "cut.txt"
    cut.write_text(whole.replace("\nСумма=", "\nСумма=x", 1))
    accountant.page.goto("/statements")
    accountant.page.set_input_files("#file", cut)
    accountant.page.click("form[action='/statements'] button")
    line = whole[: whole.index("\nСумма=")].count("\n") + 2
    assert f"строка {line}:" in accountant.page.locator(".notice.trouble").inner_text()
    accessibility.check(accountant.page)
    assert accountant.page.locator("tbody").count() == 0, "nothing was stored"
    assert house.staged_bytes() == 0

    viewer.page.goto("/statements")
    assert viewer.page.locator("input[type=file]").count() == 0, "only the accountant compares statements"
