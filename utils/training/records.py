"""Records of what takes longer than a moment to train: small files that say how they came about."""

import datetime
import json
import os
import platform
import zipfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parents[1] / "records"
ABOUT = "about"  # the name of the provenance among the arrays
MADE_WITH = ("tensorflow", "tensorflow-cpu", "keras", "numpy")


class RecordError(Exception):
    """A record is missing, damaged or of another kind; the message is for the reader."""


@dataclass(frozen=True)
class Record:
    """Arrays by name, and how they came about."""

    arrays: dict
    about: dict  # name, settings, versions, date


def path_of(name):
    """Where the record of a lesson is, by the lesson's stem."""
    return FOLDER / f"{name}.npz"


def save(path, name, settings, arrays):
    """Write a record in one go: either the old file is there or the new one, whole.

    settings: whatever JSON can hold. arrays: numbers only, by name.
    """
    about = {"name": name, "settings": settings, "versions": _versions(), "date": _today()}
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        np.savez_compressed(file, **arrays, **{ABOUT: np.array(json.dumps(about))})
    os.replace(beside, path)


def load(path, name, settings=None):
    """Read a record back. Raises RecordError unless it is one of this name and these settings."""
    mend = "`make records` makes it anew, `git checkout` brings back the one that was shipped."
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {key: file[key] for key in file.files}
        about = json.loads(str(arrays.pop(ABOUT)))
        found = about["name"], about["settings"], about["versions"], about["date"]
    except FileNotFoundError:
        raise RecordError(f"The record {path.name} is missing. {mend}") from None
    except (ValueError, KeyError, TypeError, EOFError, OSError, zipfile.BadZipFile) as error:
        raise RecordError(
            f"The record {path.name} can't be read: it is damaged, or no record of this course "
            f"({error}). {mend}"
        ) from error
    if found[0] != name:
        raise RecordError(f"{path.name} is a record of {found[0]!r}, not of {name!r}. {mend}")
    if settings is not None and found[1] != json.loads(json.dumps(settings)):
        raise RecordError(
            f"The record {path.name} was made with other settings than the project has now. {mend}"
        )
    return Record(arrays, about)


def _versions():
    versions = {"python": platform.python_version(), "machine": platform.machine()}
    for package in MADE_WITH:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:  # one of two names of TensorFlow
            continue
    return versions


def _today():
    return datetime.datetime.now(datetime.UTC).date().isoformat()
