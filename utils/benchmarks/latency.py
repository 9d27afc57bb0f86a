"""From key to paint: each explorer against the same figure under plain `interactive_output`.

Both are measured in one run and one browser, in turns, so that a busy machine is busy for both: the
explorer in JupyterLab with the course's settings, the plain one in JupyterLab as it comes. The
clock starts at the key's event and stops two frames after the last new picture is decoded.
"""

import tempfile
from pathlib import Path

import numpy as np

from utils.benchmarks.browser import Shown, chromium, lab, write_notebook

ROWS = [  # explorer, its module, slider, whether the picture keeps its axes
    ("00", "start_here", "window", True),
    ("00", "start_here", "output", True),
    ("01", "time_major_lists", "seed", True),
    ("01", "time_major_lists", "units", True),
    ("01", "time_major_lists", "timesteps", False),
    ("02", "dropout_and_seed.chance", "seeds", True),
    ("02", "dropout_and_seed.chance", "units", False),
    ("02", "dropout_and_seed.chance", "inputs", False),
    ("02.op_seed", "dropout_and_seed.op_seed", "constants", True),
    ("02.how_many", "dropout_and_seed.how_many", "pairs", True),
    ("03", "sequence_or_last_state.training", "seed", True),
    ("03", "sequence_or_last_state.training", "units", True),
    ("03", "sequence_or_last_state.training", "timesteps", False),
    ("03", "sequence_or_last_state.training", "delay", True),
    ("03.floor", "sequence_or_last_state.floor", "delay", True),
    ("03.floor", "sequence_or_last_state.floor", "noise", True),
    ("04", "gradient_check.checking", "seed", True),
    ("04", "gradient_check.checking", "units", True),
    ("04", "gradient_check.checking", "timesteps", True),
    ("04", "gradient_check.checking", "forget bias", True),
    ("04", "gradient_check.checking", "delta", True),
    ("05", "shared_stateful_lstm.hearing", "seed", True),
    ("05", "shared_stateful_lstm.hearing", "units", True),
    ("05", "shared_stateful_lstm.hearing", "timesteps", False),
    ("05", "shared_stateful_lstm.hearing", "streams", False),
]
QUIET = 400  # ms without a new picture, after which a key's pictures are all there
MOVES = 20  # of a drag, in one second

# The same panels on subfigures of a pyplot figure that is made anew each time, as one does.
PLAIN = """
from importlib import import_module

import ipywidgets as widgets
import matplotlib.pyplot as plt
from IPython.display import display

room = import_module("utils.explorers.{room}")

controls = room.explorer().controls

def plot(**values):
    width = sum(panel.width for panel in room.PANELS[:2]) / 100
    height = sum(panel.height for panel in room.PANELS[::2]) / 100
    figure = plt.figure(figsize=(width, height))
    parts = figure.subfigures(-(-len(room.PANELS) // 2), 2).ravel()
    panels = [panel(part) for panel, part in zip(room.PANELS, parts)]
    room.drawing_on(*panels)(values, None)
    plt.show()

box = widgets.VBox([*controls.values(), widgets.interactive_output(plot, controls)])
display(box.add_class("course-explorer"))
from IPython.display import HTML
from utils.explorers.page import MARKUP  # names the sliders, for the keyboard to find
display(HTML(MARKUP))
"""

WATCH = """
() => {
  const clock = window.clock = { began: 0, painted: 0, burst: 0 };
  const frame = () => new Promise(requestAnimationFrame);
  const paint = async (picture) => {
    clock.burst++;
    try { await picture.decode() } catch { return }  // replaced by a newer one
    await frame(); await frame();
    clock.painted = performance.now();
  };
  const root = document.querySelector('.course-explorer');
  root.addEventListener('keydown', () => { clock.began = performance.now() }, true);
  document.addEventListener('mousemove', () => { clock.moved = performance.now() }, true);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'attributes') paint(change.target);
      for (const node of change.addedNodes) {
        if (node.tagName === 'IMG') paint(node);
        else node.querySelectorAll?.('img').forEach(paint);
      }
    }
  }).observe(root, {
    subtree: true, childList: true, attributes: true, attributeFilter: ['src'],
  });
}
"""


def chosen(only):
    """The ROWS of some explorers, by key: `02` means all of lesson 02. All rows if none is named.

    Raises ValueError for a key that no row has.
    """
    rows = [row for row in ROWS if not only or any(_belongs(row, key) for key in only)]
    missing = [key for key in only if not any(_belongs(row, key) for row in ROWS)]
    if missing:
        keys = ", ".join(dict.fromkeys(row[0] for row in ROWS))
        raise ValueError(f"There is no explorer {', '.join(missing)} to measure; there are {keys}.")
    return rows


def report(keys, only=(), say=print):
    """Measure each row and print it once it is there."""
    rows = chosen(only)
    say(
        f"Key to paint in ms, p50 / p95 of {keys} keys, explorer and interactive_output in turns.\n"
        f"Drag: {MOVES} moves in one second, ms from the last move to the last picture."
    )
    say(_line("explorer slider", "axes", "explorer", "interactive", "ratio p95", "wanted", "drag"))
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        folders = [scratch / name for name in ("files", "own", "bare files", "bare")]
        for folder in folders:
            folder.mkdir()
        with lab(*folders[:2]) as course, lab(*folders[2:], False) as bare, chromium() as browser:
            for row in rows:
                say(_result(*_row(browser, course, bare, row, keys)), flush=True)


def _belongs(row, key):
    return row[0] == key or row[0].startswith(f"{key}.")


def _row(browser, course, bare, row, keys):
    """Milliseconds from key to paint of explorer and plain, [keys] each, and of both drags."""
    lesson, room, slider, _ = row
    write_notebook(course.folder / "a.ipynb", f"from utils import explore\nexplore({lesson!r})")
    write_notebook(bare.folder / "a.ipynb", PLAIN.format(room=room))
    opened = []
    for where in (course, bare):
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        notebook = where.open(page, "a.ipynb")
        notebook.run_all()
        page.wait_for_selector(".course-explorer img")
        page.wait_for_timeout(1000)
        page.evaluate(WATCH)
        opened.append(notebook)
    times = [[], []]
    for key in range(-3, keys):  # the first three warm the caches up
        for notebook, kept_times in zip(opened, times, strict=True):
            notebook.page.bring_to_front()
            taken = _press(notebook.page, slider, _key(key, Shown(notebook.page).slider(slider)))
            if key >= 0:
                kept_times.append(taken)
    drags = [_drag(notebook, slider) for notebook in opened]
    for notebook in opened:
        notebook.close()
    return row, *times, *drags


def _key(number, handle):
    """Right until the end, then left until the start."""
    options = max(2, int(float(handle.get_attribute("aria-valuemax"))))
    options = min(options, 4)
    return "ArrowRight" if number // options % 2 else "ArrowLeft"


def _press(page, slider, key):
    """Press a key on a slider; milliseconds until the last of its pictures is painted."""
    handle = Shown(page).slider(slider)
    handle.focus()
    value = handle.get_attribute("aria-valuenow")
    page.evaluate("clock.painted = clock.burst = 0")
    page.keyboard.press(key)
    if handle.get_attribute("aria-valuenow") == value:  # it is at its end: go the other way
        page.keyboard.press("ArrowLeft" if key == "ArrowRight" else "ArrowRight")
    return page.evaluate(_SETTLED, [QUIET, "began"])


_SETTLED = """
async ([quiet, from]) => {
  let before = -1;
  while (clock.painted === 0 || before !== clock.burst) {
    before = clock.burst;
    await new Promise((done) => setTimeout(done, quiet));
  }
  return clock.painted - clock[from];
}
"""


def _drag(notebook, slider):
    """Drag through the slider in 20 moves a second; ms from the last move to the last picture."""
    page = notebook.page
    page.bring_to_front()
    handle = Shown(page).slider(slider)
    box = handle.bounding_box()
    track = handle.evaluate(
        "handle => { const { left, width } = handle.closest('.noUi-target')"
        ".getBoundingClientRect(); return { left, width } }"
    )
    height = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, height)
    page.mouse.down()
    page.evaluate("clock.painted = clock.burst = 0")
    for move in range(1, MOVES + 1):
        there = abs(2 * move / MOVES - 1) if move < MOVES else 0.5  # left, right, and the middle
        page.mouse.move(track["left"] + track["width"] * there, height)
        page.wait_for_timeout(1000 / MOVES)
    taken = page.evaluate(_SETTLED, [5 * QUIET, "moved"])  # the plain one has a queue to work off
    page.mouse.up()
    return taken, notebook.errors


def _result(row, ours, plain, our_drag, plain_drag):
    """One line of the table."""
    key, _, slider, kept = row
    (a, b), (c, d) = np.percentile(ours, [50, 95]), np.percentile(plain, [50, 95])
    (ours, errors), (plain, _) = our_drag, plain_drag
    failed = f", {len(errors)} errors" if errors else ""
    return _line(
        f"{key} {slider}",
        "kept" if kept else "laid out",
        f"{a:.0f} / {b:.0f}",
        f"{c:.0f} / {d:.0f}",
        f"{b / d:.2f}",
        "≤ 0.33" if kept else "≤ 0.50",
        f"{ours:.0f}, plain {plain:.0f}{failed}",
    )


def _line(*cells):
    return "".join(
        f"{cell:{width}}"
        for cell, width in zip(cells, ["<24", "<10", ">13", ">13", ">11", ">9", ">20"], strict=True)
    )
