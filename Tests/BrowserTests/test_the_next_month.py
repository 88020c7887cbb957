"""The same people are paid every month. One of them has another card this time."""

import pytest

from desk import accessibility, files
from desk.cards import ordinary_card
from desk.house import CHECKER, MAKER
from desk.layout import check_no_sideways_scrolling

PEOPLE = 12


@pytest.fixture
def house(open_house):
    return open_house(PAYOUT_REQUIRE_APPROVAL="true")


def payroll(path, swapped=None):
    return files.write(path, [
        files.line(ordinary_card(90 if row == swapped else row), 500_000_000 + row, f"Xodim {chr(64 + row)}")
        for row in range(1, PEOPLE + 1)
    ])


def approve(checker):
    checker.page.fill("#rows", str(PEOPLE))
    checker.page.fill("#sum", "60 000 000,78")
    checker.page.click("form[action$='/approve'] button")


@pytest.mark.parametrize("language", ["ru", "uz", "en"])
def test_maker_and_approver_meet_a_swapped_card(house, let_in, language, tmp_path):
    malika, rustam = let_in(house, MAKER, language), let_in(house, CHECKER, language)
    malika.choose(payroll(tmp_path / "payroll-2026-10.csv")).store()
    approve(rustam.open("payroll-2026-10"))
    malika.open("payroll-2026-10").pay().wait_until_done()

    malika.choose(payroll(tmp_path / "payroll-2026-11.csv", swapped=3))
    accessibility.check(malika.page)
    check_no_sideways_scrolling(malika.page)
    assert malika.page.locator(".comparison details").count() == 1, "one card is another one, all else is as before"
    ticks = malika.page.locator("form[action$='/import'] input[type=checkbox]")
    assert [tick.get_attribute("name") for tick in ticks.all()] == ["accept-card-4"]
    malika.store()

    rustam.open("payroll-2026-11")
    accessibility.check(rustam.page)
    check_no_sideways_scrolling(rustam.page)
    rustam.page.click(".comparison summary")
    change = rustam.page.locator(".comparison details li").inner_text()
    assert "Xodim C" in change and change.count("******") == 2, change
    assert files.ACCOUNT in rustam.page.locator("section[aria-labelledby=approve] dl").inner_text()
    approve(rustam)
    malika.open("payroll-2026-11").pay().wait_until_done()
    assert len(house.debits()) == 2 * PEOPLE

    rustam.page.goto("/people?q=ходим+c")
    assert rustam.page.locator("tbody tr").count() == 2, "both months, in any spelling"
    accessibility.check(rustam.page)
    rustam.page.click("tbody a[href$='/rows/4'] >> nth=0")
    rustam.page.click("a[href$='/slip']")
    assert "Xodim C" in rustam.page.locator("dl.data").inner_text()
    accessibility.check(rustam.page)


def test_an_unchanged_month_asks_for_no_tick(house, accountant, let_in, tmp_path):
    accountant.choose(payroll(tmp_path / "payroll-2026-10.csv")).store()
    # The same bytes would be the same file.
    again = payroll(tmp_path / "payroll-2026-11.csv")
    again.write_text(again.read_text() + "\n")
    accountant.choose(again)
    assert accountant.page.locator(".verdict.good").is_visible()
    assert accountant.page.locator("form[action$='/import'] input[type=checkbox]").count() == 0
