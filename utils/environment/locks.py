"""The locks: read them, and write them anew from the ranges in pyproject.toml.

`requirements.lock` is what a learner installs, `requirements-dev.lock` what the tests add; both
come from one resolution for all systems and all Pythons of the course. `requirements-history.lock`
is what a learner installs besides, and only without what it requires: the Keras of former years.
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
HISTORY_LOCK = ROOT / "requirements-history.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
# Keras 2, which lessons 02 and 05 run in a process of its own. Its range stands here, not in those
# of pyproject.toml, because those are installed with what they require, as conda's pip does it. It
# requires `tensorflow` by that name, which on Linux x86-64 would be a second TensorFlow beside
# tensorflow-cpu. All else that it imports, TensorFlow requires as well.
HISTORY = "tf-keras>=2.21,<2.22"
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


def installed(dev=False):
    """The locks whose packages `.venv` has; dev: with what the tests need."""
    return [LOCK, HISTORY_LOCK, *([DEV_LOCK] if dev else [])]


def digest(*paths):
    """One hash over the files' contents: another one means other versions."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def write():
    """Resolve pyproject.toml's ranges and write the locks (for maintainers; needs uv)."""
    everything = _resolve("--extra", "dev", "pyproject.toml")
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder, "everything.txt")
        pinned.write_text(everything, encoding="utf-8")
        learners = _resolve("--constraint", str(pinned), "pyproject.toml")
    known = {found["name"] for found in ENTRY.finditer(learners)}
    added = [found[0] for found in ENTRY.finditer(everything) if found["name"] not in known]
    head = "# Written by `make lock` from pyproject.toml; not to be edited.\n"
    _write(LOCK, head, learners)
    _write(DEV_LOCK, head + "# What the tests need beside requirements.lock.\n", "".join(added))
    _write_history()
    print(f"{LOCK.name}: {len(known)} packages; {DEV_LOCK.name}: {len(added)} more.")


def _write_history():
    head = (
        "# Written by `make lock`; not to be edited. Keras 2 for lessons 02 and 05; where conda is "
        f"used:\n#   {adding_history()}\n"
    )
    _write(HISTORY_LOCK, head, _resolve("--no-deps", "-", given=HISTORY))


def adding_history():
    """The command that adds the lock of history to the active environment."""
    return f"python -m pip install --no-deps --requirement {HISTORY_LOCK.name}"


def _resolve(*options, given=None):
    """One version of each package for all Pythons, so that every learner computes with the same."""
    tool = os.environ.get("UV") or shutil.which("uv")
    if not tool:
        raise Trouble("`make lock` needs uv (pip install uv, in an environment of your own).")
    command = [
        tool, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
        "--fork-strategy", "fewest", "--generate-hashes", "--no-header", *options,
    ]  # fmt: skip
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, input=given)
    if run.returncode:
        raise Trouble(f"uv found no set of versions:\n{run.stderr.strip()}")
    return run.stdout


def _write(path, head, lock):
    lines = [line for line in lock.splitlines(True) if not line.lstrip().startswith("#")]
    path.write_text(head + "".join(lines), encoding="utf-8")
