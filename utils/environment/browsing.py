"""Find the browser that the tests drive: Chromium, or Chrome."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from utils.environment.explaining import Trouble

NAMES = "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"
MAC_PROGRAMS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PLAYWRIGHTS = {
    "linux": (".cache/ms-playwright", "chromium-*/chrome-linux*/chrome"),
    "darwin": ("Library/Caches/ms-playwright", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*"),
}


def chromium():
    """The path of a Chromium that runs; raises Trouble that says where it was looked for."""
    asked = os.environ.get("CHROMIUM")
    places = [asked] if asked else _places()
    for place in places:
        if _runs(place):
            return str(place)
    looked = "".join(f"  {place} is there but does not run\n" for place in places)
    looked += f"  {', '.join(NAMES)} on the PATH"
    looked += f"{', Chrome in /Applications' if sys.platform == 'darwin' else ''}, Playwright's own"
    if asked:
        looked = f"  {asked} (from the variable CHROMIUM)"
    raise Trouble(
        "The browser's tests need Chromium or Chrome, and none was found. Looked for:\n"
        f"{looked}\n"
        "Debian: apt install chromium. Elsewhere: "
        ".venv/bin/python -m playwright install chromium.\n"
        "CHROMIUM=/path/to/it names one that lies elsewhere."
    )


def _places():
    found = [place for name in NAMES if (place := shutil.which(name))]
    if sys.platform == "darwin":
        found += [place for place in MAC_PROGRAMS if os.path.exists(place)]
    if sys.platform in PLAYWRIGHTS:
        folder, pattern = PLAYWRIGHTS[sys.platform]
        found += sorted(map(str, (Path.home() / folder).glob(pattern)), reverse=True)
    return found


def _runs(place):
    """Whether it says its version: Ubuntu's `chromium-browser` may be no more than a pointer."""
    try:
        run = subprocess.run([place, "--version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return run.returncode == 0 and "chrom" in run.stdout.lower()
