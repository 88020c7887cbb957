"""Pictures of the steps for the guide, taken while a test makes them.

They are kept only where PAYOUT_GUIDE_PICTURES names a folder (`make guide-pictures`)."""

import os
import subprocess
from pathlib import Path

FOLDER = os.environ.get("PAYOUT_GUIDE_PICTURES")


def take(page, name, language, full_page=True):
    if not FOLDER:
        return
    path = Path(FOLDER) / f"{name}.{language}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=full_page, animations="disabled", caret="hide")
    subprocess.run(
        ["pngquant", "--force", "--skip-if-larger", "--strip", "--output", path, "--", path], check=False)
