"""Takes the guide's pictures of the steps during a test.

Keeps them only if PAYOUT_GUIDE_PICTURES names a folder (`make guide-pictures`)."""

import os
import subprocess
from pathlib import Path

FOLDER = os.environ.get("PAYOUT_GUIDE_PICTURES")


# The rest of the page repeats what is above.
LONGEST_PIXELS = 1500


def take(page, name, language):
    if not FOLDER:
        return
    path = Path(FOLDER) / f"{name}.{language}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    width = page.viewport_size["width"]
    height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST_PIXELS)
    page.screenshot(
        path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height}, animations="disabled",
        caret="hide")
    # Exit code 98 or 99: pngquant cannot make the picture smaller.
    squeezed = subprocess.run(["pngquant", "--force", "--skip-if-larger", "--strip", "--output", path, "32", path])
    assert squeezed.returncode in (0, 98, 99)
