"""One JupyterLab and one Chromium for all browser tests; a fresh page and kernel for each."""

import shutil

import pytest

from utils.benchmarks.browser import ROOT, chromium, lab, write_notebook


@pytest.fixture(scope="session")
def chrome():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """JupyterLab as `make lab` opens it, on a copy of the notebooks."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    with lab(folder, tmp_path_factory.mktemp("own")) as running:
        yield running


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """JupyterLab with its own defaults: sliders are served on a second thread."""
    with lab(tmp_path_factory.mktemp("bare"), tmp_path_factory.mktemp("own"), False) as running:
        yield running


@pytest.fixture
def open_cells(request, chrome, course):
    """A function: write a notebook of these code cells and open it, by default in `course`."""
    opened = []

    def open_(*cells, where=None, width=1280):
        where = where or course
        name = f"{request.node.name.replace('[', '-').strip(']')}.ipynb"
        write_notebook(where.folder / name, *cells)
        page = chrome.new_page(viewport={"width": width, "height": 1000})
        opened.append(where.open(page, name))
        return opened[-1]

    yield open_
    for notebook in opened:
        notebook.close()


@pytest.fixture(scope="session")
def artefacts():
    """Where screenshots are kept to be looked at."""
    folder = ROOT / ".artefacts"
    folder.mkdir(exist_ok=True)
    (folder / ".gitignore").write_text("*\n")
    return folder
