"""A person at the desk: their browser, and their actions in it.

Elements are found by what they are for (the form that pays, the field that takes the card), never by their text, so
that the same actions work in every language."""

import re

from .house import PASSWORD
from .watch import Watch

# A slow machine may need this long to show a page.
PATIENCE_MILLISECONDS = 60_000


class Person:
    def __init__(self, browser, house, name, language="ru", **screen):
        self.house = house
        self.name = name
        self.language = language
        screen.setdefault("viewport", {"width": 1280, "height": 900})
        self.context = browser.new_context(
            base_url=house.url, locale={"ru": "ru-RU", "uz": "uz-UZ", "en": "en-GB"}[language], reduced_motion="reduce",
            timezone_id="Asia/Tashkent", **screen)
        self.context.set_default_timeout(PATIENCE_MILLISECONDS)
        self.watch = Watch(self.context, house.url)
        self.page = self.context.new_page()

    def sign_in(self, password=PASSWORD):
        self.page.goto(f"/sign-in?lang={self.language}")
        self.page.fill("#name", self.name)
        self.page.fill("#password", password)
        self.page.click("form[action='/sign-in'] button")
        return self

    def sign_out(self):
        self.page.click("form[action='/sign-out'] button")

    # Upload of a file

    def choose(self, path):
        self.page.goto("/")
        self.page.set_input_files("#file", path)
        self.page.click("form[action='/files'] button")
        self.page.wait_for_url("**/files/*")
        return self

    def drop(self, path, kind="text/csv"):
        self.drop_together([path], kind)
        self.page.wait_for_url("**/files/*")
        return self

    def drop_together(self, paths, kind="text/csv"):
        """Drops files on the page, as with the mouse."""
        self.page.goto("/")
        dropped = self.page.evaluate_handle(
            """([files, type]) => {
                const transfer = new DataTransfer();
                for (const [text, name] of files) transfer.items.add(new File([text], name, { type }));
                return transfer;
            }""", [[[path.read_text(), path.name] for path in paths], kind])
        for event in ["dragenter", "dragover", "drop"]:
            self.page.dispatch_event("[data-drop]", event, {"dataTransfer": dropped})

    def store(self):
        for box in self.page.locator("form[action$='/import'] input[type=checkbox]").all():
            box.check()
        self.page.click("form[action$='/import'] button")
        self.page.wait_for_url("**/batches/*")
        return self

    # The bank's statement

    def compare(self, path):
        self.page.goto("/statements")
        self.page.set_input_files("#file", path)
        self.page.click("form[action='/statements'] button")
        self.page.wait_for_url("**/statements/latest")
        return self

    # A batch

    def open(self, batch, rest=""):
        self.page.goto(f"/batches/{batch}{rest}")
        return self

    def pay(self):
        for box in self.page.locator("form[action$='/pay'] input[type=checkbox]").all():
            box.check()
        self.page.click("form[action$='/pay'] button")
        self.page.wait_for_url("**/batches/*")
        return self

    def wait_until_done(self):
        """Waits without a reload: the page updates itself."""
        self.page.wait_for_selector("h1 .state:not(.running)")
        self.page.wait_for_selector(".adds-up.good")
        return self

    def wait_for_rows(self, state, count):
        """Waits until the live figures show at least this many rows in a state."""
        self.page.wait_for_function(
            """([state, count]) => {
                const row = document.querySelector(`.proof .state.${state}`)?.closest("tr");
                return row && Number(row.cells[1].textContent.replace(/\\D/g, "")) >= count;
            }""", arg=[state, count])

    def standing(self):
        return self.page.get_attribute("h1 .state", "class").split()[-1]

    def proof(self):
        """Returns the balance check on the page: rows and tiyin by state, and of the file."""
        proof = {}
        for line in self.page.locator(".proof tbody tr").all():
            state = line.locator(".state").get_attribute("class").split()[-1]
            proof[state] = (number(line.locator("td").nth(0)), tiyin(line.locator("td").nth(1)))
        for name, line in zip(["all", "file"], self.page.locator(".proof tfoot tr").all()):
            proof[name] = (number(line.locator("td").nth(0)), tiyin(line.locator("td").nth(1)))
        return proof

    def download(self, selector, folder):
        with self.page.expect_download() as coming:
            self.page.click(selector)
        path = folder / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    def form_token(self):
        return self.page.locator("input[name=token]").first.get_attribute("value")

    def post(self, path, headers=None, **fields):
        """Sends a form directly, with this person's session and the fields of its page.

        A browser sends the form's origin. This does too; otherwise the desk would refuse the form before any other check."""
        return self.context.request.post(
            f"{self.house.url}{path}", form={"token": self.form_token(), **fields}, max_redirects=0,
            headers={"Origin": self.house.url, "Sec-Fetch-Site": "same-origin", **(headers or {})})

    def leave(self, looks_back=True):
        """Checks the final content of the page too: live figures arrive after it has loaded."""
        for page in self.context.pages:
            if looks_back and page.url.startswith(self.house.url):
                self.watch.look_for_cards(page.url, page.content())
        self.context.close()


def number(cell):
    return int(re.sub(r"\D", "", cell.inner_text()) or 0)


def tiyin(cell):
    """Parses an amount as people write it in Uzbekistan or in English: 123 456,78 and 123,456.78."""
    return number(cell)
