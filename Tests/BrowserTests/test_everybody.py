"""The desk is usable by keyboard, enlarged, on a phone, on paper, in the dark, and without JavaScript."""

import pytest

from desk import accessibility, files, pictures
from desk.house import MAKER
from desk.layout import check_no_sideways_scrolling, check_nothing_is_cut_off

PHONE = {"width": 360, "height": 740}
# A screen of 1280 by 900 at 200 % zoom.
ENLARGED = {"width": 640, "height": 450}


@pytest.fixture
def paid(house, accountant, tmp_path):
    """A batch with a row in every state that people handle."""
    path = files.of_outcomes(tmp_path / "april.csv", 1, 2, 23, 5)
    accountant.choose(path).store().pay().wait_until_done()
    return "april"


def every_page(person, batch):
    """Shows each kind of page, one after another."""
    person.page.goto("/")
    yield "batches"
    for name, place in [
        ("batch", ""), ("rows", "/rows"), ("review", "/review"), ("row-refused", "/rows/2"), ("row-review", "/rows/6"),
        ("row-paid", "/rows/3"), ("rerun", "/rerun?reason=card_not_found"), ("nothing", "/rows/99999"),
    ]:
        person.open(batch, place)
        yield name
    person.choose(files.MISTAKES)
    yield "mistakes"
    person.page.click("form[action$='/discard'] button")
    person.choose(files.PAYROLL)
    yield "checked"


PHONES = {"viewport": PHONE, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}


@pytest.mark.parametrize("language, screen", [
    pytest.param(language, screen, id=f"{name}-{language}")
    for language, name, screen in [
        ("ru", "phone", PHONES), ("uz", "phone", PHONES), ("en", "phone", PHONES),
        ("uz", "enlarged", {"viewport": ENLARGED}), ("ru", "dark", {"color_scheme": "dark"}),
        ("ru", "contrast", {"forced_colors": "active"}),
    ]
])
def test_every_page_fits_and_can_be_used(house, paid, let_in, screen, language, request):
    malika = let_in(house, MAKER, language, **screen)
    for name in every_page(malika, paid):
        check_no_sideways_scrolling(malika.page)
        accessibility.check(malika.page)
        pictures.take(malika.page, f"{request.node.callspec.id.split('-')[0]}-{name}", language)


@pytest.mark.parametrize("language", ["ru", "uz", "en"])
def test_at_200_percent_nothing_is_lost(house, paid, let_in, language):
    malika = let_in(house, MAKER, language, zoom=2)
    assert malika.page.evaluate("[devicePixelRatio, innerWidth]") == [2, 640], "the browser itself is zoomed"
    for _ in every_page(malika, paid):
        check_no_sideways_scrolling(malika.page)
        check_nothing_is_cut_off(malika.page)


def press_until(page, selector, key="Tab", limit=60):
    """Tabs through the page. Every element with the focus must show it."""
    for _ in range(limit):
        page.keyboard.press(key)
        here = page.evaluate("""selector => {
            const element = document.activeElement, style = getComputedStyle(element);
            return {
                there: element.matches(selector), body: element === document.body,
                tag: element.outerHTML.slice(0, 80),
                visible: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
            };
        }""", selector)
        assert here["visible"] or here["body"], f"{page.url}: the focus cannot be seen on {here['tag']}"
        if here["there"]:
            return
    raise AssertionError(f"{page.url}: the keyboard does not reach {selector}")


def test_every_step_works_by_keyboard(house, let_in, tmp_path):
    malika = let_in(house, MAKER, signs_in=False)
    page = malika.page
    # Set before the page loads: only then does the browser not open its own dialog.
    page.on("filechooser", lambda _: None)
    page.goto("/sign-in")
    assert page.evaluate("document.activeElement.id") == "name", "the user can type at once"
    page.keyboard.type(MAKER)
    page.keyboard.press("Tab")
    page.keyboard.type("a long enough passphrase")
    page.keyboard.press("Enter")
    page.wait_for_selector("#file")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip", "the first tab stop skips the header"
    page.keyboard.press("Enter")
    press_until(page, "#file")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(files.of_outcomes(tmp_path / "may.csv", 1))
    press_until(page, "form[action='/files'] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/files/*")
    press_until(page, "form[action$='/import'] button")
    page.keyboard.press("Space")
    page.wait_for_url("**/batches/may")
    press_until(page, "form[action$='/pay'] button")
    page.keyboard.press("Enter")
    malika.wait_until_done()
    press_until(page, "a[href$='/review']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")
    press_until(page, "main .group a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rows/2")
    press_until(page, "#why")
    page.keyboard.type("Уволен")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/withdraw")
    press_until(page, "form[action$='/withdraw'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1 .state.withdrawn")


def test_a_batch_prints_without_buttons(house, paid, accountant, tmp_path):
    accountant.open(paid)
    accountant.page.emulate_media(media="print")
    for selector in [".top", "form", ".downloads"]:
        for element in accountant.page.locator(selector).all():
            assert not element.is_visible(), f"{selector} is of no use on paper"
    assert accountant.page.locator(".proof").is_visible()
    pdf = accountant.page.pdf(path=tmp_path / "batch.pdf", format="A4")
    assert pdf.startswith(b"%PDF") and len(pdf) > 5_000
    accountant.page.emulate_media(media="print", color_scheme="dark")
    ink = accountant.page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert max(map(int, ink.strip("rgb()").split(","))) < 80, "paper is white, whatever the screen is"


def test_everything_works_without_javascript(house, let_in, tmp_path):
    malika = let_in(house, MAKER, java_script_enabled=False)
    malika.choose(files.of_outcomes(tmp_path / "june.csv", 1)).store()
    with house.bank_holding_still():
        malika.pay()
        assert malika.standing() == "running"
        assert malika.page.locator("noscript a").count() == 1
    # The page reloads itself every few seconds.
    malika.page.wait_for_selector("h1 .state:not(.running)")
    assert malika.proof()["paid"][0] == 1
    malika.open("june", "/rows/2")
    malika.page.fill("#why", "Уволен")
    malika.page.click("form[action$='/withdraw'] button")
    malika.page.click("form[action$='/withdraw'] button")
    assert malika.standing() == "withdrawn"
