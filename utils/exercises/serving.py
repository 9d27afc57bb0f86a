"""The processes that run answers, so that nothing an answer does can reach the notebook.

A *server*, started once by a kernel, has NumPy and the judges loaded and one thread only, so that
it can fork in milliseconds. For each answer it forks a *warden*, which starts the *worker* that
meets the answer, and watches the clock, the memory and whether the notebook is still there. A
second server, for the exercises that want it, has TensorFlow and Keras loaded as well: 210 MB of
its own on Linux, and 45 more in each worker, where a worker that imports them takes 220.
"""

import gc
import json
import os
import secrets
import selectors
import shutil
import signal
import socket
import tempfile
import time
import traceback
from contextlib import suppress

import psutil

from utils.exercises import working

TRIAL = 60  # seconds for one operation of TensorFlow in a forked child
LOADING, IMPORTS = 60.0, 120.0  # seconds at most: to unpickle an answer; for its imports together
PROCESSES, THREADS = 32, 512  # in the worker and what it started
CLAIMED = 5 * 2**30  # bytes of address space that speak for memory, where time ran out
OUTPUT = 4_000  # bytes kept of what is printed; the rest is read and dropped
REPLY = 2**20  # bytes of events and verdict
TICK = 0.03  # seconds between two looks at clock and memory
SWEEP = 0.5  # seconds


def serve(control, tensorflow=False):
    """Forks a warden for every socket that arrives on the file descriptor `control`.

    Never returns: the process ends when the kernel's end of `control` is closed. A word without a
    socket says that an answer has killed its warden: what it left behind is then ended here.
    tensorflow: with TensorFlow and Keras loaded; ends at once where forked workers can't use them.
    """
    _preload()
    if tensorflow:
        _preload_tensorflow()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody needs a warden's exit status
    working.adopt_orphans()
    line = socket.socket(fileno=control)
    wardens = set()
    while True:
        word, sockets, _, _ = socket.recv_fds(line, 1, 1)
        if not word:
            _sweep(wardens)
            os._exit(0)
        if not sockets:
            _sweep(wardens)
            continue
        warden = os.fork()
        if warden == 0:
            line.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _ward(socket.socket(fileno=sockets[0]))
            os._exit(0)
        wardens.add(warden)
        os.close(sockets[0])


def _sweep(wardens):
    """Kills what wardens have left behind: this process's children that are no wardens.

    Goes on for a while: a killed warden closes its line before its children become this process's.
    """
    enough = time.monotonic() + SWEEP
    while time.monotonic() < enough:
        children = psutil.Process().children()
        wardens &= {child.pid for child in children}
        for orphan in children:
            if orphan.pid in wardens:
                continue
            with suppress(psutil.Error):
                for process in (orphan, *orphan.children(recursive=True)):
                    with suppress(psutil.Error):
                        process.kill()
        time.sleep(0.01)


def _preload():
    """Loads the judges before the first fork; one that is broken is reported by whoever uses it."""
    try:
        from utils.exercises import registry

        registry.exercises()
    except Exception:
        traceback.print_exc()


def _preload_tensorflow():
    """Loads TensorFlow and Keras, and ends this process unless a forked child computes with them.

    The import starts no thread. The first operation starts pools of them, and threads do not
    survive a fork; so it is left to the children, each of which makes pools of its own.
    """
    import keras
    import tensorflow as tf

    gc.freeze()  # else the first collection in each child copies every page that it looks at
    if psutil.Process().num_threads() > 1:
        os._exit(1)
    child = os.fork()
    if child == 0:
        signal.alarm(TRIAL)
        with suppress(BaseException):
            total = keras.ops.sum(keras.ops.matmul(tf.ones([2, 3]), tf.ones([3, 2])))
            os._exit(0 if float(total) == 12 else 1)
        os._exit(1)
    if os.waitpid(child, 0)[1] != 0:
        os._exit(1)


def _ward(channel):
    """The warden's life: read one request, see it through, reply with one line of JSON."""
    try:
        with channel.makefile("rb") as stream:
            request = json.loads(stream.readline())
            pickles = [stream.read(size) for size in request["sizes"]]
        folder = tempfile.mkdtemp(prefix="answer-")
        try:
            reply = _see_through(channel, request, pickles, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except Exception:
        reply = {"end": "fault", "fault": traceback.format_exc()[-4_000:]}
    try:
        channel.sendall(json.dumps(reply).encode() + b"\n")
    except OSError:
        return  # the notebook has hung up


def _see_through(channel, request, pickles, folder):
    """Starts the worker, waits for its end or brings it about, and returns the reply."""
    working.adopt_orphans()
    inherited = psutil.Process().memory_info().rss  # TensorFlow, say: not of the answer's making
    events, output = os.pipe(), os.pipe()
    token = secrets.token_hex(16).encode()
    worker = os.fork()
    if worker == 0:
        channel.close()
        os.close(events[0])
        os.close(output[0])
        working.work(request, pickles, folder, (events[1], token), output[1])
    os.close(events[1])
    os.close(output[1])
    channel.sendall(json.dumps({"worker": worker, "folder": folder}).encode() + b"\n")
    clock, printed, news = (
        _Clock(request["seconds"]),
        _Pipe(output[0], OUTPUT),
        _Pipe(events[0], REPLY),
    )
    end = status = None
    with selectors.DefaultSelector() as selector:
        for source in (channel, printed, news):
            selector.register(source, selectors.EVENT_READ)
        while end is None:
            for key, _ in selector.select(TICK):
                if key.fileobj is channel:
                    end = "abandoned"  # the notebook sends nothing more: it has hung up
                elif not key.fileobj.read():
                    selector.unregister(key.fileobj)
            heard = news.events(token)
            clock.hear(heard)
            pid, code = os.waitpid(worker, os.WNOHANG)
            if pid:
                end, status = "died", os.waitstatus_to_exitcode(code)
            elif heard and "report" in heard[-1]:
                end = "judged"
            end = end or clock.over() or _excess(request["memory"] + inherited)
    if end == "timeout" and _swollen():
        end = "memory"
    _end_all(worker)
    printed.read_on()
    news.read_on()
    report = {"end": end, "status": status}
    for event in news.events(token):
        report |= event.get("report", {})
    about = {"output": printed.kept.decode(errors="replace"), "printed": printed.total}
    return report | about | {"imports": clock.imports}


class _Pipe:
    """The reading end of a pipe: keeps the first `keep` bytes and drops the rest."""

    def __init__(self, descriptor, keep):
        os.set_blocking(descriptor, False)
        self.descriptor, self.keep, self.kept, self.total = descriptor, keep, b"", 0

    def fileno(self):
        return self.descriptor

    def read(self):
        """Reads what is there, at most 64 KiB; False when the other end is closed."""
        try:
            chunk = os.read(self.descriptor, 2**16)
        except BlockingIOError:
            return True
        self.total += len(chunk)
        self.kept += chunk[: self.keep - len(self.kept)]
        return bool(chunk)

    def read_on(self):
        before = -1
        while self.total != before:
            before = self.total
            self.read()

    def events(self, token):
        """The complete lines so far that bear the token, as objects; others are not the worker's.

        An answer that writes into every descriptor it finds can't forge them, nor break them.
        """
        lines = self.kept.split(b"\n")[:-1]
        return [json.loads(line[len(token) :]) for line in lines if line.startswith(token)]


class _Clock:
    """The time that an answer has used; stands still while it imports a module."""

    def __init__(self, seconds):
        self.seconds, self.limit = seconds, LOADING
        self.used, self.since, self.heard = 0.0, time.monotonic(), 0
        self.imports, self.importing = {}, None

    def hear(self, events):
        for event in events[self.heard :]:
            now = time.monotonic()
            if "begin" in event:
                self.used, self.limit = 0.0, self.seconds
            elif "import" in event:
                self.used += now - self.since
                self.importing = event["import"]
            elif "imported" in event:
                self.imports[self.importing] = now - self.since
                self.importing = None
            self.since = now
        self.heard = len(events)

    def over(self):
        """ "timeout" when the time is used up, else None."""
        lap = time.monotonic() - self.since
        if self.importing:
            return "timeout" if sum(self.imports.values()) + lap > IMPORTS else None
        return "timeout" if self.used + lap > self.limit else None


def _excess(allowed):
    """ "memory" or "processes" when what this warden has started takes too much, else None."""
    family = psutil.Process().children(recursive=True)
    if len(family) > PROCESSES:  # said before anything is asked of each: they become more
        return "processes"
    memory = threads = 0
    for process in family:
        with suppress(psutil.Error):
            memory += process.memory_info().rss
            threads += process.num_threads()
    if threads > THREADS:
        return "processes"
    return "memory" if memory > allowed else None


def _swollen():
    """Whether something this warden has started has claimed gigabytes, touched or not."""
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if process.memory_info().vms > CLAIMED:
                return True
    return False


def _end_all(worker):
    """Kills the worker's group at one stroke, then who left the group, until nobody is left."""
    for _ in range(100):
        with suppress(OSError):  # gone, or its group not yet made: found below
            os.killpg(worker, signal.SIGKILL)
        rest = psutil.Process().children(recursive=True)
        for process in rest:
            try:
                process.kill()
            except psutil.Error:
                continue
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.002)
