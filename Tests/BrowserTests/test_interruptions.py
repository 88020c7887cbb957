"""Browsers close, tabs reload, machines lose power. No row is paid twice, and the page says how it stands."""

import pytest

from desk import files
from desk.house import MAKER

ROWS = 60


@pytest.fixture
def house(open_house):
    # Four at a time and each after a while, so that there is a middle.
    return open_house("--latency", 100, PAYOUT_CONCURRENCY="4")


@pytest.fixture
def path(tmp_path):
    return files.payable(tmp_path / "march.csv", ROWS)


def each_once(house):
    ids = [debit["agentTranId"] for debit in house.debits()]
    assert len(ids) == len(set(ids)) == ROWS


def test_the_desk_is_killed_in_the_middle_and_every_row_is_debited_once(house, path, let_in):
    malika = let_in(house, MAKER)
    malika.choose(path).store().pay()
    malika.wait_for_rows("paid", 10)
    malika.watch.loses_the_desk = True
    with house.bank_holding_still():
        house.lose_power()
    house.start_desk(house.port)
    # The page that was open finds out by itself that its session is over.
    malika.page.wait_for_url("**/sign-in")
    malika.sign_in().open("march")
    assert malika.standing() == "review", "an interrupted batch says so"
    before = malika.proof()
    assert 0 < before["paid"][0] < ROWS
    assert before["all"] == before["file"]
    malika.pay().wait_until_done()
    proof = malika.proof()
    assert proof["all"] == proof["file"]
    # A row that was claimed and had not left is for a person: that the bank does not know it proves nothing yet.
    assert proof["paid"][0] + proof["review"][0] + proof["unknown"][0] == ROWS
    ids = [debit["agentTranId"] for debit in house.debits()]
    assert len(ids) == len(set(ids)) == proof["paid"][0]


def test_the_run_goes_on_when_the_browser_is_closed(house, path, let_in):
    malika = let_in(house, MAKER)
    malika.choose(path).store()
    with house.bank_holding_still():
        malika.pay()
        assert malika.standing() == "running"
        malika.page.close()
        malika.context.clear_cookies()
    later = let_in(house, MAKER).open("march").wait_until_done()
    assert later.proof()["paid"][0] == ROWS
    each_once(house)
    malika.page = later.page


def test_a_reload_in_the_middle_shows_the_live_figures_again(house, path, let_in):
    malika = let_in(house, MAKER)
    malika.choose(path).store().pay()
    malika.wait_for_rows("paid", 1)
    with house.bank_holding_still():
        malika.page.reload()
        assert malika.standing() == "running"
        reached = malika.proof()["paid"][0]
        assert 1 <= reached < ROWS
    malika.wait_for_rows("paid", reached + 1)
    malika.wait_until_done()
    each_once(house)


def test_a_second_click_and_a_second_tab_pay_nothing_twice(house, path, let_in):
    malika = let_in(house, MAKER)
    malika.choose(path).store()
    fields = {
        name: malika.page.get_attribute(f"form[action$='/pay'] input[name={name}]", "value")
        for name in ["rows", "tiyin", "warnings"]
    }
    with house.bank_holding_still():
        malika.pay()
        assert malika.post("/batches/march/pay", **fields).status in (303, 409)
    malika.wait_until_done()
    assert malika.post("/batches/march/pay", **fields).status == 409, "what she agreed to is not so any more"
    each_once(house)


def test_a_stop_leaves_the_rest_unsent_and_a_click_goes_on(house, path, let_in):
    malika = let_in(house, MAKER)
    malika.choose(path).store().pay()
    malika.wait_for_rows("paid", 4)
    malika.page.click("form[action$='/stop'] button")
    malika.page.wait_for_selector("form[action$='/pay']")
    left = malika.proof()["queued"][0]
    assert left > 0
    assert str(left) in malika.page.locator("form[action$='/pay'] button").inner_text()
    malika.pay().wait_until_done()
    each_once(house)


def test_systemd_stops_the_desk_without_losing_an_answer(house, path, let_in):
    malika = let_in(house, MAKER)
    malika.choose(path).store().pay()
    malika.wait_for_rows("paid", 4)
    malika.watch.loses_the_desk = True
    assert house.desk.stop() == 0
    house.start_desk(house.port)
    malika.sign_in().open("march")
    proof = malika.proof()
    assert proof.get("unknown", (0, 0))[0] == 0, "what was on its way was waited for"
    assert proof["paid"][0] == len(house.debits())
    malika.pay().wait_until_done()
    each_once(house)
