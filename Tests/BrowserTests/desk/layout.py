"""Checks the layout of a page on the screen."""


def check_no_sideways_scrolling(page):
    """Returns whether the page scrolls sideways. A wide table may scroll in its own frame."""
    inner, wide = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            const wide = [...document.querySelectorAll("body *")].filter(element =>
                element.getBoundingClientRect().right > width + 1 && !element.closest(".scroll, .skip, .unseen"));
            return [document.documentElement.scrollWidth - width,
                wide.map(element => `<${element.tagName.toLowerCase()} class="${element.className}">`)];
        }""")
    assert inner <= 0, f"{page.url} is {inner} px wider than the screen: {', '.join(wide[:5])}"


def check_nothing_is_cut_off(page):
    """Returns elements that overflow and cannot be scrolled to, or that overflow their button."""
    cut = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter(element => {
            if (element.closest(".unseen, .skip, svg") || element.matches("input, select, textarea")) return false;
            const style = getComputedStyle(element);
            const hides = /hidden|clip/.test(style.overflowX + style.overflowY) || element.matches("button, .button");
            return hides && element.clientWidth > 0
                && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
        }).map(element => `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.trim()}`)""")
    assert not cut, f"{page.url} cuts off: {', '.join(cut[:5])}"
