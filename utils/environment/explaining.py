"""What went wrong, as sentences: what was found, and what to do."""

import re

NETWORK = (
    "The package index could not be reached, so {what} could not be installed. The first "
    "installation needs a network (about {megabytes} MB); after it the course needs none.\n"
    "Check the connection, or the proxy (HTTPS_PROXY), and run the same command again: "
    "what has been downloaded is kept.\n"
    "In a room without a network: PIP_NO_INDEX=1 PIP_FIND_LINKS=/path/to/wheels make lab"
)
SIGNS = (  # the first that is found in pip's output names the reason
    (
        r"No space left on device|Errno 28|Disk quota exceeded|Errno 122",
        "The disk is full: {what} could not be installed.\n"
        "Free about {gigabytes:.1f} GB where this folder lies and run the same command again.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError",
        "The package index's certificate was not accepted, as happens behind a company's or a "
        "school's proxy.\nTell pip that proxy's certificate, PIP_CERT=/path/to/certificate.pem, "
        "and run the same command again.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "A package was not what the lock file says: damaged on its way, or another file under "
        "its name.\nRun the same command again; if that does not help, another network may.",
    ),
    (
        r"NewConnectionError|Failed to establish a new connection|[Tt]emporary failure in name "
        r"resolution|Name or service not known|nodename nor servname|Network is unreachable|"
        r"ConnectTimeoutError|ReadTimeoutError|Read timed out|ProxyError|RemoteDisconnected|"
        r"ConnectionResetError|IncompleteRead|Max retries exceeded|5\d\d Server Error",
        NETWORK,
    ),
    (
        r"No matching distribution found for (?P<package>\S+)",
        "There is no build of {package} for this machine ({machine}).\n"
        "The course runs on Linux (x86-64, ARM; glibc) and on Macs with Apple silicon.",
    ),
    (
        r"Permission denied|Errno 13|Read-only file system|Errno 30",
        "This folder cannot be written to. Own it (not with sudo: a folder that was once made with "
        "sudo belongs to root), or clone the course into a folder of yours.",
    ),
)


class Trouble(Exception):
    """Something that its reader can mend; the message says what was found and what to do."""


def installing_failed(output, what, log, **facts):
    """The Trouble that a failed installer's `output` tells of; `log` is where all of it stands.

    facts: megabytes to download, gigabytes that the disk needs, the machine's name.
    """
    for sign, sentence in SIGNS:
        found = re.search(sign, output)
        if found:
            return Trouble(sentence.format(what=what, **facts, **found.groupdict()))
    last = [line for line in output.splitlines() if line.strip()][-3:]
    return Trouble(
        f"{what[0].upper()}{what[1:]} could not be installed. The installer's last words:\n"
        + "".join(f"  {line.strip()}\n" for line in last)
        + f"All of them are in {log}. `make clean`, then the same command again, starts afresh."
    )


def reading(error):
    """An error of the operating system in words; one that is no matter of place is raised again."""
    import errno

    place = f" ({error.filename})" if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full{place}. Free some room on it and run the same command again."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return (
            f"A file or folder of the course cannot be written to{place}. Own it (it may have been "
            "made with sudo and belong to root), and run the same command again."
        )
    raise error
