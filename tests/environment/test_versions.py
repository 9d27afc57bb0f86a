"""The ranges, the locks and conda's file say the same; no file names a package index."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement

from utils.environment import locks

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RANGES, DEV_RANGES = PROJECT["dependencies"], PROJECT["optional-dependencies"]["dev"]
LINUX = dict(sys_platform="linux", platform_system="Linux", os_name="posix")
MACHINES = {
    "Linux x86-64": LINUX | {"platform_machine": "x86_64"},
    "Linux ARM": LINUX | {"platform_machine": "aarch64"},
    "Mac": dict(sys_platform="darwin", platform_system="Darwin", os_name="posix",
                platform_machine="arm64"),
}  # fmt: skip


def locked_for(machine, python, *paths):
    """Name to version of what the locks install there; fails if one name has two versions."""
    where = MACHINES[machine] | {
        "python_version": python, "python_full_version": f"{python}.7",
        "implementation_name": "cpython", "platform_python_implementation": "CPython",
    }  # fmt: skip
    chosen = {}
    for package in (package for path in paths for package in locks.read(path)):
        if not package.marker or Marker(package.marker).evaluate(where):
            assert package.name not in chosen, f"{package.name} is locked twice"
            chosen[package.name] = package.version
    return where, chosen


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("machine", MACHINES)
def test_the_locks_satisfy_every_range_everywhere(machine, python):
    for ranges, paths in ((RANGES, [locks.LOCK]), (DEV_RANGES, [locks.LOCK, locks.DEV_LOCK])):
        where, chosen = locked_for(machine, python, *paths)
        for asked in map(Requirement, ranges):
            if asked.marker and not asked.marker.evaluate(where):
                continue
            version = chosen.get(locks.normal(asked.name), "missing")
            assert version != "missing", f"{asked.name} is not locked for {machine}"
            assert asked.specifier.contains(version), f"{asked} is locked as {version}"


def test_every_python_computes_with_the_same_versions():
    (_, oldest), (_, newest) = (locked_for("Mac", v, locks.LOCK) for v in ("3.11", "3.13"))
    differing = {name for name in oldest.keys() & newest if oldest[name] != newest[name]}
    assert not differing


def test_linux_on_x86_64_takes_the_small_tensorflow_and_others_the_only_one():
    for machine in MACHINES:
        _, chosen = locked_for(machine, "3.12", locks.LOCK)
        expected = "tensorflow-cpu" if machine == "Linux x86-64" else "tensorflow"
        assert {name for name in chosen if name.startswith("tensorflow")} == {expected}


def test_a_learner_installs_nothing_that_only_tests_need():
    learners = {package.name for package in locks.read(locks.LOCK)}
    assert not learners & {package.name for package in locks.read(locks.DEV_LOCK)}
    assert not learners & {"pytest", "ruff", "playwright", "hypothesis"}


@pytest.mark.parametrize("path", locks.installed(dev=True), ids=lambda path: path.name)
def test_every_locked_package_has_hashes_and_every_line_is_read(path):
    found = locks.read(path)
    assert all("--hash=sha256:" in package.text for package in found)
    lines = [line for line in path.read_text().splitlines(True) if not line.startswith("#")]
    assert "".join(package.text for package in found) == "".join(lines)


def test_what_is_installed_here_is_consistent():
    """pip finds one requirement unmet: where tensorflow-cpu serves, tf_keras asks for its twin."""
    run = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    unmet = [line for line in run.stdout.splitlines() if line != "No broken requirements found."]
    (history,) = locks.read(locks.HISTORY_LOCK)
    twin = f"tf-keras {history.version} requires tensorflow, which is not installed."
    assert set(unmet) <= {twin}, run.stdout


def test_the_keras_of_history_is_one_wheel_for_all_and_never_in_condas_lock():
    (history,) = locks.read(locks.HISTORY_LOCK)
    asked = Requirement(locks.HISTORY)
    assert history.name == asked.name and asked.specifier.contains(history.version)
    assert not history.marker
    for paths in ([locks.LOCK], [locks.DEV_LOCK]):
        assert history.name not in {package.name for path in paths for package in locks.read(path)}


def test_the_keras_of_history_fits_the_tensorflow_of_the_lock():
    (history,) = locks.read(locks.HISTORY_LOCK)
    for machine in MACHINES:
        _, chosen = locked_for(machine, "3.12", locks.LOCK)
        (version,) = (v for name, v in chosen.items() if name.startswith("tensorflow"))
        assert version.split(".")[:2] == history.version.split(".")[:2]


def test_condas_file_takes_the_same_pythons_and_the_same_lock():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert conda["name"] == PROJECT["name"]
    python, pip, section = conda["dependencies"]
    assert python == f"python {PROJECT['requires-python']}" and pip == "pip"
    assert section == {"pip": [f"--requirement {locks.LOCK.name}"]}


def test_conda_is_told_how_to_add_the_keras_of_history():
    for path in (ROOT / "environment.yml", locks.HISTORY_LOCK):
        assert f"#   {locks.adding_history()}\n" in path.read_text()


def test_the_finder_says_condas_name():
    finder = (ROOT / "utils/environment/find_python.sh").read_text()
    assert f"conda activate {PROJECT['name']}" in finder


def tracked():
    """The files of the repository; outside one (an archive), those that are not made."""
    run = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if run.returncode == 0:
        return [ROOT / name for name in run.stdout.split("\0") if name]
    return [path for path in ROOT.rglob("*") if ".venv" not in path.parts and path.is_file()]


def test_no_file_names_the_host_of_a_package_index():
    hosts = re.compile(rb"https?://[\w.-]*(pypi|pythonhosted|anaconda|npmjs|debian)[\w.-]*/", re.I)
    options = re.compile(rb"^\s*--?(extra-)?(index-url|find-links|trusted-host)\b", re.MULTILINE)
    for path in tracked():
        content = path.read_bytes() if path.is_file() else b""
        found = hosts.search(content) or options.search(content)
        assert not found, f"{path.relative_to(ROOT)} names {found[0].decode()}"
