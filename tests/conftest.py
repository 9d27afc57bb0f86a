"""For every test: the learner's progress file stays untouched, and TensorFlow keeps quiet."""

import os

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")


def pytest_addoption(parser):
    parser.addoption("--every-mutant", action="store_true", help="try all mutants of each answer")
    parser.addoption("--every-case", action="store_true", help="run all cases of the bug hunt")
    parser.addoption("--whole-zoo", action="store_true", help="ask every model all, and in graphs")


@pytest.fixture(autouse=True)
def progress_file(tmp_path, monkeypatch):
    """A progress file of this test's own, named to child processes by the environment."""
    path = tmp_path / "progress.json"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    return path
