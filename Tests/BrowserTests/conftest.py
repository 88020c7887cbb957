"""Fixtures of every test: a browser, a desk and a bank."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from desk.house import CHECKER, MAKER, VIEWER, House
from desk.person import Person

SCREEN = (1280, 1024)


@pytest.fixture(scope="session")
def browser():
    """A browser in a language, if Debian's chromium-l10n is installed. The browser for Uzbek is in Russian."""
    with sync_playwright() as playwright:
        open_ones = {}

        def browser(language, zoom=1):
            spoken = "en" if language == "en" else "ru"
            if (spoken, zoom) not in open_ones:
                # Zooming gives each CSS pixel more screen pixels; the window size is in CSS pixels.
                window = ",".join(str(side // zoom) for side in SCREEN)
                zoomed = [] if zoom == 1 else [f"--force-device-scale-factor={zoom}", f"--window-size={window}"]
                # CI runs as root, which may not use Chromium's sandbox. A container's /dev/shm is too small for Chromium.
                open_ones[spoken, zoom] = playwright.chromium.launch(
                    executable_path=shutil.which("chromium"), env={**os.environ, "LANGUAGE": spoken},
                    args=["--no-sandbox", "--disable-dev-shm-usage", f"--lang={spoken}", *zoomed])
            return open_ones[spoken, zoom]

        yield browser
        for one in open_ones.values():
            one.close()


@pytest.fixture
def open_house(tmp_path):
    """Opens a house with arguments for the bank and settings for the desk."""
    houses = []

    def open_house(*sandbox_arguments, **settings):
        houses.append(House(tmp_path, *sandbox_arguments, **settings))
        return houses[-1]

    yield open_house
    for house in houses:
        house.end()


@pytest.fixture
def house(open_house):
    return open_house()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.has_failed = getattr(item, "has_failed", False) or report.failed
    return report


@pytest.fixture
def let_in(browser, request):
    """Opens a browser for a person at a desk. Checks at the end of the test every page that this person saw."""
    people = []

    def let_in(house, name=MAKER, language="ru", signs_in=True, zoom=1, **screen):
        if zoom != 1:
            screen |= {"viewport": None, "no_viewport": True}
        people.append(Person(browser(language, zoom), house, name, language, **screen))
        return people[-1].sign_in() if signs_in else people[-1]

    yield let_in
    for person in people:
        # Do not wait again for a page that the test gave up on.
        person.leave(looks_back=not request.node.has_failed)
    for person in people:
        person.watch.report()


@pytest.fixture
def accountant(house, let_in):
    return let_in(house, MAKER)


@pytest.fixture
def checker(house, let_in):
    return let_in(house, CHECKER)


@pytest.fixture
def viewer(house, let_in):
    return let_in(house, VIEWER)
