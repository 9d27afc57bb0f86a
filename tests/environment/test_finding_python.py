"""The finder takes the first Python that can carry the course, and says why others will not do."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from utils.environment import probe

ROOT = Path(__file__).parents[2]
REAL = sys.executable


@pytest.fixture
def machine(tmp_path):
    """A checkout with the finder, and an empty folder as PATH to put interpreters in."""
    copy = tmp_path / "a checkout"
    place = copy / "utils" / "environment"
    place.mkdir(parents=True)
    for name in ("find_python.sh", "probe.py"):
        (place / name).write_text((ROOT / "utils/environment" / name).read_text())
    (copy / "utils" / "__init__.py").write_text("")
    (place / "__init__.py").write_text("")
    # Whoever is chosen says who it is, by the name that it was called by.
    (place / "__main__.py").write_text("import os, sys; print(os.environ['ME'], sys.argv[1:])")
    (tmp_path / "bin").mkdir()
    return Machine(copy, tmp_path / "bin")


class Machine:
    def __init__(self, copy, path):
        self.copy, self.path = copy, path

    def install(self, name, body, folder=None):
        program = (folder or self.path) / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f"#!/bin/sh\nME={name}; export ME\n{body}\n")
        program.chmod(0o755)
        return program

    def good(self, name, folder=None):
        return self.install(name, f'exec "{REAL}" "$@"', folder)

    def saying(self, name, answer):
        return self.install(name, f"echo '{answer}'")

    def find(self, **variables):
        return subprocess.run(
            ["/bin/sh", "utils/environment/find_python.sh", "lab", "--port 1"],
            cwd=self.copy, capture_output=True, text=True,
            env={"PATH": str(self.path), "HOME": str(self.copy),
                 "HOMEBREW_PREFIX": str(self.copy), **variables},
        )  # fmt: skip


def test_the_newest_that_runs_is_taken_with_the_task(machine):
    for name in ("python3.13", "python3.12", "python3"):
        machine.good(name)
    run = machine.find()
    assert run.stdout.strip() == "python3.13 ['lab', '--port 1']", run.stderr


def test_a_shim_that_fails_is_passed_over(machine):
    machine.install("python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")
    machine.good("python3.11")
    run = machine.find()
    assert run.stdout.startswith("python3.11 ")
    assert run.stderr == ""


def test_the_courses_own_environment_comes_before_the_path(machine):
    machine.good("python3.13")
    machine.good("python", machine.copy / ".venv/bin")
    assert machine.find().stdout.startswith("python ")


def test_an_active_conda_comes_first_and_one_that_is_too_new_is_passed_over(machine, tmp_path):
    machine.good("python3.12")
    machine.good("python", tmp_path / "conda/bin")
    assert machine.find(CONDA_PREFIX=str(tmp_path / "conda")).stdout.startswith("python ")
    old = "no is Python 3.14, too new: TensorFlow 2.21 needs 3.11 to 3.13"
    machine.install("python", f"echo '{old}'", tmp_path / "conda/bin")
    assert machine.find(CONDA_PREFIX=str(tmp_path / "conda")).stdout.startswith("python3.12 ")


def test_pyenvs_own_place_is_looked_at_when_the_path_has_none(machine):
    machine.good("python3.12", machine.copy / ".pyenv/versions/3.12.4/bin")
    assert machine.find().stdout.startswith("python3.12 ")


def test_the_variable_wins_and_is_named_where_it_leads_nowhere(machine):
    machine.good("python3.13")
    assert machine.find(PYTHON=str(machine.good("mine"))).stdout.startswith("mine ")
    run = machine.find(PYTHON="python9")
    assert run.returncode == 1 and "python9 (from the variable PYTHON) is not there" in run.stderr


def test_where_none_will_do_each_is_named_with_its_reason_and_two_ways_out(machine):
    machine.saying("python3.13", "no lacks the module ensurepip that makes environments")
    machine.saying("python3", "no is Python 3.14, too new: TensorFlow 2.21 needs 3.11 to 3.13")
    machine.install("python", "exit 1")
    run = machine.find()
    assert run.returncode == 1 and run.stdout == ""
    for sentence in (
        "python3.13 lacks the module ensurepip", "3.14, too new", "python does not run",
        "conda env create -f environment.yml", "uv python install 3.13",
    ):  # fmt: skip
        assert sentence in run.stderr


def test_an_empty_machine_is_told_so(machine):
    assert "no Python at all is on the PATH" in machine.find().stderr


@pytest.mark.parametrize("version, word", [((3, 10, 9), "too old"), ((3, 14, 0), "too new")])
def test_the_probe_refuses_a_version_outside_the_range(monkeypatch, version, word):
    monkeypatch.setattr(sys, "version_info", version)
    assert word in probe.refusal() and probe.dotted(version[:2]) in probe.refusal()


def test_the_probe_names_debians_package_for_a_missing_module(monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    package = f"python{probe.dotted(sys.version_info[:2])}-venv"
    assert f"apt install {package}" in probe.refusal()


def test_the_probe_refuses_what_tensorflow_has_no_build_for(monkeypatch):
    monkeypatch.setattr("platform.python_implementation", lambda: "PyPy")
    assert "PyPy" in probe.refusal()
    monkeypatch.undo()
    monkeypatch.setattr("sysconfig.get_config_var", lambda name: name == "Py_GIL_DISABLED")
    assert "free-threaded" in probe.refusal()


def test_this_python_will_do():
    run = subprocess.run(
        [REAL, "-E", "-s", "-S", probe.__file__], capture_output=True, text=True, env=os.environ
    )
    assert run.stdout == "yes " + probe.dotted(sys.version_info[:3])


def test_the_probes_range_is_pyprojects():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    newest, minor = probe.NEWEST
    assert project["requires-python"] == f">={probe.dotted(probe.OLDEST)},<{newest}.{minor + 1}"
