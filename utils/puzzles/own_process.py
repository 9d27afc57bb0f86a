"""Running a program of a room in a process of its own, where it can do what can't be undone.

The program is a module that takes its settings as JSON in its one argument, says what it is doing,
a line each, and prints what it found as JSON, on one line, last.
"""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

PATIENCE = 180  # seconds after which a process is ended

_ROOT = Path(__file__).parents[2]


class ProcessError(Exception):
    """The program did not run to its end; the message is for the reader."""


def command(module, settings):
    """How a module is run with these settings, a dict of what JSON can hold."""
    return [sys.executable, "-m", module, json.dumps(settings)]


def report_of(command, say=print):
    """Run a program that wants tf_keras: what it reports, a dict of plain values.

    say: called with each other line that it prints. The process ends if this call is interrupted.
    Raises ProcessError if there is no tf_keras, and if the program fails or takes too long.
    """
    if importlib.util.find_spec("tf_keras") is None:
        raise ProcessError(
            "tf_keras, the Keras of former years, is not installed: `make doctor` says how to "
            "add it."
        )
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints:
        try:
            with _started(command, complaints) as process:
                return _listened_to(process, say, complaints)
        except (OSError, ValueError) as error:
            raise ProcessError(f"What the process said can't be read: {error}.") from error


def _started(command, complaints):
    return subprocess.Popen(
        command,
        cwd=_ROOT,
        env=os.environ | {"PYTHONPATH": str(_ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=complaints,  # a file, so that no second pipe has to be emptied meanwhile
        encoding="utf-8",
    )


def _listened_to(process, say, complaints):
    """What the process reports; it has ended when this returns or raises."""
    clock = threading.Timer(PATIENCE, process.kill)
    clock.daemon = True
    try:
        clock.start()
        for line in process.stdout:
            if line.startswith("{"):
                return json.loads(line)
            say(line.rstrip())
        status = process.wait()
        complaints.seek(0)
        raise ProcessError(_why(status, complaints.readlines()))
    finally:  # also after an Interrupt
        clock.cancel()
        process.kill()
        process.wait()


def _why(status, complaints):
    last = next((line.strip() for line in reversed(complaints) if line.strip()), "")
    if status < 0:
        return f"The process was ended after at most {PATIENCE} seconds, by signal {-status}."
    return f"The process ended with status {status}, and said last: {last[:300]}"
