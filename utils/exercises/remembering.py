"""The progress file: what was solved, which hints were read, which predictions are locked.

It is never needed and never in the way. Where it cannot be read or written, the same is kept in
memory until the kernel ends, and one sentence says so.
"""

import contextlib
import copy
import fcntl
import itertools
import json
import os
import stat
import tempfile
import threading
import time
from pathlib import Path

SCHEMA = 1
SIZE = 2**20  # bytes; the file of a whole course takes a few thousand
PATIENCE = 2.0  # seconds to wait for another kernel's lock before going on without it
_ROOT = Path(__file__).parents[2]


def place():
    """The path of the progress file: $COURSE_PROGRESS, or .progress/progress.json in the course."""
    chosen = os.environ.get("COURSE_PROGRESS")
    return Path(os.path.expanduser(chosen)) if chosen else _ROOT / ".progress" / "progress.json"


def recorded():
    """What is known: {"exercises": {id: {...}}, "predictions": {id: letter}}; a copy."""
    with _guard:
        return copy.deepcopy(_read())


def record(change):
    """Applies `change(state)` to the newest state, whoever wrote it last; returns a copy."""
    with _guard, _locked():
        state = _read()
        change(state)
        _write(state)
        return copy.deepcopy(state)


def exercise_record(state, exercise_id):
    """The part of a state that belongs to one exercise, made if there is none."""
    empty = {"outcome": "unanswered", "tries": 0, "message": "", "rungs": []}
    return state["exercises"].setdefault(exercise_id, empty)


def words():
    """Sentences about trouble with the file that have not been said yet."""
    with _guard:
        said, _news[:] = list(_news), []
    return tuple(said)


def _read():
    """The state on disk; the state in memory where the disk could not take the last one."""
    path = place()
    if str(path) in _memory:
        return _memory[str(path)]
    if trouble := _trouble(path):
        _keep_in_memory(path, _empty(), f"cannot be used ({trouble})")
        return _memory[str(path)]
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return _empty()
    except UnicodeDecodeError:
        return _set_aside(path, "it is not text")
    except OSError as error:
        _keep_in_memory(path, _empty(), f"cannot be read ({error.strerror})")
        return _memory[str(path)]
    try:
        state = json.loads(text)
    except (ValueError, RecursionError):
        return _set_aside(path, "it is not JSON")
    fault = _fault(state)
    return _set_aside(path, fault) if fault else state


def _trouble(path):
    """Why what stands at `path` may not be read, written or moved, or an empty text.

    It is looked at before it is opened: a pipe would block for ever, a device never end.
    """
    if str(path).startswith("~"):
        return f"there is no user {path.parts[0][1:]} here, whose home it would be in"
    try:
        about = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return ""  # to be made, or told by whoever tries
    except OSError as error:
        return error.strerror
    if not stat.S_ISREG(about.st_mode):
        return "it is no regular file"
    if about.st_size > SIZE:
        return f"it holds {about.st_size / 2**20:.0f} MB, and the course's own a few kB"
    return ""


def _fault(state):
    """Why this is no state of ours, or an empty text."""
    if not isinstance(state, dict) or state.get("schema") != SCHEMA:
        return "it was written by another version of the course"
    shapes = {"outcome": str, "tries": int, "message": str, "rungs": list}
    exercises, predictions = state.get("exercises"), state.get("predictions")
    if not isinstance(exercises, dict) or not isinstance(predictions, dict):
        return "parts of it are missing"
    for one in exercises.values():
        if not isinstance(one, dict) or not all(
            isinstance(one.get(name), kind) for name, kind in shapes.items()
        ):
            return "parts of it are missing"
        if not all(isinstance(rung, str) for rung in one["rungs"]):
            return "parts of it are missing"
    if not all(isinstance(letter, str) for letter in predictions.values()):
        return "parts of it are missing"
    return ""


def _write(state):
    path = place()
    if str(path) in _memory:
        _memory[str(path)] = state
    if trouble := _trouble(path):
        _keep_in_memory(path, state, f"cannot be used ({trouble})")
        return
    try:
        target = _target(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".progress-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(state, file, indent=1, sort_keys=True)
            os.replace(draft, target)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(draft)
            raise
    except OSError as error:
        _keep_in_memory(path, state, f"cannot be written ({error.strerror})")
    else:
        _memory.pop(str(path), None)


def _keep_in_memory(path, state, why):
    if str(path) not in _memory:
        _news.append(
            f"The progress file {path} {why}. Your progress is kept until this kernel ends; "
            "nothing else is affected."
        )
    _memory[str(path)] = state


def _set_aside(path, why):
    """Moves a file that cannot be used out of the way, under a name that is free."""
    path = _target(path)
    stem = f"{path.name}.damaged-{time.strftime('%Y%m%d')}"
    names = (f"{stem}-{number}" for number in itertools.count(1))
    aside = next(path.with_name(name) for name in names if not path.with_name(name).exists())
    try:
        os.replace(path, aside)
    except FileNotFoundError:
        return _empty()  # another kernel was first
    except OSError as error:
        _keep_in_memory(path, _empty(), f"cannot be used ({why}) nor moved ({error.strerror})")
        return _memory[str(path)]
    _news.append(
        f"The progress file could not be used: {why}. It was set aside as {aside.name}, and a "
        "new one begun. What you have solved, you can check again at any time."
    )
    return _empty()


@contextlib.contextmanager
def _locked():
    """Holds a lock that other kernels respect, as long as the disk allows one."""
    lock, path = None, place()
    if not _trouble(path):
        path = _target(path)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = _open_lock(path.with_name(f"{path.stem}.lock"))
    if lock is None:
        yield
        return
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            time.sleep(0.01)
        yield
    finally:
        os.close(lock)


def _open_lock(path):
    lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW, 0o600)
    if stat.S_ISREG(os.fstat(lock).st_mode):
        return lock
    os.close(lock)
    return None


def _target(path):
    """The file that a link names, which is written in its place: the link stays one."""
    return Path(os.path.realpath(path))


def _empty():
    return {"schema": SCHEMA, "exercises": {}, "predictions": {}}


_guard = threading.RLock()  # widgets call from a second thread
_memory = {}  # path → state, where the disk could not take it
_news = []
