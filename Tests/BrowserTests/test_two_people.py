"""If a second person must approve, nobody can pay alone."""

import pytest

from desk import accessibility, files, pictures
from desk.cards import ordinary_card
from desk.house import CHECKER, MAKER, VIEWER

ROWS, TIYIN = 3, 30_000_006


@pytest.fixture
def house(open_house):
    return open_house(PAYOUT_REQUIRE_APPROVAL="true")


@pytest.fixture
def batch(house, accountant, tmp_path):
    accountant.choose(files.payable(tmp_path / "bonus.csv", ROWS)).store()
    return "/batches/bonus"


def approve(checker, rows, sum_):
    checker.page.fill("#rows", rows)
    checker.page.fill("#sum", sum_)
    checker.page.click("form[action$='/approve'] button")


@pytest.mark.parametrize("language", ["ru", "uz", "en"])
def test_one_uploads_another_approves_and_the_first_pays(house, batch, accountant, let_in, language):
    assert accountant.page.locator("form[action$='/pay']").count() == 0
    assert accountant.page.locator("form[action$='/approve']").count() == 0
    rustam = let_in(house, CHECKER, language).open("bonus")
    accessibility.check(rustam.page)
    assert rustam.page.input_value("#rows") == rustam.page.input_value("#sum") == "", "the checker's own figures"
    pictures.take(rustam.page, "16-approval", language)
    approve(rustam, "3", "300 000,06")
    assert rustam.standing() == "waiting"
    assert rustam.page.locator("form[action$='/approve']").count() == 0
    assert rustam.page.locator("form[action$='/pay']").count() == 0, "the checker does not pay"
    accountant.open("bonus").pay().wait_until_done()
    assert accountant.proof()["paid"] == (ROWS, TIYIN)


@pytest.mark.parametrize("rows, sum_", [("4", "300 000,06"), ("3", "300 000,07"), ("3", "30 000 006"), ("three", "?")])
def test_other_totals_than_the_batchs_approve_nothing(house, batch, checker, rows, sum_):
    checker.open("bonus")
    approve(checker, rows, sum_)
    checker.page.wait_for_selector("form[action$='/approve'] [role=alert]", state="visible")
    accessibility.check(checker.page)
    checker.page.reload()
    assert (checker.page.input_value("#rows"), checker.page.input_value("#sum")) == (rows, sum_), "the typed values are kept"
    checker.open("bonus")
    assert checker.page.locator("form[action$='/approve']").count() == 1


def test_forms_that_a_page_does_not_offer_are_refused(house, batch, accountant, checker, viewer):
    stranger_to = {
        accountant: ["/approve"],
        checker: ["/pay", "/reconcile", "/rerun", "/rows/2/withdraw", "/rows/2/resolve", "/rows/2/correction"],
        viewer: [
            "/approve", "/pay", "/stop", "/reconcile", "/rerun", "/rows/2/withdraw", "/rows/2/resolve",
            "/rows/2/correction",
        ],
    }
    everything = dict(
        rows=str(ROWS), sum="300 000,06", tiyin=str(TIYIN), warnings="0", accept="yes", note="x", decision="paid",
        pan=ordinary_card(7))
    for person, paths in stranger_to.items():
        person.open("bonus")
        for path in paths:
            answer = person.post(batch + path, **everything)
            assert answer.status == 403, f"{person.name} {path}: {answer.status}"
    for person in [checker, viewer]:
        person.page.goto("/")
        assert person.page.locator("#file").count() == 0
        answer = person.context.request.post(
            f"{house.url}/files", headers={"Origin": house.url, "Sec-Fetch-Site": "same-origin"}, max_redirects=0,
            multipart={
                "token": person.form_token(),
                "file": {"name": "a.csv", "mimeType": "text/csv", "buffer": files.PAYROLL.read_bytes()},
            })
        assert answer.status == 403
    assert house.books("requests")["pay"] == 0
    refused = [entry for entry in house.audit() if entry["act"] == "notAllowed"]
    assert {entry["who"] for entry in refused} == {MAKER, CHECKER, VIEWER}, "the audit log has each"


def test_the_person_who_corrected_a_batch_cannot_approve_it(house, accountant, let_in, tmp_path):
    accountant.choose(files.of_outcomes(tmp_path / "bonus.csv", 1)).store()
    rustam = let_in(house, CHECKER).open("bonus")
    approve(rustam, "2", "500 000,02")
    accountant.open("bonus").pay().wait_until_done()
    accountant.open("bonus", "/rows/2")
    accountant.page.fill("#pan", ordinary_card(50))
    accountant.page.fill("#exp", "1230")
    accountant.page.click("form[action$='/correction'] button")
    accountant.page.click("form[action$='/rerun'] button")
    accountant.open("bonus")
    assert accountant.page.locator("form[action$='/pay']").count() == 0, "a correction voids the approval"
    rustam.open("bonus")
    assert rustam.page.locator(".changes label").count() == 1, "the corrections are shown"
    accessibility.check(rustam.page)
    assert len(house.debits()) == 1


def test_a_viewer_sees_everything_and_downloads_the_report(house, batch, viewer, tmp_path):
    for page in ["", "/rows", "/rows/2", "/review"]:
        viewer.open("bonus", page)
        assert viewer.page.locator("main form[method=post]").count() == 0, page
