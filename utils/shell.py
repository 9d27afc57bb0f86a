"""Whether a notebook's shell is there to show things to."""

import sys


def in_ipython():
    """Whether an IPython shell or kernel runs in this process; imports nothing."""
    shell = sys.modules.get("IPython.core.interactiveshell")
    return shell is not None and shell.InteractiveShell.initialized()
