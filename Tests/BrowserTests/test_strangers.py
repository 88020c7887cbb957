"""A page in another tab, another program or a DNS rebinding attack can do nothing with the desk."""

import http.server
import threading
import urllib.error
import urllib.request

import pytest

from desk import files
from desk.house import MAKER, PASSWORD


@pytest.fixture
def batch(house, accountant, tmp_path):
    accountant.choose(files.payable(tmp_path / "bonus.csv", 2)).store()
    return "/batches/bonus"


@pytest.fixture
def elsewhere(request):
    """Another origin on the same machine that serves one page."""
    class Page(http.server.BaseHTTPRequestHandler):
        body = b""

        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(Page.body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def serve(html):
        Page.body = html.encode()
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    server.shutdown()
    server.server_close()


def fields_to_pay(person):
    return {
        name: person.page.get_attribute(f"form[action$='/pay'] input[name={name}]", "value")
        for name in ["token", "rows", "tiyin", "warnings"]
    }


def test_a_form_that_another_page_sends_does_nothing_even_with_the_right_token(
        house, accountant, batch, elsewhere):
    hidden = "".join(f"<input name='{name}' value='{value}'>" for name, value in fields_to_pay(accountant).items())
    address = elsewhere(
        f"<form method=post action='{house.url}{batch}/pay'>{hidden}</form><script>document.forms[0].submit()</script>")
    tab = accountant.context.new_page()
    accountant.watch.foreign = (address,)
    tab.goto(address)
    tab.wait_for_url(f"{house.url}/**")
    assert tab.locator("[role=alert]").is_visible() or tab.url.endswith("/sign-in")
    tab.close()
    assert house.books("requests")["pay"] == 0


def test_no_other_page_may_show_the_desk_in_a_frame_or_read_it(house, accountant, batch, elsewhere):
    address = elsewhere(
        f"""<iframe src='{house.url}/'></iframe><script>
        window.read = fetch('{house.url}/', {{credentials: 'include'}}).then(a => a.text(), () => 'refused')
        </script>""")
    tab = accountant.context.new_page()
    accountant.watch.foreign = (address,)
    tab.goto(address)
    assert tab.evaluate("window.read") == "refused"
    shown = tab.frames[1].locator("body").inner_text() if len(tab.frames) > 1 else ""
    assert "bonus" not in shown
    tab.close()


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.nip.example", "", "[::2]"])
def test_the_desk_refuses_foreign_host_names(house, accountant, host):
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in accountant.context.cookies())
    request = urllib.request.Request(f"{house.url}/", headers={"Cookie": cookies, "Host": host})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)
    assert refused.value.code in (400, 421)
    assert MAKER not in refused.value.read().decode()


@pytest.mark.parametrize("headers", [
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://127.0.0.1:1"},
], ids=["another origin", "no origin", "the same site", "another port"])
def test_a_form_from_anywhere_else_does_nothing(house, accountant, batch, headers):
    fields = fields_to_pay(accountant)
    answer = accountant.context.request.post(
        f"{house.url}{batch}/pay", form=fields, headers=headers, max_redirects=0)
    assert answer.status == 403
    assert house.books("requests")["pay"] == 0


@pytest.mark.parametrize("token", ["", "x" * 43], ids=["none", "another"])
def test_a_form_without_its_token_does_nothing(house, accountant, batch, token):
    fields = {**fields_to_pay(accountant), "token": token}
    answer = accountant.context.request.post(
        f"{house.url}{batch}/pay", form=fields, max_redirects=0,
        headers={"Origin": house.url, "Sec-Fetch-Site": "same-origin"})
    assert answer.status == 403
    assert house.books("requests")["pay"] == 0


def test_an_anonymous_user_sees_nothing(house, accountant, batch, let_in):
    stranger = let_in(house, "stranger", signs_in=False)
    for path in ["/", batch, f"{batch}/rows", f"{batch}/rows/2", f"{batch}/review", f"{batch}/report.xlsx",
                 f"{batch}/progress", f"{batch}/rerun"]:
        answer = stranger.context.request.get(f"{house.url}{path}", max_redirects=0)
        assert answer.status == 303 and answer.headers["location"].startswith("/sign-in"), path


def test_the_session_is_kept_from_scripts_and_other_sites(house, accountant):
    [cookie] = [cookie for cookie in accountant.context.cookies() if "session" in cookie["name"]]
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict"
    assert accountant.page.evaluate("document.cookie") == ""


def test_an_old_session_is_invalid_after_sign_out(house, accountant, let_in):
    cookies = accountant.context.cookies()
    accountant.sign_out()
    thief = let_in(house, signs_in=False)
    thief.context.add_cookies([cookie for cookie in cookies if "session" in cookie["name"]])
    thief.page.goto("/")
    assert thief.page.url.endswith("/sign-in")


def test_guessing_passwords_locks_the_name(house, let_in):
    guesser = let_in(house, signs_in=False)
    for guess in range(5):
        guesser.sign_in(f"guess number {guess}")
        assert guesser.page.locator("[role=alert]").is_visible()
    guesser.sign_in(PASSWORD)
    assert guesser.page.locator("#password").is_visible(), "even the right password must wait now"
    assert [entry["act"] for entry in house.audit()].count("signInFailed") == 5


def test_a_sign_in_that_is_real_is_made_by_the_command(open_house, let_in):
    from desk.program import run

    house = open_house()
    run("desk-user", "add", "nodira", "--role", "maker", folder=house.folder, environment=house.environment,
        given="correct horse battery\n")
    assert "nodira\tmaker" in run("desk-user", "list", folder=house.folder, environment=house.environment)
    nodira = let_in(house, "nodira", signs_in=False).sign_in("correct horse battery")
    nodira.page.wait_for_selector("#file")
    run("desk-user", "remove", "nodira", folder=house.folder, environment=house.environment)
    nodira.page.goto("/")
    assert nodira.page.url.endswith("/sign-in"), "a removed user is signed out at once"
