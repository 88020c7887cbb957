"""A new accountant with a payroll as her program writes it: a title, № and ФИО, no account, a sum without a unit, expiry 04/27."""

import pytest

from desk import accessibility
from desk.cards import ordinary_card
from desk.house import MAKER
from desk.layout import check_no_sideways_scrolling

openpyxl = pytest.importorskip("openpyxl")

ACCOUNT, BANK_CODE = "20208000900123456001", "01183"


@pytest.fixture(params=["ru", "uz", "en"])
def language(request):
    return request.param


def payroll(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ООО «Намуна», ИНН 305123456. Зарплата за ноябрь 2026"])
    sheet.append(["№", "ФИО", "Номер карты", "Годен до", "Сумма к выплате"])
    for row in range(1, 4):
        sheet.append([row, "Каримов Азиз", ordinary_card(row), "04/27", 1_500_000 + row])
    sheet.append(["", "Итого", "", "", 4_500_006])
    sheet.append(["", "Директор", "", "", ""])
    book.save(path)
    return path


def test_a_payroll_is_paid_in_three_steps_after_the_upload(open_house, let_in, language, tmp_path):
    house = open_house()
    malika = let_in(house, MAKER, language)
    malika.choose(payroll(tmp_path / "payroll.xlsx"))
    accessibility.check(malika.page)
    check_no_sideways_scrolling(malika.page)
    # First step: the questions, all in one form.
    malika.page.check("input[name=unit][value=som]")
    malika.page.fill("input[name=account]", ACCOUNT)
    malika.page.fill("input[name=mfo]", BANK_CODE)
    malika.page.click("form[action$='/choices'] button.primary")
    assert malika.page.locator(".totals").inner_text().replace("\u00a0", " ").startswith("3 ")
    # Second step: store. Third step: send.
    malika.store()
    malika.pay()
    malika.wait_until_done()
    assert sorted(debit["amount"] for debit in house.debits()) == [150_000_100 + 100 * row for row in range(3)]
