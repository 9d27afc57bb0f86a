"""What an installation is doing, on one line of the terminal, from pip's words and its files."""

import re
import shutil
import sys
import threading
import time

EVERY = 0.5  # seconds, on a terminal
EVERY_LOGGED = 15.0  # seconds, where each line stays (CI)


class Progress:
    """Shows, while open, how far a pip install is; feed its output to `heard`.

    temporary: the folder where pip puts downloads; target: the folder on whose disk it unpacks;
    megabytes: about how much it will download and unpack in all.
    """

    def __init__(self, temporary, target, megabytes, stream=None):
        self.temporary, self.target, self.megabytes = temporary, target, megabytes
        self.stream = stream or sys.stdout
        self.terminal = self.stream.isatty()
        self.collected, self.package, self.free = 0, "", None
        self.began, self.over = time.monotonic(), threading.Event()
        self.thread = threading.Thread(target=self._show_again_and_again, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
        if self.terminal:
            self.stream.write("\r\x1b[K")
            self.stream.flush()

    def heard(self, line):
        """Take in one line of pip's output."""
        if found := re.match(r"Collecting ([\w.-]+)", line):
            self.collected, self.package = self.collected + 1, found[1]
        elif line.startswith("Installing collected packages"):
            self.free = shutil.disk_usage(self.target).free

    def sentence(self):
        """How far it is, in words."""
        seconds = int(time.monotonic() - self.began)
        if self.free is None:
            done = sum(file.stat().st_size for file in self._downloads()) // 10**6
            return (
                f"Downloading: {done} of about {self.megabytes['download']} MB, package "
                f"{self.collected} ({self.package or 'looking them up'}), {seconds} s"
            )
        done = max(0, self.free - shutil.disk_usage(self.target).free) // 10**6
        return f"Unpacking: {done} of about {self.megabytes['disk']} MB, {seconds} s"

    def _downloads(self):
        return [file for file in self.temporary.glob("pip-*/*.whl") if file.is_file()]

    def _show_again_and_again(self):
        while not self.over.wait(EVERY if self.terminal else EVERY_LOGGED):
            try:
                text = self.sentence()
            except OSError:  # a file went away while it was measured
                continue
            self.stream.write(f"\r\x1b[K{text}" if self.terminal else f"{text}\n")
            self.stream.flush()
