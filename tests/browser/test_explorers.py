"""The explorers under strain: drags, trainings, errors, and cells that run at the same time."""

import re

import psutil
import pytest
from playwright.sync_api import expect

from utils import explorers
from utils.benchmarks.browser import Shown

THREADS = (
    "import threading\n"
    "print([t.name for t in threading.enumerate() if t.name == 'explorer-training'])"
)
UNDER_WAY = re.compile(r"Training: step [1-9]\d* of 3000, (about \d+ s|less than a second) left\.")
TRAINING = """
import hashlib, io
import numpy as np, keras
import matplotlib.pyplot as plt
print("begun", flush=True)
digest = hashlib.sha256()
for repeat in range(8):
    keras.utils.set_random_seed(7)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(8), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    x = np.random.normal(size=(16, 3))
    model.fit(x, x[:, :1], epochs=1, verbose=0)
    for w in model.get_weights():
        digest.update(w.tobytes())
    plt.figure()
    plt.plot(x)
    plt.title(f"repeat {repeat}")
    picture = io.BytesIO()
    plt.savefig(picture, format="raw")
    digest.update(picture.getvalue())
    digest.update(str(plt.get_fignums()).encode())
    plt.close()
print(digest.hexdigest())
"""
FRAME = """
import ipywidgets as widgets
from utils.explorers import frame
from utils.explorers.panel import Panel

panel = Panel()
line = panel.keep(panel.figure.add_subplot().plot([0, 1], [0, 1])[0])

def draw(values, progress):
    if values["n"] == 2:
        raise ValueError("two is <b>not</b> for drawing")
    if values["n"] == 3:
        print("a word about three")
    line.set_ydata([0, values["n"] / 10])
    panel.alt = "A line."
    return f"The line ends at {values['n']}."

controls = {"n": widgets.IntSlider(1, 0, 9, description="n")}
frame.show("test", lambda: frame.Explorer(controls, [panel], draw))
"""


NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def explorer(notebook):
    notebook.page.wait_for_selector(".course-explorer img")
    return Shown(notebook.page)


def test_everything_has_its_name_before_anything_is_touched(open_cells):
    """All explorers on one page, each as it opens: what a screen reader finds without a key."""
    keys = list(explorers._ROOMS)
    notebook = open_cells(*[f"from utils import explore\nexplore({key!r})" for key in keys])
    notebook.run_all()
    for number, key in enumerate(keys):
        shown = Shown(notebook.page, number)
        shown.pictures.last.wait_for()
        notebook.page.evaluate(NEXT_FRAME)
        alts = shown.pictures.evaluate_all("all => all.map(picture => picture.alt)")
        assert len(alts) >= 2 and all(alts), (key, alts)
        handles = shown.root.locator(".noUi-handle")
        names = handles.evaluate_all("all => all.map(handle => handle.ariaLabel)")
        assert names and all(names), (key, names)
        assert shown.sentence.get_attribute("role") == "status", key
    assert notebook.errors == []


def test_a_picture_gets_its_name_whatever_comes_first(open_cells):
    """The classes may reach the page after the picture, and the words after both."""
    notebook = open_cells("from utils import explore\nexplore('00')")
    notebook.run_all()
    explorer(notebook)
    alt = notebook.page.evaluate(
        "async () => {"
        " const later = () => new Promise(done => setTimeout(done, 20));"
        " const part = name => document.createElement(name);"
        " const [root, box, words, text] = ['div', 'div', 'div', 'div'].map(part);"
        " const image = part('img'); words.append(text); box.append(image, words);"
        " root.append(box); document.body.append(root); await later();"
        " root.className = 'course-explorer'; await later();"
        " box.className = 'course-picture'; await later();"
        " words.className = 'course-alt'; await later();"
        " text.className = 'widget-html-content'; await later();"
        " text.textContent = 'A line.'; await later(); return image.alt }"
    )
    assert alt == "A line."


def test_a_drag_ends_on_the_last_value_and_nothing_stale_follows(open_cells):
    notebook = open_cells("from utils import explore\nexplore('00')", "print('quiet')")
    notebook.run_all()
    shown = explorer(notebook)
    shown.sentence.evaluate(
        "node => { window.said = [];"
        " new MutationObserver(() => window.said.push(node.textContent))"
        ".observe(node, {childList: true, subtree: true, characterData: true}) }"
    )
    handle, mouse = shown.slider("output"), notebook.page.mouse
    box = handle.bounding_box()
    track = shown.root.locator(".noUi-target").nth(1).bounding_box()
    middle = box["y"] + box["height"] / 2
    mouse.move(box["x"] + box["width"] / 2, middle)
    mouse.down()
    for move in range(1, 21):  # to the right end
        mouse.move(track["x"] + track["width"] * move / 20, middle)
        notebook.page.wait_for_timeout(50)
    mouse.up()
    expect(shown.sentence).to_contain_text("output 11 hears")
    last = shown.sentence.inner_text()
    sources = shown.sources()
    assert notebook.run(1) == "quiet\n"  # the kernel has nothing more to say
    assert shown.sentence.inner_text() == last
    assert shown.sources() == sources
    said = notebook.page.evaluate("window.said")
    assert said[-1] == last
    outputs = [int(words.split("output ")[1].split()[0]) for words in said]
    assert outputs == sorted(outputs), "a picture of an older value came after a newer one"
    expect(shown.status).to_be_empty()
    assert notebook.errors == []


def test_training_runs_live_stops_at_once_and_leaves_no_thread(open_cells):
    notebook = open_cells("from utils import explore\nexplore('01')", THREADS)
    notebook.begin(0)
    shown = explorer(notebook)
    before = shown.sources()
    shown.root.get_by_role("button", name="Train this one now").press("Enter")
    expect(shown.status).to_have_text(UNDER_WAY, timeout=60_000)
    expect(shown.sentence).to_contain_text("Training on 35 rows of 10 steps")
    assert shown.sources() != before
    shown.root.get_by_role("button", name="Stop").press("Enter")
    expect(shown.status).to_contain_text("Stopped")
    stopped = shown.sources()
    assert notebook.run(1) == "[]\n"
    assert shown.sources() == stopped


def test_moving_a_slider_cancels_a_training(open_cells):
    notebook = open_cells("from utils import explore\nexplore('01')", THREADS)
    notebook.begin(0)
    shown = explorer(notebook)
    shown.root.get_by_role("button", name="Train this one now").press("Enter")
    expect(shown.sentence).to_contain_text("Training on", timeout=60_000)
    shown.press("seed", "ArrowRight")
    expect(shown.sentence).to_contain_text("seed 1")
    expect(shown.sentence).not_to_contain_text("Training on")
    _no_thread(notebook)
    expect(shown.sentence).not_to_contain_text("Training on")


def test_running_the_cell_again_ends_its_training(open_cells):
    notebook = open_cells("from utils import explore\nexplore('01')", THREADS)
    notebook.begin(0)
    shown = explorer(notebook)
    shown.root.get_by_role("button", name="Train this one now").press("Enter")
    expect(shown.sentence).to_contain_text("Training on", timeout=60_000)
    notebook.run(0)
    assert notebook.run(1) == "[]\n"
    expect(explorer(notebook).sentence).not_to_contain_text("Training on")


def test_closing_the_view_ends_its_training(open_cells):
    notebook = open_cells("from utils import explore\nexplore('01')", THREADS)
    notebook.begin(0)
    shown = explorer(notebook)
    shown.root.get_by_role("button", name="Train this one now").press("Enter")
    expect(shown.status).to_have_text(UNDER_WAY, timeout=60_000)
    notebook.command("notebook:clear-all-cell-outputs")
    expect(shown.root).to_have_count(0)
    _no_thread(notebook)


def test_a_restart_in_the_middle_of_a_training_leaves_no_process(open_cells):
    pid = "import os\nprint(os.getpid())"
    notebook = open_cells("from utils import explore\nexplore('01')", THREADS, pid)
    notebook.begin(0)
    shown = explorer(notebook)
    old = int(notebook.run(2))
    shown.root.get_by_role("button", name="Train this one now").press("Enter")
    expect(shown.status).to_have_text(UNDER_WAY, timeout=60_000)
    notebook.restart()
    assert int(notebook.run(2)) != old
    assert not psutil.pid_exists(old)
    assert notebook.run(1) == "[]\n"
    notebook.run(0)
    explorer(notebook).press("seed", "ArrowRight")
    expect(explorer(notebook).sentence).to_contain_text("seed 1")


def test_the_sentence_is_beside_the_controls_and_above_the_pictures(open_cells):
    notebook = open_cells("from utils import explore\nexplore('01')", width=800)
    notebook.run_all()
    shown = explorer(notebook)
    seed, sentence = shown.slider("seed").bounding_box(), shown.sentence.bounding_box()
    pictures = [picture.bounding_box() for picture in shown.pictures.all()]
    assert seed["y"] < sentence["y"]
    assert sentence["y"] + sentence["height"] <= min(box["y"] for box in pictures)
    assert sentence["y"] + sentence["height"] - seed["y"] < notebook.page.viewport_size["height"]


def test_an_error_and_a_print_in_a_callback_show_in_the_status_line(open_cells):
    notebook = open_cells(FRAME)
    notebook.run_all()
    shown = explorer(notebook)
    shown.press("n", "ArrowRight")
    expect(shown.status).to_contain_text("ValueError: two is <b>not</b> for drawing")
    assert shown.status.get_attribute("role") == "status"
    expect(shown.sentence).to_have_text("")
    shown.press("n", "ArrowRight")
    expect(shown.status).to_have_text("Printed: a word about three")
    expect(shown.sentence).to_have_text("The line ends at 3.")
    shown.press("n", "ArrowRight")
    expect(shown.sentence).to_have_text("The line ends at 4.")
    expect(shown.status).to_be_empty()


@pytest.mark.parametrize("settings", ["course", "bare"])
def test_a_slider_dragged_while_a_cell_trains_changes_nothing_in_it(open_cells, settings, request):
    where = request.getfixturevalue(settings)
    notebook = open_cells("from utils import explore\nexplore('01')", TRAINING, where=where)
    notebook.begin(0)
    shown = explorer(notebook)
    undisturbed = _last_line(notebook.run(1))
    assert len(undisturbed) == 64
    before = shown.sentence.inner_text()
    notebook.begin(1)
    moves = 0
    while notebook.running:
        shown.press("seed", "ArrowRight" if moves % 10 < 5 else "ArrowLeft")
        moves += 1
        notebook.page.wait_for_timeout(20)
    assert moves >= 5, "the cell ended before the slider had been moved about"
    assert _last_line(notebook.texts(1)) == undisturbed
    shown.press("seed", "End")
    expect(shown.sentence).to_contain_text("seed 7")
    assert shown.sentence.inner_text() != before
    assert notebook.failures() == []


def _last_line(printed):
    """The digest; TensorFlow says a word of its own before it, at the first run only."""
    return printed.strip().splitlines()[-1]


def _no_thread(notebook):
    """The worker looks up at its next chunk: ask until it is gone."""
    while notebook.run(1) != "[]\n":
        notebook.page.wait_for_timeout(50)
