"""The doctor: look at each part of the environment, say what is wrong and how to mend it.

It changes nothing. It asks each thing of the program that decides it: the settings of JupyterLab's
own reader of settings, the kernel of Jupyter's own finder of kernels, TensorFlow by an operation.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from utils.environment import locks, making
from utils.environment.locks import ROOT

ROOM = 1.0  # GB that notebooks, records and a browser's cache may want
TENSORFLOW = "import tensorflow as tf; print(tf.__version__, int(tf.reduce_sum(tf.range(5))))"
HISTORY = "import tensorflow as tf, tf_keras; print(tf_keras.__version__, tf.keras.__name__)"
KERNELS = "@jupyterlab/apputils-extension:kernels-settings"
WIDGETS = "@jupyter-widgets/jupyterlab-manager"


@dataclass(frozen=True)
class Finding:
    """What one look found; `mend` says what to do and is empty where all is well.

    The course goes on without what is optional: it is told, and not counted as wrong.
    """

    what: str
    found: str
    mend: str = ""
    optional: bool = False

    @property
    def sign(self):
        if not self.mend:
            return "ok"
        return "less" if self.optional else "WRONG"


def examine():
    """Print a line for each look; 0 where all is well, else 1."""
    print("The course's environment")
    if python := _standing():
        looks = LOOKS
        if not making.inside(python.parents[1]):  # ask on from within the environment
            os.execve(python, [str(python), "-m", "utils.environment", "doctor"], os.environ)
        os.environ.update(making.variables(python))
    else:
        looks = [environment, room]
    wrong = less = 0
    for look in looks:
        try:
            finding = look()
        except ImportError as error:
            finding = Finding(look.__name__.capitalize(), str(error), _mend_packages())
        except Exception as error:  # a doctor who faints helps nobody
            said = f"could not be examined ({type(error).__name__}: {error})"
            finding = Finding(look.__name__.capitalize(), said, _mend_afresh())
        wrong += finding.sign == "WRONG"
        less += finding.sign == "less"
        _print(finding)
    if wrong:
        print(f"{wrong} of {len(looks)} wrong; what to do stands beneath.")
    else:
        print("Nothing is wrong; the course goes on with less." if less else "All is well.")
    return 1 if wrong else 0


def _print(finding):
    print(f"  {finding.sign:<7}{finding.what}: {finding.found}")
    for line in finding.mend.splitlines():
        print(f"         → {line}")
    sys.stdout.flush()


def environment():
    """Environment: it stands as the lock wants it."""
    if making.inside(os.environ.get("CONDA_PREFIX")):
        lacking = making.lacks()
        return Finding(
            "Environment",
            f"conda's {os.environ.get('CONDA_DEFAULT_ENV', sys.prefix)}"
            + (f", which lacks {', '.join(lacking)}" if lacking else ""),
            "conda env update --file environment.yml --prune" if lacking else "",
        )
    said = making.problem()
    return Finding("Environment", said or ".venv, as the lock wants it", "make lab" if said else "")


def python():
    """Python: its version and where it is."""
    from utils.environment import probe

    reason = probe.refusal()
    found = f"{probe.dotted(sys.version_info[:3])} in {sys.prefix}" + (f", {reason}" * bool(reason))
    return Finding("Python", found, "make clean, then make lab" if reason else "")


def versions():
    """Versions: those installed against those locked."""
    differing, agreed = _against_the_lock()
    named = ("jupyterlab", "ipykernel", "ipywidgets", "jupytext", "keras", "numpy")
    if differing:
        return Finding("Versions", "; ".join(differing[:5]), _mend_packages())
    known = ", ".join(f"{name} {agreed[name]}" for name in named if name in agreed)
    return Finding("Versions", f"{len(agreed)} packages as in the lock ({known})")


def files():
    """Files: each one that a package brought is still there."""
    lost = making.incomplete(sys.prefix)
    if lost:
        said = ", ".join(f"{count} of {notes.stem}" for notes, count in sorted(lost.items())[:4])
        return Finding("Files", f"missing: {said}", _mend_afresh())
    return Finding("Files", "every package is complete")


def course():
    """Course: a notebook finds `utils`, and this folder's."""
    folder = ROOT / "notebooks"
    run = subprocess.run(
        [sys.executable, "-c", "import utils; print(utils.__file__)"],
        capture_output=True, text=True, cwd=folder if folder.is_dir() else ROOT,
    )  # fmt: skip
    place = run.stdout.strip()
    if run.returncode or not os.path.samefile(place, ROOT / "utils" / "__init__.py"):
        last = run.stderr.strip().splitlines()[-1:] or [f"it is that of {place}"]
        return Finding("Course", f"`import utils` fails: {last[0]}", "git restore utils")
    return Finding("Course", "`import utils` works from notebooks/")


def tensorflow():
    """TensorFlow: it adds five numbers."""
    run = subprocess.run(
        [sys.executable, "-c", TENSORFLOW],
        capture_output=True, text=True, env=os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"},
    )  # fmt: skip
    version, _, total = run.stdout.strip().partition(" ")
    if run.returncode == 0 and total == "10":
        return Finding("TensorFlow", f"{version} computes")
    if run.returncode < 0:
        return Finding(
            "TensorFlow",
            f"dies by signal {-run.returncode}"
            + (", an instruction that this processor lacks" if run.returncode == -4 else ""),
            "Use another machine: TensorFlow's builds need a processor with AVX"
            if run.returncode == -4
            else _mend_afresh(),
        )
    last = run.stderr.strip().splitlines()[-1:] or ["no word"]
    return Finding("TensorFlow", f"does not compute: {last[0]}", _mend_afresh())


def history():
    """History: the Keras of former years, which lessons 02 and 05 run in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-c", HISTORY], capture_output=True, text=True,
        env=os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_USE_LEGACY_KERAS": "1"},
    )  # fmt: skip
    version, _, home = run.stdout.strip().partition(" ")
    if run.returncode == 0 and home.startswith("tf_keras"):
        return Finding("History", f"tf_keras {version} takes the place of tf.keras where asked")
    missing = importlib.util.find_spec("tf_keras") is None
    last = run.stderr.strip().splitlines()[-1:] or ["no word"]
    found = "is missing" if missing else f"does not load ({last[0]})"
    found = f"tf_keras {found}, so lessons 02 and 05 show records of a run instead of a run"
    if making.inside(os.environ.get("CONDA_PREFIX")):  # conda's pip can't leave out a requirement
        mend = locks.adding_history() + ("" if missing else " --force-reinstall")
        return Finding("History", found, mend, optional=True)
    return Finding("History", found, "make lab" if missing else _mend_afresh())


def kernel():
    """Kernel: the one that a notebook starts is this environment's."""
    from jupyter_client.kernelspec import KernelSpecManager

    spec = KernelSpecManager().get_kernel_spec("python3")
    program = spec.argv[0]
    # Jupyter puts its own Python in the place of a bare name.
    own = program in {"python", "python3", f"python3.{sys.version_info[1]}"} or (
        os.path.dirname(program) == os.path.dirname(sys.executable)
    )
    if own:
        return Finding("Kernel", "python3 runs in this environment")
    return Finding(
        "Kernel",
        f"python3 runs {program}, another Python",
        f"jupyter kernelspec remove python3, where it lies in {spec.resource_dir}",
    )


def widgets():
    """Widgets: JupyterLab has the extension that shows sliders, and it is on."""
    from jupyterlab_server.config import get_federated_extensions, get_page_config

    path = _labextensions()
    extension = get_federated_extensions(path).get(WIDGETS)
    if not extension:
        return Finding("Widgets", f"no slider will show, {WIDGETS} is missing", _mend_afresh())
    disabled = get_page_config(path).get("disabledExtensions", [])
    if any(name.split(":")[0] == WIDGETS for name in disabled):
        return Finding(
            "Widgets", f"{WIDGETS} is disabled", f"jupyter labextension enable {WIDGETS}"
        )
    return Finding("Widgets", f"{WIDGETS} {extension['version']} is on")


def comms():
    """Sliders: they take turns with running cells (JupyterLab's commsOverSubshells is disabled)."""
    value, changed = setting(KERNELS, "commsOverSubshells")
    if value == "disabled":
        return Finding("Sliders", "take turns with running cells (commsOverSubshells: disabled)")
    found = f"may run beside a running cell and change its result (commsOverSubshells: {value})"
    if changed:
        return Finding(
            "Sliders",
            found,
            "In JupyterLab: Settings → Settings Editor → Kernels → Kernel Comms over subshells → "
            f"Disabled\n(your own settings, {changed}, say otherwise)",
        )
    return Finding("Sliders", found, "git restore .jupyter")


def pairing():
    """Pairing: JupyterLab keeps a solution and its lesson together (jupytext's extension)."""
    from jupyter_core.paths import jupyter_config_path
    from jupyter_server.extension.config import ExtensionConfigManager
    from jupyter_server.extension.manager import ExtensionPackage

    settings = ExtensionConfigManager(read_config_path=jupyter_config_path())
    asked = settings.get_jpserver_extensions().get("jupyterlab_jupytext")
    if asked and ExtensionPackage(name="jupyterlab_jupytext").validate():
        return Finding("Pairing", "jupytext's server extension is on")
    return Finding(
        "Pairing", "jupytext's server extension is off", "jupyter server extension enable jupytext"
    )


def room():
    """Room: free space on the disk."""
    free = shutil.disk_usage(ROOT).free / 1e9
    return Finding(
        "Room",
        f"{free:.1f} GB free on the disk",
        "" if free >= ROOM else f"Free some: less than {ROOM:.0f} GB may not last a lesson.",
    )


LOOKS = [
    environment, python, versions, files, course, tensorflow, history, kernel, widgets, comms,
    pairing, room,
]  # fmt: skip


def setting(schema, name):
    """A setting as JupyterLab resolves it, and the file of the user's own that changed it."""
    from jupyterlab.commands import get_app_dir, get_user_settings_dir
    from jupyterlab_server.settings_utils import get_settings

    folder = Path(get_app_dir())
    own = get_user_settings_dir()
    found, _ = get_settings(
        str(folder / "settings"), str(folder / "schemas"), own, schema_name=schema
    )
    if name in found["settings"]:
        plugin, _, key = schema.partition(":")
        return found["settings"][name], str(Path(own, plugin, f"{key}.jupyterlab-settings"))
    return found["schema"]["properties"][name]["default"], ""


def _standing():
    """The Python of the environment that `make lab` would use or mend; None without one."""
    prefix = os.environ.get("CONDA_PREFIX")
    if making.inside(prefix) and (not making.lacks() or _is_the_courses_conda()):
        return Path(sys.executable)
    return making.PYTHON if making.PYTHON.exists() and making.runs() else None


def _is_the_courses_conda():
    return os.environ.get("CONDA_DEFAULT_ENV") == making.project()["name"]


def _against_the_lock():
    """What differs, a phrase each, and what agrees, name to version."""
    from importlib import metadata

    from packaging.markers import Marker

    if making.inside(os.environ.get("CONDA_PREFIX")):  # conda's are within the ranges, not locked
        there = metadata.distributions()
        return making.lacks(), {locks.normal(one.metadata["Name"]): one.version for one in there}
    stamp = making.stamp()
    paths = locks.installed(dev=bool(stamp and stamp["dev"]))
    differing, agreed = [], {}
    for locked in (package for path in paths for package in locks.read(path)):
        if locked.marker and not Marker(locked.marker).evaluate():
            continue
        try:
            version = metadata.version(locked.name)
        except metadata.PackageNotFoundError:
            version = "missing"
        if version == locked.version:
            agreed[locked.name] = version
        else:
            differing.append(f"{locked.name} is {version}, the lock has {locked.version}")
    return differing, agreed


def _labextensions():
    from jupyter_core.paths import jupyter_path

    return jupyter_path("labextensions")


def _mend_packages():
    in_conda = making.inside(os.environ.get("CONDA_PREFIX"))
    return "conda env update --file environment.yml --prune" if in_conda else "make lab"


def _mend_afresh():
    in_conda = making.inside(os.environ.get("CONDA_PREFIX"))
    name = making.project()["name"]
    return (
        f"conda env remove --name {name}, then conda env create --file environment.yml"
        if in_conda
        else "make clean, then make lab"
    )
