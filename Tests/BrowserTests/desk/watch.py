"""The checks of every page in every test."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from playwright.sync_api import Error

from .cards import whole_cards

POLICY = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "form-action 'self'"]


class Inline(HTMLParser):
    """Finds inline scripts and styles in a page."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "style" or tag == "script" and "src" not in named:
            self.found.append(f"<{tag}>")
        self.found += [
            f"<{tag} {name}>" for name, value in attributes
            if name == "style" or name.startswith("on") or (value or "").strip().lower().startswith("javascript:")
        ]


class Watch:
    def __init__(self, context, origin):
        self.origin = origin
        # Other origins that a test opens itself.
        self.foreign = ()
        # Whether the test stops the desk while a page is open. The browser's console then reports it.
        self.loses_the_desk = False
        self.troubles = []
        # A refusal is a page too. The browser's console reports each, before or after the page has loaded.
        self._refused = set()
        self._messages = []
        context.on("requestfinished", self._finished)
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.troubles.append(f"JavaScript: {error.error}"))

    def _asked(self, request):
        if not request.url.startswith((self.origin + "/", "about:", "data:", "chrome-error:", *self.foreign)):
            self.troubles.append(f"{request.frame.url} asks elsewhere: {request.url}")

    def _finished(self, request):
        response = request.response()
        if response is None or not response.url.startswith(self.origin):
            return
        if response.status >= 400:
            self._refused.add(response.url)
        if response.headers.get("content-type", "").startswith("text/html"):
            self._look(response)

    def _look(self, response):
        where = urlsplit(response.url).path
        try:
            html = response.text()
        except Error:
            # The page changed before it could be read, for example because a run ended and its page reloaded.
            return
        policy = response.headers.get("content-security-policy", "")
        self.troubles += [f"{where}: the policy lacks {part}" for part in POLICY if part not in policy]
        self.troubles += [f"{where}: {inline} is inline in the page" for inline in Inline(html).found]
        self.look_for_cards(where, html)
        if response.headers.get("cache-control") != "no-store":
            self.troubles.append(f"{where}: the browser may keep the page")
        if left := re.findall(r"\{\{[^}]*\}\}|<[^>]*>\s*(?:nil|Optional\()", html):
            self.troubles.append(f"{where}: the template shows through: {left[0]}")

    def look_for_cards(self, where, text):
        self.troubles += [f"{where}: a whole card ({found[:6]}…)" for found in whole_cards(text)]

    def _said(self, message):
        if message.type in ("error", "warning"):
            self._messages.append((message.text, message.location.get("url", "")))

    def report(self):
        for text, address in self._messages:
            is_refusal = "Failed to load resource" in text and address in self._refused
            # The browser reports another page's forbidden attempts under the desk's address.
            is_foreign = self.foreign and (not address.startswith(self.origin) or "net::ERR_" in text)
            is_loss = self.loses_the_desk and ("net::ERR_" in text or text.startswith("EventSource"))
            if not is_refusal and not is_foreign and not is_loss:
                self.troubles.append(f"console: {text} ({address})")
        assert not self.troubles, "\n".join(dict.fromkeys(self.troubles))
