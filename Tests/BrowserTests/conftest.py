"""What every test gets: a browser, and a desk and a bank of its own."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from desk.house import CHECKER, MAKER, VIEWER, House
from desk.person import Person


@pytest.fixture(scope="session")
def browser():
    """A browser that speaks a language, where Debian's chromium-l10n is there; the one for Uzbek speaks Russian."""
    with sync_playwright() as playwright:
        open_ones = {}

        def browser(language):
            spoken = "en" if language == "en" else "ru"
            if spoken not in open_ones:
                # Root, as CI is, may not use Chromium's sandbox; a container's /dev/shm is too small for it.
                open_ones[spoken] = playwright.chromium.launch(
                    executable_path=shutil.which("chromium"), env={**os.environ, "LANGUAGE": spoken},
                    args=["--no-sandbox", "--disable-dev-shm-usage", f"--lang={spoken}"])
            return open_ones[spoken]

        yield browser
        for one in open_ones.values():
            one.close()


@pytest.fixture
def open_house(tmp_path):
    """Opens a house as a test needs it, with arguments for the bank and settings for the desk."""
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
    """Lets somebody sit down at a desk. At the end of the test all that she saw must have been in order."""
    people = []

    def let_in(house, name=MAKER, language="ru", signs_in=True, **screen):
        people.append(Person(browser(language), house, name, language, **screen))
        return people[-1].sign_in() if signs_in else people[-1]

    yield let_in
    for person in people:
        # A page that a test gave up waiting for would be waited for once more.
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
