"""Watch a kernel for network connections and heavy imports; Python loads this at its start.

The runner puts this folder on PYTHONPATH and names a file in COURSE_GUARD: each thing seen becomes
a line of JSON in it. A connection that would leave the machine is refused as well. Processes that
the kernel starts inherit both and are watched too. Python's own sockets are seen, a library's
native ones are not.
"""

import ipaddress
import json
import os
import sys
import time

_RECORD = os.environ.get("COURSE_GUARD")
_HEAVY = {"tensorflow", "keras"}
_CONNECTING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_LOOKING_UP = {"socket.getaddrinfo", "socket.gethostbyname"}


def _is_local(host):
    """Whether an address stays on this machine; a name other than localhost does not."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _watch(event, arguments):
    if event == "import":
        package = arguments[0].partition(".")[0]
        if package in _HEAVY:
            _HEAVY.discard(package)  # once is enough
            _write("import", package)
        return
    if event in _CONNECTING:
        address = arguments[1]
        if not isinstance(address, tuple):  # a Unix socket's path, or no address of its own
            return
        host, port = address[0], address[1]
    elif event in _LOOKING_UP:
        host, port = arguments[0], arguments[1] if len(arguments) > 1 else None
    else:
        return
    if not _is_local(host):
        _write("connection", f"{host}:{port}" if port else str(host))
        raise ConnectionRefusedError(f"A lesson needs no network; {host} was not reached.")


def _write(kind, what):
    line = json.dumps({"kind": kind, "what": what, "time": time.time()}) + "\n"
    handle = os.open(_RECORD, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.encode("utf-8"))
    finally:
        os.close(handle)


if _RECORD:
    sys.addaudithook(_watch)
