"""How a page lies on the screen."""


def check_no_sideways_scrolling(page):
    """The page itself; a wide table may scroll in its own frame."""
    inner, wide = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            const wide = [...document.querySelectorAll("body *")].filter(element =>
                element.getBoundingClientRect().right > width + 1 && !element.closest(".scroll, .skip, .unseen"));
            return [document.documentElement.scrollWidth - width,
                wide.map(element => `<${element.tagName.toLowerCase()} class="${element.className}">`)];
        }""")
    assert inner <= 0, f"{page.url} is {inner} px wider than the screen: {', '.join(wide[:5])}"
