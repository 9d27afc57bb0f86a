"""The frame of every explorer: controls on top, a sentence with the result, pictures beneath.

JupyterLab may serve a slider's callback on a second thread, at the same time as a running cell. So
everything here that computes or draws holds one lock, touches no pyplot and no global seed, and the
latest values win. A training runs on a worker thread of its own and can be stopped at any chunk.
"""

import atexit
import gc
import itertools
import threading
import time
from html import escape

import ipywidgets as widgets
from IPython import get_ipython
from IPython.display import HTML, display

from utils.error_text import text_of
from utils.explorers.capturing import printed
from utils.explorers.page import MARKUP

FRAMES_PER_SECOND = 5  # each costs the training some 30 ms here and as much in the browser
_one_at_a_time = threading.RLock()  # for all explorers: Matplotlib's caches are not thread-safe
_shown = {}  # (lesson, cell) -> the explorer that this cell shows


class Explorer:
    """Controls, panels, a sentence, and a training that runs live if there is one.

    controls: name -> ipywidget with a `value`; moving any of them redraws.
    panels: the `Panel`s that `draw` changes.
    draw: (values, progress) -> the sentence. `values` maps each control's name to its value;
        `progress` is None, or what the training yielded last.
    train: None, or values -> a generator. It yields the untrained state first, then one progress
        after each chunk of some 10 ms; it is dropped at the next chunk when nobody wants it. A
        progress says how far it is: it has a `step`, of so many `steps`.
    """

    def __init__(self, controls, panels, draw, train=None):
        self.controls, self.panels = controls, panels
        self._draw, self._train = draw, train
        self._turns = itertools.count(1)
        self._turn = 0  # whoever works for an older turn gives up
        self._worker = None
        self._pictures = [_picture(panel) for panel in panels]
        self._descriptions = [widgets.HTML().add_class("course-alt") for _ in panels]
        self.sentence = ""  # what the pictures show, in words
        self._sentence = widgets.HTML().add_class("course-sentence")
        self._status = widgets.HTML().add_class("course-status")
        self.widget = self._layout()
        for control in controls.values():
            control.observe(self._moved, names="value")
        self.widget.observe(self._viewed, names="_view_count")
        self._show(self._turn)

    @property
    def values(self):
        """The name of each control -> its value now."""
        return {name: control.value for name, control in self.controls.items()}

    def stop(self):
        """End a training that is under way; the picture stays as it is."""
        running = self._worker is not None and self._worker.is_alive()
        self._turn = next(self._turns)
        with _one_at_a_time:  # after a frame that is being drawn: nothing follows these words
            self._say(
                "Stopped. The picture shows how far it came." if running else "Nothing to stop."
            )

    def close(self):
        """End the training, wait for its thread, and take the widgets away."""
        self._turn = next(self._turns)
        if self._worker is not None:
            self._worker.join()
        self.widget.close_all()

    # -- what the controls do

    def _moved(self, change):
        self._turn = next(self._turns)
        self._say("")
        self._show(self._turn)

    def _viewed(self, change):
        if not change["new"]:  # the last view of it was closed
            self._turn = next(self._turns)

    def _pressed(self, button):
        self._turn = next(self._turns)
        worker = threading.Thread(
            target=self._work,
            args=(self._turn, self.values, self._worker),
            name="explorer-training",
            daemon=True,
        )
        self._worker = worker
        self._say("Training: getting ready.")
        worker.start()

    # -- drawing

    def _show(self, turn, values=None, progress=None):
        """Draw for a turn, if it is still the latest; return whether it is."""
        with _one_at_a_time:
            if turn != self._turn:
                return False
            values = values or self.values
            with printed() as words:
                try:
                    sentence = self._draw(values, progress)
                    pictures = [panel.png() for panel in self.panels]
                except Exception as error:
                    self._fail(error)
                    return False
            for widget, png in zip(self._pictures, pictures, strict=True):
                if bytes(widget.value) != png:
                    widget.value = png
            for widget, panel in zip(self._descriptions, self.panels, strict=True):
                widget.value = escape(panel.alt)
            self._tell(sentence)
            self._show_printed(words.getvalue())
            return True

    def _work(self, turn, values, previous):
        """Train on this thread, for as long as the turn is the latest."""
        if previous is not None:
            previous.join()  # it ends at its next chunk
        try:
            self._follow(turn, values)
        except Exception as error:
            with _one_at_a_time:
                if turn == self._turn:
                    self._fail(error)

    def _follow(self, turn, values):
        """Train, and show now and then how far it is."""
        due = began = first = 0
        for progress in self._train(values):
            if turn != self._turn:
                return
            now = time.monotonic()
            if progress.step and not first:
                began, first = now, progress.step  # from here on nothing loads or compiles
            if now >= due:
                due = now + 1 / FRAMES_PER_SECOND
                if not self._show(turn, values, progress):
                    return
                steps = progress.step - first
                self._say_of(turn, how_far(progress, (now - began) / steps if steps else None))
        if self._show(turn, values, progress):
            self._say_of(turn, "Trained to the end.")

    # -- words

    def _tell(self, sentence):
        self.sentence = sentence
        self._sentence.value = f"<p>{escape(sentence)}</p>"

    def _say(self, words, kind="note"):
        self._status.value = f'<p class="course-{kind}">{escape(words)}</p>' if words else ""

    def _say_of(self, turn, words):
        """Say what belongs to a turn, unless a newer one has begun."""
        with _one_at_a_time:
            if turn == self._turn:
                self._say(words)

    def _fail(self, error):
        self._tell("")
        reason = f"{type(error).__name__}: {text_of(error)}"
        self._say(
            f"This point could not be drawn: {reason}. The pictures still show the point before. "
            "Move a slider to go on.",
            kind="error",
        )

    def _show_printed(self, words):
        lines = words.strip().splitlines()
        if lines:
            more = f" … and {len(lines) - 3} more lines" if len(lines) > 3 else ""
            self._say("Printed: " + " | ".join(lines[:3]) + more)

    # -- layout

    def _layout(self):
        for control in self.controls.values():
            control.style = {"description_width": "7.5em"}
            control.layout = widgets.Layout(width="27em", max_width="100%")
        rows = [widgets.Box(list(self.controls.values())).add_class("course-controls")]
        if self._train is not None:
            train = widgets.Button(description="Train this one now", icon="play")
            train.layout.width = "13em"
            stop = widgets.Button(description="Stop", icon="stop")
            train.on_click(self._pressed)
            stop.on_click(lambda _: self.stop())
            rows.append(widgets.Box([train, stop]).add_class("course-buttons"))
        pictures = [
            widgets.Box(pair).add_class("course-picture")
            for pair in zip(self._pictures, self._descriptions, strict=True)
        ]
        rows += [self._sentence, self._status]
        rows.append(widgets.Box(pictures).add_class("course-pictures"))
        root = widgets.VBox(rows).add_class("course-explorer")
        root._view_count = 0  # asks the page to count its views
        return root


def how_far(progress, pace=None):
    """How far a training is, in words; pace: seconds a step, once it is known."""
    words = f"Training: step {progress.step} of {progress.steps}"
    if pace is None:
        return words + "."
    left = pace * (progress.steps - progress.step)
    return f"{words}, {'less than a second' if left < 1 else f'about {left:.0f} s'} left."


def show(lesson, make):
    """Display the explorer that `make()` returns, in place of the one this cell showed before."""
    key = lesson, _cell()
    if key in _shown:
        _shown.pop(key).close()
        gc.collect()  # its figures are in circles of references, some MB each
    _shown[key] = make()
    display(_shown[key].widget)
    display(HTML(MARKUP))


def _cell():
    """The id of the running cell, or None outside a notebook."""
    shell = get_ipython()
    if shell is None:
        return None
    return (getattr(shell, "parent_header", None) or {}).get("metadata", {}).get("cellId")


def _picture(panel):
    layout = widgets.Layout(
        width=f"{panel.width}px", max_width="100%", height="auto", flex="0 1 auto"
    )
    return widgets.Image(format="png", layout=layout)


@atexit.register
def _end_all_trainings():
    for explorer in list(_shown.values()):
        explorer._turn = next(explorer._turns)
        if explorer._worker is not None:
            explorer._worker.join()
