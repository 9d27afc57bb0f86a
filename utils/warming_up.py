"""Loading TensorFlow while the first text is read, and keeping its start-up messages to itself.

The import takes seconds, and writes warnings that concern nobody here straight to file descriptor
2. They are caught there, kept, and shown only if the import fails.
"""

import builtins
import os
import sys
import tempfile
import threading
from contextlib import contextmanager

QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0", "KERAS_BACKEND": "tensorflow"}


class _Loading:
    """One attempt to load TensorFlow and Keras."""

    def __init__(self):
        self.begun, self.done = threading.Event(), threading.Event()
        self.error, self.messages = None, ""
        self.lock, self.actions = threading.Lock(), []

    def run(self, show):
        """Load, then show what came of it."""
        with _others_wait(self.done), _stderr_caught() as caught:
            self.begun.set()  # from here on, nobody else's import comes between
            try:
                _load()
            except Exception as error:
                self.error = error
            self.messages = caught()
            with self.lock:
                self.done.set()
        show(self.sentence())
        for action in self.actions:
            action()

    def afterwards(self, action):
        """Keep `action` until all is loaded; False if that is the case already."""
        with self.lock:
            if not self.done.is_set():
                self.actions.append(action)
                return True
        return False

    def sentence(self):
        if not self.done.is_set():
            return "TensorFlow is being loaded in the background; read on …"
        if self.error is None:
            tensorflow, keras = (sys.modules[name].__version__ for name in ("tensorflow", "keras"))
            return f"TensorFlow {tensorflow} and Keras {keras} are ready."
        said = f"\nBefore that it said:\n{self.messages.strip()}" if self.messages.strip() else ""
        return (
            f"TensorFlow could not be loaded: {type(self.error).__name__}: {self.error}\n"
            f"`make doctor` in a terminal says how to mend it.{said}"
        )


_loading = None  # the latest attempt in this process


def warm_up():
    """Begin to load TensorFlow and Keras in the background, and say so in one line.

    A later `import keras` waits until it is there. Calling this again does no harm; after a failure
    it tries once more.
    """
    global _loading
    if _loading is not None and _loading.error is None:
        _line(_loading.sentence())
        return
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    _loading = _Loading()
    show = _line(_loading.sentence())
    threading.Thread(target=_loading.run, args=[show], name="warm-up", daemon=True).start()
    _loading.begun.wait()


def ready():
    """Wait until TensorFlow and Keras are loaded; at once if `warm_up` was never called.

    Raises RuntimeError with the reason if they can't be loaded.
    """
    if _loading is None:
        return
    _loading.done.wait()
    if _loading.error is not None:
        raise RuntimeError(_loading.sentence()) from _loading.error


def load_quietly():
    """Load TensorFlow and Keras here and now, and drop their start-up messages: for a program.

    Leaves the settings that change how they compute as they are. Errors pass.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", QUIET["TF_CPP_MIN_LOG_LEVEL"])
    with _stderr_caught():
        _load()


def afterwards(action):
    """Call `action()` when no loading is under way: at once, or after it in its own thread."""
    if _loading is None or not _loading.afterwards(action):
        action()


def _load():
    import keras
    import tensorflow as tf

    # The first op is when the devices introduce themselves.
    keras.ops.matmul(tf.ones([2, 2]), tf.ones([2, 2]))


@contextmanager
def _others_wait(done):
    """Let every other thread that imports TensorFlow or Keras wait for `done` before it begins.

    Python has a lock for each module. Two threads that enter TensorFlow by different doors wait for
    each other's locks; Python then breaks the tie with modules that are half there.
    """
    ours, plain_import = threading.get_ident(), builtins.__import__

    def patient_import(name, globals=None, locals=None, fromlist=(), level=0):
        heavy = level == 0 and name.partition(".")[0] in ("tensorflow", "keras")
        if heavy and threading.get_ident() != ours:
            done.wait()
        return plain_import(name, globals, locals, fromlist, level)

    builtins.__import__ = patient_import
    try:
        yield
    finally:
        if builtins.__import__ is patient_import:
            builtins.__import__ = plain_import


@contextmanager
def _stderr_caught():
    """Send file descriptor 2 to a file meanwhile; yields a function that reads what has come."""
    with tempfile.TemporaryFile() as file:
        own = os.dup(2)
        os.dup2(file.fileno(), 2)

        def caught():
            file.seek(0)
            return file.read().decode(errors="replace")

        try:
            yield caught
        finally:
            os.dup2(own, 2)
            os.close(own)


def _line(text):
    """Show a line of text; returns a function that puts another in its place."""
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        get_ipython = None
    if get_ipython is None or get_ipython() is None:
        print(text)
        return print
    handle = display({"text/plain": text}, raw=True, display_id=True)
    return lambda new: handle.update({"text/plain": new}, raw=True)
