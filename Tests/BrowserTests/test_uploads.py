"""The desk survives every upload, says what is wrong, and keeps nothing of a refused file."""

import time

import pytest

from desk import accessibility, files
from desk.cards import ordinary_card
from desk.house import MAKER
from desk.layout import check_no_sideways_scrolling

MEGABYTE = 1 << 20
# The memory that a check may use in addition to what the desk needs.
ROOM_BYTES = 150 * MEGABYTE


@pytest.fixture
def nothing_is_left(house):
    yield
    assert house.staged_bytes() == 0
    assert house.debits() == []


def hand_in(person, path):
    """Uploads a file that the desk refuses, and waits until the page says so."""
    person.page.goto("/")
    person.page.set_input_files("#file", path)
    person.page.click("form[action='/files'] button")
    # The page reads the file before it sends the form, so a load state says nothing yet.
    person.page.locator(".verdict.error, [role=alert]:visible").first.wait_for()


def test_every_mistake_is_shown_in_its_cell_with_advice(house, accountant):
    accountant.choose(files.MISTAKES)
    page = accountant.page
    assert page.locator(".verdict.error").is_visible()
    named = page.locator(".findings.error tbody tr")
    assert named.count() >= 10
    for line in named.all():
        assert line.locator("th").inner_text().strip()
        assert line.locator(".todo").inner_text().startswith("→ ")
    rows = {int(cell.inner_text()) for cell in page.locator(".sheet tbody th").all()}
    # Rows 2 and 16 have one card. Row 11 groups its thousands, which is allowed.
    assert rows == set(range(2, 18)) - {11}, "the page lists each faulty row by its number in the spreadsheet"
    for line in page.locator(".sheet tbody tr").all():
        assert line.locator(".note").count() >= 1


def test_the_findings_workbook_marks_the_cells(house, accountant, tmp_path):
    accountant.choose(files.MISTAKES)
    workbook = accountant.download("a[href$='findings.xlsx']", tmp_path)
    assert workbook.suffix == ".xlsx" and workbook.stat().st_size > 1000


def test_a_discarded_file_leaves_nothing(house, accountant, nothing_is_left):
    accountant.choose(files.MISTAKES)
    assert house.staged_bytes() > 0
    accountant.page.click("form[action$='/discard'] button")


def test_a_sign_out_deletes_the_waiting_file(house, accountant, nothing_is_left):
    accountant.choose(files.PAYROLL)
    accountant.sign_out()


def test_ten_thousand_rows_come_in_pages_and_stay_quick(house, accountant, tmp_path):
    accountant.choose(files.payable(tmp_path / "big.csv", 10_000, tiyin=100_000))
    assert accountant.page.locator(".totals").inner_text().replace("\u00a0", " ").startswith("10 000 ")
    accountant.store()
    for place in ["", "/rows", "/rows?page=200", "/rows?q=9999", "/rows?state=paid", "/review"]:
        began = time.monotonic()
        accountant.open("big", place)
        # Allow for a debug build on a busy machine. A page that read or showed all rows would take far longer.
        assert time.monotonic() - began < 3, place
        assert len(accountant.page.content()) < 200_000, place
    accountant.open("big", "/rows")
    assert accountant.page.locator("tbody tr").count() == 50
    accountant.page.click("a[rel=next]")
    assert accountant.page.locator("tbody th").first.inner_text() == "52"
    check_no_sideways_scrolling(accountant.page)
    accessibility.check(accountant.page)


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["by the page", "by the desk"])
def test_two_hundred_megabytes_are_refused_without_storing_them(
        house, let_in, tmp_path, nothing_is_left, java_script_enabled):
    malika = let_in(house, MAKER, java_script_enabled=java_script_enabled)
    before = house.desk.peak_memory_bytes()
    hand_in(malika, files.of_bytes(tmp_path / "huge.csv", 200 * MEGABYTE))
    trouble = malika.page.locator("[role=alert]:visible")
    assert "64" in trouble.inner_text(), "it says how large a file may be"
    assert malika.page.locator("form[action$='/import']").count() == 0
    assert house.desk.peak_memory_bytes() - before < ROOM_BYTES
    malika.page.goto("/")
    assert malika.page.locator("#file").is_visible(), "the desk still answers"


def test_an_archive_that_calls_itself_csv_is_read_as_what_it_is(house, accountant, tmp_path, nothing_is_left):
    before = house.desk.peak_memory_bytes()
    hand_in(accountant, files.zip_bomb(tmp_path / "salary.csv", 512 * MEGABYTE))
    assert accountant.page.locator("form[action$='/import']").count() == 0
    assert house.desk.peak_memory_bytes() - before < ROOM_BYTES
    accountant.page.goto("/")
    if accountant.page.locator("a[href^='/files/']").count():
        accountant.page.click("a[href^='/files/']")
        accountant.page.click("form[action$='/discard'] button")


@pytest.mark.parametrize("content", ["", "\n\n\n", "account,mfo,pan,exp,amount\n"], ids=["empty", "lines", "header"])
def test_a_file_without_a_payout_is_no_batch(house, accountant, tmp_path, content):
    path = tmp_path / "empty.csv"
    path.write_text(content)
    hand_in(accountant, path)
    assert accountant.page.locator("form[action$='/import']").count() == 0


def test_markup_in_names_is_shown_as_it_is(house, accountant, tmp_path):
    evil = "<img src=x onerror=alert(1)>"
    path = files.write(
        tmp_path / f"{evil}.csv",
        [files.line(ordinary_card(1), 100_000, f"\"{evil}\""), files.line(ordinary_card(2), 100_001)])
    accountant.choose(path)
    assert evil in accountant.page.locator("h1").inner_text()
    accountant.page.fill("#reference", "'\"><script>alert(1)</script>"[:100].replace("/", ""))
    accountant.store()
    for place in ["", "/rows", "/rows/2", "/review"]:
        accountant.page.goto(accountant.page.url.split("/rows")[0].split("/review")[0] + place)
        assert accountant.page.locator("img, main script").count() == 0
    accountant.page.goto("/")
    assert accountant.page.locator("main img, main script").count() == 0


def test_two_files_dropped_together_are_not_one_batch(house, accountant, tmp_path, nothing_is_left):
    accountant.drop_together([files.payable(tmp_path / "01-a.csv", 2), files.payable(tmp_path / "01-b.csv", 3)])
    accountant.page.wait_for_url("**/files")
    assert accountant.page.locator("h1").inner_text() == "Загружайте файлы по одному"
    accessibility.check(accountant.page)
    accountant.page.goto("/")
    assert accountant.page.locator("tbody tr").count() == 0


def test_a_long_name_is_suggested_whole_and_can_be_stored(house, accountant, tmp_path):
    name = "Реестр на зачисление заработной платы за ноябрь 2026 года"
    accountant.choose(files.payable(tmp_path / f"{name}.csv", 1))
    assert accountant.page.input_value("#reference") == name
    accountant.store()
    assert accountant.page.locator("h1").inner_text().startswith(name)


def test_a_name_of_two_hundred_letters_without_a_space_breaks_no_page(house, accountant, tmp_path):
    accountant.choose(files.payable(tmp_path / ("й" * 120 + ".csv"), 1))
    check_no_sideways_scrolling(accountant.page)
    accountant.page.fill("#reference", "й" * 200)
    accountant.store()
    batch = accountant.page.url
    for width in [1280, 360]:
        accountant.page.set_viewport_size({"width": width, "height": 800})
        for place in [batch, batch + "/rows", batch + "/rows/2", batch + "/review", "/"]:
            accountant.page.goto(place)
            check_no_sideways_scrolling(accountant.page)


def test_a_card_in_a_files_name_is_masked(house, accountant, tmp_path):
    accountant.choose(files.payable(tmp_path / f"Karimov {ordinary_card(3)}.csv", 1)).store()
    accountant.page.goto("/")
    assert "******" in accountant.page.locator("tbody").inner_text()
