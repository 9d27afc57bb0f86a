"""The environment is made, found again, mended and refused, by real pip from a tiny real lock."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from utils.environment import explaining, making

ROOT = Path(__file__).parents[2]


class Course:
    """A course of its own with three locks of tiny packages, in a path with a space."""

    def __init__(self, folder):
        self.root, self.wheels, self.home = folder / "my course", folder / "wheels", folder / "home"
        for place in (self.root, self.wheels, self.home):
            place.mkdir()
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "utils/environment", self.root / "utils/environment", ignore=ignore)
        (self.root / "utils/__init__.py").touch()
        shutil.copy(ROOT / "pyproject.toml", self.root)
        self.lock("requirements.lock", course_a="1.0", course_b="1.0")
        self.lock("requirements-history.lock", course_old="1.0", requires="course-a==0.1")
        self.lock("requirements-dev.lock", course_dev="1.0")

    def lock(self, name, damaged=False, requires="", **packages):
        lines = []
        for package, version in packages.items():
            digest = hashlib.sha256(self.wheel(package, version, requires).read_bytes()).hexdigest()
            digest = digest[::-1] if damaged else digest
            dashed = package.replace("_", "-")
            lines.append(f"{dashed}=={version} \\\n    --hash=sha256:{digest}\n")
        (self.root / name).write_text("".join(lines))

    def wheel(self, package, version, requires=""):
        path = self.wheels / f"{package}-{version}-py3-none-any.whl"
        notes = f"{package}-{version}.dist-info"
        with zipfile.ZipFile(path, "w") as wheel:
            files = {
                f"{package}/__init__.py": f"version = {version!r}\n",
                f"{notes}/METADATA": f"Metadata-Version: 2.1\nName: {package}\n"
                f"Version: {version}\n" + f"Requires-Dist: {requires}\n" * bool(requires),
                f"{notes}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            }
            for name, text in files.items():
                wheel.writestr(zipfile.ZipInfo(name), text)
            rows = "".join(f"{name},,\n" for name in [*files, f"{notes}/RECORD"])
            wheel.writestr(zipfile.ZipInfo(f"{notes}/RECORD"), rows)
        return path

    def run(self, *task, **variables):
        foreign = ("PIP_", "JUPYTER")  # what pip is told here, and what `make` tells the tests
        env = {name: text for name, text in os.environ.items() if not name.startswith(foreign)}
        env |= {"HOME": str(self.home), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.wheels.as_uri()}
        env |= {"PIP_CONFIG_FILE": os.devnull, "PATH": os.defpath, **variables}
        python = self.root / ".venv/bin/python"
        return subprocess.run(
            [sys.executable if not python.exists() else python, "-m", "utils.environment", *task],
            cwd=self.root, env=env, capture_output=True, text=True,
        )  # fmt: skip

    def versions(self):
        program = "import course_a, course_b; print(course_a.version, course_b.version)"
        run = self.run("run", "-c", program)
        assert run.returncode == 0, run.stderr
        return run.stdout.splitlines()

    @property
    def site(self):
        return next(self.root.glob(".venv/lib/python3.*/site-packages"))

    @property
    def stamp(self):
        return self.root / ".venv/course.json"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("made"))
    run = course.run("make")
    assert run.returncode == 0, run.stderr
    assert "has no environment yet" in run.stdout and "stands" in run.stdout
    return course


def test_the_second_time_it_is_found_as_it_is(made):
    before = made.stamp.stat().st_mtime_ns
    assert made.versions() == ["1.0 1.0"]
    assert made.stamp.stat().st_mtime_ns == before


def test_nothing_is_written_outside_the_course_and_no_download_is_kept(made):
    assert list(made.home.iterdir()) == []
    assert not (made.root / ".cache").exists() and not (made.root / ".venv/tmp").exists()


def test_editors_find_utils_without_variables_even_after_the_folder_has_moved(made):
    program = "import utils; print(utils.__file__)"
    command = [".venv/bin/python", "-I", "-c", program]
    moved = made.root.rename(made.root.with_name("moved course"))
    try:
        run = subprocess.run(command, cwd=moved, capture_output=True, text=True)
        assert run.stdout.strip() == str(moved / "utils/__init__.py"), run.stderr
    finally:
        moved.rename(made.root)


def test_a_program_sees_the_courses_folder_and_settings_and_no_foreign_packages(made):
    program = "import os; print(os.environ['PYTHONPATH'], os.environ['JUPYTER_CONFIG_PATH'])"
    run = made.run("run", "-c", program, PYTHONPATH="/opt/ros")
    assert run.stdout.strip() == f"{made.root} {made.root / '.jupyter'}"


def test_what_is_of_history_is_there_without_what_it_requires(made):
    program = "import course_old, course_a; print(course_old.version, course_a.version)"
    assert made.run("run", "-c", program).stdout.split() == ["1.0", "1.0"]


def test_another_lock_of_history_is_followed_in_place(made):
    made.lock("requirements-history.lock", course_old="2.0", requires="course-a==0.1")
    program = "import course_old, course_a; print(course_old.version, course_a.version)"
    run = made.run("run", "-c", program)
    assert "The lock has changed" in run.stdout and run.stdout.split()[-2:] == ["2.0", "1.0"]


def test_the_tests_need_more_and_a_learner_stays_without(made):
    assert not (made.site / "course_dev").exists()
    run = made.run("run", "--dev", "-c", "import course_dev; print(course_dev.version)")
    assert run.stdout.splitlines()[-1] == "1.0", run.stderr
    assert "a few packages more" in run.stdout


def test_another_lock_is_followed_in_place(made):
    made.lock("requirements.lock", course_a="2.0", course_b="1.0")
    assert made.versions()[-1] == "2.0 1.0"
    made.lock("requirements.lock", course_a="1.0", course_b="1.0")
    assert made.versions()[-1] == "1.0 1.0"


def test_a_package_that_is_gone_comes_back(made):
    shutil.rmtree(made.site / "course_b")
    said = made.versions()
    assert "course_b" in said[0] and said[-1] == "1.0 1.0"


def test_an_unfinished_package_is_not_taken_for_installed(made):
    (made.site / "course_a-1.0.dist-info/RECORD").unlink()
    (made.site / "course_a/__init__.py").unlink()
    assert made.versions()[-1] == "1.0 1.0"


def test_one_whose_python_is_gone_is_made_anew(made):
    python = made.root / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/no/such/python")
    (made.site / "litter.py").touch()
    said = made.versions()
    assert "does not run" in said[0] and said[-1] == "1.0 1.0"
    assert not (made.site / "litter.py").exists()


@pytest.fixture
def venv(tmp_path, monkeypatch):
    """An environment's place that is empty, for this process."""
    monkeypatch.setattr(making, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(making, "STAMP", tmp_path / ".venv/course.json")
    monkeypatch.setattr(making, "PYTHON", tmp_path / ".venv/bin/python")
    return tmp_path / ".venv"


def test_an_environment_left_half_made_is_called_so(venv):
    assert "no environment yet" in making.problem()
    venv.mkdir()
    (venv / "course.json").write_text(json.dumps({"state": "making"}))
    assert "half made" in making.problem()
    (venv / "course.json").write_text("{dama")
    assert "does not run" in making.problem()


def test_anothers_environment_is_moved_aside_never_removed(venv, capsys):
    venv.mkdir()
    (venv / "theirs").write_text("precious")
    making._clear(making.stamp())
    [aside] = venv.parent.glob(".venv.before-*")
    assert aside.name in capsys.readouterr().out and not venv.exists()
    assert (aside / "theirs").read_text() == "precious"


def test_a_damaged_download_is_named_and_the_next_try_succeeds(made):
    made.lock("requirements.lock", damaged=True, course_a="3.0", course_b="1.0")
    run = made.run("make")
    assert run.returncode == 1 and "not what the lock file says" in run.stderr
    assert "Traceback" not in run.stderr
    made.lock("requirements.lock", course_a="1.0", course_b="1.0")
    assert made.versions()[-1] == "1.0 1.0"


def test_no_network_is_said_and_what_stood_still_stands(made):
    made.lock("requirements.lock", course_a="4.0", course_b="1.0")
    closed = dict(PIP_NO_INDEX="0", PIP_INDEX_URL="http://127.0.0.1:9/", PIP_FIND_LINKS="")
    run = made.run("make", **closed, PIP_RETRIES="1")
    assert run.returncode == 1 and "could not be reached" in run.stderr
    assert "Traceback" not in run.stderr and "127.0.0.1" not in run.stderr
    made.lock("requirements.lock", course_a="1.0", course_b="1.0")
    assert made.versions() == ["1.0 1.0"]


def test_a_folder_that_python_makes_no_environment_in_is_named(tmp_path):
    (tmp_path / "a:b").mkdir()
    run = Course(tmp_path / "a:b").run("make")
    assert run.returncode == 1 and "contains “:”" in run.stderr and "Traceback" not in run.stderr


def test_too_little_room_is_said_before_anything_is_made(venv, monkeypatch):
    monkeypatch.setattr(making.shutil, "disk_usage", lambda _: SimpleNamespace(free=10**9))
    with pytest.raises(explaining.Trouble, match=r"needs 2\.8 GB .* 1\.0 GB are free"):
        making._room_for(making.NEEDED, dev=False)
    assert not venv.exists()


FACTS = {"megabytes": 410, "gigabytes": 2.8, "machine": "Linux x86_64, Python 3.12"}


@pytest.mark.parametrize(
    "words, sentence",
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "Free about 2.8 GB"),
        ("WARNING: Retrying after NewConnectionError('Temporary failure in name resolution')\n"
         "ERROR: No matching distribution found for absl-py==2.5.1", "could not be reached"),
        ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'))\n"
         "Max retries exceeded with url", "PIP_CERT="),
        ("ERROR: No matching distribution found for tensorflow==2.21.0", "no build of tensorflow"),
        ("ERROR: [Errno 13] Permission denied: '/x'", "cannot be written to"),
        ("ERROR: something\nnever seen", "something"),
    ],
)  # fmt: skip
def test_what_pip_says_becomes_a_sentence(words, sentence):
    trouble = explaining.installing_failed(words, "the environment", ".venv/install.log", **FACTS)
    assert sentence in str(trouble) and "Traceback" not in str(trouble)
