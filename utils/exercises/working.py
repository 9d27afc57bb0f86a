"""The process that meets an answer: first its limits, then the answer, then the judge."""

import builtins
import ctypes
import fcntl
import io
import json
import os
import pickle
import resource
import signal
import sys
import tempfile
from contextlib import contextmanager, nullcontext, suppress

import numpy as np

from utils.error_text import text_of
from utils.exercises import judging

ADDRESSES = 16 * 2**30  # bytes of address space: one absurd array is refused, TensorFlow fits
FILE = 64 * 2**20  # bytes that one written file may have
TALKATIVE = {"tensorflow", "keras"}
PROCESSOR = 600  # seconds, if even the warden is gone


def work(request, pickles, folder, events, output):
    """Judges one answer and tells the verdict on `events`, (descriptor, token); never returns."""
    status = 1
    try:
        line, token = _out_of_the_way(events[0]), events[1]
        _settle(folder, output, request["path"])

        def tell(**event):
            os.write(line, b"\n" + token + json.dumps(event).encode() + b"\n")

        report = _report(pickles, tell)
        with suppress(Exception):  # whatever stands there now
            sys.stdout.flush()
        tell(report=report | {"end": "judged"})  # after this word it may be killed at any time
        status = 0
    finally:
        with suppress(Exception):
            sys.stdout.flush()
        os._exit(status)


def adopt_orphans():
    """Makes this process the parent of what its descendants leave behind (Linux; else nothing)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER, <linux/prctl.h>


def _out_of_the_way(descriptor):
    """The descriptor under a high number, where an answer that counts from 0 does not meet it."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    most = 900 if most == resource.RLIM_INFINITY else min(most, 900)
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, most - 1 - os.getpid() % (most // 4))
    os.close(descriptor)
    return moved


def _report(pickles, tell):
    judge = pickle.loads(pickles[0])
    _announce_imports(tell)
    try:
        answer = pickle.loads(pickles[1])
    except BaseException as error:
        return {"unpicklable": f"{type(error).__name__}: {text_of(error, 300)}"}
    tell(begin=True)
    return judging.ruling(judge, answer)


def _settle(folder, output, path):
    """A session, a folder, limits, streams of its own, and the notebook's way to its modules."""
    os.setsid()
    os.chdir(folder)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for limit, wanted in (
        (resource.RLIMIT_AS, ADDRESSES),
        (resource.RLIMIT_FSIZE, FILE),
        (resource.RLIMIT_CPU, PROCESSOR),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # macOS refuses some of them
            resource.setrlimit(limit, (wanted, wanted))
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    for copy in {nothing, output} - {0, 1, 2}:
        os.close(copy)
    sys.stdin, sys.stdout, sys.stderr = _stream(0, "r"), _stream(1, "w"), _stream(2, "w")
    os.environ["TMPDIR"] = tempfile.tempdir = folder  # the server may have looked it up already
    os.register_at_fork(after_in_child=_step_back)
    np.random.seed()  # a fork would go on with the server's numbers; Python sees to its own
    sys.path[:] = path
    builtins.input = _nobody_types


def _step_back():
    """What an answer forks goes last, so that its warden comes to its turn among thousands."""
    with suppress(OSError):
        os.nice(19)


def _stream(descriptor, mode):
    raw = io.FileIO(descriptor, mode, closefd=False)
    if mode == "r":
        return io.TextIOWrapper(io.BufferedReader(raw))
    buffered = io.BufferedWriter(raw)
    return io.TextIOWrapper(buffered, "utf-8", errors="replace", line_buffering=True)


def _announce_imports(tell):
    """Tells when an outermost import of a module that is not loaded begins and ends.

    What TensorFlow says of itself meanwhile concerns no learner, unless its import fails.
    """
    real, under_way = builtins.__import__, []

    def importing(name, globals=None, locals=None, fromlist=(), level=0):
        if under_way or level or name in sys.modules:
            return real(name, globals, locals, fromlist, level)
        under_way.append(name)
        tell(**{"import": name})
        try:
            with _hushed() if name.partition(".")[0] in TALKATIVE else nullcontext():
                return real(name, globals, locals, fromlist, level)
        finally:
            under_way.clear()
            tell(imported=name)

    builtins.__import__ = importing


@contextmanager
def _hushed():
    """Keeps what is written to file descriptor 2 meanwhile; shows it only after an error."""
    sys.stderr.flush()
    own = os.dup(2)
    with tempfile.TemporaryFile() as kept:
        os.dup2(kept.fileno(), 2)
        try:
            yield
        except BaseException:
            kept.seek(0)
            os.write(own, kept.read()[-2_000:])
            raise
        finally:
            os.dup2(own, 2)
            os.close(own)


def _nobody_types(prompt=""):
    raise EOFError("input() waits for somebody to type, and here nobody does")
