"""Run an edition of a lesson in a fresh kernel, and report in the lines of lessons/*.py.

Needs nbclient, which is installed for development only.
"""

import json
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from utils.building.catalogue import ROOT, Lesson
from utils.building.editions import build

GUARD = Path(__file__).parent / "guard"
ANSI = re.compile(r"\x1b\[[0-9;]*m")
FRAME = re.compile(r"Cell In\[(\d+)\], line (\d+)")
CELL_SECONDS = 180  # of one cell; a notebook that hangs must end in a report, not in CI's patience
# Settings of the test process that would hide from us what a learner sees.
HIDDEN_SETTINGS = ("TF_", "PYTEST_", "PYTHONPATH", "PYTHONWARNINGS", "COURSE_")


@dataclass(frozen=True)
class RanCell:
    """One code cell after its run."""

    line: int  # where its `# %%` stands in lessons/*.py
    source: str
    metadata: dict
    outputs: list
    seconds: float
    started: float  # on the clock of time.time()
    resident: int  # bytes that its kernel held in memory after it; 0 of a kernel that has died


@dataclass(frozen=True)
class Run:
    """What one edition did in its kernel."""

    lesson: Lesson
    edition: str  # "learner" or "solution"
    cells: tuple[RanCell, ...]  # the code cells that were run, in order
    seconds: float  # with the start of the kernel
    failure: str = ""  # the report of what stopped it, for a reader of CI's log
    noise: str = ""  # what the kernel wrote beside its cells' outputs
    seen: list[dict] = field(default_factory=list)  # what the guard recorded

    @property
    def resident(self):
        """Bytes that the kernel held in memory at the end."""
        return self.cells[-1].resident if self.cells else 0

    @property
    def name(self):
        """The notebook's path as a reader knows it."""
        folder = "notebooks" if self.edition == "learner" else "solutions"
        return f"{folder}/{self.lesson.stem}.ipynb"

    def where(self, line):
        """A place in the lesson, as `path:line`."""
        return f"lessons/{self.lesson.stem}.py:{line}"

    def at(self, moment):
        """The place of the cell that ran at a moment of time.time()."""
        started = [cell for cell in self.cells if cell.started <= moment]
        return self.where(started[-1].line if started else 1)


def run(lesson, edition, folder, cell_seconds=CELL_SECONDS):
    """Run one edition as `lessons/` builds it, in a kernel of its own; returns its `Run`.

    `folder` (made here) takes what the kernel keeps: progress, settings, the guard's record. The
    run stops at the first error that no `raises-exception` tag permits, as Run All does.
    """
    folder.mkdir(parents=True)
    built = build(lesson)
    data = built.notebook if edition == "learner" else built.solution
    notebook = nbformat.reads(data.decode("utf-8"), as_version=4)
    clock = _Clock(lambda: _resident(client))
    client = NotebookClient(
        notebook,
        timeout=cell_seconds,
        startup_timeout=CELL_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(_working_folder(lesson))}},
        on_cell_execute=clock.start,
        on_cell_executed=clock.stop,
    )
    begun, failure = time.perf_counter(), ""
    with (folder / "stderr.txt").open("wb") as stderr:
        try:
            client.execute(env=_environment(lesson, folder), stderr=stderr)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            clock.stop(None, clock.running)
            failure = _report(lesson, edition, built, notebook, clock.running, error)
    return Run(
        lesson=lesson,
        edition=edition,
        cells=tuple(_ran_cells(notebook, built, edition, clock)),
        seconds=time.perf_counter() - begun,
        failure=failure,
        noise=(folder / "stderr.txt").read_text(encoding="utf-8", errors="replace"),
        seen=_seen(folder),
    )


def run_all(jobs, folder, at_once=2):
    """Run many (lesson, edition) pairs, two at a time; returns {(stem, edition): Run}."""
    with ThreadPoolExecutor(at_once) as pool:
        waiting = {
            (lesson.stem, edition): pool.submit(
                run, lesson, edition, folder / f"{lesson.stem}-{edition}"
            )
            for lesson, edition in jobs
        }
        return {key: future.result() for key, future in waiting.items()}


def time_table(runs, slowest=3):
    """What each notebook took, and the slowest cells among all, as lines of text."""
    rows = [f"{'notebook':<44} {'seconds':>8} {'cells':>6} {'MiB':>5}"]
    for ran in runs:
        resident = ran.resident / 2**20
        rows.append(f"{ran.name:<44} {ran.seconds:8.1f} {len(ran.cells):6d} {resident:5.0f}")
    cells = [(cell.seconds, ran, cell) for ran in runs for cell in ran.cells]
    cells.sort(key=lambda item: item[0], reverse=True)
    rows.append(f"The {slowest} slowest cells:")
    rows += [
        f"{seconds:8.1f} s  {ran.where(cell.line)}  ({ran.name})"
        for seconds, ran, cell in cells[:slowest]
    ]
    return rows


class _Clock:
    """When each cell began, how long it took and what it left, told by nbclient's hooks."""

    def __init__(self, resident):
        self.began, self.took, self.running = {}, {}, None
        self.measure, self.resident = resident, {}

    def start(self, cell, cell_index):
        self.running = cell_index
        self.began[cell_index] = (time.time(), time.perf_counter())

    def stop(self, cell, cell_index, execute_reply=None):
        if cell_index in self.began:
            self.took[cell_index] = time.perf_counter() - self.began[cell_index][1]
            self.resident[cell_index] = self.measure()


def _resident(client):
    """Bytes that a client's kernel holds in memory, without the processes that it started."""
    try:
        return psutil.Process(int(client.km.provisioner.pid)).memory_info().rss
    except (AttributeError, TypeError, psutil.NoSuchProcess):  # it has gone, and been forgotten
        return 0


def _working_folder(lesson):
    """Where a learner's kernel runs: beside their notebook."""
    folder = lesson.notebook.parent
    return folder if folder.is_dir() else lesson.root


def _environment(lesson, folder):
    """The kernel's environment: this one without a test's settings, all state in `folder`."""
    kept = {key: os.environ[key] for key in os.environ if not key.startswith(HIDDEN_SETTINGS)}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join([str(GUARD), str(ROOT)]),
        "PYTHONDONTWRITEBYTECODE": "1",  # nothing appears in the project for having been run
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else the debugger warns at each kernel's start
        "IPYTHONDIR": str(folder / "ipython"),
        "COURSE_PROGRESS": str(folder / "progress.json"),
        "COURSE_GUARD": str(folder / "guard.jsonl"),
    }


def _ran_cells(notebook, built, edition, clock):
    kept = built.kept(edition)
    for index in sorted(clock.took):
        cell = notebook.cells[index]
        yield RanCell(
            line=kept[index].start,
            source=cell.source,
            metadata=kept[index].metadata,
            outputs=cell.outputs,
            seconds=clock.took[index],
            started=clock.began[index][0],
            resident=clock.resident[index],
        )


def _report(lesson, edition, built, notebook, index, error):
    """What stopped a run: place and error first, then the cell, then the traceback."""
    path = f"lessons/{lesson.stem}.py"
    if index is None:
        return f"{path}:1: the kernel did not start: {error}"
    lines, cell = built.lines(edition)[index], notebook.cells[index]
    at, said, trace = lines[0], f"{type(error).__name__}: {str(error).splitlines()[0]}", ""
    raised = next((out for out in reversed(cell.outputs) if out.output_type == "error"), None)
    if raised is not None:  # there is none where the kernel died
        trace = ANSI.sub("", "\n".join(raised.traceback))
        frames = [int(n) for count, n in FRAME.findall(trace) if int(count) == cell.execution_count]
        at = lines[min(frames[-1], len(lines)) - 1] if frames else at
        trace = FRAME.sub(_frame_in_lesson(path, built.lines(edition), notebook), trace)
    if isinstance(error, CellExecutionError):
        said = f"{raised.ename}: {ANSI.sub('', raised.evalue)}"
    folder = "notebooks" if edition == "learner" else "solutions"
    listing = "\n".join(
        f"{'→' if number == at else ' '} {number:4d} {text}"
        for number, text in zip(lines, cell.source.split("\n"), strict=True)
    )
    head = f"{path}:{at}: {said}\n(cell {index + 1} of {folder}/{lesson.stem}.ipynb)"
    return "\n".join(part for part in (head, listing, trace) if part)


def _frame_in_lesson(path, lines, notebook):
    """A replacement of `Cell In[7], line 3` in a traceback by the place in the lesson."""
    by_count = {
        cell.execution_count: lines[index]
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and cell.execution_count
    }

    def place(found):
        numbers = by_count.get(int(found[1]))
        return f"{path}:{numbers[min(int(found[2]), len(numbers)) - 1]}" if numbers else found[0]

    return place


def _seen(folder):
    record = folder / "guard.jsonl"
    if not record.exists():
        return []
    return [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
