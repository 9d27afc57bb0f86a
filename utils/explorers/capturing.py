"""Catch what one thread prints, and let what other threads print through.

A callback may run while a cell runs. Replacing `sys.stdout` the usual way would swallow the cell's
own output for that time.
"""

import sys
import threading
from contextlib import contextmanager
from io import StringIO


@contextmanager
def printed():
    """Yield a StringIO that receives what this thread writes to stdout and stderr meanwhile."""
    caught = StringIO()
    mine = [_Fork(sys.stdout, caught), _Fork(sys.stderr, caught)]
    sys.stdout, sys.stderr = mine
    try:
        yield caught
    finally:
        # A cell may have redirected the stream in the meantime, and puts ours back when it is done:
        # then ours stays for good, and lets everything through.
        for name, fork in zip(("stdout", "stderr"), mine, strict=True):
            fork.thread = None
            if getattr(sys, name) is fork:
                setattr(sys, name, fork.original)


class _Fork:
    """A stream that sends one thread's text elsewhere, and is the original in all other ways."""

    def __init__(self, original, caught):
        self.original, self.caught = original, caught
        self.thread = threading.get_ident()

    def write(self, text):
        mine = self.thread == threading.get_ident()
        return (self.caught if mine else self.original).write(text)

    def __getattr__(self, name):
        return getattr(self.original, name)
