"""The checks of every page can fail."""

import pytest

from desk.accessibility import violations
from desk.cards import card, whole_cards
from desk.layout import check_no_sideways_scrolling, check_nothing_is_cut_off
from desk.watch import Inline

WHOLE = card(12_345)


@pytest.mark.parametrize("text", [
    WHOLE, f"<td>{WHOLE}</td>", " ".join(WHOLE[place:place + 4] for place in (0, 4, 8, 12)), f"card-{WHOLE}.",
])
def test_a_whole_card_is_found(text):
    assert whole_cards(text) == [WHOLE]


@pytest.mark.parametrize("text", [
    "860000******3452", f"{WHOLE}1", "2020 8000 9001 2345 6001", WHOLE[:-1] + str((int(WHOLE[-1]) + 1) % 10), f"a{WHOLE}",
])
def test_other_numbers_are_ignored(text):
    assert whole_cards(text) == []


@pytest.mark.parametrize("html", [
    "<script>alert(1)</script>", "<style>p {}</style>", "<p style='color: red'>", "<p onclick='go()'>",
    "<a href='javascript:go()'>",
])
def test_script_and_style_in_a_page_are_found(html):
    assert Inline(html).found


def test_a_faint_text_a_field_without_a_name_and_a_page_too_wide_are_found(browser):
    page = browser("en").new_page()
    page.set_content(
        "<html lang=en><title>t</title><main><p style='color: #ccc'>faint</p><input><div style='width: 3000px'>wide</div>")
    assert {line.split(": ")[1].split(" ")[0] for line in violations(page)} >= {"color-contrast", "label"}
    with pytest.raises(AssertionError):
        check_no_sideways_scrolling(page)
    page.close()


@pytest.mark.parametrize("html", [
    "<div style='width: 50px; overflow: hidden; white-space: nowrap'>too long for its place</div>",
    "<div style='height: 10px; overflow: clip'>two<br>lines</div>", "<button style='width: 20px'>Nonbreakableword</button>",
])
def test_cut_off_text_is_found(browser, html):
    page = browser("en").new_page()
    page.set_content(html)
    with pytest.raises(AssertionError):
        check_nothing_is_cut_off(page)
    page.set_content("<div style='overflow: hidden'>fits</div><button>fits</button>")
    check_nothing_is_cut_off(page)
    page.close()
