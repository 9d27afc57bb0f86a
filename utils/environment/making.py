"""Make the environment, or see in a few milliseconds that it stands.

It is `.venv` in this folder, installed by pip from the locks with their hashes, and nothing is
installed elsewhere. An active conda environment that satisfies pyproject.toml is used as it is.
"""

import contextlib
import csv
import fcntl
import json
import os
import platform
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

from utils.environment.explaining import Trouble, installing_failed
from utils.environment.locks import ROOT, digest, installed
from utils.environment.progress import Progress

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "course.json"
CACHE = ROOT / ".cache" / "pip"
# Measured with the locks of November 2026 on Linux x86-64. TensorFlow is 274 MB of the download
# there, 282 on Linux for ARM and 224 on a Mac.
MEGABYTES = {"download": 412, "disk": 1970}
DEV_MEGABYTES = {"download": 70, "disk": 250}
NEEDED = 2 * MEGABYTES["download"] + MEGABYTES["disk"]  # pip keeps each download twice for a while


def environment(dev=False):
    """The Python that runs the course, its packages in place: made, mended or found as it is.

    dev: with what the tests need. Raises Trouble where it cannot be had.
    """
    if inside(os.environ.get("CONDA_PREFIX")) and conda_serves(dev):
        return Path(sys.executable)
    if problem(dev):
        _refuse_impossible_places()
        with _alone():
            said = problem(dev)  # another make may have mended it meanwhile
            if said:
                _make(said, dev)
    return PYTHON


def problem(dev=False):
    """What keeps `.venv` from being used, as a sentence; an empty string where nothing does."""
    if not VENV.exists() and not VENV.is_symlink():
        return "The course has no environment yet."
    noted = stamp()
    if noted and noted["state"] != "ready":
        return "The environment in .venv was left half made."
    if not runs():
        return "The environment in .venv does not run: its Python is gone or broken."
    if not noted:
        return "The environment in .venv was not made by this course."
    if os.environ.get("PYTHON") and not inside(VENV) and noted["python"] != _version():
        return f"The environment in .venv is of Python {noted['python']}, PYTHON of {_version()}."
    if noted["lock"] != digest(*installed(noted["dev"])):
        return "The lock has changed since .venv was made."
    if dev and not noted["dev"]:
        return "The tests need a few packages more than a learner."
    lost = set(noted["parts"]) - _parts()
    if lost:
        return f"Parts of .venv are missing, or of another version: {_few(lost)}."
    return ""


def conda_serves(dev=False):
    """Whether the active conda environment has what pyproject.toml asks for; says what it lacks.

    Runs inside that environment. The course's own, but out of date, is a Trouble.
    """
    lacking = lacks(dev)
    if not lacking:
        return True
    name, own = os.environ.get("CONDA_DEFAULT_ENV", "?"), project()["name"]
    if name == own and not (dev and not lacks()):
        raise Trouble(
            f"The conda environment {own} lacks {_few(lacking)}.\n"
            "Bring it up to date:  conda env update --file environment.yml --prune"
        )
    if name != "base":
        print(f"The active conda environment {name} lacks {_few(lacking)}; the course uses .venv.")
    return False


def lacks(dev=False):
    """The requirements of pyproject.toml that the Python running this does not satisfy."""
    from importlib import metadata

    try:
        from packaging.requirements import Requirement
    except ImportError:  # then most of the others are missing too; pip has a copy for itself
        from pip._vendor.packaging.requirements import Requirement
    missing = []
    for text in requirements(dev):
        asked = Requirement(text)
        if asked.marker and not asked.marker.evaluate():
            continue
        try:
            fits = asked.specifier.contains(metadata.version(asked.name), prereleases=True)
        except metadata.PackageNotFoundError:
            fits = False
        if not fits:
            missing.append(f"{asked.name}{asked.specifier}")
    return missing


def requirements(dev=False):
    """The ranges in pyproject.toml, a line each."""
    table = project()
    return table["dependencies"] + (table["optional-dependencies"]["dev"] if dev else [])


def inside(prefix):
    """Whether the Python running this is that of the environment at `prefix`."""
    return bool(prefix) and os.path.realpath(sys.prefix) == os.path.realpath(prefix)


def variables(python):
    """The environment variables under which `python` runs: the course's folder and settings."""
    kept = {name: text for name, text in os.environ.items() if name not in FOREIGN}
    prefix = python.parents[1]
    settings = [str(ROOT / ".jupyter"), *filter(None, [kept.get("JUPYTER_CONFIG_PATH")])]
    return kept | {
        "PATH": os.pathsep.join([str(prefix / "bin"), kept.get("PATH", os.defpath)]),
        "PYTHONPATH": str(ROOT),
        "PYTHONNOUSERSITE": "1",  # packages in ~/.local would shadow those of the lock
        "JUPYTER_CONFIG_PATH": os.pathsep.join(settings),
        "JUPYTER_PREFER_ENV_PATH": "1",  # a kernel or a setting in the home folder comes second
        **({"VIRTUAL_ENV": str(VENV)} if prefix == VENV else {}),
    }


def stamp():
    """What the course noted in its environment; None where it noted nothing readable."""
    try:
        noted = json.loads(STAMP.read_text(encoding="utf-8"))
        return {"parts": [], "lock": "", "python": "", "dev": False, "state": ""} | noted
    except (OSError, ValueError, TypeError):
        return None


def runs():
    """Whether the Python in `.venv` starts, and is one that can carry the course."""
    if inside(VENV):
        return True
    probe = ROOT / "utils" / "environment" / "probe.py"
    return _said_by(PYTHON, "-E", "-s", str(probe)).startswith("yes ")


def incomplete(prefix=VENV):
    """The packages of an environment that lost files: their .dist-info, and how many they lost."""
    gone = {}
    for notes in Path(prefix, "lib").glob("python3.*/site-packages/*.dist-info"):
        try:
            rows = list(csv.reader((notes / "RECORD").read_text(encoding="utf-8").splitlines()))
        except OSError:
            gone[notes] = 1
            continue
        files = [name for name, *_ in rows if not name.endswith(".pyc")]
        if lost := sum(not os.path.exists(notes.parent / name) for name in files):
            gone[notes] = lost
    return gone


def project():
    """The table [project] of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


FOREIGN = {"PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__", "VIRTUAL_ENV"}


def _make(said, dev):
    noted = stamp()
    dev = dev or bool(noted and noted["dev"])
    mendable = runs() and _has_pip() and (not noted or noted["state"] == "ready")
    mendable = mendable and not (os.environ.get("PYTHON") and _version() != _version(PYTHON))
    if not mendable and inside(VENV):
        # This very Python is about to be removed: the one beneath it takes over.
        os.execv(sys._base_executable, [sys._base_executable, "-m", *_own_command()])
    print(said, "Mending it." if mendable else "Making it, in .venv.", flush=True)
    if not mendable:
        _room_for(NEEDED, dev)
        print(
            f"It downloads about {MEGABYTES['download']} MB and takes "
            f"{MEGABYTES['disk'] / 1000:.1f} GB on the disk; this is once.",
            flush=True,
        )
        _clear(noted)
        _create()
    for package in incomplete():  # pip would take them for installed
        shutil.rmtree(package)
    _install(dev)
    if _parts() and incomplete():
        raise Trouble(
            f"The environment is still incomplete ({_few(path.name for path in incomplete())}).\n"
            "`make clean`, then the same command again, makes it afresh."
        )
    print("The environment stands.", flush=True)


def _create():
    STAMP.parent.mkdir()
    _write_stamp(state="making", dev=False)
    run = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, cwd=ROOT
    )
    if run.returncode:
        raise installing_failed(run.stdout + run.stderr, "the environment", VENV, **_facts())


def _install(dev):
    log, temporary = VENV / "install.log", VENV / "tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    command = [
        str(PYTHON), "-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check",
        "--no-deps", "--require-hashes", "--only-binary", ":all:", "--progress-bar", "off",
        *(option for lock in installed(dev) for option in ("--requirement", str(lock))),
    ]  # fmt: skip
    # Downloads and unpacking stay on this folder's disk; what came in survives an interruption.
    env = {"PIP_CACHE_DIR": str(CACHE)} | os.environ | {"TMPDIR": str(temporary), "PIP_USER": "0"}
    with log.open("w", encoding="utf-8") as written, Progress(temporary, VENV, MEGABYTES) as shown:
        process = subprocess.Popen(
            command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace", cwd=ROOT,
        )  # fmt: skip
        try:
            for line in process.stdout:
                written.write(line)
                shown.heard(line)
        except BaseException:
            process.terminate()
            raise
        finally:
            process.wait()
    shutil.rmtree(temporary, ignore_errors=True)
    if process.returncode:
        output = log.read_text(encoding="utf-8")
        raise installing_failed(output, "the environment", log.relative_to(ROOT), **_facts())
    _site().joinpath("course.pth").write_text("../../../..\n")  # editors find `utils` as well
    _write_stamp(state="ready", dev=dev, parts=_parts())
    shutil.rmtree(CACHE.parent, ignore_errors=True)


def _clear(noted):
    """Make room for a new `.venv`: remove the course's own, move another's aside."""
    if not VENV.exists() and not VENV.is_symlink():
        return
    if VENV.is_symlink():
        VENV.unlink()
    elif noted or (VENV.is_dir() and not any(VENV.iterdir())):
        shutil.rmtree(VENV)
    else:
        aside = VENV.with_name(f".venv.before-{time.strftime('%Y%m%d-%H%M%S')}")
        VENV.rename(aside)
        print(f"What was there is kept as {aside.name}; remove it if you do not need it.")


def _room_for(megabytes, dev):
    needed = megabytes + (sum(DEV_MEGABYTES.values()) if dev else 0)
    free = shutil.disk_usage(ROOT).free // 10**6 + _size_of_what_goes()
    if free < needed:
        raise Trouble(
            f"There is not enough room on the disk: the environment needs {needed / 1000:.1f} GB "
            f"while it is made ({MEGABYTES['disk'] / 1000:.1f} GB later), and {free / 1000:.1f} GB "
            f"are free where {ROOT} lies.\nFree some, or clone the course onto another disk, and "
            "run the same command again."
        )


def _size_of_what_goes():
    """Megabytes that removing a broken environment of the course's own will give back."""
    if not stamp():
        return 0
    files = (Path(folder, name) for folder, _, names in os.walk(VENV) for name in names)
    return sum(file.lstat().st_blocks * 512 for file in files) // 10**6


def _refuse_impossible_places():
    if os.pathsep in str(ROOT):
        raise Trouble(
            f"The course lies in {ROOT}, and Python makes no environment in a folder whose path "
            f"contains “{os.pathsep}”.\nRename that folder and run the same command again."
        )
    if not os.access(ROOT, os.W_OK):
        raise Trouble(
            f"The folder {ROOT} cannot be written to, so the environment cannot be made in it.\n"
            "Own it, or clone the course into a folder of yours."
        )


@contextlib.contextmanager
def _alone():
    """Wait for another make that is at work on the environment."""
    with open(ROOT / ".venv.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another make is at work on the environment; waiting for it.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write_stamp(state, dev, parts=()):
    lock = digest(*installed(dev))
    python = _version(PYTHON) if state == "ready" else _version()
    noted = dict(state=state, dev=dev, python=python, lock=lock, parts=sorted(parts))
    new = STAMP.with_suffix(".new")
    new.write_text(json.dumps(noted, indent=1), encoding="utf-8")
    new.replace(STAMP)


def _has_pip():
    return _said_by(PYTHON, "-I", "-m", "pip", "--version").startswith("pip ")


def _version(python=None):
    if python is None:
        return ".".join(map(str, sys.version_info[:2]))
    return _said_by(python, "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])").strip()


def _said_by(python, *arguments):
    try:
        return subprocess.run(
            [str(python), *arguments], capture_output=True, text=True, timeout=60
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _site():
    return next((VENV / "lib").glob("python3.*/site-packages"))


def _parts():
    """What lies in site-packages, by name; a package's notes only with the RECORD, written last."""
    with contextlib.suppress(StopIteration):
        return {
            path.name for path in _site().iterdir()
            if path.suffix != ".dist-info" or (path / "RECORD").exists()
        } - {"__pycache__"}  # fmt: skip
    return set()


def _facts():
    return {
        "megabytes": MEGABYTES["download"],
        "gigabytes": NEEDED / 1000,
        "machine": f"{platform.system()} {platform.machine()}, Python {_version()}",
    }


def _few(names):
    names = sorted(names)
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _own_command():
    return ["utils.environment", *sys.argv[1:]]
