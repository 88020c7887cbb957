"""Browsers close, tabs reload, machines lose power. No row is paid twice, and the page shows the true state."""

import subprocess

import pytest

from desk import files
from desk.house import MAKER
from desk.program import EXECUTABLE, PATIENCE_SECONDS

ROWS = 60


@pytest.fixture
def house(open_house):
    # Four at a time, each with a latency, so that the run has a middle.
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
    malika.page.wait_for_selector("[data-lost]", state="visible", timeout=10_000)
    house.start_desk(house.port)
    # The open page notices by itself that its session is over.
    malika.page.wait_for_url("**/sign-in*")
    assert malika.page.locator(".notice.trouble").is_visible(), "why they must sign in"
    malika.sign_in().open("march")
    assert malika.standing() == "review", "an interrupted batch says so"
    before = malika.proof()
    assert 0 < before["paid"][0] < ROWS
    assert before["all"] == before["file"]
    malika.pay().wait_until_done()
    proof = malika.proof()
    assert proof["all"] == proof["file"]
    # A row that was claimed and not sent waits for a person: “not found” from the bank proves nothing yet.
    assert proof["paid"][0] + proof["review"][0] + proof["unknown"][0] == ROWS
    ids = [debit["agentTranId"] for debit in house.debits()]
    assert len(ids) == len(set(ids)) == proof["paid"][0]


def test_the_run_continues_when_the_browser_is_closed(house, path, let_in):
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
    assert malika.post("/batches/march/pay", **fields).status == 409, "the batch has changed since the confirmation"
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
    # The open page did not reload while the desk was down.
    malika.page.wait_for_url("**/sign-in*")
    malika.sign_in().open("march")
    proof = malika.proof()
    assert proof.get("unknown", (0, 0))[0] == 0, "the run waited for the answers in flight"
    assert proof["paid"][0] == len(house.debits())
    malika.pay().wait_until_done()
    each_once(house)


def test_above_the_stream_limit_a_page_reloads_itself_slowly(house, path, let_in):
    malika = let_in(house, MAKER)
    malika.choose(path).store()
    with house.bank_holding_still():
        malika.pay()
        others = [malika.context.new_page() for _ in range(3)]
        for page in others:
            with page.expect_response("**/progress") as followed:
                page.goto("/batches/march")
            assert followed.value.status == 200
        late = malika.context.new_page()
        late.clock.install()
        shown = []
        late.on("request", lambda request: shown.append(request) if request.is_navigation_request() else None)
        with late.expect_response("**/progress") as refused:
            late.goto("/batches/march")
        assert refused.value.status == 429
        assert late.get_attribute("h1 .state", "class").split()[-1] == "running"
        late.clock.run_for(4_900)
        assert len(shown) == 1, "not at once: the desk would refuse it again"
        with late.expect_response("**/progress") as again:
            late.clock.run_for(200)
        assert again.value.status == 429 and len(shown) == 2
        for page in others:
            page.close()
        # A permit is free by now, or at the next try.
        while True:
            with late.expect_response("**/progress") as seated:
                late.clock.run_for(5_100)
            if seated.value.status == 200:
                break
    late.wait_for_selector(".adds-up.good")
    late.close()
    malika.wait_until_done()
    each_once(house)


def test_a_second_desk_is_told_why_it_cannot_start(house, tmp_path):
    same_port = {**house.environment, "PAYOUT_LEDGER": str(tmp_path / "other.sqlite")}
    # The person wants a second ledger under the same key.
    for environment, more, reason in [
            (house.environment, [], "another desk is already serving this ledger"),
            (same_port, ["--new-ledger"], f"cannot listen at 127.0.0.1:{house.port} (Address already in use)")]:
        second = subprocess.run(
            [EXECUTABLE, "desk", "--port", str(house.port), *more], cwd=tmp_path, env=environment, capture_output=True, text=True,
            timeout=PATIENCE_SECONDS)
        assert second.returncode != 0
        assert reason in second.stderr and len(second.stderr.splitlines()) == 1, second.stderr
