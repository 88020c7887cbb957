"""The whole job from the file to the finished report, as in the guide. This test takes the guide's pictures, so they stay current."""

from urllib.parse import urlsplit

import pytest

from desk import accessibility, files, pictures, report
from desk.cards import ordinary_card, whole_cards
from desk.house import MAKER
from desk.layout import check_no_sideways_scrolling

# Rows of samples/payroll.csv, by what the bank answers (docs/sandbox.md).
NO_SUCH_CARD, BLOCKED, TOO_MUCH, OTHER_BANK, FOR_A_PERSON = 5, 10, 24, 28, 55


@pytest.fixture
def house(open_house):
    # A latency, so that a run has a middle.
    return open_house("--latency", 200, PAYOUT_CONCURRENCY="4")


@pytest.fixture(params=["ru", "uz", "en"])
def language(request):
    return request.param


@pytest.fixture
def look(language):
    """Checks the accessibility and the layout of a step, and keeps its picture for the guide."""

    def look(person, name):
        assert person.page.get_attribute("html", "lang") == language
        accessibility.check(person.page)
        check_no_sideways_scrolling(person.page)
        pictures.take(person.page, name, language)

    return look


def paid_by_the_bank(house):
    return [debit for debit in house.debits() if debit["reversedAt"] is None]


def test_an_accountant_does_the_whole_job_in_their_language(house, let_in, language, look, tmp_path):
    malika = let_in(house, MAKER, language, signs_in=False)
    malika.page.goto(f"/sign-in?lang={language}")
    look(malika, "01-sign-in")
    malika.sign_in()
    look(malika, "02-no-batches")

    malika.drop(files.MISTAKES)
    look(malika, "03-mistakes")
    assert malika.page.locator("form[action$='/import']").count() == 0, "a file with errors cannot be stored"
    malika.page.click("form[action$='/discard'] button")

    malika.drop(files.PAYROLL)
    look(malika, "04-checked")
    assert malika.page.locator(".verdict.good").is_visible()
    assert malika.page.locator(".totals").inner_text().replace("\u00a0", " ").startswith("60 ")
    malika.store()
    look(malika, "05-ready")
    assert house.books("requests")["pay"] == 0, "storing a file sends nothing"

    malika.pay().wait_for_rows("paid", 20)
    with house.bank_holding_still():
        assert malika.standing() == "running"
        look(malika, "06-running")
    malika.wait_until_done()
    look(malika, "07-result")

    proof = malika.proof()
    debits = paid_by_the_bank(house)
    # The bank debited one row of the sample and says that a person must settle it.
    assert proof["paid"] == (len(debits) - 1, sum(debit["amount"] for debit in debits) - unsettled(debits, malika))
    assert proof["all"] == proof["file"] == (60, 52_655_612_167)
    rows = report.rows(malika.download("a[href$='report.xlsx']", tmp_path))
    assert [row.number for row in rows] == list(range(2, 62))
    assert sum(row.tiyin for row in rows) == proof["file"][1]
    assert report.parts(rows) == sorted((proof[state][0] for state in proof if state in shown(proof)), reverse=True)
    assert not whole_cards(report.text(tmp_path / "payroll.xlsx"))
    assert {debit["agentTranId"] for debit in debits} <= {row.agent_id for row in rows}

    malika.open("payroll", "/review")
    look(malika, "08-review")
    malika.open("payroll", f"/rows/{NO_SUCH_CARD}")
    look(malika, "09-row")
    malika.page.fill("#pan", ordinary_card(900))
    malika.page.fill("#exp", "12/30")
    malika.page.click("form[action$='/correction'] button")
    malika.page.wait_for_url("**/rerun*")
    look(malika, "10-correction")
    malika.page.click("form[action$='/rerun'] button")
    malika.page.wait_for_url("**/batches/payroll")
    malika.wait_until_done()
    malika.open("payroll", f"/rows/{NO_SUCH_CARD}")
    assert malika.standing() == "paid"
    assert malika.page.locator("#attempts + .scroll tbody tr").count() == 2, "both tries are shown"
    look(malika, "11-corrected-row")

    malika.open("payroll", f"/rows/{FOR_A_PERSON}")
    malika.page.check("input[value=paid]")
    malika.page.select_option("#evidence", "letter")
    malika.page.fill("#note", "Письмо банка № 214")
    look(malika, "12-decision")
    malika.page.click("form[action$='/resolve'] button")
    assert malika.page.locator("tbody tr").count() == 2, "the effect is shown first"
    malika.page.click("form[action$='/resolve'] button")
    assert malika.standing() == "paid"
    assert "Письмо банка № 214" in malika.page.locator(".events").inner_text()

    malika.open("payroll", f"/rows/{TOO_MUCH}")
    malika.page.fill("#why", "Уволен(а)")
    malika.page.click("form[action$='/withdraw'] button")
    malika.page.click("form[action$='/withdraw'] button")
    assert malika.standing() == "withdrawn"

    malika.open("payroll")
    proof = malika.proof()
    assert proof["all"][0] == proof["file"][0] == 60
    assert proof["withdrawn"][0] == 1
    assert proof["paid"] == (len(paid_by_the_bank(house)), sum(debit["amount"] for debit in paid_by_the_bank(house)))
    look(malika, "13-end")
    malika.page.click(".facts summary")
    accessibility.check(malika.page)

    malika.open("payroll", "/rows?state=refused")
    look(malika, "14-rows")
    malika.page.goto("/?q=PAYR")
    assert malika.page.locator("tbody tr").count() == 1
    look(malika, "15-batches")
    malika.page.goto("/?q=nothing-of-that-name")
    assert malika.page.locator("tbody tr").count() == 0
    malika.sign_out()
    malika.open("payroll")
    assert urlsplit(malika.page.url).path == "/sign-in", "a signed-out user sees nothing"


def shown(proof):
    return [state for state in proof if state not in ("all", "file") and proof[state][0] > 0]


def unsettled(debits, person):
    return person.proof()["review"][1]


def test_warnings_must_be_accepted_before_anything_can_be_stored(house, accountant, tmp_path):
    twice = files.write(tmp_path / "twice.csv", [files.line(ordinary_card(1), 5_000_000)] * 2)
    accountant.choose(twice)
    assert accountant.page.locator(".verdict.warning").is_visible()
    accountant.page.click("form[action$='/import'] button")
    assert "/files/" in accountant.page.url, "the browser itself asks for the tick"
    file = accountant.page.url.split("/files/")[1]
    refused = accountant.post(f"/files/{file}/import", reference="twice")
    assert refused.status == 400
    accountant.store()
    assert accountant.standing() == "waiting"


def test_the_same_file_again_is_only_stored_on_purpose_and_under_another_name(house, accountant, tmp_path):
    path = files.payable(tmp_path / "bonus.csv", 3)
    accountant.choose(path).store()
    accountant.choose(path)
    assert accountant.page.locator(".notice.trouble a[href='/batches/bonus']").is_visible()
    accountant.page.fill("#reference", "bonus-2")
    accountant.store()
    assert accountant.page.url.endswith("/batches/bonus-2")


def test_the_language_is_switched_on_the_page_and_kept(house, accountant):
    for language in ["uz", "en", "ru"]:
        accountant.page.click(f".languages a[hreflang={language}]")
        accountant.page.goto("/")
        assert accountant.page.get_attribute("html", "lang") == language
