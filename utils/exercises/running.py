"""Hands an answer over to the process that judges it, and brings back what came of it."""

import atexit
import contextlib
import json
import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from utils.error_text import text_of
from utils.exercises import registry
from utils.exercises.exercise import Verdict, not_yet
from utils.exercises.packing import packed
from utils.warming_up import QUIET, afterwards

PICKLE = 256 * 2**20  # bytes that an answer may take along
PACKING = 20.0  # seconds for pickling an answer, in the notebook's own process
MEMORY = 2 * 2**30  # bytes that an answer may have resident, with what it starts
FAILURES = 2  # of the server with TensorFlow to begin with an answer, and it is asked no more
PATIENCE = 200.0  # seconds without a word from the warden, which has limits of its own
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ruling:
    """What came of an answer: a verdict or the course's own fault, and what was seen meanwhile."""

    verdict: Verdict | None = None
    fault: str = ""  # a report for the course's authors
    output: str = ""  # the beginning of what the answer printed
    printed: int = 0  # bytes printed in all
    imports: dict = field(default_factory=dict)  # module → seconds


def run(exercise, answer):
    """Judges `answer` in a process of its own and returns a `Ruling`; ends within the limits."""
    try:
        pickles = [packed(exercise.judge)]
    except Exception as error:
        return Ruling(fault=f"The judge of {exercise.id} cannot be sent: {error!r}")
    try:
        with _time_limit(PACKING):
            pickles.append(packed(answer))
    except KeyboardInterrupt:
        raise  # the notebook's own Interrupt
    except _TooSlow:
        reason = f"packing it was not done after {PACKING:g} seconds"
        return Ruling(not_yet("unpicklable", reason=reason))
    except BaseException as error:  # packing runs the answer's own code, if it has such
        return Ruling(not_yet("unpicklable", reason=_reason(error)))
    if len(pickles[1]) > PICKLE:
        size = f"it is {len(pickles[1]) / 2**20:.0f} MB large, with all the variables it uses"
        return Ruling(not_yet("unpicklable", reason=size))
    request = {
        "seconds": exercise.seconds,
        "memory": MEMORY,
        "sizes": [len(data) for data in pickles],
        "path": [os.path.abspath(folder or os.curdir) for folder in sys.path],
    }
    return _understand(exercise, _ask(exercise, request, pickles))


class _TooSlow(BaseException):
    """Ends the packing of an answer."""


@contextlib.contextmanager
def _time_limit(seconds):
    """Raises `_TooSlow` after `seconds`, where an alarm is possible and nobody else has set one."""
    alone = threading.current_thread() is threading.main_thread()
    free = alone and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    if not free or any(signal.getitimer(signal.ITIMER_REAL)):
        yield
        return

    def ring(*_):
        raise _TooSlow

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def start():
    """Starts the server if it is not running; returns at once, the server loads by itself."""
    _server.start()


def expect(lesson):
    """Starts the server that has TensorFlow, if a lesson (its number) has exercises that want it.

    Returns at once. While this process loads TensorFlow itself, the server waits for its turn.
    """
    wanting = {one.id.partition(".")[0] for one in registry.exercises().values() if one.tensorflow}
    if lesson in wanting and _tensorflow_server.failures < FAILURES:
        afterwards(_tensorflow_server.start)


def _ask(exercise, request, pickles):
    """The reply of the exercise's server; where there can be none with TensorFlow, of the plain."""
    if exercise.tensorflow and _tensorflow_server.failures < FAILURES:
        reply = _tensorflow_server.ask(request, pickles)
        if reply["end"] != "vanished" or "worker" in reply:
            return reply
        _tensorflow_server.failures += 1  # its workers import TensorFlow each for itself, then
    return _server.ask(request, pickles)


class _Server:
    """This process's end of the line to a server of answers of its own."""

    def __init__(self, tensorflow=False):
        self.lock, self.process, self.line, self.owner = threading.Lock(), None, None, None
        self.tensorflow, self.asked, self.failures = tensorflow, False, 0

    def start(self):
        with self.lock:
            alive = self.process is not None and self.process.poll() is None
            if alive and self.owner == os.getpid():
                return
            ours, theirs = socket.socketpair()
            call = f"serve({theirs.fileno()}, tensorflow={self.tensorflow})"
            program = f"from utils.exercises.serving import serve; {call}"
            self.process = subprocess.Popen(
                [sys.executable, "-c", program],
                cwd=ROOT,
                env=os.environ | _MANNERS | {"PYTHONPATH": str(ROOT)},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # the notebook's Interrupt is not for the server
            )
            theirs.close()
            self.line, self.owner, self.asked = ours, os.getpid(), False

    def stop(self):
        with self.lock:
            if self.line is not None and self.owner == os.getpid():
                self.line.close()
                if not self.asked:  # it may be loading still, and has nothing to clear away
                    self.process.kill()
                self.process.wait(10)
            self.process = self.line = None

    def ask(self, request, pickles):
        """The warden's reply, or {"end": "vanished"} if it cannot give one."""
        for _ in range(2):  # a server that an answer has killed is replaced
            self.start()
            ours, theirs = socket.socketpair()
            with ours:
                self.asked = True
                try:
                    socket.send_fds(self.line, [b"+"], [theirs.fileno()])
                except OSError:
                    self.stop()
                    continue
                finally:
                    theirs.close()
                reply = _converse(ours, request, pickles)
            if reply["end"] == "vanished":
                self.sweep()
            return reply
        return {"end": "vanished"}

    def sweep(self):
        """Asks the server to end what an answer has left that killed its warden."""
        with contextlib.suppress(OSError, AttributeError):  # there may be none any more
            self.line.send(b"-")


def _converse(channel, request, pickles):
    """Sends the request; whatever ends the talk, also an Interrupt, ends the worker too."""
    channel.settimeout(PATIENCE + request["seconds"])
    first, reply = {}, {"end": "vanished"}
    try:
        channel.sendall(json.dumps(request).encode() + b"\n" + b"".join(pickles))
        with channel.makefile("rb") as stream:
            for line in stream:
                reply = json.loads(line)
                first = first or reply
    except OSError:
        reply = {"end": "vanished"}
    finally:
        # The warden ends its worker; should the answer have killed the warden, we do it.
        if "worker" in first and reply.get("end") not in _ORDERLY:
            with contextlib.suppress(OSError):
                os.killpg(first["worker"], signal.SIGKILL)
            shutil.rmtree(first["folder"], ignore_errors=True)
    return reply if "end" in reply else {"end": "vanished", **first}


def _understand(exercise, reply):
    """The `Ruling` that a warden's reply amounts to."""
    end, status = reply["end"], reply.get("status")
    about = {name: reply[name] for name in ("output", "printed", "imports") if name in reply}
    if "fault" in reply:
        return Ruling(fault=reply["fault"], **about)
    if end == "vanished" and "worker" not in reply:
        return Ruling(fault=_why_no_server())
    if "unpicklable" in reply:
        return Ruling(not_yet("unpicklable", reason=reply["unpicklable"]), **about)
    if end == "judged":
        return Ruling(Verdict(reply["outcome"], reply["message"], reply["facts"]), **about)
    if end in ("timeout", "memory", "processes"):
        return Ruling(not_yet(end, seconds=exercise.seconds), **about)
    return Ruling(not_yet("died", how=_how(status)), **about)


def _why_no_server():
    program = [sys.executable, "-c", "import utils.exercises.serving"]
    attempt = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=60)
    return f"The process that runs answers did not start.\n{attempt.stderr[-4_000:]}"


def _how(status):
    if status is None:
        return "it vanished without a word"
    if status >= 0:
        return f"it left Python with exit status {status}"
    with contextlib.suppress(ValueError):
        return f"the system ended it with {signal.Signals(-status).name}"
    return f"the system ended it with signal {-status}"


def _reason(error):
    told = (TypeError, pickle.PicklingError, RecursionError)
    text = text_of(error, 300) if type(error) in told else ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


_ORDERLY = {"judged", "timeout", "memory", "processes", "died", "fault"}
_MANNERS = {  # one thread before the fork, and no chatter
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",  # macOS: NumPy is loaded, not yet used
    "PYTHONUNBUFFERED": "1",
    **QUIET,
}
_server, _tensorflow_server = _Server(), _Server(tensorflow=True)
atexit.register(_server.stop)
atexit.register(_tensorflow_server.stop)
