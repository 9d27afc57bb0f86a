"""A real JupyterLab on loopback, and a notebook opened in a real Chromium.

Settings, workspaces, runtime files and the browser's profile live in a temporary folder, so neither
the reader's own JupyterLab nor this folder changes. The course's settings in `.jupyter/` are in
force.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).parents[2]
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Missing(Exception):
    """A tool that drives the browser is not there; the message says how to get it."""


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, its token, and the folder that it serves."""

    url: str
    token: str
    folder: Path

    def open(self, page, path, theme="light"):
        """Open a notebook of the served folder in a Playwright page, kernel ready; a Notebook."""
        return Notebook.opened(self, page, path, theme)


@contextmanager
def lab(folder, scratch, overrides=True):
    """Serve `folder` with JupyterLab; `scratch` takes everything that it writes for itself.

    overrides: whether the course's settings (`.jupyter/`) are in force, as under `make lab`.
    """
    url, token = f"http://127.0.0.1:{_free_port()}", secrets.token_hex(16)
    log = scratch / "jupyter.log"
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={url.rsplit(':')[-1]}", "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}",
        "--LabApp.expose_app_in_browser=True", "--ServerApp.allow_root=True",
        "--LabApp.news_url=None",
    ]  # fmt: skip
    with log.open("w") as output:
        server = subprocess.Popen(
            command, cwd=folder, env=_environment(scratch, overrides), stdout=output, stderr=output
        )
        try:
            _wait_for(f"{url}/api/status?token={token}", server, log)
            yield Lab(url, token, Path(folder))
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@contextmanager
def chromium():
    """A headless Chromium under Playwright: the system's own, or the one Playwright brought."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise Missing(
            "Playwright is not installed. It is one of the development tools: "
            "install the project with its extra, `pip install -e '.[dev]'`."
        ) from None
    names = "chromium", "chromium-browser", "google-chrome"
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        except Error as error:
            raise Missing(
                f"Chromium does not start ({str(error).splitlines()[0]}). Install your system's "
                "package `chromium`, or run `playwright install chromium`; CHROMIUM=/path/to/it "
                "names one that lies elsewhere."
            ) from None
        try:
            yield browser
        finally:
            browser.close()


class Shown:
    """An explorer on the page: its controls by label, its sentence, its pictures."""

    def __init__(self, page, number=0):
        self.page = page
        self.root = page.locator(".course-explorer").nth(number)
        self.sentence = self.root.locator(".course-sentence .widget-html-content")
        self.status = self.root.locator(".course-status .widget-html-content")
        self.pictures = self.root.locator(".course-pictures img")

    def slider(self, label):
        """The handle of a slider, by its accessible name."""
        return self.root.get_by_role("slider", name=label, exact=True)

    def sources(self):
        """The addresses of the pictures: a new picture has a new one."""
        return self.pictures.evaluate_all("images => images.map(image => image.src)")

    def press(self, label, key):
        """Focus a slider and press a key."""
        self.slider(label).focus()
        self.page.keyboard.press(key)


class Notebook:
    """A notebook that is open in JupyterLab: run its cells, and read what they show."""

    def __init__(self, lab, page):
        self.lab, self.page = lab, page
        self.errors = []  # what the browser's console reports as an error

    @classmethod
    def opened(cls, lab, page, path, theme="light"):
        """Open `path` in `page` and wait until its kernel answers."""
        self = cls(lab, page)
        page.on("console", lambda line: line.type == "error" and self.errors.append(line.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"{lab.url}/lab/tree/{path}?reset&token={lab.token}")
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        page.wait_for_function(
            "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
            "?.connectionStatus === 'connected'"
        )
        page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.ready")
        if theme == "dark":
            self.command("apputils:change-theme", theme="JupyterLab Dark")
            page.wait_for_selector("body[data-jp-theme-light='false']", state="attached")
        return self

    def command(self, name, **arguments):
        """Run one of JupyterLab's commands and wait for its end."""
        self.page.evaluate(
            "([name, args]) => window.jupyterapp.commands.execute(name, args)"
            ".then(() => null, error => { throw error })",
            [name, arguments],
        )

    def run_all(self):
        """Run all cells; return when the last one has ended."""
        self.command("notebook:run-all-cells")

    def begin(self, cell):
        """Start to run one cell, and return at once; `running` says whether it still runs."""
        self.page.evaluate(
            "number => { const app = window.jupyterapp;"
            " app.shell.currentWidget.content.activeCellIndex = number; window.cellEnded = false;"
            " app.commands.execute('notebook:run-cell').then(() => { window.cellEnded = true }) }",
            cell,
        )

    def restart(self):
        """Restart the kernel; return when the new one answers."""
        self.page.evaluate(
            "async () => { const context = window.jupyterapp.shell.currentWidget.sessionContext;"
            " await context.session.kernel.restart(); await context.session.kernel.info }"
        )

    @property
    def running(self):
        """Whether the cell that `begin` started still runs."""
        return not self.page.evaluate("window.cellEnded")

    def run(self, cell):
        """Run one cell to its end; return what it printed."""
        self.begin(cell)
        self.page.wait_for_function("window.cellEnded", timeout=120_000)
        return self.texts(cell)

    def outputs(self):
        """The outputs of each cell, as nbformat's dictionaries."""
        return self.page.evaluate(
            "() => [...window.jupyterapp.shell.currentWidget.content.model.cells]"
            ".map(cell => cell.outputs ? cell.outputs.toJSON() : [])"
        )

    def failures(self):
        """The errors among the outputs, as `cell 3: ValueError: …`."""
        return [
            f"cell {number}: {output['ename']}: {output['evalue']}"
            for number, outputs in enumerate(self.outputs())
            for output in outputs
            if output["output_type"] == "error"
        ]

    def texts(self, cell):
        """What a cell printed to stdout, as one string."""
        outputs = self.outputs()[cell]
        texts = [output["text"] for output in outputs if output.get("name") == "stdout"]
        return "".join("".join(text) for text in texts)

    def close(self):
        """Shut the kernel down, then close the page."""
        self.page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        self.page.close()


def write_notebook(path, *cells):
    """Write a notebook of code cells, each given as its source."""
    import nbformat
    from nbformat.v4 import new_code_cell, new_notebook

    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    notebook = new_notebook(
        cells=[new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(cells)],
        metadata={"kernelspec": kernel},
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def _environment(scratch, overrides):
    """The variables that keep JupyterLab and IPython out of the reader's own folders."""
    settings = scratch / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    # Every cell stays in the page: a test looks at outputs that are scrolled away.
    tracker = settings / "tracker.jupyterlab-settings"
    tracker.write_text(json.dumps({"windowingMode": "none"}))
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
        "COURSE_PROGRESS": "progress.json",
    }
    course = {"JUPYTER_CONFIG_PATH": str(ROOT / ".jupyter")} if overrides else {}
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")},
        **{name: str(scratch / folder) for name, folder in folders.items()},
        **course,
        "PYTHONPATH": str(ROOT),
    }


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url, server, log, seconds=90):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    tail = "\n".join(log.read_text().splitlines()[-20:])
    raise Missing(f"JupyterLab did not start on {url.split('?')[0]}. Its log ends:\n{tail}")
