"""Pays a file at the desk as a browser without JavaScript does. Usage: desk_trial.py ADDRESS NAME PASSWORD FILE"""

import html
import http.cookiejar
import pathlib
import re
import sys
import time
import urllib.parse
import urllib.request

address, name, password, file = sys.argv[1], sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4])
browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))


def request(path, body=None, kind="application/x-www-form-urlencoded"):
    headers = {"Origin": address, "Content-Type": kind} if body is not None else {}
    with browser.open(urllib.request.Request(address + path, body, headers), timeout=60) as answer:
        return urllib.parse.urlsplit(answer.url).path, answer.read().decode()


def hidden(page, action):
    """The hidden fields of the form with this action, with every box ticked."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.S)
    assert form, f"no form for {action} on the page"
    fields = re.findall(r'<input type="(?:hidden|checkbox)" name="(\w+)" value="([^"]*)"', form[0])
    return {key: html.unescape(value) for key, value in fields}


def submit(page, action, **fields):
    return request(action, urllib.parse.urlencode(hidden(page, action) | fields).encode())


_, page = request("/sign-in?lang=en")
path, page = submit(page, "/sign-in", name=name, password=password)
assert path == "/", f"not signed in: {path}"

mark = "payout-trial-boundary"
parts = [f'--{mark}\r\nContent-Disposition: form-data; name="token"\r\n\r\n{hidden(page, "/files")["token"]}\r\n'.encode()]
parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n\r\n'.encode())
body = b"".join(parts) + file.read_bytes() + f"\r\n--{mark}--\r\n".encode()
place, page = request("/files", body, f"multipart/form-data; boundary={mark}")
store = re.search(r'action="(/files/[^"]+/import)"', page)
assert store, f"{place} has no form that stores the file"
batch, page = submit(page, store[1], reference=file.stem)
assert batch == f"/batches/{file.stem}", batch

_, page = submit(page, f"{batch}/pay")
deadline = time.monotonic() + 50
while "data-live" in page or "adds-up" not in page:
    assert time.monotonic() < deadline, "the run does not end"
    time.sleep(0.2)
    _, page = request(batch)
paid = html.unescape(re.search(r'class="progress-text">([^<]*)', page)[1])
adds_up = html.unescape(re.search(r'class="adds-up \w*">([^<]*)', page)[1])
print(f"the desk says: {paid} {adds_up}")
assert re.search(r"\b52\b.*\b60\b", paid), paid
