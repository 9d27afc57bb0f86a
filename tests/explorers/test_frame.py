"""The frame without a page: turns, trainings and what it says of them."""

import threading
from dataclasses import dataclass

import ipywidgets as widgets
import pytest

from utils.explorers import frame
from utils.explorers.panel import Panel

STEPS = 40


@dataclass(frozen=True)
class Step:
    step: int
    steps: int = STEPS


class Trained:
    """An explorer whose training goes on by one step when the test says so."""

    def __init__(self, go=None):
        self.go = go or threading.Semaphore(0)
        self.drawn, self.closed = [], threading.Event()
        controls = {"n": widgets.IntSlider(1, 0, 9, description="n")}
        self.explorer = frame.Explorer(controls, [Panel()], self.draw, self.train)

    def draw(self, values, progress):
        self.drawn.append(progress.step if progress else None)
        return f"n is {values['n']}, step {self.drawn[-1]}."

    def train(self, values):
        try:
            for step in range(STEPS + 1):
                yield Step(step)
                self.go.acquire()
        finally:
            self.closed.set()

    @property
    def status(self):
        return self.explorer._status.value


@pytest.fixture
def free():
    """A training that nothing holds up."""
    return Trained(threading.Semaphore(STEPS + 1))


@pytest.fixture
def held():
    """A training that waits at its first step; it is let go in the end, whatever the test does."""
    held = Trained()
    yield held
    held.go.release(STEPS + 1)
    held.explorer.close()


def test_a_training_ends_with_its_last_step_drawn(free):
    free.explorer._pressed(None)
    free.explorer._worker.join()
    assert free.drawn[:2] == [None, 0]
    assert free.drawn[-1] == STEPS
    assert free.explorer.sentence == f"n is 1, step {STEPS}."
    assert "Trained to the end." in free.status


@pytest.mark.parametrize("end", ["stop", "slider", "view"])
def test_a_training_is_dropped_at_its_next_step(held, end):
    held.explorer._pressed(None)
    worker = held.explorer._worker
    if end == "stop":
        held.explorer.stop()
    elif end == "slider":
        held.explorer.controls["n"].value = 5
    else:
        held.explorer._viewed({"new": 0})
    held.go.release(1)
    worker.join()
    assert held.drawn[-1] in (None, 0)
    assert "Trained" not in held.status
    if end == "slider":
        assert held.explorer.sentence == "n is 5, step None."


def test_closing_waits_for_the_thread_and_shuts_the_generator(held):
    held.explorer._pressed(None)
    held.go.release(STEPS + 1)
    held.explorer.close()
    assert not held.explorer._worker.is_alive()
    assert held.closed.is_set() or held.drawn[-1] is None


def test_an_error_in_a_training_is_a_sentence():
    def train(values):
        yield Step(0)
        raise ValueError("no <b>such</b> point")

    explorer = frame.Explorer({}, [Panel()], lambda values, progress: "fine", train)
    explorer._pressed(None)
    explorer._worker.join()
    assert "ValueError: no &lt;b&gt;such&lt;/b&gt; point" in explorer._status.value


@pytest.mark.parametrize(
    ("step", "pace", "words"),
    [
        (0, None, "Training: step 0 of 40."),
        (10, 0.1, "Training: step 10 of 40, about 3 s left."),
        (39, 0.1, "Training: step 39 of 40, less than a second left."),
    ],
)
def test_the_status_says_how_far_a_training_is(step, pace, words):
    assert frame.how_far(Step(step), pace) == words


def test_the_sentence_stands_between_the_controls_and_the_pictures(free):
    classes = [child._dom_classes[0] for child in free.explorer.widget.children]
    assert classes == [
        "course-controls", "course-buttons", "course-sentence", "course-status", "course-pictures",
    ]  # fmt: skip
