"""The locks: read them, and write them anew from the ranges in pyproject.toml.

`requirements.lock` is what a learner installs, `requirements-dev.lock` what the tests add; both
come from one resolution for all systems and all Pythons of the course.
"""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from utils.environment.explaining import Trouble

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
ENTRY = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)\s*(?:;\s*(?P<marker>[^\\\n]+?))?\s*\\?\n"
    r"(?P<rest>(?:[ \t]+.*\n)*)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Locked:
    """One package of a lock: normalised name, exact version, where it applies, and its text."""

    name: str
    version: str
    marker: str
    text: str


def normal(name):
    """A package's name as the index compares it: `Jupyter_Server.x` is `jupyter-server-x`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read(path):
    """The packages of a lock, in its order."""
    return [
        Locked(normal(found["name"]), found["version"], found["marker"] or "", found[0])
        for found in ENTRY.finditer(path.read_text(encoding="utf-8"))
    ]


def digest(*paths):
    """One hash over the files' contents: another one means other versions."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def write():
    """Resolve pyproject.toml's ranges and write both locks (for maintainers; needs uv)."""
    everything = _resolve("--extra", "dev")
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder, "everything.txt")
        pinned.write_text(everything, encoding="utf-8")
        learners = _resolve("--constraint", str(pinned))
    known = {found["name"] for found in ENTRY.finditer(learners)}
    added = [found[0] for found in ENTRY.finditer(everything) if found["name"] not in known]
    head = "# Written by `make lock` from pyproject.toml; not to be edited.\n"
    _write(LOCK, head, learners)
    _write(DEV_LOCK, head + "# What the tests need beside requirements.lock.\n", "".join(added))
    print(f"{LOCK.name}: {len(known)} packages; {DEV_LOCK.name}: {len(added)} more.")


def _resolve(*options):
    """One version of each package for all Pythons, so that every learner computes with the same."""
    tool = os.environ.get("UV") or shutil.which("uv")
    if not tool:
        raise Trouble("`make lock` needs uv (pip install uv, in an environment of your own).")
    command = [
        tool, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
        "--fork-strategy", "fewest", "--generate-hashes", "--no-header", *options, "pyproject.toml",
    ]  # fmt: skip
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if run.returncode:
        raise Trouble(f"uv found no set of versions:\n{run.stderr.strip()}")
    return run.stdout


def _write(path, head, lock):
    lines = [line for line in lock.splitlines(True) if not line.lstrip().startswith("#")]
    path.write_text(head + "".join(lines), encoding="utf-8")
