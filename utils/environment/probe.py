"""Can the Python that runs this file carry the course? Prints `yes 3.12.1`, or `no` and the reason.

It is run by every Python on a machine, also by old ones: keep it free of newer syntax.
"""

import sys

OLDEST = (3, 11)
NEWEST = (3, 13)  # TensorFlow 2.21 has no builds for a later one


def dotted(numbers):
    """3.12.1 from (3, 12, 1)."""
    return ".".join(str(number) for number in numbers)


def refusal():
    """Why this Python cannot carry the course, in a few words; an empty string if it can."""
    version = tuple(sys.version_info[:2])
    supported = dotted(OLDEST) + " to " + dotted(NEWEST)
    if version < OLDEST:
        return "is Python " + dotted(version) + ", too old: TensorFlow 2.21 needs " + supported
    if version > NEWEST:
        return "is Python " + dotted(version) + ", too new: TensorFlow 2.21 needs " + supported
    return _wrong_build() or _no_environments(version)


def _wrong_build():
    import platform
    import sysconfig

    if platform.python_implementation() != "CPython":
        return "is " + platform.python_implementation() + "; TensorFlow needs CPython"
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        return "is a free-threaded build; TensorFlow needs an ordinary one"
    if sys.maxsize < 2**32:
        return "is a 32-bit build; TensorFlow needs a 64-bit one"
    if sys.platform == "darwin" and platform.machine() == "x86_64":
        return "is built for Intel Macs; TensorFlow 2.21 needs Apple silicon and a Python for it"
    if "musl" in str(sysconfig.get_config_var("HOST_GNU_TYPE")):
        return "is built for musl (Alpine); TensorFlow needs a Linux with glibc"
    if not sys.platform.startswith(("linux", "darwin")):
        return "runs on " + sys.platform + "; on Windows, use the course inside WSL"
    return ""


def _no_environments(version):
    missing = []
    for module in ("venv", "ensurepip"):
        try:
            __import__(module)
        except ImportError:
            missing.append(module)
    if not missing:
        return ""
    package = "python" + dotted(version) + "-venv"
    return (
        "lacks the module " + " and ".join(missing) + " that makes environments"
        " (Debian, Ubuntu: apt install " + package + ")"
    )


if __name__ == "__main__":
    reason = refusal()
    sys.stdout.write("no " + reason if reason else "yes " + dotted(sys.version_info[:3]))
