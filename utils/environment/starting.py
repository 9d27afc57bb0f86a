"""Start JupyterLab on this machine alone, with a token, at the start page of the course."""

import os
import re
import socket

from utils.environment.explaining import Trouble
from utils.environment.locks import ROOT
from utils.environment.making import variables

FIRST_PORT = 8888
TRIED_PORTS = 50
START_PAGE = "notebooks/00_start_here.ipynb"


def start(python, arguments):
    """Become JupyterLab; `arguments` go to it after the course's own, and so win over them."""
    command = [str(python), "-m", "jupyterlab", *options(arguments), *arguments]
    os.chdir(ROOT)
    os.execve(command[0], command, variables(python))


def options(arguments):
    """The options under which the course's JupyterLab runs, `arguments` being the caller's own."""
    page = f"/lab/tree/{START_PAGE}" if (ROOT / START_PAGE).exists() else "/lab"
    chosen = [
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={ROOT}",
        f"--LabApp.default_url={page}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=None",
        "--LabApp.extension_manager=readonly",
    ]
    if not any(argument.startswith(("--log-level", "--debug")) for argument in arguments):
        chosen.append("--log-level=WARN")  # the address is shown all the same
    if os.geteuid() == 0:  # in a container there may be no other user
        chosen.append("--ServerApp.allow_root=True")
    wanted = port_asked(arguments)
    if wanted is None and not free(FIRST_PORT):
        port = next(filter(free, range(FIRST_PORT + 1, FIRST_PORT + TRIED_PORTS)), 0)
        print(
            f"Port {FIRST_PORT} is in use, perhaps by another JupyterLab; this one takes "
            f"{port or 'any free one'}.",
            flush=True,
        )
        chosen.append(f"--ServerApp.port={port}")
    elif wanted and not free(wanted):
        raise Trouble(
            f"Port {wanted} is in use by another program. Choose another one, as in\n"
            f'  make lab ARGS="--port {wanted + 1}"\n'
            "or leave it out, and the next free one is taken."
        )
    return chosen


def port_asked(arguments):
    """The port that JupyterLab's `arguments` name, or None."""
    found = re.findall(r"(?:^| )--(?:ServerApp\.)?port[= ](\d+)", " ".join(arguments))
    return int(found[-1]) if found else None


def free(port):
    """Whether a server on this machine can take the port."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
