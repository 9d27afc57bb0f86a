"""The command line: python -m utils.environment make | lab | doctor | run | lock.

Started by find_python.sh, on a Python that may have nothing but its standard library.
"""

import os
import sys

from utils.environment.explaining import Trouble
from utils.environment.locks import ROOT


def main(arguments):
    """Do one task; returns the exit status. Most tasks end as another program (exec)."""
    task, *rest = arguments or ["help"]
    if task not in TASKS:
        raise Trouble(f"{task!r} is no task of the environment. There are: {', '.join(TASKS)}.")
    return TASKS[task](rest)


def lab(rest):
    """Open the course in JupyterLab; `rest` are JupyterLab's options."""
    from utils.environment import making, starting

    starting.start(making.environment(), rest)


def make(rest):
    """Make the environment and no more; --dev adds what the tests need."""
    from utils.environment import making

    making.environment(dev="--dev" in rest)


def run(rest):
    """Run the environment's Python with `rest`; --dev and --browser come first."""
    from utils.environment import browsing, making

    dev = rest[:1] == ["--dev"]
    rest = rest[dev:]
    browser = rest[:1] == ["--browser"]
    rest = rest[browser:]
    python = making.environment(dev)
    variables = making.variables(python)
    if browser:
        variables["CHROMIUM"] = browsing.chromium()
    os.chdir(ROOT)
    os.execve(python, [str(python), *rest], variables)


def doctor(rest):
    """Examine the environment, change nothing; 1 where something is wrong."""
    from utils.environment import examining

    return examining.examine()


def lock(rest):
    """Write the locks anew (for maintainers)."""
    from utils.environment import locks

    locks.write()


TASKS = {"lab": lab, "make": make, "run": run, "doctor": doctor, "lock": lock}

if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(f"\n{trouble}")
    except KeyboardInterrupt:
        sys.exit("\nStopped. The same command goes on from there.")
    except OSError as error:
        from utils.environment.explaining import reading

        sys.exit(f"\n{reading(error)}")
